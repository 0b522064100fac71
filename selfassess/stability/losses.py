"""What a bid loses with its claims: for given lost N/A, each answer's loss is a whole number for each of its limits.

A limit is something that a bid keeps until its losses reach it: its place before a rival, a minimum, its admission.
Keys are compared from the front; since losses add up, a whole key becomes one whole number in a mixed base.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from math import lcm

from selfassess.award.costs import yearly_cost
from selfassess.award.models import LIFE_CYCLE, years_factor
from selfassess.model.assessment import Assessment, State
from selfassess.scoring.again import settled
from selfassess.scoring.sums import divisors
from selfassess.stability.contest import Affine, Contest
from selfassess.stability.lines import HUNDRED, Sums, sums_of

Vector = tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """What may be lost before it counts: losses of at least ``slack`` together; by position of the answer."""

    slack: int
    losses: Mapping[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One leading bid with its claims by position: answers, N/A (with all that inherit from each), and gates.

    ``rival`` is the key that it has to stay below (None: there is no rival to fear).
    """

    contest: Contest
    assessment: Assessment
    answers: tuple[int, ...]
    not_applicable: Mapping[int, frozenset[int]]
    gates: frozenset[int]
    costs: Mapping[int, Fraction]
    sums: Sums
    affine: Affine
    rival: Vector | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """A bid's quality (0 to 1) and sections when some N/A are lost.

    ``units`` and ``shares`` are what a value of one unit brings to its section and to the quality, times its weight.
    """

    quality: Fraction
    sections: tuple[Fraction | None, ...]
    units: tuple[Fraction, ...]
    shares: tuple[Fraction, ...]


def case_of(contest: Contest, supplier: str) -> Case:
    """Return a leading bid's claims that no review entry settled."""
    plan, assessment = contest.plan, contest.assessments[supplier]
    free = [position for position in range(len(plan.questions)) if position not in settled(plan, assessment)]
    answers = [position for position in free if assessment.states[position] is State.ANSWERED]
    claims = [
        position
        for position in free
        if assessment.states[position] is State.NOT_APPLICABLE and position not in assessment.causes
    ]
    others = sorted(contest.keys[other] for other in contest.keys if other != supplier)
    places = contest.rules.model.winners
    has_rival = not contest.admits_all and len(others) >= places
    return Case(
        contest=contest,
        assessment=assessment,
        answers=tuple(answers),
        not_applicable={position: _with_heirs(assessment, position) for position in claims},
        gates=frozenset(position for position in answers if plan.questions[position].id in assessment.gates),
        costs=_costs(contest, assessment, answers),
        sums=sums_of(plan, assessment),
        affine=contest.affine()[supplier],
        rival=others[places - 1] if has_rival else None,
    )


def _with_heirs(assessment: Assessment, position: int) -> frozenset[int]:
    """Return a N/A and those that inherit from it: they are refused when it is (method, 3.5)."""
    found = {position}
    for heir, causes in assessment.causes.items():
        if assessment.states[heir] is State.NOT_APPLICABLE and not found.isdisjoint(causes):
            found.add(heir)
    return frozenset(found)


def _costs(contest: Contest, assessment: Assessment, answers: Collection[int]) -> dict[int, Fraction]:
    """Return what the loss of an answer adds to the life-cycle cost."""
    model, plan = contest.rules.model, contest.plan
    if model.model != LIFE_CYCLE:
        return {}
    before, factor = yearly_cost(plan, model, assessment), years_factor(model)
    named = {plan.positions[item.question] for item in model.costs}
    return {
        position: factor * (yearly_cost(plan, model, assessment, (plan.questions[position].id,)) - before)
        for position in answers
        if position in named
    }


def rest_of(case: Case, lost: Collection[int]) -> Rest:
    """Return what is left when the N/A in ``lost`` count 0."""
    plan = case.contest.plan
    refused = frozenset().union(*(case.not_applicable[position] for position in lost))
    divided = divisors(plan, [tally.full for tally in case.sums.tallies], case.sums.left - refused)
    weight = sum(s.weight for s, (top, _) in zip(plan.sections, divided, strict=True) if top)
    units = tuple(Fraction(bottom, top * plan.scale) if top else Fraction(0) for top, bottom in divided)
    return Rest(
        quality=sum(
            (
                s.weight * unit * tally.above
                for s, unit, tally in zip(plan.sections, units, case.sums.tallies, strict=True)
            ),
            Fraction(0),
        )
        / (weight or 1),
        sections=tuple(
            tally.above * unit if top else None
            for tally, unit, (top, _) in zip(case.sums.tallies, units, divided, strict=True)
        ),
        units=units,
        shares=tuple(unit * s.weight / (weight or 1) for s, unit in zip(plan.sections, units, strict=True)),
    )


def lost_from(case: Case, per_section: Sequence[Fraction], position: int) -> Fraction:
    """Return what goes with an answer's value, given what a unit of it brings in each section."""
    planned = case.contest.plan.questions[position]
    return per_section[planned.section] * (planned.weight * case.assessment.reviewed[position])


def is_lost(case: Case, lost: Collection[int]) -> bool:
    """Return whether the loss of these N/A alone costs a bid its place."""
    rest = rest_of(case, lost)
    falls_short = any(value < least for value, least, _ in _minima(case, rest))
    return falls_short or (case.rival is not None and _key(case, rest) >= case.rival)


def limits_of(case: Case, lost: Collection[int]) -> tuple[Limit, ...]:
    """Return the limits of a bid when the N/A in ``lost`` are lost; one that is reached at once has slack 0 or less."""
    rest = rest_of(case, lost)
    quality = {position: lost_from(case, rest.shares, position) for position in case.answers}
    found = []
    for value, least, number in _minima(case, rest):
        losses = quality if number is None else _in_section(case, rest, number)
        found.append(_strict(value - least, losses))
    if case.rival is not None:
        found.append(_before_rival(case, rest, quality, case.rival))
    return tuple(found)


def _key(case: Case, rest: Rest) -> Vector:
    """Return the bid's key with what is left."""
    rules, (start, slope) = case.contest.rules, case.affine
    names = [section.section.id for section in case.contest.plan.sections]
    sections = dict(zip(names, rest.sections, strict=True))
    bid = replace(case.contest.bid(case.assessment.supplier), quality=rest.quality, sections=sections)
    sign = 1 if rules.lowest_wins else -1
    return sign * (start + slope * rest.quality), *(rules.tie_key(rule, bid) for rule in rules.tie_rule)


def _before_rival(case: Case, rest: Rest, quality: Mapping[int, Fraction], rival: Vector) -> Limit:
    """Return the limit of the place before a rival: keys are lost component by component."""
    rules, (_, slope) = case.contest.rules, case.affine
    losses = {}
    for position in case.answers:
        figure = abs(slope) * quality[position] + case.costs.get(position, Fraction(0))
        losses[position] = (figure, *(_tie_loss(case, rest, quality, rule, position) for rule in rules.tie_rule))
    return _in_one_number(tuple(theirs - own for own, theirs in zip(_key(case, rest), rival, strict=True)), losses)


def _tie_loss(case: Case, rest: Rest, quality: Mapping[int, Fraction], rule: str, position: int) -> Fraction:
    """Return by how much the loss of an answer raises what a tie rule compares."""
    if rule == "quality":
        return quality[position]
    plan = case.contest.plan
    section = plan.sections[plan.questions[position].section].section.id
    return lost_from(case, rest.units, position) if rule == f"section:{section}" else Fraction(0)


def _minima(case: Case, rest: Rest) -> Iterator[tuple[Fraction, Fraction, int | None]]:
    """Yield each value that has to stay at its least, that least, and the section's number (None: the total's)."""
    plan, minima = case.contest.plan, case.contest.plan.profile.minima
    for points in (minima.total, case.contest.rules.model.parameters.get("minimum_quality")):
        if points is not None:
            yield rest.quality, Fraction(points) / HUNDRED, None
    for number, (section, value) in enumerate(zip(plan.sections, rest.sections, strict=True)):
        if section.section.id in case.assessment.minima and value is not None:
            yield value, Fraction(minima.sections[section.section.id]), number


def _in_section(case: Case, rest: Rest, number: int) -> dict[int, Fraction]:
    questions = case.contest.plan.questions
    return {
        position: lost_from(case, rest.units, position)
        for position in case.answers
        if questions[position].section == number
    }


def _strict(slack: Fraction, losses: Mapping[int, Fraction]) -> Limit:
    """Return the limit that is reached only by more than ``slack``."""
    scale = lcm(slack.denominator, *(loss.denominator for loss in losses.values()))
    return Limit(int(slack * scale) + 1, _whole(losses, scale))


def _whole(losses: Mapping[int, Fraction], scale: int) -> dict[int, int]:
    return {position: int(loss * scale) for position, loss in losses.items() if loss}


def _in_one_number(slack: Vector, losses: Mapping[int, Vector]) -> Limit:
    """Return the limit of a key: a component outweighs all that later ones can come to, differences included."""
    total, found, base = 0, dict.fromkeys(losses, 0), 1
    for place in reversed(range(len(slack))):
        parts = {position: vector[place] for position, vector in losses.items()}
        scale = lcm(slack[place].denominator, *(part.denominator for part in parts.values()))
        most = int(scale * (abs(slack[place]) + sum(parts.values(), Fraction(0)))) + 1
        total += int(slack[place] * scale) * base
        for position, part in parts.items():
            found[position] += int(part * scale) * base
        base *= 2 * most
    return Limit(total, {position: loss for position, loss in found.items() if loss})
