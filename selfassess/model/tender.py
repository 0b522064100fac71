"""A tender: who buys what, by when, and how bids are ranked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from selfassess.model.conditions import Condition
from selfassess.model.profile import Pin, ScoringProfile


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """One of the buyers, how many devices it expects to buy, and what it changes of the common profile for itself."""

    name: str
    country: str
    volume: Decimal | None = None
    profile_changes: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Externality:
    """Why a cost that the environment bears may count (Directive 2014/24/EU, art. 68); empty where nothing is said.

    ``value_source`` says where its money value is determined and can be verified, ``objective`` why the method favours
    nobody, ``accessible`` where all can read it, ``effort`` why a diligent bidder can give the data.
    """

    value_source: str = ""
    objective: str = ""
    accessible: str = ""
    effort: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CostItem:
    """A yearly cost of a life cycle: ``unit_cost`` in the tender's currency for each unit of a question's answer.

    ``method`` says in words how the cost follows from the answer.
    """

    id: str
    title: str
    question: str
    unit_cost: Decimal
    method: str = ""
    externality: Externality | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceModel:
    """A price model by its published name, with its parameters and how many bids win the lot.

    ``costs`` and ``rate_source`` (where the discount rate is published) belong to ``life_cycle_cost``.
    """

    model: str
    currency: str
    vat: str
    parameters: Mapping[str, Decimal] = field(default_factory=dict)
    clamp: str = "none"
    winners: int = 1
    costs: tuple[CostItem, ...] = ()
    rate_source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lot:
    """A part of a tender: the questions that it asks (None: all), who may bid, its price model and estimated value."""

    id: str
    title: str
    price: PriceModel
    sections: tuple[str, ...] | None = None
    questions: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    bid_when: Condition | None = None
    estimated_value: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tender:
    """A call for bids; ``deadline`` carries its offset, ``estimated_value`` is in the currency of its prices."""

    id: str
    title: str
    buyers: tuple[Buyer, ...]
    deadline: datetime
    questionnaire: Pin
    profile: Pin
    profile_changes: Mapping[str, object]
    lots: tuple[Lot, ...]
    tie_rule: tuple[str, ...]
    languages: tuple[str, ...]
    scores_are_seen_by: str = "buyer"
    estimated_value: Decimal | None = None

    @property
    def day(self) -> date:
        """Return the date of the deadline, in its own offset: the day on which evidence must be valid."""
        return self.deadline.date()

    def changed(self, profile: ScoringProfile) -> ScoringProfile:
        """Return ``profile`` with this tender's changes in place of its own settings."""
        return replace(profile, **self.profile_changes)  # type: ignore[arg-type]

    def changed_for(self, buyer: Buyer, profile: ScoringProfile) -> ScoringProfile:
        """Return ``profile`` with this tender's changes and, over them, those of one of its buyers."""
        return replace(self.changed(profile), **buyer.profile_changes)  # type: ignore[arg-type]
