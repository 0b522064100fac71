"""What is read of a workbook so far, and the grids' own marks: which sheet, row and column is what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from selfassess.answer_book.book import LISTS, MARK, Book, Labels
from selfassess.answer_book.lists import IDENTITY
from selfassess.answer_book.values import plain_text
from selfassess.problems import Code
from selfassess.sources.locations import escaped
from selfassess.spreadsheet.cells import Cell, Formula, Grid


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a cell of the workbook itself."""

    cell: str
    code: Code
    values: Mapping[str, str]


@dataclass(slots=True)
class Reading:
    """What was read so far: the response, where each part stands (by JSON pointer), and what is wrong with cells."""

    book: Book
    lots: Labels
    plain: dict[str, Any] = field(default_factory=dict)
    cells: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def put(self, path: tuple[str | int, ...], value: Any, cell: str) -> None:
        """Put a value at a path of the response; a second one at the same place is a finding."""
        place, key = inside(self.plain, path), path[-1]
        if key in place:
            self.findings.append(Finding(cell, Code.WORKBOOK_TWICE, {"id": str(key)}))
            return
        place[key] = value
        self.note(path, cell)

    def note(self, path: tuple[str | int, ...], cell: str) -> None:
        """Note in which cell a part of the response stands."""
        self.cells[pointer(path)] = cell

    def stray(self, grid: Grid, at: tuple[int, int], cell: Cell) -> None:
        """Note a value where nothing is asked."""
        self.findings.append(Finding(grid.name(*at), Code.WORKBOOK_STRAY, {"text": f"“{plain_text(cell)[:60]}”"}))


def inside(plain: dict[str, Any], path: tuple[str | int, ...]) -> Any:
    """Return the object that holds the last step of a path; objects on the way are made, rows are there already."""
    place: Any = plain
    for step in path[:-1]:
        place = place[step] if isinstance(step, int) else place.setdefault(step, {})
    return place


def pointer(path: tuple[str | int, ...]) -> str:
    """Return a JSON pointer (RFC 6901)."""
    return "".join(f"/{escaped(str(step))}" for step in path)


def kind_of(grid: Grid) -> tuple[str, str]:
    """Return what a sheet is and of what, both empty for a foreign one."""
    cell = grid.cells.get((1, 1))
    words = cell.value.split(" ") if cell is not None and isinstance(cell.value, str) else []
    if len(words) < 2 or words[0] != MARK:  # noqa: PLR2004  the mark and the kind
        return "", ""
    return words[1], " ".join(words[2:])


def identity_of(grids: tuple[Grid, ...]) -> Mapping[str, str]:
    """Return what a workbook is of; empty where it has no such sheet."""
    for grid in grids:
        if kind_of(grid)[0] == LISTS:
            said = {grid.cells[at].value: at[0] for at in grid.cells if at[1] == 1}
            found = {name: grid.cells.get((said[name], 2)) for name in IDENTITY if name in said}
            return {name: plain_text(cell) for name, cell in found.items() if cell is not None}
    return {}


def usable(reading: Reading, grid: Grid) -> Iterator[tuple[tuple[int, int], Cell]]:
    """Yield the cells of a sheet in reading order; formulas are findings."""
    for at in sorted(grid.cells):
        cell = grid.cells[at]
        if isinstance(cell.value, Formula):
            if at[0] > 1:
                text = {"text": cell.value.text[:60]}
                reading.findings.append(Finding(grid.name(*at), Code.WORKBOOK_FORMULA, text))
        elif not (isinstance(cell.value, str) and not cell.value.strip()):
            yield at, cell


def heads_of(grid: Grid) -> dict[int, str]:
    """Return the ids of the columns, which stand in the hidden first row."""
    return {at[1]: plain_text(cell) for at, cell in grid.cells.items() if at[0] == 1 and at[1] > 1}


def ids_of(grid: Grid) -> dict[int, str]:
    """Return the ids of the rows, which stand in the hidden first column."""
    return {at[0]: plain_text(cell) for at, cell in grid.cells.items() if at[1] == 1 and at[0] > 1}
