"""The program's own words in a language: what it says, with what is not translated yet said in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

from babel import Locale

from selfassess.languages.po import Entry, read_catalogue
from selfassess.languages.shown import shown_date, shown_number, written_day, written_number
from selfassess.numbers import exactly

SOURCE = "en"
AREAS = ("form", "workbook", "report", "terminal")
FOLDER = Path(__file__).resolve().parent
PLACEHOLDER = re.compile(r"\{([a-z][a-z_]*)\}")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
TOLD_DAY = re.compile(
    rf"(it was issued on|it expired on|it is older than [0-9]+ months, counted until) ({DAY.pattern})"
)
AMOUNT = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?)((?: [A-Z]{3})?)")  # of money, or a number alone
FORMS = 2  # of the English source: one, many
TOLD_CONTEXT = "told"
NORWEGIAN = {"no": "nb", "nn": "nb"}  # who asks for Norwegian is served in bokmål


@dataclass(frozen=True, slots=True)
class Said:
    """A text and the language in which it stands, which is English or the source's where no translation is."""

    text: str
    language: str

    def __str__(self) -> str:
        return self.text


def _found() -> tuple[str, ...]:
    there = {path.stem for area in AREAS for path in (FOLDER / area).glob("*.po")}
    order = ("sv", "nb", "da", "fi")
    return (SOURCE, *sorted(there - {SOURCE}, key=lambda code: (order.index(code) if code in order else 9, code)))


LANGUAGES = _found()
"""The languages in which there are words: English, and each one that has a file in an area."""


def name_of(language: str) -> str:
    """Return a language's name in itself: ``suomi``."""
    return str(Locale.parse(language.replace("-", "_")).get_language_name() or language)


def nearest(language: str | None) -> str:
    """Return the language of ``LANGUAGES`` that serves best who asks for one: ``sv-FI`` is served in ``sv``."""
    first = (language or SOURCE).replace("_", "-").partition("-")[0].lower()
    code = NORWEGIAN.get(first, first)
    return code if code in LANGUAGES else SOURCE


@dataclass(frozen=True, slots=True)
class Words:
    """What the program says in one area and language; ``context`` parts equal English texts of two meanings.

    Messages are the English texts; ``{name}`` in them is a place for a value, which is put in as it is.
    """

    area: str
    language: str
    entries: Mapping[tuple[str | None, str], Entry]
    form: Callable[[int], int]
    context: str | None = None

    def at(self, context: str) -> Words:
        """Return the words of a context: ``words.at("a question").say("open")``."""
        return Words(self.area, self.language, self.entries, self.form, context)

    def __contains__(self, message: str) -> bool:
        """Return whether a message is translated."""
        return self._entry(message) is not None

    def said(self, message: str, /, **values: object) -> Said:
        """Return the message in this language, or in English where it has no translation; ``KeyError`` of a value."""
        entry = self._entry(message)
        if entry is None:
            return Said(filled(message, values), SOURCE)
        return Said(filled(entry.translations[0], values), self.language)

    def say(self, message: str, /, **values: object) -> str:
        """Return the text of ``said``."""
        return self.said(message, **values).text

    def said_many(self, one: str, many: str, n: int, /, **values: object) -> Said:
        """Return the form that a number takes in this language; ``{n}`` is the number unless ``values`` say it."""
        values = {"n": n, **values}
        entry = self._entry(one)
        if entry is None or entry.many != many:
            return Said(filled(one if n == 1 else many, values), SOURCE)
        return Said(filled(entry.translations[self.form(n)], values), self.language)

    def say_many(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Return the text of ``said_many``."""
        return self.said_many(one, many, n, **values).text

    def exactly(self, value: Decimal | Fraction) -> str:
        """Return a number of a rule, all its digits: in English as documents write it, else as the language does."""
        return written_number(exactly(value), self.language)

    def day(self, day: date) -> str:
        """Return a day of a rule: in English as documents write it, else with its month in words."""
        return written_day(day.isoformat(), self.language)

    def again(self, english: str) -> str:
        """Return in this language a sentence that ``TOLD`` said in English, such as a reason in a ranking.

        One that it never said is returned as it is. English is the same sentence, its days with the month in words.
        """
        if self.language == SOURCE:
            dated = TOLD_DAY.fullmatch(english)
            return f"{dated[1]} {self._value(dated[2])}" if dated else english
        told = self.at(TOLD_CONTEXT)
        for source, pattern in _told(self.area, self.language):
            found = pattern.fullmatch(english)
            if found:
                return told.say(source, **{name: self._value(value) for name, value in found.groupdict().items()})
        return english

    def _value(self, english: str) -> str:
        """Return a value of such a sentence: a number or a day as the language writes it, a sentence said again."""
        if DAY.fullmatch(english):
            return shown_date(date.fromisoformat(english), self.language)
        amount = AMOUNT.fullmatch(english)
        if amount:
            return shown_number(amount.group(1), self.language) + amount.group(2)
        return self.again(english)

    def plain(self) -> dict[str, str | list[str]]:
        """Return every translated message without a context, by its English text, of a plural all forms: for a page."""
        return {
            source: entry.translations[0] if entry.many is None else list(entry.translations)
            for (context, source), entry in self.entries.items()
            if context is None and entry.is_translated
        }

    def _entry(self, message: str) -> Entry | None:
        entry = self.entries.get((self.context, message))
        return entry if entry is not None and entry.is_translated else None


def filled(message: str, values: Mapping[str, object]) -> str:
    """Return a message with its values in it; ``KeyError`` where one is missing."""
    return PLACEHOLDER.sub(lambda place: str(values[place.group(1)]), message)


def placeholders(message: str) -> frozenset[str]:
    """Return the names of the values that a message takes."""
    return frozenset(PLACEHOLDER.findall(message))


ENGLISH = Words("report", SOURCE, {}, lambda n: int(n != 1))
"""What reports say where no language is asked for."""


TOLD = ENGLISH.at(TOLD_CONTEXT)
"""What assessments and rankings tell as data, in English; ``Words.again`` says it in the language of a report."""


def message(text: str) -> str:
    """Return a text as it is: it marks one that stands in a table and is said later, so that translators get it."""
    return text


@lru_cache(maxsize=64)
def words(area: str, language: str) -> Words:
    """Return the program's words of an area: ``form``, ``workbook``, ``report`` or ``terminal``.

    A language that there is not is English. A translation that takes other values than its source counts as none.
    """
    if area not in AREAS:
        raise LookupError(f"there are no words for {area}; there are: {', '.join(AREAS)}")
    code, path = nearest(language), FOLDER / area / f"{nearest(language)}.po"
    if code == SOURCE or not path.is_file():
        return Words(area, code, {}, lambda n: int(n != 1))
    catalogue = read_catalogue(path)
    kept = {entry.key: entry for entry in catalogue.entries if not entry.is_obsolete and _fits(entry)}
    return Words(area, code, kept, catalogue.plural(code))


def _fits(entry: Entry) -> bool:
    """Return whether a translation takes the values of its source; of a plural the first form may leave some out."""
    taken = placeholders(entry.source) | placeholders(entry.many or "")
    if entry.many is None:
        return placeholders(entry.translations[0]) == taken
    return all(placeholders(form) <= taken | {"n"} for form in entry.translations)


@lru_cache(maxsize=64)
def _told(area: str, language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return each sentence of data that is translated with what finds its values, those with most words first."""
    sources = [source for context, source in words(area, language).entries if context == TOLD_CONTEXT]
    return tuple(
        (source, _finder(source)) for source in sorted(sources, key=lambda s: len(PLACEHOLDER.sub("", s)), reverse=True)
    )


def _finder(source: str) -> re.Pattern[str]:
    """Return the pattern of a message with any values in it."""
    parts = PLACEHOLDER.split(source)
    return re.compile(
        "".join(f"(?P<{part}>.+)" if at % 2 else re.escape(part) for at, part in enumerate(parts)), re.DOTALL
    )
