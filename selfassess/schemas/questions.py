"""How a question is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, post_load, validates_schema

from selfassess import limits
from selfassess.model.questionnaire import (
    STAGES,
    TOPICS,
    Aggregate,
    Column,
    ColumnRule,
    EvidenceRule,
    Grade,
    Kind,
    Option,
    OptionScores,
    Question,
    Reference,
    Rule,
    SumOfOptions,
    Table,
    Unscored,
)
from selfassess.problems import Code
from selfassess.schemas.base import Strict
from selfassess.schemas.conditions import AskedField, GateField
from selfassess.schemas.containers import Part, Several
from selfassess.schemas.fields import (
    Count,
    Flag,
    Number,
    Said,
    Text,
    Word,
    Written,
    flag_of,
    id_field,
    kind_of,
    refusal,
)
from selfassess.schemas.rules import RuleField

SCOPES = ("product", "site", "performance", "company")
USES = ("requirement", "award", "clause", "selection", "information")
GRADES = tuple(grade.name for grade in Grade)


def long_text(**more: Any) -> Text:
    """Return a field for a text of several lines."""
    return Text(limits.COMMENT_CHARACTERS, lines=True, **more)


class OptionSchema(Strict):
    """An option."""

    id = id_field(required=True)
    text = Text(limits.TITLE_CHARACTERS, required=True)
    score = Number()
    exclusive = Flag()

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Option:
        """Build the option."""
        return Option(**data)


class _Asked(Strict):
    """What questions and columns have in common."""

    id = id_field(required=True)
    text = Text(limits.COMMENT_CHARACTERS, required=True)
    unit = Text(limits.NAME_CHARACTERS)
    decimals = Count(12)
    minimum = Number()
    maximum = Number()
    options = Several(Part(OptionSchema), least=1)


class ColumnSchema(_Asked):
    """A column of a table."""

    type = Word([kind.value for kind in Kind if kind is not Kind.TABLE], required=True)
    required = Flag()

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Column:
        """Build the column."""
        options = tuple(data.pop("options", ()))
        return Column(**(data | {"type": Kind(data["type"]), "options": options}))


class EvidenceRuleSchema(Strict):
    """Which evidence supports a claim."""

    minimum = Word(GRADES)
    accepts = Several(id_field(), least=1)
    valid_months = Count(600)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> EvidenceRule:
        """Build the rule."""
        accepts = data.get("accepts")
        return EvidenceRule(
            minimum=Grade[data.get("minimum", "E1")],
            accepts=None if accepts is None else tuple(str(kind) for kind in accepts),
            valid_months=data.get("valid_months"),
        )


class ReferenceSchema(Strict):
    """A reference."""

    instrument = Text(limits.TITLE_CHARACTERS, required=True)
    item = Text(limits.TITLE_CHARACTERS)
    confirmed = Flag(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Reference:
        """Build the reference."""
        return Reference(**data)


class ReasonsField(Written):
    """``false``, or the reasons that may be claimed."""

    inner = Several(id_field(), least=1)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> tuple[str, ...]:
        if isinstance(value, list):
            return tuple(str(reason) for reason in self.inner.deserialize(value))
        if flag_of(value):
            raise refusal(Code.TYPE, found=kind_of(value), expected="false or a list of reasons")
        return ()

    def as_written(self, value: Any) -> Any:
        """Return false, or the list."""
        return [str(reason) for reason in value] if isinstance(value, list) else False


TABLE_KEYS = ("columns", "key", "aggregate", "weight", "empty")


class QuestionSchema(_Asked):
    """A question."""

    help = long_text()
    type = Word([kind.value for kind in Kind], required=True)
    score = RuleField()
    columns = Several(Part(ColumnSchema), least=1)
    key = id_field()
    aggregate = Word([aggregate.value for aggregate in Aggregate])
    weight = id_field()
    empty = Word(["missing", "not_applicable"])
    stages = Several(Word(STAGES), least=1, required=True)
    topics = Several(Word(TOPICS), least=1, required=True)
    scope = Word(SCOPES, required=True)
    use = Several(Word(USES), least=1, required=True)
    statement = Several(id_field())
    enable_when = AskedField()
    not_applicable = ReasonsField(required=True)
    evidence = Part(EvidenceRuleSchema)
    gate = GateField()
    references = Several(Part(ReferenceSchema))

    @validates_schema
    def parts_fit(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse what a question of this type does not have, and ask for what it needs."""
        kind = Kind(data["type"])
        wrong: dict[str, list[Said]] = {}
        for key in _surplus(data, kind):
            wrong[key] = [Said(Code.UNKNOWN_KEY, key=key, known=f"those of a {kind.value} question")]
        missing = [key for key in _needed(kind) if key not in data]
        rule = data.get("score")
        scored = all(option.score is not None for option in data.get("options", ()))
        if rule is None and not (kind is Kind.CHOICE and scored):
            wrong["score"] = [Said(Code.SCORE_MISSING, question=data["id"])]
        said = [Said(Code.MISSING_KEY, key=key) for key in missing]
        if wrong or said:
            raise ValidationError(wrong | ({"_schema": said} if said else {}))

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Question:
        """Build the question, with the scores of its options in its rule."""
        kind = Kind(data.pop("type"))
        options = tuple(data.pop("options", ()))
        table = _table({key: data.pop(key) for key in TABLE_KEYS if key in data}) if kind is Kind.TABLE else None
        condition, leaves = data.pop("enable_when", (None, False))
        for key in ("stages", "topics", "use", "statement", "references"):
            data[key] = tuple(data.get(key, ()))
        return Question(
            **data | {"score": _filled(data.get("score"), kind, options, table)},
            type=kind,
            options=options,
            table=table,
            enable_when=condition,
            leaves_when_false=leaves,
        )


def _surplus(data: Mapping[str, Any], kind: Kind) -> list[str]:
    known: set[str] = set()
    if kind is Kind.TABLE:
        known = set(TABLE_KEYS)
    elif kind in (Kind.CHOICE, Kind.CHOICES):
        known = {"options"}
    elif kind is Kind.NUMBER:
        known = {"unit", "decimals", "minimum", "maximum"}
    elif kind is Kind.PERCENT:
        known = {"decimals"}
    own = {*TABLE_KEYS, "options", "unit", "decimals", "minimum", "maximum"}
    return [key for key in data if key in own - known]


def _needed(kind: Kind) -> tuple[str, ...]:
    needed = {
        Kind.TABLE: ("columns", "key"),
        Kind.CHOICE: ("options",),
        Kind.CHOICES: ("options",),
        Kind.NUMBER: ("unit", "decimals", "minimum", "maximum"),
    }
    return needed.get(kind, ())


def _table(data: dict[str, Any]) -> Table:
    aggregate = data.get("aggregate")
    return Table(
        columns=tuple(data["columns"]),
        key=data["key"],
        aggregate=None if aggregate is None else Aggregate(aggregate),
        weight=data.get("weight"),
        empty_is_not_applicable=data.get("empty") == "not_applicable",
    )


def _filled(rule: Rule | None, kind: Kind, options: tuple[Option, ...], table: Table | None) -> Rule:
    """Return a rule with the scores that options carry."""
    if rule is None:
        return OptionScores(scores=_scores(options)) if kind is Kind.CHOICE else Unscored()
    if isinstance(rule, ColumnRule) and table is not None:
        column = next((column for column in table.columns if column.id == rule.column), None)
        if column is None:
            return rule
        inner = _filled(rule.rule, column.type, column.options, None)
        return replace(rule, rule=inner)  # type: ignore[arg-type]
    if isinstance(rule, OptionScores | SumOfOptions) and not rule.scores:
        return replace(rule, scores=_scores(options))
    return rule


def _scores(options: tuple[Option, ...]) -> dict[str, Decimal]:
    return {option.id: option.score for option in options if option.score is not None}
