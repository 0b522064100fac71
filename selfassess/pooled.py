"""One response serves several buyers: bids scored again by each buyer's own profile, and what comes of it together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction

from selfassess.harmony import harmony_of
from selfassess.languages import ENGLISH, TOLD, Words
from selfassess.model.assessment import Assessment
from selfassess.model.joint import BuyerResult, JointLot, PooledBid
from selfassess.model.profile import ScoringProfile
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.ranking import LotRanking, Standing
from selfassess.model.review import Entry
from selfassess.model.tender import Buyer, Tender
from selfassess.plan import ScoringPlan, compile_plan
from selfassess.scoring import score

Key = tuple[str, str]  # supplier, lot
UNUSABLE_REVIEW = TOLD.say("its review cannot be used")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The bids as one buyer with a profile of its own sees them; plans and rankings are by lot."""

    buyer: Buyer
    plans: Mapping[str, ScoringPlan]
    assessments: Mapping[Key, Assessment]
    rankings: Mapping[str, LotRanking] = field(default_factory=dict)


def views_of(
    tender: Tender,
    questionnaire: Questionnaire,
    profile: ScoringProfile,
    assessments: Mapping[Key, Assessment],
    entries: Mapping[str, Sequence[Entry]],
) -> tuple[View, ...]:
    """Return the views, without ranks, of all buyers with profiles of their own: every scored bid, scored by theirs.

    ``profile`` is the one that the tender names, before any changes; ``entries`` are the review entries by bid.
    """
    buyers = [buyer for buyer in tender.buyers if buyer.profile_changes]
    return tuple(
        _view(buyer, tender, questionnaire, tender.changed_for(buyer, profile), assessments, entries)
        for buyer in buyers
    )


def _view(
    buyer: Buyer,
    tender: Tender,
    questionnaire: Questionnaire,
    own: ScoringProfile,
    assessments: Mapping[Key, Assessment],
    entries: Mapping[str, Sequence[Entry]],
) -> View:
    plans = {lot.id: compile_plan(questionnaire, own, lot) for lot in tender.lots}
    found = {}
    for (supplier, lot), first in assessments.items():
        again = score(plans[lot], first.response, supplier=supplier, day=first.day, entries=entries[supplier])
        unusable = tuple(why for why in first.unsettled if why.startswith(UNUSABLE_REVIEW))
        found[supplier, lot] = replace(again, unsettled=(*again.unsettled, *unusable)) if unusable else again
    return View(buyer=buyer, plans=plans, assessments=found)


def joint_lots(
    tender: Tender,
    plans: Mapping[str, ScoringPlan],
    rankings: Mapping[str, LotRanking],
    views: Sequence[View],
    words: Words = ENGLISH,
) -> tuple[JointLot, ...]:
    """Return the pooled result of each lot; ``plans`` and ``rankings`` are those of the common profile, which ranks.

    What the buyers' profiles say is said by the words.
    """
    own = iter(views)
    seen = [next(own) if buyer.profile_changes else None for buyer in tender.buyers]
    names = tuple(buyer.name for buyer in tender.buyers)
    lots = []
    for lot, common in rankings.items():
        by_buyer = [_by_supplier(common if view is None else view.rankings[lot]) for view in seen]
        bids = []
        for standing in common.standings:
            results = tuple(
                _result(buyer, standings[standing.supplier], is_own=view is not None)
                for buyer, view, standings in zip(tender.buyers, seen, by_buyer, strict=True)
            )
            bids.append(_pooled(standing, results))
        harmony = harmony_of([plans[lot] if view is None else view.plans[lot] for view in seen], words)
        lots.append(JointLot(lot=lot, buyers=names, bids=tuple(bids), harmony=harmony))
    return tuple(lots)


def _by_supplier(ranking: LotRanking) -> dict[str, Standing]:
    return {standing.supplier: standing for standing in ranking.standings}


def _result(buyer: Buyer, standing: Standing, *, is_own: bool) -> BuyerResult:
    return BuyerResult(
        buyer=buyer.name,
        volume=buyer.volume,
        own_profile=is_own,
        status=standing.status,
        rank=standing.rank,
        total=standing.quality,
        figure=standing.figure,
    )


def _pooled(standing: Standing, results: tuple[BuyerResult, ...]) -> PooledBid:
    return PooledBid(
        supplier=standing.supplier,
        status=standing.status,
        rank=standing.rank,
        total=standing.quality,
        buyers=results,
        mean=weighted_mean([(result.volume, result.total) for result in results]),
    )


def weighted_mean(parts: Sequence[tuple[Decimal | None, Fraction | None]]) -> Fraction | None:
    """Return the mean of totals weighted by volumes, None where one of either is lacking or no volume is above 0.

    >>> weighted_mean([(Decimal(3), Fraction(10)), (Decimal(1), Fraction(50))])
    Fraction(20, 1)
    """
    weighed = [(Fraction(volume), total) for volume, total in parts if volume is not None and total is not None]
    whole = sum((volume for volume, _ in weighed), Fraction(0))
    if len(weighed) < len(parts) or whole <= 0:
        return None
    return sum((volume * total for volume, total in weighed), Fraction(0)) / whole
