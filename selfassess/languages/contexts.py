"""A questionnaire's texts in their order, each with the context by which its translation is found.

| context | what |
|---|---|
| `title`, `description` | of the questionnaire |
| `role/<role>` | a supplier's role |
| `evidence/<kind>` | the title of a kind of evidence |
| `reason/<reason>` | a reason why a question does not apply |
| `section/<section>/title`, `section/<section>/intro` | of a section |
| `<question>/text`, `/help`, `/unit` | of a question |
| `<question>/<option>/text` | an option |
| `<question>/columns/<column>/text`, `/unit` | a column of a table |
| `<question>/columns/<column>/<option>/text` | an option in a cell |
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selfassess.model.questionnaire import Column, Question, Questionnaire


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text of a questionnaire to be translated; ``comments`` tell the translator what it is."""

    context: str
    text: str
    comments: tuple[str, ...] = ()


def source_texts(questionnaire: Questionnaire) -> Iterator[SourceText]:
    """Yield every text that is translated, in the order in which it stands in the questionnaire."""
    yield SourceText("title", questionnaire.title, ("The title of the questionnaire.",))
    if questionnaire.description:
        yield SourceText("description", questionnaire.description, ("What the questionnaire is about.",))
    for role in questionnaire.roles:
        yield SourceText(f"role/{role.id}", role.text, ("A supplier's role.",))
    for kind in questionnaire.evidence_kinds:
        yield SourceText(f"evidence/{kind.id}", kind.title, (f"A kind of evidence, worth at most {kind.grade.name}.",))
    for reason in questionnaire.not_applicable_reasons:
        yield SourceText(f"reason/{reason.id}", reason.text, ("A reason why a question does not apply.",))
    for section in questionnaire.sections:
        of = f'The section "{section.title}".'
        yield SourceText(f"section/{section.id}/title", section.title, ("The title of a section.",))
        if section.intro:
            yield SourceText(f"section/{section.id}/intro", section.intro, (of, "Stands before its questions."))
        for question in section.questions:
            yield from _of_question(question)


def _of_question(question: Question) -> Iterator[SourceText]:
    id_, asked = question.id, f"{question.id}: {question.text}"
    yield SourceText(f"{id_}/text", question.text, (f"Question {id_}; answered by {question.type.value}.",))
    if question.help:
        yield SourceText(f"{id_}/help", question.help, (asked, "The help to the question."))
    if question.unit:
        yield SourceText(f"{id_}/unit", question.unit, (asked, "The unit of the answer."))
    for option in question.options:
        yield SourceText(f"{id_}/{option.id}/text", option.text, (asked, "An answer to choose."))
    for column in question.table.columns if question.table else ():
        yield from _of_column(f"{id_}/columns/{column.id}", column, asked)


def _of_column(at: str, column: Column, asked: str) -> Iterator[SourceText]:
    yield SourceText(f"{at}/text", column.text, (asked, f"A column of the table, filled in by {column.type.value}."))
    if column.unit:
        yield SourceText(f"{at}/unit", column.unit, (asked, f'The unit in the column "{column.text}".'))
    for option in column.options:
        yield SourceText(f"{at}/{option.id}/text", option.text, (asked, f'To choose in the column "{column.text}".'))
