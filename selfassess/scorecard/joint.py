"""Pooled demand becomes tables: what each bid is worth to each buyer, and where the buyers' profiles part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from selfassess.harmony import MINIMUM, SETTING, TOTAL
from selfassess.languages import Words, message, words
from selfassess.model.joint import JointLot, Parting
from selfassess.model.tender import Tender
from selfassess.numbers import exactly
from selfassess.plan import ScoringPlan
from selfassess.scorecard.figures import Figures
from selfassess.scorecard.further_cards import JointCard, TableCard
from selfassess.wording import STATUS, figure

SAID = message(
    "The common profile ranks. What each buyer's own profile would say, and the mean of the buyers' totals weighted by "
    "their volumes, is information."
)
PER_TABLE = 4  # buyers beside each other


def joint_card(
    tender: Tender, lots: Sequence[JointLot], plans: Mapping[str, ScoringPlan], *, language: str
) -> JointCard:
    """Return the section on pooled demand; ``lots`` say what the buyers' profiles say in the same language."""
    titles = {lot.id: lot.title for lot in tender.lots}
    figures = {lot.lot: Figures(language, plans[lot.lot].profile.decimals) for lot in lots}
    tables = [
        table
        for lot in lots
        for table in (
            *_results(lot, titles[lot.lot], figures[lot.lot]),
            _shared(lot, titles[lot.lot], figures[lot.lot].words),
            *_partings(lot, titles[lot.lot], figures[lot.lot].words),
        )
    ]
    own = words("report", language)
    return JointCard(said=own.say(SAID), buyers=_buyers(tender, language, own), tables=tuple(tables))


def _buyers(tender: Tender, language: str, words: Words) -> TableCard:
    rows = tuple(
        (
            buyer.name,
            buyer.country,
            words.say("not stated") if buyer.volume is None else figure(exactly(buyer.volume), language),
            words.say("its own changes") if buyer.profile_changes else words.say("the common profile"),
        )
        for buyer in tender.buyers
    )
    head = (words.say("Buyer"), words.say("Country"), words.say("Volume"), words.say("Scores by"))
    return TableCard(title=words.say("Buyers"), said="", head=head, rows=rows)


def _results(lot: JointLot, title: str, figures: Figures) -> list[TableCard]:
    """Return the bids by buyer, a few buyers to a table so that it fits the page."""
    tables, words = [], figures.words
    for start in range(0, len(lot.buyers), PER_TABLE):
        stop = start + PER_TABLE
        rows = []
        totals = [bid.total for bid in lot.bids if bid.total is not None]
        means = [bid.mean for bid in lot.bids if bid.mean is not None]
        of_buyers = [[bid.buyers[n].total for bid in lot.bids] for n in range(len(lot.buyers))]
        for bid in lot.bids:
            common = _place(bid.rank, bid.status.value, _total(bid.total, totals, figures), words)
            mean = "" if bid.mean is None else figures.points_apart(bid.mean, means)
            own = tuple(
                _place(result.rank, result.status.value, _total(result.total, beside, figures), words)
                for result, beside in zip(bid.buyers[start:stop], of_buyers[start:stop], strict=True)
            )
            rows.append((bid.supplier, common, *own, mean))
        tables.append(
            TableCard(
                title=words.say("{lot}: results by buyer", lot=title),
                said=words.say("Total of 100, and place."),
                head=(
                    words.say("Bid"),
                    words.say("Common profile"),
                    *lot.buyers[start:stop],
                    words.say("Weighted mean"),
                ),
                rows=tuple(rows),
            )
        )
    return tables


def _total(total: Fraction | None, beside: Sequence[Fraction | None], figures: Figures) -> str | None:
    others = [other for other in beside if other is not None]
    return None if total is None else figures.points_apart(total, others)


def _place(rank: int | None, status: str, total: str | None, words: Words) -> str:
    said = words.say(STATUS[status]) if rank is None else words.say("place {rank}", rank=rank)
    return said if total is None else f"{total}, {said}"


def _shared(lot: JointLot, title: str, words: Words) -> TableCard:
    rows = tuple((words.say(aspect), str(same), str(of)) for aspect, (same, of) in lot.harmony.shared.items())
    head = (words.say("What"), words.say("Shared by all buyers"), words.at("how many in all").say("Of"))
    return TableCard(title=words.say("{lot}: what the buyers share", lot=title), said="", head=head, rows=rows)


def _partings(lot: JointLot, title: str, words: Words) -> list[TableCard]:
    tables = []
    for start in range(0, len(lot.buyers), PER_TABLE):
        stop = start + PER_TABLE
        rows = tuple((_parted(parting, words), *parting.said[start:stop]) for parting in lot.harmony.partings)
        tables.append(
            TableCard(
                title=words.say("{lot}: where the buyers part", lot=title),
                said="",
                head=(words.at("a point on which buyers part").say("On"), *lot.buyers[start:stop]),
                rows=rows,
                empty=message("Nowhere: all buyers score alike."),
            )
        )
    return tables


def _parted(parting: Parting, words: Words) -> str:
    is_named = parting.aspect == SETTING or (parting.aspect, parting.place) == (MINIMUM, TOTAL)
    place = words.say(parting.place) if is_named else parting.place
    return words.say("{aspect} of {place}", aspect=words.say(parting.aspect), place=place)
