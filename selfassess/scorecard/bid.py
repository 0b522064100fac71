"""One bid in one lot becomes the card that its report prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from selfassess.model.assessment import Measure, Outcome, State
from selfassess.model.ranking import LotRanking
from selfassess.model.tender import PriceModel
from selfassess.numbers import shown_apart
from selfassess.scorecard.bid_cards import LotCard
from selfassess.scorecard.cards import Line
from selfassess.scorecard.figures import HUNDRED, cut
from selfassess.scorecard.price import FORMULAS, worked
from selfassess.scorecard.profiles import profile_chart, sections_chart
from selfassess.scorecard.questions import section_cards
from selfassess.scorecard.raising import by_missing, further_lines, raise_cards
from selfassess.scorecard.rules import gate_in_words
from selfassess.scorecard.saying import APPROVALS, OUTCOMES, UNSAID, reason_in_words
from selfassess.scorecard.selected import Selected, selected_card
from selfassess.scorecard.sheet import Field, Sheet, standing_in
from selfassess.scorecard.stages import stage_map
from selfassess.scorecard.verdicts import bid_verdict
from selfassess.wording import MEASURES, VAT, figure

RUNNING = 40  # characters of a lot's title at the head of a page


def lot_card(
    sheet: Sheet,
    *,
    title: str,
    ranking: LotRanking | None,
    field: Field,
    model: PriceModel | None,
    selected: Sequence[Selected] = (),
) -> LotCard:
    """Return one bid in one lot, ready to print."""
    assessment, plan, figures = sheet.assessment, sheet.plan, sheet.figures
    order = by_missing(sheet)
    sums, said = _sums(sheet)
    lot, matters = assessment.lot or "", [figures.words.again(matter) for matter in assessment.unsettled]
    return LotCard(
        lot=lot,
        anchor=f"lot-{lot or 'all'}",
        title=title,
        running=cut(title, RUNNING),
        verdict=bid_verdict(title, assessment, standing_in(ranking, assessment.supplier), ranking, plan, figures),
        totals=_totals(sheet),
        path=_path(sheet),
        gates=tuple(_gates(sheet)),
        minima=tuple(_minima(sheet)),
        not_applicable=tuple(_claims(sheet)),
        open_matters=tuple(f"{matter[:1].upper()}{matter[1:]}." for matter in matters),
        sections_chart=sections_chart(sheet, field),
        profile=profile_chart(sheet, field),
        stages=stage_map(sheet),
        weakest=raise_cards(sheet, order),
        raises=further_lines(sheet, order),
        raises_said=_raises_said(sheet, len(order)),
        sections=section_cards(sheet),
        sums=sums,
        sums_said=said,
        price=tuple(_price(sheet, ranking, model)),
        selected=selected_card(sheet, ranking, selected),
    )


def _totals(sheet: Sheet) -> tuple[Line, ...]:
    figures, words, assessment = sheet.figures, sheet.figures.words, sheet.assessment
    named = {measure: words.say(MEASURES[measure.value]) for measure in Measure}
    return tuple(
        Line(
            label=f"{said[:1].upper()}{said[1:]}",
            value=figures.total(assessment.totals[measure].total),
            note=words.say(
                "{total} if every N/A counts 0", total=figures.total(assessment.conservative[measure].total)
            ),
        )
        for measure, said in named.items()
    )


def _path(sheet: Sheet) -> str:
    """Return how the total went from claimed over supported to reviewed."""
    claimed, supported, reviewed = (sheet.assessment.totals[measure].total for measure in Measure)
    figures, words = sheet.figures, sheet.figures.words
    if claimed is None or supported is None or reviewed is None:
        return words.say("Nothing is left to sum in one of the totals.")
    steps = []
    if supported != claimed:
        steps.append(words.say("evidence and N/A {points}", points=figures.signed(supported - claimed)))
    if reviewed != supported:
        steps.append(words.say("review {points}", points=figures.signed(reviewed - supported)))
    if not steps:
        return words.say(
            "From claimed to reviewed: evidence supports everything that is claimed, and no review changed it."
        )
    return words.say("From claimed to reviewed: {steps}.", steps="; ".join(steps))


def _gates(sheet: Sheet) -> Iterator[Line]:
    words = sheet.figures.words
    for id_, outcome in sheet.assessment.gates.items():
        planned = sheet.plan.questions[sheet.plan.positions[id_]]
        (word, tone), gate = OUTCOMES[outcome], planned.gate_condition
        asked = "" if gate is None else gate_in_words(gate, planned.question, words)
        said = " ".join((words.say("Required: {condition}.", condition=asked), *_gate_reason(sheet, id_, outcome)))
        yield Line(label=id_, value=words.say(word), note=planned.question.text, more=said, tone=tone)


def _gate_reason(sheet: Sheet, id_: str, outcome: Outcome) -> Iterator[str]:
    """Yield why it is not known whether a gate is met."""
    words, finding = sheet.figures.words, sheet.finding(id_)
    if outcome is not Outcome.UNKNOWN:
        return
    if finding.state is State.MISSING:
        yield words.say("It is not answered.")
    elif finding.grade < finding.minimum:
        asked, counted = finding.minimum.name, finding.grade.name
        yield words.say("Evidence of {asked} is asked, {counted} counts.", asked=asked, counted=counted)


def _minima(sheet: Sheet) -> Iterator[Line]:
    """Yield what became of the minimum of the total; those of sections stand in the chart of sections."""
    outcome, least = sheet.assessment.minima.get("total"), sheet.plan.profile.minima.total
    if outcome is None or least is None:
        return
    figures, words = sheet.figures, sheet.figures.words
    (word, tone), total, asked = OUTCOMES[outcome], sheet.assessment.total, figures.plain(least)
    if total is None:
        note = words.say("nothing left to sum, at least {least} of 100 required", least=asked)
    else:
        has = figures.points_apart(total, [Fraction(least)])
        note = words.say("{total}, at least {least} of 100 required", total=has, least=asked)
    yield Line(label=words.say("Minimum of the total"), value=words.say(word), note=note, tone=tone)


def _claims(sheet: Sheet) -> Iterator[Line]:
    words = sheet.figures.words
    for planned, finding in sheet.pairs():
        if finding.state is State.NOT_APPLICABLE and finding.approval is not None:
            word, tone = APPROVALS[finding.approval]
            more = words.say("Reason given: {reason}.", reason=reason_in_words(sheet.plan, finding, words))
            yield Line(label=finding.question, value=words.say(word), note=planned.question.text, more=more, tone=tone)


def _raises_said(sheet: Sheet, lacking: int) -> str:
    words, missing = sheet.figures.words, sum((finding.missing for finding in sheet.found), Fraction(0))
    if not missing:
        return words.say("Nothing is missing: every question that counts has full marks.")
    return words.say_many(
        "{n} question lacks points, {points} of 100 in all. These lack most.",
        "{n} questions lack points, {points} of 100 in all. These lack most.",
        lacking,
        points=sheet.figures.points(missing),
    )


def _sums(sheet: Sheet) -> tuple[tuple[Line, ...], str]:
    """Return the total put together from its sections, and the sentence that says how."""
    figures, words, lines, weights = sheet.figures, sheet.figures.words, [], Fraction(0)
    for number, planned in enumerate(sheet.plan.sections):
        title, weight = planned.section.title, planned.published_weight
        value = sheet.section(number, Measure.REVIEWED)
        if not planned.weight:
            continue
        if value is None:
            note = words.say("nothing is left to sum; it leaves the total")
            lines.append(Line(label=title, value=UNSAID, note=note))
            continue
        weights += weight
        lines.append(
            Line(
                label=title, value=figures.long(weight * value), note=f"{figures.long(weight)} × {figures.long(value)}"
            )
        )
    total = figures.total(sheet.assessment.total)
    if sheet.assessment.total is None:
        return tuple(lines), words.say("No section has anything left to sum: there is no total.")
    if weights == HUNDRED:
        return tuple(lines), words.say("Their sum is the total, rounded once: {total}.", total=total)
    return tuple(lines), words.say(
        "100 × their sum / {weights} is the total, rounded once: {total}.",
        weights=figures.long(weights),
        total=total,
    )


def _price(sheet: Sheet, ranking: LotRanking | None, model: PriceModel | None) -> Iterator[Line]:
    """Yield the price model with the bid's own figures in it."""
    standing = standing_in(ranking, sheet.assessment.supplier)
    if ranking is None or model is None or standing is None:
        return
    figures, words = sheet.figures, sheet.figures.words
    yield Line(label=words.say("Formula"), value=words.say(FORMULAS.get(model.model, model.model)))
    if standing.price is not None:
        price = f"{figures.money(standing.price)} {model.currency}, {words.say(VAT[model.vat])}"
        yield Line(label=words.say("Price"), value=price)
    if standing.figure is None:
        none = words.say("none: the bid is not compared, and its price enters no formula")
        yield Line(label=words.say("Figure"), value=none)
        return
    others = [s.figure for s in ranking.standings if s.figure is not None and s is not standing]
    printed = figure(shown_apart(standing.figure, others, 2), figures.language)
    quality = words.say("{points} of 100, in the formula as a share of 1", points=figures.total(standing.quality))
    yield Line(label=words.say("Quality"), value=quality)
    yield Line(label=words.say("Figure"), value=worked(standing, ranking, model, figures, printed) or printed)
    wins = words.say("the lowest figure") if ranking.lowest_wins else words.say("the highest figure")
    yield Line(label=words.say("Wins"), value=wins)
