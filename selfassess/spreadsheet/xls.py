"""An XLS workbook, the format of 1997, becomes its grids, by xlrd (extra ``[xls]``)."""

from __future__ import annotations

import io
from datetime import time
from typing import Any

from selfassess.errors import MachineError
from selfassess.spreadsheet.cells import Cell, Formula, Grid, number_of
from selfassess.spreadsheet.safety import refuse


def grids_of_xls(data: bytes, name: str) -> tuple[Grid, ...]:
    """Return the sheets of a workbook; ``MachineError`` where xlrd is not installed.

    A formula's last value stands in such a file like a typed one and cannot be told from it.
    """
    try:
        import xlrd  # noqa: PLC0415  an extra
    except ImportError:
        raise MachineError("reading .xls needs xlrd: pip install 'selfassess[xls]', or save as .xlsx") from None
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=io.StringIO())
        return tuple(_grid(sheet, book, xlrd) for sheet in book.sheets())
    except Exception as error:  # noqa: BLE001  xlrd raises whatever a damaged record leads to
        refuse(name, f"it is no workbook that can be read ({type(error).__name__})")


def _grid(sheet: Any, book: Any, xlrd: Any) -> Grid:
    cells = {}
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            made = _cell(sheet.cell(row, column), book, xlrd)
            if made is not None:
                cells[(row + 1, column + 1)] = made
    return Grid(sheet.name, cells)


def _cell(cell: Any, book: Any, xlrd: Any) -> Cell | None:
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        shown = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
        return Cell(number_of(cell.value), "%" in shown)
    if cell.ctype == xlrd.XL_CELL_DATE:
        moment = xlrd.xldate_as_datetime(cell.value, book.datemode)
        return Cell(moment.date() if moment.time() == time(0) else moment.isoformat(sep=" "))
    if cell.ctype == xlrd.XL_CELL_BOOLEAN:
        return Cell(bool(cell.value))
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Cell(Formula("an error"))
    return Cell(str(cell.value)) if cell.value else None
