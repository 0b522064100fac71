"""One weight moves: what each bid's sections and total then are, as quotients of lines in that weight.

A line (a, b) is a + b·x. The moving weight's line is ``own``; its siblings keep their proportions as ``rest`` times
what they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from selfassess.languages import TOLD
from selfassess.model.assessment import Assessment, Measure, Scaled, State
from selfassess.model.profile import WeightKind, Weights
from selfassess.model.stability import Level
from selfassess.plan import PlannedQuestion, ScoringPlan, weights_by_lot
from selfassess.scoring.sums import leaving

Line = tuple[Scaled, Scaled]
Whole = tuple[int, int]
Quotient = tuple[Whole, Whole]  # one line over another that is above 0 inside the domain
NOTHING: Line = (0, 0)
HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Moving:
    """One weight that moves: of section number ``section``, or of the question at ``position`` in it.

    ``reason`` says why it has no stay interval, empty where it may have one.
    """

    level: Level
    id: str
    kind: WeightKind
    published: Fraction
    section: int
    position: int | None
    own: Whole = (0, 0)
    rest: Whole = (0, 0)
    reason: str = ""

    @property
    def end(self) -> Fraction | None:
        """Return the end of the domain, which begins at 0; None: without end."""
        return Fraction(HUNDRED) if self.kind is WeightKind.PERCENT else None


@dataclass(frozen=True, slots=True)
class Tally:
    """What a bid's section is summed from: Σ w·value, T, and n of what left (method, 3.5)."""

    above: Scaled
    full: int
    gone: int


@dataclass(frozen=True, slots=True)
class Sums:
    """One bid's tallies and section values, and of each question its value and whether it is in the sums or left."""

    tallies: tuple[Tally, ...]
    sections: tuple[Fraction | None, ...]
    values: Sequence[Scaled]
    asked: Sequence[bool]
    left: frozenset[int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A bid's total (0 to 1) and moving section up to ``end`` (None: to the end of the domain); None: no value."""

    end: Fraction | None
    total: Quotient | None
    section: Quotient | None


def moving_weights(plan: ScoringPlan) -> Iterator[Moving]:
    """Yield every weight of a plan: of the scored sections, then of the scored questions, in their order."""
    by_section, by_question = weights_by_lot(plan.profile, plan.lot)
    scored = {number: _scored(plan, number) for number in range(len(plan.sections))}
    whole = {
        plan.sections[number].section.id: plan.sections[number].weight for number, asked in scored.items() if asked
    }
    for number, asked in scored.items():
        id_ = plan.sections[number].section.id
        if asked:
            own, rest, reason = _lines(by_section, id_, whole)
            yield Moving(
                level=Level.SECTION,
                id=id_,
                kind=by_section.kind,
                published=Fraction(by_section.weights[id_]),
                section=number,
                position=None,
                own=own,
                rest=rest,
                reason=reason,
            )
    for number, asked in scored.items():
        weights = {planned.id: planned.weight for planned in asked}
        for planned in asked:
            own, rest, reason = _lines(by_question, planned.id, weights)
            yield Moving(
                level=Level.QUESTION,
                id=planned.id,
                kind=by_question.kind,
                published=Fraction(by_question.weights[planned.id]),
                section=number,
                position=planned.position,
                own=own,
                rest=rest,
                reason=reason,
            )


def _scored(plan: ScoringPlan, number: int) -> list[PlannedQuestion]:
    section = plan.sections[number]
    return [planned for planned in plan.questions[section.start : section.stop] if planned.question.is_scored]


def _lines(weights: Weights, id_: str, whole: Mapping[str, int]) -> tuple[Whole, Whole, str]:
    """Return the lines of a weight and of its siblings, in the plan's whole weights, and why there are none."""
    siblings = sum(whole.values()) - whole[id_]
    if not siblings:
        return (0, 0), (0, 0), TOLD.say("no sibling weighs anything")
    if weights.kind is WeightKind.PERCENT:  # x : (100 − x)·w/siblings, both times siblings
        return (0, siblings), (HUNDRED, -1), ""
    other = next(name for name, weight in whole.items() if name != id_ and weight)
    units = Fraction(whole[other]) / Fraction(weights.weights[other])
    return (0, int(units)), (1, 0), ""


def sums_of(plan: ScoringPlan, assessment: Assessment) -> Sums:
    """Return what one bid's reviewed total is summed from."""
    left = leaving(plan, assessment.states, assessment.approvals)[Measure.REVIEWED]
    asked = [
        state is not State.NOT_ASKED or planned.stays
        for planned, state in zip(plan.questions, assessment.states, strict=True)
    ]
    tallies = []
    for section in plan.sections:
        own = range(section.start, section.stop)
        weights = section.in_order
        tallies.append(
            Tally(
                above=sum((weights[i - section.start] * assessment.reviewed[i] for i in own), 0),
                full=sum(weights[i - section.start] for i in own if asked[i]),
                gone=sum(weights[i - section.start] for i in own if i in left),
            )
        )
    return Sums(tuple(tallies), assessment.totals[Measure.REVIEWED].sections, assessment.reviewed, asked, left)


def plus(one: Line, other: Line, times: Scaled = 1) -> Line:
    """Return one line and so many times another, added up."""
    return one[0] + times * other[0], one[1] + times * other[1]


def value_at(line: Line, x: Fraction) -> Fraction:
    """Return a line's value."""
    return line[0] + line[1] * x


def quotient(top: Line, bottom: Line) -> Quotient | None:
    """Return one line over another in whole numbers; None where the lower one is 0 everywhere."""
    if bottom == NOTHING:
        return None
    scale = lcm(*(Fraction(part).denominator for part in (*top, *bottom)))
    whole = [int(part * scale) for part in (*top, *bottom)]
    return (whole[0], whole[1]), (whole[2], whole[3])


def pieces(plan: ScoringPlan, moving: Moving, sums: Sums) -> tuple[Piece, ...]:
    """Return what a bid is worth inside the domain, piece by piece: a question's N/A cap may be reached in between."""
    number = moving.section
    weights = [section.weight for section in plan.sections]
    others = [j for j, value in enumerate(sums.sections) if j != number and value is not None]
    weight = sum(weights[j] for j in others)
    above = sum((weights[j] * (sums.sections[j] or 0) for j in others), Fraction(0))
    if moving.position is None:
        value = sums.sections[number]
        top, bottom = plus(NOTHING, moving.rest, above), plus(NOTHING, moving.rest, weight)
        if value is not None:
            top, bottom = plus(top, moving.own, value), plus(bottom, moving.own)
        return (Piece(None, quotient(top, bottom), None),)
    found = []
    for end, section in _sections(plan, moving, moving.position, sums):
        if section is None:
            total = quotient((above, 0), (weight, 0))
        else:
            own = weights[number]
            upper = plus(plus(NOTHING, section[0], own), section[1], above)
            total = quotient(upper, plus(NOTHING, section[1], weight + own))
        found.append(Piece(end, total, section))
    return tuple(found)


def _terms(plan: ScoringPlan, moving: Moving, position: int, sums: Sums) -> tuple[Line, Line, Line]:
    """Return Σ w·value, T and n of the moving question's section as lines."""
    tally, weight = sums.tallies[moving.section], plan.questions[position].weight
    value, asked, left = sums.values[position], sums.asked[position], position in sums.left
    above = plus(plus(NOTHING, moving.rest, tally.above - weight * value), moving.own, value)
    full = plus(plus(NOTHING, moving.rest, tally.full - weight * asked), moving.own, int(asked))
    gone = plus(plus(NOTHING, moving.rest, tally.gone - weight * left), moving.own, int(left))
    return above, full, gone


def _sections(
    plan: ScoringPlan, moving: Moving, position: int, sums: Sums
) -> Iterator[tuple[Fraction | None, Quotient | None]]:
    """Yield the section's value up to where the N/A cap c·T is reached or left, and from there on."""
    above, full, gone = _terms(plan, moving, position, sums)
    top, bottom = plan.cap.numerator, plan.cap.denominator
    over = plus(plus(NOTHING, gone, bottom), full, -top)  # n − c·T, times the cap's denominator
    free = plus(plus(NOTHING, full, bottom), gone, -bottom)
    capped = plus(NOTHING, full, bottom - top)
    upper = plus(NOTHING, above, bottom)
    border = -Fraction(over[0]) / over[1] if over[1] else Fraction(0)
    if border > 0 and (moving.end is None or border < moving.end):
        first, second = (capped, free) if over[0] > 0 else (free, capped)
        yield border, quotient(upper, plus(NOTHING, first, plan.scale))
        yield None, quotient(upper, plus(NOTHING, second, plan.scale))
    else:
        is_over = value_at(over, Fraction(1)) > 0  # of one sign inside the domain, which 1 lies in
        yield None, quotient(upper, plus(NOTHING, capped if is_over else free, plan.scale))


def worth_at(
    plan: ScoringPlan, moving: Moving, sums: Sums, x: Fraction
) -> tuple[Fraction | None, tuple[Fraction | None, ...]]:
    """Return a bid's total (0 to 1) and its section values where the weight is ``x``."""
    own, rest = value_at(moving.own, x), value_at(moving.rest, x)
    sections, number = list(sums.sections), moving.section
    weights = [Fraction(section.weight) for section in plan.sections]
    if moving.position is None:
        weights = [own if j == number else weight * rest for j, weight in enumerate(weights)]
    else:
        above, full, gone = (value_at(line, x) for line in _terms(plan, moving, moving.position, sums))
        divisor = full - min(gone, plan.cap * full)
        sections[number] = above / (divisor * plan.scale) if divisor else None
    pairs = [(weight, value) for weight, value in zip(weights, sections, strict=True) if value is not None]
    weight = sum((weight for weight, _ in pairs), Fraction(0))
    total = sum((weight * value for weight, value in pairs), Fraction(0)) / weight if weight else None
    return total, tuple(sections)
