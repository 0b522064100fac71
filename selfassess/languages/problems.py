"""What a problem says, in another language: its message, its hint, and the words inside them."""

from __future__ import annotations

from selfassess.languages.shown import written_day
from selfassess.languages.words import SOURCE, Words
from selfassess.languages.words import words as reports
from selfassess.problems import Problem

# Values that are ids, keys, texts and paths as they stand in a document, whatever words they look like.
NAMES = frozenset(
    {
        *("column", "context", "file", "first", "id", "key", "lot", "model", "name", "option", "path", "question"),
        *("second", "source", "supplier", "tag", "target", "text", "unit", "value"),
    }
)

DAYS = frozenset({"date", "day"})

# Values that are whole phrases of the program, which may hold values themselves.
SENTENCES = frozenset({"counted", "document", "message", "reason", "said", "share", "where", "why"})


def said_in(problem: Problem, words: Words) -> tuple[str, str]:
    """Return message and hint in the language of the words (area ``terminal``), each in English where it has none."""
    if words.language == SOURCE:
        return problem.message, problem.hint
    told = reports("report", words.language)
    values = {name: _value(name, value, words, told) for name, value in problem.values.items()}
    return (
        _said(problem.code.message, problem.message, words, values),
        _said(problem.code.hint, problem.hint, words, values),
    )


def _value(name: str, value: str, words: Words, told: Words) -> str:
    """Return a value in the language, where it is a word of the program and no name that somebody gave."""
    if name in DAYS:
        return written_day(value, words.language)
    if name in SENTENCES and value not in words:
        return told.again(value)
    return value if name in NAMES else words.say(value)


def _said(template: str, english: str, words: Words, values: dict[str, str]) -> str:
    try:
        found = words.said(template, **values)
    except KeyError:  # of a problem that was read back from a file nothing is known but what it said
        return english
    return found.text if found.language == words.language else english
