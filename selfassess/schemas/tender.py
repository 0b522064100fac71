"""How a tender is written."""

from __future__ import annotations

from typing import Any

from marshmallow import post_load

from selfassess import limits
from selfassess.model.tender import Buyer, CostItem, Externality, Lot, PriceModel, Tender
from selfassess.schemas.base import Strict, document_fields
from selfassess.schemas.conditions import ConditionField
from selfassess.schemas.containers import Part, Several
from selfassess.schemas.fields import Count, Moment, Number, Text, Word, id_field
from selfassess.schemas.profile import ChangesSchema, PinSchema

MODELS = (
    "deduction",
    "absolute_linear",
    "surcharge",
    "fixed_price",
    "threshold_lowest_price",
    "admit_all_above",
    "life_cycle_cost",
    "relative_proportional",
    "relative_linear",
    "relative_range",
)
PARAMETERS = (
    "full_quality",
    "price_points",
    "quality_points",
    "low",
    "high",
    "minimum_quality",
    "years",
    "discount_rate",
)


class BuyerSchema(Strict):
    """A buyer."""

    name = Text(limits.NAME_CHARACTERS, required=True)
    country = Text(limits.NAME_CHARACTERS, required=True)
    volume = Number()
    profile_changes = Part(ChangesSchema)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Buyer:
        """Build the buyer."""
        return Buyer(**data)


class ExternalitySchema(Strict):
    """Why a cost that the environment bears may count."""

    value_source = Text(limits.COMMENT_CHARACTERS)
    objective = Text(limits.COMMENT_CHARACTERS)
    accessible = Text(limits.COMMENT_CHARACTERS)
    effort = Text(limits.COMMENT_CHARACTERS)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Externality:
        """Build the reasons."""
        return Externality(**data)


class CostItemSchema(Strict):
    """A yearly cost of a life cycle."""

    id = id_field(required=True)
    title = Text(limits.TITLE_CHARACTERS, required=True)
    question = id_field(required=True)
    unit_cost = Number(required=True)
    method = Text(limits.COMMENT_CHARACTERS)
    externality = Part(ExternalitySchema)

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> CostItem:
        """Build the item."""
        return CostItem(**data)


class LotPriceSchema(Strict):
    """The parameters of a price model for one lot."""

    full_quality = Number()
    price_points = Number()
    quality_points = Number()
    low = Number()
    high = Number()
    minimum_quality = Number()
    years = Number()
    discount_rate = Number()
    rate_source = Text(limits.COMMENT_CHARACTERS)
    costs = Several(Part(CostItemSchema), least=1)
    clamp = Word(["none", "cheap", "dear", "both"])
    winners = Count(limits.BIDS)


class PriceSchema(LotPriceSchema):
    """A price model with its parameters."""

    model = Word(MODELS, required=True)
    currency = Text(limits.NAME_CHARACTERS, required=True)
    vat = Word(["included", "excluded"], required=True)


class LotSchema(Strict):
    """A lot."""

    id = id_field(required=True)
    title = Text(limits.TITLE_CHARACTERS, required=True)
    sections = Several(id_field(), least=1)
    questions = Several(id_field(), least=1)
    without = Several(id_field(), least=1)
    bid_when = ConditionField()
    price = Part(LotPriceSchema)
    estimated_value = Number()
    winners = Count(limits.BIDS)


class DisclosureSchema(Strict):
    """Who may see what."""

    scores = Word(["public", "bidders", "buyer"], required=True)


class TenderSchema(Strict):
    """A tender."""

    locals().update(document_fields("selfassess/tender@1", version=False))
    title = Text(limits.TITLE_CHARACTERS, required=True)
    buyers = Several(Part(BuyerSchema), least=1, required=True)
    deadline = Moment(required=True)
    questionnaire = Part(PinSchema, required=True)
    profile = Part(PinSchema, required=True)
    profile_changes = Part(ChangesSchema)
    lots = Several(Part(LotSchema), least=1, required=True)
    price = Part(PriceSchema, required=True)
    tie_rule = Several(Text(limits.NAME_CHARACTERS), required=True)
    languages = Several(id_field(), least=1, required=True)
    disclosure = Part(DisclosureSchema)
    estimated_value = Number()

    @post_load
    def build(self, data: dict[str, Any], **_: Any) -> Tender:
        """Build the tender, each lot with its price model."""
        data.pop("format")
        price, disclosure = data.pop("price"), data.pop("disclosure", None)
        if disclosure is not None:
            data["scores_are_seen_by"] = disclosure["scores"]
        lots = tuple(_lot(lot, price) for lot in data["lots"])
        tuples = {key: tuple(data[key]) for key in ("buyers", "tie_rule", "languages")}
        return Tender(**(data | tuples | {"lots": lots, "profile_changes": data.get("profile_changes", {})}))


def _lot(data: dict[str, Any], price: dict[str, Any]) -> Lot:
    own = price | data.pop("price", {})
    if "winners" in data:
        own["winners"] = data.pop("winners")
    model = PriceModel(
        model=own["model"],
        currency=own["currency"],
        vat=own["vat"],
        parameters={name: own[name] for name in PARAMETERS if name in own},
        clamp=own.get("clamp", "none"),
        winners=own.get("winners", 1),
        costs=tuple(own.get("costs", ())),
        rate_source=own.get("rate_source", ""),
    )
    sections = data.pop("sections", None)
    data |= {key: tuple(data.get(key, ())) for key in ("questions", "without")}
    return Lot(**data, price=model, sections=None if sections is None else tuple(sections))
