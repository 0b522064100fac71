"""An assessment: what one bid is worth in one lot, and everything that it takes to say why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from fractions import Fraction

from selfassess.model.questionnaire import Grade
from selfassess.model.response import Answer, Response
from selfassess.model.review import Entry


class State(Enum):
    """How a question stands in a bid."""

    __hash__ = object.__hash__  # a member is one object; the own hash of Enum is a call of Python

    ANSWERED = "answered"
    NOT_APPLICABLE = "not_applicable"
    MISSING = "missing"
    NOT_ASKED = "not_asked"


class Measure(Enum):
    """Which value of an answer a total is made of."""

    __hash__ = object.__hash__  # a member is one object; the own hash of Enum is a call of Python

    CLAIMED = "claimed"
    SUPPORTED = "supported"
    REVIEWED = "reviewed"


class Outcome(Enum):
    """What became of a gate or a minimum."""

    PASS = "pass"  # noqa: S105  an outcome, not a password
    FAIL = "fail"
    UNKNOWN = "unknown"


class Approval(Enum):
    """What the review said of a claim that a question does not apply."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"


Scaled = int | Fraction  # a value times the plan's scale; whole but where a table's shares give odd denominators


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """A total from 0 to 100 with the section values (0 to 1) that it is made of; None where nothing is left to sum."""

    total: Fraction | None
    sections: tuple[Fraction | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentFinding:
    """What one document counted for one question (or row): its counted grade, or why it did not count."""

    id: str
    grade: Grade
    reason: str = ""
    row: str | None = None
    is_equivalent: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RowFinding:
    """What one row of a table is worth; values run from 0 to 1, ``weight`` is the cell of the weight column."""

    key: str
    claimed: Fraction
    supported: Fraction
    reviewed: Fraction
    grade: Grade
    weight: Fraction | None = None
    is_bad: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """All that is known of one question in one bid.

    Values run from 0 to 1 and are None where the question is unscored or not answered; ``published_weight`` and
    ``effective_weight`` are points out of 100; ``points`` add up to the total of their measure exactly; ``missing``
    are the points of the reviewed total that full marks would add.
    """

    question: str
    section: str
    state: State
    answer: Answer | None
    reason: str
    inherited: bool
    approval: Approval | None
    claimed: Fraction | None
    supported: Fraction | None
    reviewed: Fraction | None
    grade: Grade
    minimum: Grade
    published_weight: Fraction
    effective_weight: Fraction
    points: Mapping[Measure, Fraction]
    missing: Fraction
    gate: Outcome | None
    documents: tuple[DocumentFinding, ...] = ()
    rows: tuple[RowFinding, ...] = ()
    entries: tuple[Entry, ...] = ()
    standing: Entry | None = None
    persons_differ: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedEntry:
    """A review entry that was not applied, and why."""

    entry: Entry
    reason: str
    is_value: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """One bid in one lot, computed: the sums ready, the findings to be had from ``scoring.findings``.

    Tuples are in the plan's order of questions or sections. ``gates`` holds only questions whose gate is on and that
    are asked; ``minima`` has the key "total" and section ids. ``unsettled`` says why no result is final yet;
    ``has_plain_evidence`` that every document counts for every question that it names, none for a row.
    """

    supplier: str
    response: Response
    lot: str | None
    day: date
    states: tuple[State, ...]
    answers: tuple[Answer | None, ...]
    claimed: tuple[Scaled, ...]
    supported: tuple[Scaled, ...]
    reviewed: tuple[Scaled, ...]
    totals: Mapping[Measure, Total]
    conservative: Mapping[Measure, Total]
    gates: Mapping[str, Outcome] = field(default_factory=dict)
    minima: Mapping[str, Outcome] = field(default_factory=dict)
    incomplete: bool = False
    is_excluded_as_incomplete: bool = False
    unsettled: tuple[str, ...] = ()
    entries: tuple[Entry, ...] = ()
    refused_entries: tuple[RefusedEntry, ...] = ()
    reasons: Mapping[int, str] = field(default_factory=dict)
    causes: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    approvals: Mapping[int, Approval] = field(default_factory=dict)
    has_plain_evidence: bool = False

    @property
    def total(self) -> Fraction | None:
        """Return the total that ranks: the reviewed one, which equals the supported one where nothing was reviewed."""
        return self.totals[Measure.REVIEWED].total

    @property
    def excluded_by(self) -> tuple[str, ...]:
        """Return the gates and minima that failed."""
        both = (*self.gates.items(), *(("minimum " + name, outcome) for name, outcome in self.minima.items()))
        return tuple(name for name, outcome in both if outcome is Outcome.FAIL)

    @property
    def unknown(self) -> tuple[str, ...]:
        """Return the gates and minima of which it cannot yet be said whether they are met."""
        both = (*self.gates.items(), *(("minimum " + name, outcome) for name, outcome in self.minima.items()))
        return tuple(name for name, outcome in both if outcome is Outcome.UNKNOWN)
