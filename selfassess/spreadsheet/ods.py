"""An OpenDocument spreadsheet becomes its grids; its numbers are decimal texts already."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Context, InvalidOperation
from xml.etree import ElementTree as ET

from selfassess import limits
from selfassess.problems import InvalidDocument
from selfassess.spreadsheet.cells import Cell, Formula, Grid
from selfassess.spreadsheet.safety import refuse

TABLE, TEXT = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}", "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
FIFTEEN = Context(prec=15)  # digits, as many as a spreadsheet keeps
NUMBERS = ("float", "percentage", "currency")
DAY_CHARACTERS = len("2026-11-20")


def grids_of_ods(content: bytes, name: str) -> tuple[Grid, ...]:
    """Return the sheets of a spreadsheet's content, which has been looked through already."""
    try:
        tree = ET.fromstring(content)  # noqa: S314  looked through: it declares no document type
        return tuple(_grid(table, name) for table in tree.iter(f"{TABLE}table"))
    except InvalidDocument:
        raise
    except (ET.ParseError, ValueError, InvalidOperation) as error:
        refuse(name, f"it is no spreadsheet that can be read ({type(error).__name__})")


def _grid(table: ET.Element, name: str) -> Grid:
    cells: dict[tuple[int, int], Cell] = {}
    row = 0
    for element in table.iter(f"{TABLE}table-row"):
        repeated = _repeated(element, "rows")
        found = list(_row(element))
        for again in range(repeated if found else 0):
            if row + again >= limits.WORKBOOK_ROWS or len(cells) > limits.WORKBOOK_CELLS:
                refuse(name, "it repeats more rows than a response has")
            cells.update({(row + again + 1, column): cell for column, cell in found})
        row += repeated
    return Grid(table.get(f"{TABLE}name", ""), cells)


def _repeated(element: ET.Element, what: str) -> int:
    return max(1, int(element.get(f"{TABLE}number-{what}-repeated", "1")))


def _row(element: ET.Element) -> Iterator[tuple[int, Cell]]:
    column = 0
    for child in element:
        if child.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell"):
            continue
        repeated, cell = _repeated(child, "columns"), _cell(child)
        if cell is not None:
            yield from ((column + again + 1, cell) for again in range(min(repeated, limits.WORKBOOK_ROWS)))
        column += repeated


def _cell(element: ET.Element) -> Cell | None:
    kind = element.get(f"{OFFICE}value-type")
    if element.get(f"{TABLE}formula"):
        return Cell(Formula(element.get(f"{TABLE}formula", "")))
    if kind in NUMBERS:
        exact = FIFTEEN.create_decimal(element.get(f"{OFFICE}value", ""))
        return Cell(exact, kind == "percentage")
    if kind == "boolean":
        return Cell(element.get(f"{OFFICE}boolean-value") == "true")
    if kind == "date":
        said = element.get(f"{OFFICE}date-value", "")
        is_day = len(said) == DAY_CHARACTERS or said[DAY_CHARACTERS:] == "T00:00:00"
        return Cell(date.fromisoformat(said[:DAY_CHARACTERS]) if is_day else said)
    text = "\n".join(_written(part) for part in element.findall(f"{TEXT}p"))
    return Cell(text) if text else None


def _written(element: ET.Element) -> str:
    """Return the text of a paragraph; spaces in a row, tabs and line breaks stand as elements."""
    pieces = [element.text or ""]
    for child in element:
        if child.tag == f"{TEXT}s":
            pieces.append(" " * min(int(child.get(f"{TEXT}c", "1")), limits.COMMENT_CHARACTERS))
        elif child.tag == f"{TEXT}tab":
            pieces.append("\t")
        elif child.tag == f"{TEXT}line-break":
            pieces.append("\n")
        else:
            pieces.append(_written(child))
        pieces.append(child.tail or "")
    return "".join(pieces)
