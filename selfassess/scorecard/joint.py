"""Pooled demand becomes tables: what each bid is worth to each buyer, and where the buyers' profiles part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from selfassess.model.joint import JointLot
from selfassess.model.tender import Tender
from selfassess.numbers import exactly, shown_apart
from selfassess.plan import ScoringPlan
from selfassess.scorecard.further_cards import JointCard, TableCard
from selfassess.wording import STATUS, figure

SAID = (
    "The common profile ranks. What each buyer's own profile would say, and the mean of the buyers' totals weighted by "
    "their volumes, is information."
)
PER_TABLE = 4  # buyers beside each other


def joint_card(
    tender: Tender, lots: Sequence[JointLot], plans: Mapping[str, ScoringPlan], *, language: str
) -> JointCard:
    """Return the section on pooled demand."""
    titles = {lot.id: lot.title for lot in tender.lots}
    rows = tuple(
        (
            buyer.name,
            buyer.country,
            _volume(buyer.volume, language),
            "its own changes" if buyer.profile_changes else "the common profile",
        )
        for buyer in tender.buyers
    )
    tables = [
        table
        for lot in lots
        for table in (
            *_results(lot, titles[lot.lot], plans[lot.lot].profile.decimals, language),
            _shared(lot, titles[lot.lot]),
            *_partings(lot, titles[lot.lot]),
        )
    ]
    head = ("Buyer", "Country", "Volume", "Scores by")
    return JointCard(said=SAID, buyers=TableCard(title="Buyers", said="", head=head, rows=rows), tables=tuple(tables))


def _volume(volume: Decimal | None, language: str) -> str:
    return "not stated" if volume is None else figure(exactly(volume), language)


def _results(lot: JointLot, title: str, places: int, language: str) -> list[TableCard]:
    """Return the bids by buyer, a few buyers to a table so that it fits the page."""
    tables = []
    for start in range(0, len(lot.buyers), PER_TABLE):
        stop = start + PER_TABLE
        rows = []
        totals = [bid.total for bid in lot.bids if bid.total is not None]
        means = [bid.mean for bid in lot.bids if bid.mean is not None]
        of_buyers = [[bid.buyers[n].total for bid in lot.bids] for n in range(len(lot.buyers))]
        for bid in lot.bids:
            common = _place(bid.rank, bid.status.value, _total(bid.total, totals, places), language)
            mean = "" if bid.mean is None else figure(shown_apart(bid.mean, means, places), language)
            own = tuple(
                _place(result.rank, result.status.value, _total(result.total, beside, places), language)
                for result, beside in zip(bid.buyers[start:stop], of_buyers[start:stop], strict=True)
            )
            rows.append((bid.supplier, common, *own, mean))
        head = ("Bid", "Common profile", *lot.buyers[start:stop], "Weighted mean")
        tables.append(
            TableCard(title=f"{title}: results by buyer", said="Total of 100, and place.", head=head, rows=tuple(rows))
        )
    return tables


def _total(total: Fraction | None, beside: Sequence[Fraction | None], places: int) -> str | None:
    others = [other for other in beside if other is not None]
    return None if total is None else shown_apart(total, others, places)


def _place(rank: int | None, status: str, total: str | None, language: str) -> str:
    said = STATUS[status] if rank is None else f"place {rank}"
    return said if total is None else f"{figure(total, language)}, {said}"


def _shared(lot: JointLot, title: str) -> TableCard:
    rows = tuple((aspect, str(same), str(of)) for aspect, (same, of) in lot.harmony.shared.items())
    head = ("What", "Shared by all buyers", "Of")
    return TableCard(title=f"{title}: what the buyers share", said="", head=head, rows=rows)


def _partings(lot: JointLot, title: str) -> list[TableCard]:
    tables = []
    for start in range(0, len(lot.buyers), PER_TABLE):
        stop = start + PER_TABLE
        rows = tuple(
            (f"{parting.aspect} of {parting.place}", *parting.said[start:stop]) for parting in lot.harmony.partings
        )
        tables.append(
            TableCard(
                title=f"{title}: where the buyers part",
                said="",
                head=("On", *lot.buyers[start:stop]),
                rows=rows,
                empty="Nowhere: all buyers score alike.",
            )
        )
    return tables
