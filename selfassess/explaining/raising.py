"""Say what a question still lacks to full marks, and what would bring it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from selfassess.model.assessment import Finding, State
from selfassess.model.questionnaire import (
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
)
from selfassess.numbers import exactly, shown
from selfassess.plan import PlannedQuestion, ScoringPlan, condition_in_words
from selfassess.plan.sentences import Asked, measured, offered, quoted, row_lines


def advice(plan: ScoringPlan, planned: PlannedQuestion, finding: Finding) -> Iterator[str]:
    """Yield what would raise the points of one question, the points that it would bring first."""
    places, question = plan.profile.decimals, planned.question
    worth = shown(finding.missing, places)
    if finding.state is State.MISSING and finding.inherited:
        yield f"Up to {worth} points: answer the question that it depends on, and it."
    elif finding.state is State.MISSING:
        yield f"Up to {worth} points: answer it; full marks {best(question.score, question)}."
    elif finding.state is State.NOT_APPLICABLE:
        yield f"Up to {worth} points: it is said not to apply; only an answer in a new response would bring points."
    elif finding.state is State.NOT_ASKED and planned.condition is not None:
        asked = condition_in_words(planned.condition, plan.questionnaire)
        yield f"Up to {worth} points: it is asked only when {asked}."
    elif finding.claimed is not None and finding.supported is not None and finding.reviewed is not None:
        yield from _of_an_answer(plan, planned, finding)


def _of_an_answer(plan: ScoringPlan, planned: PlannedQuestion, finding: Finding) -> Iterator[str]:
    claimed, supported, reviewed = finding.claimed or 0, finding.supported or 0, finding.reviewed or 0
    places, weight, question = plan.profile.decimals, finding.effective_weight, planned.question
    if reviewed < supported:
        lost = shown(weight * (supported - reviewed), places)
        yield f"{lost} points went by the review; only a new entry gives them back."
    if supported < claimed and reviewed < claimed:
        gain = shown(weight * (claimed - max(supported, reviewed)), places)
        rows = " for every row" if planned.table is not None else ""
        yield f"{gain} points wait for evidence{rows}: a valid document of grade {planned.minimum.name} or stronger."
    reached = max(claimed, reviewed)
    if reached < 1:
        gain = shown(weight * (1 - reached), places)
        yield f"{gain} points wait for a better answer: full marks {best(question.score, question)}."


def best(rule: Rule, asked: Asked) -> str:
    """Return what brings full marks, or the most that a rule gives, to stand after ``full marks``."""
    if isinstance(rule, FlagScores):
        return f"for {'yes' if rule.yes >= rule.no else 'no'}"
    if isinstance(rule, OptionScores):
        most = max(rule.scores.values(), default=Decimal(0))
        texts = [quoted(option.text) for option in asked.options if rule.scores.get(option.id) == most]
        return f"for {' or '.join(texts)}{_short(most)}"
    if isinstance(rule, Curve):
        return _peak(rule, asked)
    if isinstance(rule, Steps):
        return _highest(rule, asked)
    if isinstance(rule, ShareOfOptions):
        return f"for all {len(offered(asked.options))} options"
    if isinstance(rule, SumOfOptions):
        return "for options that add up to 1"
    return _of_a_table(rule, asked) if isinstance(asked, Question) else ""


def _short(most: Decimal) -> str:
    return "" if most == 1 else f" (worth {exactly(most)})"


def _peak(rule: Curve, asked: Asked) -> str:
    most = max(score for _, score in rule.points)
    places = [place for place, (_, score) in enumerate(rule.points) if score == most]
    at = measured(rule.points[places[0]][0], asked)
    if places[-1] == len(rule.points) - 1:
        return f"from {at} on{_short(most)}"
    if places[0] == 0:
        return f"up to {measured(rule.points[places[-1]][0], asked)}{_short(most)}"
    return f"at {at}{_short(most)}"


def _highest(rule: Steps, asked: Asked) -> str:
    most = max(score for _, score in rule.steps)
    place = next(place for place, (_, score) in enumerate(rule.steps) if score == most)
    start = rule.steps[place][0]
    if place + 1 == len(rule.steps):
        return f"from {measured(start, asked)} on{_short(most)}"
    end = f"below {measured(rule.steps[place + 1][0], asked)}"
    if isinstance(start, Decimal) and asked.minimum is not None and start <= asked.minimum:
        return f"{end}{_short(most)}"
    return f"from {measured(start, asked)} on and {end}{_short(most)}"


def _of_a_table(rule: Rule, question: Question) -> str:
    table = question.table
    if isinstance(rule, ColumnRule) and table is not None:
        column = table.column(rule.column)
        return f"in every row, for its {quoted(column.text)} {best(rule.rule, column)}"
    if isinstance(rule, RowRules):
        most = max(score for _, score in rule.rows)
        line = next(line for (_, score), line in zip(rule.rows, row_lines(question), strict=True) if score == most)
        return f"when in every row {line.partition(' when ')[2]}"
    return ""


def weakest(plan: ScoringPlan, found: Sequence[Finding], most: int) -> Iterator[str]:
    """Yield the questions with the most missing points, each with what would raise it."""
    order = sorted((f for f in found if f.missing > 0), key=lambda f: (-f.missing, plan.positions[f.question]))
    for finding in order[:most]:
        planned = plan.questions[plan.positions[finding.question]]
        yield f"{finding.question}  {planned.question.text} {' '.join(advice(plan, planned, finding))}"
