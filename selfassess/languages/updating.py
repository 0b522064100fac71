"""The catalogue of a questionnaire's translation, new or brought up to date with what the questionnaire says now."""

from __future__ import annotations

from dataclasses import replace

from babel.messages.plurals import get_plural

from selfassess.languages.contexts import SourceText, source_texts
from selfassess.languages.po import FUZZY, Catalogue, Entry
from selfassess.languages.po_text import quoted_lines
from selfassess.model.questionnaire import Questionnaire


def updated(questionnaire: Questionnaire, language: str, before: Catalogue | None = None) -> Catalogue:
    """Return the catalogue with every text of the questionnaire, in its order.

    A translation made before is kept: of a text that has changed it is marked fuzzy, with the old text beside it; of
    one that is gone it is kept at the end as obsolete, and taken up again, fuzzy, when the text comes back.
    """
    old = before.entries if before else ()
    standing = {entry.context: entry for entry in old if not entry.is_obsolete}
    gone = {entry.context: entry for entry in old if entry.is_obsolete}
    entries = tuple(_entry(source, standing, gone) for source in source_texts(questionnaire))
    used = {entry.context for entry in entries}
    rest = tuple(
        replace(entry, is_obsolete=True, comments=(), references=(), line=0)
        for entry in old
        if entry.context not in used and any(entry.translations)
    )
    header = before.header if before and before.fields else Entry(source="", translations=(_header(language),))
    named = f"{questionnaire.id}@{questionnaire.version}"
    return Catalogue(header=_saying(header, "Project-Id-Version", named), entries=entries + rest)


def _entry(source: SourceText, standing: dict[str | None, Entry], gone: dict[str | None, Entry]) -> Entry:
    found = standing.get(source.context) or gone.get(source.context)
    fresh = Entry(context=source.context, source=source.text, comments=source.comments)
    if found is None:
        return fresh
    kept = replace(found, comments=source.comments, source=source.text, is_obsolete=False, line=0)
    if found.source == source.text and not found.is_obsolete:
        return kept
    if not any(found.translations):
        return replace(kept, previous=())
    flags = found.flags if FUZZY in found.flags else (FUZZY, *found.flags)
    previous = found.previous or quoted_lines("msgid", found.source)
    return replace(kept, flags=flags, previous=() if found.source == source.text else previous)


def _saying(header: Entry, name: str, value: str) -> Entry:
    """Return a header in which one line says a value; the other lines stay as they are."""
    lines = header.translations[0].split("\n")
    said = [f"{name}: {value}" if line.partition(":")[0].strip() == name else line for line in lines]
    if said == lines and f"{name}: {value}" not in lines:
        said = [f"{name}: {value}", *lines]
    return replace(header, translations=("\n".join(said),))


def _header(language: str) -> str:
    plural = get_plural(language)
    lines = (
        f"Language: {language}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=UTF-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {plural.plural_forms}",
    )
    return "".join(f"{line}\n" for line in lines)
