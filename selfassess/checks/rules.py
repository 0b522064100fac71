"""Does a scoring rule fit its question, and what is the best that it can give?"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from selfassess.checks.comparisons import Asked, comparison_faults
from selfassess.checks.walking import unknown
from selfassess.model.conditions import comparisons
from selfassess.model.questionnaire import (
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
from selfassess.problems import Code, Fault

FITTING: Mapping[Kind, tuple[type, ...]] = {
    Kind.BOOLEAN: (FlagScores,),
    Kind.CHOICE: (OptionScores,),
    Kind.CHOICES: (ShareOfOptions, SumOfOptions),
    Kind.NUMBER: (Curve, Steps),
    Kind.PERCENT: (Curve, Steps),
    Kind.DATE: (Steps,),
    Kind.TEXT: (),
    Kind.TABLE: (ColumnRule, RowRules),
}


def rule_faults(pointer: str, asked: Asked, rule: Rule) -> Iterator[Fault]:
    """Yield what is wrong with the scoring rule of a question or column."""
    if isinstance(rule, Unscored):
        return
    at = f"{pointer}/score"
    if not isinstance(rule, FITTING[asked.type]):
        yield _misfit(at, asked, f"a {asked.type.value} question takes another rule")
    elif isinstance(rule, OptionScores | SumOfOptions):
        yield from _option_faults(at, asked, rule.scores)
    elif isinstance(rule, Curve | Steps):
        yield from _order_faults(at, asked, rule)
    elif isinstance(rule, ShareOfOptions) and all(option.exclusive for option in asked.options):
        yield _misfit(at, asked, "it offers nothing but exclusive options")
    elif isinstance(rule, ColumnRule | RowRules) and isinstance(asked, Question):
        yield from _row_faults(pointer, asked, rule)


def _misfit(at: str, asked: Asked, reason: str) -> Fault:
    return Fault(pointer=at, code=Code.SCORE_RULE, values={"question": asked.id, "reason": reason})


def _option_faults(at: str, asked: Asked, scores: Mapping[str, Decimal]) -> Iterator[Fault]:
    known = [option.id for option in asked.options]
    for id_ in scores:
        if id_ not in known:
            yield unknown(at, Code.UNKNOWN_OPTION, id_, known, question=asked.id)
    lacking = [id_ for id_ in known if id_ not in scores]
    if lacking:
        yield _misfit(at, asked, f"{', '.join(lacking)} has no score")
    for id_, score in scores.items():
        if not 0 <= score <= 1:
            yield Fault(pointer=at, code=Code.SCORE_RANGE, values={"value": f"{score} of {id_}"})


def _order_faults(at: str, asked: Asked, rule: Curve | Steps) -> Iterator[Fault]:
    pairs: Sequence[Any] = rule.points if isinstance(rule, Curve) else rule.steps
    xs = [x for x, _ in pairs]
    dated = asked.type is Kind.DATE
    if any(isinstance(x, Decimal) == dated for x in xs):
        yield _misfit(at, asked, "its steps begin at dates" if dated else "its points are numbers")
        return
    falls = any(later < earlier for earlier, later in itertools.pairwise(xs))
    most = 2 if isinstance(rule, Curve) else 1
    if falls or any(xs.count(x) > most for x in xs):
        yield Fault(pointer=at, code=Code.CURVE_ORDER, values={"question": asked.id})


def _row_faults(pointer: str, question: Question, rule: ColumnRule | RowRules) -> Iterator[Fault]:
    columns = {column.id: column for column in question.table.columns} if question.table else {}
    at = f"{pointer}/score"
    if isinstance(rule, ColumnRule):
        if rule.column not in columns:
            yield unknown(f"{at}/column", Code.UNKNOWN_COLUMN, rule.column, list(columns), question=question.id)
        else:
            yield from rule_faults(at, columns[rule.column], rule.rule)
        return
    for index, (condition, _) in enumerate(rule.rows):
        for comparison in comparisons(condition):
            here = f"{at}/rows/{index}/0"
            if comparison.target not in columns:
                yield unknown(here, Code.UNKNOWN_COLUMN, comparison.target, list(columns), question=question.id)
            else:
                yield from comparison_faults(here, comparison, columns[comparison.target])


def best_value(question: Question) -> Decimal | None:
    """Return the best value that a question's rule can give, None where it is unscored or does not fit."""
    return _best(question.score, question.options)


def _best(rule: Rule, options: Sequence[Option]) -> Decimal | None:
    if isinstance(rule, FlagScores):
        return max(rule.yes, rule.no)
    if isinstance(rule, OptionScores):
        return max(rule.scores.values(), default=None)
    if isinstance(rule, SumOfOptions):
        ticked = [s for id_, s in rule.scores.items() if not any(o.id == id_ and o.exclusive for o in options)]
        return min(Decimal(1), sum(ticked, Decimal(0)))
    if isinstance(rule, Curve):
        return max(score for _, score in rule.points)
    if isinstance(rule, Steps):
        return max(score for _, score in rule.steps)
    if isinstance(rule, RowRules):
        return max(score for _, score in rule.rows)
    if isinstance(rule, ColumnRule):
        return None if isinstance(rule.rule, OptionScores) and not rule.rule.scores else _best(rule.rule, ())
    return Decimal(1) if isinstance(rule, ShareOfOptions) else None
