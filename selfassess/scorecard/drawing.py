"""Charts: exact values become marks on a scale from 0 to 100, in whole tenths of a millimetre."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from selfassess.languages import ENGLISH, Words
from selfassess.numbers import rounded
from selfassess.scorecard.cards import Chart, Shape

EDGE = 26  # left free at both ends, so that a mark at 0 or 100 is whole
LENGTH = 600  # from 0 to 100 in a strip beside figures
LONG = 1080  # the same where nothing but a label stands beside
QUARTERS = (0, 25, 50, 75, 100)
DOT = 19  # radius of a numbered mark
LEVELS = 5  # rows of numbered marks above one another in one strip


@dataclass(frozen=True, slots=True)
class Span:
    """From the least to the most of several values from 0 to 1."""

    low: Fraction
    high: Fraction


def chart(said: str, width: int, height: int, shapes: Sequence[Shape]) -> Chart:
    """Return a drawing of a size in tenths of a millimetre."""
    return Chart(
        said=said, width=width, height=height, across=_length(width), down=_length(height), shapes=tuple(shapes)
    )


def _length(tenths: int) -> str:
    return f"{tenths // 10}.{tenths % 10}mm"


def at(value: Fraction, length: int = LENGTH) -> int:
    """Return where a value from 0 to 1 stands, in tenths of a millimetre from the left."""
    return EDGE + int(rounded(min(max(value, Fraction(0)), Fraction(1)) * length, 0))


def axis(length: int = LENGTH, words: Words = ENGLISH) -> Chart:  # noqa: ARG001
    """Return the scale above the strips."""
    marks = []
    for share in QUARTERS:
        x = at(Fraction(share, 100), length)
        marks += [
            Shape(kind="line", paint="grid", x=x, y=30, width=x, height=40),
            Shape(kind="text", paint="scale", x=x, y=24, text=str(share)),
        ]
    return chart("A scale from 0 to 100", length + 2 * EDGE, 40, marks)


def _grid(length: int, height: int) -> list[Shape]:
    xs = [at(Fraction(share, 100), length) for share in QUARTERS]
    return [Shape(kind="line", paint="grid", x=x, y=0, width=x, height=height) for x in xs]


def _triangle(x: int, top: int) -> Shape:
    """Return the mark of a minimum, pointing down at the bar."""
    return Shape(kind="polygon", paint="minimum", points=f"{x - 12},{top} {x + 12},{top} {x},{top + 16}")


def _bracket(span: Span, y: int) -> list[Shape]:
    """Return the range of the field as a line with an end at each side."""
    low, high = at(span.low), at(span.high)
    ends = [Shape(kind="line", paint="field", x=x, y=y - 8, width=x, height=y + 8) for x in (low, high)]
    return [Shape(kind="line", paint="field", x=low, y=y, width=high, height=y), *ends]


def section_strip(
    said: str, reviewed: Fraction | None, claimed: Fraction | None, minimum: Fraction | None, field: Span | None
) -> Chart:
    """Return a bar: reviewed dark, claimed as an open frame, the minimum as a triangle, the field as a bracket."""
    shapes = [*_grid(LENGTH, 92), Shape(kind="rect", paint="track", x=EDGE, y=20, width=LENGTH, height=40)]
    if claimed:
        shapes.append(Shape(kind="rect", paint="claimed", x=EDGE, y=20, width=at(claimed) - EDGE, height=40))
    if reviewed:
        shapes.append(Shape(kind="rect", paint="reviewed", x=EDGE, y=26, width=at(reviewed) - EDGE, height=28))
    if minimum is not None:
        x = at(minimum)
        shapes += [_triangle(x, 1), Shape(kind="line", paint="minimum-line", x=x, y=14, width=x, height=62)]
    if field is not None:
        shapes += _bracket(field, 76)
    return chart(said, LENGTH + 2 * EDGE, 92, shapes)


def dots_strip(
    said: str, reviewed: Fraction | None, supported: Fraction | None, claimed: Fraction | None, field: Span | None
) -> Chart:
    """Return a dot for each measure on one line: claimed open, supported as a bar, reviewed full; the field below."""
    shapes = [*_grid(LENGTH, 64), Shape(kind="line", paint="line", x=EDGE, y=24, width=EDGE + LENGTH, height=24)]
    found = [at(value) for value in (reviewed, supported, claimed) if value is not None]
    if found:
        low, high = min(found), max(found)
        shapes.append(Shape(kind="line", paint="lost", x=low, y=24, width=high, height=24))
    if claimed is not None:
        shapes.append(Shape(kind="circle", paint="dot-claimed", x=at(claimed), y=24, radius=15))
    if supported is not None:
        x = at(supported)
        shapes.append(Shape(kind="line", paint="tick-supported", x=x, y=8, width=x, height=40))
    if reviewed is not None:
        shapes.append(Shape(kind="circle", paint="dot-reviewed", x=at(reviewed), y=24, radius=11))
    if field is not None:
        shapes += _bracket(field, 53)
    return chart(said, LENGTH + 2 * EDGE, 64, shapes)


def swarm_strip(said: str, bids: Sequence[tuple[str, Fraction, bool]], minimum: Fraction | None) -> Chart:
    """Return a numbered mark for each bid: full where it is ranked, open where not; equal values stand in a pile.

    ``bids`` are number, value, and whether it is ranked. What does not fit above one another is counted on top.
    """
    placed, over, levels = _levels(bids)
    height = 20 + levels * 2 * (DOT + 2) + (28 if over else 0)
    floor = height - 12
    shapes = _grid(LONG, height)
    shapes.append(Shape(kind="line", paint="line", x=EDGE, y=height - 6, width=EDGE + LONG, height=height - 6))
    if minimum is not None:
        x = at(minimum, LONG)
        shapes += [_triangle(x, 0), Shape(kind="line", paint="minimum-line", x=x, y=14, width=x, height=height)]
    for number, x, level, is_ranked in placed:
        y = floor - DOT - level * 2 * (DOT + 2)
        paint = "bid" if is_ranked else "bid-open"
        shapes += [
            Shape(kind="circle", paint=paint, x=x, y=y, radius=DOT),
            Shape(kind="text", paint=f"{paint}-number", x=x, y=y + 8, text=number),
        ]
    shapes += [Shape(kind="text", paint="more", x=x, y=22, text=f"+{count}") for x, count in over.items()]
    return chart(said, LONG + 2 * EDGE, height, shapes)


def _levels(
    bids: Sequence[tuple[str, Fraction, bool]],
) -> tuple[list[tuple[str, int, int, bool]], dict[int, int], int]:
    """Return each mark's place and level, how many more than fit stand where, and the number of levels used."""
    ends = [-(10**6)] * LEVELS
    placed: list[tuple[str, int, int, bool]] = []
    over: dict[int, int] = {}
    for number, value, is_ranked in sorted(bids, key=lambda bid: (bid[1], -len(bid[0]), bid[0])):
        x = at(value, LONG)
        level = next((level for level, end in enumerate(ends) if x - end >= 2 * DOT + 2), None)
        if level is None:
            last = max((place for place in over if x - place < 4 * DOT), default=x)
            over[last] = over.get(last, 0) + 1
            continue
        ends[level] = x
        placed.append((number, x, level, is_ranked))
    return placed, over, 1 + max((level for *_, level, _ in placed), default=0)


TIMES = 3  # of the published weight: how far the scale of intervals goes


def interval_axis(words: Words = ENGLISH) -> Chart:  # noqa: ARG001
    """Return the scale above intervals: multiples of the published weight."""
    marks = []
    for times in range(TIMES + 1):
        x = at(Fraction(times, TIMES))
        marks += [
            Shape(kind="line", paint="grid", x=x, y=30, width=x, height=40),
            Shape(kind="text", paint="scale", x=x, y=24, text=f"{times}×" if times else "0"),
        ]
    return chart(f"A scale from 0 to {TIMES} times the published weight", LENGTH + 2 * EDGE, 40, marks)


def interval_strip(said: str, ends: tuple[Fraction, Fraction | None] | None) -> Chart:
    """Return a bar between two multiples of a weight, to the end of the scale where it has no end or a later one."""
    shapes = [
        Shape(kind="line", paint="grid", x=at(Fraction(n, TIMES)), y=0, width=at(Fraction(n, TIMES)), height=52)
        for n in range(TIMES + 1)
    ]
    shapes.append(Shape(kind="rect", paint="track", x=EDGE, y=14, width=LENGTH, height=24))
    if ends is not None:
        low, high = at(ends[0] / TIMES), at(Fraction(1) if ends[1] is None else ends[1] / TIMES)
        shapes.append(Shape(kind="rect", paint="reviewed", x=low, y=14, width=max(high - low, 3), height=24))
    x = at(Fraction(1, TIMES))
    shapes += [_triangle(x, 0), Shape(kind="line", paint="minimum-line", x=x, y=12, width=x, height=46)]
    return chart(said, LENGTH + 2 * EDGE, 52, shapes)


def key_mark(paint: str, said: str) -> Chart:
    """Return a small drawing of a mark for the key."""
    shapes: dict[str, list[Shape]] = {
        "reviewed": [Shape(kind="rect", paint="reviewed", x=2, y=6, width=56, height=20)],
        "claimed": [Shape(kind="rect", paint="claimed", x=2, y=2, width=56, height=28)],
        "minimum": [
            _triangle(30, 0),
            Shape(kind="line", paint="minimum-line", x=30, y=12, width=30, height=32),
        ],
        "field": [
            Shape(kind="line", paint="field", x=4, y=16, width=56, height=16),
            Shape(kind="line", paint="field", x=4, y=8, width=4, height=24),
            Shape(kind="line", paint="field", x=56, y=8, width=56, height=24),
        ],
        "dot-reviewed": [Shape(kind="circle", paint="dot-reviewed", x=30, y=16, radius=11)],
        "dot-claimed": [Shape(kind="circle", paint="dot-claimed", x=30, y=16, radius=14)],
        "tick-supported": [Shape(kind="line", paint="tick-supported", x=30, y=0, width=30, height=32)],
        "bid": [
            Shape(kind="circle", paint="bid", x=30, y=16, radius=15),
            Shape(kind="text", paint="bid-number", x=30, y=24, text="1"),
        ],
        "bid-open": [
            Shape(kind="circle", paint="bid-open", x=30, y=16, radius=14),
            Shape(kind="text", paint="bid-open-number", x=30, y=24, text="9"),
        ],
    }
    return chart(f"Mark: {said}", 60, 32, shapes[paint])
