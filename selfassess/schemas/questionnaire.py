"""How a questionnaire is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, fields, post_load, validates_schema

from selfassess import limits
from selfassess.model.questionnaire import (
    Aggregate,
    Column,
    ColumnRule,
    CrossCheck,
    EvidenceKind,
    EvidenceRule,
    Grade,
    Kind,
    Option,
    OptionScores,
    Question,
    Questionnaire,
    Reference,
    Rule,
    Section,
    SumOfOptions,
    Table,
    Term,
    Unscored,
)
from selfassess.problems import Code
from selfassess.schemas.base import Strict, document_fields
from selfassess.schemas.conditions import AskedField, GateField
from selfassess.schemas.fields import (
    Count,
    Flag,
    MappingOf,
    Number,
    Said,
    Several,
    Text,
    Word,
    Written,
    flag_of,
    id_field,
    kind_of,
    refusal,
)
from selfassess.schemas.rules import RuleField

STAGES = ("raw-material", "manufacturing", "delivery", "use", "repair", "reuse", "recycling", "disposal")
TOPICS = ("environment", "circularity", "social", "security", "quality", "transparency")
SCOPES = ("product", "site", "performance", "company")
USES = ("requirement", "award", "clause", "selection", "information")
RULES = ("row_sums_to", "column_sums_to", "sums_to", "not_in_future", "at_least", "repairability_index")
GRADES = tuple(grade.name for grade in Grade)


def _long(**more: Any) -> Text:
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
    options = Several(fields.Nested(OptionSchema), least=1)


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

    help = _long()
    type = Word([kind.value for kind in Kind], required=True)
    score = RuleField()
    columns = Several(fields.Nested(ColumnSchema), least=1)
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
    evidence = fields.Nested(EvidenceRuleSchema)
    gate = GateField()
    references = Several(fields.Nested(ReferenceSchema))

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


class SectionSchema(Strict):
    """A section."""

    id = id_field(required=True)
    title = Text(limits.TITLE_CHARACTERS, required=True)
    intro = _long()
    questions = Several(fields.Nested(QuestionSchema), least=1, most=limits.QUESTIONS, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Section:
        """Build the section."""
        return Section(**(data | {"questions": tuple(data["questions"])}))


class EvidenceKindSchema(Strict):
    """A kind of document."""

    id = id_field(required=True)
    title = Text(limits.TITLE_CHARACTERS, required=True)
    grade = Word(GRADES, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> EvidenceKind:
        """Build the kind."""
        return EvidenceKind(**(data | {"grade": Grade[data["grade"]]}))


class TermSchema(Strict):
    """A word with its meaning."""

    id = id_field(required=True)
    text = Text(limits.TITLE_CHARACTERS, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Term:
        """Build the term."""
        return Term(**data)


class CrossCheckSchema(Strict):
    """A cross-check; ``columns`` is a list, or a mapping for the repairability index."""

    id = id_field(required=True)
    rule = Word(RULES, required=True)
    question = id_field()
    questions = Several(id_field(), least=1)
    than = id_field()
    column = id_field()
    columns = fields.Raw()
    total = Number()
    tolerance = Number()

    @validates_schema
    def columns_fit(self, data: dict[str, Any], **_: Any) -> None:
        """Read ``columns`` as the rule takes it."""
        if "columns" in data:
            named = data["rule"] == "repairability_index"
            inner: Any = MappingOf(id_field()) if named else Several(id_field(), least=1)
            if named:
                inner = ColumnsOfIndex()
            try:
                data["columns"] = inner.deserialize(data["columns"])
            except ValidationError as error:
                raise ValidationError({"columns": error.messages}) from None

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> CrossCheck:
        """Build the check."""
        columns: Any = data.get("columns", [data["column"]] if "column" in data else [])
        questions: list[str] = [data[key] for key in ("question", "than") if key in data] or data.get("questions", [])
        return CrossCheck(
            id=data["id"],
            rule=data["rule"],
            questions=tuple(questions),
            columns=() if isinstance(columns, dict) else tuple(columns),
            roles_of_columns=columns if isinstance(columns, dict) else None,
            total=data.get("total"),
            tolerance=data.get("tolerance", Decimal(0)),
        )


class ColumnsOfIndex(Written):
    """Which column holds which part of the repairability index."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            raise refusal(Code.TYPE, found=kind_of(value), expected="a mapping")
        return {str(part): str(id_field().deserialize(column)) for part, column in value.items()}


class QuestionnaireSchema(Strict):
    """A questionnaire."""

    locals().update(document_fields("selfassess/questionnaire@1"))
    language = id_field(required=True)
    title = Text(limits.TITLE_CHARACTERS, required=True)
    description = _long()
    roles = Several(fields.Nested(TermSchema), least=1)
    evidence_kinds = Several(fields.Nested(EvidenceKindSchema), least=1, required=True)
    not_applicable_reasons = Several(fields.Nested(TermSchema), least=1)
    sections = Several(fields.Nested(SectionSchema), least=1, required=True)
    checks = Several(fields.Nested(CrossCheckSchema), least=1)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Questionnaire:
        """Build the questionnaire."""
        data.pop("format")
        lists = ("roles", "evidence_kinds", "not_applicable_reasons", "sections", "checks")
        return Questionnaire(**(data | {key: tuple(data.get(key, ())) for key in lists}))
