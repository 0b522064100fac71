"""What each answer is worth as claimed, and as far as it is supported (method, 3.3 and 3.4).

Values are counted in units of the plan's scale; a value is a fraction of a unit only where a table's shares make it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from selfassess.model.assessment import Scaled, State
from selfassess.model.questionnaire import Aggregate
from selfassess.model.response import Row
from selfassess.plan import TENTHS, PlannedQuestion, PlannedTable, ScoringPlan
from selfassess.plan.rules import WEIGHT_UNITS
from selfassess.scoring.applicability import Standings
from selfassess.scoring.support import Support

HUNDRED = 100 * WEIGHT_UNITS
_UNITS = Decimal(WEIGHT_UNITS)


@dataclass(slots=True)
class ScoredRows:
    """The rows of one table: claimed values (for ``share``: all or nothing) and weights, in the rows' order."""

    rows: Sequence[Row]
    claimed: list[int]
    weights: list[int]


def claimed_values(plan: ScoringPlan, stand: Standings) -> tuple[list[Scaled], dict[int, ScoredRows]]:
    """Return the claimed value of each question (0 where it is not answered or unscored) and the scored rows."""
    answered = State.ANSWERED
    values: list[Scaled] = [
        value(answer) if value is not None and state is answered else 0
        for value, state, answer in zip(plan.values, stand.states, stand.answers, strict=True)
    ]
    scored: dict[int, ScoredRows] = {}
    for planned in plan.tables:
        if stand.states[planned.position] is answered and planned.table is not None:
            rows = scored[planned.position] = scored_rows(planned.table, stand.answers[planned.position])
            values[planned.position] = aggregated(planned.table, rows, rows.claimed)
    return values, scored


def scored_rows(table: PlannedTable, rows: Sequence[Row]) -> ScoredRows:
    """Return the claimed values and the weights of a table's rows; a row with a cell that cannot be used is worth 0."""
    if table.row_value is None:
        raise ValueError("the table is unscored")
    claimed = [0 if row.is_bad else table.row_value(row.cells) for row in rows]
    if table.aggregate is Aggregate.SHARE:
        claimed = [value if value == table.scale else 0 for value in claimed]
    return ScoredRows(rows, claimed, [weight_of(table, row) for row in rows])


def weight_of(table: PlannedTable, row: Row) -> int:
    """Return the weight of a row in units of 10⁻¹²; 1 where rows carry no weight, 0 where it cannot be used."""
    if table.weight is None:
        return WEIGHT_UNITS
    weight: Any = row.cells.get(table.weight)
    return 0 if weight is None else int(weight * _UNITS)


def aggregated(table: PlannedTable, scored: ScoredRows, values: Sequence[Scaled]) -> Scaled:
    """Return the value of a table from the values of its rows.

    ``weighted_share`` divides by the sum of the weights, for percents by at least 100, so that volume without a named
    row is worth nothing.
    """
    if table.aggregate is Aggregate.WORST:
        return min(values)
    if table.aggregate is not Aggregate.WEIGHTED_SHARE:
        return _quotient(sum(values, 0), len(values))
    full: int = sum(scored.weights)
    if table.is_percent:
        full = max(HUNDRED, full)
    if full == 0:
        return 0
    return _quotient(sum(weight * value for weight, value in zip(scored.weights, values, strict=True)), full)


def _quotient(numerator: Scaled, denominator: int) -> Scaled:
    if isinstance(numerator, int):
        whole, rest = divmod(numerator, denominator)
        return whole if not rest else Fraction(numerator, denominator)
    value = numerator / denominator
    return value.numerator if value.denominator == 1 else value


def tenths_of(value: Scaled, tenths: int) -> Scaled:
    """Return so many tenths of a value; exact, since the plan's scale holds tenths of every score."""
    if isinstance(value, int):
        whole, rest = divmod(value * tenths, 10)
        return whole if rest == 0 else Fraction(value * tenths, 10)
    return value * tenths / 10


def supported_values(
    plan: ScoringPlan, claimed: Sequence[Scaled], rows: dict[int, ScoredRows], support: Support
) -> list[Scaled]:
    """Return each claimed value as far as evidence supports it."""
    grades, declared = support.questions, support.declared
    values = list(claimed)
    for planned in plan.weak[declared]:  # a document never counts for less than the declaration does
        position = planned.position
        if values[position]:
            tenths = planned.support[grades.get(position, declared)]
            if tenths != TENTHS:
                values[position] = tenths_of(values[position], tenths) if tenths else 0
    for planned in plan.tables:
        if values[planned.position] and planned.table is not None:
            values[planned.position] = _supported_table(planned, planned.table, rows[planned.position], support)
    return values


def _supported_table(planned: PlannedQuestion, table: PlannedTable, scored: ScoredRows, support: Support) -> Scaled:
    values = [
        tenths_of(value, planned.support[support.grade_of_row(planned.position, row.key)])
        for row, value in zip(scored.rows, scored.claimed, strict=True)
    ]
    return aggregated(table, scored, values)
