"""A questionnaire in the language of a report: its texts as the catalogue beside it translates them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from selfassess import limits
from selfassess.languages.po import catalogue_of
from selfassess.languages.texts import QuestionnaireDocument, Texts, catalogue_path, texts_of
from selfassess.languages.words import SOURCE
from selfassess.model.questionnaire import Column, Question, Questionnaire, Section
from selfassess.sources import read_bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """What reports in a language say a questionnaire's texts by; ``raw`` are the bytes of the catalogue, where one is.

    Without ``texts`` they stand as they are written, which is in that language.
    """

    language: str = SOURCE
    texts: Texts | None = None
    raw: bytes | None = None

    @property
    def untranslated(self) -> tuple[tuple[str, str], ...]:
        """Return the texts that have no translation, each with the language that it stands in."""
        found = self.texts.found.values() if self.texts else ()
        return tuple(sorted({(said.text, said.language) for said in found if said.language != self.language}))


AS_WRITTEN = Translation()
"""Reports in English on a questionnaire that is written in English."""


def translation(questionnaire: QuestionnaireDocument, language: str) -> Translation:
    """Return a questionnaire's texts for reports in a language; ``InvalidDocument`` when its catalogue cannot be read.

    A text that the catalogue does not translate stands as it is written, and is known to be in another language.
    """
    named, path = questionnaire.content, catalogue_path(questionnaire.source.file, language)
    if language == named.language:
        return Translation(language=language)
    raw = read_bytes(path, limits.DOCUMENT_BYTES, str(path)) if path.is_file() else None
    catalogue = None if raw is None else catalogue_of(raw, str(path))
    return Translation(language=language, texts=texts_of(named, catalogue, language), raw=raw)


def questionnaire_in(questionnaire: Questionnaire, texts: Texts) -> Questionnaire:
    """Return a questionnaire with its texts in a language; nothing else of it is changed."""
    said = texts.text
    return replace(
        questionnaire,
        title=said("title"),
        description=questionnaire.description and said("description"),
        roles=tuple(replace(role, text=said(f"role/{role.id}")) for role in questionnaire.roles),
        evidence_kinds=tuple(replace(k, title=said(f"evidence/{k.id}")) for k in questionnaire.evidence_kinds),
        not_applicable_reasons=tuple(
            replace(reason, text=said(f"reason/{reason.id}")) for reason in questionnaire.not_applicable_reasons
        ),
        sections=tuple(_section_in(section, texts) for section in questionnaire.sections),
    )


def _section_in(section: Section, texts: Texts) -> Section:
    return replace(
        section,
        title=texts.text(f"section/{section.id}/title"),
        intro=section.intro and texts.text(f"section/{section.id}/intro"),
        questions=tuple(question_in(question, texts) for question in section.questions),
    )


def question_in(question: Question, texts: Texts) -> Question:
    """Return a question with its texts in a language."""
    own, table = question.id, question.table
    columns = table.columns if table else ()
    told = tuple(_column_in(column, f"{own}/columns/{column.id}", texts) for column in columns)
    return replace(
        question,
        text=texts.text(f"{own}/text"),
        help=question.help and texts.text(f"{own}/help"),
        unit=question.unit and texts.text(f"{own}/unit"),
        options=tuple(replace(option, text=texts.text(f"{own}/{option.id}/text")) for option in question.options),
        table=table and replace(table, columns=told),
    )


def _column_in(column: Column, at: str, texts: Texts) -> Column:
    return replace(
        column,
        text=texts.text(f"{at}/text"),
        unit=column.unit and texts.text(f"{at}/unit"),
        options=tuple(replace(option, text=texts.text(f"{at}/{option.id}/text")) for option in column.options),
    )
