"""How much of an award lies on environment and circularity, computed from the topics of questions."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from selfassess.languages import ENGLISH, Words, message, written_number
from selfassess.model.tender import Lot, Tender
from selfassess.numbers import shown, shown_apart
from selfassess.plan import ScoringPlan

GREEN = frozenset({"environment", "circularity"})
LEAST_GREEN = 30  # percent; Norwegian procurement regulation § 7-9, since 1 January 2024
NORWAY = frozenset({"no", "nor", "norway", "norge", "noreg"})
OF_ALL_LOTS = message(
    "full marks on them are worth {worth} of deduction, {share} % of the estimated value of all lots, {value}; explain"
)
OF_LOT = message(
    "full marks on them are worth {worth} of deduction, {share} % of the estimated value of the lot, {value}; explain"
)
OF_TENDER = message(
    "full marks on them are worth {worth} of deduction, {share} % of the estimated value of the tender, {value}; "
    "explain"
)


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
        value, of = (self.of_quality, "quality weight") if self.of_award is None else (self.of_award, "weight")
        return f"{shown_apart(value, [Fraction(LEAST_GREEN)], 1)} % of the {of}"

    @property
    def must_be_explained(self) -> bool:
        """Return whether the share does not itself show the least one that Norwegian buyers are bound to."""
        return self.of_award is None or self.of_award < LEAST_GREEN


def share_of(tender: Tender, lot: Lot, plan: ScoringPlan, words: Words = ENGLISH) -> Share:
    """Return the share of environment and circularity in a lot, whatever its price model; ``words`` say the price."""
    share, parameters = green_share(plan), lot.price.parameters
    of_award: Fraction | None = None
    worth: Fraction | None = None
    if "price_points" in parameters and "quality_points" in parameters:
        price, quality = Fraction(parameters["price_points"]), Fraction(parameters["quality_points"])
        of_award = share * quality / (price + quality)
        weight = written_number(shown(100 * price / (price + quality), 1), words.language)
        said = words.say("price included, which weighs {weight} %", weight=weight)
    elif lot.price.model == "fixed_price":
        of_award, said = share, words.say("quality alone decides")
    elif "full_quality" in parameters:
        worth = Fraction(parameters["full_quality"]) * share / 100
        said = _worth(worth, tender, lot, words)
    else:
        said = words.say("under {model} quality has no weight beside the price; explain", model=lot.price.model)
    return Share(lot=lot.id, of_quality=share, of_award=of_award, worth=worth, said=said)


def _money(value: Fraction, lot: Lot, words: Words) -> str:
    return f"{written_number(shown(value, 0), words.language)} {lot.price.currency}"


def _worth(worth: Fraction, tender: Tender, lot: Lot, words: Words) -> str:
    """Return what full marks are worth beside the estimated value, where the tender states one."""
    money, value = _money(worth, lot, words), lot.estimated_value
    of = OF_TENDER if len(tender.lots) == 1 else OF_ALL_LOTS if value is None else OF_LOT
    value = tender.estimated_value if value is None else value
    if value is None:
        return words.say(
            "full marks on them are worth {worth} of deduction, beside an estimated value that the tender does not "
            "state; explain",
            worth=money,
        )
    share = written_number(shown(100 * worth / Fraction(value), 1), words.language)
    return words.say(of, worth=money, share=share, value=_money(Fraction(value), lot, words))


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
