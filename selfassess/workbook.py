"""Tables become an XLSX workbook that does nothing: texts and exact numbers, no formula, no link, the same bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from selfassess.numbers import SIGNIFICANT_DIGITS
from selfassess.text import show

CELL_CHARACTERS = 32_767  # UTF-16 units; more would be cut
TITLE_CHARACTERS = 31
NO_TITLE = frozenset("[]:*?/\\'")
NARROWEST, WIDEST = 8, 60  # characters
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}
Cell = str | Decimal | None  # a decimal is a number with as many places as it is written with


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One table: the head of each column and rows of as many cells."""

    title: str
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def sheet_bytes(head: Sequence[str], rows: Sequence[Sequence[Cell]], *, title: str, created: datetime) -> bytes:
    """Return a workbook of one table; ``created`` is the time that it names as its own."""
    return workbook_bytes([Sheet(title=title, head=head, rows=rows)], created=created)


def workbook_bytes(sheets: Sequence[Sheet], *, created: datetime) -> bytes:
    """Return a workbook of several tables; ``created`` is the time that it names as its own.

    Raises ``ValueError`` for a title that cannot be a sheet's and for a cell that would not be kept whole.
    """
    output = io.BytesIO()
    workbook = xlsxwriter.Workbook(output, OPTIONS)
    workbook.set_properties({"created": created.astimezone(UTC).replace(tzinfo=None), "author": "selfassess"})
    formats = _Formats(workbook)
    for sheet in sheets:
        if not 0 < len(sheet.title) <= TITLE_CHARACTERS or NO_TITLE.intersection(sheet.title):
            raise ValueError(f"{sheet.title!r} cannot be the title of a sheet")
        _write(workbook.add_worksheet(sheet.title), sheet, formats)
    workbook.close()
    return output.getvalue()


@dataclass(slots=True)
class _Formats:
    """The formats of a workbook, each made once."""

    workbook: Any
    made: dict[str, Any]

    def __init__(self, workbook: Any) -> None:
        self.workbook = workbook
        common = {"valign": "top", "font_name": "Calibri", "font_size": 11}
        self.made = {
            "head": workbook.add_format(
                common | {"bold": True, "bottom": 1, "bg_color": "#E8EEF0", "text_wrap": True, "num_format": "@"}
            ),
            "text": workbook.add_format(common | {"text_wrap": True, "num_format": "@"}),
        }

    def number(self, places: int) -> Any:
        """Return the format of numbers with so many places."""
        name = f"number{places}"
        if name not in self.made:
            shape = "0." + "0" * places if places else "0"
            self.made[name] = self.workbook.add_format(
                {"valign": "top", "font_name": "Calibri", "font_size": 11, "num_format": shape}
            )
        return self.made[name]


def _write(worksheet: Any, sheet: Sheet, formats: _Formats) -> None:
    for column, head in enumerate(sheet.head):
        _text(worksheet, 0, column, head, formats.made["head"])
    for number, row in enumerate(sheet.rows, start=1):
        for column, cell in zip(range(len(sheet.head)), row, strict=True):
            if cell is None:
                continue
            if isinstance(cell, Decimal) and is_exact(cell):
                places = max(0, -int(cell.as_tuple().exponent))
                _kept(worksheet.write_number(number, column, cell, formats.number(places)), cell)
            else:
                said = format(cell, "f") if isinstance(cell, Decimal) else cell
                _text(worksheet, number, column, said, formats.made["text"])
    for column, head in enumerate(sheet.head):
        longest = max([len(head), *(len(str(row[column] or "")) for row in sheet.rows)])
        _kept(worksheet.set_column(column, column, min(max(longest + 2, NARROWEST), WIDEST)), head)
    worksheet.freeze_panes(1, 0)
    _kept(worksheet.autofilter(0, 0, len(sheet.rows), len(sheet.head) - 1), sheet.title)


def is_exact(number: Decimal) -> bool:
    """Return whether a spreadsheet, which keeps 15 digits of a number, keeps this one as it is written."""
    return number.is_finite() and len(format(number.copy_abs(), "f").replace(".", "").lstrip("0")) <= SIGNIFICANT_DIGITS


def _text(worksheet: Any, row: int, column: int, text: str, shape: Any) -> None:
    said = show(text, limit=len(text) + 1)
    if len(said.encode("utf-16-le")) // 2 > CELL_CHARACTERS:
        raise ValueError(f"a text of {len(text)} characters fits no cell")
    _kept(worksheet.write_string(row, column, said, shape) if said else 0, text)


def _kept(code: int, what: object) -> None:
    """Hold that something was written as it is: the library says otherwise by a code alone."""
    if code:
        raise ValueError(f"{what!r} was not written (code {code})")
