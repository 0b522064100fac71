"""Work a rule out on an answer, as a sentence with its figures, such as ``(96.5 − 80) / 20 = 0.825``."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from selfassess.conditions import compiled, on_cells, sentence
from selfassess.explaining.passages import listed, said
from selfassess.model.assessment import RowFinding
from selfassess.model.questionnaire import (
    Aggregate,
    ColumnRule,
    Curve,
    FlagScores,
    OptionScores,
    Question,
    RowRules,
    Rule,
    ShareOfOptions,
    Steps,
    SumOfOptions,
    Table,
)
from selfassess.model.response import Answer, Row
from selfassess.numbers import exactly
from selfassess.plan.sentences import Asked, measured, offered, quoted, worded

MOST_TERMS = 6  # a sum of more is said by its outcome alone


def worked(rule: Rule, asked: Asked, answer: Answer) -> str:
    """Return how a rule turns a usable answer into its value."""
    if isinstance(rule, FlagScores):
        return f"{'yes' if answer else 'no'} is worth {exactly(rule.yes if answer else rule.no)}"
    if isinstance(rule, OptionScores):
        texts = {option.id: option.text for option in asked.options}
        return f"{quoted(texts.get(str(answer), str(answer)))} is worth {exactly(rule.scores[str(answer)])}"
    if isinstance(rule, Curve) and isinstance(answer, Decimal):
        return _on_curve(rule, asked, answer)
    if isinstance(rule, Steps) and isinstance(answer, Decimal | date):
        return _on_steps(rule, asked, answer)
    ticked = [str(id_) for id_ in answer] if isinstance(answer, tuple) else []
    if isinstance(rule, ShareOfOptions):
        return _share(asked, ticked)
    return _sum(rule, ticked) if isinstance(rule, SumOfOptions) else "it is not scored"


def _on_curve(rule: Curve, asked: Asked, answer: Decimal) -> str:
    """Return the stretch of a curve on which an answer lies, and the division that finds its value."""
    xs = [x for x, _ in rule.points]
    place = bisect_right(xs, answer)
    if place == 0:
        return f"up to {measured(xs[0], asked)} it is worth {exactly(rule.points[0][1])}"
    if place == len(xs):
        return f"from {measured(xs[-1], asked)} on it is worth {exactly(rule.points[-1][1])}"
    (x0, s0), (x1, s1) = rule.points[place - 1], rule.points[place]
    between = f"between {measured(x0, asked)} ({exactly(s0)}) and {measured(x1, asked)} ({exactly(s1)})"
    if s0 == s1:
        return f"{between} it is worth {exactly(s0)}"
    part = f"({exactly(answer)} − {_negative(x0)}) / {exactly(x1 - x0)}"
    value = Fraction(s0) + Fraction(answer - x0) / Fraction(x1 - x0) * Fraction(s1 - s0)
    sum_ = part if s0 == 0 and s1 == 1 else f"{exactly(s0)} {_times(s1 - s0)}{part}"
    return f"{between}: {sum_} = {said(value)}"


def _negative(value: Decimal) -> str:
    return f"({exactly(value)})" if value < 0 else exactly(value)


def _times(slope: Decimal) -> str:
    sign = "−" if slope < 0 else "+"
    return f"{sign} {exactly(abs(slope))} × "


def _on_steps(rule: Steps, asked: Asked, answer: Decimal | date) -> str:
    starts: list[Decimal | date] = [start for start, _ in rule.steps]
    place = bisect_right(starts, answer)
    if place == 0:
        before = "before" if isinstance(answer, date) else "below"
        return f"{measured(answer, asked)} lies {before} the first step, {measured(starts[0], asked)}: 0"
    start, score = rule.steps[place - 1]
    beyond = f", not that of {measured(starts[place], asked)}" if place < len(starts) else ""
    return f"{measured(answer, asked)} reaches the step of {measured(start, asked)}{beyond}: {exactly(score)}"


def _share(asked: Asked, ticked: Sequence[str]) -> str:
    whole = offered(asked.options)
    count = sum(1 for option in whole if option.id in ticked)
    return f"{count} of {len(whole)} options are ticked: {count} / {len(whole)} = {said(Fraction(count, len(whole)))}"


def _sum(rule: SumOfOptions, ticked: Sequence[str]) -> str:
    scores = [rule.scores[id_] for id_ in ticked]
    total = sum(scores, Decimal(0))
    terms = " + ".join(map(exactly, scores)) or "0"
    added = f"{terms} = {exactly(total)}" if len(scores) > 1 else terms
    return f"the ticked options add up: {added}" + (", and at most 1 counts" if total > 1 else "")


def worked_row(question: Question, row: Row) -> str:
    """Return how one row of a table comes to its value."""
    rule, table = question.score, question.table
    if row.is_bad:
        return "a cell cannot be used: 0"
    if isinstance(rule, ColumnRule) and table is not None:
        column = table.column(rule.column)
        cell = row.cells.get(rule.column)
        return f"{quoted(column.text)} is empty: 0" if cell is None else worked(rule.rule, column, cell)
    if not isinstance(rule, RowRules) or table is None:
        return "it is not scored"
    columns = {column.id: column for column in table.columns}
    compile_cell = on_cells({column.id: column.type for column in table.columns})
    for condition, score in rule.rows:
        if compiled(condition, compile_cell)(row.cells) is True:
            return f"{sentence(worded(condition, columns))}: {exactly(score)}"
    return "no condition is true: 0"


def aggregated(table: Table, rows: Sequence[RowFinding], values: Sequence[Fraction]) -> str:
    """Return how the values of the rows become that of the table."""
    if not rows:
        return "there are no rows"
    if table.aggregate is Aggregate.WORST:
        worst = min(values)
        named = [row.key for row, value in zip(rows, values, strict=True) if value == worst]
        return f"the worst row counts, {listed(named[:3])}: {said(worst)}"
    if table.aggregate is Aggregate.WEIGHTED_SHARE:
        return _weighted(table, rows, values)
    value = sum(values, Fraction(0)) / len(values)
    terms = " + ".join(map(exactly, values)) if len(values) <= MOST_TERMS else said(sum(values, Fraction(0)))
    above = f"({terms})" if 1 < len(values) <= MOST_TERMS else terms
    of = "rows with full marks over all rows" if table.aggregate is Aggregate.SHARE else "the mean of all rows"
    return f"{of}: {above} / {len(values)} = {said(value)}"


def _weighted(table: Table, rows: Sequence[RowFinding], values: Sequence[Fraction]) -> str:
    weight = table.column(table.weight or "")
    weights = [row.weight or Fraction(0) for row in rows]
    named = sum(weights, Fraction(0))
    full = max(Fraction(100), named) if weight.type.value == "percent" else named
    if not full:
        return "no row carries weight: 0"
    products = [own * value for own, value in zip(weights, values, strict=True)]
    total = sum(products, Fraction(0))
    terms = " + ".join(f"{exactly(own)} × {exactly(value)}" for own, value in zip(weights, values, strict=True))
    above = f"({terms})" if len(rows) <= MOST_TERMS else said(total)
    unnamed = f"; {exactly(full - named)} of {exactly(full)} is named by no row and counts 0" if full > named else ""
    return f"rows weighted by {quoted(weight.text)}: {above} / {exactly(full)} = {said(total / full)}{unnamed}"
