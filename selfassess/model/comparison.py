"""Two rounds compared: what bids answer now beside what they answered before, question by question."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction

from selfassess.model.assessment import Approval, Measure, State
from selfassess.model.response import Answer


class Direction(Enum):
    """Whether a question is worth more now than before, less, or the same."""

    IMPROVED = "improved"
    REGRESSED = "regressed"
    SAME = "same"


class PromiseState(Enum):
    """What became of a date that lay ahead in the earlier round, by what the bid states now.

    ``open``: it still lies ahead, unchanged; ``moved-earlier`` and ``moved-later``: another date is stated; ``met``:
    its day has come, and no later date is stated; ``missed``: its day has come, and a later date is stated;
    ``withdrawn``: no date is stated any more.
    """

    OPEN = "open"
    MOVED_EARLIER = "moved-earlier"
    MOVED_LATER = "moved-later"
    MET = "met"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One question in one round; ``value`` (0 to 1) is None where the question is not in the sums or unscored."""

    state: State
    answer: Answer | None
    value: Fraction | None
    approval: Approval | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionChange:
    """One question that is the same in both rounds; ``direction`` is None where one side has no value.

    ``measure`` says which value is compared: the reviewed one, or the claimed one where other evidence was asked.
    """

    question: str
    before: Side
    now: Side
    measure: Measure
    direction: Direction | None

    @property
    def is_same(self) -> bool:
        """Return whether nothing changed: neither answer, nor state, nor value, nor what the review said of a N/A."""
        return self.before == self.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """A date that lay ahead in the earlier round, and what is stated now; ``row`` and ``column`` are those of a table.

    ``in_clause`` says that the question is meant to become a clause of the contract.
    """

    question: str
    row: str | None
    column: str | None
    in_clause: bool
    stated: date
    now: date | None
    state: PromiseState


@dataclass(frozen=True, slots=True, kw_only=True)
class BidComparison:
    """One bid in one lot, in both rounds.

    ``apart`` are the questions that cannot be compared, with the reason. The totals are None where the method is not
    the same in both rounds. ``made`` are the dates that lie ahead now and did not stand there before.
    """

    supplier: str
    lot: str
    changes: tuple[QuestionChange, ...]
    apart: tuple[tuple[str, str], ...]
    before: Fraction | None
    now: Fraction | None
    same_method: bool
    kept: tuple[Promise, ...]
    made: tuple[Promise, ...]

    def counted(self, direction: Direction) -> int:
        """Return how many questions went that way."""
        return sum(change.direction is direction for change in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundComparison:
    """Two rounds: bids of both, new ones, those that are gone, and those that cannot be compared, with the reason."""

    bids: tuple[BidComparison, ...]
    new: tuple[str, ...]
    gone: tuple[str, ...]
    apart: tuple[tuple[str, str], ...]
