"""A ranking: every bid of a lot with its place, or the reason why it has none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction


class Status(Enum):
    """What became of a bid in a lot.

    ``provisional``: ranked, but a gate or minimum is unknown or something is unsettled, so it is no winner yet;
    ``excluded``: a gate or minimum failed; ``unpriced``: assessed, but without a usable price; ``refused``: the tool
    could not score it (rejecting a tenderer is the buyer's decision).
    """

    RANKED = "ranked"
    PROVISIONAL = "provisional"
    EXCLUDED = "excluded"
    UNPRICED = "unpriced"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One bid in one lot: its status, rank (shared in a tie), figures, and why.

    ``quality`` is the reviewed total (0 to 100); ``figure`` is what the price model compares; ``rank`` is None where
    the bid is not ranked.
    """

    supplier: str
    status: Status
    rank: int | None = None
    quality: Fraction | None = None
    claimed: Fraction | None = None
    supported: Fraction | None = None
    price: Decimal | None = None
    figure: Fraction | None = None
    reasons: tuple[str, ...] = ()
    tied_with: tuple[str, ...] = ()
    decided_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LotRanking:
    """The ranking of one lot: all bids, ranked ones first; ``is_final`` only where nothing is open."""

    lot: str
    model: str
    lowest_wins: bool
    standings: tuple[Standing, ...]
    is_final: bool
    warnings: tuple[str, ...] = ()

    @property
    def winners(self) -> tuple[str, ...]:
        """Return the bids that stand first and are no longer open; several where they are tied."""
        first = [standing for standing in self.standings if standing.rank == 1]
        open_ = any(standing.status is not Status.RANKED for standing in first)
        return () if open_ else tuple(standing.supplier for standing in first)
