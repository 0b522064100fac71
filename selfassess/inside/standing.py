"""What the report on one bid shows of other bids, and nothing more of them: kept apart, so that it can be carried.

A supplier's report says how many bids are ranked and where the supplier's own stands. Of other bids it needs nothing
else but figures that would print like its own, without saying whose they are, in a relative price model the lowest and
the highest price, and when the result is final the name, total, figure and sections of the selected bid.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from selfassess.model.ranking import LotRanking, LowPrice, Standing, Status
from selfassess.numbers import exactly, shown
from selfassess.scorecard.drawing import Span
from selfassess.scorecard.selected import Selected
from selfassess.scorecard.sheet import Field, standing_in

FORMAT = "selfassess/standing@1"
ANOTHER = "another bid"
FIGURE_PLACES = 2
RELATIVE = "relative_"  # what the names of price models begin with that measure bids against each other


def standing_plain(
    ranking: LotRanking, supplier: str, places: int, field: Field | None, selected: Sequence[Selected]
) -> dict[str, Any]:
    """Return what a bid's report shows of a lot's ranking, as plain data.

    ``field`` are the ranges where they may be seen, ``selected`` the bids that were selected where it is told of them.
    """
    own = standing_in(ranking, supplier)
    others = [standing for standing in ranking.standings if standing is not own]
    totals = [t for s in others for t in (s.claimed, s.supported, s.quality) if t is not None]
    own_totals = [] if own is None else [t for t in (own.claimed, own.supported, own.quality) if t is not None]
    figures = [standing.figure for standing in others if standing.figure is not None]
    own_figures = [own.figure] if own is not None and own.figure is not None else []
    priced = [s.price for s in ranking.standings if s.figure is not None and s.price is not None]
    is_relative = ranking.model.startswith(RELATIVE) and bool(priced)
    return {
        "lot": ranking.lot,
        "model": ranking.model,
        "lowest_wins": ranking.lowest_wins,
        "final": ranking.is_final,
        "places": None if ranking.places is None else str(ranking.places),
        "thresholds": [exactly(least) for least in ranking.thresholds],
        "own": None if own is None else _own(own),
        "others": {
            "ranked": str(sum(standing.rank is not None for standing in others)),
            "totals_that_print_like_own": _alike(own_totals, totals, places),
            "figures_that_print_like_own": _alike(own_figures, figures, FIGURE_PLACES),
            **({"lowest_price": exactly(min(priced)), "highest_price": exactly(max(priced))} if is_relative else {}),
        },
        "field": None if field is None else _field(field),
        "selected": [_selected(one) for one in selected],
    }


def _selected(one: Selected) -> dict[str, Any]:
    return {
        "supplier": one.supplier,
        "name": one.name,
        "total": _exactly(one.total),
        "figure": _exactly(one.figure),
        "sections": {id_: _exactly(value) for id_, value in one.sections.items()},
    }


def _exactly(value: Fraction | None) -> str | None:
    return None if value is None else exactly(value)


def _alike(own: Sequence[Fraction], others: Sequence[Fraction], places: int) -> list[str]:
    printed = {shown(value, places) for value in own}
    return sorted({exactly(other) for other in others if shown(other, places) in printed and other not in own})


def _own(own: Standing) -> dict[str, Any]:
    numbers = {name: getattr(own, name) for name in ("quality", "claimed", "supported", "price", "figure")}
    low = own.low_price
    return {
        "supplier": own.supplier,
        "status": own.status.value,
        "rank": None if own.rank is None else str(own.rank),
        **{name: None if value is None else exactly(value) for name, value in numbers.items()},
        "reasons": list(own.reasons),
        "tied_with": str(len(own.tied_with)),
        "decided_by": own.decided_by,
        "low_price": None if low is None else {"median": exactly(low.median), "share": exactly(low.share)},
    }


def _field(field: Field) -> dict[str, Any]:
    spans = {"sections": field.sections, "topics": field.topics}
    return {
        "bids": str(field.bids),
        **{
            name: {id_: [exactly(span.low), exactly(span.high)] for id_, span in found.items()}
            for name, found in spans.items()
        },
    }


def read_selected(plain: Mapping[str, Any]) -> tuple[Selected, ...]:
    """Return the selected bids that a bid's report tells of; errors as of ``read_standing``."""
    return tuple(
        Selected(
            supplier=str(one["supplier"]),
            name=str(one["name"]),
            total=_fraction(one["total"]),
            figure=_fraction(one["figure"]),
            sections={id_: _fraction(value) for id_, value in one["sections"].items()},
        )
        for one in plain["selected"]
    )


def _fraction(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)


def read_standing(plain: Mapping[str, Any]) -> tuple[LotRanking, Field | None]:
    """Return the ranking that a bid's report is made from, others nameless, and the field.

    ``KeyError``, ``TypeError`` or ``ValueError`` where the data is none.
    """
    others = plain["others"]
    own = None if plain["own"] is None else _read_own(plain["own"])
    nameless = Standing(supplier=ANOTHER, status=Status.RANKED)
    standings = [replace(nameless, rank=1) for _ in range(int(others["ranked"]))]
    standings += [replace(nameless, quality=Fraction(total)) for total in others["totals_that_print_like_own"]]
    standings += [replace(nameless, figure=Fraction(value)) for value in others["figures_that_print_like_own"]]
    if own is not None and "lowest_price" in others:
        prices = (Decimal(others["lowest_price"]), Decimal(others["highest_price"]))
        standings += [replace(nameless, figure=own.figure, price=price) for price in prices]
    ranking = LotRanking(
        lot=str(plain["lot"]),
        model=str(plain["model"]),
        lowest_wins=bool(plain["lowest_wins"]),
        standings=tuple(([] if own is None else [own]) + standings),
        is_final=bool(plain["final"]),
        places=None if plain["places"] is None else int(plain["places"]),
        thresholds=tuple(Fraction(least) for least in plain["thresholds"]),
    )
    return ranking, None if plain["field"] is None else _read_field(plain["field"])


def _read_own(plain: Mapping[str, Any]) -> Standing:
    numbers = {
        name: None if plain[name] is None else Fraction(plain[name])
        for name in ("quality", "claimed", "supported", "figure")
    }
    low = plain["low_price"]
    return Standing(
        supplier=str(plain["supplier"]),
        status=Status(plain["status"]),
        rank=None if plain["rank"] is None else int(plain["rank"]),
        price=None if plain["price"] is None else Decimal(plain["price"]),
        reasons=tuple(plain["reasons"]),
        tied_with=(ANOTHER,) * int(plain["tied_with"]),
        decided_by=str(plain["decided_by"]),
        low_price=None if low is None else LowPrice(median=Fraction(low["median"]), share=Fraction(low["share"])),
        **numbers,
    )


def _read_field(plain: Mapping[str, Any]) -> Field:
    return Field(
        bids=int(plain["bids"]),
        **{
            name: {id_: Span(Fraction(low), Fraction(high)) for id_, (low, high) in plain[name].items()}
            for name in ("sections", "topics")
        },
    )
