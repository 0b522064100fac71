"""Compile what reads the rows of a table answer, fast when nothing is wrong, slowly when something is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from selfassess import limits
from selfassess.model.questionnaire import Aggregate, Column, Kind, Question, Table
from selfassess.model.response import VOID, Row, Void
from selfassess.problems import Code, Fault, Faults
from selfassess.schemas.response_answers import BAD, AnswerReader, is_absent, kind_of, reader_of, wrong_type
from selfassess.sources.locations import escaped


@dataclass(frozen=True, slots=True)
class TableReader:
    """How one table is read; ``required`` are the columns that every row must fill in."""

    question: Question
    table: Table
    columns: Mapping[str, tuple[Column, AnswerReader]]
    required: frozenset[str]

    def read(self, value: Any) -> Any:
        """Return the rows, or ``BAD`` when anything in them is wrong."""
        if value.__class__ is not list or len(value) > limits.TABLE_ROWS:
            return BAD
        rows, keys = [], set()
        for plain in value:
            if plain.__class__ is not dict:
                return BAD
            cells = {}
            for id_, cell in plain.items():
                reader = self.columns.get(id_)
                if reader is None:
                    return BAD
                if not cell and is_absent(cell):
                    continue
                cells[id_] = usable = reader[1].read(cell)
                if usable is BAD:
                    return BAD
            if not self.required <= cells.keys():
                return BAD
            key = cells[self.table.key]
            keys.add(key.casefold())
            rows.append(Row(key, cells))
        if len(keys) != len(rows) or self._weighs_nothing(rows):
            return BAD
        return tuple(rows)

    def _weighs_nothing(self, rows: list[Row]) -> bool:
        weight = self.table.weight
        if self.table.aggregate is not Aggregate.WEIGHTED_SHARE or weight is None or not rows:
            return False
        return not any(row.cells.get(weight) for row in rows)

    def explain(self, value: Any, pointer: str) -> tuple[tuple[Row, ...] | Void, list[Fault]]:
        """Return the rows as far as they can be used (or ``VOID``) and all that is wrong with them."""
        if not isinstance(value, list):
            return VOID, [wrong_type(self.question, value, pointer)]
        if len(value) > limits.TABLE_ROWS:
            values = {"count": str(len(value)), "limit": str(limits.TABLE_ROWS)}
            return VOID, [Fault(pointer=pointer, code=Code.LIMIT_ROWS, values=values)]
        faults = Faults()
        rows = [self._row(plain, f"{pointer}/{index}", faults) for index, plain in enumerate(value)]
        rows = self._unrepeated(rows, pointer, faults)
        return self._weighed(rows, pointer, faults), faults

    def _row(self, plain: Any, pointer: str, faults: list[Fault]) -> Row:
        if not isinstance(plain, dict):
            values = {"question": self.question.id, "expected": "an object for each row", "found": kind_of(plain)}
            faults.append(Fault(pointer=pointer, code=Code.ANSWER_TYPE, values=values))
            return Row("", {}, is_bad=True)
        cells: dict[str, Any] = {}
        is_bad = False
        for id_, (_, reader) in self.columns.items():
            cell, at = plain.get(id_), f"{pointer}/{id_}"
            if is_absent(cell):
                if id_ in self.required:
                    is_bad = True
                    faults.append(Fault(pointer=pointer, code=Code.CELL_MISSING, values={"column": id_}))
            elif (usable := reader.read(cell)) is BAD:
                is_bad = True
                faults.extend(reader.explain(cell, at))
            else:
                cells[id_] = usable
        faults.extend(self._unknown(plain, pointer))
        return Row(str(cells.get(self.table.key, "")), cells, is_bad=is_bad)

    def _unknown(self, plain: Mapping[str, Any], pointer: str) -> Iterator[Fault]:
        for id_ in plain:
            if id_ not in self.columns:
                values = {"key": id_, "known": ", ".join(self.columns)}
                yield Fault(pointer=f"{pointer}/{escaped(id_)}", code=Code.UNKNOWN_KEY, values=values, on_key=True)

    def _unrepeated(self, rows: list[Row], pointer: str, faults: list[Fault]) -> list[Row]:
        """Mark rows that share a key: nobody can know which was meant, so each counts 0."""
        count = Counter(row.key.casefold() for row in rows if row.key)
        marked = []
        for index, row in enumerate(rows):
            if row.key and count[row.key.casefold()] > 1:
                values = {"question": self.question.id, "key": row.key, "column": self.table.key}
                at = f"{pointer}/{index}/{self.table.key}"
                faults.append(Fault(pointer=at, code=Code.ROW_KEY, values=values))
                marked.append(Row(row.key, row.cells, is_bad=True))
            else:
                marked.append(row)
        return marked

    def _weighed(self, rows: list[Row], pointer: str, faults: list[Fault]) -> tuple[Row, ...] | Void:
        """Return the rows, or ``VOID`` where the weights do not let them be put together."""
        weight = self.table.weight
        if self.table.aggregate is not Aggregate.WEIGHTED_SHARE or weight is None or not rows:
            return tuple(rows)
        is_percent = self.table.column(weight).type is Kind.PERCENT
        if not is_percent and any(weight not in row.cells for row in rows):
            return VOID
        if self._weighs_nothing(rows):
            values = {"column": weight, "question": self.question.id}
            faults.append(Fault(pointer=pointer, code=Code.ANSWER_WEIGHTS, values=values))
            return tuple(rows) if is_percent else VOID
        return tuple(rows)


def table_reader(question: Question) -> TableReader:
    """Return the reader of a table question."""
    table = question.table
    if table is None:
        raise ValueError("not a table")
    required = {column.id for column in table.columns if column.required} | {table.key}
    if table.weight:
        required.add(table.weight)
    lengths = {table.key: limits.NAME_CHARACTERS}
    columns = {
        column.id: (column, reader_of(column, lengths.get(column.id, limits.COMMENT_CHARACTERS)))
        for column in table.columns
    }
    return TableReader(question, table, columns, frozenset(required))
