"""Answers within one unit of a cliff: a step, a jump of a curve, or a comparison that turns there (method, 3.10)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from selfassess.model.assessment import Assessment
from selfassess.model.conditions import Comparison, EveryRow, Gate, Operator, Subject, comparisons
from selfassess.model.questionnaire import CellRule, ColumnRule, Curve, Kind, Question, RowRules, Rule, Steps
from selfassess.model.response import Row
from selfassess.model.stability import NearCliff
from selfassess.plan import ScoringPlan
from selfassess.stability.contest import Contest

Measured = Decimal | date
ONE, ONE_DAY = Decimal(1), timedelta(days=1)
TURNING = frozenset({Operator.AT_LEAST, Operator.AT_MOST})


@dataclass(frozen=True, slots=True)
class Cliff:
    """A threshold of a question's answer, or of a column's cells: what it belongs to."""

    column: str | None
    threshold: Measured
    cliff: str
    of: str


def near_cliffs(contest: Contest) -> tuple[NearCliff, ...]:
    """Return the compared bids' answers near a cliff, by supplier in the plan's order."""
    known = _cliffs(contest.plan)
    return tuple(
        near
        for supplier, assessment in contest.assessments.items()
        if any(bid.supplier == supplier for bid in contest.bids)
        for near in _near(contest.plan, known, assessment)
    )


def _cliffs(plan: ScoringPlan) -> dict[int, list[Cliff]]:
    """Return the cliffs of each question, by position."""
    found: dict[int, list[Cliff]] = {planned.position: [] for planned in plan.questions}
    for planned in plan.questions:
        question, own = planned.question, found[planned.position]
        own += _of_rule(question, question.score)
        if planned.gate_condition is not None:
            own += _of_gate(question, planned.gate_condition)
        for comparison in comparisons(planned.condition) if planned.condition else ():
            if comparison.subject is Subject.QUESTION and comparison.operator in TURNING:
                position = plan.positions[comparison.target]
                kind = plan.questions[position].question.type
                found[position].append(Cliff(None, _threshold(comparison, kind), "condition", planned.id))
    return {position: list(dict.fromkeys(cliffs)) for position, cliffs in found.items() if cliffs}


def _of_rule(question: Question, rule: Rule) -> Iterator[Cliff]:
    if isinstance(rule, ColumnRule):
        yield from _steep(rule.rule, rule.column, question.id)
    elif isinstance(rule, RowRules):
        for condition, _ in rule.rows:
            yield from _of_cells(question, comparisons(condition), "row")
    elif isinstance(rule, Steps | Curve):
        yield from _steep(rule, None, question.id)


def _steep(rule: CellRule, column: str | None, of: str) -> Iterator[Cliff]:
    """Yield the thresholds of steps, and the points at which a curve jumps."""
    if isinstance(rule, Steps):
        for start, _ in rule.steps:
            yield Cliff(column, start, "step", of)
    elif isinstance(rule, Curve):
        for (before, low), (x, high) in zip(rule.points, rule.points[1:], strict=False):
            if before == x and low != high:
                yield Cliff(column, x, "jump", of)


def _of_gate(question: Question, gate: Gate) -> Iterator[Cliff]:
    if isinstance(gate, EveryRow):
        yield from _of_cells(question, comparisons(gate), "gate")
        return
    for comparison in comparisons(gate):
        if comparison.operator in TURNING:
            yield Cliff(None, _threshold(comparison, question.type), "gate", question.id)


def _of_cells(question: Question, compared: tuple[Comparison, ...], cliff: str) -> Iterator[Cliff]:
    table = question.table
    for comparison in compared if table else ():
        if table and comparison.operator in TURNING:
            kind = table.column(comparison.target).type
            yield Cliff(comparison.target, _threshold(comparison, kind), cliff, question.id)


def _threshold(comparison: Comparison, kind: Kind) -> Measured:
    operand = comparison.operands[0]
    return date.fromisoformat(str(operand)) if kind is Kind.DATE else Decimal(operand)


def _near(plan: ScoringPlan, known: dict[int, list[Cliff]], assessment: Assessment) -> Iterator[NearCliff]:
    for position, cliffs in known.items():
        for row, column, answer in _measured(assessment.answers[position]):
            for cliff in cliffs:
                if cliff.column == column and _is_near(answer, cliff.threshold):
                    yield NearCliff(
                        supplier=assessment.supplier,
                        question=plan.questions[position].id,
                        row=row,
                        column=column,
                        answer=answer,
                        threshold=cliff.threshold,
                        cliff=cliff.cliff,
                        of=cliff.of,
                    )


def _measured(answer: object) -> Iterator[tuple[str | None, str | None, Measured]]:
    """Yield what of an answer is a number or a date: the answer itself, or the cells of its rows."""
    if isinstance(answer, Decimal | date):
        yield None, None, answer
    elif isinstance(answer, tuple):
        for row in answer:
            for column, cell in row.cells.items() if isinstance(row, Row) else ():
                if isinstance(cell, Decimal | date):
                    yield row.key, column, cell


def _is_near(answer: Measured, threshold: Measured) -> bool:
    if isinstance(answer, date) and isinstance(threshold, date):
        return abs(answer - threshold) <= ONE_DAY
    return isinstance(answer, Decimal) and isinstance(threshold, Decimal) and abs(answer - threshold) <= ONE
