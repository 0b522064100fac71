"""How a workbook of answers looks: fonts, colours, widths, heights, and what may be typed where."""

from __future__ import annotations

import math
import re
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from selfassess import limits
from selfassess.model.questionnaire import Column, Kind, Question

ACCENT, INK, QUIET, RULE, FIELD, GREY = "0B4F5E", "17222B", "4A5862", "C3CED4", "FFFBE8", "E1E6E9"
LINE_POINTS, TALLEST = 15.5, 409  # a row cannot be higher
CHARACTERS_PER_WIDTH = 1.05  # of a column's width, in the font used; narrower letters fit more
_THIN = Side(style="thin", color=RULE)
BORDER = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
TOP = Alignment(vertical="top", wrap_text=True)
LARGEST = Decimal(10) ** 15
ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def title(cell: Any, *, size: int = 16, wraps: bool = True) -> None:
    """Make a cell a title."""
    cell.font = Font(name="Calibri", size=size, bold=True, color=ACCENT)
    cell.alignment = TOP if wraps else Alignment(vertical="top")


def strong(cell: Any) -> None:
    """Make a cell a question or a head."""
    cell.font = Font(name="Calibri", size=11, bold=True, color=INK)
    cell.alignment = TOP


def quiet(cell: Any, *, size: int = 10, wraps: bool = True) -> None:
    """Make a cell a help or a unit."""
    cell.font = Font(name="Calibri", size=size, color=QUIET)
    cell.alignment = TOP if wraps else Alignment(vertical="top")


def head(cell: Any) -> None:
    """Make a cell the head of a column."""
    cell.font = Font(name="Calibri", size=10, bold=True, color="FFFFFF")
    cell.fill = PatternFill("solid", start_color=ACCENT)
    cell.alignment = TOP


def field(cell: Any) -> None:
    """Make a cell one to type into."""
    cell.fill = PatternFill("solid", start_color=FIELD)
    cell.border = BORDER
    cell.font = Font(name="Calibri", size=11, color=INK)
    cell.alignment = TOP
    cell.protection = Protection(locked=False)


def put(cell: Any, value: Any) -> None:
    """Put a value into a cell as it is: no text becomes a formula or an error, whatever it begins with."""
    if value is None:
        return
    if isinstance(value, str):
        cell.value = escaped(value)
        cell.data_type = "s"
        return
    cell.value = value
    if isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def escaped(text: str) -> str:
    """Return a text in which nothing looks like the escape of a character, which readers would undo (ECMA-376)."""
    return ESCAPE.sub("_x005F_", text)


def height(texts_and_widths: list[tuple[str, float]]) -> float:
    """Return the height of a row in points that shows all of its texts."""
    lines = [
        sum(max(1, math.ceil(len(line) / (width * CHARACTERS_PER_WIDTH))) for line in text.split("\n"))
        for text, width in texts_and_widths
    ]
    return min(TALLEST, LINE_POINTS * max(lines, default=1) + 3)


def protect(sheet: Any) -> None:
    """Guard a sheet against slips, without a password, and let it print as wide as the paper.

    Columns and rows can still be made wider and higher.
    """
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0
    sheet.protection.sheet = True
    sheet.protection.formatColumns = False
    sheet.protection.formatRows = False


def grey(sheet: Any, cells: str, formula: str) -> None:
    """Show cells as not asked where a formula holds."""
    fill = PatternFill("solid", start_color=GREY, end_color=GREY)
    sheet.conditional_formatting.add(cells, FormulaRule(formula=[formula], fill=fill, font=Font(color="8A969D")))


def chooses(where: str, words: tuple[str, str]) -> DataValidation:
    """Return the rule of a cell that takes a value of a list; ``words`` are title and text of what it says else."""
    rule = DataValidation(type="list", formula1=where, allow_blank=True, showErrorMessage=True)
    rule.errorTitle, rule.error = words
    return rule


def written(asked: Question | Column, words: dict[str, tuple[str, str]]) -> DataValidation | None:
    """Return the rule of a cell that is written: a number within its bounds, a date, a text of a length."""
    if asked.type in (Kind.NUMBER, Kind.PERCENT):
        least, most = (Decimal(0), Decimal(100)) if asked.type is Kind.PERCENT else (asked.minimum, asked.maximum)
        low, high = (-LARGEST if least is None else least), (LARGEST if most is None else most)
        kind = "whole" if asked.decimals == 0 else "decimal"
        rule = DataValidation(type=kind, operator="between", formula1=f"{low:f}", formula2=f"{high:f}")
        rule.errorTitle, rule.error = words["number"]
    elif asked.type is Kind.DATE:
        rule = DataValidation(type="date", operator="greaterThan", formula1="61")
        rule.errorTitle, rule.error = words["date"]
        rule.errorStyle = "warning"  # days before 1900-03-01 are typed as text
    elif asked.type is Kind.TEXT:
        most_characters = str(limits.COMMENT_CHARACTERS)
        rule = DataValidation(type="textLength", operator="lessThanOrEqual", formula1=most_characters)
        rule.errorTitle, rule.error = words["text"]
    else:
        return None
    rule.allow_blank, rule.showErrorMessage = True, True
    return rule
