"""What all schemas share: unknown keys are refused, and messages carry codes."""

from __future__ import annotations

from typing import Any

from marshmallow import RAISE, Schema, fields

from selfassess.problems import Code
from selfassess.schemas.fields import Said, Word, Written, id_field, version_field


class Strict(Schema):
    """A mapping of known keys, each of one kind."""

    class Meta:
        """Refuse unknown keys."""

        unknown = RAISE

    error_messages = {  # noqa: RUF012  marshmallow's own name and form
        "unknown": Said(Code.UNKNOWN_KEY),
        "type": Said(Code.TYPE, found="something else", expected="a mapping"),
    }


def document_fields(format_: str, *, version: bool = True) -> dict[str, Any]:
    """Return the fields that name a document: format, id, and version."""
    named: dict[str, Any] = {"format": Word([format_], required=True), "id": id_field(required=True)}
    return named | ({"version": version_field(required=True)} if version else {})


def as_written(field: fields.Field[Any], value: Any) -> Any:
    """Return the plain typed value of a valid document's part, as it is digested."""
    if isinstance(field, fields.Nested):
        return written(field.schema, value)
    if isinstance(field, fields.List):
        return [as_written(field.inner, entry) for entry in value]
    inner = getattr(field, "inner", None)
    if inner is not None and isinstance(value, dict):
        return {key: as_written(inner, entry) for key, entry in value.items()}
    if isinstance(field, Written):
        return field.as_written(value)
    return plain(value)


def plain(value: Any) -> Any:
    """Return texts, lists and mappings of texts without the reader's own types."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, list):
        return [plain(entry) for entry in value]
    return str(value) if isinstance(value, str) else value


def written(schema: Schema, data: dict[str, Any]) -> dict[str, Any]:
    """Return a valid document as typed plain data: what is digested, nothing added and nothing dropped."""
    by_key = {field.data_key or name: field for name, field in schema.fields.items()}
    return {key: as_written(by_key[key], value) for key, value in data.items()}
