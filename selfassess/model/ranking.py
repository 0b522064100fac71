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
class LowPrice:
    """A flag: the price is so far below the median of the others that the buyer asks for an explanation (art. 69).

    ``share`` is the price over ``median``. A flag changes no rank and rejects nobody.
    """

    median: Fraction
    share: Fraction


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
    low_price: LowPrice | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LotRanking:
    """The ranking of one lot: all bids, ranked ones first; ``is_final`` only where nothing is open.

    ``places`` is how many bids win, None where the model admits every bid that reaches its threshold; ``thresholds``
    are the totals that the price model asks for.
    """

    lot: str
    model: str
    lowest_wins: bool
    standings: tuple[Standing, ...]
    is_final: bool
    places: int | None = 1
    warnings: tuple[str, ...] = ()
    thresholds: tuple[Fraction, ...] = ()

    @property
    def totals(self) -> tuple[Fraction, ...]:
        """Return every total of every bid, and the totals that are asked for: what is printed beside each other."""
        found = [total for s in self.standings for total in (s.claimed, s.supported, s.quality) if total is not None]
        return (*found, *self.thresholds)

    @property
    def figures(self) -> tuple[Fraction, ...]:
        """Return the comparison figures of all bids."""
        return tuple(standing.figure for standing in self.standings if standing.figure is not None)

    @property
    def leaders(self) -> tuple[Standing, ...]:
        """Return the bids on the places that win, those tied over the last one included, open or not."""
        return tuple(s for s in self.standings if s.rank is not None and s.rank <= (self.places or 1))

    @property
    def tied_at_border(self) -> tuple[str, ...]:
        """Return the bids that are tied over the last place, so that more stand there than win."""
        leaders = self.leaders
        if self.places is None or len(leaders) <= self.places:
            return ()
        return tuple(standing.supplier for standing in leaders if standing.rank == leaders[-1].rank)

    @property
    def winners(self) -> tuple[str, ...]:
        """Return the bids that win and are no longer open; more than there are places where they are tied.

        While one of the leaders is open there is none, unless every bid is admitted by itself.
        """
        settled = tuple(s.supplier for s in self.leaders if s.status is Status.RANKED)
        return settled if self.places is None or len(settled) == len(self.leaders) else ()
