"""A price model with one bid's own figures put in, so that anybody can compute it again.

Each model here is a line of arithmetic and its result. The quality is printed with as many decimals as it takes for
the printed line to give the printed figure; a model that is not here, or whose line would not give it, prints none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from selfassess.award.models import LIFE_CYCLE, years_factor
from selfassess.languages import message
from selfassess.model.ranking import LotRanking, Standing
from selfassess.model.tender import PriceModel
from selfassess.numbers import exactly, rounded, shown
from selfassess.scorecard.figures import HUNDRED, Figures
from selfassess.wording import figure

FEWEST, MOST = 4, 15  # decimals of a quality
FORMULAS = {
    "deduction": message("figure = price − deduction for full quality × quality"),
    "absolute_linear": message("figure = price points × (high − price) / (high − low) + quality points × quality"),
    "surcharge": message("figure = price × (1 + (1 − quality) × quality points / price points)"),
    "fixed_price": message("figure = 100 × quality"),
    "threshold_lowest_price": message("figure = price, of bids whose quality reaches the least that is asked"),
    "admit_all_above": message("figure = 100 × quality, of bids whose quality reaches the least that is asked"),
    "life_cycle_cost": message("figure = price + factor of the years × costs of a year"),
    "relative_proportional": message("figure = price points × lowest price / price + quality points × quality"),
    "relative_linear": message(
        "figure = price points × (1 − (price − lowest price) / lowest price) + quality points × quality"
    ),
    "relative_range": message(
        "figure = price points × (highest price − price) / (highest price − lowest price) + quality points × quality"
    ),
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a line of arithmetic is made of.

    ``lowest`` and ``highest`` are of the prices of the compared bids, ``yearly`` the bid's own costs of a year.
    """

    quality: Fraction
    said: str
    price: Fraction
    lowest: Fraction
    highest: Fraction
    yearly: Fraction
    model: PriceModel
    figures: Figures

    def __getitem__(self, name: str) -> Fraction:
        return Fraction(self.model.parameters[name])

    def money(self, value: Fraction) -> str:
        """Return an amount as written."""
        return figure(exactly(value), self.figures.language)


Worked = tuple[str, Fraction]


def _deduction(terms: Terms) -> Worked:
    full = terms["full_quality"]
    line = f"{terms.money(terms.price)} − {terms.money(full)} × {terms.said}"
    return line, terms.price - full * terms.quality


def _absolute_linear(terms: Terms) -> Worked:
    low, high = terms["low"], terms["high"]
    share = (high - terms.price) / (high - low)
    said = f"({terms.money(high)} − {terms.money(terms.price)}) / ({terms.money(high)} − {terms.money(low)})"
    if share > 1 and terms.model.clamp in ("cheap", "both"):
        share, said = Fraction(1), terms.figures.words.say("1 (held at 1, for {share} is more)", share=said)
    if share < 0 and terms.model.clamp in ("dear", "both"):
        share, said = Fraction(0), terms.figures.words.say("0 (held at 0, for {share} is less)", share=said)
    line = f"{terms.money(terms['price_points'])} × {said} + {terms.money(terms['quality_points'])} × {terms.said}"
    return line, terms["price_points"] * share + terms["quality_points"] * terms.quality


def _fixed_price(terms: Terms) -> Worked:
    return f"100 × {terms.said}", HUNDRED * terms.quality


def _threshold(terms: Terms) -> Worked:
    least = terms.money(terms["minimum_quality"] / HUNDRED)
    said = terms.figures.words.say(
        "the price, for the quality {quality} reaches {least}", quality=terms.said, least=least
    )
    return said, terms.price


def _surcharge(terms: Terms) -> Worked:
    points, others = terms["quality_points"], terms["price_points"]
    line = f"{terms.money(terms.price)} × (1 + (1 − {terms.said}) × {terms.money(points)} / {terms.money(others)})"
    return line, terms.price * (1 + (1 - terms.quality) * points / others)


def _life_cycle(terms: Terms) -> Worked:
    factor = years_factor(terms.model)
    line = f"{terms.money(terms.price)} + {terms.figures.value(factor)} × {terms.figures.value(terms.yearly)}"
    return line, terms.price + factor * terms.yearly


def _relative(terms: Terms) -> Worked:
    line = f"{terms.money(terms['price_points'])} × {terms.money(terms.lowest)} / {terms.money(terms.price)}"
    return _with_quality(terms, line, terms["price_points"] * terms.lowest / terms.price)


def _relative_linear(terms: Terms) -> Worked:
    price, lowest = terms.money(terms.price), terms.money(terms.lowest)
    line = f"{terms.money(terms['price_points'])} × (1 − ({price} − {lowest}) / {lowest})"
    return _with_quality(terms, line, terms["price_points"] * (1 - (terms.price - terms.lowest) / terms.lowest))


def _relative_range(terms: Terms) -> Worked:
    if terms.highest == terms.lowest:
        line = terms.figures.words.say("{points} × 1 (all prices are equal)", points=terms.money(terms["price_points"]))
        return _with_quality(terms, line, terms["price_points"])
    price, lowest, highest = (terms.money(value) for value in (terms.price, terms.lowest, terms.highest))
    line = f"{terms.money(terms['price_points'])} × ({highest} − {price}) / ({highest} − {lowest})"
    share = (terms.highest - terms.price) / (terms.highest - terms.lowest)
    return _with_quality(terms, line, terms["price_points"] * share)


def _with_quality(terms: Terms, line: str, points: Fraction) -> Worked:
    """Return a line for the price with that for the quality behind it."""
    full = terms["quality_points"]
    return f"{line} + {terms.money(full)} × {terms.said}", points + full * terms.quality


LINES: Mapping[str, Callable[[Terms], Worked]] = {
    "deduction": _deduction,
    "absolute_linear": _absolute_linear,
    "surcharge": _surcharge,
    "fixed_price": _fixed_price,
    "admit_all_above": _fixed_price,
    "life_cycle_cost": _life_cycle,
    "threshold_lowest_price": _threshold,
    "relative_proportional": _relative,
    "relative_linear": _relative_linear,
    "relative_range": _relative_range,
}


def worked(standing: Standing, ranking: LotRanking, model: PriceModel, figures: Figures, printed: str) -> str:
    """Return the line of arithmetic that gives a bid its figure, empty where there is none.

    ``printed`` is the figure as the ranking prints it.
    """
    line = LINES.get(model.model)
    if line is None or standing.figure is None or standing.quality is None or standing.price is None:
        return ""
    yearly = Fraction(0)
    if model.model == LIFE_CYCLE:
        yearly = (standing.figure - Fraction(standing.price)) / years_factor(model)
    prices = [Fraction(s.price) for s in ranking.standings if s.figure is not None and s.price is not None]
    for places in range(FEWEST, MOST + 1):
        quality = rounded(standing.quality / HUNDRED, places)
        said = figure(shown(quality, places), figures.language)
        price = Fraction(standing.price)
        text, value = line(Terms(quality, said, price, min(prices), max(prices), yearly, model, figures))
        if shown(value, 2) == shown(standing.figure, 2):
            return f"{text} = {printed}"
    return ""
