"""Where on a line of weights something holds: cells between roots, joined into regions, and regions intersected."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cmp_to_key

from selfassess.model.stability import Region, Root
from selfassess.stability.roots import Polynomial, between, compared, rational, roots_of, sign_at

Signs = tuple[int, ...]
Holds = Callable[[Signs], bool]
_in_order = cmp_to_key(compared)


@dataclass(frozen=True, slots=True)
class Cell:
    """A point, or the open interval between two, in which the truth of something does not change."""

    low: Root
    high: Root | None
    is_point: bool
    holds: bool


def point(x: Root, *, holds: bool) -> Cell:
    """Return a single point."""
    return Cell(x, x, is_point=True, holds=holds)


def cells(low: Root, high: Root | None, polynomials: Sequence[Polynomial], holds: Holds) -> list[Cell]:
    """Return the open interval from ``low`` to ``high`` cut at the polynomials' roots, with the truth in each cell.

    ``holds`` takes the signs of the polynomials at one place.
    """
    inner = {
        root
        for polynomial in polynomials
        for root in roots_of(polynomial)
        if compared(low, root) < 0 and (high is None or compared(root, high) < 0)
    }
    found: list[Cell] = []
    start = low
    for cut in [*sorted(inner, key=_in_order), None]:
        end = high if cut is None else cut
        middle = rational(between(start, end))
        found.append(Cell(start, end, is_point=False, holds=holds(_signs(polynomials, middle))))
        if cut is not None:
            found.append(point(cut, holds=holds(_signs(polynomials, cut))))
            start = cut
    return found


def _signs(polynomials: Sequence[Polynomial], x: Root) -> Signs:
    return tuple(sign_at(polynomial, x) for polynomial in polynomials)


def joined(row: Iterable[Cell]) -> tuple[Region, ...]:
    """Return the regions that adjacent cells in which it holds form together."""
    found: list[Region] = []
    runs: list[list[Cell]] = [[]]
    for cell in row:
        if cell.holds:
            runs[-1].append(cell)
        elif runs[-1]:
            runs.append([])
    for run in runs:
        if run:
            first, last = run[0], run[-1]
            found.append(Region(low=first.low, high=last.high, has_low=first.is_point, has_high=last.is_point))
    return tuple(found)


def intersected(some: Sequence[Region], others: Sequence[Region]) -> tuple[Region, ...]:
    """Return where both hold; regions of one set are disjoint and ascending."""
    found = []
    for one in some:
        for other in others:
            both = _overlap(one, other)
            if both is not None:
                found.append(both)
    return tuple(found)


def _overlap(one: Region, other: Region) -> Region | None:
    lows, highs = compared(one.low, other.low), _compared_ends(one.high, other.high)
    low, has_low = (one.low, one.has_low) if lows > 0 else (other.low, other.has_low)
    high, has_high = (one.high, one.has_high) if highs < 0 else (other.high, other.has_high)
    has_low = has_low and (lows != 0 or one.has_low)
    has_high = has_high and (highs != 0 or one.has_high)
    width = 1 if high is None else compared(high, low)
    if width < 0 or (width == 0 and not (has_low and has_high)):
        return None
    return Region(low=low, high=high, has_low=has_low, has_high=has_high)


def _compared_ends(one: Root | None, other: Root | None) -> int:
    if one is None or other is None:
        return (one is None) - (other is None)
    return compared(one, other)


def with_ends(inside: Sequence[Region], end: Root | None, *, at_low: bool, at_high: bool) -> tuple[Region, ...]:
    """Return regions of an open domain from 0 to ``end`` with the domain's own ends put to them, or beside them."""
    zero = Root(rational=Fraction(0))
    found = list(inside)
    if at_low:
        if found and found[0].low == zero:
            found[0] = replace(found[0], has_low=True)
        else:
            found.insert(0, Region(low=zero, high=zero, has_low=True, has_high=True))
    if at_high:
        if found and found[-1].high == end:
            found[-1] = replace(found[-1], has_high=True)
        elif end is not None:
            found.append(Region(low=end, high=end, has_low=True, has_high=True))
    return tuple(found)


def contains(region: Region, value: Fraction) -> bool:
    """Return whether a number lies in a region."""
    x = rational(value)
    below = compared(region.low, x)
    above = 1 if region.high is None else compared(region.high, x)
    return (below < 0 or (below == 0 and region.has_low)) and (above > 0 or (above == 0 and region.has_high))
