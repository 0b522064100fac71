"""An answer becomes the value of a cell, and what stands in a cell an answer, or stays as it was typed."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal
from typing import Any

from selfassess.answer_book.book import Labels
from selfassess.model.questionnaire import Column, Kind, Question
from selfassess.spreadsheet.cells import Cell
from selfassess.typed import readings

EARLIEST = date(
    1900, 3, 1
)  # spreadsheets count days from then on alike; 1900 was no leap year, and Lotus 1-2-3 said so
HUNDRED = Decimal(100)
DAY = re.compile(r"([0-9]{1,2})\. ?([0-9]{1,2})\. ?([0-9]{4})", re.ASCII)


def shown_value(kind: Kind, plain: Any, choices: Labels | None) -> Any:
    """Return what a cell holds for an answer of a response without errors; None where there is none."""
    if plain is None or plain == "":
        return None
    if choices is not None:
        return choices.of(plain)
    if kind is Kind.DATE:
        day = date.fromisoformat(plain)
        return day if day >= EARLIEST else plain
    return plain


def is_ticked(plain: Any, option: str) -> bool:
    """Return whether an answer of several options has one of them; that without an id says that it has none."""
    return plain is not None and (option in plain if option else plain == [])


def plain_value(asked: Question | Column, cell: Cell, choices: Labels | None) -> Any:
    """Return the answer that a cell gives; what cannot be read as one stays a text, which the reader then explains."""
    value = cell.value
    if choices is not None:
        return _chosen(value, choices)
    if asked.type in (Kind.NUMBER, Kind.PERCENT):
        return _number(asked, cell)
    if asked.type is Kind.DATE:
        return plain_day(cell)
    return plain_text(cell)


def _chosen(value: Any, choices: Labels) -> Any:
    if isinstance(value, bool):
        return value if True in choices.shown else str(value)
    text = str(value)
    meaning = choices.meaning(text)
    return text.strip() if meaning is None else meaning


def _number(asked: Question | Column, cell: Cell) -> Any:
    value = cell.value
    if isinstance(value, Decimal):
        if not cell.is_percentage:
            return value
        # 87,5 % typed into a spreadsheet is kept as 0.875 with the format of a percentage.
        return (value * HUNDRED).normalize() + 0 if asked.type is Kind.PERCENT else f"{value * HUNDRED:f} %"
    if not isinstance(value, str):
        return plain_text(cell)
    found = [Decimal(number) for number in readings(value)]
    fitting = [number for number in found if _fits(asked, number)]
    if len(fitting) == 1:
        return fitting[0]
    return found[0] if len(found) == 1 else value.strip()


def _fits(asked: Question | Column, number: Decimal) -> bool:
    least, most = (Decimal(0), HUNDRED) if asked.type is Kind.PERCENT else (asked.minimum, asked.maximum)
    if (least is not None and number < least) or (most is not None and number > most):
        return False
    return asked.decimals is None or number == round(number, asked.decimals)


def plain_day(cell: Cell) -> str:
    """Return a date as a response writes it, or what was typed."""
    if isinstance(cell.value, date):
        return cell.value.isoformat()
    text = plain_text(cell).strip()
    found = DAY.fullmatch(text)
    if found:
        day, month, year = found.groups()
        return f"{year}-{int(month):02}-{int(day):02}"
    return text


def plain_text(cell: Cell) -> str:
    """Return the text of a cell, in the form that a response has (NFC, lines ended by a line feed alone)."""
    value = cell.value
    if isinstance(value, Decimal):
        return f"{value * HUNDRED:f} %" if cell.is_percentage else format(value, "f")
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value.isoformat() if isinstance(value, date) else str(value)
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
