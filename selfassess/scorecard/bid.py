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
from selfassess.scorecard.figures import HUNDRED, counted, cut
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
from selfassess.wording import MEASURES, figure

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
    lot = assessment.lot or ""
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
        open_matters=tuple(f"{matter[:1].upper()}{matter[1:]}." for matter in assessment.unsettled),
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
    figures, assessment = sheet.figures, sheet.assessment
    return tuple(
        Line(
            label=MEASURES[measure.value].capitalize(),
            value=figures.total(assessment.totals[measure].total),
            note=f"{figures.total(assessment.conservative[measure].total)} if every N/A counts 0",
        )
        for measure in Measure
    )


def _path(sheet: Sheet) -> str:
    """Return how the total went from claimed over supported to reviewed."""
    claimed, supported, reviewed = (sheet.assessment.totals[measure].total for measure in Measure)
    if claimed is None or supported is None or reviewed is None:
        return "Nothing is left to sum in one of the totals."
    figures = sheet.figures
    steps = []
    if supported != claimed:
        steps.append(f"evidence and N/A {figures.signed(supported - claimed)}")
    if reviewed != supported:
        steps.append(f"review {figures.signed(reviewed - supported)}")
    said = "; ".join(steps) or "evidence supports everything that is claimed, and no review changed it"
    return f"From claimed to reviewed: {said}."


def _gates(sheet: Sheet) -> Iterator[Line]:
    for id_, outcome in sheet.assessment.gates.items():
        planned = sheet.plan.questions[sheet.plan.positions[id_]]
        word, tone = OUTCOMES[outcome]
        asked = "" if planned.gate_condition is None else gate_in_words(planned.gate_condition, planned.question)
        why = _gate_reason(sheet, id_, outcome)
        yield Line(label=id_, value=word, note=planned.question.text, more=f"Required: {asked}.{why}", tone=tone)


def _gate_reason(sheet: Sheet, id_: str, outcome: Outcome) -> str:
    """Return why it is not known whether a gate is met."""
    finding = sheet.finding(id_)
    if outcome is not Outcome.UNKNOWN:
        return ""
    if finding.state is State.MISSING:
        return " It is not answered."
    if finding.grade < finding.minimum:
        return f" Evidence of {finding.minimum.name} is asked, {finding.grade.name} counts."
    return ""


def _minima(sheet: Sheet) -> Iterator[Line]:
    """Yield what became of the minimum of the total; those of sections stand in the chart of sections."""
    outcome, least = sheet.assessment.minima.get("total"), sheet.plan.profile.minima.total
    if outcome is None or least is None:
        return
    (word, tone), total = OUTCOMES[outcome], sheet.assessment.total
    has = "nothing left to sum" if total is None else sheet.figures.points_apart(total, [Fraction(least)])
    note = f"{has}, at least {sheet.figures.plain(least)} of 100 required"
    yield Line(label="Minimum of the total", value=word, note=note, tone=tone)


def _claims(sheet: Sheet) -> Iterator[Line]:
    for planned, finding in sheet.pairs():
        if finding.state is State.NOT_APPLICABLE and finding.approval is not None:
            word, tone = APPROVALS[finding.approval]
            more = f"Reason given: {reason_in_words(sheet.plan, finding)}."
            yield Line(label=finding.question, value=word, note=planned.question.text, more=more, tone=tone)


def _raises_said(sheet: Sheet, lacking: int) -> str:
    missing = sum((finding.missing for finding in sheet.found), Fraction(0))
    if not missing:
        return "Nothing is missing: every question that counts has full marks."
    return (
        f"{counted(lacking, 'question')} {'lacks' if lacking == 1 else 'lack'} points, "
        f"{sheet.figures.points(missing)} of 100 in all. These lack most."
    )


def _sums(sheet: Sheet) -> tuple[tuple[Line, ...], str]:
    """Return the total put together from its sections, and the sentence that says how."""
    figures, lines, weights = sheet.figures, [], Fraction(0)
    for number, planned in enumerate(sheet.plan.sections):
        title, weight = planned.section.title, planned.published_weight
        value = sheet.section(number, Measure.REVIEWED)
        if not planned.weight:
            continue
        if value is None:
            lines.append(Line(label=title, value=UNSAID, note="nothing is left to sum; it leaves the total"))
            continue
        weights += weight
        lines.append(
            Line(
                label=title, value=figures.long(weight * value), note=f"{figures.long(weight)} × {figures.long(value)}"
            )
        )
    total = figures.total(sheet.assessment.total)
    if sheet.assessment.total is None:
        return tuple(lines), "No section has anything left to sum: there is no total."
    if weights == HUNDRED:
        return tuple(lines), f"Their sum is the total, rounded once: {total}."
    return tuple(lines), f"100 × their sum / {figures.long(weights)} is the total, rounded once: {total}."


def _price(sheet: Sheet, ranking: LotRanking | None, model: PriceModel | None) -> Iterator[Line]:
    """Yield the price model with the bid's own figures in it."""
    standing = standing_in(ranking, sheet.assessment.supplier)
    if ranking is None or model is None or standing is None:
        return
    figures = sheet.figures
    yield Line(label="Formula", value=FORMULAS.get(model.model, model.model))
    if standing.price is not None:
        yield Line(label="Price", value=f"{figures.money(standing.price)} {model.currency}, VAT {model.vat}")
    if standing.figure is None:
        yield Line(label="Figure", value="none: the bid is not compared, and its price enters no formula")
        return
    others = [s.figure for s in ranking.standings if s.figure is not None and s is not standing]
    printed = figure(shown_apart(standing.figure, others, 2), figures.language)
    yield Line(label="Quality", value=f"{figures.total(standing.quality)} of 100, in the formula as a share of 1")
    yield Line(label="Figure", value=worked(standing, ranking, model, figures, printed) or printed)
    yield Line(label="Wins", value="the lowest figure" if ranking.lowest_wins else "the highest figure")
