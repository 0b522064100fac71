"""An XLSX workbook becomes its grids, by openpyxl, which tells how a number is shown."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from selfassess.spreadsheet.cells import Cell, Formula, Grid, number_of
from selfassess.spreadsheet.safety import refuse

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # a character that XML cannot hold, or an underline before such (ECMA-376)


def grids_of_xlsx(data: bytes, name: str) -> tuple[Grid, ...]:
    """Return the sheets of a workbook; its markup has been looked through already."""
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        return tuple(_grid(sheet) for sheet in book.worksheets)
    except (InvalidFileException, KeyError, ValueError, TypeError, IndexError, AttributeError, OSError) as error:
        refuse(name, f"it is no workbook that can be read ({type(error).__name__})")


def _grid(sheet: Any) -> Grid:
    sheet.reset_dimensions()  # what a file says of its own size is not believed
    cells = {}
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None and (made := _cell(cell)) is not None:
                cells[(cell.row, cell.column)] = made
    return Grid(sheet.title, cells)


def _cell(cell: Any) -> Cell | None:
    value = cell.value
    if cell.data_type in ("f", "e"):
        return Cell(Formula(str(value)))
    if isinstance(value, bool):
        return Cell(value)
    if isinstance(value, int | float):
        return Cell(number_of(value), "%" in str(cell.number_format))
    if isinstance(value, datetime):
        return Cell(value.date() if value.time() == time(0) else value.isoformat(sep=" "))
    if isinstance(value, date):
        return Cell(value)
    if isinstance(value, time | timedelta):
        return Cell(str(value))
    text = ESCAPED.sub(lambda found: chr(int(found[1], 16)), str(value))
    return Cell(text) if text else None
