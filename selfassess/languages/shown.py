"""Numbers and dates as a language writes them, exactly: no number passes through a float."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

UNGROUPED = 4  # so many digits read well without a gap
NO_BREAK = "\u00a0"
# English groups with a space too, since a Nordic reader takes 1,234 for a little over one.
LOCALES = {"en": "en_GB"}


@lru_cache(maxsize=64)
def marks_of(language: str) -> tuple[str, str, str]:
    """Return a language's sign of minus, its mark between thousands, and its decimal mark."""
    symbols = _locale(language).number_symbols["latn"]
    minus = "\u2212" if symbols["minusSign"] == "-" else symbols["minusSign"]  # a hyphen breaks off at a line's end
    group = NO_BREAK if _locale(language).language == "en" else symbols["group"]
    return str(minus), str(group), str(symbols["decimal"])


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    """Return what is known of a language; a tag that nobody knows is shown as English is."""
    try:
        return Locale.parse(LOCALES.get(language, language.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(LOCALES["en"])


def shown_number(text: str, language: str) -> str:
    """Return an exact decimal text as a language writes it, all its digits kept: ``12345.50`` is ``12 345,50``."""
    minus, group, decimal = marks_of(language)
    sign, digits = (minus, text[1:]) if text.startswith("-") else ("", text)
    whole, point, rest = digits.partition(".")
    groups = [whole[max(0, end - 3) : end] for end in range(len(whole), 0, -3)][::-1]
    grouped = group.join(groups) if len(whole) > UNGROUPED else whole
    return sign + grouped + (decimal + rest if point else "")


def written_number(text: str, language: str) -> str:
    """Return an exact decimal text inside a rule: in English as documents write it, else as the language does."""
    return text if language == "en" else shown_number(text, language)


def beside(phrases: Iterable[str], language: str) -> str:
    """Return phrases with numbers in a row: with commas, or semicolons where a comma stands in the numbers."""
    return (", " if marks_of(language)[2] == "." else "; ").join(phrases)


def written_day(text: str, language: str) -> str:
    """Return a day such as 2026-11-20 inside a rule: in English as documents write it, else as the language does."""
    return text if language == "en" else shown_date(date.fromisoformat(text), language)


def shown_date(day: date, language: str) -> str:
    """Return a day with its month in words: 4 November 2026, ``4. marraskuuta 2026``."""
    return str(format_date(day, "long", locale=_locale(language)))


def is_language(language: str) -> bool:
    """Return whether a tag names a language whose numbers, dates and plurals are known."""
    try:
        return str(Locale.parse(language, sep="-")) == language.replace("-", "_")
    except (UnknownLocaleError, ValueError):
        return False
