"""What has to hold along a moving weight: each condition is the sign of a polynomial of degree two at most.

Statuses stay as they are for everybody, and the leaders stay ahead of all others, keys compared from the front.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from selfassess.award import Bid
from selfassess.model.assessment import Assessment, Outcome
from selfassess.stability.contest import Affine, Contest
from selfassess.stability.lines import (
    HUNDRED,
    NOTHING,
    Moving,
    Piece,
    Quotient,
    Sums,
    Whole,
    pieces,
    plus,
    quotient,
)
from selfassess.stability.regions import Cell, Holds, cells, point
from selfassess.stability.roots import Polynomial, rational, sign_of

ZERO = rational(0)
NONE: Quotient = ((0, 0), (1, 0))  # what a section without a value counts where a tie rule looks at it


@dataclass(frozen=True, slots=True)
class Field:
    """A contest with what its bids are summed from, ready for every weight."""

    contest: Contest
    bids: Mapping[str, Bid]
    sums: Mapping[str, Sums]
    affine: Mapping[str, Affine]
    sign: int


@dataclass(frozen=True, slots=True)
class Track:
    """One bid along a moving weight: its pieces, and in each its figure as a quotient."""

    pieces: tuple[Piece, ...]
    figures: tuple[Quotient, ...]


def conditions(field: Field, moving: Moving) -> Iterator[list[Cell]]:
    """Yield for each condition the cells inside the domain with its truth: statuses first, then each pair of bids."""
    contest = field.contest
    tracks = {supplier: _track(field, moving, supplier) for supplier in contest.assessments}
    for supplier, assessment in contest.assessments.items():
        yield from _statuses(field, moving, tracks[supplier], assessment)
    if contest.admits_all:
        return
    for leader in contest.leaders:
        for other in contest.others:
            yield list(_pair(field, moving, leader, other, tracks))


def _track(field: Field, moving: Moving, supplier: str) -> Track:
    found = pieces(field.contest.plan, moving, field.sums[supplier])
    start, slope = field.affine.get(supplier, (Fraction(0), Fraction(0)))
    figures = []
    for piece in found:
        top, bottom = piece.total or NONE
        figures.append(quotient(plus(plus(NOTHING, bottom, start), top, slope), bottom) or NONE)
    return Track(found, tuple(figures))


def _statuses(field: Field, moving: Moving, track: Track, assessment: Assessment) -> Iterator[list[Cell]]:
    """Yield the conditions that a bid has a total as before, and that its minima and its admission are as before."""
    plan, supplier = field.contest.plan, assessment.supplier
    had = assessment.total is not None
    if any((piece.total is not None) is not had for piece in track.pieces):
        yield [Cell(ZERO, None, is_point=False, holds=False)]
        return
    minima = plan.profile.minima
    if minima.total is not None:
        totals = [piece.total for piece in track.pieces]
        yield _reaching(moving, track, totals, Fraction(minima.total) / HUNDRED, assessment.minima["total"])
    id_ = plan.sections[moving.section].section.id
    if moving.position is not None and id_ in assessment.minima:
        sections = [piece.section for piece in track.pieces]
        yield _reaching(moving, track, sections, Fraction(minima.sections[id_]), assessment.minima[id_])
    least = field.contest.rules.model.parameters.get("minimum_quality")
    if least is not None and supplier in field.bids:
        admitted = Outcome.PASS if supplier in field.contest.keys else Outcome.FAIL
        yield _reaching(moving, track, [piece.total for piece in track.pieces], Fraction(least) / HUNDRED, admitted)


def _reaching(
    moving: Moving, track: Track, values: list[Quotient | None], least: Fraction, before: Outcome
) -> list[Cell]:
    """Return the cells with the truth that a value reaches ``least`` if and only if it did."""
    row: list[Cell] = []
    start = Fraction(0)
    for piece, value in zip(track.pieces, values, strict=True):
        if value is None:
            polynomial, holds = (0, 0, 0), _always(holds=before is Outcome.UNKNOWN)
        else:
            top, bottom = value
            over, under = least.denominator, -least.numerator
            polynomial = (over * top[0] + under * bottom[0], over * top[1] + under * bottom[1], 0)
            holds = _reaches if before is Outcome.PASS else _falls_short
            holds = _always(holds=False) if before is Outcome.UNKNOWN else holds
        row += _stretch(moving, start, piece.end, [polynomial], holds)
        start = piece.end or start
    return row


def _always(*, holds: bool) -> Holds:
    return lambda _: holds


def _reaches(signs: tuple[int, ...]) -> bool:
    return signs[0] >= 0


def _falls_short(signs: tuple[int, ...]) -> bool:
    return signs[0] < 0


def _is_ahead(signs: tuple[int, ...]) -> bool:
    """Return whether the first figure that differs is the lower: keys are compared from the front."""
    return next((sign for sign in signs if sign), 0) < 0


def _stretch(
    moving: Moving, start: Fraction, end: Fraction | None, polynomials: list[Polynomial], holds: Holds
) -> list[Cell]:
    """Return the cells from ``start`` to the end of a piece, that end included unless it is the domain's."""
    last = moving.end if end is None else end
    row = cells(rational(start), None if last is None else rational(last), polynomials, holds)
    if end is not None:
        signs = tuple(sign_of(c0 + c1 * end + c2 * end * end) for c0, c1, c2 in polynomials)
        row.append(point(rational(end), holds=holds(signs)))
    return row


def _pair(field: Field, moving: Moving, leader: str, other: str, tracks: Mapping[str, Track]) -> Iterator[Cell]:
    """Yield the cells with the truth that a leader is ahead of another bid."""
    one, two = tracks[leader], tracks[other]
    ends = sorted({piece.end for piece in (*one.pieces, *two.pieces) if piece.end is not None})
    start = Fraction(0)
    for end in [*ends, None]:
        mine, its = (_index(track, end) for track in (one, two))
        polynomials = [_apart(one.figures[mine], two.figures[its], field.sign)]
        polynomials += _ties(field, moving, (leader, one.pieces[mine]), (other, two.pieces[its]))
        yield from _stretch(moving, start, end, polynomials, _is_ahead)
        start = end or start


def _index(track: Track, end: Fraction | None) -> int:
    """Return the piece that holds up to ``end``."""
    return next(
        index for index, piece in enumerate(track.pieces) if piece.end is None or (end is not None and piece.end >= end)
    )


def _apart(one: Quotient, other: Quotient, sign: int) -> Polynomial:
    """Return what has the sign of one quotient less the other, times ``sign``."""
    first, second = _product(one[0], other[1]), _product(other[0], one[1])
    c0, c1, c2 = (sign * (mine - its) for mine, its in zip(first, second, strict=True))
    return c0, c1, c2


def _product(one: Whole, other: Whole) -> Polynomial:
    return one[0] * other[0], one[0] * other[1] + one[1] * other[0], one[1] * other[1]


def _ties(field: Field, moving: Moving, one: tuple[str, Piece], other: tuple[str, Piece]) -> Iterator[Polynomial]:
    """Yield for each tie rule what is below 0 where the first bid comes first by it."""
    rules, number = field.contest.rules, moving.section
    moved = f"section:{field.contest.plan.sections[number].section.id}"
    mine, its = field.bids[one[0]], field.bids[other[0]]
    for rule in rules.tie_rule:
        if rule == "quality":
            yield _apart(one[1].total or NONE, other[1].total or NONE, -1)
        elif rule == moved and moving.position is not None:
            yield _apart(one[1].section or NONE, other[1].section or NONE, -1)
        else:
            yield sign_of(rules.tie_key(rule, mine) - rules.tie_key(rule, its)), 0, 0
