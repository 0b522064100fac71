"""A curve, or steps, become a small drawing: the answer from left to right, its score from 0 to 1 upwards."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from selfassess.languages import ENGLISH, Words
from selfassess.model.questionnaire import Column, ColumnRule, Curve, Question, Steps
from selfassess.numbers import rounded
from selfassess.plan.sentences import curve_sentence, steps_sentence
from selfassess.scorecard.cards import Chart, Shape
from selfassess.scorecard.drawing import chart

LEFT, RIGHT, TOP, FLOOR, BELOW = 70, 40, 26, 190, 44  # tenths of a millimetre
ACROSS = 640
BESIDE = Fraction(3, 20)  # of the curve's own width, drawn flat on both sides
CHARACTER = 13  # the width of one in a label
GAP = 16  # between two labels
DOT = 9

Station = tuple[Fraction, Fraction, str]  # the answer as a number, its score, and the answer as it is written


def curve_drawing(question: Question, words: Words = ENGLISH) -> Chart | None:
    """Return the drawing of a question's curve or steps, or of those of a table's column; None without such."""
    asked: Question | Column = question
    rule = question.score
    if isinstance(rule, ColumnRule) and question.table is not None:
        asked, rule = question.table.column(rule.column), rule.rule
    if isinstance(rule, Curve):
        stations = [_station(x, score, words) for x, score in rule.points]
        said = words.say("Score by answer: {rule}", rule=curve_sentence(rule, asked, words))
        return _drawn(said, stations, stations, asked)
    if isinstance(rule, Steps):
        stations = [_station(x, score, words) for x, score in rule.steps]
        said = words.say("Score by answer: {rule}", rule=steps_sentence(rule, asked, words))
        return _drawn(said, list(_jumps(stations)), stations, asked)
    return None


def _station(x: Decimal | date, score: Decimal, words: Words) -> Station:
    if isinstance(x, date):  # in figures, for there is no room for the names of months below the marks
        return Fraction(x.toordinal()), Fraction(score), x.isoformat()
    return Fraction(x), Fraction(score), words.exactly(x)


def _jumps(stations: Sequence[Station]) -> Iterator[Station]:
    """Yield the corners of steps: the score before each start, then the one from it on."""
    before = Fraction(0)
    for x, score, said in stations:
        yield x, before, said
        yield x, score, said
        before = score


def _drawn(said: str, corners: Sequence[Station], stations: Sequence[Station], asked: Question | Column) -> Chart:
    low, high = _range(stations, asked)
    span = high - low

    def across(x: Fraction) -> int:
        return LEFT + int(rounded((x - low) / span * ACROSS, 0))

    def up(score: Fraction) -> int:
        return FLOOR - int(rounded(score * (FLOOR - TOP), 0))

    shapes = [*_frame(), *_labels([(across(x), text) for x, _, text in stations])]
    points = [(LEFT, up(corners[0][1])), *((across(x), up(score)) for x, score, _ in corners)]
    points.append((LEFT + ACROSS, up(corners[-1][1])))
    for (x, y), (to_x, to_y) in pairwise(points):
        if (x, y) != (to_x, to_y):
            shapes.append(Shape(kind="line", paint="curve", x=x, y=y, width=to_x, height=to_y))
    shapes += [
        Shape(kind="circle", paint="dot-reviewed", x=across(x), y=up(score), radius=DOT) for x, score, _ in stations
    ]
    return chart(said, LEFT + ACROSS + RIGHT, FLOOR + BELOW, shapes)


def _range(stations: Sequence[Station], asked: Question | Column) -> tuple[Fraction, Fraction]:
    """Return from where to where the answer is drawn: a little beyond the curve, not beyond what can be answered."""
    low, high = stations[0][0], stations[-1][0]
    beside = (high - low) * BESIDE or Fraction(1)
    starts, ends = low - beside, high + beside
    if asked.minimum is not None:
        starts = max(starts, min(low, Fraction(asked.minimum)))
    if asked.maximum is not None:
        ends = min(ends, max(high, Fraction(asked.maximum)))
    return (starts, ends) if starts < ends else (low - 1, high + 1)


def _frame() -> Iterator[Shape]:
    """Yield the lines of score 0 and 1, each with its figure."""
    for y, text in ((FLOOR, "0"), (TOP, "1")):
        yield Shape(kind="line", paint="grid", x=LEFT, y=y, width=LEFT + ACROSS, height=y)
        yield Shape(kind="text", paint="scale", x=LEFT - 24, y=y + 8, text=text)


def _labels(marks: Sequence[tuple[int, str]]) -> Iterator[Shape]:
    """Yield the answers below their marks, those left out that would run into the one before."""
    free = 0
    for x, text in marks:
        half = len(text) * CHARACTER // 2
        centre = min(x, LEFT + ACROSS + RIGHT - half)
        if centre - half >= free:
            yield Shape(kind="text", paint="scale", x=centre, y=FLOOR + 34, text=text)
            free = centre + half + GAP
