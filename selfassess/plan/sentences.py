"""Say rules, conditions and gates in words: units beside figures, options and columns by their texts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import groupby

from selfassess.conditions import sentence
from selfassess.languages import ENGLISH, Words, beside, message
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

Asked = Question | Column

TOGETHER = {
    Aggregate.WORST: message("the worst row counts"),
    Aggregate.MEAN: message("the mean of all rows counts"),
    Aggregate.SHARE: message("the share of rows with full marks counts"),
}


def quoted(text: str, words: Words = ENGLISH) -> str:
    """Return a text of the questionnaire inside a sentence."""
    return words.say("“{text}”", text=text)


def measured(value: Decimal | date, asked: Asked, words: Words = ENGLISH) -> str:
    """Return a figure with its unit, or a date."""
    if isinstance(value, date):
        return words.day(value)
    unit = "%" if asked.type is Kind.PERCENT else asked.unit or ""
    return f"{words.exactly(value)}\u00a0{unit}".strip()


def rule_sentence(question: Question, words: Words = ENGLISH) -> str:
    """Return a question's scoring rule in words, to stand after ``scored by``."""
    said = _said(question.score, question, words)
    table = question.table
    if table is None or table.aggregate is None:
        return said
    return words.say("each row by {rule}; {together}", rule=said, together=aggregate_sentence(table, words))


def aggregate_sentence(table: Table, words: Words = ENGLISH) -> str:
    """Return in words how the rows of a table become one value."""
    if table.aggregate is Aggregate.WEIGHTED_SHARE and table.weight is not None:
        weight = table.column(table.weight)
        column = quoted(weight.text, words)
        if weight.type is Kind.PERCENT:
            return words.say(
                "rows are weighted by {column}; what no row names of the 100 % counts 0",
                column=column,
            )
        return words.say("rows are weighted by {column}", column=column)
    together = TOGETHER.get(table.aggregate or Aggregate.MEAN)
    return words.say(together) if together else ""


def row_lines(question: Question, words: Words = ENGLISH) -> tuple[str, ...]:
    """Return the row conditions of a table with what each is worth, in their order; empty where it has none."""
    rule, table = question.score, question.table
    if not isinstance(rule, RowRules) or table is None:
        return ()
    columns = {column.id: column for column in table.columns}
    return tuple(
        words.say(
            "{score} when {condition}",
            score=words.exactly(score),
            condition=sentence(worded(condition, columns, words=words), words),
        )
        for condition, score in rule.rows
    )


def _said(rule: Rule, asked: Asked, words: Words) -> str:
    if isinstance(rule, ColumnRule) and isinstance(asked, Question) and asked.table is not None:
        column = asked.table.column(rule.column)
        said = _said(rule.rule, column, words)
        return words.say("its {column}: {rule}", column=quoted(column.text, words), rule=said)
    if isinstance(rule, FlagScores):
        return words.say("yes {yes}, no {no}", yes=words.exactly(rule.yes), no=words.exactly(rule.no))
    if isinstance(rule, OptionScores):
        texts = {option.id: quoted(option.text, words) for option in asked.options}
        scores = [f"{texts.get(id_, id_)} {words.exactly(score)}" for id_, score in rule.scores.items()]
        return beside(scores, words.language) or words.say("the chosen option")
    if isinstance(rule, SumOfOptions):
        return words.say("the ticked options added up, at most 1")
    if isinstance(rule, Curve):
        return curve_sentence(rule, asked, words)
    if isinstance(rule, Steps):
        return steps_sentence(rule, asked, words)
    if isinstance(rule, RowRules) and isinstance(asked, Question):
        return words.say("{rows}; else 0", rows="; ".join(row_lines(asked, words)))
    if isinstance(rule, ShareOfOptions):
        return words.say("the share of the {n} options that is ticked", n=len(offered(asked.options)))
    return words.say("nothing")


def offered(options: Sequence[Option]) -> tuple[Option, ...]:
    """Return the options that count among those offered: all but exclusive ones."""
    return tuple(option for option in options if not option.exclusive)


def curve_sentence(rule: Curve, asked: Asked, words: Words = ENGLISH) -> str:
    """Return a curve as the stations of its straight lines, such as ``from 80 % (0) to 100 % (1)``."""
    stations = []
    for x, points in groupby(rule.points, key=lambda point: point[0]):
        scores = [words.exactly(score) for _, score in points]
        stations.append(_station(measured(x, asked, words), scores, words))
    first, *others = stations
    if not others:
        return words.say("{station} everywhere", station=first)
    *between, last = others
    if not between:
        return words.say("a straight line from {first} to {last}", first=first, last=last)
    over = beside(between, words.language)
    return words.say("a straight line from {first} over {others} to {last}", first=first, others=over, last=last)


def _station(x: str, scores: Sequence[str], words: Words) -> str:
    """Return an answer with its score, of a jump with the score before it and the one from it on."""
    if len(scores) == 1:
        return f"{x} ({scores[0]})"
    return words.say("{answer} ({before}, from there on {after})", answer=x, before=scores[0], after=scores[-1])


def steps_sentence(rule: Steps, asked: Asked, words: Words = ENGLISH) -> str:
    """Return what lies below the first step, where an answer can, and the steps from the lowest to the highest."""
    steps = (
        words.say("{score} from {start} on", score=words.exactly(score), start=measured(start, asked, words))
        for start, score in rule.steps
    )
    said = beside(steps, words.language)
    first = rule.steps[0][0]
    if isinstance(first, date):
        return words.say("0 before {first}, {steps}", first=words.day(first), steps=said)
    if asked.minimum is not None and first <= asked.minimum:
        return said
    return words.say("0 below {first}, {steps}", first=measured(first, asked, words), steps=said)


def condition_in_words(condition: Condition, questionnaire: Questionnaire, words: Words = ENGLISH) -> str:
    """Return what must hold for a question to be asked, options by their texts."""
    roles = {role.id: quoted(role.text, words) for role in questionnaire.roles}
    asked = {question.id: question for question in questionnaire.questions()}
    return sentence(worded(condition, asked, roles, words), words)


def gate_in_words(gate: Gate, question: Question, words: Words = ENGLISH) -> str:
    """Return what a gate asks of the answer, options and columns by their texts."""
    if isinstance(gate, EveryRow):
        columns = {column.id: column for column in question.table.columns} if question.table else {}
        condition = sentence(worded(gate.condition, columns, words=words), words)
        return words.say("in every row, {condition}", condition=condition)
    if _asks_for_all(gate, question):
        return words.say("all {n} options are ticked", n=len(offered(question.options)))
    return sentence(worded(gate, {"": question}, words=words), words)


def _asks_for_all(gate: Condition, question: Question) -> bool:
    parts = gate.parts if isinstance(gate, Combination) and gate.junction is Junction.ALL else ()
    asked = {part.operands[0] for part in parts if isinstance(part, Comparison) and part.operator is Operator.INCLUDES}
    return len(parts) > 1 and len(asked) == len(parts) and asked == {option.id for option in offered(question.options)}


def worded(
    condition: Condition, asked: Mapping[str, Asked], roles: Mapping[str, str] | None = None, words: Words = ENGLISH
) -> Condition:
    """Return a condition whose columns and operands are the words of what is asked, to be said as a sentence."""
    if isinstance(condition, Combination):
        return replace(condition, parts=tuple(worded(part, asked, roles, words) for part in condition.parts))
    if condition.subject is Subject.ROLE:
        operands = tuple((roles or {}).get(str(operand), operand) for operand in condition.operands)
        return replace(condition, operands=operands)
    target = asked.get(condition.target)
    if target is None:
        return condition
    name = quoted(target.text, words) if condition.subject is Subject.COLUMN else condition.target
    return replace(condition, target=name, operands=tuple(_operands(condition, target, words)))


def _operands(comparison: Comparison, asked: Asked, words: Words) -> Iterator[Scalar]:
    texts = {option.id: quoted(option.text, words) for option in asked.options}
    for operand in comparison.operands:
        if isinstance(operand, bool):
            yield operand
        elif isinstance(operand, Decimal):
            yield measured(operand, asked, words)
        elif asked.type is Kind.DATE:
            yield words.day(date.fromisoformat(operand))
        else:
            yield texts.get(operand, operand)
