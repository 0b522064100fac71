"""Say in words by which rule an answer got its value, and which answer would get the most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from selfassess.conditions import sentence
from selfassess.languages import ENGLISH, Words, beside, message
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
    Table,
    Unscored,
)
from selfassess.plan import condition_in_words as asked_in_words
from selfassess.plan.sentences import quoted
from selfassess.scorecard.figures import Figures
from selfassess.scorecard.saying import value_in_words

TOGETHER = {
    Aggregate.WEIGHTED_SHARE: message("Then rows count by “{column}”"),
    Aggregate.WORST: message("Then the worst row counts"),
    Aggregate.MEAN: message("Then the mean of the rows counts"),
    Aggregate.SHARE: message("Then the share of rows with full marks counts"),
}
LONG_RULE = 900  # characters; a longer rule is named, and stands whole in the plan that the fingerprint names


def condition_in_words(condition: Condition, asked: Mapping[str, Question | Column], words: Words = ENGLISH) -> str:
    """Return a condition in words, with the texts of the options that it compares with."""
    return sentence(_worded(condition, asked, words), words)


def _worded(condition: Condition, asked: Mapping[str, Question | Column], words: Words) -> Condition:
    if isinstance(condition, Combination):
        return replace(condition, parts=tuple(_worded(part, asked, words) for part in condition.parts))
    own = asked.get(condition.target) or asked.get("")
    texts = {option.id: quoted(option.text, words) for option in own.options} if own else {}
    operands = tuple(
        texts.get(operand, operand) if isinstance(operand, str) else operand for operand in condition.operands
    )
    target = quoted(own.text, words) if isinstance(own, Column) else condition.target
    return replace(condition, target=target, operands=operands)


def asked_when(question: Question, questionnaire: Questionnaire, words: Words = ENGLISH) -> str:
    """Return the condition under which a question is asked, in words."""
    if question.enable_when is None:
        return ""
    return asked_in_words(question.enable_when, questionnaire, words)


def gate_in_words(gate: Gate, question: Question, words: Words = ENGLISH) -> str:
    """Return what a minimum requirement asks of the answer."""
    if isinstance(gate, EveryRow):
        condition = condition_in_words(gate.condition, _columns(question), words)
        return words.say("in every row, {condition}", condition=condition)
    return condition_in_words(gate, {"": question}, words)


def _columns(question: Question) -> dict[str, Question | Column]:
    return {column.id: column for column in question.table.columns} if question.table else {}


def rule_in_words(question: Question, finding: Finding, figures: Figures) -> str:
    """Return by which rule the claimed value came about."""
    rule, words = question.score, figures.words
    if question.table is not None:
        return _cut(f"{_table_rule(question, figures)}.", words)
    if finding.claimed is None or isinstance(rule, Unscored):
        return ""
    worth = figures.value(finding.claimed)
    if isinstance(rule, FlagScores):
        return words.say("Yes is worth {yes}, No {no}.", yes=figures.value(rule.yes), no=figures.value(rule.no))
    if isinstance(rule, OptionScores):
        best = best_answer(question, rule, figures)
        most = max(_scores(question, rule).values(), default=Decimal(0))
        if finding.claimed == most:
            return words.say("This answer is worth {value}, the most.", value=worth)
        return words.say(
            "This answer is worth {value}; {best} is worth {most}.", value=worth, best=best, most=figures.value(most)
        )
    ticked = len(finding.answer) if isinstance(finding.answer, tuple) else 0
    if isinstance(rule, ShareOfOptions):
        offered = sum(not option.exclusive for option in question.options)
        if not finding.claimed:
            return words.say("Nothing that counts is ticked: 0.")
        return words.say("{ticked} of {offered} ticked: {value}.", ticked=ticked, offered=offered, value=worth)
    if isinstance(rule, SumOfOptions):
        scores = _scores(question, rule)
        ids = [str(id_) for id_ in finding.answer] if isinstance(finding.answer, tuple) else []
        parts = " + ".join(figures.value(scores.get(id_, Decimal(0))) for id_ in ids)
        if not parts:
            return words.say("The ticked options add up, at most to 1: nothing gives {value}.", value=worth)
        return words.say("The ticked options add up, at most to 1: {sum} gives {value}.", sum=parts, value=worth)
    scale = _scale(rule, question, figures)
    return _cut(f"{scale[:1].upper()}{scale[1:]}. {words.say('The answer is worth {value}.', value=worth)}", words)


def _cut(text: str, words: Words) -> str:
    return text if len(text) <= LONG_RULE else words.say("{rule}… (whole in the plan)", rule=text[: LONG_RULE - 1])


def _scores(asked: Question | Column, rule: OptionScores | SumOfOptions) -> Mapping[str, Decimal]:
    return rule.scores or {option.id: option.score for option in asked.options if option.score is not None}


def _unit(asked: Question | Column) -> str:
    return "\u00a0%" if asked.type is Kind.PERCENT else f"\u00a0{asked.unit}" if asked.unit else ""


def _scale(rule: Rule, asked: Question | Column, figures: Figures) -> str:
    """Return a rule as a sentence without its end, for a question or for one column of a table."""
    unit, words = _unit(asked), figures.words
    if isinstance(rule, Curve):
        points = beside((f"{figures.plain(x)}{unit} → {figures.value(s)}" for x, s in rule.points), words.language)
        return words.say("on straight lines through {points}", points=points)
    if isinstance(rule, Steps):
        return "; ".join(
            words.say("from {start} on {value}", start=f"{_start(x, figures)}{unit}", value=figures.value(s))
            for x, s in rule.steps
        )
    if isinstance(rule, FlagScores):
        return words.say("Yes {yes}, No {no}", yes=figures.value(rule.yes), no=figures.value(rule.no))
    if isinstance(rule, OptionScores | SumOfOptions):
        texts = {option.id: option.text for option in asked.options}
        said = "; ".join(
            f"{quoted(texts.get(i, i), words)} {figures.value(s)}" for i, s in _scores(asked, rule).items()
        )
        if isinstance(rule, OptionScores):
            return said
        return words.say("ticked options added up, at most 1: {options}", options=said)
    return words.say("the share of the options that are ticked")


def _start(start: Decimal | date, figures: Figures) -> str:
    return figures.day(start) if isinstance(start, date) else figures.plain(start)


def _table_rule(question: Question, figures: Figures) -> str:
    table, rule, words = question.table, question.score, figures.words
    if table is None or isinstance(rule, Unscored):
        return words.say("Not scored")
    weight = table.column(table.weight).text if table.weight else ""
    together = words.say(TOGETHER[table.aggregate or Aggregate.MEAN], column=weight)
    return f"{_row_rule(question, table, rule, figures)}. {together}"


def _row_rule(question: Question, table: Table, rule: Rule, figures: Figures) -> str:
    words = figures.words
    if isinstance(rule, ColumnRule):
        column = table.column(rule.column)
        scale = _scale(rule.rule, column, figures)
        return words.say("Each row by “{column}”: {rule}", column=column.text, rule=scale)
    if isinstance(rule, RowRules):
        columns = _columns(question)
        worths = (
            words.say(
                "{value} when {condition}", value=figures.value(s), condition=condition_in_words(c, columns, words)
            )
            for c, s in rule.rows
        )
        return words.say("Each row is worth {worths}; else 0", worths="; ".join(worths))
    return words.say("Each row by its own rule")


def best_answer(question: Question, rule: Rule, figures: Figures) -> str:
    """Return the answer that is worth the most, in words."""
    if isinstance(rule, ColumnRule) and question.table is not None:
        column = question.table.column(rule.column)
        best = _best(column, rule.rule, figures)
        return figures.words.say("in every row “{column}” {best}", column=column.text, best=best)
    if isinstance(rule, RowRules):
        condition, _ = max(rule.rows, key=lambda row: row[1])
        said = condition_in_words(condition, _columns(question), figures.words)
        return figures.words.say("in every row {condition}", condition=said)
    return _best(question, rule, figures)


def _best(asked: Question | Column, rule: Rule, figures: Figures) -> str:
    words = figures.words
    if isinstance(rule, FlagScores):
        return words.say("Yes") if rule.yes >= rule.no else words.say("No")
    if isinstance(rule, OptionScores):
        scores = _scores(asked, rule)
        best = max(scores, key=lambda id_: scores[id_], default="")
        return quoted(value_in_words(asked, best, figures), words)
    if isinstance(rule, SumOfOptions):
        return words.say("options ticked that add up to 1")
    if isinstance(rule, Curve | Steps):
        pairs: tuple[tuple[Decimal | date, Decimal], ...] = rule.points if isinstance(rule, Curve) else rule.steps
        most = max((score for _, score in pairs), default=Decimal(0))
        start = next((x for x, score in pairs if score == most), Decimal(0))
        rising = any(x < start for x, _ in pairs)  # type: ignore[operator]
        said = f"{_start(start, figures)}{_unit(asked)}"
        if isinstance(start, date):
            return words.say("from {day}", day=said)
        if rising or isinstance(rule, Steps):
            return words.say("at least {number}", number=said)
        return words.say("at most {number}", number=said)
    return words.say("every option ticked")
