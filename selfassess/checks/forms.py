"""What each rule of a cross-check needs: how many questions, which columns, and in which question's table they lie."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from selfassess.checks.walking import unknown
from selfassess.model.questionnaire import CrossCheck, Kind, Question
from selfassess.problems import Code, Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form of a rule.

    ``questions`` is how many it names (0: any number); ``columns`` the least and the most of its unnamed columns, which
    lie in the tables of the questions of numbers ``columns_of``; ``parts`` and ``further`` (which may be left out) map
    the names that the rule gives to columns to the number of the question in whose table they lie. ``tables`` are the
    numbers of the questions that are tables, ``kinds`` the types of what is compared (empty: any).
    """

    questions: int = 1
    columns: tuple[int, int] = (0, 0)
    columns_of: tuple[int, ...] = (0,)
    total: bool = False
    parts: Mapping[str, int] = field(default_factory=dict)
    further: Mapping[str, int] = field(default_factory=dict)
    tables: tuple[int, ...] = ()
    kinds: frozenset[Kind] = frozenset()


FIGURES = frozenset({Kind.NUMBER, Kind.PERCENT})
DATES = frozenset({Kind.DATE})
SUB_SCORES = ("disassembly", "fasteners", "tools", "spare_parts", "updates", "information")

FORMS: Mapping[str, Form] = {
    "row_sums_to": Form(kinds=FIGURES, columns=(1, 100), total=True, tables=(0,)),
    "column_sums_to": Form(kinds=FIGURES, columns=(1, 1), total=True, tables=(0,)),
    "column_at_most": Form(kinds=FIGURES, columns=(1, 1), total=True, tables=(0,)),
    "sums_to": Form(kinds=FIGURES, questions=0, total=True),
    "not_in_future": Form(kinds=DATES, columns=(0, 1)),
    "at_least": Form(kinds=FIGURES, questions=2),
    "at_most_rows": Form(kinds=FIGURES, questions=2, columns=(1, 1), columns_of=(1,), tables=(1,)),
    "rows_among": Form(questions=2, columns=(0, 1), tables=(0, 1)),
    "same_rows": Form(questions=2, tables=(0, 1)),
    "same_cells": Form(questions=2, columns=(1, 1), columns_of=(0, 1), tables=(0, 1)),
    "energy_class": Form(parts={"index": 0, "class": 0}, tables=(0,)),
    "repairability_index": Form(parts=dict.fromkeys(SUB_SCORES, 0), further={"index": 0, "class": 0}, tables=(0,)),
    "repairability_steps": Form(
        questions=2,
        parts={"model": 1, "part": 1, "steps": 1},
        further={"disassembly": 0, "fasteners": 0, "tools": 0, "remote": 1, "fastener": 1, "tool": 1},
        tables=(0, 1),
    ),
}


def form_faults(at: str, check: CrossCheck, known: Mapping[str, Question]) -> Iterator[Fault]:
    """Yield what a cross-check lacks, or names that is not there; ``known`` are all questions by id."""
    form = FORMS[check.rule]
    for reason in _reasons(form, check, known):
        yield Fault(pointer=at, code=Code.CHECK_RULE, values={"id": check.id, "reason": reason})
    for id_ in check.questions:
        if id_ not in known:
            yield unknown(at, Code.UNKNOWN_QUESTION, id_, list(known))
    where = {**form.parts, **form.further}
    named = [(number, column) for column in check.columns for number in form.columns_of]
    named += [(where[part], column) for part, column in check.parts.items() if part in where]
    for number, column in named:
        question = known.get(check.questions[number]) if number < len(check.questions) else None
        if question is not None and question.table is not None:
            columns = [own.id for own in question.table.columns]
            if column not in columns:
                yield unknown(at, Code.UNKNOWN_COLUMN, column, columns, question=question.id)


def _reasons(form: Form, check: CrossCheck, known: Mapping[str, Question]) -> Iterator[str]:
    if not check.questions:
        yield "it names no question"
    elif form.questions and len(check.questions) != form.questions:
        yield f"it compares {form.questions} question{'s' if form.questions > 1 else ''}"
    least, most = form.columns
    if not least <= len(check.columns) <= most:
        yield f"it takes {least} columns" if least == most else f"it takes {least} to {most} columns"
    if form.total != (check.total is not None):
        yield "it says no total" if form.total else "it takes no total"
    yield from (f"its columns say no {part}" for part in form.parts if part not in check.parts)
    yield from (f"its columns take no {part}" for part in check.parts if part not in {**form.parts, **form.further})
    if check.tolerance < 0:
        yield "its tolerance is negative"
    yield from _other_kinds(form, check, known)
    asked = [known.get(check.questions[number]) for number in form.tables if number < len(check.questions)]
    yield from (f"{question.id} is no table" for question in asked if question and question.type is not Kind.TABLE)


def _other_kinds(form: Form, check: CrossCheck, known: Mapping[str, Question]) -> Iterator[str]:
    """Yield which questions and columns are not of a type that the rule compares."""
    for number, id_ in enumerate(check.questions if form.kinds else ()):
        question = known.get(id_)
        if question is None:
            continue
        if question.table is None and question.type not in form.kinds:
            yield f"{id_} is of type {question.type.value}"
        for column in question.table.columns if question.table and number in form.columns_of else ():
            if column.id in check.columns and column.type not in form.kinds:
                yield f"the column {column.id} of {id_} is of type {column.type.value}"
