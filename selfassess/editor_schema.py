"""A JSON Schema (draft-07) of the responses to one questionnaire: an editor completes ids and explains them by it.

It accepts every response that the reader accepts. It says types, options, limits and shapes; conditions, sums and what
compares answers stay with ``check``, and so do the decimals of a number, which schemas compute in binary fractions.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from selfassess import limits
from selfassess.identifiers import DIGEST, ID
from selfassess.languages.texts import Texts
from selfassess.model.questionnaire import Column, Grade, Kind, Option, Question, Questionnaire
from selfassess.schemas import Document
from selfassess.schemas.response import (
    DECLARATION_KEYS,
    EVIDENCE_NEEDED,
    FORMAT,
    NEEDED,
)

DRAFT = "http://json-schema.org/draft-07/schema#"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
NOTHING = [None, ""]  # what says nothing: the answer is missing
Schema = dict[str, Any]


def response_schema(questionnaire: Document[Questionnaire], texts: Texts) -> Schema:
    """Return the schema of the responses to a questionnaire, with titles in the language of the texts."""
    named = questionnaire.content
    pin = {"id": named.id, "version": named.version, "digest": questionnaire.digest}
    questions = list(named.questions())
    claims = _object({question.id: _claim(question, texts) for question in questions})
    properties: Schema = {
        "format": {"const": FORMAT},
        "questionnaire": {"const": pin, "description": texts.text("title")},
        "tender": _id(),
        "lots": {"type": "array", "items": _id(), "uniqueItems": True},
        "language": _id(),
        "supplier": _supplier(named, texts),
        "answers": {"$ref": "#/definitions/answers"},
        "lot_answers": {"type": "object", "additionalProperties": {"$ref": "#/definitions/answers"}},
        "not_applicable": {"$ref": "#/definitions/claims"},
        "lot_not_applicable": {"type": "object", "additionalProperties": {"$ref": "#/definitions/claims"}},
        "comments": _object(dict.fromkeys((question.id for question in questions), _or_nothing(_text()))),
        "confidential": _object(dict.fromkeys((question.id for question in questions), _text())),
        "evidence": {"type": "array", "maxItems": limits.EVIDENCE_ENTRIES, "items": _document(named, texts)},
        "declaration": {"anyOf": [{"type": "null"}, _declaration()]},
    }
    return {
        "$schema": DRAFT,
        "title": f"{texts.text('title')} ({named.id} {named.version})",
        "type": "object",
        "properties": properties,
        "required": sorted(NEEDED),
        "additionalProperties": False,
        "definitions": {
            "answers": _object({question.id: _answer(question, texts) for question in questions}),
            "claims": claims,
        },
    }


def _object(properties: Schema, required: Sequence[str] = ()) -> Schema:
    made: Schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return made | ({"required": sorted(required)} if required else {})


def _id() -> Schema:
    return {"type": "string", "pattern": f"^{ID.pattern}$"}


def _text(most: int = limits.COMMENT_CHARACTERS) -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": most}


def _name() -> Schema:
    return _text(limits.NAME_CHARACTERS)


def _or_nothing(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"enum": NOTHING}]}


def _answer(question: Question, texts: Texts) -> Schema:
    said = {"title": f"{question.id}: {texts.text(f'{question.id}/text')}"}
    if question.help:
        said["description"] = texts.text(f"{question.id}/help")
    if question.table is None:
        return said | _or_nothing(_value(question, question.id, texts))
    columns = {
        column.id: {"title": texts.text(f"{question.id}/columns/{column.id}/text")} | _cell(question, column, texts)
        for column in question.table.columns
    }
    rows = {"type": "array", "maxItems": limits.TABLE_ROWS, "items": _object(columns, sorted(_needed(question)))}
    return said | _or_nothing(rows)


def _needed(question: Question) -> set[str]:
    """Return the columns of a table that every row must fill in."""
    table = question.table
    if table is None:
        return set()
    return {column.id for column in table.columns if column.required} | {table.key} | {table.weight or table.key}


def _cell(question: Question, column: Column, texts: Texts) -> Schema:
    value = _value(column, f"{question.id}/columns/{column.id}", texts)
    if question.table is not None and column.id == question.table.key:
        value["maxLength"] = limits.NAME_CHARACTERS
    return value if column.id in _needed(question) else _or_nothing(value)


def _value(asked: Question | Column, at: str, texts: Texts) -> Schema:
    """Return the schema of an answer that says something."""
    if asked.type is Kind.CHOICE:
        return _options(asked.options, at, texts)
    if asked.type is Kind.CHOICES:
        made: Schema = {"type": "array", "uniqueItems": True, "items": _options(asked.options, at, texts)}
        alone = [option.id for option in asked.options if option.exclusive]
        only = [{"not": {"allOf": [{"contains": {"const": id_}}, {"minItems": 2}]}} for id_ in alone]
        return made | ({"allOf": only} if only else {})
    if asked.type in (Kind.NUMBER, Kind.PERCENT):
        is_percent = asked.type is Kind.PERCENT
        least, most = (Decimal(0), Decimal(100)) if is_percent else (asked.minimum, asked.maximum)
        bounds = {"minimum": least, "maximum": most}
        unit = "%" if is_percent else texts.text(f"{at}/unit") if asked.unit else ""
        return {
            "type": "integer" if asked.decimals == 0 else "number",
            **{name: bound for name, bound in bounds.items() if bound is not None},
            **({"description": unit} if unit else {}),
        }
    simple: dict[Kind, Schema] = {
        Kind.BOOLEAN: {"type": "boolean"},
        Kind.DATE: {"type": "string", "format": "date", "pattern": DAY},
        Kind.TEXT: _text(),
    }
    return simple[asked.type]


def _options(options: Sequence[Option], at: str, texts: Texts) -> Schema:
    """Return a choice of options; ``enumDescriptions`` is what editors show beside each."""
    ids = [option.id for option in options]
    return {"type": "string", "enum": ids, "enumDescriptions": [texts.text(f"{at}/{id_}/text") for id_ in ids]}


def _claim(question: Question, texts: Texts) -> Schema:
    reasons = list(question.not_applicable)
    said = [texts.text(f"reason/{id_}") for id_ in reasons]
    return {
        "title": texts.text(f"{question.id}/text"),
        "enum": [*reasons, *NOTHING],
        "enumDescriptions": [*said, "", ""],
    }


def _supplier(questionnaire: Questionnaire, texts: Texts) -> Schema:
    roles = [role.id for role in questionnaire.roles]
    said = [texts.text(f"role/{id_}") for id_ in roles]
    role: Schema = {"enum": roles, "enumDescriptions": said} if roles else {"not": {}}
    identifier = _object({"scheme": _name(), "id": _name()}, ["scheme", "id"])
    properties = {"name": _name(), "identifier": identifier, "country": _name(), "role": role}
    return _object(properties, ["name"])


def _document(questionnaire: Questionnaire, texts: Texts) -> Schema:
    kinds = [kind.id for kind in questionnaire.evidence_kinds]
    properties: Schema = {
        "id": _id(),
        "title": _text(limits.TITLE_CHARACTERS),
        "kind": {"enum": kinds, "enumDescriptions": [texts.text(f"evidence/{id_}") for id_ in kinds]},
        "grade": {"enum": [grade.name for grade in Grade]},
        "file": _text(limits.TITLE_CHARACTERS),
        "sha256": {"type": "string", "pattern": f"^{DIGEST.pattern}$"},
        "issuer": _name(),
        "issued": {"type": "string", "format": "date", "pattern": DAY},
        "expires": {"type": "string", "format": "date", "pattern": DAY},
        "supports": {"type": "array", "items": _target(questionnaire)},
        "lot": _id(),
    }
    if not kinds:
        properties["kind"] = {"not": {}}
    return _object(properties, sorted(EVIDENCE_NEEDED))


def _target(questionnaire: Questionnaire) -> Schema:
    """Return what a document may support: a question, or a row of a question that is a table."""
    ids = [question.id for question in questionnaire.questions()]
    row = f"^(?:{'|'.join(id_.replace('.', '[.]') for id_ in ids)})/"
    return {"anyOf": [{"enum": ids}, _name() | {"pattern": row}]}


def _declaration() -> Schema:
    day = {"type": "string", "format": "date", "pattern": DAY}
    return _object({"name": _name(), "position": _name(), "date": day}, sorted(DECLARATION_KEYS))
