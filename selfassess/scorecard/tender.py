"""A whole tender's evaluation becomes the report that goes into its file: each lot's ranking, and what explains it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from selfassess.award import remarks
from selfassess.languages import Words, message
from selfassess.model.assessment import Measure
from selfassess.model.ranking import LotRanking, Standing, Status
from selfassess.model.tender import PriceModel
from selfassess.numbers import shown_apart
from selfassess.plan import ScoringPlan
from selfassess.scorecard.cards import Cell, Strip, Strips
from selfassess.scorecard.drawing import LONG, axis, dots_strip, swarm_strip
from selfassess.scorecard.figures import HUNDRED, Figures, cut
from selfassess.scorecard.matrices import UNKNOWN, Numbered, bid_matrices, left_out, whole_matrices
from selfassess.scorecard.price import FORMULAS, worked
from selfassess.scorecard.profiles import TOPIC_MARKS, key_of
from selfassess.scorecard.saying import UNSAID
from selfassess.scorecard.sheet import Sheet
from selfassess.scorecard.stages import coverage_map
from selfassess.scorecard.tender_cards import LotRankingCard, RankRow
from selfassess.scorecard.verdicts import MARKS, TONES, lot_verdict, why
from selfassess.wording import MODELS, STATUS, WINS, figure

BID_MARKS = (
    ("bid", message("a ranked bid, by its number")),
    ("bid-open", message("a bid without a rank")),
    ("minimum", message("minimum")),
)
NAMED_IN_CHART = 12
NAME_SHOWN = 90  # characters of a name in a ranking; the register of bids has it whole
RUNNING = 40  # characters of a lot's title at the head of a page
BIDS_UPRIGHT = 6  # more are compared on pages that lie across


def lot_ranking_card(
    ranking: LotRanking,
    plan: ScoringPlan,
    sheets: Mapping[str, Sheet],
    *,
    title: str,
    model: PriceModel,
    language: str,
    reasons: Mapping[str, str],
    has_reports: bool = True,
) -> LotRankingCard:
    """Return the ranking of one lot, ready to print.

    ``sheets`` are by supplier; ``reasons`` say in short why a refused bid could not be scored.
    """
    figures = Figures(language, plan.profile.decimals, (*ranking.totals, *plan.profile.thresholds))
    numbered = [
        Numbered(number=str(number), standing=standing, sheet=sheets.get(standing.supplier))
        for number, standing in enumerate(ranking.standings, start=1)
    ]
    rows = rank_rows(ranking, numbered, plan, model, figures, reasons, has_reports=has_reports)
    whole, questions = whole_matrices(plan, numbered, figures)
    parts, comparison = bid_matrices(plan, numbered, figures)
    return LotRankingCard(
        lot=ranking.lot,
        anchor=f"lot-{ranking.lot}",
        title=title,
        running=cut(title, RUNNING),
        verdict=lot_verdict(title, ranking, {supplier: sheet.name for supplier, sheet in sheets.items()}, figures),
        formula=_formula(ranking, figures.words),
        rows=tuple(rows),
        ranked=tuple(row for row, bid in zip(rows, numbered, strict=True) if bid.standing.rank is not None),
        unranked=tuple(row for row, bid in zip(rows, numbered, strict=True) if bid.standing.rank is None),
        shift_said=_shift_said(numbered, figures.words),
        quality=_quality(numbered, figures),
        field=_field(plan, numbered, figures),
        stages=coverage_map(plan, figures),
        page="wide" if len(sheets) > BIDS_UPRIGHT else "upright",
        overview=parts,
        comparison=comparison,
        left_out=left_out(plan, numbered, figures.words),
        whole=whole,
        questions=questions,
    )


def _formula(ranking: LotRanking, words: Words) -> str:
    """Return how bids are compared, in one sentence."""
    formula = FORMULAS.get(ranking.model, "")
    whole = f"{words.say(formula)}; {words.say(WINS[ranking.model])}" if formula else words.say(MODELS[ranking.model])
    return f"{whole[:1].upper()}{whole[1:]}"


def rank_rows(
    ranking: LotRanking,
    numbered: Sequence[Numbered],
    plan: ScoringPlan,
    model: PriceModel,
    figures: Figures,
    reasons: Mapping[str, str],
    *,
    has_reports: bool,
) -> list[RankRow]:
    """Return a row for every bid of the lot."""
    standings = [bid.standing for bid in numbered]
    orders = {
        "claimed": _orders([s.claimed for s in standings]),
        "supported": _orders([s.supported for s in standings]),
        "reviewed": _orders([s.quality for s in standings]),
        "conservative": _orders([bid.conservative for bid in numbered]),
        "price": _orders([None if s.price is None else Fraction(s.price) for s in standings]),
        "figure": _orders([s.figure for s in standings]),
    }
    rows, names = [], sorted(standing.supplier for standing in standings)
    for place, bid in enumerate(numbered):
        standing, at = bid.standing, {name: order[place] for name, order in orders.items()}
        printed = _figure(standing, standings, figures)
        rows.append(
            RankRow(
                number=bid.number,
                supplier=standing.supplier,
                name=cut(bid.name, NAME_SHOWN),
                report=f"{standing.supplier}/report.pdf" if bid.sheet and has_reports else "",
                rank=Cell(text=str(standing.rank) if standing.rank else UNSAID, order=standing.rank or UNKNOWN),
                status=figures.words.say(STATUS[standing.status.value]),
                is_plain=standing.status is Status.RANKED,
                tone=TONES[standing.status],
                claimed=_total(standing.claimed, figures, at["claimed"]),
                supported=_total(standing.supported, figures, at["supported"]),
                reviewed=_total(standing.quality, figures, at["reviewed"]),
                conservative=_total(bid.conservative, figures, at["conservative"]),
                price=Cell(text=UNSAID if standing.price is None else figures.money(standing.price), order=at["price"]),
                figure=Cell(text=printed, order=at["figure"]),
                why=tuple(_why(bid, plan, figures, reasons)),
                worked=worked(standing, ranking, model, figures, printed),
                alphabetical=names.index(standing.supplier),
                mark=MARKS[TONES[standing.status]],
            )
        )
    return rows


def _orders(values: Sequence[Fraction | None]) -> list[int]:
    """Return the place of each value among all, equal ones sharing it; what has no value comes last."""
    places = {value: place for place, value in enumerate(sorted({v for v in values if v is not None}))}
    return [UNKNOWN if value is None else places[value] for value in values]


def _total(value: Fraction | None, figures: Figures, order: int) -> Cell:
    return Cell(text=UNSAID if value is None else figures.total(value), order=order)


def _figure(standing: Standing, standings: Sequence[Standing], figures: Figures) -> str:
    if standing.figure is None:
        return UNSAID
    others = [other.figure for other in standings if other.figure is not None and other is not standing]
    return figure(shown_apart(standing.figure, others, 2), figures.language)


def _why(bid: Numbered, plan: ScoringPlan, figures: Figures, reasons: Mapping[str, str]) -> list[str]:
    """Return the reasons of a standing, and what a tie or the rule for ties did."""
    standing, words = bid.standing, figures.words
    refused = reasons.get(standing.supplier)
    if bid.sheet is None and refused:
        return [refused]
    said = list(why(bid.sheet.assessment if bid.sheet else None, standing, plan, figures))
    if standing.status is Status.PROVISIONAL:
        said = [f"{words.say(STATUS[standing.status.value])}: {'; '.join(said)}"]
    said += [words.again(remark) for remark in remarks(standing)]
    if standing.tied_with:
        others = ", ".join(standing.tied_with)
        said.append(
            words.say("equal with {bids}: nothing in the published rule for ties tells them apart", bids=others)
        )
    if standing.decided_by:
        rule = words.again(standing.decided_by)
        said.append(words.say("told from an equal figure by the published rule: {rule}", rule=rule))
    return [f"{text[:1].upper()}{text[1:]}." for text in said]


def _places(values: Mapping[str, Fraction]) -> dict[str, int]:
    return {name: 1 + sum(other > value for other in values.values()) for name, value in values.items()}


def _shift_said(numbered: Sequence[Numbered], words: Words) -> str:
    """Return who leads on claims and who after review."""
    claimed = {bid.said: bid.standing.claimed for bid in numbered if bid.standing.claimed is not None}
    reviewed = {bid.said: bid.standing.quality for bid in numbered if bid.standing.quality is not None}
    if not claimed or not reviewed:
        return words.say("No bid has a total.")
    first = min(name for name, value in claimed.items() if value == max(claimed.values()))
    best = min(name for name, value in reviewed.items() if value == max(reviewed.values()))
    if first == best:
        return words.say("{bid} has the highest quality both as claimed and after review.", bid=first)
    return words.say("{bid} claims the highest quality; after evidence and review it is {best}.", bid=first, best=best)


def _quality(numbered: Sequence[Numbered], figures: Figures) -> Strips:
    """Return every bid's three totals on one scale, with its places by claimed and by reviewed quality."""
    by_claim = _places({b.number: b.standing.claimed for b in numbered if b.standing.claimed is not None})
    by_review = _places({b.number: b.standing.quality for b in numbered if b.standing.quality is not None})
    rows, words = [], figures.words
    for bid in numbered:
        standing = bid.standing
        if standing.claimed is None and standing.quality is None:
            continue
        shares = (standing.quality, standing.supported, standing.claimed)
        reviewed, supported, claimed = (None if value is None else value / HUNDRED for value in shares)
        before, after = (str(places.get(bid.number, UNSAID)) for places in (by_claim, by_review))
        said = words.say(
            "{bid}: {claimed} of 100 as claimed, place {before}; {supported} with evidence; "
            "{reviewed} after review, place {after}",
            bid=bid.said,
            claimed=figures.total(standing.claimed),
            before=before,
            supported=figures.total(standing.supported),
            reviewed=figures.total(standing.quality),
            after=after,
        )
        move = "" if before == after else " ▲" if int(after) < int(before) else " ▼"
        cells = (Cell(text=before), Cell(text=f"{after}{move}", tone="strong"))
        rows.append(
            Strip(
                label=f"{bid.number} {standing.supplier}",
                chart=dots_strip(said, reviewed, supported, claimed, None),
                cells=cells,
            )
        )
    heads = (words.say("Place by claims"), words.say("Place after review"))
    return Strips(heads=heads, axis=axis(words=words), rows=tuple(rows), key=key_of(TOPIC_MARKS, {"field"}, words))


def _field(plan: ScoringPlan, numbered: Sequence[Numbered], figures: Figures) -> Strips:
    """Return for the total and for each section every bid as a numbered mark."""
    bids, words = [bid for bid in numbered if bid.sheet is not None], figures.words
    totals = [
        (bid.number, bid.standing.quality / HUNDRED, bid.standing.rank is not None)
        for bid in bids
        if bid.standing.quality is not None
    ]
    minima = plan.profile.minima
    least = None if minima.total is None else Fraction(minima.total) / HUNDRED
    rows = [_swarm(words.say("Total"), "", totals, least, figures)]
    for number, planned in enumerate(plan.sections):
        if not planned.weight:
            continue
        values = [
            (bid.number, value, bid.standing.rank is not None)
            for bid in bids
            if bid.sheet is not None and (value := bid.sheet.section(number, Measure.REVIEWED)) is not None
        ]
        floor = minima.sections.get(planned.section.id)
        note = words.say("{points} points", points=figures.points(planned.published_weight))
        rows.append(_swarm(planned.section.title, note, values, None if floor is None else Fraction(floor), figures))
    without = set() if minima.sections or minima.total is not None else {"minimum"}
    return Strips(heads=(), axis=axis(LONG, words), rows=tuple(rows), key=key_of(BID_MARKS, without, words))


def _swarm(
    title: str, note: str, values: Sequence[tuple[str, Fraction, bool]], minimum: Fraction | None, figures: Figures
) -> Strip:
    words, order = figures.words, sorted(values, key=lambda bid: (-bid[1], bid[0]))
    said = words.say("{title}, 0 bids, of 100 after review: none", title=title)
    if order:
        first = [
            words.say("bid {number} {value}", number=number, value=figures.share(value))
            for number, value, _ in order[:NAMED_IN_CHART]
        ]
        bids, lower = ", ".join(first), len(order) - NAMED_IN_CHART
        if lower > 0:
            bids = words.say_many("{bids} and {n} lower", "{bids} and {n} lower", lower, bids=bids)
        said = words.say_many(
            "{title}, {n} bid, of 100 after review: {bids}",
            "{title}, {n} bids, of 100 after review: {bids}",
            len(order),
            title=title,
            bids=bids,
        )
    if minimum is not None:
        said = f"{said}; {words.say('at least {least} required', least=figures.share(minimum))}"
    return Strip(label=title, note=note, chart=swarm_strip(said, values, minimum), cells=())
