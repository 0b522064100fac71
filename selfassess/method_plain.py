"""How bids are compared, as plain data: the rule for ties and each lot's price model."""

from __future__ import annotations

from typing import Any

from selfassess.model.tender import PriceModel, Tender
from selfassess.numbers import exactly


def award_plain(tender: Tender) -> dict[str, Any]:
    """Return how bids are compared, as plain data: the rule for ties, and each lot's price model."""
    return {
        "tie_rule": list(tender.tie_rule),
        "lots": [{"lot": lot.id, **price_plain(lot.price)} for lot in tender.lots],
    }


def price_plain(price: PriceModel) -> dict[str, Any]:
    """Return a price model as plain data."""
    costs = [
        {"id": item.id, "question": item.question, "unit_cost": exactly(item.unit_cost), "method": item.method}
        for item in price.costs
    ]
    return {
        "price_model": price.model,
        "currency": price.currency,
        "vat": price.vat,
        "parameters": {name: exactly(value) for name, value in price.parameters.items()},
        "clamp": price.clamp,
        "winners": "all that are admitted" if price.model == "admit_all_above" else str(price.winners),
        **({"rate_source": price.rate_source} if price.rate_source else {}),
        **({"costs": costs} if costs else {}),
    }
