"""How much of an award lies on environment and circularity, computed from the topics of questions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from selfassess.languages import TOLD
from selfassess.model.tender import Lot, Tender
from selfassess.numbers import shown, shown_apart
from selfassess.plan import ScoringPlan

GREEN = frozenset({"environment", "circularity"})
LEAST_GREEN = 30  # percent; Norwegian procurement regulation § 7-9, since 1 January 2024
NORWAY = frozenset({"no", "nor", "norway", "norge", "noreg"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """The weight of environment and circularity in one lot, in percent.

    ``of_quality`` is their part of the quality weights, ``of_award`` of all weights, price included: None where the
    price model has no weights that could be added up. ``worth`` is the money that full marks on them are worth, where
    quality has a price. ``said`` says how the price counts.
    """

    lot: str
    of_quality: Fraction
    of_award: Fraction | None
    worth: Fraction | None
    said: str

    @property
    def figure(self) -> str:
        """Return the share in words, with the digits that tell it from the Norwegian least one."""
        if self.of_award is None:
            return TOLD.say("{share} % of the quality weight", share=_percent(self.of_quality))
        return TOLD.say("{share} % of the weight", share=_percent(self.of_award))

    @property
    def must_be_explained(self) -> bool:
        """Return whether the share does not itself show the least one that Norwegian buyers are bound to."""
        return self.of_award is None or self.of_award < LEAST_GREEN


def share_of(tender: Tender, lot: Lot, plan: ScoringPlan) -> Share:
    """Return the share of environment and circularity in a lot, whatever its price model."""
    share, parameters = green_share(plan), lot.price.parameters
    of_award: Fraction | None = None
    worth: Fraction | None = None
    if "price_points" in parameters and "quality_points" in parameters:
        price, quality = Fraction(parameters["price_points"]), Fraction(parameters["quality_points"])
        of_award = share * quality / (price + quality)
        weight = shown(100 * price / (price + quality), 1)
        said = TOLD.say("price included, which weighs {weight} %", weight=weight)
    elif lot.price.model == "fixed_price":
        of_award, said = share, TOLD.say("quality alone decides")
    elif "full_quality" in parameters:
        worth = Fraction(parameters["full_quality"]) * share / 100
        said = _worth(worth, tender, lot)
    else:
        said = TOLD.say("under {model} quality has no weight beside the price; explain", model=lot.price.model)
    return Share(lot=lot.id, of_quality=share, of_award=of_award, worth=worth, said=said)


def _percent(value: Fraction) -> str:
    return shown_apart(value, [Fraction(LEAST_GREEN)], 1)


def _money(value: Fraction, lot: Lot) -> str:
    return f"{shown(value, 0)} {lot.price.currency}"


def _worth(worth: Fraction, tender: Tender, lot: Lot) -> str:
    """Return what full marks are worth beside the estimated value, where the tender states one."""
    value = tender.estimated_value if lot.estimated_value is None else lot.estimated_value
    if value is None:
        return TOLD.say(
            "full marks on them are worth {worth} of deduction, beside an estimated value that the tender does not "
            "state; explain",
            worth=_money(worth, lot),
        )
    said = {
        "worth": _money(worth, lot),
        "share": shown(100 * worth / Fraction(value), 1),
        "value": _money(Fraction(value), lot),
    }
    if len(tender.lots) == 1:
        return TOLD.say(
            "full marks on them are worth {worth} of deduction, {share} % of the estimated value of the tender, "
            "{value}; explain",
            **said,
        )
    if lot.estimated_value is None:
        return TOLD.say(
            "full marks on them are worth {worth} of deduction, {share} % of the estimated value of all lots, {value}; "
            "explain",
            **said,
        )
    return TOLD.say(
        "full marks on them are worth {worth} of deduction, {share} % of the estimated value of the lot, {value}; "
        "explain",
        **said,
    )


def green_share(plan: ScoringPlan) -> Fraction:
    """Return the published weight of environment and circularity; a question with k topics counts 1/k to each."""
    share = Fraction(0)
    for planned in plan.questions:
        topics = planned.question.topics
        share += planned.published_weight * Fraction(len(GREEN.intersection(topics)), len(topics))
    return share


def is_norwegian(tender: Tender) -> bool:
    """Return whether one of the buyers is in Norway."""
    return any(buyer.country.strip().casefold() in NORWAY for buyer in tender.buyers)
