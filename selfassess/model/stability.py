"""How far the result of a lot is from turning: everything that the stability of a ranking consists of, exact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from selfassess.model.profile import WeightKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """An exact real number ``rational`` + ``sign``·√``radicand``; a rational one has sign 0 and radicand 0.

    Otherwise sign is 1 or −1 and the radicand is positive and no square of a rational number.
    """

    rational: Fraction
    sign: int = 0
    radicand: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """A connected set of weights from ``low`` to ``high`` (None: without end), with or without its ends."""

    low: Root
    high: Root | None
    has_low: bool
    has_high: bool


class Level(Enum):
    """What a weight belongs to: a section, or a question in its section."""

    SECTION = "section"
    QUESTION = "question"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightStability:
    """How far one weight may move: the stay interval around its published value, and where the first is first again.

    ``stay`` is None where there is none, with the ``reason``; figures are in the unit of the published weight.
    """

    level: Level
    id: str
    kind: WeightKind
    published: Fraction
    stay: Region | None
    again: tuple[Region, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A bid's rank and figure in a ranking that is made to see what changes."""

    supplier: str
    rank: int
    figure: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """The ranking without one bid, and whether any two others change their order."""

    without: str
    places: tuple[Place, ...]
    changes_order: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An answer or a N/A of one bid that no review entry settled, and what the bid loses with it.

    ``points`` are the points of the reviewed total that go when it alone is lost; ``has_gate`` says that a gate fails.
    """

    question: str
    is_not_applicable: bool
    points: Fraction
    has_gate: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisiveClaims:
    """Whose loss would cost a bid its place: all minimal sets up to ``size``, else one smallest set beyond it.

    ``claims`` are all that carry points, a gate, a minimum, a cost or a tie rule, the heaviest first; a N/A under a cap
    that others share may count only with them. Sets hold ids of questions in the plan's order. ``smallest`` is empty
    where ``sets`` has some, or where even the loss of all claims turns nothing.
    """

    supplier: str
    size: int
    claims: tuple[Claim, ...]
    sets: tuple[tuple[str, ...], ...]
    smallest: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TyingPrice:
    """The prices that would make the figures of a leader and a rival equal, everything else unchanged; None: none does.

    ``leader_price`` is the leader's nearest such price, ``rival_price`` the rival's. Where the order turns at a price
    without a tie, as ``relative_range`` can have it, it is that price.
    """

    leader: str
    rival: str
    leader_price: Fraction | None
    rival_price: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectiveWeight:
    """A published weight in points of 100, and the lowest and highest value (0 to 1) among the compared bids."""

    level: Level
    id: str
    weight: Fraction
    lowest: Fraction
    highest: Fraction

    @property
    def effective(self) -> Fraction:
        """Return the points of the total by which this criterion really sets bids apart."""
        return self.weight * (self.highest - self.lowest)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearCliff:
    """An answer (of a table: a cell) within one unit of a threshold, and what the threshold belongs to.

    ``cliff`` is ``step``, ``jump``, ``gate``, ``row`` (a row condition) or ``condition``, of ``question`` or of ``of``.
    """

    supplier: str
    question: str
    row: str | None
    column: str | None
    answer: Decimal | date
    threshold: Decimal | date
    cliff: str
    of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LotStability:
    """What would change the result of one lot.

    ``leaders`` are the bids on the places that win; ``is_tied`` where a tie lies over the last place, ``is_open`` where
    something is still open on a leader. ``without_not_applicable`` is the ranking with every N/A as 0, ``price_spread``
    and ``quality_spread`` what prices and qualities each set apart in the figure (None where a model mixes the two).
    """

    lot: str
    leaders: tuple[str, ...]
    is_tied: bool
    is_open: bool
    places: tuple[Place, ...]
    left_out: tuple[LeftOut, ...]
    weights: tuple[WeightStability, ...]
    without_not_applicable: tuple[Place, ...]
    decisive: tuple[DecisiveClaims, ...]
    tying_prices: tuple[TyingPrice, ...]
    effective_weights: tuple[EffectiveWeight, ...]
    price_spread: Fraction | None
    quality_spread: Fraction | None
    near_cliffs: tuple[NearCliff, ...]
