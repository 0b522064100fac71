"""How far each weight may move before the winner is another: stay intervals, exactly (method, 3.10).

Inside the domain every condition is the sign of a polynomial; at its ends all is computed anew.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from selfassess.languages import TOLD
from selfassess.model.assessment import Total
from selfassess.model.stability import Region, WeightStability
from selfassess.scoring.judgement import minima_of
from selfassess.stability.conditions import ZERO, Field, conditions
from selfassess.stability.contest import Contest
from selfassess.stability.lines import HUNDRED, Moving, moving_weights, sums_of, worth_at
from selfassess.stability.regions import contains, intersected, joined, with_ends
from selfassess.stability.roots import rational


def weight_stability(contest: Contest) -> tuple[WeightStability, ...]:
    """Return the stability of each weight of the plan, sections first."""
    field = Field(
        contest=contest,
        bids={bid.supplier: bid for bid in contest.bids},
        sums={supplier: sums_of(contest.plan, assessment) for supplier, assessment in contest.assessments.items()},
        affine=contest.affine(),
        sign=1 if contest.rules.lowest_wins else -1,
    )
    why = "" if contest.leaders else TOLD.say("no bid is ranked")
    why = why or (TOLD.say("the first place is tied") if contest.is_tied else "")
    return tuple(_stability(field, moving, why) for moving in moving_weights(contest.plan))


def _stability(field: Field, moving: Moving, why: str) -> WeightStability:
    reason = why or moving.reason
    regions = () if reason else _regions(field, moving)
    stay = next((region for region in regions if contains(region, moving.published)), None)
    return WeightStability(
        level=moving.level,
        id=moving.id,
        kind=moving.kind,
        published=moving.published,
        stay=stay,
        again=tuple(region for region in regions if region is not stay),
        reason=reason,
    )


def _regions(field: Field, moving: Moving) -> tuple[Region, ...]:
    """Return where the leaders lead alone and no status is another than as published."""
    end = None if moving.end is None else rational(moving.end)
    whole = Region(low=ZERO, high=end, has_low=False, has_high=False)
    inside: tuple[Region, ...] = (whole,)
    for row in conditions(field, moving):
        found = joined(row)
        if found != (whole,):
            inside = intersected(inside, found)
    return with_ends(inside, end, at_low=_holds_at(field, moving, Fraction(0)), at_high=_at_end(field, moving))


def _at_end(field: Field, moving: Moving) -> bool:
    return moving.end is not None and _holds_at(field, moving, moving.end)


def _holds_at(field: Field, moving: Moving, x: Fraction) -> bool:
    """Return whether the leaders lead alone and every status is as published where the weight is ``x``."""
    contest, plan = field.contest, field.contest.plan
    names = [section.section.id for section in plan.sections]
    worths = {supplier: worth_at(plan, moving, sums, x) for supplier, sums in field.sums.items()}
    for supplier, (total, sections) in worths.items():
        assessment = contest.assessments[supplier]
        if (total is None) is not (assessment.total is None):
            return False
        points = None if total is None else total * HUNDRED
        scoring = [section.full > 0 for section in plan.sections]
        if minima_of(plan, Total(total=points, sections=sections), scoring) != assessment.minima:
            return False
    bids = []
    for bid in contest.bids:
        total, sections = worths[bid.supplier]
        bids.append(replace(bid, quality=total or Fraction(0), sections=dict(zip(names, sections, strict=True))))
    keys = contest.rules.keys(bids)
    if keys.keys() != contest.keys.keys():
        return False
    return contest.admits_all or all(
        keys[leader] < keys[other] for leader in contest.leaders for other in contest.others
    )
