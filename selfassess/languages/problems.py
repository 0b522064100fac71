"""What a problem says, in another language: its message, its hint, and the words inside them."""

from __future__ import annotations

from selfassess.languages.words import SOURCE, Words
from selfassess.languages.words import words as reports
from selfassess.problems import Problem


def said_in(problem: Problem, words: Words) -> tuple[str, str]:
    """Return message and hint in the language of the words (area ``terminal``), each in English where it has none."""
    if words.language == SOURCE:
        return problem.message, problem.hint
    told = reports("report", words.language)
    values = {name: words.say(value) if value in words else told.again(value) for name, value in problem.values.items()}
    return (
        _said(problem.code.message, problem.message, words, values),
        _said(problem.code.hint, problem.hint, words, values),
    )


def _said(template: str, english: str, words: Words, values: dict[str, str]) -> str:
    try:
        found = words.said(template, **values)
    except KeyError:  # of a problem that was read back from a file nothing is known but what it said
        return english
    return found.text if found.language == words.language else english
