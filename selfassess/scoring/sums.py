"""Put values together into sections and totals (method, 3.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from operator import mul

from selfassess.model.assessment import Approval, Assessment, Measure, Scaled, State, Total
from selfassess.model.profile import EvidenceMode
from selfassess.plan import PlannedSection, ScoringPlan
from selfassess.scoring.applicability import Standings

NOTHING: frozenset[int] = frozenset()
NONE_LEAVES: Mapping[Measure, frozenset[int]] = dict.fromkeys(Measure, NOTHING)


def leaving(
    plan: ScoringPlan, states: Sequence[State], approvals: Mapping[int, Approval]
) -> Mapping[Measure, frozenset[int]]:
    """Return which N/A questions leave the sums of each measure (method, 3.5).

    All leave the claimed sums; in dialogue also the supported ones, and the reviewed ones but for the refused; in an
    award only approved ones leave supported and reviewed.
    """
    if State.NOT_APPLICABLE not in states:
        return NONE_LEAVES
    claims = frozenset(i for i, state in enumerate(states) if state is State.NOT_APPLICABLE)
    if plan.profile.evidence_mode is EvidenceMode.AWARD:
        approved = frozenset(i for i in claims if approvals.get(i) is Approval.APPROVED)
        return {Measure.CLAIMED: claims, Measure.SUPPORTED: approved, Measure.REVIEWED: approved}
    kept = frozenset(i for i in claims if approvals.get(i) is not Approval.REFUSED)
    return {Measure.CLAIMED: claims, Measure.SUPPORTED: claims, Measure.REVIEWED: kept}


def totals(
    plan: ScoringPlan,
    stand: Standings,
    values: Mapping[Measure, Sequence[Scaled]],
    approvals: Mapping[int, Approval],
) -> tuple[Mapping[Measure, Total], Mapping[Measure, Total]]:
    """Return the total of each measure and its conservative twin, in which every N/A counts 0."""
    full = full_weights(plan, stand.states)
    leave = leaving(plan, stand.states, approvals)
    sums: dict[Measure, Total] = {}
    twins: dict[Measure, Total] = {}
    for measure, own in values.items():
        before = next((m for m in sums if values[m] is own or values[m] == own), None)
        weighted = [_weighted(section, own) for section in plan.sections]
        twins[measure] = twins[before] if before else _total(plan, weighted, [(whole, 1) for whole in full])
        if not leave[measure]:
            sums[measure] = twins[measure]
        elif before and leave[before] == leave[measure]:
            sums[measure] = sums[before]
        else:
            sums[measure] = _total(plan, weighted, divisors(plan, full, leave[measure]))
    return sums, twins


def full_weights(plan: ScoringPlan, states: Sequence[State]) -> list[int]:
    """Return for each section the weight of all questions in its sums, N/A included.

    A question that is not asked leaves them, unless its condition hangs on a scored one: then it stays with value 0.
    """
    if State.NOT_ASKED not in states:
        return [section.full for section in plan.sections]
    out = [0] * len(plan.sections)
    for planned, state in zip(plan.questions, states, strict=True):
        if state is not State.NOT_ASKED or planned.stays:
            out[planned.section] += planned.weight
    return out


def divisors(plan: ScoringPlan, full: Sequence[int], left: frozenset[int]) -> list[tuple[int, int]]:
    """Return T − min(n, c·T) of each section as a whole number over a whole number."""
    gone = [0] * len(plan.sections)
    for position in left:
        gone[plan.questions[position].section] += plan.questions[position].weight
    top, bottom = plan.cap.numerator, plan.cap.denominator
    return [(whole * bottom - min(out * bottom, top * whole), bottom) for whole, out in zip(full, gone, strict=True)]


def _weighted(section: PlannedSection, values: Sequence[Scaled]) -> Scaled:
    weighted: Scaled = sum(map(mul, section.in_order, values[section.start : section.stop]), 0)
    return weighted


def _total(plan: ScoringPlan, weighted: Sequence[Scaled], divided: Sequence[tuple[int, int]]) -> Total:
    """Return sections Σ w·value / divisor, and 100 · Σ W·section / Σ W over the sections that are not null.

    The total is put together over one common denominator, and made a fraction once.
    """
    scale, weight = plan.scale, 0
    above: Scaled = 0
    below = 1
    sections: list[Fraction | None] = []
    for amount, (top, bottom), planned in zip(weighted, divided, plan.sections, strict=True):
        if not top:
            sections.append(None)
            continue
        value, divisor = amount * bottom, top * scale
        sections.append(Fraction(value, divisor))
        if planned.weight:
            weight += planned.weight
            above = above * divisor + planned.weight * value * below
            below *= divisor
    return Total(total=Fraction(100 * above, below * weight) if weight else None, sections=tuple(sections))


def points_per_value(plan: ScoringPlan, assessment: Assessment, measure: Measure) -> list[Fraction]:
    """Return for each question the points of a measure's total that a value of 1 brings; 0 where it left the sums.

    A question's contribution is this times its value; contributions add up to the total exactly (method, 3.9).
    """
    left = leaving(plan, assessment.states, assessment.approvals)[measure]
    divided = divisors(plan, full_weights(plan, assessment.states), left)
    weight = sum(
        section.weight for section, (top, _) in zip(plan.sections, divided, strict=True) if top and section.weight
    )
    points = []
    for planned, state in zip(plan.questions, assessment.states, strict=True):
        section, (top, bottom) = plan.sections[planned.section], divided[planned.section]
        gone = planned.position in left or (state is State.NOT_ASKED and not planned.stays)
        if gone or not top or not weight:
            points.append(Fraction(0))
        else:
            points.append(Fraction(100 * section.weight * planned.weight * bottom, weight * top))
    return points
