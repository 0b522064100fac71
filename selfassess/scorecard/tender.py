"""A whole tender's evaluation becomes the report that goes into its file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from selfassess.model.assessment import Approval, Assessment, Measure, State
from selfassess.model.ranking import LotRanking, Standing
from selfassess.numbers import shown, shown_apart
from selfassess.plan import ScoringPlan
from selfassess.scorecard.cards import Line, LotRankingCard, MatrixRow, RankRow
from selfassess.scorecard.supplier import HUNDRED, OUTCOMES, TONES, thousandths
from selfassess.wording import MODELS, STATUS, figure

APPROVALS = {Approval.OPEN: "open", Approval.APPROVED: "good", Approval.REFUSED: "bad"}


def lot_ranking_card(
    ranking: LotRanking,
    plan: ScoringPlan,
    assessments: Mapping[str, Assessment],
    *,
    title: str,
    fingerprint: str,
    language: str,
    currency: str,
) -> LotRankingCard:
    """Return the ranking of one lot, ready to print; ``assessments`` are by supplier."""
    bids = tuple(standing.supplier for standing in ranking.standings if standing.supplier in assessments)
    verdict, tone = _verdict(ranking, assessments)
    shifts, said = _shifts(ranking, plan, language)
    return LotRankingCard(
        lot=ranking.lot,
        title=title,
        verdict=verdict,
        tone=tone,
        model=MODELS[ranking.model],
        rows=tuple(_row(standing, ranking, assessments, plan, language, currency) for standing in ranking.standings),
        bids=bids,
        sections=_sections(plan, bids, assessments, language),
        gates=_gates(plan, bids, assessments),
        shifts=shifts,
        shift_said=said,
        fingerprint=fingerprint,
    )


def _named(supplier: str, assessments: Mapping[str, Assessment]) -> str:
    assessment = assessments.get(supplier)
    return assessment.response.supplier.name if assessment else ""


def _verdict(ranking: LotRanking, assessments: Mapping[str, Assessment]) -> tuple[str, str]:
    winners = [f"{_named(supplier, assessments)} ({supplier})" for supplier in ranking.winners]
    if not any(standing.rank for standing in ranking.standings):
        return "No bid is ranked.", "bad"
    if winners and ranking.is_final:
        said = " and ".join(winners)
        return (
            f"First: {said}." if len(winners) == 1 else f"Equal first: {said}; nothing published tells them apart.",
            "good",
        )
    first = next(standing for standing in ranking.standings if standing.rank == 1)
    leads = f"{_named(first.supplier, assessments)} ({first.supplier})"
    open_ = sorted(
        s.supplier
        for s in ranking.standings
        if assessments.get(s.supplier) and s.status.value in ("provisional", "unpriced")
    )
    why = f"open for {', '.join(open_)}" if open_ else "something is unsettled"
    return f"Not final: {leads} leads, but matters are {why}.", "open"


def _row(
    standing: Standing,
    ranking: LotRanking,
    assessments: Mapping[str, Assessment],
    plan: ScoringPlan,
    language: str,
    currency: str,
) -> RankRow:
    places = plan.profile.decimals
    others = [other.figure for other in ranking.standings if other.figure is not None and other is not standing]
    decided = f"ahead of an equal figure by {standing.decided_by}" if standing.decided_by else ""
    tied = f"equal with {', '.join(standing.tied_with)}" if standing.tied_with else ""
    reasons = ["; ".join(standing.reasons)] if standing.rank is None else list(standing.reasons)
    price = standing.price
    return RankRow(
        rank=str(standing.rank) if standing.rank else "–",
        supplier=standing.supplier,
        name=_named(standing.supplier, assessments),
        status=STATUS[standing.status.value],
        tone=TONES[standing.status],
        reviewed="" if standing.quality is None else figure(shown(standing.quality, places), language),
        claimed="" if standing.claimed is None else figure(shown(standing.claimed, places), language),
        price="" if price is None else f"{figure(shown(price, 2), language)} {currency}",
        figure="" if standing.figure is None else figure(shown_apart(standing.figure, others, 2), language),
        why="; ".join(part for part in (*reasons, decided, tied) if part),
        width=thousandths(None if standing.quality is None else standing.quality / HUNDRED),
    )


def _sections(
    plan: ScoringPlan, bids: Sequence[str], assessments: Mapping[str, Assessment], language: str
) -> tuple[MatrixRow, ...]:
    rows = []
    for number, section in enumerate(plan.sections):
        if not section.weight:
            continue
        cells = []
        for supplier in bids:
            value = assessments[supplier].totals[Measure.REVIEWED].sections[number]
            outcome = assessments[supplier].minima.get(section.section.id)
            tone = "" if outcome is None else "bad" if OUTCOMES[outcome][1] == "bad" else ""
            cells.append(("none" if value is None else figure(shown(value * HUNDRED, 1), language), tone))
        note = f"{figure(shown(section.published_weight, 1), language)} points"
        rows.append(MatrixRow(label=section.section.title, note=note, cells=tuple(cells)))
    return tuple(rows)


def _gates(plan: ScoringPlan, bids: Sequence[str], assessments: Mapping[str, Assessment]) -> tuple[MatrixRow, ...]:
    rows = []
    for planned in plan.questions:
        id_ = planned.question.id
        if planned.gate is None:
            continue
        outcomes = [assessments[supplier].gates.get(id_) for supplier in bids]
        cells = tuple(("not asked", "") if outcome is None else OUTCOMES[outcome] for outcome in outcomes)
        rows.append(MatrixRow(label=id_, note=planned.question.text, cells=cells))
    return tuple(rows)


def _shifts(ranking: LotRanking, plan: ScoringPlan, language: str) -> tuple[tuple[MatrixRow, ...], str]:
    """Return for every assessed bid its place by claimed and by reviewed quality, and who leads on each."""
    bids = [s for s in ranking.standings if s.claimed is not None and s.quality is not None]
    if not bids:
        return (), ""
    places = plan.profile.decimals
    rows = []
    for standing in sorted(bids, key=lambda s: (-(s.claimed or 0), s.supplier)):
        claimed, reviewed = standing.claimed or Fraction(0), standing.quality or Fraction(0)
        by_claim = 1 + sum((other.claimed or 0) > claimed for other in bids)
        by_review = 1 + sum((other.quality or 0) > reviewed for other in bids)
        cells = (
            (figure(shown(claimed, places), language), ""),
            (str(by_claim), ""),
            (figure(shown(reviewed, places), language), ""),
            (str(by_review), "" if by_claim == by_review else "open"),
            (figure(shown(reviewed - claimed, places), language), ""),
        )
        rows.append(MatrixRow(label=standing.supplier, note="", cells=cells))
    first = max(bids, key=lambda s: s.claimed or 0)
    best = max(bids, key=lambda s: s.quality or 0)
    if first is best:
        return tuple(rows), f"{first.supplier} has the highest quality both as claimed and after review."
    said = f"{first.supplier} claims the highest quality; after evidence and review it is {best.supplier}."
    return tuple(rows), said


def claims(
    plans: Mapping[str, ScoringPlan], assessments: Mapping[tuple[str, str], Assessment]
) -> tuple[MatrixRow, ...]:
    """Return every N/A claim by question and reason, with all bids that make it and what the review said."""
    found: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for (supplier, lot), assessment in assessments.items():
        for planned in plans[lot].questions:
            position = planned.position
            if assessment.states[position] is State.NOT_APPLICABLE and position not in assessment.causes:
                key = (planned.question.id, assessment.reasons.get(position, ""))
                approval = assessment.approvals.get(position, Approval.OPEN)
                found.setdefault(key, []).append((f"{supplier} in {lot}: {approval.value}", APPROVALS[approval]))
    return tuple(MatrixRow(label=id_, note=reason, cells=tuple(bids)) for (id_, reason), bids in sorted(found.items()))


def open_matters(assessments: Mapping[tuple[str, str], Assessment]) -> tuple[Line, ...]:
    """Return what keeps results from being final."""
    return tuple(
        Line(label=supplier, value=lot, note=matter, tone="open")
        for (supplier, lot), assessment in assessments.items()
        for matter in assessment.unsettled
    )
