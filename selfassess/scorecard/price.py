"""A price model with one bid's own figures put in, so that anybody can compute it again.

Each model here is a line of arithmetic and its result. The quality is printed with as many decimals as it takes for
the printed line to give the printed figure; a model that is not here, or whose line would not give it, prints none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from selfassess.model.ranking import LotRanking, Standing
from selfassess.model.tender import PriceModel
from selfassess.numbers import exactly, rounded, shown
from selfassess.scorecard.figures import HUNDRED, Figures
from selfassess.wording import figure

FEWEST, MOST = 4, 15  # decimals of a quality
FORMULAS = {
    "deduction": "figure = price − deduction for full quality × quality",
    "absolute_linear": "figure = price points × (high − price) / (high − low) + quality points × quality",
    "fixed_price": "figure = 100 × quality",
    "threshold_lowest_price": "figure = price, of bids whose quality reaches the least that is asked",
    "relative_proportional": "figure = price points × lowest price / price + quality points × quality",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """What a line of arithmetic is made of; ``lowest`` is the lowest price among the compared bids."""

    quality: Fraction
    said: str
    price: Fraction
    lowest: Fraction
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
        share, said = Fraction(1), f"1 (held at 1, for {said} is more)"
    if share < 0 and terms.model.clamp in ("dear", "both"):
        share, said = Fraction(0), f"0 (held at 0, for {said} is less)"
    line = f"{terms.money(terms['price_points'])} × {said} + {terms.money(terms['quality_points'])} × {terms.said}"
    return line, terms["price_points"] * share + terms["quality_points"] * terms.quality


def _fixed_price(terms: Terms) -> Worked:
    return f"100 × {terms.said}", HUNDRED * terms.quality


def _threshold(terms: Terms) -> Worked:
    least = terms.money(terms["minimum_quality"] / HUNDRED)
    return f"the price, for the quality {terms.said} reaches {least}", terms.price


def _relative(terms: Terms) -> Worked:
    line = f"{terms.money(terms['price_points'])} × {terms.money(terms.lowest)} / {terms.money(terms.price)}"
    line += f" + {terms.money(terms['quality_points'])} × {terms.said}"
    value = terms["price_points"] * terms.lowest / terms.price + terms["quality_points"] * terms.quality
    return line, value


LINES: Mapping[str, Callable[[Terms], Worked]] = {
    "deduction": _deduction,
    "absolute_linear": _absolute_linear,
    "fixed_price": _fixed_price,
    "threshold_lowest_price": _threshold,
    "relative_proportional": _relative,
}


def worked(standing: Standing, ranking: LotRanking, model: PriceModel, figures: Figures, printed: str) -> str:
    """Return the line of arithmetic that gives a bid its figure, empty where there is none.

    ``printed`` is the figure as the ranking prints it.
    """
    line = LINES.get(model.model)
    if line is None or standing.figure is None or standing.quality is None or standing.price is None:
        return ""
    prices = [Fraction(s.price) for s in ranking.standings if s.figure is not None and s.price is not None]
    for places in range(FEWEST, MOST + 1):
        quality = rounded(standing.quality / HUNDRED, places)
        said = figure(shown(quality, places), figures.language)
        text, value = line(Terms(quality, said, Fraction(standing.price), min(prices), model, figures))
        if shown(value, 2) == shown(standing.figure, 2):
            return f"{text} = {printed}"
    return ""
