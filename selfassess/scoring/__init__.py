"""Turn a plan and a response into an assessment, by the method ``selfassess/1``.

``score`` does the sums; ``findings`` says all that is known of each question; ``trace`` says where each number comes
from. All arithmetic is exact: whole numbers in units of the plan's scale, one fraction per total.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from selfassess.model.assessment import Assessment, Measure
from selfassess.model.response import Response
from selfassess.model.review import Entry
from selfassess.plan import ScoringPlan
from selfassess.scoring.applicability import standings
from selfassess.scoring.findings import findings
from selfassess.scoring.judgement import judged_gates, judged_minima
from selfassess.scoring.reviewing import Case, apply_review
from selfassess.scoring.settling import unsettled
from selfassess.scoring.sums import totals
from selfassess.scoring.support import supported_by
from selfassess.scoring.tracing import trace
from selfassess.scoring.values import claimed_values, supported_values

__all__ = ["findings", "score", "trace"]


def score(
    plan: ScoringPlan,
    response: Response,
    *,
    supplier: str,
    day: date,
    entries: Sequence[Entry] = (),
) -> Assessment:
    """Return the assessment of one response in the plan's lot.

    ``day`` is the day on which evidence must be valid (the deadline's date); ``entries`` are the review entries on
    this bid in their order, monitors' findings on its sites included (see ``reviewing.entries_for``).
    """
    stand = standings(plan, response)
    support = supported_by(plan, response, day)
    claimed, rows = claimed_values(plan, stand)
    supported = supported_values(plan, claimed, rows, support)
    case = Case(
        plan=plan,
        stand=stand,
        support=support,
        claimed=claimed,
        rows=rows,
        documents=_ids(response),
    )
    review = apply_review(case, supported, entries)
    values = {Measure.CLAIMED: claimed, Measure.SUPPORTED: supported, Measure.REVIEWED: review.values}
    sums, conservative = totals(plan, stand, values, review.approvals)
    return Assessment(
        supplier=supplier,
        response=response,
        lot=plan.lot,
        day=day,
        states=tuple(stand.states),
        answers=tuple(stand.answers),
        claimed=tuple(claimed),
        supported=tuple(supported),
        reviewed=tuple(review.values),
        totals=sums,
        conservative=conservative,
        gates=judged_gates(case, review),
        minima=judged_minima(plan, sums[Measure.REVIEWED]),
        incomplete=stand.incomplete,
        is_excluded_as_incomplete=stand.incomplete and plan.profile.excludes_incomplete,
        unsettled=tuple(unsettled(case, review)) if support.pending or review.differing else (),
        entries=tuple(entry for group in review.by_target.values() for entry in group),
        refused_entries=review.refused,
        reasons=stand.reasons,
        causes=stand.causes,
        approvals=review.approvals,
        has_plain_evidence=support.is_plain,
    )


def _ids(response: Response) -> frozenset[str]:
    """Return the ids of the documents that came with a bid."""
    return frozenset(document.id for document in response.evidence)
