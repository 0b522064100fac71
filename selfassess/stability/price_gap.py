"""The prices that would tie a leader with a rival, everything else unchanged (method, 3.10).

Between the prices of the compared bids every published figure is (a·x + b)/(c·x + d) in one bid's price x, so three
places tell where two figures meet: cross ratios do not change under such a function.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from selfassess.award import Bid, Rules
from selfassess.award.models import WITHOUT_PRICE_COMPETITION
from selfassess.model.stability import TyingPrice
from selfassess.stability.contest import Contest
from selfassess.stability.roots import sign_of

Triple = tuple[Fraction, Fraction, Fraction]


def tying_prices(contest: Contest) -> tuple[TyingPrice, ...]:
    """Return for each leader and each rival the nearest prices that would make their figures equal."""
    if contest.rules.model.model in WITHOUT_PRICE_COMPETITION:
        return ()
    return tuple(
        TyingPrice(
            leader=leader,
            rival=rival,
            leader_price=_nearest(contest, leader, rival),
            rival_price=_nearest(contest, rival, leader),
        )
        for leader in contest.leaders
        for rival in contest.others
    )


def _nearest(contest: Contest, mover: str, other: str) -> Fraction | None:
    """Return the price of ``mover`` nearest to its own at which its figure is the other's; of two the lower."""
    own = contest.bid(mover).price
    bids = _that_matter(contest, mover, other)
    if not _apart(contest.rules, bids, own):
        return own
    meetings = _meetings(contest.rules, bids)
    return min(meetings, key=lambda price: (abs(price - own), price), default=None)


def _that_matter(contest: Contest, mover: str, other: str) -> tuple[Bid, ...]:
    """Return the two bids, and of the others the cheapest and the dearest: no model looks at more."""
    rest = sorted(
        (bid for bid in contest.bids if bid.supplier not in (mover, other)), key=lambda bid: (bid.price, bid.supplier)
    )
    return contest.bid(mover), contest.bid(other), *rest[:1], *rest[1:][-1:]


def _meetings(rules: Rules, bids: Sequence[Bid]) -> Iterator[Fraction]:
    """Yield the prices above 0 of the first bid at which its figure is that of the second, or past which order turns.

    The latter happens under ``relative_range`` alone, where the range opens: with equal prices all have full points.
    """
    given = rules.model.parameters
    marks = {bid.price for bid in bids[1:]} | {Fraction(given[name]) for name in ("low", "high") if name in given}
    cuts, before = [Fraction(0), *sorted(marks)], 0
    for low, high in zip(cuts, [*cuts[1:], None], strict=True):
        price, sign = _within(rules, bids, low, high)
        if low and len({before, sign_of(_apart(rules, bids, low)), sign}) > 1:
            yield low
        if price is not None:
            yield price
        before = sign if price is None else -sign


def _within(rules: Rules, bids: Sequence[Bid], low: Fraction, high: Fraction | None) -> tuple[Fraction | None, int]:
    """Return where figures meet between two marks (None: nowhere), and the sign of their distance before that."""
    step = Fraction(1) if high is None else (high - low) / 4
    places = (low + step, low + 2 * step, low + 3 * step)
    first, second, third = (_apart(rules, bids, price) for price in places)
    price = _root(places, (first, second, third))
    if price is None or price <= low or (high is not None and price >= high):
        return None, sign_of(first)
    return price, sign_of(_apart(rules, bids, (low + price) / 2))


def _apart(rules: Rules, bids: Sequence[Bid], price: Fraction) -> Fraction:
    """Return the first bid's figure less the second's where the first asks ``price``."""
    figures = rules.figures([replace(bids[0], price=price), *bids[1:]])
    return (figures[bids[0].supplier] or Fraction(0)) - (figures[bids[1].supplier] or Fraction(0))


def _root(places: Triple, values: Triple) -> Fraction | None:
    """Return where a function (a·x + b)/(c·x + d) through three points is 0; None where it is nowhere.

    (x, x1; x2, x3) = (0, y1; y2, y3), that is (x − x2)(x1 − x3) = ratio·(x − x3)(x1 − x2).
    """
    (x1, x2, x3), (y1, y2, y3) = places, values
    if y1 == y2:
        return None
    if not y3:
        return x3
    ratio = y2 * (y1 - y3) / (y3 * (y1 - y2))
    left, right = x1 - x3, ratio * (x1 - x2)
    return None if left == right else (left * x2 - right * x3) / (left - right)
