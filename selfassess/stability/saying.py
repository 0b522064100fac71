"""The stability of a lot as plain data: every computed number exactly, with the shown form beside it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from selfassess.model.stability import (
    Claim,
    DecisiveClaims,
    EffectiveWeight,
    LeftOut,
    LotStability,
    NearCliff,
    Place,
    Region,
    Root,
    TyingPrice,
    WeightStability,
)
from selfassess.numbers import exactly, shown, shown_apart
from selfassess.stability.regions import contains
from selfassess.stability.roots import between, said_exactly, shown_towards

PLACES = 2  # of weights, prices and figures, as everywhere in a ranking


def saying(stability: LotStability, places: int = PLACES) -> dict[str, Any]:
    """Return everything that is known as texts, booleans, lists and mappings; points with so many ``places``."""
    return {
        "lot": stability.lot,
        "leaders": list(stability.leaders),
        "tied": stability.is_tied,
        "open": stability.is_open,
        "ranking": _ranking(stability.places),
        "leave_one_out": [_left_out(one) for one in stability.left_out],
        "weights": [_weight(weight) for weight in stability.weights],
        "without_not_applicable": _ranking(stability.without_not_applicable),
        "decisive_claims": [_decisive(decisive, places) for decisive in stability.decisive],
        "tying_prices": [_tying(tying) for tying in stability.tying_prices],
        "effective_weights": [_effective(weight, places) for weight in stability.effective_weights],
        "spread_of_prices": _number(stability.price_spread, PLACES),
        "spread_of_qualities": _number(stability.quality_spread, PLACES),
        "near_cliffs": [_near(near) for near in stability.near_cliffs],
    }


def _number(value: Fraction | None, places: int) -> dict[str, str] | None:
    return None if value is None else {"exact": exactly(value), "shown": shown(value, places)}


def _ranking(row: Sequence[Place]) -> list[dict[str, Any]]:
    figures = [place.figure for place in row]
    return [
        {
            "supplier": place.supplier,
            "rank": place.rank,
            "figure": {"exact": exactly(place.figure), "shown": shown_apart(place.figure, figures, PLACES)},
        }
        for place in row
    ]


def _left_out(one: LeftOut) -> dict[str, Any]:
    return {"without": one.without, "changes_order": one.changes_order, "ranking": _ranking(one.places)}


def _weight(weight: WeightStability) -> dict[str, Any]:
    return {
        "level": weight.level.value,
        "id": weight.id,
        "kind": weight.kind.value,
        "published": exactly(weight.published),
        "stay": None if weight.stay is None else _region(weight.stay, weight.published),
        "again": [_region(region, weight.published) for region in weight.again],
        "reason": weight.reason,
    }


def _region(region: Region, published: Fraction) -> dict[str, Any]:
    """Return a region with both ends, rounded inwards; the upper one is None where there is no end."""
    is_around = contains(region, published)
    inner = published if is_around or region.low == region.high else between(region.low, region.high)
    return {
        "low": _end(region.low, inner, included=region.has_low),
        "high": None if region.high is None else _end(region.high, inner, included=region.has_high),
    }


def _end(end: Root, published: Fraction, *, included: bool) -> dict[str, Any]:
    return {"exact": said_exactly(end), "shown": shown_towards(end, published, PLACES), "included": included}


def _decisive(decisive: DecisiveClaims, places: int) -> dict[str, Any]:
    return {
        "supplier": decisive.supplier,
        "size": decisive.size,
        "claims": [_claim(claim, places) for claim in decisive.claims],
        "sets": [list(each) for each in decisive.sets],
        "smallest": list(decisive.smallest),
    }


def _claim(claim: Claim, places: int) -> dict[str, Any]:
    return {
        "question": claim.question,
        "not_applicable": claim.is_not_applicable,
        "gate": claim.has_gate,
        "points": _number(claim.points, places),
    }


def _tying(tying: TyingPrice) -> dict[str, Any]:
    return {
        "leader": tying.leader,
        "rival": tying.rival,
        "leader_price": _number(tying.leader_price, PLACES),
        "rival_price": _number(tying.rival_price, PLACES),
    }


def _effective(weight: EffectiveWeight, places: int) -> dict[str, Any]:
    return {
        "level": weight.level.value,
        "id": weight.id,
        "weight": _number(weight.weight, places),
        "lowest": _number(weight.lowest, places + 2),
        "highest": _number(weight.highest, places + 2),
        "spread": _number(weight.highest - weight.lowest, places + 2),
        "effective": _number(weight.effective, places),
    }


def _near(near: NearCliff) -> dict[str, Any]:
    return {
        "supplier": near.supplier,
        "question": near.question,
        "row": near.row,
        "column": near.column,
        "answer": _written(near.answer),
        "threshold": _written(near.threshold),
        "cliff": near.cliff,
        "of": near.of,
    }


def _written(value: Decimal | date) -> str:
    return exactly(value) if isinstance(value, Decimal) else value.isoformat()
