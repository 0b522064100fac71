"""How a publication is written."""

from __future__ import annotations

from typing import Any

from marshmallow import post_load

from selfassess import limits
from selfassess.model.publication import FrozenPin, FrozenPlan, Publication
from selfassess.problems import Code
from selfassess.schemas.base import Strict, plain
from selfassess.schemas.containers import MappingOf, Part, Several
from selfassess.schemas.fields import (
    Moment,
    Text,
    Word,
    Written,
    digest_field,
    id_field,
    kind_of,
    refusal,
    version_field,
)


class Whole(Written):
    """A mapping that is kept as it stands: a document of its own, or what only its digest is asked of."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise refusal(Code.TYPE, found=kind_of(value), expected="a mapping")
        whole: dict[str, Any] = plain(value)
        return whole

    def as_written(self, value: Any) -> Any:
        """Return the mapping without the reader's own types."""
        return plain(value)


class FrozenPinSchema(Strict):
    """A document named by its meaning and by its bytes."""

    id = id_field(required=True)
    version = version_field()
    digest = digest_field(required=True)
    raw_digest = digest_field(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FrozenPin:
        """Build the pin."""
        return FrozenPin(**data)


class FrozenPlanSchema(Strict):
    """The fingerprint of a plan."""

    lot = id_field(required=True)
    buyer = Text(limits.NAME_CHARACTERS)
    fingerprint = digest_field(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> FrozenPlan:
        """Build the fingerprint."""
        return FrozenPlan(**data)


class DocumentsSchema(Strict):
    """The documents that were frozen."""

    tender = Whole(required=True)
    profile = Whole(required=True)
    questionnaire = Whole(required=True)


class PublicationSchema(Strict):
    """What was published of a tender."""

    format = Word(["selfassess/publication@1"], required=True)
    published = Moment(required=True)
    program = Text(limits.NAME_CHARACTERS, required=True)
    method = Text(limits.NAME_CHARACTERS, required=True)
    tender = Part(FrozenPinSchema, required=True)
    questionnaire = Part(FrozenPinSchema, required=True)
    profile = Part(FrozenPinSchema, required=True)
    reasons_digest = digest_field(required=True)
    plans = Several(Part(FrozenPlanSchema), required=True, least=1)
    award = Whole(required=True)
    seed_digest = digest_field()
    annex = MappingOf(digest_field(), required=True)
    documents = Part(DocumentsSchema, required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Publication:
        """Build the publication."""
        return Publication(
            **{key: value for key, value in data.items() if key != "format"} | {"plans": tuple(data["plans"])}
        )
