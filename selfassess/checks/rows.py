"""Cross-checks between tables: do they speak of the same sites and models, and do their figures agree?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from selfassess.languages import TOLD
from selfassess.model.questionnaire import CrossCheck
from selfassess.model.response import Row
from selfassess.problems import Code, Fault


def contradiction(pointer: str, message: str) -> Fault:
    """Return the fault that figures contradict each other."""
    return Fault(pointer=pointer, code=Code.CROSS_CHECK, values={"message": message})


def rows_of(answers: Mapping[str, Any], question: str) -> list[Row]:
    """Return the usable rows of a table's answer, none where it has none."""
    answer = answers.get(question)
    return [row for row in answer if isinstance(row, Row)] if isinstance(answer, tuple) else []


def rows_among(check: CrossCheck, answers: Mapping[str, Any], _: date) -> Iterator[Fault]:
    """Every row's key, or the cell of the named column, is the key of a row of the other table."""
    question, of = check.questions
    keys = {row.key.casefold() for row in rows_of(answers, of)}
    for index, row in enumerate(rows_of(answers, question)):
        named = row.cells.get(check.columns[0]) if check.columns else row.key
        if isinstance(named, str) and named.casefold() not in keys:
            at = f"/answers/{question}/{index}" + (f"/{check.columns[0]}" if check.columns else "")
            said = TOLD.say(
                "{question} names {row}, which is no row of {table}", question=question, row=named, table=of
            )
            yield contradiction(at, said)


def same_rows(check: CrossCheck, answers: Mapping[str, Any], day: date) -> Iterator[Fault]:
    """Both tables have rows of the same keys."""
    yield from rows_among(check, answers, day)
    question, of = check.questions
    own = {row.key.casefold() for row in rows_of(answers, question)}
    lacking = [row.key for row in rows_of(answers, of) if row.key.casefold() not in own]
    if lacking:
        rows = ", ".join(lacking)
        said = TOLD.say("{question} has no row for {rows} of {table}", question=question, rows=rows, table=of)
        yield contradiction(f"/answers/{question}", said)


def same_cells(check: CrossCheck, answers: Mapping[str, Any], _: date) -> Iterator[Fault]:
    """Rows of one key have the same cell in both tables, such as a factory's share of the contract."""
    (question, of), column = check.questions, check.columns[0]
    there = {row.key.casefold(): row.cells.get(column) for row in rows_of(answers, of)}
    for index, row in enumerate(rows_of(answers, question)):
        own, other = row.cells.get(column), there.get(row.key.casefold())
        if own is not None and other is not None and own != other:
            said = TOLD.say(
                "{column} of {row} is {own}, but {other} in {table}",
                column=column,
                row=row.key,
                own=said_cell(own),
                other=said_cell(other),
                table=of,
            )
            yield contradiction(f"/answers/{question}/{index}/{column}", said)


def said_cell(cell: object) -> str:
    """Return a cell as it stands in a message."""
    return ", ".join(cell) if isinstance(cell, tuple) else str(cell)


def at_most_rows(check: CrossCheck, answers: Mapping[str, Any], _: date) -> Iterator[Fault]:
    """The answer is not above the figure of any row of the table."""
    question, of = check.questions
    answer, column = answers[question], check.columns[0]
    for row in rows_of(answers, of):
        figure = row.cells.get(column)
        if isinstance(answer, Decimal) and isinstance(figure, Decimal) and answer > figure:
            said = TOLD.say(
                "{question} is {answer}, more than the {figure} of {row} in {table}",
                question=question,
                answer=answer,
                figure=figure,
                row=row.key,
                table=of,
            )
            yield contradiction(f"/answers/{question}", said)
