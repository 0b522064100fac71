"""Pooled demand: what one response is worth to each of several buyers, and where their profiles part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from selfassess.model.ranking import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class BuyerResult:
    """One bid as one buyer sees it, by that buyer's profile; ``own_profile`` is False where it is the common one."""

    buyer: str
    volume: Decimal | None
    own_profile: bool
    status: Status
    rank: int | None
    total: Fraction | None
    figure: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PooledBid:
    """One bid in one lot: its place under the common profile, which ranks, and its results by buyer for information.

    ``mean`` is the mean of the buyers' totals weighted by their volumes, None where a volume or a total is lacking.
    """

    supplier: str
    status: Status
    rank: int | None
    total: Fraction | None
    buyers: tuple[BuyerResult, ...]
    mean: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """A point on which buyers' profiles differ: what each of them says, in the order of the buyers.

    ``aspect``, and a ``place`` that is a setting or the total, are English names.
    """

    aspect: str
    place: str
    said: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Harmony:
    """What buyers' profiles share in a lot, counted by aspect as (shared, of all), and where they part."""

    shared: Mapping[str, tuple[int, int]]
    partings: tuple[Parting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class JointLot:
    """Pooled demand in one lot: every bid, and how far the buyers' profiles agree."""

    lot: str
    buyers: tuple[str, ...]
    bids: tuple[PooledBid, ...]
    harmony: Harmony
