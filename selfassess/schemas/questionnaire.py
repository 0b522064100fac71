"""How a questionnaire is written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marshmallow import ValidationError, post_load, validates_schema

from selfassess import limits
from selfassess.checks.forms import FORMS
from selfassess.model.questionnaire import (
    CrossCheck,
    EvidenceKind,
    Grade,
    Questionnaire,
    Section,
    Term,
)
from selfassess.problems import Code
from selfassess.schemas.base import Strict, document_fields, plain
from selfassess.schemas.containers import Part, Several
from selfassess.schemas.fields import (
    Number,
    Text,
    Word,
    Written,
    id_field,
    kind_of,
    refusal,
)
from selfassess.schemas.questions import GRADES, QuestionSchema, long_text


class SectionSchema(Strict):
    """A section."""

    id = id_field(required=True)
    title = Text(limits.TITLE_CHARACTERS, required=True)
    intro = long_text()
    questions = Several(Part(QuestionSchema), least=1, most=limits.QUESTIONS, required=True)

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


class AnyKind(Written):
    """A value that another key gives its form."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Any:
        return value

    def as_written(self, value: Any) -> Any:
        """Return the value without the reader's own types."""
        return plain(value)


class CrossCheckSchema(Strict):
    """A cross-check; ``columns`` is a list, or a mapping where the rule gives its columns names."""

    id = id_field(required=True)
    rule = Word(tuple(FORMS), required=True)
    question = id_field()
    questions = Several(id_field(), least=1)
    than = id_field()
    of = id_field()
    column = id_field()
    columns = AnyKind()
    total = Number()
    tolerance = Number()

    @validates_schema
    def columns_fit(self, data: dict[str, Any], **_: Any) -> None:
        """Read ``columns`` as the rule takes it."""
        if "columns" in data:
            named = bool(FORMS[data["rule"]].parts)
            inner: Any = NamedColumns() if named else Several(id_field(), least=1)
            try:
                data["columns"] = inner.deserialize(data["columns"])
            except ValidationError as error:
                raise ValidationError({"columns": error.messages}) from None

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> CrossCheck:
        """Build the check."""
        columns: Any = data.get("columns", [data["column"]] if "column" in data else [])
        questions: list[str] = [data[key] for key in ("question", "than", "of") if key in data] or data.get(
            "questions", []
        )
        return CrossCheck(
            id=data["id"],
            rule=data["rule"],
            questions=tuple(questions),
            columns=() if isinstance(columns, dict) else tuple(columns),
            parts=columns if isinstance(columns, dict) else {},
            total=data.get("total"),
            tolerance=data.get("tolerance", Decimal(0)),
        )


class NamedColumns(Written):
    """Which column holds what the rule gives a name to."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> dict[str, str]:
        if not isinstance(value, dict):
            raise refusal(Code.TYPE, found=kind_of(value), expected="a mapping")
        return {str(part): str(id_field().deserialize(column)) for part, column in value.items()}


class QuestionnaireSchema(Strict):
    """A questionnaire."""

    locals().update(document_fields("selfassess/questionnaire@1"))
    language = id_field(required=True)
    title = Text(limits.TITLE_CHARACTERS, required=True)
    description = long_text()
    roles = Several(Part(TermSchema), least=1)
    evidence_kinds = Several(Part(EvidenceKindSchema), least=1, required=True)
    not_applicable_reasons = Several(Part(TermSchema), least=1)
    sections = Several(Part(SectionSchema), least=1, required=True)
    checks = Several(Part(CrossCheckSchema), least=1)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Questionnaire:
        """Build the questionnaire."""
        data.pop("format")
        lists = ("roles", "evidence_kinds", "not_applicable_reasons", "sections", "checks")
        return Questionnaire(**(data | {key: tuple(data.get(key, ())) for key in lists}))
