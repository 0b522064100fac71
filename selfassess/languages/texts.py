"""A questionnaire's texts in a language: what the catalogue beside it translates, else what the questionnaire says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from selfassess.languages.contexts import source_texts
from selfassess.languages.faults import FOLDER, is_sound
from selfassess.languages.po import Catalogue, read_catalogue
from selfassess.languages.words import Said
from selfassess.model.questionnaire import Questionnaire
from selfassess.sources import Source


class QuestionnaireDocument(Protocol):
    """A questionnaire and where it was read."""

    @property
    def content(self) -> Questionnaire:
        """Return the questionnaire."""

    @property
    def source(self) -> Source:
        """Return the text that it was read from."""


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of one questionnaire in one language, by the contexts that ``languages.contexts`` lists."""

    language: str
    found: Mapping[str, Said]

    def __call__(self, context: str) -> Said:
        """Return the text of a context; ``KeyError`` when the questionnaire has none."""
        return self.found[context]

    def text(self, context: str) -> str:
        """Return the text of a context without its language."""
        return self.found[context].text


def catalogue_path(file: str, language: str) -> Path:
    """Return where the translation of a questionnaire's file lies."""
    return Path(file).parent / FOLDER / f"{language}.po"


def texts(questionnaire: QuestionnaireDocument, language: str) -> Texts:
    """Return a questionnaire's texts, read from the catalogue beside it where there is one.

    ``InvalidDocument`` when that catalogue cannot be read.
    """
    path = catalogue_path(questionnaire.source.file, language)
    named = questionnaire.content
    catalogue = read_catalogue(path) if language != named.language and path.is_file() else None
    return texts_of(named, catalogue, language)


def texts_of(questionnaire: Questionnaire, catalogue: Catalogue | None, language: str) -> Texts:
    """Return a questionnaire's texts; one whose source has changed, or that nobody has read since, is none.

    Nor is one that has a fault: no foreign control, markup or other number reaches a page.
    """
    entries = {entry.key: entry for entry in catalogue.entries if not entry.is_obsolete} if catalogue else {}
    found = {}
    for source in source_texts(questionnaire):
        entry = entries.get((source.context, source.text))
        stands = entry is not None and entry.is_translated and is_sound(entry)
        found[source.context] = (
            Said(entry.translations[0], language) if entry and stands else Said(source.text, questionnaire.language)
        )
    return Texts(language, found)
