"""Do the steps of a score again for the one who asks why: what a review acted on, and what it decided."""

from __future__ import annotations

from fractions import Fraction

from selfassess.model.assessment import Assessment, Scaled, State
from selfassess.model.review import ON_NOT_APPLICABLE, Action
from selfassess.plan import ScoringPlan
from selfassess.scoring.applicability import standings
from selfassess.scoring.reviewing import Case, Reviewed, apply_review, worth
from selfassess.scoring.support import supported_by
from selfassess.scoring.values import claimed_values

SETTLING = frozenset({Action.CONFIRM, Action.ADJUST, Action.ACCEPT_EQUIVALENT, Action.APPROVE})


def reviewed_again(plan: ScoringPlan, assessment: Assessment) -> tuple[Case, Reviewed]:
    """Return what the review of an assessment acted on, and what it decided."""
    response = assessment.response
    stand = standings(plan, response)
    support = supported_by(plan, response, assessment.day)
    claimed, rows = claimed_values(plan, stand)
    documents = frozenset(document.id for document in response.evidence)
    case = Case(plan=plan, stand=stand, support=support, claimed=claimed, rows=rows, documents=documents)
    supported: tuple[Scaled, ...] = assessment.supported
    return case, apply_review(case, supported, assessment.entries)


def settled(plan: ScoringPlan, assessment: Assessment) -> frozenset[int]:
    """Return the positions of the answers and N/A on which a review entry stands that settles them.

    Of a table every row may be settled instead. Where persons differ nothing is settled.
    """
    if not assessment.entries:
        return frozenset()
    case, review = reviewed_again(plan, assessment)
    differing = {position for position, _ in review.differing}
    targets = {target for target, entry in review.standing.items() if entry.action in SETTLING}
    found = set()
    for position in {position for position, _ in targets} - differing:
        answer = case.stand.answers[position]
        is_table = plan.questions[position].table is not None and assessment.states[position] is State.ANSWERED
        by_rows = is_table and all((position, row.key) in targets for row in answer)
        if (position, None) in targets or by_rows:
            found.add(position)
    return frozenset(found)


def spread(case: Case, review: Reviewed, position: int) -> tuple[tuple[str, str | None, Fraction], ...]:
    """Return what each person's latest entry makes of a question, or of its rows, on which persons differ.

    Each part has the person, the row (None: the whole answer) and a value from 0 to 1.
    """
    found = []
    for target, group in review.by_target.items():
        if target[0] == position and target in review.differing:
            for person, entry in {entry.person: entry for entry in group}.items():
                if entry.action not in ON_NOT_APPLICABLE:
                    value = Fraction(worth(case, target, entry)[0]) / case.plan.scale
                    found.append((person, target[1], value))
    return tuple(found)
