"""JSON Schemas (draft-07) of the documents that people write: an editor completes keys and words and marks slips.

They are made of the very fields by which the documents are read, and accept every document that is read. What compares
two parts, sums, and what only a number's or a text's form decides stays with ``check``.
"""

from __future__ import annotations

import inspect
from typing import Any

from marshmallow import Schema as Fields
from marshmallow import fields

from selfassess.identifiers import DIGEST, ID
from selfassess.model.conditions import Operator
from selfassess.schemas import SCHEMAS
from selfassess.schemas.conditions import ConditionField
from selfassess.schemas.containers import MappingOf
from selfassess.schemas.fields import Count, Day, Flag, Formed, Moment, Number, Text, Word

DRAFT = "http://json-schema.org/draft-07/schema#"
DAY, MOMENT = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T"
KINDS = tuple(format_.partition("/")[2].partition("@")[0] for format_ in SCHEMAS)
Schema = dict[str, Any]


def document_schema(kind: str) -> Schema:
    """Return the schema of a kind of document: ``questionnaire``, ``profile``, ``tender``, ``review`` …"""
    made = _Made()
    top = made.mapping(SCHEMAS[f"selfassess/{kind}@1"])
    return {"$schema": DRAFT, "title": f"selfassess/{kind}@1"} | top | {"definitions": made.definitions}


class _Made:
    """The schema that is being made: mappings inside others are definitions, by the name of their class."""

    def __init__(self) -> None:
        self.definitions: dict[str, Schema] = {}

    def mapping(self, schema: Fields) -> Schema:
        """Return the schema of a mapping of known keys."""
        named = {field.data_key or name: field for name, field in schema.fields.items()}
        required = sorted(key for key, field in named.items() if field.required)
        made: Schema = {
            "type": "object",
            "description": inspect.cleandoc(type(schema).__doc__ or ""),
            "properties": {key: self.value(field) for key, field in named.items()},
            "additionalProperties": False,
        }
        return made | ({"required": required} if required else {})

    def value(self, field: fields.Field[Any]) -> Schema:
        """Return the schema of what one field takes; a field with a form of its own takes anything."""
        if isinstance(field, fields.Nested):
            return self._part(field.schema)
        if isinstance(field, fields.List):
            least = getattr(field, "least", 0)
            return {"type": "array", "items": self.value(field.inner)} | ({"minItems": least} if least else {})
        if isinstance(field, MappingOf):
            return {"type": "object", "additionalProperties": self.value(field.inner)}
        if isinstance(field, ConditionField):
            return self._condition()
        return _simple(field)

    def _part(self, schema: Fields) -> Schema:
        name = type(schema).__name__.removesuffix("Schema")
        if name not in self.definitions:
            self.definitions[name] = {}
            self.definitions[name] = self.mapping(schema)
        return {"$ref": f"#/definitions/{name}"}

    def _condition(self) -> Schema:
        own = {"$ref": "#/definitions/Condition"}
        several = {"type": "array", "items": own, "minItems": 1}
        word = {"type": "string"}
        one_or_more = {"anyOf": [word, {"type": "array", "items": word}]}
        joined: Schema = {
            "all": several,
            "any": several,
            "not": own,
            "every_row": own,
            "when_false": {"const": "leave"},
        }
        subjects: Schema = {"question": word, "column": word, "lot": one_or_more, "role": one_or_more}
        compared: Schema = {operator.value: {} for operator in Operator} | {"answered": {"const": True}}
        self.definitions["Condition"] = {
            "type": "object",
            "description": "One subject with one comparison, or all, any, not of such.",
            "properties": joined | subjects | compared,
            "additionalProperties": False,
        }
        return own


def _simple(field: fields.Field[Any]) -> Schema:
    """Return the schema of a field without parts."""
    if isinstance(field, Word):
        return {"enum": list(field.words)}
    if isinstance(field, Formed):
        return _formed(field)
    if isinstance(field, Text):
        return {"type": "string", "minLength": 1, "maxLength": field.limit}
    if isinstance(field, Count):
        return {"type": "integer", "minimum": 0, "maximum": field.most}
    plain: list[tuple[type, Schema]] = [
        (Number, {"type": "number"}),
        (Flag, {"type": "boolean"}),
        (Day, {"type": "string", "pattern": DAY}),
        (Moment, {"type": "string", "pattern": MOMENT}),
    ]
    return next((schema for kind, schema in plain if isinstance(field, kind)), {})


def _formed(field: Formed) -> Schema:
    patterns = {"id-form": f"^{ID.pattern}$", "digest-form": f"^{DIGEST.pattern}$"}
    pattern = patterns.get(field.code.word)
    return {"type": "string"} | ({"pattern": pattern} if pattern else {})
