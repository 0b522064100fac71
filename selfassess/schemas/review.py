"""How a review is written."""

from __future__ import annotations

from typing import Any

from marshmallow import post_load

from selfassess import limits
from selfassess.model.review import Action, Entry, Review
from selfassess.schemas.base import Strict
from selfassess.schemas.containers import Part, Several
from selfassess.schemas.fields import Day, Flag, Number, Text, Word, digest_field, id_field, supplier_field

ROLES = ("evaluator", "auditor", "monitor")


class EntrySchema(Strict):
    """One finding."""

    id = id_field(required=True)
    lot = id_field()
    question = id_field(required=True)
    row = Text(limits.NAME_CHARACTERS)
    action = Word([action.value for action in Action], required=True)
    value = Number()
    document = id_field()
    person = Text(limits.NAME_CHARACTERS, required=True)
    role = Word(ROLES, required=True)
    reason = Text(limits.COMMENT_CHARACTERS, lines=True)
    source = Text(limits.TITLE_CHARACTERS)
    date = Day(required=True)
    moderate = Flag()
    previous = digest_field()

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Entry:
        """Build the entry; one without a reason is refused later, by name."""
        return Entry(**(data | {"action": Action(data["action"]), "reason": data.get("reason", "")}))


class PinnedResponseSchema(Strict):
    """The response that a review is about."""

    digest = digest_field(required=True)


class ReviewSchema(Strict):
    """A review."""

    format = Word(["selfassess/review@1"], required=True)
    supplier = supplier_field(required=True)
    response = Part(PinnedResponseSchema, required=True)
    entries = Several(Part(EntrySchema), required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Review:
        """Build the review."""
        return Review(
            supplier=data["supplier"], response_digest=data["response"]["digest"], entries=tuple(data["entries"])
        )
