"""Qualities and prices become figures: one function for each published price model (method, 3.10).

A model takes the quality q (reviewed total / 100) and price of each compared bid and gives each a figure; whether the
lowest or the highest wins belongs to the model. Nothing is clamped unless the tender says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from selfassess.model.tender import PriceModel

HUNDRED = 100
Figures = dict[str, Fraction | None]  # None: the model admits the bid to no comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Bid:
    """What a price model compares: quality from 0 to 1 and a price above 0 (0 where the model reads none).

    ``yearly`` are its costs of one year under ``life_cycle_cost``; ``sections`` the reviewed values (0 to 1, None
    where there is none) that a tie rule may look at, by id.
    """

    supplier: str
    quality: Fraction
    price: Fraction
    yearly: Fraction = Fraction(0)
    sections: Mapping[str, Fraction | None] = field(default_factory=dict)


def deduction(bids: Sequence[Bid], model: PriceModel) -> Figures:
    """Return P - D*q, the price less the deduction for quality; the lowest wins (Swedish mervärdesavdrag)."""
    full = Fraction(model.parameters["full_quality"])
    return {bid.supplier: bid.price - full * bid.quality for bid in bids}


def absolute_linear(bids: Sequence[Bid], model: PriceModel) -> Figures:
    """Return Wp*(high - P)/(high - low) + Wq*q between published prices; the highest wins.

    Points fall below 0 above ``high`` and exceed Wp below ``low`` unless the tender clamps that end; clamping the
    cheap end was struck down in Sweden (HFD 2022:41).
    """
    points = {name: Fraction(value) for name, value in model.parameters.items()}
    figures: Figures = {}
    for bid in bids:
        share = (points["high"] - bid.price) / (points["high"] - points["low"])
        if model.clamp in ("cheap", "both"):
            share = min(share, Fraction(1))
        if model.clamp in ("dear", "both"):
            share = max(share, Fraction(0))
        figures[bid.supplier] = points["price_points"] * share + points["quality_points"] * bid.quality
    return figures


def surcharge(bids: Sequence[Bid], model: PriceModel) -> Figures:
    """Return P*(1 + (1 - q)*Wq/Wp), the price with a surcharge for missing quality; the lowest wins (Norway)."""
    price_points, quality_points = _points(model)
    ratio = quality_points / price_points
    return {bid.supplier: bid.price * (1 + (1 - bid.quality) * ratio) for bid in bids}


def fixed_price(bids: Sequence[Bid], model: PriceModel) -> Figures:  # noqa: ARG001  every model takes the same
    """Return the quality alone; the highest wins (Directive 2014/24/EU, art. 67(2), last sentence)."""
    return {bid.supplier: HUNDRED * bid.quality for bid in bids}


def threshold_lowest_price(bids: Sequence[Bid], model: PriceModel) -> Figures:
    """Return the price of each bid that reaches the least quality; the lowest wins (Montte, C-546/16)."""
    least = Fraction(model.parameters["minimum_quality"]) / HUNDRED
    return {bid.supplier: bid.price if bid.quality >= least else None for bid in bids}


def admit_all_above(bids: Sequence[Bid], model: PriceModel) -> Figures:
    """Return the quality of each bid that reaches the least quality; all of them win, and no price is read."""
    least = Fraction(model.parameters["minimum_quality"]) / HUNDRED
    return {bid.supplier: HUNDRED * bid.quality if bid.quality >= least else None for bid in bids}


def life_cycle_cost(bids: Sequence[Bid], model: PriceModel) -> Figures:
    """Return P + F*(costs of a year), F being what the years add up to; the lowest wins (art. 68)."""
    factor = years_factor(model)
    return {bid.supplier: bid.price + factor * bid.yearly for bid in bids}


def years_factor(model: PriceModel) -> Fraction:
    """Return what a cost of 1 at the end of each year is worth: the years, or discounted by the published rate."""
    years = int(model.parameters["years"])
    rate = Fraction(model.parameters.get("discount_rate", 0)) / HUNDRED
    return sum((1 / (1 + rate) ** year for year in range(1, years + 1)), Fraction(0))


def relative_proportional(bids: Sequence[Bid], model: PriceModel) -> Figures:
    """Return Wp*Pmin/P + Wq*q; the highest wins. A further bid can change the order of two others."""
    price_points, quality_points = _points(model)
    lowest = min((bid.price for bid in bids), default=Fraction(0))
    return {bid.supplier: price_points * lowest / bid.price + quality_points * bid.quality for bid in bids}


def relative_linear(bids: Sequence[Bid], model: PriceModel) -> Figures:
    """Return Wp*(1 - (P - Pmin)/Pmin) + Wq*q; the highest wins. Points may be negative, and order hangs on Pmin."""
    price_points, quality_points = _points(model)
    lowest = min((bid.price for bid in bids), default=Fraction(0))
    return {
        bid.supplier: price_points * (1 - (bid.price - lowest) / lowest) + quality_points * bid.quality for bid in bids
    }


def relative_range(bids: Sequence[Bid], model: PriceModel) -> Figures:
    """Return Wp*(Pmax - P)/(Pmax - Pmin) + Wq*q; the highest wins. With equal prices all have Wp."""
    price_points, quality_points = _points(model)
    lowest = min((bid.price for bid in bids), default=Fraction(0))
    highest = max((bid.price for bid in bids), default=Fraction(0))
    return {
        bid.supplier: price_points * ((highest - bid.price) / (highest - lowest) if highest > lowest else 1)
        + quality_points * bid.quality
        for bid in bids
    }


def _points(model: PriceModel) -> tuple[Fraction, Fraction]:
    return Fraction(model.parameters["price_points"]), Fraction(model.parameters["quality_points"])


MODELS: Mapping[str, tuple[Callable[[Sequence[Bid], PriceModel], Figures], bool]] = {
    "deduction": (deduction, True),
    "absolute_linear": (absolute_linear, False),
    "surcharge": (surcharge, True),
    "fixed_price": (fixed_price, False),
    "threshold_lowest_price": (threshold_lowest_price, True),
    "admit_all_above": (admit_all_above, False),
    "life_cycle_cost": (life_cycle_cost, True),
    "relative_proportional": (relative_proportional, False),
    "relative_linear": (relative_linear, False),
    "relative_range": (relative_range, False),
}
ADMITS_ALL = "admit_all_above"
LIFE_CYCLE = "life_cycle_cost"
WITHOUT_PRICE_COMPETITION = frozenset({"fixed_price", ADMITS_ALL})


def reads_prices(model: PriceModel) -> bool:
    """Return whether a bid needs a price to be compared."""
    return model.model != ADMITS_ALL


def is_relative(model: PriceModel) -> bool:
    """Return whether a further bid can change the order of two others."""
    return model.model.startswith("relative")
