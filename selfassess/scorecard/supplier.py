"""One bid's assessments become the report that its supplier and an auditor read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from selfassess.model.assessment import Assessment, Finding, Measure, Outcome, State
from selfassess.model.ranking import LotRanking, Standing, Status
from selfassess.numbers import apportion, apportion_to, rounded, shown, shown_apart
from selfassess.plan import PlannedQuestion, ScoringPlan, gate_sentence
from selfassess.scorecard.cards import Bar, Line, LotCard, QuestionCard, SectionCard
from selfassess.scorecard.saying import answer_in_words, evidence_in_words, reason_in_words, reasons
from selfassess.scoring import findings
from selfassess.wording import MEASURES, STATUS, figure

TONES = {
    Status.RANKED: "good",
    Status.PROVISIONAL: "open",
    Status.EXCLUDED: "bad",
    Status.UNPRICED: "open",
    Status.REFUSED: "bad",
}
OUTCOMES = {Outcome.PASS: ("met", "good"), Outcome.FAIL: ("not met", "bad"), Outcome.UNKNOWN: ("not known", "open")}
WEAKEST, RAISES = 3, 8
HUNDRED = 100


def lot_card(
    plan: ScoringPlan,
    assessment: Assessment,
    *,
    title: str,
    ranking: LotRanking | None,
    fingerprint: str,
    language: str,
) -> LotCard:
    """Return one bid in one lot, ready to print."""
    found = findings(plan, assessment)
    standing = _standing(ranking, assessment.supplier)
    status = standing.status if standing else None
    return LotCard(
        lot=assessment.lot or "",
        title=title,
        status=STATUS[status.value] if status else STATUS["assessed"],
        tone=TONES[status] if status else "",
        verdict=_verdict(assessment, standing, ranking, plan, language),
        totals=_totals(plan, assessment, language),
        gates=_gates(plan, assessment),
        minima=_minima(plan, assessment, language),
        not_applicable=_claims(plan, found),
        open_matters=tuple(f"{matter[:1].upper()}{matter[1:]}." for matter in assessment.unsettled),
        bars=_bars(plan, assessment, language),
        weakest=_weakest(plan, assessment, language),
        raises=_raises(plan, found, language),
        sections=_sections(plan, assessment, found, language),
        fingerprint=fingerprint,
    )


def _standing(ranking: LotRanking | None, supplier: str) -> Standing | None:
    standings = ranking.standings if ranking else ()
    return next((standing for standing in standings if standing.supplier == supplier), None)


def _verdict(
    assessment: Assessment, standing: Standing | None, ranking: LotRanking | None, plan: ScoringPlan, language: str
) -> str:
    total = assessment.total
    scored = "no total" if total is None else f"{figure(shown(total, plan.profile.decimals), language)} of 100 points"
    if standing is None or ranking is None:
        return f"This response reaches {scored} by the profile {plan.profile.title}."
    ranked = [other for other in ranking.standings if other.rank is not None]
    if standing.status is Status.EXCLUDED:
        return f"With {scored}, this bid is excluded: {'; '.join(standing.reasons)}."
    if standing.rank is None:
        return f"With {scored}, this bid has no rank: {'; '.join(standing.reasons)}."
    place = f"ranked {standing.rank} of {len(ranked)}"
    shared = f", equal with {', '.join(standing.tied_with)}" if standing.tied_with else ""
    if standing.status is Status.PROVISIONAL:
        return f"With {scored}, this bid is provisionally {place}{shared}: {'; '.join(standing.reasons)}."
    return f"With {scored}, this bid is {place}{shared}{'' if ranking.is_final else '; the result is not final yet'}."


def _said(value: Fraction | None, places: int, language: str) -> str:
    return "none" if value is None else figure(shown(value, places), language)


def _totals(plan: ScoringPlan, assessment: Assessment, language: str) -> tuple[Line, ...]:
    places = plan.profile.decimals
    return tuple(
        Line(
            label=MEASURES[measure.value],
            value=_said(assessment.totals[measure].total, places, language),
            note=f"{_said(assessment.conservative[measure].total, places, language)} if every N/A counts 0",
        )
        for measure in Measure
    )


def _gates(plan: ScoringPlan, assessment: Assessment) -> tuple[Line, ...]:
    lines = []
    for id_, outcome in assessment.gates.items():
        planned = plan.questions[plan.positions[id_]]
        word, tone = OUTCOMES[outcome]
        asked = gate_sentence(planned.gate_condition) if planned.gate_condition is not None else ""
        said = asked if len(asked) < 140 else f"{asked[:137]}…"  # noqa: PLR2004  two lines of the table
        lines.append(Line(label=id_, value=word, note=f"{planned.question.text} Asked: {said}.", tone=tone))
    return tuple(lines)


def _minima(plan: ScoringPlan, assessment: Assessment, language: str) -> tuple[Line, ...]:
    lines = []
    reviewed = assessment.totals[Measure.REVIEWED]
    sections = {s.section.id: (s.section.title, v) for s, v in zip(plan.sections, reviewed.sections, strict=True)}
    for name, outcome in assessment.minima.items():
        word, tone = OUTCOMES[outcome]
        if name == "total":
            title, value, least = "Total", reviewed.total, Fraction(plan.profile.minima.total or 0)
        else:
            title, share = sections[name]
            value = None if share is None else share * HUNDRED
            least = Fraction(plan.profile.minima.sections[name]) * HUNDRED
        has = "none" if value is None else figure(shown_apart(value, [least], plan.profile.decimals), language)
        lines.append(Line(label=title, value=word, note=f"{has} against at least {shown(least, 0)} of 100", tone=tone))
    return tuple(lines)


def _claims(plan: ScoringPlan, found: Sequence[Finding]) -> tuple[Line, ...]:
    lines = []
    for finding in found:
        if finding.state is State.NOT_APPLICABLE and finding.approval is not None:
            tone = {"open": "open", "approved": "good", "refused": "bad"}[finding.approval.value]
            note = reason_in_words(plan, finding)
            lines.append(Line(label=finding.question, value=finding.approval.value, note=note, tone=tone))
    return tuple(lines)


def thousandths(value: Fraction | None) -> int:
    """Return a value from 0 to 1 as the width of a bar."""
    return 0 if value is None else int(rounded(value * 1000, 0))


def _bars(plan: ScoringPlan, assessment: Assessment, language: str) -> tuple[Bar, ...]:
    bars = []
    reviewed, claimed = assessment.totals[Measure.REVIEWED].sections, assessment.totals[Measure.CLAIMED].sections
    for section, own, stated in zip(plan.sections, reviewed, claimed, strict=True):
        if not section.weight:
            continue
        least = plan.profile.minima.sections.get(section.section.id)
        bars.append(
            Bar(
                label=section.section.title,
                value=_said(None if own is None else own * HUNDRED, 1, language),
                claimed=_said(None if stated is None else stated * HUNDRED, 1, language),
                width=thousandths(own),
                claimed_width=thousandths(stated),
                minimum=-1 if least is None else thousandths(Fraction(least)),
                minimum_said="" if least is None else f"minimum {shown(Fraction(least) * HUNDRED, 0)}",
            )
        )
    return tuple(bars)


def _weakest(plan: ScoringPlan, assessment: Assessment, language: str) -> tuple[Line, ...]:
    pairs = [
        (value, section.section.title)
        for section, value in zip(plan.sections, assessment.totals[Measure.REVIEWED].sections, strict=True)
        if value is not None and section.weight
    ]
    return tuple(
        Line(label=title, value=_said(value * HUNDRED, 1, language)) for value, title in sorted(pairs)[:WEAKEST]
    )


def _raises(plan: ScoringPlan, found: Sequence[Finding], language: str) -> tuple[Line, ...]:
    order = sorted((f for f in found if f.missing > 0), key=lambda f: (-f.missing, plan.positions[f.question]))
    lines = []
    for finding in order[:RAISES]:
        question = plan.questions[plan.positions[finding.question]].question
        points = figure(shown(finding.missing, plan.profile.decimals), language)
        lines.append(Line(label=finding.question, value=f"+{points}", note=f"{question.text} {_what_to_do(finding)}"))
    return tuple(lines)


def _what_to_do(finding: Finding) -> str:
    if finding.state is State.MISSING:
        return "Answer it."
    if finding.state is State.NOT_APPLICABLE:
        return "It is said not to apply."
    if finding.claimed is not None and finding.supported is not None and finding.supported < finding.claimed:
        return f"Show evidence of grade {finding.minimum.name} or stronger."
    return "Improve what is answered."


def _sections(
    plan: ScoringPlan, assessment: Assessment, found: Sequence[Finding], language: str
) -> tuple[SectionCard, ...]:
    """Return the sections with points that add up as printed: the total to sections, each section to questions."""
    places = plan.profile.decimals
    groups = [found[section.start : section.stop] for section in plan.sections]
    exact = [sum((f.points[Measure.REVIEWED] for f in group), Fraction(0)) for group in groups]
    printed = apportion(assessment.total, exact, places) if assessment.total is not None else tuple(exact)
    cards = []
    for section, group, points in zip(plan.sections, groups, printed, strict=True):
        parts = apportion_to(points, [f.points[Measure.REVIEWED] for f in group], places)
        possible = sum((f.effective_weight for f in group), Fraction(0))
        cards.append(
            SectionCard(
                id=section.section.id,
                title=section.section.title,
                points=figure(shown(points, places), language),
                possible=figure(shown(possible, places), language) if section.weight else "",
                questions=tuple(
                    _question(plan, plan.questions[plan.positions[f.question]], f, part, language)
                    for f, part in zip(group, parts, strict=True)
                ),
            )
        )
    return tuple(cards)


def _question(
    plan: ScoringPlan, planned: PlannedQuestion, finding: Finding, points: Fraction, language: str
) -> QuestionCard:
    question, places = planned.question, plan.profile.decimals
    scored = question.is_scored
    tone = ""
    if finding.gate is not None:
        tone = OUTCOMES[finding.gate][1]
    elif scored and finding.effective_weight and finding.points[Measure.REVIEWED] == 0:
        tone = "bad"
    return QuestionCard(
        id=question.id,
        text=question.text,
        answer=answer_in_words(question, finding),
        state=finding.state.value,
        evidence=evidence_in_words(finding),
        points=figure(shown(points, places), language) if scored else "",
        possible=figure(shown(finding.effective_weight, places), language) if scored else "",
        why=tuple(said for said in reasons(plan, planned, finding) if said),
        tone=tone,
    )


def names_of(assessments: Mapping[str | None, Assessment]) -> str:
    """Return the supplier's own name."""
    return next((assessment.response.supplier.name for assessment in assessments.values()), "")
