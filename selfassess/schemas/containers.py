"""Strict fields for lists and for mappings from ids."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, ValidationError, fields

from selfassess.identifiers import is_id
from selfassess.problems import Code
from selfassess.schemas.fields import Said, Written, kind_of, refusal

MESSAGES = {
    "required": Said(Code.MISSING_KEY),
    "null": Said(Code.TYPE, found="nothing", expected="a value"),
    "invalid": Said(Code.TYPE, found="something else", expected="a list"),
}


class Part(fields.Nested):
    """A mapping of known keys inside another."""

    def __init__(self, schema: type[Schema], **more: Any) -> None:
        super().__init__(schema, error_messages=dict(MESSAGES), **more)


class Several(fields.List[Any]):
    """A list; its entries are fields that say how they were written."""

    def __init__(self, inner: fields.Field[Any], *, least: int = 0, most: int = 10_000, **more: Any) -> None:
        super().__init__(inner, error_messages=dict(MESSAGES), **more)
        self.least, self.most = least, most

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> list[Any]:
        if not isinstance(value, list):
            raise refusal(Code.TYPE, found=kind_of(value), expected="a list")
        if len(value) < self.least:
            raise refusal(Code.EMPTY)
        if len(value) > self.most:
            raise refusal(Code.LIMIT_ROWS, count=str(len(value)), limit=str(self.most))
        return super()._deserialize(value, *rest, **more)


class MappingOf(Written):
    """A mapping from ids to values of one kind; ids are unique when capitals are ignored."""

    def __init__(self, inner: fields.Field[Any], **more: Any) -> None:
        super().__init__(**more)
        self.inner = inner

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise refusal(Code.TYPE, found=kind_of(value), expected="a mapping")
        found, wrong, seen = {}, {}, set()
        for key, entry in value.items():
            if not is_id(key):
                wrong[key] = [Said(Code.ID_FORM, text=key or "nothing")]
            elif key.casefold() in seen:
                wrong[key] = [Said(Code.DUPLICATE_ID, kind="key", id=key)]
            else:
                try:
                    found[key] = self.inner.deserialize(entry)
                except ValidationError as error:
                    wrong[key] = error.messages  # type: ignore[assignment]
            seen.add(key.casefold())
        if wrong:
            raise ValidationError(wrong)
        return found
