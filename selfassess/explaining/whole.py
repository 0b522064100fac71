"""A whole assessment becomes sentences: total, sections, what is weakest, gates, minima, N/A and what is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from selfassess.explaining.passages import Explanation, Passage
from selfassess.explaining.question import OUTCOMES
from selfassess.explaining.raising import weakest
from selfassess.model.assessment import Assessment, Finding, Measure, Outcome, State
from selfassess.numbers import apportion, exactly, shown, shown_apart
from selfassess.plan import ScoringPlan, gate_in_words
from selfassess.scorecard.saying import reason_in_words
from selfassess.scoring import findings
from selfassess.wording import MEASURES, STATUS

WEAKEST = 3


def explain_total(plan: ScoringPlan, assessment: Assessment, status: str, reasons: Sequence[str]) -> Explanation:
    """Return where the total comes from; ``status`` and ``reasons`` are what the file says of the bid's standing."""
    found, places, total = findings(plan, assessment), plan.profile.decimals, assessment.total
    lot = f", lot {assessment.lot}" if assessment.lot else ""
    standing = STATUS.get(status, status)
    because = f": {'; '.join(reasons)}" if reasons else ""
    scored = "no total" if total is None else f"{shown(total, places)} of 100 points"
    passages = [
        _totals(plan, assessment),
        _sections(plan, assessment, found),
        Passage(title="What is missing most, and what would raise it", items=list(weakest(plan, found, WEAKEST))),
        *_gates(plan, assessment),
        *_minima(plan, assessment),
        *_not_applicable(plan, found),
        *_open(assessment, found),
    ]
    return Explanation(
        title=f"{assessment.response.supplier.name} ({assessment.supplier}{lot})",
        verdict=f"{scored}; {standing}{because}.",
        passages=tuple(passages),
    )


def _totals(plan: ScoringPlan, assessment: Assessment) -> Passage:
    places = plan.profile.decimals
    rows = [("", "total", "if every N/A counts 0")]
    for measure in Measure:
        own = (assessment.totals[measure].total, assessment.conservative[measure].total)
        figures = ["none" if value is None else shown(value, places) for value in own]
        rows.append((MEASURES[measure.value], figures[0], figures[1]))
    return Passage(
        title="Total",
        sentences=[
            f"The total after review ranks: 100 × the mean of the sections by their weight{_exactly(assessment)}."
        ],
        rows=rows,
    )


def _exactly(assessment: Assessment) -> str:
    return "" if assessment.total is None else f", exactly {exactly(assessment.total)}"


def _sections(plan: ScoringPlan, assessment: Assessment, found: Sequence[Finding]) -> Passage:
    places = plan.profile.decimals
    groups = [found[section.start : section.stop] for section in plan.sections]
    exact = [sum((f.points[Measure.REVIEWED] for f in group), Fraction(0)) for group in groups]
    printed = apportion(assessment.total, exact, places) if assessment.total is not None else tuple(exact)
    rows = [("section", "points", "of", "reached", "claimed")]
    for number, (section, group) in enumerate(zip(plan.sections, groups, strict=True)):
        if section.weight:
            possible = sum((f.effective_weight for f in group), Fraction(0))
            reviewed, claimed = (assessment.totals[m].sections[number] for m in (Measure.REVIEWED, Measure.CLAIMED))
            figures = (shown(printed[number], places), shown(possible, places), _percent(reviewed), _percent(claimed))
            rows.append((section.section.title, *figures))
    return Passage(title="Sections", rows=rows)


def _percent(value: Fraction | None) -> str:
    return "none" if value is None else f"{shown(value * 100, 1)} %"


def _gates(plan: ScoringPlan, assessment: Assessment) -> Iterator[Passage]:
    if not assessment.gates:
        return
    met = [id_ for id_, outcome in assessment.gates.items() if outcome is Outcome.PASS]
    items = []
    for id_, outcome in assessment.gates.items():
        planned = plan.questions[plan.positions[id_]]
        if outcome is not Outcome.PASS and planned.gate_condition is not None:
            asked = gate_in_words(planned.gate_condition, planned.question)
            items.append(f"{id_} is {OUTCOMES[outcome]}: {planned.question.text} Asked: {asked}.")
    sentences = [f"Met: {', '.join(met)}."] if met else []
    yield Passage(title="Minimum requirements", sentences=sentences, items=items)


def _minima(plan: ScoringPlan, assessment: Assessment) -> Iterator[Passage]:
    reviewed = assessment.totals[Measure.REVIEWED]
    sections = {s.section.id: (s.section.title, v) for s, v in zip(plan.sections, reviewed.sections, strict=True)}
    items = []
    for name, outcome in assessment.minima.items():
        title, value, least = "The total", reviewed.total, Fraction(plan.profile.minima.total or 0)
        if name != "total":
            title, share = sections[name]
            value, least = None if share is None else share * 100, Fraction(plan.profile.minima.sections[name]) * 100
        has = "nothing to sum" if value is None else shown_apart(value, [least], plan.profile.decimals)
        items.append(f"{title} reaches {has} of 100, at least {exactly(least)} is asked: {OUTCOMES[outcome]}.")
    if items:
        yield Passage(title="Least to reach", items=items)


def _not_applicable(plan: ScoringPlan, found: Sequence[Finding]) -> Iterator[Passage]:
    items = [
        f"{finding.question}: {reason_in_words(plan, finding)}; approval: {finding.approval.value}."
        for finding in found
        if finding.state is State.NOT_APPLICABLE and finding.approval is not None
    ]
    if items:
        yield Passage(title="Said not to apply", items=items)


def _open(assessment: Assessment, found: Sequence[Finding]) -> Iterator[Passage]:
    items = [f"{matter[:1].upper()}{matter[1:]}." for matter in assessment.unsettled]
    missing = [finding.question for finding in found if finding.state is State.MISSING]
    if missing:
        items.append(f"Not answered: {', '.join(missing)}.")
    items += [f"Entry {refusal.entry.id} was not applied: {refusal.reason}." for refusal in assessment.refused_entries]
    if items:
        yield Passage(title="Open", items=items)
