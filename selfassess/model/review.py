"""A review: what evaluators, auditors and monitors found, entry by entry, never taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum

from selfassess.model.questionnaire import Grade


class Action(Enum):
    """What an entry does: the first four to an answer, two to a claim of not applicable; a reply changes nothing."""

    CONFIRM = "confirm"
    ADJUST = "adjust"
    REJECT = "reject"
    ACCEPT_EQUIVALENT = "accept-equivalent"
    APPROVE = "approve"
    REFUSE = "refuse"
    REPLY = "reply"


ON_NOT_APPLICABLE = frozenset({Action.APPROVE, Action.REFUSE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One finding by one person; ``row`` names one row of a table, ``lot`` None means every lot.

    ``grade`` says that a confirmation lifts the evidence to the grade that only a review can give.
    """

    id: str
    question: str
    action: Action
    person: str
    role: str
    reason: str
    date: date
    lot: str | None = None
    row: str | None = None
    value: Decimal | None = None
    document: str | None = None
    source: str | None = None
    grade: Grade | None = None
    moderate: bool = False
    previous: str | None = None

    @property
    def is_site_finding(self) -> bool:
        """Return whether this is a monitor's finding on a site, which acts on every bid that names the site."""
        return self.role == "monitor" and self.row is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Monitoring:
    """Whose findings on sites these are, and for which tender: they act on every bid that names the sites."""

    name: str
    tender: str
    tender_digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """The entries on one supplier's response, or a monitor's on sites, in the order in which they were appended.

    ``origin`` is the digest of what was reviewed, the response or the tender: the first entry carries it.
    """

    supplier: str | None
    monitoring: Monitoring | None
    origin: str
    entries: tuple[Entry, ...]
