"""How a lot is awarded, in words, with an example of three invented bids computed by the very functions that rank."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import reduce

from selfassess.annex.cards import AwardCard, ExampleBid, Method
from selfassess.award import MODELS, Bid
from selfassess.award.models import ADMITS_ALL, LIFE_CYCLE, years_factor
from selfassess.award.ordering import DRAW
from selfassess.languages import Words, message
from selfassess.model.questionnaire import Kind
from selfassess.model.tender import CostItem, Lot, PriceModel
from selfassess.numbers import exactly, rounded, shown
from selfassess.plan import ScoringPlan
from selfassess.prospectus.front import PARAMETERS
from selfassess.scorecard.cards import Line
from selfassess.scorecard.figures import HUNDRED, Figures
from selfassess.scorecard.price import FORMULAS, LINES, Terms
from selfassess.wording import VAT, WINS, figure

NAMES = ("A", "B", "C")
QUALITIES = (Fraction(3, 5), Fraction(17, 20), Fraction(9, 20))
PRICES = (Fraction(1), Fraction(11, 10), Fraction(9, 10))  # of the price that the example is about
INSIDE = (Fraction(1, 2), Fraction(7, 10), Fraction(2, 5))  # between two published prices
QUANTITIES = (Fraction(1, 2), Fraction(1, 4), Fraction(3, 4))  # of the most that an answer can say
ROUND_PRICE = 1_000_000
DEDUCTIONS = 4  # a price that is so many times the deduction for full quality
DRAWN = message(
    "the draw: the digest SHA-256 of a secret seed is published here; the seed is revealed when bids are opened, and "
    "the bid with the lowest SHA-256(seed ‖ lot ‖ supplier id) comes first"
)
TIES = {"quality": message("higher quality"), "price": message("lower price"), DRAW: DRAWN}
CLAMPS = {
    "cheap": message("at the cheap end"),
    "dear": message("at the dear end"),
    "both": message("at both its ends"),
}


def award_cards(method: Method) -> tuple[AwardCard, ...]:
    """Return how each lot is awarded."""
    return tuple(_card(method, lot, method.plans[lot.id]) for lot in method.tender.lots)


def _card(method: Method, lot: Lot, plan: ScoringPlan) -> AwardCard:
    figures = Figures(method.language, plan.profile.decimals)
    words, model = figures.words, lot.price.model
    rule = words.say(WINS[model])
    return AwardCard(
        lot=lot.id,
        title=lot.title,
        formula=f"{words.say(FORMULAS[model])}; {rule}",
        settings=tuple(_settings(method, lot, plan, figures)),
        said=_said(lot.price, words),
        bids=example(lot, plan, figures),
    )


def _settings(method: Method, lot: Lot, plan: ScoringPlan, figures: Figures) -> Iterator[Line]:
    price, words = lot.price, figures.words
    quality = words.say("the reviewed total out of 100, divided by 100, unrounded")
    yield Line(label=words.say("Quality"), value=quality)
    money = words.say("in {currency}, {vat}", currency=price.currency, vat=words.say(VAT[price.vat]))
    yield Line(label=words.say("Price"), value=money)
    for name, value in price.parameters.items():
        said = words.say(PARAMETERS[name])
        yield Line(label=f"{said[:1].upper()}{said[1:]}", value=figures.plain(value))
    if price.model == LIFE_CYCLE:
        factor = figures.value(years_factor(price))
        yield Line(label=words.say("Factor of the years"), value=factor, note=price.rate_source)
    for item in price.costs:
        yield Line(label=item.title, value=_cost(item, plan, figures), note=item.method)
    if price.clamp in CLAMPS:
        yield Line(label=words.say("Price points are cut off"), value=words.say(CLAMPS[price.clamp]))
    winners = words.say("every bid that is admitted") if price.model == ADMITS_ALL else str(price.winners)
    yield Line(label=words.say("Winners"), value=winners)
    yield Line(label=words.say("Ties"), value=ties_in_words(method, words))
    if method.seed_digest:
        yield Line(label=words.say("Digest of the seed"), value=method.seed_digest, tone="digest")


def _cost(item: CostItem, plan: ScoringPlan, figures: Figures) -> str:
    """Return how a cost of a year comes about from an answer."""
    unit, words = plan.questions[plan.positions[item.question]].question.unit, figures.words
    cost = figures.plain(item.unit_cost)
    if unit:
        return words.say("{cost} × the answer to {question}, in {unit}", cost=cost, question=item.question, unit=unit)
    return words.say("{cost} × the answer to {question}", cost=cost, question=item.question)


def ties_in_words(method: Method, words: Words) -> str:
    """Return the rule for ties in words."""
    titles = {section.section.id: section.section.title for section in method.plan.sections}
    said = [_tie(rule, titles, words) for rule in method.tender.tie_rule]
    if not said:
        return words.say("bids with equal figures share their place; nothing tells them apart")
    rules = reduce(lambda before, then: words.say("{rules}, then {next}", rules=before, next=then), said)
    return words.say("equal figures are told apart by {rules}; what is then still equal shares its place", rules=rules)


def _tie(rule: str, titles: Mapping[str, str], words: Words) -> str:
    if rule in TIES:
        return words.say(TIES[rule])
    section = rule.removeprefix("section:")
    return words.say("higher value in “{section}”", section=titles.get(section, section))


def _said(price: PriceModel, words: Words) -> str:
    if price.model == ADMITS_ALL:
        return words.say("Three invented bids. Their figures are computed by the very rules that rank the bids.")
    return words.say(
        "Three invented bids, prices in {currency}. Their figures are computed by the very rules that rank the bids.",
        currency=price.currency,
    )


def example(lot: Lot, plan: ScoringPlan, figures: Figures) -> tuple[ExampleBid, ...]:
    """Return three invented bids with their figures, best first; one that the model does not admit comes last."""
    price, words = lot.price, figures.words
    amounts = [_yearly(plan, price, share, words) for share in QUANTITIES]
    bids = [
        Bid(supplier=name, quality=quality, price=amount, yearly=yearly)
        for name, quality, amount, (yearly, _) in zip(NAMES, _qualities(price), _prices(lot), amounts, strict=True)
    ]
    compute, lowest_wins = MODELS[price.model]
    found = compute(bids, price)
    admitted = [value for value in found.values() if value is not None]
    rivals = [] if price.model == ADMITS_ALL else admitted  # all that are admitted win, in no order
    rows = []
    for bid, (_, said) in zip(bids, amounts, strict=True):
        value = found[bid.supplier]
        rows.append(
            ExampleBid(
                name=bid.supplier,
                quality=bid.quality,
                said=figure(exactly(bid.quality), figures.language),
                price=bid.price,
                yearly=said,
                line="" if value is None else _line(bid, bids, price, figures),
                figure=value,
                printed=words.say("not admitted") if value is None else _printed(value, figures),
                place=0 if value is None else _place(value, rivals, lowest_wins=lowest_wins),
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.place == 0, row.place)))


def _place(value: Fraction, rivals: Sequence[Fraction], *, lowest_wins: bool) -> int:
    return 1 + sum(other < value if lowest_wins else other > value for other in rivals)


def _qualities(price: PriceModel) -> Sequence[Fraction]:
    """Return the qualities of the example; where a least quality is asked one bid does not reach it."""
    if "minimum_quality" not in price.parameters:
        return QUALITIES
    least = Fraction(price.parameters["minimum_quality"]) / HUNDRED
    return least + (1 - least) / 4, least + (1 - least) / 2, least * 9 / 10


def _prices(lot: Lot) -> Sequence[Fraction]:
    """Return the prices of the example, of the size that the lot is about."""
    given = {name: Fraction(value) for name, value in lot.price.parameters.items()}
    if "low" in given:
        return [given["low"] + share * (given["high"] - given["low"]) for share in INSIDE]
    about = Fraction(lot.estimated_value or 0) or DEDUCTIONS * given.get("full_quality", Fraction(0)) or ROUND_PRICE
    return [about * share for share in PRICES]


def _yearly(plan: ScoringPlan, price: PriceModel, share: Fraction, words: Words) -> tuple[Fraction, str]:
    """Return the costs of a year of an invented bid, and how they come about."""
    total, said = Fraction(0), []
    for item in price.costs:
        question = plan.questions[plan.positions[item.question]].question
        most = Fraction(HUNDRED) if question.type is Kind.PERCENT else Fraction(question.maximum or 0)
        quantity = rounded(most * share, question.decimals or 0)
        total += Fraction(item.unit_cost) * quantity
        said.append(f"{words.exactly(item.unit_cost)} × {words.exactly(quantity)}")
    return total, f"{' + '.join(said)} = {words.exactly(total)}" if said else ""


def _line(bid: Bid, bids: Sequence[Bid], price: PriceModel, figures: Figures) -> str:
    prices = [other.price for other in bids]
    said = figure(exactly(bid.quality), figures.language)
    terms = Terms(bid.quality, said, bid.price, min(prices), max(prices), bid.yearly, price, figures)
    return LINES[price.model](terms)[0]


def _printed(value: Fraction, figures: Figures) -> str:
    """Return a figure exactly where two decimals do, else rounded and marked so."""
    text = figure(shown(value, 2), figures.language)
    return text if rounded(value, 2) == value else f"≈ {text}"
