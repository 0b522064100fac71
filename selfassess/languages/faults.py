"""What is wrong with a translation: values, numbers, markup or characters that its source has not; what is missing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from selfassess import limits
from selfassess.languages.contexts import source_texts
from selfassess.languages.po import Catalogue, Entry, read_catalogue
from selfassess.languages.words import placeholders
from selfassess.model.questionnaire import Questionnaire
from selfassess.problems import Code, InvalidDocument, Place, Problem
from selfassess.text import flaws, show

FOLDER = "i18n"
Flaw = tuple[Code, Mapping[str, object]]

MARKUP = re.compile(r"</?[A-Za-z!?][^>]{0,200}>?|&(?:[A-Za-z]{2,12}|#[0-9xA-Fa-f]{1,8});")
THOUSANDS = re.compile(r"(?<![0-9])[0-9]{1,3}(?:[ \u00a0\u202f][0-9]{3})+(?![0-9])")
NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")


def numbers(text: str) -> Counter[str]:
    """Return the digits of every number in a text, however it marks thousands and decimals: 12,5 and 12.5 are alike."""
    joined = THOUSANDS.sub(lambda found: re.sub(r"[ \u00a0\u202f]", "", found.group()), text)
    return Counter(re.sub("[.,]", "", found) for found in NUMBER.findall(joined))


def faults_of(entry: Entry) -> Iterator[Flaw]:
    """Yield what makes the translations of an entry unusable; one that is empty has no fault."""
    for text in filter(None, entry.translations):
        yield from flaws(text, limit=limits.COMMENT_CHARACTERS, lines="\n" in entry.source)
        if entry.many is not None:
            continue
        where = {"context": entry.context or "the message"}
        if placeholders(text) != placeholders(entry.source):
            yield Code.TRANSLATION_PLACEHOLDERS, where | {"source": _named(entry.source), "found": _named(text)}
        if Counter(MARKUP.findall(text)) != Counter(MARKUP.findall(entry.source)):
            yield Code.TRANSLATION_MARKUP, where
        source, found = numbers(entry.source), numbers(text)
        if source != found:
            yield Code.TRANSLATION_NUMBERS, where | {"missing": _list(source - found), "other": _list(found - source)}


def _named(text: str) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(placeholders(text))) or "none"


def _list(found: Counter[str]) -> str:
    return ", ".join(sorted(found.elements())) or "none"


def is_sound(entry: Entry) -> bool:
    """Return whether the translations of an entry can be shown."""
    return next(faults_of(entry), None) is None


def translation_problems(file: Path | None, questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield the problems of the translations that lie beside a questionnaire's file."""
    for path in sorted((file.parent / FOLDER).glob("*.po")) if file else ():
        try:
            yield from catalogue_problems(path, questionnaire)
        except InvalidDocument as invalid:
            yield from invalid.problems


def catalogue_problems(path: Path, questionnaire: Questionnaire) -> Iterator[Problem]:
    """Yield the problems of a questionnaire's translation, each at its entry; ``InvalidDocument`` of a broken file."""
    catalogue, file = read_catalogue(path), str(path)
    said = catalogue.fields.get("Language", "")
    if said != path.stem:
        named = {"found": said or "none", "expected": path.stem}
        yield _problem(file, catalogue.header, Code.TRANSLATION_LANGUAGE, named)
    sources = {source.context: source.text for source in source_texts(questionnaire)}
    for entry in catalogue.entries:
        if entry.is_obsolete:
            continue
        for code, values in () if entry.is_fuzzy else faults_of(entry):
            yield _problem(file, entry, code, values)
        if entry.context not in sources:
            yield _problem(file, entry, Code.TRANSLATION_UNKNOWN, {"context": entry.context or "none"})
    yield from _open(file, catalogue, sources)


def _open(file: str, catalogue: Catalogue, sources: dict[str, str]) -> Iterator[Problem]:
    """Yield how many texts are missing and how many are to be read again, at the first of them."""
    entries = {entry.context: entry for entry in catalogue.entries if not entry.is_obsolete}
    missing, fuzzy = [], []
    for context, text in sources.items():
        entry = entries.get(context)
        if entry is None or not all(entry.translations):
            missing.append(context)
        elif entry.is_fuzzy or entry.source != text:
            fuzzy.append(context)
    for contexts, code in ((missing, Code.TRANSLATION_MISSING), (fuzzy, Code.TRANSLATION_FUZZY)):
        if contexts:
            values = {"count": len(contexts), "all": len(sources), "first": contexts[0]}
            yield _problem(file, entries.get(contexts[0], catalogue.header), code, values)


def _problem(file: str, entry: Entry, code: Code, values: Mapping[str, object]) -> Problem:
    safe = {name: show(str(value)) for name, value in values.items()}
    message, hint = code.message.format(**safe), code.hint.format(**safe)
    return Problem(Place(show(file), max(1, entry.line)), "", code, message, hint)
