"""Say all that is known of each question of an assessment: values, evidence, points, what is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from selfassess.model.assessment import (
    Approval,
    Assessment,
    DocumentFinding,
    Finding,
    Measure,
    RowFinding,
    Scaled,
    State,
)
from selfassess.model.questionnaire import Grade
from selfassess.model.response import Row
from selfassess.plan import PlannedQuestion, ScoringPlan
from selfassess.plan.rules import WEIGHT_UNITS
from selfassess.scoring.again import reviewed_again, spread
from selfassess.scoring.reviewing import Case, Reviewed, covered, is_confirmed, reviewed_rows
from selfassess.scoring.sums import points_per_value
from selfassess.scoring.support import Support, considered
from selfassess.scoring.values import tenths_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Workings:
    """The steps of a score, done again for the one who asks why."""

    plan: ScoringPlan
    assessment: Assessment
    case: Case
    support: Support
    review: Reviewed
    points: Mapping[Measure, Sequence[Fraction]]
    documents: Mapping[int, tuple[DocumentFinding, ...]]


def findings(plan: ScoringPlan, assessment: Assessment) -> tuple[Finding, ...]:
    """Return what is known of every question of the plan, in its order."""
    workings = _workings(plan, assessment)
    return tuple(_finding(workings, planned) for planned in plan.questions)


def _workings(plan: ScoringPlan, assessment: Assessment) -> Workings:
    case, review = reviewed_again(plan, assessment)
    found: dict[int, list[DocumentFinding]] = {}
    for document in assessment.response.evidence:
        for planned, finding in considered(plan, document, assessment.day):
            found.setdefault(planned.position, []).append(finding)
    return Workings(
        plan=plan,
        assessment=assessment,
        case=case,
        support=case.support,
        review=review,
        points={measure: points_per_value(plan, assessment, measure) for measure in Measure},
        documents={position: tuple(group) for position, group in found.items()},
    )


def _finding(workings: Workings, planned: PlannedQuestion) -> Finding:
    assessment, review, position = workings.assessment, workings.review, planned.position
    values = {
        Measure.CLAIMED: _value(workings, planned, assessment.claimed),
        Measure.SUPPORTED: _value(workings, planned, assessment.supported),
        Measure.REVIEWED: _value(workings, planned, assessment.reviewed),
    }
    per_value = {measure: workings.points[measure][position] for measure in Measure}
    state = assessment.states[position]
    targets = [target for target in review.by_target if target[0] == position]
    return Finding(
        question=planned.question.id,
        section=workings.plan.sections[planned.section].section.id,
        state=state,
        answer=assessment.answers[position],
        reason=assessment.reasons.get(position, ""),
        inherited=position in assessment.causes,
        approval=assessment.approvals.get(position, Approval.OPEN) if state is State.NOT_APPLICABLE else None,
        claimed=values[Measure.CLAIMED],
        supported=values[Measure.SUPPORTED],
        reviewed=values[Measure.REVIEWED],
        grade=_grade(workings, planned),
        minimum=planned.minimum,
        published_weight=planned.published_weight,
        effective_weight=per_value[Measure.REVIEWED],
        points={measure: per_value[measure] * (values[measure] or 0) for measure in Measure},
        missing=per_value[Measure.REVIEWED] * (1 - (values[Measure.REVIEWED] or 0)),
        gate=assessment.gates.get(planned.question.id),
        documents=workings.documents.get(position, ()),
        rows=_rows(workings, planned),
        entries=(
            *(entry for target in targets for entry in review.by_target[target]),
            *(reply for reply in review.replies if reply.question == planned.question.id),
        ),
        standing=review.standing.get((position, None)),
        spread=spread(workings.case, review, position) if review.differing else (),
        persons_differ=any(target in review.differing for target in targets),
    )


def _value(workings: Workings, planned: PlannedQuestion, values: Sequence[Scaled]) -> Fraction | None:
    answered = workings.assessment.states[planned.position] is State.ANSWERED
    if not answered or not planned.question.is_scored:
        return None
    return Fraction(values[planned.position]) / workings.plan.scale


def _grade(workings: Workings, planned: PlannedQuestion) -> Grade:
    """Return the counted grade; of a table, that of the row with the least."""
    support, position = workings.support, planned.position
    if planned.table is None:
        return support.questions.get(position, support.declared)
    answer = workings.assessment.answers[position]
    rows = answer if isinstance(answer, tuple) else ()
    grades = (support.grade_of_row(position, row.key) for row in rows if isinstance(row, Row))
    return min(grades, default=support.declared)


def _rows(workings: Workings, planned: PlannedQuestion) -> tuple[RowFinding, ...]:
    position, scale = planned.position, workings.plan.scale
    scored = workings.case.rows.get(position)
    if scored is None or planned.table is None:
        return ()
    own = workings.review.standing.get((position, None))
    accepted = covered(workings.case, position, workings.review)
    reviewed = reviewed_rows(workings.case, planned, workings.review, accepted, confirmed=is_confirmed(own))
    grades = [workings.support.grade_of_row(position, row.key) for row in scored.rows]
    return tuple(
        RowFinding(
            key=row.key,
            claimed=Fraction(claim, scale),
            supported=Fraction(tenths_of(claim, planned.support[grade])) / scale,
            reviewed=Fraction(value) / scale,
            grade=grade,
            weight=Fraction(weight, WEIGHT_UNITS) if planned.table.weight else None,
            is_bad=row.is_bad,
        )
        for row, claim, value, grade, weight in zip(
            scored.rows, scored.claimed, reviewed, grades, scored.weights, strict=True
        )
    )
