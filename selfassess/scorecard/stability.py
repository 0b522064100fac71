"""How far the result of a lot is from turning becomes sentences, drawings and tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from selfassess.award.models import is_relative
from selfassess.model.ranking import LotRanking
from selfassess.model.tender import PriceModel
from selfassess.numbers import shown_apart
from selfassess.plan import ScoringPlan
from selfassess.scorecard.cards import Cell, Strip, Strips
from selfassess.scorecard.drawing import interval_axis, interval_strip, key_mark
from selfassess.scorecard.figures import counted
from selfassess.scorecard.further_cards import StabilityCard
from selfassess.scorecard.stability_tables import NARROWEST, Page, stability_tables
from selfassess.scorecard.verdicts import listed
from selfassess.wording import figure

RELATIVE = (
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
    plain = page.plain
    leaders = listed(plain["leaders"])
    if not plain["tied"]:
        one = len(plain["leaders"]) == 1
        if page.ranking.places is None:
            yield f"{leaders} {'is' if one else 'are'} admitted; what follows says what would cost a bid that."
        else:
            yield f"{leaders} {'stands' if one else 'stand'} first.{_nearest(page)}"
    else:
        yield f"{leaders} are equal, and the published rule for ties does not tell them apart."
    if plain["open"]:
        yield f"Something is still open on {leaders}: what follows holds for the bids as they stand now."
    if is_relative(page.model):
        yield RELATIVE
    changing = [one["without"] for one in plain["leave_one_out"] if one["changes_order"]]
    if changing:
        yield f"Without {listed(changing)} two of the others change places: the order hangs on a bid that does not win."
    else:
        yield "Whichever single bid is left out, all others keep their order."
    same = page.order("ranking") == page.order("without_not_applicable")
    yield f"If every N/A counted 0, the order {'would be the same' if same else 'would be another (see below)'}."
    yield from (_decided(one) for one in plain["decisive_claims"])


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
    return f" {rival} would have been equal with a price {share} % lower."


def _decided(one: Mapping[str, Any]) -> str:
    """Return in one sentence how much of a leader's place rests on claims that no reviewer settled."""
    name, claims = one["supplier"], counted(len(one["claims"]), "claim")
    single = sum(len(each) == 1 for each in one["sets"])
    if not one["claims"]:
        return f"{name} rests on no claim that a reviewer has not settled."
    if single:
        rest = len(one["sets"]) - single
        more = f", and with {counted(rest, 'further set')} of 2 to {one['size']} of them" if rest else ""
        alone = f"any one of {single}" if single > 1 else next(each[0] for each in one["sets"] if len(each) == 1)
        return f"Of {claims} that no reviewer settled, {name} would lose its place without {alone}{more}."
    if one["sets"]:
        sets = counted(len(one["sets"]), "set")
        said = f"Of {claims} that no reviewer settled, the loss of none alone costs {name} its place, but that of"
        return f"{said} {sets} of up to {one['size']} does."
    if one["smallest"]:
        least = len(one["smallest"])
        return (
            f"It takes {least} of the {claims} that no reviewer settled, all lost together, to cost {name} its place."
        )
    return f"If all {claims} that no reviewer settled were lost, {name} would keep its place."


def _weights(page: Page) -> Strips | None:
    """Return how far each weight may move before the first place changes, drawn in multiples of the weight."""
    drawn = [one for one in page.plain["weights"] if Decimal(one["published"].partition("/")[0])]
    sections = [one for one in drawn if one["level"] == "section"]
    questions = sorted((one for one in drawn if one["level"] == "question" and _room(one) is not None), key=_room_of)
    rows = [_interval(page, one) for one in (*sections, *questions[:NARROWEST])]
    if not rows:
        return None
    marks = (("reviewed", "the first place stays"), ("minimum", "as published"))
    key = tuple((key_mark(paint, said), said) for paint, said in marks)
    return Strips(heads=("Published", "Stays between"), axis=interval_axis(), rows=tuple(rows), key=key)


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
    label, note = page.name(one["id"]), ""
    if one["level"] == "question":
        label, note = one["id"], page.text(one["id"])
    published = figure(one["published"], page.language)
    if one["stay"] is None:
        said = f"{label}: {one['reason'] or 'no weight keeps the first place'}"
        return Strip(
            label=label, note=note, chart=interval_strip(said, None), cells=(Cell(text=published), Cell(text="–"))
        )
    low, high = (None if one["stay"][end] is None else page.said(one["stay"][end]) for end in ("low", "high"))
    stays = f"{low} and {high}" if high is not None else f"{low} and any"
    said = f"{label}: published {published}, the first place stays between {stays}"
    cells = (Cell(text=published), Cell(text=stays))
    return Strip(label=label, note=note, chart=interval_strip(said, _ends(one)), cells=cells)
