"""Conditions: what must hold for a question to be asked, a row to score, or a gate to open."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum


class Subject(Enum):
    """What a comparison looks at."""

    QUESTION = "question"
    COLUMN = "column"
    ANSWER = "answer"
    LOT = "lot"
    ROLE = "role"


class Operator(Enum):
    """How a comparison compares."""

    IS = "is"
    IS_NOT = "is_not"
    IN = "in"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    INCLUDES = "includes"
    ANSWERED = "answered"


class Junction(Enum):
    """How conditions are put together."""

    ALL = "all"
    ANY = "any"
    NOT = "not"


Scalar = bool | Decimal | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """One subject compared with one or more values; ``target`` names the question or column looked at."""

    subject: Subject
    target: str = ""
    operator: Operator
    operands: tuple[Scalar, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Combination:
    """Conditions put together by all, any or not (which has one part)."""

    junction: Junction
    parts: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EveryRow:
    """A gate on a table: the condition holds in every row."""

    condition: Condition


Condition = Comparison | Combination
Gate = Comparison | Combination | EveryRow


def comparisons(condition: Gate) -> tuple[Comparison, ...]:
    """Return all comparisons of a condition, in reading order."""
    if isinstance(condition, Comparison):
        return (condition,)
    if isinstance(condition, EveryRow):
        return comparisons(condition.condition)
    return tuple(comparison for part in condition.parts for comparison in comparisons(part))


def looked_at(condition: Condition | None) -> tuple[str, ...]:
    """Return the ids of the questions that a condition looks at, each once, in reading order."""
    if condition is None:
        return ()
    found = (c.target for c in comparisons(condition) if c.subject is Subject.QUESTION)
    return tuple(dict.fromkeys(found))
