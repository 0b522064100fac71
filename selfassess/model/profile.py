"""A scoring profile: the weights and rules that a buyer publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from selfassess.model.conditions import Gate
from selfassess.model.questionnaire import Rule


class EvidenceMode(Enum):
    """Whether weak evidence counts for nothing (award) or in part (dialogue)."""

    AWARD = "award"
    DIALOGUE = "dialogue"


class WeightKind(Enum):
    """Whether weights are shares of their sum (parts) or must add up to 100 (percent)."""

    PARTS = "parts"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A document named exactly: id, version and canonical digest."""

    id: str
    version: str
    digest: str

    def __str__(self) -> str:
        return f"{self.id}@{self.version}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """The weights of one level."""

    kind: WeightKind
    weights: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class LotWeights:
    """Another set of weights for one lot; what is None holds as for the others."""

    section_weights: Weights | None = None
    question_weights: Weights | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GateSetting:
    """What a profile says of a gate: on or off, and a condition asked in addition."""

    on: bool
    condition: Gate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Minima:
    """The least total (0 to 100) and section values (0 to 1) that a bid must reach."""

    total: Decimal | None = None
    sections: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A label on totals from a figure on; never an input."""

    start: Decimal
    label: str

    def holds(self, total: Fraction) -> bool:
        """Return whether ``total`` reaches this band."""
        return total >= Fraction(self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoringProfile:
    """The published weights and rules for one version of a questionnaire."""

    id: str
    version: str
    title: str
    questionnaire: Pin
    section_weights: Weights
    question_weights: Weights
    evidence_mode: EvidenceMode
    lots: Mapping[str, LotWeights] = field(default_factory=dict)
    scores: Mapping[str, Rule] = field(default_factory=dict)
    gates: Mapping[str, GateSetting] = field(default_factory=dict)
    minima: Minima = field(default_factory=Minima)
    not_applicable_cap: Decimal = Decimal(1)
    excludes_incomplete: bool = False
    decimals: int = 2
    bands: tuple[Band, ...] = ()
    accepted_conditions: tuple[str, ...] = ()

    @property
    def thresholds(self) -> tuple[Fraction, ...]:
        """Return the totals at which something changes: the minimum, and where a band begins."""
        least = [] if self.minima.total is None else [self.minima.total]
        return tuple(Fraction(total) for total in (*least, *(band.start for band in self.bands)))
