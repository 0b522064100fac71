"""What an explanation is made of: passages of sentences, with figures said exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from selfassess.numbers import exactly, shown

PLACES = 4  # what a figure that is no short decimal is rounded to, its fraction beside it
DECIMALS = 8
LONGEST = 18  # a longer fraction tells a reader nothing; the assessment's file has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A heading, its sentences, items under them, and rows of a table of which the first is the head."""

    title: str
    sentences: Sequence[str] = ()
    items: Sequence[str] = ()
    rows: Sequence[tuple[str, ...]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """What is explained, in one line and one sentence, and the passages that explain it."""

    title: str
    verdict: str
    passages: tuple[Passage, ...]


def said(value: Fraction) -> str:
    """Return a figure: exactly where few decimals hold it, else rounded with its fraction beside it.

    >>> said(Fraction(33, 40)), said(Fraction(1, 3))
    ('0.825', '0.3333 (1/3)')
    """
    exact = exactly(value)
    if "/" not in exact and len(exact.partition(".")[2]) <= DECIMALS:
        return exact
    rounded = shown(value, PLACES)
    return f"{rounded} ({exact})" if len(exact) <= LONGEST else f"{rounded} rounded"


def points(value: Fraction, places: int) -> str:
    """Return points as the profile prints them, with the fraction where rounding hides something."""
    rounded, exact = shown(value, places), exactly(value)
    if Fraction(rounded) == value or len(exact) > LONGEST:
        return rounded
    return f"{rounded} ({exact})"


def listed(words: Sequence[str], last: str = "and") -> str:
    """Return words as a list in a sentence."""
    return f"{', '.join(words[:-1])} {last} {words[-1]}" if len(words) > 1 else "".join(words)
