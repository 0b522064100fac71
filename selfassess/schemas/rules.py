"""How scoring rules are written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError

from selfassess.model.questionnaire import (
    ColumnRule,
    Curve,
    FlagScores,
    OptionScores,
    RowRules,
    Rule,
    ShareOfOptions,
    Steps,
    SumOfOptions,
    Unscored,
)
from selfassess.problems import Code
from selfassess.schemas.conditions import condition_of, written_condition
from selfassess.schemas.fields import Written, day_of, kind_of, nearest, number_of, refusal, scalar_of, text_of

WORDS = ("unscored", "share", "sum", "options")
FORMS = ("true and false", "curve", "steps", "column and rule", "rows", "options")


class RuleField(Written):
    """A scoring rule: a word, or a mapping of one of the closed forms."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Rule:
        return rule_of(value)

    def as_written(self, value: Any) -> Any:
        """Return the rule with its numbers as numbers."""
        return written_rule(value)


def rule_of(value: Any) -> Rule:
    """Return the rule that is written; scores that options carry are filled in later."""
    if isinstance(value, str):
        return _word(text_of(value))
    if not isinstance(value, dict):
        raise refusal(Code.TYPE, found=kind_of(value), expected="a scoring rule")
    keys = frozenset(value)
    forms = {
        frozenset({"true", "false"}): _flags,
        frozenset({"curve"}): _curve,
        frozenset({"steps"}): _steps,
        frozenset({"column", "rule"}): _column,
        frozenset({"rows"}): _rows,
        frozenset({"options"}): _options,
    }
    if keys not in forms:
        raise refusal(Code.UNKNOWN_WORD, text=", ".join(value) or "nothing", known=", ".join(FORMS))
    return forms[keys](value)


def _word(word: str) -> Rule:
    rules: dict[str, Rule] = {
        "unscored": Unscored(),
        "share": ShareOfOptions(),
        "sum": SumOfOptions(scores={}),
        "options": OptionScores(scores={}),
    }
    if word not in rules:
        raise refusal(Code.UNKNOWN_WORD, text=word or "nothing", known=nearest(word, WORDS))
    return rules[word]


def score_of(value: Any) -> Decimal:
    """Return a score from 0 to 1."""
    score = number_of(value)
    if not 0 <= score <= 1:
        raise refusal(Code.SCORE_RANGE, value=format(score, "f"))
    return score


def _flags(value: dict[str, Any]) -> Rule:
    wrong, found = {}, {}
    for key in ("true", "false"):
        try:
            found[key] = score_of(value[key])
        except ValidationError as error:
            wrong[key] = error.messages
    if wrong:
        raise ValidationError(wrong)
    return FlagScores(yes=found["true"], no=found["false"])


def _pairs(value: Any, key: str, first: Any, second: Any) -> tuple[Any, ...]:
    """Return a list of pairs, or raise all that is wrong in it."""
    if not isinstance(value, list) or not value:
        raise ValidationError({key: refusal(Code.TYPE, found=kind_of(value), expected="a list of pairs").messages})
    pairs, wrong = [], {}
    for index, pair in enumerate(value):
        try:
            if not isinstance(pair, list) or len(pair) != 2:  # noqa: PLR2004  a pair
                raise refusal(Code.TYPE, found=kind_of(pair), expected="a list of two")
            pairs.append((first(pair[0]), second(pair[1])))
        except ValidationError as error:
            wrong[index] = error.messages
    if wrong:
        raise ValidationError({key: wrong})
    return tuple(pairs)


def _curve(value: dict[str, Any]) -> Rule:
    return Curve(points=_pairs(value["curve"], "curve", number_of, score_of))


def _start(value: Any) -> Decimal | date:
    start = scalar_of(value)
    return start if isinstance(start, Decimal) else day_of(start)


def _steps(value: dict[str, Any]) -> Rule:
    return Steps(steps=_pairs(value["steps"], "steps", _start, score_of))


def _column(value: dict[str, Any]) -> Rule:
    try:
        rule = rule_of(value["rule"])
    except ValidationError as error:
        raise ValidationError({"rule": error.messages}) from None
    if isinstance(rule, Unscored | ColumnRule | RowRules):
        raise ValidationError({"rule": refusal(Code.UNKNOWN_WORD, text="this", known="a rule of one cell").messages})
    return ColumnRule(column=text_of(value["column"]), rule=rule)


def _rows(value: dict[str, Any]) -> Rule:
    return RowRules(rows=_pairs(value["rows"], "rows", lambda plain: condition_of(plain, "column"), score_of))


def _options(value: dict[str, Any]) -> Rule:
    plain = value["options"]
    if not isinstance(plain, dict):
        found = refusal(Code.TYPE, found=kind_of(plain), expected="a mapping of options to scores")
        raise ValidationError({"options": found.messages})
    scores, wrong = {}, {}
    for id_, score in plain.items():
        try:
            scores[id_] = score_of(score)
        except ValidationError as error:
            wrong[id_] = error.messages
    if wrong:
        raise ValidationError({"options": wrong})
    return OptionScores(scores=scores)


def written_rule(value: Any) -> Any:
    """Return a valid rule as it is digested."""
    if isinstance(value, str):
        return str(value)
    written: dict[str, Any] = {}
    for key, plain in value.items():
        if key in ("curve", "steps"):
            written[key] = [[scalar_of(x), number_of(score)] for x, score in plain]
        elif key == "rows":
            written[key] = [[written_condition(condition), number_of(score)] for condition, score in plain]
        elif key == "rule":
            written[key] = written_rule(plain)
        elif key == "options":
            written[key] = {id_: number_of(score) for id_, score in plain.items()}
        else:
            written[key] = str(plain) if key == "column" else number_of(plain)
    return written
