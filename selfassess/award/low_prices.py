"""Flag prices that ask for an explanation; a flag changes no rank and rejects nobody.

Directive 2014/24/EU, art. 69, names no figure. The distance of 30 % is the one at which Polish law asks for an
explanation (procurement act of 2019, art. 224(2)); the median of the others takes the place of the mean, so that
neither the bid itself nor one shadow bid moves what it is compared with.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from selfassess.award.models import Bid
from selfassess.languages import TOLD
from selfassess.model.ranking import LowPrice, Standing
from selfassess.numbers import shown_apart

LEAST_SHARE = Fraction(70, 100)
LEAST_OTHERS = 2


def low_prices(bids: Sequence[Bid]) -> dict[str, LowPrice]:
    """Return the bids whose price is at most 70 % of the median of the others, where there are two others or more."""
    ascending = sorted(bids, key=lambda bid: bid.price)
    if len(ascending) <= LEAST_OTHERS:
        return {}
    flags = {}
    for place, bid in enumerate(ascending):
        median = _median([other.price for other in ascending[:place] + ascending[place + 1 :]])
        if bid.price <= LEAST_SHARE * median:
            flags[bid.supplier] = LowPrice(median=median, share=bid.price / median)
    return flags


def remarks(standing: Standing) -> tuple[str, ...]:
    """Return what the buyer does about a standing besides ranking it; a remark excludes nobody."""
    if standing.low_price is None:
        return ()
    share = shown_apart(100 * standing.low_price.share, [100 * LEAST_SHARE], 1)
    return (
        TOLD.say(
            "its price is {share} % of the median of the others: ask for an explanation "
            "(Directive 2014/24/EU, art. 69)",
            share=share,
        ),
    )


def _median(ascending: Sequence[Fraction]) -> Fraction:
    """Return the middle of an ascending row, of two middle ones their mean."""
    half = len(ascending) // 2
    return ascending[half] if len(ascending) % 2 else (ascending[half - 1] + ascending[half]) / 2
