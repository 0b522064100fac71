"""Say how answers are checked against themselves and each other: one sentence for each cross-check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from selfassess.checks.forms import FORMS
from selfassess.model.questionnaire import CrossCheck, Questionnaire
from selfassess.numbers import exactly
from selfassess.plan.sentences import quoted

REGULATION = "Regulation (EU) 2023/1669"
Say = Callable[[CrossCheck, list[str]], str]  # from a check and the texts of its columns


def checks_in_words(questionnaire: Questionnaire, question: str) -> Iterator[str]:
    """Yield how the answer to a question is checked."""
    for check in questionnaire.checks:
        if question in check.questions:
            said = SAID[check.rule](check, _columns(check, questionnaire))
            yield f"{said[:1].upper()}{said[1:]}."


def _columns(check: CrossCheck, questionnaire: Questionnaire) -> list[str]:
    of = check.questions[FORMS[check.rule].columns_of[0]]
    table = next((question.table for question in questionnaire.questions() if question.id == of), None)
    texts = {column.id: quoted(column.text) for column in table.columns} if table else {}
    return [texts.get(column, column) for column in check.columns]


def _total(check: CrossCheck) -> str:
    slack = f", give or take {exactly(check.tolerance)}" if check.tolerance else ""
    return f"{exactly(check.total or Decimal(0))}{slack}"


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _steps(check: CrossCheck, _: list[str]) -> str:
    own, parts = check.questions
    return f"sub-scores of {own} are computed again from the parts of {parts} ({REGULATION}, annex IV, point 5)"


def _among(check: CrossCheck, columns: list[str]) -> str:
    own, other = check.questions
    return f"every {_listed(columns) or 'row'} of {own} is a row of {other}"


SAID: Mapping[str, Say] = {
    "row_sums_to": lambda check, columns: f"in each row {_listed(columns)} add up to {_total(check)}",
    "column_sums_to": lambda check, columns: f"over all rows {_listed(columns)} adds up to {_total(check)}",
    "column_at_most": lambda check, columns: f"over all rows {_listed(columns)} adds up to at most {_total(check)}",
    "sums_to": lambda check, _: f"{_listed(list(check.questions))} add up to {_total(check)}",
    "not_in_future": lambda _, columns: f"{_listed(columns) or 'the date'} does not lie in the future",
    "at_least": lambda check, _: f"{check.questions[0]} is at least {check.questions[1]}",
    "at_most_rows": lambda check, columns: (
        f"{check.questions[0]} is at most {_listed(columns)} in every row of {check.questions[1]}"
    ),
    "rows_among": _among,
    "same_rows": lambda check, _: f"{_listed(list(check.questions))} have the same rows",
    "same_cells": lambda check, columns: (
        f"{_listed(columns)} is the same in the rows of {check.questions[0]} and {check.questions[1]}"
    ),
    "energy_class": lambda _, __: f"the class is that of the declared index ({REGULATION}, annex II, table 1)",
    "repairability_index": lambda _, __: (
        f"index and class are computed again from the sub-scores ({REGULATION}, annex IV, point 5)"
    ),
    "repairability_steps": _steps,
}
