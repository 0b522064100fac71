"""A price model has the parameters that its formula takes, and no others; a life cycle's costs meet article 68."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from selfassess.model.questionnaire import Kind, Question, Questionnaire
from selfassess.model.tender import CostItem, Lot, PriceModel, Tender
from selfassess.plan import asked_in
from selfassess.problems import Code, Fault

NEEDED: Mapping[str, tuple[str, ...]] = {
    "deduction": ("full_quality",),
    "absolute_linear": ("price_points", "quality_points", "low", "high"),
    "surcharge": ("price_points", "quality_points"),
    "fixed_price": (),
    "threshold_lowest_price": ("minimum_quality",),
    "admit_all_above": ("minimum_quality",),
    "life_cycle_cost": ("years",),
    "relative_proportional": ("price_points", "quality_points"),
    "relative_linear": ("price_points", "quality_points"),
    "relative_range": ("price_points", "quality_points"),
}
MAY_BE_ZERO = frozenset({"minimum_quality", "discount_rate"})
LIFE_CYCLE = "life_cycle_cost"
MOST_YEARS = 100  # a device, and a contract, ends long before; more only makes the fractions long
EXTERNALITY: Mapping[str, str] = {
    "value_source": "where its money value is determined and can be verified (article 68(1)(b))",
    "objective": "why its method is objective and favours nobody (article 68(2)(a))",
    "accessible": "where all can read its method (article 68(2)(b))",
    "effort": "why bidders can give its data with reasonable effort (article 68(2)(c))",
}


def price_faults(tender: Tender, questionnaire: Questionnaire) -> Iterator[Fault]:
    """Yield a fault for each thing that makes the price model of a lot incomplete."""
    for index, lot in enumerate(tender.lots):
        reasons = [reason for finder in REASONS for reason in finder(lot.price)]
        reasons += _cost_reasons(lot, questionnaire)
        for reason in reasons:
            values = {"model": lot.price.model, "reason": f"{reason} in lot {lot.id}"}
            yield Fault(pointer="/price" if index == 0 else f"/lots/{index}", code=Code.PRICE_MODEL, values=values)


def _parameters(price: PriceModel) -> Iterator[str]:
    needed = NEEDED[price.model]
    optional = ("discount_rate",) if price.model == LIFE_CYCLE else ()
    for name in needed:
        if name not in price.parameters:
            yield f"{name} is missing"
    for name, value in price.parameters.items():
        if name not in (*needed, *optional):
            yield f"it takes no {name}"
        elif value < 0 or (name not in MAY_BE_ZERO and value == 0):
            yield f"{name} must be {'0 or more' if name in MAY_BE_ZERO else 'above 0'}"


def _bounds(price: PriceModel) -> Iterator[str]:
    given = price.parameters
    if "low" in given and "high" in given and given["low"] >= given["high"]:
        yield "low must be below high"
    if given.get("minimum_quality", Decimal(0)) > 100:  # noqa: PLR2004  the total runs to 100
        yield "minimum_quality must not exceed 100"
    if price.clamp != "none" and price.model != "absolute_linear":
        yield "only absolute_linear can be clamped"
    if price.winners < 1:
        yield "winners must be at least 1"
    if price.winners != 1 and price.model == "admit_all_above":
        yield "it takes no winners, since every bid that reaches the threshold is admitted"


def _life_cycle(price: PriceModel) -> Iterator[str]:
    if price.model != LIFE_CYCLE:
        if price.costs:
            yield "it takes no costs"
        if price.rate_source:
            yield "it takes no rate_source"
        return
    years = price.parameters.get("years", Decimal(1))
    if years != years.to_integral_value() or years > MOST_YEARS:
        yield f"years must be a whole number up to {MOST_YEARS}"
    if not price.costs:
        yield "costs are missing: the data that bidders give must be stated (article 68(2))"
    if ("discount_rate" in price.parameters) != bool(price.rate_source):
        yield "discount_rate and rate_source, where the rate is published, go together"


REASONS: tuple[Callable[[PriceModel], Iterator[str]], ...] = (_parameters, _bounds, _life_cycle)


def _cost_reasons(lot: Lot, questionnaire: Questionnaire) -> Iterator[str]:
    asked = asked_in(questionnaire, lot)
    questions = {question.id: question for question in questionnaire.questions() if question.id in asked}
    seen: set[str] = set()
    for item in lot.price.costs:
        if item.id.casefold() in seen:
            yield f"the cost {item.id} stands twice"
        seen.add(item.id.casefold())
        for reason in _item_reasons(item, questions.get(item.question)):
            yield f"the cost {item.id} {reason}"


def _item_reasons(item: CostItem, question: Question | None) -> Iterator[str]:
    if question is None:
        yield f"looks at {item.question}, which is not asked"
    elif question.type not in (Kind.NUMBER, Kind.PERCENT):
        yield f"looks at {item.question}, whose answer is no number"
    elif question.minimum is not None and question.minimum < 0:
        yield f"looks at {item.question}, whose answer may lie below 0"
    if item.unit_cost <= 0:
        yield "must have a unit_cost above 0"
    if not item.method:
        yield "does not state its method (article 68(2))"
    if item.externality is not None:
        for name, meaning in EXTERNALITY.items():
            if not getattr(item.externality, name):
                yield f"is an externality and does not say in {name} {meaning}"
