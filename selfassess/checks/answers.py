"""Cross-checks: do a response's figures fit each other?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from selfassess.checks.products import energy_class, repairability_index, repairability_steps
from selfassess.checks.rows import at_most_rows, contradiction, rows_among, rows_of, same_cells, same_rows
from selfassess.languages import TOLD
from selfassess.model.questionnaire import CrossCheck, Questionnaire
from selfassess.numbers import exactly
from selfassess.problems import Code, Fault


def check_answers(
    questionnaire: Questionnaire, answers: Mapping[str, Any], day: date, *, about: Collection[str] | None = None
) -> Iterator[Fault]:
    """Yield every contradiction between the usable answers; a check whose answers are not all there finds nothing.

    ``about`` leaves out the checks that look at none of these questions.
    """
    for check in questionnaire.checks:
        if all(question in answers for question in check.questions) and (
            about is None or any(question in about for question in check.questions)
        ):
            yield from RULES[check.rule](check, answers, day)


def _differs(found: Iterable[Decimal], check: CrossCheck) -> Fraction | None:
    """Return the sum of ``found`` when it is further from the total than tolerated."""
    total = sum((Fraction(value) for value in found), Fraction(0))
    far = abs(total - Fraction(check.total or 0)) > Fraction(check.tolerance)
    return total if far else None


def _row_sums(check: CrossCheck, answers: Mapping[str, Any], _: date) -> Iterator[Fault]:
    for index, row in enumerate(rows_of(answers, check.questions[0])):
        if all(column in row.cells for column in check.columns):
            wrong = _differs([row.cells[column] for column in check.columns], check)  # type: ignore[misc]
            if wrong is not None:
                said = TOLD.say(
                    "{columns} of {row} add up to {sum}, not {total}",
                    columns=", ".join(check.columns),
                    row=row.key,
                    sum=exactly(wrong),
                    total=check.total,
                )
                yield contradiction(f"/answers/{check.questions[0]}/{index}", said)


def _column_sums(check: CrossCheck, answers: Mapping[str, Any], _: date) -> Iterator[Fault]:
    rows, column = rows_of(answers, check.questions[0]), check.columns[0]
    if rows and all(column in row.cells for row in rows):
        wrong = _differs([row.cells[column] for row in rows], check)  # type: ignore[misc]
        if wrong is not None:
            said = TOLD.say(
                "{column} adds up to {sum}, not {total}", column=column, sum=exactly(wrong), total=check.total
            )
            yield contradiction(f"/answers/{check.questions[0]}", said)


def _column_at_most(check: CrossCheck, answers: Mapping[str, Any], _: date) -> Iterator[Fault]:
    question, column = check.questions[0], check.columns[0]
    cells = [row.cells.get(column) for row in rows_of(answers, question)]
    total = sum((Fraction(cell) for cell in cells if isinstance(cell, Decimal)), Fraction(0))
    if total > Fraction(check.total or 0) + Fraction(check.tolerance):
        said = TOLD.say(
            "{column} adds up to {sum}, more than {total}", column=column, sum=exactly(total), total=check.total
        )
        yield contradiction(f"/answers/{question}", said)


def _sums(check: CrossCheck, answers: Mapping[str, Any], _: date) -> Iterator[Fault]:
    values = [answers[question] for question in check.questions]
    if all(isinstance(value, Decimal) for value in values):
        wrong = _differs(values, check)
        if wrong is not None:
            said = TOLD.say(
                "{questions} add up to {sum}, not {total}",
                questions=", ".join(check.questions),
                sum=exactly(wrong),
                total=check.total,
            )
            yield contradiction(f"/answers/{check.questions[-1]}", said)


def _not_in_future(check: CrossCheck, answers: Mapping[str, Any], day: date) -> Iterator[Fault]:
    question = check.questions[0]
    if not check.columns:
        dated = [(f"/answers/{question}", answers[question])]
    else:
        column = check.columns[0]
        rows = enumerate(rows_of(answers, check.questions[0]))
        dated = [(f"/answers/{question}/{index}/{column}", row.cells.get(column)) for index, row in rows]
    for pointer, value in dated:
        if isinstance(value, date) and value > day:
            yield Fault(pointer=pointer, code=Code.DATE_IN_FUTURE, values={"date": str(value), "day": str(day)})


def _at_least(check: CrossCheck, answers: Mapping[str, Any], _: date) -> Iterator[Fault]:
    question, than = check.questions
    answer, other = answers[question], answers[than]
    if isinstance(answer, Decimal) and isinstance(other, Decimal) and answer < other:
        said = TOLD.say(
            "{question} is {answer}, less than the {figure} of {other}",
            question=question,
            answer=answer,
            figure=other,
            other=than,
        )
        yield contradiction(f"/answers/{question}", said)


RULES: Mapping[str, Any] = {
    "row_sums_to": _row_sums,
    "column_sums_to": _column_sums,
    "column_at_most": _column_at_most,
    "sums_to": _sums,
    "not_in_future": _not_in_future,
    "at_least": _at_least,
    "at_most_rows": at_most_rows,
    "rows_among": rows_among,
    "same_rows": same_rows,
    "same_cells": same_cells,
    "energy_class": energy_class,
    "repairability_index": repairability_index,
    "repairability_steps": repairability_steps,
}
