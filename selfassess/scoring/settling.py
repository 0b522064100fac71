"""Say what keeps a bid from being settled (method, 3.3 and 3.8)."""

from __future__ import annotations

from collections.abc import Iterator

from selfassess.languages import TOLD
from selfassess.model.assessment import State
from selfassess.model.profile import EvidenceMode
from selfassess.scoring.judgement import is_supported
from selfassess.scoring.reviewing import Case, Reviewed, Target, reviewed_value


def unsettled(case: Case, review: Reviewed) -> Iterator[str]:
    """Yield why no result is final: persons differ, or an equivalent waits whose acceptance would change a score."""
    for position, key in sorted(review.differing, key=lambda target: (target[0], target[1] or "")):
        id_ = case.plan.questions[position].id
        yield TOLD.say("persons differ on {target}", target=id_ if key is None else f"{id_}/{key}")
    waiting = frozenset(
        target
        for target in case.support.pending
        if target not in review.standing
        and (target[0], None) not in review.standing
        and case.stand.states[target[0]] is State.ANSWERED
    )
    for position in sorted({position for position, _ in waiting}):
        if _would_change(case, position, review, waiting):
            id_ = case.plan.questions[position].id
            yield TOLD.say("an equivalent for {question} waits to be accepted", question=id_)


def _would_change(case: Case, position: int, review: Reviewed, waiting: frozenset[Target]) -> bool:
    planned = case.plan.questions[position]
    if planned.weight and reviewed_value(case, position, review, waiting) != review.values[position]:
        return True
    in_award = case.plan.profile.evidence_mode is EvidenceMode.AWARD
    if not in_award or planned.gate is None or planned.gate(case.stand.answers[position]) is not True:
        return False
    before, after = (is_supported(case, planned, review, accepted) for accepted in (frozenset(), waiting))
    return before != after
