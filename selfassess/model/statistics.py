"""What all answers to a questionnaire say together, with nobody named: counts that are hidden where bids are few."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

Count = int | None  # None: hidden, since it would say something of fewer bids than may be told apart


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How the claimed values of a question lie: at the best, at the worst, between; and how well they separate.

    ``separation`` is the share of pairs of bids with different values, from 0 (the question tells nobody apart) to 1;
    it names no answer, and is None only where the number of answers is hidden or below what may be told.
    """

    best: Count
    worst: Count
    between: Count
    separation: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionStatistics:
    """One question: how many bids answered, claimed that it does not apply, left it out, or were not asked.

    ``options`` counts the answers by option (``yes`` and ``no`` for a boolean); ``spread`` is None where the question
    is not scored.
    """

    question: str
    answered: Count
    not_applicable: Count
    missing: Count
    not_asked: Count
    options: Mapping[str, Count] = field(default_factory=dict)
    spread: Spread | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LotStatistics:
    """The statistics of one lot over ``bids`` bids; no questions where the bids are too few to say anything."""

    lot: str
    bids: int
    questions: tuple[QuestionStatistics, ...]
