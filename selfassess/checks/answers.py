"""Cross-checks: do a response's figures fit each other?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from selfassess.checks.repairability import class_of, index_of
from selfassess.model.questionnaire import CrossCheck, Questionnaire
from selfassess.model.response import Row
from selfassess.numbers import exactly
from selfassess.problems import Code, Fault


def check_answers(questionnaire: Questionnaire, answers: Mapping[str, Any], day: date) -> Iterator[Fault]:
    """Yield every contradiction between the usable answers; a check whose answers are not all there finds nothing."""
    for check in questionnaire.checks:
        if all(question in answers for question in check.questions):
            yield from RULES[check.rule](check, answers, day)


def _rows(check: CrossCheck, answers: Mapping[str, Any]) -> list[Row]:
    answer = answers.get(check.questions[0])
    return [row for row in answer if isinstance(row, Row)] if isinstance(answer, tuple) else []


def _differs(found: Iterable[Decimal], check: CrossCheck) -> Fraction | None:
    """Return the sum of ``found`` when it is further from the total than tolerated."""
    total = sum((Fraction(value) for value in found), Fraction(0))
    far = abs(total - Fraction(check.total or 0)) > Fraction(check.tolerance)
    return total if far else None


def _said(pointer: str, message: str) -> Fault:
    return Fault(pointer=pointer, code=Code.CROSS_CHECK, values={"message": message})


def _row_sums(check: CrossCheck, answers: Mapping[str, Any], _: date) -> Iterator[Fault]:
    for index, row in enumerate(_rows(check, answers)):
        if all(column in row.cells for column in check.columns):
            wrong = _differs([row.cells[column] for column in check.columns], check)  # type: ignore[misc]
            if wrong is not None:
                said = f"{', '.join(check.columns)} of {row.key} add up to {exactly(wrong)}, not {check.total}"
                yield _said(f"/answers/{check.questions[0]}/{index}", said)


def _column_sums(check: CrossCheck, answers: Mapping[str, Any], _: date) -> Iterator[Fault]:
    rows, column = _rows(check, answers), check.columns[0]
    if rows and all(column in row.cells for row in rows):
        wrong = _differs([row.cells[column] for row in rows], check)  # type: ignore[misc]
        if wrong is not None:
            said = f"{column} adds up to {exactly(wrong)}, not {check.total}"
            yield _said(f"/answers/{check.questions[0]}", said)


def _sums(check: CrossCheck, answers: Mapping[str, Any], _: date) -> Iterator[Fault]:
    values = [answers[question] for question in check.questions]
    if all(isinstance(value, Decimal) for value in values):
        wrong = _differs(values, check)
        if wrong is not None:
            said = f"{', '.join(check.questions)} add up to {exactly(wrong)}, not {check.total}"
            yield _said(f"/answers/{check.questions[-1]}", said)


def _not_in_future(check: CrossCheck, answers: Mapping[str, Any], day: date) -> Iterator[Fault]:
    question = check.questions[0]
    if not check.columns:
        dated = [(f"/answers/{question}", answers[question])]
    else:
        column = check.columns[0]
        rows = enumerate(_rows(check, answers))
        dated = [(f"/answers/{question}/{index}/{column}", row.cells.get(column)) for index, row in rows]
    for pointer, value in dated:
        if isinstance(value, date) and value > day:
            yield Fault(pointer=pointer, code=Code.DATE_IN_FUTURE, values={"date": str(value), "day": str(day)})


def _at_least(check: CrossCheck, answers: Mapping[str, Any], _: date) -> Iterator[Fault]:
    question, than = check.questions
    answer, other = answers[question], answers[than]
    if isinstance(answer, Decimal) and isinstance(other, Decimal) and answer < other:
        yield _said(f"/answers/{question}", f"{question} is {answer}, less than the {other} of {than}")


def _repairability(check: CrossCheck, answers: Mapping[str, Any], _: date) -> Iterator[Fault]:
    columns = check.roles_of_columns or {}
    for index, row in enumerate(_rows(check, answers)):
        parts = {part: row.cells.get(column) for part, column in columns.items()}
        computed = index_of(parts)
        if computed is None:
            continue
        at = f"/answers/{check.questions[0]}/{index}"
        declared, class_ = parts.get("index"), parts.get("class")
        if isinstance(declared, Decimal) and abs(Fraction(declared) - computed) > Fraction(1, 200):
            said = f"the sub-scores of {row.key} give the index {exactly(computed)}, not {declared}"
            yield _said(f"{at}/{columns['index']}", said)
        if isinstance(class_, str) and class_ != class_of(computed):
            said = f"the sub-scores of {row.key} give the index {exactly(computed)}, class {class_of(computed)}"
            yield _said(f"{at}/{columns['class']}", f"{said}, not {class_}")


RULES: Mapping[str, Any] = {
    "row_sums_to": _row_sums,
    "column_sums_to": _column_sums,
    "sums_to": _sums,
    "not_in_future": _not_in_future,
    "at_least": _at_least,
    "repairability_index": _repairability,
}
