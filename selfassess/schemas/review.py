"""How a review is written."""

from __future__ import annotations

from typing import Any

from marshmallow import ValidationError, post_load, validates_schema

from selfassess import limits
from selfassess.model.questionnaire import Grade
from selfassess.model.review import Action, Entry, Monitoring, Review
from selfassess.problems import Code
from selfassess.schemas.base import Strict
from selfassess.schemas.containers import Part, Several
from selfassess.schemas.fields import (
    Day,
    Flag,
    Number,
    Said,
    Text,
    Word,
    digest_field,
    id_field,
    supplier_field,
    text_of,
)

ROLES = ("evaluator", "auditor", "monitor", "supplier")
REVIEWING, MONITORING = ("supplier", "response"), ("monitor", "tender")


class Reason(Text):
    """Why an entry says what it says; an empty one refuses the entry, by name, and not the whole review."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        return super()._deserialize(value) if text_of(value) else ""


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
    reason = Reason(limits.COMMENT_CHARACTERS, lines=True)
    source = Text(limits.TITLE_CHARACTERS)
    grade = Word(["E4"])
    date = Day(required=True)
    moderate = Flag()
    previous = digest_field()

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Entry:
        """Build the entry; one without a reason is refused later, by name."""
        grade = Grade[data["grade"]] if "grade" in data else None
        own = {"action": Action(data["action"]), "reason": data.get("reason", ""), "grade": grade}
        return Entry(**(data | own))


class PinnedResponseSchema(Strict):
    """The response that a review is about."""

    digest = digest_field(required=True)


class MonitorSchema(Strict):
    """The organisation that visits sites."""

    name = Text(limits.NAME_CHARACTERS, required=True)


class PinnedTenderSchema(Strict):
    """The tender for which findings on sites are given."""

    id = id_field(required=True)
    digest = digest_field(required=True)


class ReviewSchema(Strict):
    """A review: of one supplier's response, or a monitor's of sites that several suppliers may use."""

    format = Word(["selfassess/review@1"], required=True)
    supplier = supplier_field()
    response = Part(PinnedResponseSchema)
    monitor = Part(MonitorSchema)
    tender = Part(PinnedTenderSchema)
    entries = Several(Part(EntrySchema), required=True)

    @validates_schema
    def pair(self, data: dict[str, Any], **_: Any) -> None:
        """Refuse what is neither a supplier's review nor a monitor's, or both."""
        needed, other = (MONITORING, REVIEWING) if "monitor" in data else (REVIEWING, MONITORING)
        faults = {key: [Said(Code.MISSING_KEY)] for key in needed if key not in data}
        known = ", ".join(("format", *needed, "entries"))
        faults |= {key: [Said(Code.UNKNOWN_KEY, key=key, known=known)] for key in other if key in data}
        if faults:
            raise ValidationError(faults)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Review:
        """Build the review."""
        monitoring = None
        if "monitor" in data:
            tender = data["tender"]
            monitoring = Monitoring(name=data["monitor"]["name"], tender=tender["id"], tender_digest=tender["digest"])
        return Review(
            supplier=data.get("supplier"),
            monitoring=monitoring,
            origin=monitoring.tender_digest if monitoring else data["response"]["digest"],
            entries=tuple(data["entries"]),
        )
