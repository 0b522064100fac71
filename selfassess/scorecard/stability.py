"""How far the result of a lot is from turning becomes sentences, drawings and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from selfassess.award.models import is_relative
from selfassess.languages import Words, message
from selfassess.model.ranking import LotRanking
from selfassess.model.tender import PriceModel
from selfassess.numbers import shown_apart
from selfassess.plan import ScoringPlan
from selfassess.scorecard.cards import Cell, Strip, Strips
from selfassess.scorecard.drawing import interval_axis, interval_strip
from selfassess.scorecard.further_cards import StabilityCard
from selfassess.scorecard.profiles import key_of
from selfassess.scorecard.stability_tables import NARROWEST, Page, stability_tables
from selfassess.scorecard.verdicts import listed
from selfassess.wording import figure

MARKS = (("reviewed", message("the first place stays")), ("minimum", message("as published")))
RELATIVE = message(
    "This price model measures every bid against the others: a further bid, or one less, can change the order of two "
    "that stay. The table on bids left out shows whether one does."
)


def stability_card(
    title: str, plain: Mapping[str, Any], plan: ScoringPlan, ranking: LotRanking, model: PriceModel, language: str
) -> StabilityCard:
    """Return the page on one lot; ``plain`` is what ``stability.json`` holds of it."""
    page = Page(plain, plan, ranking, model, language)
    return StabilityCard(
        lot=plain["lot"],
        title=title,
        said=tuple(_sentences(page)),
        weights=_weights(page),
        tables=stability_tables(page),
    )


def _sentences(page: Page) -> Iterable[str]:
    plain, words = page.plain, page.words
    leaders = listed(plain["leaders"], words)
    yield _leading(page, leaders)
    if plain["open"]:
        yield words.say(
            "Something is still open on {bids}: what follows holds for the bids as they stand now.", bids=leaders
        )
    if is_relative(page.model):
        yield words.say(RELATIVE)
    changing = [one["without"] for one in plain["leave_one_out"] if one["changes_order"]]
    if changing:
        yield words.say(
            "Without {bids} two of the others change places: the order hangs on a bid that does not win.",
            bids=listed(changing, words),
        )
    else:
        yield words.say("Whichever single bid is left out, all others keep their order.")
    if page.order("ranking") == page.order("without_not_applicable"):
        yield words.say("If every N/A counted 0, the order would be the same.")
    else:
        yield words.say("If every N/A counted 0, the order would be another (see below).")
    yield from (_decided(one, words) for one in plain["decisive_claims"])


def _leading(page: Page, leaders: str) -> str:
    """Return who leads, and how near the next one is."""
    words, number = page.words, len(page.plain["leaders"])
    if page.plain["tied"]:
        return words.say("{bids} are equal, and the published rule for ties does not tell them apart.", bids=leaders)
    if page.ranking.places is None:
        return words.say_many(
            "{bids} is admitted; what follows says what would cost a bid that.",
            "{bids} are admitted; what follows says what would cost a bid that.",
            number,
            bids=leaders,
        )
    first = words.say_many("{bids} stands first.", "{bids} stand first.", number, bids=leaders)
    return " ".join(filter(None, (first, _nearest(page))))


def _nearest(page: Page) -> str:
    """Return in one sentence how little of a lower price would have made the nearest rival equal."""
    prices = {standing.supplier: standing.price for standing in page.ranking.standings}
    gaps = [
        (1 - Fraction(one["rival_price"]["exact"]) / Fraction(price), one["rival"])
        for one in page.plain["tying_prices"]
        if one["rival_price"] is not None and (price := prices[one["rival"]])
    ]
    down = [gap for gap in gaps if gap[0] > 0]
    if not down:
        return ""
    least, rival = min(down)
    share = figure(shown_apart(100 * least, [Fraction(0)], 2), page.language)
    return page.words.say("{bid} would have been equal with a price {share} % lower.", bid=rival, share=share)


def _decided(one: Mapping[str, Any], words: Words) -> str:
    """Return in one sentence how much of a leader's place rests on claims that no reviewer settled."""
    name, claims = one["supplier"], len(one["claims"])
    if not claims:
        return words.say("{bid} rests on no claim that a reviewer has not settled.", bid=name)
    if any(len(each) == 1 for each in one["sets"]):
        return _decided_alone(one, words)
    if one["sets"]:
        return words.say_many(
            "Of {n} claim that no reviewer settled, the loss of none alone costs {bid} its place, "
            "but that of {sets} does.",
            "Of {n} claims that no reviewer settled, the loss of none alone costs {bid} its place, "
            "but that of {sets} does.",
            claims,
            bid=name,
            sets=words.say_many(
                "{n} set of up to {size}", "{n} sets of up to {size}", len(one["sets"]), size=one["size"]
            ),
        )
    if one["smallest"]:
        return words.say_many(
            "It takes {least} of the {n} claim that no reviewer settled, all lost together, to cost {bid} its place.",
            "It takes {least} of the {n} claims that no reviewer settled, all lost together, to cost {bid} its place.",
            claims,
            least=len(one["smallest"]),
            bid=name,
        )
    return words.say_many(
        "If all {n} claim that no reviewer settled were lost, {bid} would keep its place.",
        "If all {n} claims that no reviewer settled were lost, {bid} would keep its place.",
        claims,
        bid=name,
    )


def _decided_alone(one: Mapping[str, Any], words: Words) -> str:
    """Return the sentence where the loss of one claim alone costs a leader its place."""
    alone, claims = [each[0] for each in one["sets"] if len(each) == 1], len(one["claims"])
    named = words.say_many("any one of {n}", "any one of {n}", len(alone)) if len(alone) > 1 else alone[0]
    rest = len(one["sets"]) - len(alone)
    if not rest:
        return words.say_many(
            "Of {n} claim that no reviewer settled, {bid} would lose its place without {claim}.",
            "Of {n} claims that no reviewer settled, {bid} would lose its place without {claim}.",
            claims,
            bid=one["supplier"],
            claim=named,
        )
    sets = words.say_many(
        "{n} further set of 2 to {size} of them", "{n} further sets of 2 to {size} of them", rest, size=one["size"]
    )
    return words.say_many(
        "Of {n} claim that no reviewer settled, {bid} would lose its place without {claim}, and with {sets}.",
        "Of {n} claims that no reviewer settled, {bid} would lose its place without {claim}, and with {sets}.",
        claims,
        bid=one["supplier"],
        claim=named,
        sets=sets,
    )


def _weights(page: Page) -> Strips | None:
    """Return how far each weight may move before the first place changes, drawn in multiples of the weight."""
    drawn = [one for one in page.plain["weights"] if Decimal(one["published"].partition("/")[0])]
    sections = [one for one in drawn if one["level"] == "section"]
    questions = sorted((one for one in drawn if one["level"] == "question" and _room(one) is not None), key=_room_of)
    rows = [_interval(page, one) for one in (*sections, *questions[:NARROWEST])]
    if not rows:
        return None
    words = page.words
    heads = (words.say("Published"), words.say("Stays between"))
    return Strips(heads=heads, axis=interval_axis(words), rows=tuple(rows), key=key_of(MARKS, set(), words))


def _ends(one: Mapping[str, Any]) -> tuple[Fraction, Fraction | None]:
    """Return both ends of a stay interval in multiples of the published weight, for drawing and sorting."""
    published = Fraction(one["published"])
    ends = [one["stay"]["low"], one["stay"]["high"]]
    low, high = (None if end is None else Fraction(end["shown"].removeprefix("≈")) / published for end in ends)
    return low or Fraction(0), high


def _room(one: Mapping[str, Any]) -> Fraction | None:
    """Return how far a weight may move, in multiples of itself, None where nothing turns."""
    if one["stay"] is None:
        return None
    low, high = _ends(one)
    down = [1 - low] if low > 0 else []
    up = [high - 1] if high is not None else []
    return min((*down, *up), default=None)


def _room_of(one: Mapping[str, Any]) -> Fraction:
    return _room(one) or Fraction(0)


def _interval(page: Page, one: Mapping[str, Any]) -> Strip:
    label, note, words = page.name(one["id"]), "", page.words
    if one["level"] == "question":
        label, note = one["id"], page.text(one["id"])
    published = figure(one["published"], page.language)
    if one["stay"] is None:
        said = f"{label}: {words.again(one['reason']) or words.say('no weight keeps the first place')}"
        return Strip(
            label=label, note=note, chart=interval_strip(said, None), cells=(Cell(text=published), Cell(text="–"))
        )
    low, high = (None if one["stay"][end] is None else page.said(one["stay"][end]) for end in ("low", "high"))
    if high is None:
        stays = words.say("{low} and any", low=low)
        said = words.say(
            "{label}: published {weight}, the first place stays between {low} and any",
            label=label,
            weight=published,
            low=low,
        )
    else:
        stays = words.say("{low} and {high}", low=low, high=high)
        said = words.say(
            "{label}: published {weight}, the first place stays between {low} and {high}",
            label=label,
            weight=published,
            low=low,
            high=high,
        )
    cells = (Cell(text=published), Cell(text=stays))
    return Strip(label=label, note=note, chart=interval_strip(said, _ends(one)), cells=cells)
