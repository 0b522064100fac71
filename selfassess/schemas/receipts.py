"""How receipts are written."""

from __future__ import annotations

from typing import Any

from marshmallow import post_load

from selfassess.model.receipts import Receipt, Receipts
from selfassess.schemas.base import Strict
from selfassess.schemas.containers import Part, Several
from selfassess.schemas.fields import Count, Moment, Text, Word, digest_field, id_field

PATH_CHARACTERS = 4_000  # what the systems allow for a path
MOST = 10**15  # as many digits as a number may have


class ReceiptSchema(Strict):
    """One receipt."""

    counter = Count(MOST, required=True)
    path = Text(PATH_CHARACTERS, required=True)
    raw_digest = digest_field()
    size = Count(MOST)
    digest = digest_field()
    received = Moment(required=True)
    previous = digest_field(required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Receipt:
        """Build the receipt."""
        return Receipt(**data)


class ReceiptsSchema(Strict):
    """The receipts of a tender."""

    format = Word(["selfassess/receipts@1"], required=True)
    tender = id_field(required=True)
    receipts = Several(Part(ReceiptSchema), required=True)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Receipts:
        """Build the receipts."""
        return Receipts(tender=data["tender"], receipts=tuple(data["receipts"]))
