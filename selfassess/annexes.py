"""Statistics, joint results and comparisons as plain data: numbers exact, their shown form beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from selfassess.languages import TOLD
from selfassess.model.joint import BuyerResult, JointLot, PooledBid
from selfassess.model.statistics import Count, LotStatistics, QuestionStatistics, Spread
from selfassess.model.tender import Tender
from selfassess.numbers import exactly
from selfassess.plan import ScoringPlan
from selfassess.results import number, pin_plain
from selfassess.statistics import LEAST

JOINT_FORMAT = "selfassess/joint@1"
STATISTICS_FORMAT = "selfassess/statistics@1"
STANDS = ("answered", "not_applicable", "missing", "not_asked")
HIDDEN = TOLD.say(
    "Counts below {least} bids are hidden, and with them others from which they could be computed; "
    "the counts of answers to one question are told together or not at all.",
    least=LEAST,
)
POOLED = (
    "The common profile ranks. Results by a buyer's own profile, and the mean of the buyers' totals weighted by their "
    "volumes, stand beside it for information."
)


def joint_plain(tender: Tender, digest: str, lots: Sequence[JointLot], places: int) -> dict[str, Any]:
    """Return the pooled result of a tender's lots as plain data."""
    return {
        "format": JOINT_FORMAT,
        "tender": {"id": tender.id, "digest": digest},
        "rule": POOLED,
        "buyers": [
            {
                "name": buyer.name,
                "country": buyer.country,
                "volume": None if buyer.volume is None else exactly(buyer.volume),
                "profile": "own" if buyer.profile_changes else "common",
            }
            for buyer in tender.buyers
        ],
        "lots": [_joint_lot(lot, places) for lot in lots],
    }


def _joint_lot(lot: JointLot, places: int) -> dict[str, Any]:
    harmony = lot.harmony
    return {
        "lot": lot.lot,
        "bids": [_pooled(bid, lot.bids, places) for bid in lot.bids],
        "harmonisation": {
            "shared": {aspect: {"shared": str(same), "of": str(of)} for aspect, (same, of) in harmony.shared.items()},
            "partings": [
                {
                    "aspect": parting.aspect,
                    "place": parting.place,
                    "buyers": [
                        {"name": name, "says": said} for name, said in zip(lot.buyers, parting.said, strict=True)
                    ],
                }
                for parting in harmony.partings
            ],
        },
    }


def _pooled(bid: PooledBid, bids: Sequence[PooledBid], places: int) -> dict[str, Any]:
    totals = [other.total for other in bids if other.total is not None]
    means = [other.mean for other in bids if other.mean is not None]
    others = zip(*(other.buyers for other in bids), strict=True)
    return {
        "supplier": bid.supplier,
        "common": {"status": bid.status.value, "rank": bid.rank, "total": number(bid.total, places, totals)},
        "buyers": [_buyer(result, places, beside) for result, beside in zip(bid.buyers, others, strict=True)],
        "volume_weighted_mean": number(bid.mean, places, means),
    }


def _buyer(result: BuyerResult, places: int, beside: Sequence[BuyerResult]) -> dict[str, Any]:
    totals = [other.total for other in beside if other.total is not None]
    figures = [other.figure for other in beside if other.figure is not None]
    return {
        "name": result.buyer,
        "volume": None if result.volume is None else exactly(result.volume),
        "profile": "own" if result.own_profile else "common",
        "status": result.status.value,
        "rank": result.rank,
        "total": number(result.total, places, totals),
        "figure": number(result.figure, places, figures),
    }


def statistics_plain(
    tender: Tender, digest: str, lots: list[tuple[ScoringPlan, LotStatistics]], places: int
) -> dict[str, Any]:
    """Return the statistics of a tender's lots as plain data; nothing in it names a bidder."""
    return {
        "format": STATISTICS_FORMAT,
        "tender": {"id": tender.id, "digest": digest},
        "questionnaire": pin_plain(tender.questionnaire),
        "least": str(LEAST),
        "rule": HIDDEN,
        "lots": [
            {
                "lot": statistics.lot,
                "bids": str(statistics.bids),
                "questions": [_question(plan, own, statistics.bids, places) for own in statistics.questions],
            }
            for plan, statistics in lots
        ],
    }


def _question(plan: ScoringPlan, own: QuestionStatistics, bids: int, places: int) -> dict[str, Any]:
    question = plan.questions[plan.positions[own.question]].question
    plain: dict[str, Any] = {"id": question.id, "text": question.text, "type": question.type.value}
    for name in STANDS:
        plain[name] = _cell(getattr(own, name), bids)
    if own.options:
        plain["options"] = {id_: _cell(count, own.answered) for id_, count in own.options.items()}
    if own.spread is not None:
        plain |= {
            "ceiling": _cell(own.spread.best, own.answered),
            "floor": _cell(own.spread.worst, own.answered),
            "between": _cell(own.spread.between, own.answered),
            "separation": number(own.spread.separation, places),
        }
    return plain


def _cell(count: Count, of: Count) -> dict[str, Any]:
    """Return a count with its share of a number in percent; a hidden one says so."""
    if count is None:
        return {"hidden": True}
    return {"count": str(count), "share": number(Fraction(100 * count, of), 1) if of else None}


def read_statistics(plain: Mapping[str, Any]) -> tuple[LotStatistics, ...]:
    """Return the statistics of lots from plain data; ``KeyError``, ``TypeError`` or ``ValueError`` where it is none."""
    return tuple(
        LotStatistics(
            lot=str(lot["lot"]),
            bids=int(lot["bids"]),
            questions=tuple(_read_question(question) for question in lot["questions"]),
        )
        for lot in plain["lots"]
    )


def _read_question(plain: Mapping[str, Any]) -> QuestionStatistics:
    spread = None
    if "ceiling" in plain:
        separation = plain["separation"]
        spread = Spread(
            best=_read_cell(plain["ceiling"]),
            worst=_read_cell(plain["floor"]),
            between=_read_cell(plain["between"]),
            separation=None if separation is None else Fraction(separation["exact"]),
        )
    return QuestionStatistics(
        question=str(plain["id"]),
        **{name: _read_cell(plain[name]) for name in STANDS},
        options={id_: _read_cell(cell) for id_, cell in plain.get("options", {}).items()},
        spread=spread,
    )


def _read_cell(plain: Mapping[str, Any]) -> Count:
    return None if plain.get("hidden") else int(plain["count"])
