"""Judge gates and minima on reviewed values (method, 3.7)."""

from __future__ import annotations

from fractions import Fraction

from selfassess.model.assessment import Outcome, State, Total
from selfassess.model.profile import EvidenceMode
from selfassess.model.review import Action
from selfassess.plan import PlannedQuestion, ScoringPlan
from selfassess.plan.plans import PlannedSection
from selfassess.scoring.applicability import Standings
from selfassess.scoring.reviewing import CONFIRMING, Reviewed
from selfassess.scoring.support import Support

FULL = 10  # tenths


def judged_gates(plan: ScoringPlan, stand: Standings, support: Support, review: Reviewed) -> dict[str, Outcome]:
    """Return the outcome of each gate that is on and asked.

    It fails when the condition is false or the answer was rejected, and is unknown when the answer is missing, N/A,
    or not supported enough.
    """
    return {
        planned.question.id: _gate(plan, planned, stand, support, review)
        for planned in plan.questions
        if planned.gate is not None and stand.states[planned.position] is not State.NOT_ASKED
    }


def _gate(plan: ScoringPlan, planned: PlannedQuestion, stand: Standings, support: Support, review: Reviewed) -> Outcome:
    position = planned.position
    if planned.gate is None or stand.states[position] is not State.ANSWERED:
        return Outcome.UNKNOWN
    rejected = any(at == position and entry.action is Action.REJECT for (at, _), entry in review.standing.items())
    if rejected or planned.gate(stand.answers[position]) is not True:
        return Outcome.FAIL
    counts = plan.profile.evidence_mode is EvidenceMode.DIALOGUE or _is_supported(planned, stand, support, review)
    return Outcome.PASS if counts else Outcome.UNKNOWN


def _is_supported(planned: PlannedQuestion, stand: Standings, support: Support, review: Reviewed) -> bool:
    """Return whether a gate's answer counts in an award: confirmed, or with evidence enough (in a table: every row)."""
    position = planned.position
    own = review.standing.get((position, None))
    if own is not None and own.action in CONFIRMING:
        return True
    if planned.table is None:
        return support.tenths(planned) == FULL
    for row in stand.answers[position]:
        entry = review.standing.get((position, row.key))
        confirmed = entry is not None and entry.action in CONFIRMING
        if not confirmed and planned.support[support.grade_of_row(position, row.key)] != FULL:
            return False
    return True


def judged_minima(plan: ScoringPlan, reviewed: Total) -> dict[str, Outcome]:
    """Return whether the reviewed total and sections reach their minima; a null one is unknown.

    A section in which the lot scores nothing has no minimum there.
    """
    minima = plan.profile.minima
    outcomes = {}
    if minima.total is not None:
        outcomes["total"] = _reaches(reviewed.total, Fraction(minima.total))
    by_id: dict[str, tuple[PlannedSection, Fraction | None]] = {
        section.section.id: (section, value) for section, value in zip(plan.sections, reviewed.sections, strict=True)
    }
    for id_, minimum in minima.sections.items():
        if id_ in by_id and by_id[id_][0].weight:
            outcomes[id_] = _reaches(by_id[id_][1], Fraction(minimum))
    return outcomes


def _reaches(value: Fraction | None, minimum: Fraction) -> Outcome:
    if value is None:
        return Outcome.UNKNOWN
    return Outcome.PASS if value >= minimum else Outcome.FAIL
