"""The compiled plan: what a response is scored by."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from selfassess.conditions import Test
from selfassess.model.conditions import Condition, Gate
from selfassess.model.profile import ScoringProfile
from selfassess.model.questionnaire import EvidenceKind, Grade, Question, Questionnaire, Section
from selfassess.plan.rules import PlannedTable


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedSection:
    """A section as asked in a lot; questions ``start`` to ``stop`` of the plan, weights whole numbers.

    ``published_weight`` is the section's points out of 100; ``in_order`` are the weights of its questions, ``full``
    their sum.
    """

    section: Section
    questions: tuple[Question, ...]
    start: int
    stop: int
    weight: int
    published_weight: Fraction
    weights: Mapping[str, int]
    in_order: tuple[int, ...]
    full: int

    def share(self, question: str) -> Fraction:
        """Return a question's points out of 100, before any N/A."""
        return self.published_weight * self.weights[question] / self.full if self.full else Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedQuestion:
    """A question with its rule, condition and gate as functions.

    ``value`` turns a usable answer into its value times the plan's scale (None for unscored and tables); ``support``
    gives the tenths that a claim counts by the grade of its evidence, ``accepts`` the kinds that count (None: all).
    """

    id: str
    question: Question
    position: int
    section: int
    weight: int
    published_weight: Fraction
    value: Callable[[Any], int] | None
    table: PlannedTable | None
    condition: Condition | None
    ask: Test | None
    stays: bool
    gate: Test | None
    gate_condition: Gate | None
    minimum: Grade
    support: tuple[int, ...]
    accepts: frozenset[str] | None
    valid_months: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringPlan:
    """A questionnaire and a profile, compiled for one lot.

    ``positions`` maps ids of questions to their place in ``questions``; values are counted in 1 / ``scale``. What the
    scorer runs through for every response is laid out beside: ``conditional`` are the positions that have a condition,
    ``values`` the questions' own ``value``, ``tables`` the scored tables, ``weak`` by grade the questions without rows
    that evidence of this grade does not support fully.
    """

    questionnaire: Questionnaire
    profile: ScoringProfile
    lot: str | None
    sections: tuple[PlannedSection, ...]
    questions: tuple[PlannedQuestion, ...]
    gated: tuple[PlannedQuestion, ...]
    conditional: frozenset[int]
    values: tuple[Callable[[Any], int] | None, ...]
    tables: tuple[PlannedQuestion, ...]
    weak: tuple[tuple[PlannedQuestion, ...], ...]
    positions: Mapping[str, int]
    scale: int
    cap: Fraction
    kinds: Mapping[str, EvidenceKind]
