"""Compile scoring rules: an answer becomes its value, a whole number of the plan's units.

A rule's scale is the smallest number that makes all its values whole (answers to ``number`` questions have a stated
number of decimals); a plan's scale is a multiple of all of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import ceil, lcm
from typing import Any, TypeVar

from selfassess.conditions import Test, compiled, on_cells
from selfassess.model.questionnaire import (
    Aggregate,
    Column,
    ColumnRule,
    Curve,
    FlagScores,
    Kind,
    Option,
    OptionScores,
    Question,
    RowRules,
    Rule,
    ShareOfOptions,
    Steps,
    SumOfOptions,
    Unscored,
)

Value = Callable[[Any], int]
MOST_DECIMALS = 12  # what a number may have where a question states none (limits of the number grammar)
WEIGHT_UNITS: int = 10**MOST_DECIMALS
AnyRule = TypeVar("AnyRule", bound=Rule)


def with_own_scores(rule: AnyRule, asked: Question | Column) -> AnyRule | OptionScores | SumOfOptions:
    """Return a profile's rule for a question or column; one of options that gives no scores takes theirs."""
    if not isinstance(rule, OptionScores | SumOfOptions):
        return rule
    own = rule.scores or {option.id: option.score for option in asked.options if option.score is not None}
    return SumOfOptions(scores=own) if asked.type is Kind.CHOICES else OptionScores(scores=own)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTable:
    """How a table scores: ``row_value`` for one row's usable cells, then ``aggregate`` over rows."""

    row_value: Callable[[Mapping[str, Any]], int] | None
    aggregate: Aggregate
    weight: str | None
    is_percent: bool
    empty_is_not_applicable: bool
    scale: int


def planned_table(question: Question, scale: int) -> PlannedTable | None:
    """Return the compiled table of a question, None for other types."""
    table = question.table
    if table is None:
        return None
    weight = table.column(table.weight) if table.weight else None
    return PlannedTable(
        row_value=None if isinstance(question.score, Unscored) else _row_value(question, scale),
        aggregate=table.aggregate or Aggregate.MEAN,
        weight=table.weight,
        is_percent=weight is not None and weight.type is Kind.PERCENT,
        empty_is_not_applicable=table.empty_is_not_applicable,
        scale=scale,
    )


def scale_of(question: Question) -> int:
    """Return the smallest number that makes every value of a question's rule whole."""
    rule, table = question.score, question.table
    if isinstance(rule, ColumnRule) and table is not None:
        return _scale(rule.rule, table.column(rule.column))
    return _scale(rule, question)


def value_of(rule: Rule, asked: Question | Column, scale: int) -> Value | None:
    """Return the function from a usable answer to its value times ``scale``; None for an unscored one."""
    if isinstance(rule, Unscored):
        return None
    if isinstance(rule, FlagScores):
        return {True: _units(rule.yes, scale), False: _units(rule.no, scale)}.__getitem__
    if isinstance(rule, OptionScores):
        return {id_: _units(score, scale) for id_, score in rule.scores.items()}.__getitem__
    if isinstance(rule, Curve):
        return _curve(rule, asked, scale)
    if isinstance(rule, Steps):
        return _steps(rule, scale)
    return _ticked(rule, asked.options, scale)


def _units(score: Decimal, scale: int) -> int:
    units = Fraction(score) * scale
    if units.denominator != 1:
        raise ValueError("the plan's scale does not hold this score")
    return int(units)


def _scale(rule: Rule, asked: Question | Column) -> int:
    if isinstance(rule, Curve):
        return _curve_scale(rule, asked)
    if isinstance(rule, ShareOfOptions):
        return max(1, len(_offered(asked.options)))
    scores: Sequence[Decimal] = ()
    if isinstance(rule, FlagScores):
        scores = (rule.yes, rule.no)
    elif isinstance(rule, OptionScores | SumOfOptions):
        scores = tuple(rule.scores.values())
    elif isinstance(rule, Steps):
        scores = tuple(score for _, score in rule.steps)
    elif isinstance(rule, RowRules):
        scores = tuple(score for _, score in rule.rows)
    return lcm(1, *(Fraction(score).denominator for score in scores))


def _curve_scale(rule: Curve, asked: Question | Column) -> int:
    decimals = MOST_DECIMALS if asked.decimals is None else asked.decimals
    scale = 1
    for (x0, s0), (x1, s1) in zip(rule.points, rule.points[1:], strict=False):
        scale = lcm(scale, Fraction(s0).denominator, Fraction(s1).denominator)
        if x0 != x1:
            slope = Fraction(s1 - s0) / Fraction(x1 - x0)
            start = Fraction(s0) - slope * Fraction(x0)
            scale = lcm(scale, (slope / 10**decimals).denominator, start.denominator)
    return lcm(scale, *(Fraction(score).denominator for _, score in rule.points))


def _curve(rule: Curve, asked: Question | Column, scale: int) -> Value:
    exact = _exact_curve(rule, scale)
    decimals = MOST_DECIMALS if asked.decimals is None else asked.decimals
    unit = Decimal(10) ** decimals
    # Answers are whole numbers of the last decimal: each stretch is a whole slope and a whole start.
    starts = [ceil(Fraction(x) * Fraction(unit)) for x, _ in rule.points]
    lines = [_line(rule, place, decimals, scale) for place in range(len(rule.points) + 1)]

    def value(answer: Decimal) -> int:
        if answer.__class__ is not Decimal:
            return exact(answer)  # type: ignore[no-any-return]
        x = int(answer * unit)
        slope, start = lines[bisect_right(starts, x)]
        units: int = slope * x + start
        return units

    return value


def _line(rule: Curve, place: int, decimals: int, scale: int) -> tuple[int, int]:
    """Return slope and start of the stretch before the point at ``place``, in units; flat at both ends."""
    if place in (0, len(rule.points)):
        return 0, _units(rule.points[min(place, len(rule.points) - 1)][1], scale)
    (x0, s0), (x1, s1) = rule.points[place - 1], rule.points[place]
    if x0 == x1:
        return 0, _units(s1, scale)
    slope = Fraction(s1 - s0) / Fraction(x1 - x0)
    start = Fraction(s0) - slope * Fraction(x0)
    return int(slope * scale / 10**decimals), int(start * scale)


def _exact_curve(rule: Curve, scale: int) -> Callable[[Any], Any]:
    """Return the curve for any fraction, not only for answers with the stated decimals."""
    xs = [Fraction(x) for x, _ in rule.points]
    scores = [Fraction(score) * scale for _, score in rule.points]

    def value(answer: Any) -> Any:
        x = Fraction(answer)
        place = bisect_right(xs, x)  # of a doubled x the later point is found: it holds at and above
        if place == 0:
            return scores[0]
        if place == len(xs):
            return scores[-1]
        slope = (scores[place] - scores[place - 1]) / (xs[place] - xs[place - 1])
        return scores[place - 1] + slope * (x - xs[place - 1])

    return value


def _steps(rule: Steps, scale: int) -> Value:
    starts: list[Decimal | date] = [start for start, _ in rule.steps]
    units = [0, *(_units(score, scale) for _, score in rule.steps)]
    return lambda answer: units[bisect_right(starts, answer)]


def _offered(options: Sequence[Option]) -> list[Option]:
    return [option for option in options if not option.exclusive]


def _ticked(rule: Rule, options: Sequence[Option], scale: int) -> Value:
    offered = _offered(options)
    if isinstance(rule, SumOfOptions):
        units = {id_: _units(score, scale) for id_, score in rule.scores.items()}
        return lambda ticked: min(scale, sum(map(units.__getitem__, ticked)))
    each = scale // max(1, len(offered))
    counted = {option.id: 0 if option.exclusive else each for option in options}
    return lambda ticked: sum(map(counted.__getitem__, ticked))


def _row_value(question: Question, scale: int) -> Callable[[Mapping[str, Any]], int]:
    rule, table = question.score, question.table
    if table is None:
        raise ValueError("not a table")
    if isinstance(rule, ColumnRule):
        column = rule.column
        cell_value = value_of(rule.rule, table.column(column), scale)
        if cell_value is None:
            raise ValueError("a column's rule must score")
        return lambda cells: cell_value(cells[column]) if column in cells else 0
    if not isinstance(rule, RowRules):
        raise TypeError("a table is scored by a column or by row conditions")
    compile_cell = on_cells({column.id: column.type for column in table.columns})
    tests: list[tuple[Test, int]] = [
        (compiled(condition, compile_cell), _units(score, scale)) for condition, score in rule.rows
    ]
    return lambda cells: next((units for test, units in tests if test(cells) is True), 0)
