"""Languages: the program's words, a questionnaire's texts, numbers and dates, each as a language has them."""

from selfassess.languages.shown import beside, shown_date, shown_number, written_day, written_number
from selfassess.languages.texts import Texts, texts, texts_of
from selfassess.languages.translated import AS_WRITTEN, Translation, translation
from selfassess.languages.words import (
    AREAS,
    ENGLISH,
    LANGUAGES,
    SOURCE,
    TOLD,
    Said,
    Words,
    message,
    name_of,
    nearest,
    words,
)

__all__ = [
    "AREAS",
    "AS_WRITTEN",
    "ENGLISH",
    "LANGUAGES",
    "SOURCE",
    "TOLD",
    "Said",
    "Texts",
    "Translation",
    "Words",
    "beside",
    "message",
    "name_of",
    "nearest",
    "shown_date",
    "shown_number",
    "texts",
    "texts_of",
    "translation",
    "words",
    "written_day",
    "written_number",
]
