"""Say rules, conditions and gates in words: units beside figures, options and columns by their texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from selfassess.conditions import sentence
from selfassess.languages import ENGLISH, Words
from selfassess.model.conditions import (
    Combination,
    Comparison,
    Condition,
    EveryRow,
    Gate,
    Junction,
    Operator,
    Scalar,
    Subject,
)
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
    Questionnaire,
    RowRules,
    Rule,
    ShareOfOptions,
    Steps,
    SumOfOptions,
    Table,
)
from selfassess.numbers import exactly

Asked = Question | Column


def quoted(text: str) -> str:
    """Return a text of the questionnaire inside a sentence."""
    return f"“{text}”"


def measured(value: Decimal | date, asked: Asked) -> str:
    """Return a figure with its unit, or a date."""
    if isinstance(value, date):
        return value.isoformat()
    unit = "%" if asked.type is Kind.PERCENT else asked.unit or ""
    return f"{exactly(value)}\u00a0{unit}".strip()


def rule_sentence(question: Question, words: Words = ENGLISH) -> str:  # noqa: ARG001
    """Return a question's scoring rule in words, to stand after ``scored by``."""
    said = _said(question.score, question)
    table = question.table
    if table is None or table.aggregate is None:
        return said
    return f"each row by {said}; {aggregate_sentence(table)}"


def aggregate_sentence(table: Table) -> str:
    """Return in words how the rows of a table become one value."""
    if table.aggregate is Aggregate.WEIGHTED_SHARE and table.weight is not None:
        weight = table.column(table.weight)
        unnamed = "; what no row names of the 100 % counts 0" if weight.type is Kind.PERCENT else ""
        return f"rows are weighted by {quoted(weight.text)}{unnamed}"
    ways = {
        Aggregate.WORST: "the worst row counts",
        Aggregate.MEAN: "the mean of all rows counts",
        Aggregate.SHARE: "the share of rows with full marks counts",
    }
    return ways.get(table.aggregate or Aggregate.MEAN, "")


def row_lines(question: Question) -> tuple[str, ...]:
    """Return the row conditions of a table with what each is worth, in their order; empty where it has none."""
    rule, table = question.score, question.table
    if not isinstance(rule, RowRules) or table is None:
        return ()
    columns = {column.id: column for column in table.columns}
    return tuple(f"{exactly(score)} when {sentence(worded(condition, columns))}" for condition, score in rule.rows)


def _said(rule: Rule, asked: Asked) -> str:
    if isinstance(rule, ColumnRule) and isinstance(asked, Question) and asked.table is not None:
        column = asked.table.column(rule.column)
        return f"its {quoted(column.text)}: {_said(rule.rule, column)}"
    if isinstance(rule, FlagScores):
        return f"yes {exactly(rule.yes)}, no {exactly(rule.no)}"
    if isinstance(rule, OptionScores):
        texts = {option.id: quoted(option.text) for option in asked.options}
        return ", ".join(f"{texts.get(id_, id_)} {exactly(s)}" for id_, s in rule.scores.items()) or "the chosen option"
    if isinstance(rule, SumOfOptions):
        return "the ticked options added up, at most 1"
    if isinstance(rule, Curve):
        return curve_sentence(rule, asked)
    if isinstance(rule, Steps):
        return steps_sentence(rule, asked)
    if isinstance(rule, RowRules) and isinstance(asked, Question):
        return "; ".join(row_lines(asked)) + "; else 0"
    if isinstance(rule, ShareOfOptions):
        return f"the share of the {len(offered(asked.options))} options that is ticked"
    return "nothing"


def offered(options: Sequence[Option]) -> tuple[Option, ...]:
    """Return the options that count among those offered: all but exclusive ones."""
    return tuple(option for option in options if not option.exclusive)


def curve_sentence(rule: Curve, asked: Asked) -> str:
    """Return a curve as the stations of its straight lines, such as ``from 80 % (0) to 100 % (1)``."""
    stations = []
    for x, points in groupby(rule.points, key=lambda point: point[0]):
        scores = [exactly(score) for _, score in points]
        stations.append(f"{measured(x, asked)} ({', from there on '.join(scores)})")
    first, *others = stations
    if not others:
        return f"{first} everywhere"
    over = f" over {', '.join(others[:-1])}" if others[:-1] else ""
    return f"a straight line from {first}{over} to {others[-1]}"


def steps_sentence(rule: Steps, asked: Asked) -> str:
    """Return what lies below the first step, where an answer can, and the steps from the lowest to the highest."""
    said = ", ".join(f"{exactly(score)} from {measured(start, asked)} on" for start, score in rule.steps)
    first = rule.steps[0][0]
    if isinstance(first, date):
        return f"0 before {first}, {said}"
    if asked.minimum is not None and first <= asked.minimum:
        return said
    return f"0 below {measured(first, asked)}, {said}"


def condition_in_words(condition: Condition, questionnaire: Questionnaire) -> str:
    """Return what must hold for a question to be asked, options by their texts."""
    roles = {role.id: quoted(role.text) for role in questionnaire.roles}
    return sentence(worded(condition, {question.id: question for question in questionnaire.questions()}, roles))


def gate_in_words(gate: Gate, question: Question) -> str:
    """Return what a gate asks of the answer, options and columns by their texts."""
    if isinstance(gate, EveryRow):
        columns = {column.id: column for column in question.table.columns} if question.table else {}
        return f"in every row, {sentence(worded(gate.condition, columns))}"
    if _asks_for_all(gate, question):
        return f"all {len(offered(question.options))} options are ticked"
    return sentence(worded(gate, {"": question}))


def _asks_for_all(gate: Condition, question: Question) -> bool:
    parts = gate.parts if isinstance(gate, Combination) and gate.junction is Junction.ALL else ()
    asked = {part.operands[0] for part in parts if isinstance(part, Comparison) and part.operator is Operator.INCLUDES}
    return len(parts) > 1 and len(asked) == len(parts) and asked == {option.id for option in offered(question.options)}


def worded(condition: Condition, asked: Mapping[str, Asked], roles: Mapping[str, str] | None = None) -> Condition:
    """Return a condition whose columns and operands are the words of what is asked, to be said as a sentence."""
    if isinstance(condition, Combination):
        return replace(condition, parts=tuple(worded(part, asked, roles) for part in condition.parts))
    if condition.subject is Subject.ROLE:
        operands = tuple((roles or {}).get(str(operand), operand) for operand in condition.operands)
        return replace(condition, operands=operands)
    target = asked.get(condition.target)
    if target is None:
        return condition
    name = quoted(target.text) if condition.subject is Subject.COLUMN else condition.target
    return replace(condition, target=name, operands=tuple(_operands(condition, target)))


def _operands(comparison: Comparison, asked: Asked) -> Iterator[Scalar]:
    texts = {option.id: quoted(option.text) for option in asked.options}
    for operand in comparison.operands:
        if isinstance(operand, bool):
            yield operand
        elif isinstance(operand, Decimal):
            yield measured(operand, asked)
        else:
            yield texts.get(operand, operand)
