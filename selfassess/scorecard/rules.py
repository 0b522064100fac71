"""Say in words by which rule an answer got its value, and which answer would get the most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from selfassess.conditions import sentence
from selfassess.languages import ENGLISH, Words
from selfassess.model.assessment import Finding
from selfassess.model.conditions import Combination, Condition, EveryRow, Gate
from selfassess.model.questionnaire import (
    Aggregate,
    Column,
    ColumnRule,
    Curve,
    FlagScores,
    Kind,
    OptionScores,
    Question,
    Questionnaire,
    RowRules,
    Rule,
    ShareOfOptions,
    Steps,
    SumOfOptions,
    Unscored,
)
from selfassess.scorecard.figures import Figures
from selfassess.scorecard.saying import value_in_words

LONG_RULE = 900  # characters; a longer rule is named, and stands whole in the plan that the fingerprint names


def condition_in_words(condition: Condition, asked: Mapping[str, Question | Column]) -> str:
    """Return a condition in words, with the texts of the options that it compares with."""
    return sentence(_worded(condition, asked))


def _worded(condition: Condition, asked: Mapping[str, Question | Column]) -> Condition:
    if isinstance(condition, Combination):
        return replace(condition, parts=tuple(_worded(part, asked) for part in condition.parts))
    own = asked.get(condition.target) or asked.get("")
    texts = {option.id: f"“{option.text}”" for option in own.options} if own else {}
    operands = tuple(
        texts.get(operand, operand) if isinstance(operand, str) else operand for operand in condition.operands
    )
    target = f"“{own.text}”" if isinstance(own, Column) else condition.target
    return replace(condition, target=target, operands=operands)


def asked_when(question: Question, questionnaire: Questionnaire) -> str:
    """Return the condition under which a question is asked, in words."""
    if question.enable_when is None:
        return ""
    return condition_in_words(question.enable_when, {other.id: other for other in questionnaire.questions()})


def gate_in_words(gate: Gate, question: Question, words: Words = ENGLISH) -> str:  # noqa: ARG001
    """Return what a minimum requirement asks of the answer."""
    if isinstance(gate, EveryRow):
        return f"in every row, {condition_in_words(gate.condition, _columns(question))}"
    return condition_in_words(gate, {"": question})


def _columns(question: Question) -> dict[str, Question | Column]:
    return {column.id: column for column in question.table.columns} if question.table else {}


def rule_in_words(question: Question, finding: Finding, figures: Figures) -> str:
    """Return by which rule the claimed value came about."""
    rule = question.score
    if question.table is not None:
        return _cut(f"{_table_rule(question, figures)}.")
    if finding.claimed is None or isinstance(rule, Unscored):
        return ""
    worth = figures.value(finding.claimed)
    if isinstance(rule, FlagScores):
        return f"Yes is worth {figures.value(rule.yes)}, No {figures.value(rule.no)}."
    if isinstance(rule, OptionScores):
        best = best_answer(question, rule, figures)
        most = max(_scores(question, rule).values(), default=Decimal(0))
        return f"This answer is worth {worth}" + (
            ", the most." if finding.claimed == most else f"; {best} is worth {figures.value(most)}."
        )
    ticked = len(finding.answer) if isinstance(finding.answer, tuple) else 0
    if isinstance(rule, ShareOfOptions):
        offered = sum(not option.exclusive for option in question.options)
        return f"{ticked} of {offered} ticked: {worth}." if finding.claimed else "Nothing that counts is ticked: 0."
    if isinstance(rule, SumOfOptions):
        scores = _scores(question, rule)
        ids = [str(id_) for id_ in finding.answer] if isinstance(finding.answer, tuple) else []
        parts = " + ".join(figures.value(scores.get(id_, Decimal(0))) for id_ in ids) or "nothing"
        return f"The ticked options add up, at most to 1: {parts} gives {worth}."
    scale = _scale(rule, question, figures)
    return _cut(f"{scale[:1].upper()}{scale[1:]}. The answer is worth {worth}.")


def _cut(text: str) -> str:
    return text if len(text) <= LONG_RULE else f"{text[: LONG_RULE - 1]}… (whole in the plan)"


def _scores(asked: Question | Column, rule: OptionScores | SumOfOptions) -> Mapping[str, Decimal]:
    return rule.scores or {option.id: option.score for option in asked.options if option.score is not None}


def _unit(asked: Question | Column) -> str:
    return "\u00a0%" if asked.type is Kind.PERCENT else f"\u00a0{asked.unit}" if asked.unit else ""


def _scale(rule: Rule, asked: Question | Column, figures: Figures) -> str:
    """Return a rule as a sentence without its end, for a question or for one column of a table."""
    unit = _unit(asked)
    if isinstance(rule, Curve):
        points = ", ".join(f"{figures.plain(x)}{unit} → {figures.value(s)}" for x, s in rule.points)
        return f"On straight lines through {points}"
    if isinstance(rule, Steps):
        return "; ".join(f"from {_start(x, figures)}{unit} on {figures.value(s)}" for x, s in rule.steps)
    if isinstance(rule, FlagScores):
        return f"Yes {figures.value(rule.yes)}, No {figures.value(rule.no)}"
    if isinstance(rule, OptionScores | SumOfOptions):
        texts = {option.id: option.text for option in asked.options}
        said = "; ".join(f"“{texts.get(i, i)}” {figures.value(s)}" for i, s in _scores(asked, rule).items())
        return said if isinstance(rule, OptionScores) else f"Ticked options added up, at most 1: {said}"
    return "The share of the options that are ticked"


def _start(start: Decimal | date, figures: Figures) -> str:
    return start.isoformat() if isinstance(start, date) else figures.plain(start)


def _table_rule(question: Question, figures: Figures) -> str:
    table, rule = question.table, question.score
    if table is None or isinstance(rule, Unscored):
        return "Not scored"
    if isinstance(rule, ColumnRule):
        column = table.column(rule.column)
        said = f"Each row by “{column.text}”: {_scale(rule.rule, column, figures)}"
    elif isinstance(rule, RowRules):
        columns = _columns(question)
        rows = "; ".join(f"{figures.value(s)} when {condition_in_words(c, columns)}" for c, s in rule.rows)
        said = f"Each row is worth {rows}; else 0"
    else:
        said = "Each row by its own rule"
    weight = table.column(table.weight).text if table.weight else ""
    together = {
        Aggregate.WEIGHTED_SHARE: f"rows count by “{weight}”",
        Aggregate.WORST: "the worst row counts",
        Aggregate.MEAN: "the mean of the rows counts",
        Aggregate.SHARE: "the share of rows with full marks counts",
    }[table.aggregate or Aggregate.MEAN]
    return f"{said}. Then {together}"


def best_answer(question: Question, rule: Rule, figures: Figures) -> str:
    """Return the answer that is worth the most, in words."""
    if isinstance(rule, ColumnRule) and question.table is not None:
        column = question.table.column(rule.column)
        return f"in every row “{column.text}” {_best(column, rule.rule, figures)}"
    if isinstance(rule, RowRules):
        condition, _ = max(rule.rows, key=lambda row: row[1])
        return f"in every row {condition_in_words(condition, _columns(question))}"
    return _best(question, rule, figures)


def _best(asked: Question | Column, rule: Rule, figures: Figures) -> str:
    if isinstance(rule, FlagScores):
        return "Yes" if rule.yes >= rule.no else "No"
    if isinstance(rule, OptionScores):
        scores = _scores(asked, rule)
        best = max(scores, key=lambda id_: scores[id_], default="")
        return f"“{value_in_words(asked, best, figures)}”"
    if isinstance(rule, SumOfOptions):
        return "options ticked that add up to 1"
    if isinstance(rule, Curve | Steps):
        pairs: tuple[tuple[Decimal | date, Decimal], ...] = rule.points if isinstance(rule, Curve) else rule.steps
        most = max((score for _, score in pairs), default=Decimal(0))
        start = next((x for x, score in pairs if score == most), Decimal(0))
        rising = any(x < start for x, _ in pairs)  # type: ignore[operator]
        bound = "from" if isinstance(start, date) else "at least" if rising or isinstance(rule, Steps) else "at most"
        return f"{bound} {_start(start, figures)}{_unit(asked)}"
    return "every option ticked"
