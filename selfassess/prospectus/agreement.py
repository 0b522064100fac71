"""Say how answers are checked against themselves and each other: one sentence for each cross-check."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal

from selfassess.checks.forms import FORMS
from selfassess.languages import ENGLISH, Words
from selfassess.model.questionnaire import CrossCheck, Questionnaire
from selfassess.plan.sentences import quoted

Say = Callable[[CrossCheck, list[str], Words], str]  # from a check and the texts of its columns


def checks_in_words(questionnaire: Questionnaire, question: str, words: Words = ENGLISH) -> Iterator[str]:
    """Yield how the answer to a question is checked."""
    for check in questionnaire.checks:
        if question in check.questions:
            said = SAID[check.rule](check, _columns(check, questionnaire, words), words)
            yield f"{said[:1].upper()}{said[1:]}."


def _columns(check: CrossCheck, questionnaire: Questionnaire, words: Words) -> list[str]:
    of = check.questions[FORMS[check.rule].columns_of[0]]
    table = next((question.table for question in questionnaire.questions() if question.id == of), None)
    texts = {column.id: quoted(column.text, words) for column in table.columns} if table else {}
    return [texts.get(column, column) for column in check.columns]


def _total(check: CrossCheck, words: Words) -> str:
    total = words.exactly(check.total or Decimal(0))
    if not check.tolerance:
        return total
    slack = words.exactly(check.tolerance)
    return words.say("{total}, give or take {tolerance}", total=total, tolerance=slack)


def _listed(texts: Sequence[str], words: Words) -> str:
    if len(texts) <= 1:
        return "".join(texts)
    return words.say("{others} and {last}", others=", ".join(texts[:-1]), last=texts[-1])


def _row_sums(check: CrossCheck, columns: list[str], words: Words) -> str:
    listed, total = _listed(columns, words), _total(check, words)
    return words.say("in each row {columns} add up to {total}", columns=listed, total=total)


def _column_sums(check: CrossCheck, columns: list[str], words: Words) -> str:
    listed, total = _listed(columns, words), _total(check, words)
    return words.say("over all rows {column} adds up to {total}", column=listed, total=total)


def _column_at_most(check: CrossCheck, columns: list[str], words: Words) -> str:
    listed, total = _listed(columns, words), _total(check, words)
    return words.say("over all rows {column} adds up to at most {total}", column=listed, total=total)


def _sums(check: CrossCheck, _: list[str], words: Words) -> str:
    listed, total = _listed(check.questions, words), _total(check, words)
    return words.say("{questions} add up to {total}", questions=listed, total=total)


def _not_in_future(_: CrossCheck, columns: list[str], words: Words) -> str:
    if not columns:
        return words.say("the date does not lie in the future")
    return words.say("{column} does not lie in the future", column=_listed(columns, words))


def _at_least(check: CrossCheck, _: list[str], words: Words) -> str:
    own, other = check.questions
    return words.say("{question} is at least {other}", question=own, other=other)


def _at_most_rows(check: CrossCheck, columns: list[str], words: Words) -> str:
    own, table = check.questions
    listed = _listed(columns, words)
    return words.say("{question} is at most {column} in every row of {table}", question=own, column=listed, table=table)


def _among(check: CrossCheck, columns: list[str], words: Words) -> str:
    own, other = check.questions
    if not columns:
        return words.say("every row of {own} is a row of {other}", own=own, other=other)
    listed = _listed(columns, words)
    return words.say("every {column} of {own} is a row of {other}", column=listed, own=own, other=other)


def _same_rows(check: CrossCheck, _: list[str], words: Words) -> str:
    return words.say("{tables} have the same rows", tables=_listed(check.questions, words))


def _same_cells(check: CrossCheck, columns: list[str], words: Words) -> str:
    own, other = check.questions
    listed = _listed(columns, words)
    return words.say("{column} is the same in the rows of {own} and {other}", column=listed, own=own, other=other)


def _energy_class(_: CrossCheck, __: list[str], words: Words) -> str:
    return words.say("the class is that of the declared index (Regulation (EU) 2023/1669, annex II, table 1)")


def _repairability_index(_: CrossCheck, __: list[str], words: Words) -> str:
    return words.say(
        "index and class are computed again from the sub-scores (Regulation (EU) 2023/1669, annex IV, point 5)"
    )


def _repairability_steps(check: CrossCheck, _: list[str], words: Words) -> str:
    own, parts = check.questions
    return words.say(
        "sub-scores of {own} are computed again from the parts of {parts} "
        "(Regulation (EU) 2023/1669, annex IV, point 5)",
        own=own,
        parts=parts,
    )


SAID: Mapping[str, Say] = {
    "row_sums_to": _row_sums,
    "column_sums_to": _column_sums,
    "column_at_most": _column_at_most,
    "sums_to": _sums,
    "not_in_future": _not_in_future,
    "at_least": _at_least,
    "at_most_rows": _at_most_rows,
    "rows_among": _among,
    "same_rows": _same_rows,
    "same_cells": _same_cells,
    "energy_class": _energy_class,
    "repairability_index": _repairability_index,
    "repairability_steps": _repairability_steps,
}
