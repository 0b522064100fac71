"""The grids of a workbook become the plain response that they hold, with the cell of every part of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from selfassess.answer_book.book import (
    ANSWERS,
    EVIDENCE,
    EVIDENCE_COLUMNS,
    HEAD,
    LOT,
    LOT_COLUMN,
    SUPPLIER,
    TABLE,
    Book,
    Labels,
    labels,
)
from selfassess.answer_book.marks import Finding, Reading, heads_of, ids_of, inside, kind_of, usable
from selfassess.answer_book.values import plain_day, plain_text, plain_value
from selfassess.model.questionnaire import Column, Kind, Question
from selfassess.problems import Code
from selfassess.spreadsheet.cells import Cell, Grid

NONE = ""  # the option of the row that says that none holds


def _lots_of(grids: tuple[Grid, ...]) -> Labels:
    """Return the lots that a workbook has, with their titles: the sheet of the supplier has a row for each."""
    found: dict[object, str] = {}
    for grid in grids:
        if kind_of(grid)[0] != SUPPLIER:
            continue
        for row, id_ in ids_of(grid).items():
            title = grid.cells.get((row, 2))
            if id_.startswith("lots/") and title is not None:
                found[id_.removeprefix("lots/")] = plain_text(title)
    return labels(list(found), [found])


def read_response(grids: tuple[Grid, ...], book: Book, identity: Mapping[str, str]) -> Reading:
    """Return the response that a workbook of this questionnaire holds."""
    reading = Reading(book, _lots_of(grids))
    pin = {key: identity.get(key, "") for key in ("id", "version", "digest")}
    reading.plain |= {"format": "selfassess/response@1", "questionnaire": pin}
    for key, name in (("tender", "tender"), ("language", "response-language")):
        if identity.get(name):
            reading.plain[key] = identity[name]
    readers = {ANSWERS: _read_answers, LOT: _read_answers, TABLE: _read_table, SUPPLIER: _read_supplier}
    for grid in grids:
        kind, of = kind_of(grid)
        if kind == EVIDENCE:
            _read_evidence(reading, grid)
        elif kind in readers:
            readers[kind](reading, grid, of)
    reading.plain.setdefault("supplier", {})
    reading.plain.setdefault("answers", {})
    reading.plain.setdefault("declaration", None)
    return reading


def _read_answers(reading: Reading, grid: Grid, lot: str) -> None:
    heads, ids = heads_of(grid), ids_of(grid)
    questions = {question.id: question for question in reading.book.named.questions()}
    prefix: dict[str, tuple[str | int, ...]] = {
        "answer": ("lot_answers", lot) if lot else ("answers",),
        "not_applicable": ("lot_not_applicable", lot) if lot else ("not_applicable",),
        "comment": ("comments",),
        "confidential": ("confidential",),
    }
    for at, cell in usable(reading, grid):
        row, column = at
        if row == 1 or column not in heads or (row < min(ids, default=0)):
            continue
        id_, option = _question_and_option(ids.get(row, ""))
        question = questions.get(id_)
        if question is None:
            reading.stray(grid, at, cell)
        elif heads[column] != "answer":
            _read_remark(reading, question, heads[column], prefix[heads[column]], cell, grid.name(*at))
        else:
            _read_answer(reading, question, option, prefix["answer"], cell, grid.name(*at))


def _question_and_option(id_: str) -> tuple[str, str | None]:
    question, slash, option = id_.partition("/")
    return question, option if slash else None


def _read_remark(
    reading: Reading, question: Question, column: str, prefix: tuple[str | int, ...], cell: Cell, name: str
) -> None:
    value: Any = plain_text(cell)
    if column == "not_applicable":
        value = _meant(reading.book.terms("reason", question.not_applicable), value)
    reading.put((*prefix, question.id), value, name)


def _read_answer(
    reading: Reading, question: Question, option: str | None, prefix: tuple[str | int, ...], cell: Cell, name: str
) -> None:
    path = (*prefix, question.id)
    if question.type is Kind.CHOICES:
        _tick(reading, path, option, cell, name)
    elif question.table is not None:
        is_none = reading.book.no_rows.meaning(plain_text(cell)) is not None
        reading.put(path, [] if is_none else plain_text(cell), name)
    else:
        choices = reading.book.values(question, question.id)
        reading.put(path, plain_value(question, cell, choices), name)


def _tick(reading: Reading, path: tuple[str | int, ...], option: str | None, cell: Cell, name: str) -> None:
    """Take a tick; what is no yes and no no stays as it was typed, and the reader says that there is no such option."""
    meaning = reading.book.yes_no.meaning(plain_text(cell))
    if meaning is False:
        return
    said = option if meaning is True else plain_text(cell)
    ticks = _list_at(reading, path, name)
    if said == NONE:
        return
    reading.note((*path, len(ticks)), name)
    ticks.append(said if said is not None else plain_text(cell))


def _list_at(reading: Reading, path: tuple[str | int, ...], name: str) -> list[Any]:
    place = inside(reading.plain, path)
    if path[-1] not in place:
        place[path[-1]] = []
        reading.note(path, name)
    found: list[Any] = place[path[-1]]
    return found


def _meant(choices: Labels, text: str) -> object:
    meaning = choices.meaning(text)
    return text.strip() if meaning is None else meaning


def _data_rows(reading: Reading, grid: Grid) -> Iterator[tuple[int, dict[str, tuple[Cell, str]]]]:
    """Yield the rows below the head that hold something: cells by the id of their column."""
    heads = heads_of(grid)
    first = min((row for row, id_ in ids_of(grid).items() if id_ == HEAD), default=0)
    rows: dict[int, dict[str, tuple[Cell, str]]] = {}
    for at, cell in usable(reading, grid):
        if at[0] <= first or at[1] == 1:
            continue
        if at[1] not in heads:
            reading.stray(grid, at, cell)
            continue
        rows.setdefault(at[0], {})[heads[at[1]]] = (cell, grid.name(*at))
    yield from sorted(rows.items())


def _read_table(reading: Reading, grid: Grid, id_: str) -> None:
    questions = {question.id: question for question in reading.book.named.questions()}
    question = questions.get(id_)
    if question is None or question.table is None:
        return
    columns = {column.id: column for column in question.table.columns}
    for row, cells in _data_rows(reading, grid):
        lot = None
        if LOT_COLUMN in cells:
            lot = str(_meant(reading.lots, plain_text(cells.pop(LOT_COLUMN)[0])))
        path: tuple[str | int, ...] = ("answers", id_) if lot is None else ("lot_answers", lot, id_)
        name = grid.name(row, 2)
        rows = _list_at(reading, path, name)
        if not isinstance(rows, list):
            reading.findings.append(Finding(name, Code.WORKBOOK_TWICE, {"id": id_}))
            continue
        made: dict[str, Any] = {}
        rows.append(made)
        reading.note((*path, len(rows) - 1), name)
        for head, (cell, where) in cells.items():
            _read_cell(reading, question, columns, (*path, len(rows) - 1), head, cell, where)


def _read_cell(
    reading: Reading,
    question: Question,
    columns: Mapping[str, Column],
    path: tuple[str | int, ...],
    head: str,
    cell: Cell,
    name: str,
) -> None:
    id_, option = _question_and_option(head)
    column = columns.get(id_)
    if column is None:
        reading.findings.append(Finding(name, Code.WORKBOOK_STRAY, {"text": plain_text(cell)[:60]}))
    elif option is not None:
        _tick(reading, (*path, id_), option, cell, name)
    else:
        choices = reading.book.values(column, f"{question.id}/columns/{id_}")
        reading.put((*path, id_), plain_value(column, cell, choices), name)


def _read_supplier(reading: Reading, grid: Grid, _: str) -> None:
    heads, ids, book = heads_of(grid), ids_of(grid), reading.book
    roles = book.terms("role", [role.id for role in book.named.roles])
    for row, id_ in ids.items():
        if id_.endswith("/name"):  # what lacks altogether is told at its first line
            reading.note((id_.removesuffix("/name"),), grid.name(row, min(heads, default=1)))
    for at, cell in usable(reading, grid):
        if heads.get(at[1]) != "value" or at[0] < min(ids, default=0):
            continue
        path, name = tuple(ids.get(at[0], "").split("/")), grid.name(*at)
        if path[0] == "lots" and len(path) > 1:
            if book.yes_no.meaning(plain_text(cell)) is True:
                lots = _list_at(reading, ("lots",), name)
                lots.append("/".join(path[1:]))
        elif path[0] in ("supplier", "declaration"):
            value: Any = plain_day(cell) if path[-1] == "date" else plain_text(cell)
            reading.put(path, _meant(roles, value) if path[-1] == "role" else value, name)
        else:
            reading.stray(grid, at, cell)


def _read_evidence(reading: Reading, grid: Grid) -> None:
    book = reading.book
    kinds = book.terms("evidence", [kind.id for kind in book.named.evidence_kinds])
    choices = {"kind": kinds, "grade": book.grades, "lot": reading.lots}
    for number, (row, cells) in enumerate(_data_rows(reading, grid)):
        made: dict[str, Any] = {}
        reading.plain.setdefault("evidence", []).append(made)
        reading.note(("evidence", number), grid.name(row, 2))
        for id_ in EVIDENCE_COLUMNS:
            if id_ not in cells:
                continue
            cell, name = cells[id_]
            value: Any = plain_day(cell) if id_ in ("issued", "expires") else plain_text(cell)
            if id_ == "supports":
                value = [line.strip() for line in value.split("\n") if line.strip()]
            elif id_ in choices:
                value = _meant(choices[id_], value)
            made[id_] = value
            reading.note(("evidence", number, id_), name)
        made.setdefault("supports", [])
