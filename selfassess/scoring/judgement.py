"""Judge gates and minima on reviewed values (method, 3.7)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from selfassess.model.assessment import Outcome, State, Total
from selfassess.model.profile import EvidenceMode
from selfassess.model.response import Row
from selfassess.model.review import Action
from selfassess.plan import PlannedQuestion, ScoringPlan
from selfassess.scoring.reviewing import CONFIRMING, Case, Reviewed, Target, covered, is_confirmed

FULL = 10  # tenths


def judged_gates(case: Case, review: Reviewed) -> dict[str, Outcome]:
    """Return the outcome of each gate that is on and asked.

    It fails when the condition is false or the answer was rejected, and is unknown when the condition is open, the
    answer missing or N/A, or in an award not supported enough.
    """
    return {
        planned.id: _gate(case, planned, review)
        for planned in case.plan.gated
        if case.stand.states[planned.position] is not State.NOT_ASKED
    }


def _gate(case: Case, planned: PlannedQuestion, review: Reviewed) -> Outcome:
    position = planned.position
    if planned.gate is None or case.stand.states[position] is not State.ANSWERED:
        return Outcome.UNKNOWN
    truth = planned.gate(case.stand.answers[position])
    rejected = any(at == position and entry.action is Action.REJECT for (at, _), entry in review.standing.items())
    if rejected or truth is False:
        return Outcome.FAIL
    if truth is None:
        return Outcome.UNKNOWN
    in_dialogue = case.plan.profile.evidence_mode is EvidenceMode.DIALOGUE
    return Outcome.PASS if in_dialogue or is_supported(case, planned, review, frozenset()) else Outcome.UNKNOWN


def is_supported(case: Case, planned: PlannedQuestion, review: Reviewed, accepted: frozenset[Target]) -> bool:
    """Return whether a gate's answer counts in an award: confirmed, or with evidence enough (in a table: every row).

    ``accepted`` are targets whose equivalents are taken as accepted.
    """
    position = planned.position
    own = review.standing.get((position, None))
    if is_confirmed(own):
        return True
    accepted |= covered(case, position, review)
    if planned.table is None:
        return (position, None) in accepted or case.support.tenths(planned) == FULL
    return all(_row_is_supported(case, planned, row, review, accepted) for row in case.stand.answers[position])


def _row_is_supported(
    case: Case, planned: PlannedQuestion, row: Row, review: Reviewed, accepted: frozenset[Target]
) -> bool:
    target = (planned.position, row.key)
    entry = review.standing.get(target)
    if target in accepted or (entry is not None and entry.action in CONFIRMING):
        return True
    return planned.support[case.support.grade_of_row(planned.position, row.key)] == FULL


def judged_minima(plan: ScoringPlan, reviewed: Total) -> dict[str, Outcome]:
    """Return whether the reviewed total and sections reach their minima; a null one is unknown.

    A section in which the lot scores nothing has no minimum there.
    """
    return minima_of(plan, reviewed, [section.full > 0 for section in plan.sections])


def minima_of(plan: ScoringPlan, reviewed: Total, weighing: Sequence[bool]) -> dict[str, Outcome]:
    """Return the outcome of each minimum where it is said of each section, in the plan's order, whether it scores."""
    minima = plan.profile.minima
    outcomes = {}
    if minima.total is not None:
        outcomes["total"] = _reaches(reviewed.total, Fraction(minima.total))
    by_id = {
        section.section.id: (weighs, value)
        for section, weighs, value in zip(plan.sections, weighing, reviewed.sections, strict=True)
    }
    for id_, minimum in minima.sections.items():
        weighs, value = by_id.get(id_, (False, None))
        if weighs:
            outcomes[id_] = _reaches(value, Fraction(minimum))
    return outcomes


def _reaches(value: Fraction | None, minimum: Fraction) -> Outcome:
    if value is None:
        return Outcome.UNKNOWN
    return Outcome.PASS if value >= minimum else Outcome.FAIL
