"""What the bids show beside their order: rankings without one bid, effective weights, answers near a cliff."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from selfassess.model.assessment import Assessment, Measure, State
from selfassess.model.stability import EffectiveWeight, LeftOut, Level, Place
from selfassess.scoring.sums import leaving
from selfassess.stability.contest import Contest, places


def left_out(contest: Contest) -> tuple[LeftOut, ...]:
    """Return the ranking without each compared bid."""
    found = []
    whole = places(contest.rules, contest.bids)
    for gone in contest.bids:
        rest = places(contest.rules, [bid for bid in contest.bids if bid is not gone])
        before = _groups([place for place in whole if place.supplier != gone.supplier])
        found.append(LeftOut(without=gone.supplier, places=rest, changes_order=_groups(rest) != before))
    return tuple(found)


def _groups(row: Sequence[Place]) -> list[set[str]]:
    """Return suppliers in order, those of one rank together."""
    groups: dict[int, set[str]] = {}
    for place in row:
        groups.setdefault(place.rank, set()).add(place.supplier)
    return list(groups.values())


def effective_weights(contest: Contest) -> tuple[EffectiveWeight, ...]:
    """Return the published weight of each section and question with the spread of its value among the compared bids."""
    plan, compared = contest.plan, [contest.assessments[bid.supplier] for bid in contest.bids]
    found = []
    for number, section in enumerate(plan.sections):
        values = [assessment.totals[Measure.REVIEWED].sections[number] for assessment in compared]
        there = [value for value in values if value is not None]
        if there and section.weight:
            found.append(_effective(Level.SECTION, section.section.id, section.published_weight, there))
    in_sums = [_in_sums(contest, assessment) for assessment in compared]
    for planned in plan.questions:
        there = [
            Fraction(assessment.reviewed[planned.position]) / plan.scale
            for assessment, inside in zip(compared, in_sums, strict=True)
            if planned.position in inside
        ]
        if there and planned.published_weight:
            found.append(_effective(Level.QUESTION, planned.id, planned.published_weight, there))
    return tuple(found)


def _effective(level: Level, id_: str, weight: Fraction, values: Sequence[Fraction]) -> EffectiveWeight:
    return EffectiveWeight(level=level, id=id_, weight=weight, lowest=min(values), highest=max(values))


def _in_sums(contest: Contest, assessment: Assessment) -> set[int]:
    """Return the questions in a bid's reviewed sums."""
    left = leaving(contest.plan, assessment.states, assessment.approvals)[Measure.REVIEWED]
    return {
        planned.position
        for planned, state in zip(contest.plan.questions, assessment.states, strict=True)
        if planned.position not in left and (state is not State.NOT_ASKED or planned.stays)
    }


def spreads(contest: Contest) -> tuple[Fraction | None, Fraction | None]:
    """Return what prices and what qualities set the admitted bids apart in the figure; None where both are mixed."""
    affine = contest.affine()
    slopes = {slope for _, slope in affine.values()}
    if len(slopes) != 1:
        return None, None
    starts = [start for start, _ in affine.values()]
    qualities = [bid.quality for bid in contest.bids if bid.supplier in affine]
    return max(starts) - min(starts), abs(slopes.pop()) * (max(qualities) - min(qualities))
