"""Which claims decide: all minimal sets of claims whose loss costs a bid its place, else one smallest set.

Losing more never helps, so a set is minimal when no decisive set lies within it. With the lost N/A fixed the losses of
answers add up: the sets that reach a limit are found from the heaviest loss on, and none is left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, chain, combinations, product

from selfassess.model.stability import Claim, DecisiveClaims
from selfassess.stability.contest import Contest
from selfassess.stability.lines import HUNDRED
from selfassess.stability.losses import Case, Limit, Rest, case_of, is_lost, limits_of, lost_from, rest_of

Positions = tuple[int, ...]
Limits = dict[Positions, tuple[Limit, ...]]


def decisive_claims(contest: Contest, size: int) -> tuple[DecisiveClaims, ...]:
    """Return the decisive claims of each leader that is not tied over the last place."""
    found = []
    for supplier in contest.leaders:
        case = case_of(contest, supplier)
        if case.rival is None or contest.keys[supplier] < case.rival:
            found.append(_decisive(case, supplier, size))
    return tuple(found)


def _decisive(case: Case, supplier: str, size: int) -> DecisiveClaims:
    questions, limits = case.contest.plan.questions, Limits()
    sets = sorted((len(each), tuple(sorted(each))) for each in _minimal_sets(case, limits, size))
    smallest = () if sets else _smallest(case, limits)
    return DecisiveClaims(
        supplier=supplier,
        size=size,
        claims=_claims(case),
        sets=tuple(tuple(questions[position].id for position in each) for _, each in sets),
        smallest=tuple(questions[position].id for position in smallest),
    )


def _claims(case: Case) -> tuple[Claim, ...]:
    """Return the claims that carry something: points, a gate, a minimum, a cost or a tie rule; the heaviest first."""
    plan, whole = case.contest.plan, rest_of(case, ())
    claims = []
    for position in case.answers:
        points = HUNDRED * lost_from(case, whole.shares, position)
        moves = lost_from(case, whole.units, position) and _decides(case, plan.questions[position].section)
        if moves or position in case.gates or case.costs.get(position):
            claims.append((position, points, False))
    for position, heirs in case.not_applicable.items():
        if any(_holds_up(case, whole, heir) for heir in heirs):
            points = HUNDRED * (whole.quality - rest_of(case, (position,)).quality)
            claims.append((position, points, True))
    return tuple(
        Claim(
            question=plan.questions[position].id,
            is_not_applicable=is_not_applicable,
            points=points,
            has_gate=position in case.gates,
        )
        for position, points, is_not_applicable in sorted(claims, key=lambda claim: (-claim[1], claim[0]))
    )


def _decides(case: Case, number: int) -> bool:
    """Return whether a section's value decides anything: by its weight, or by a tie rule."""
    section = case.contest.plan.sections[number]
    return section.weight > 0 or f"section:{section.section.id}" in case.contest.rules.tie_rule


def _holds_up(case: Case, whole: Rest, position: int) -> bool:
    """Return whether a N/A out of the sums holds its section up, by itself or with others that share the cap."""
    planned, plan = case.contest.plan.questions[position], case.contest.plan
    is_out = position in case.sums.left and planned.weight > 0 and plan.cap > 0
    value = whole.sections[planned.section]
    return is_out and (value is None or value > 0) and _decides(case, planned.section)


def _limits(case: Case, limits: Limits, lost: Positions) -> tuple[Limit, ...]:
    if lost not in limits:
        limits[lost] = limits_of(case, lost)
    return limits[lost]


def _minimal_sets(case: Case, limits: Limits, size: int) -> set[frozenset[int]]:
    """Return all minimal decisive sets of at most ``size`` claims, by position."""
    found: set[frozenset[int]] = {frozenset({position}) for position in case.gates} if size else set()
    for count in range(1, size + 1):
        new = set()
        for number in range(min(count, len(case.not_applicable)) + 1):
            for lost in combinations(case.not_applicable, number):
                for answers in _answers(case, limits, lost, count - number):
                    claims = frozenset((*lost, *answers))
                    if not _holds_one_of(found, claims):
                        new.add(claims)
        found |= new
    return found


def _holds_one_of(found: set[frozenset[int]], claims: frozenset[int]) -> bool:
    """Return whether a set that was found lies within ``claims``."""
    return any(
        frozenset(part) in found for number in range(1, len(claims) + 1) for part in combinations(claims, number)
    )


def _answers(case: Case, limits: Limits, lost: Positions, count: int) -> Iterator[Positions]:
    """Yield the sets of so many answers that with the lost N/A reach a limit, but for those of which fewer do."""
    if not count:
        if is_lost(case, lost):
            yield ()
        return
    known = _limits(case, limits, lost)
    if any(limit.slack <= 0 for limit in known):
        return
    for limit in known:
        items = sorted(limit.losses.items(), key=lambda item: (-item[1], item[0]))
        sums = [0, *accumulate(loss for _, loss in items)]
        yield from _covers(items, sums, 0, count, limit.slack)


def _covers(
    items: Sequence[tuple[int, int]], sums: Sequence[int], start: int, count: int, need: int
) -> Iterator[Positions]:
    """Yield the sets of ``count`` items from ``start`` on that come to ``need`` with none to spare, heaviest first."""
    for index in range(start, len(items) - count + 1):
        position, loss = items[index]
        if sums[index + count] - sums[index] < need:
            return
        if count == 1:
            yield (position,)
        elif loss < need:
            for rest in _covers(items, sums, index + 1, count - 1, need - loss):
                yield (position, *rest)


def _smallest(case: Case, limits: Limits) -> Positions:
    """Return a decisive set with the fewest claims, empty where the loss of all turns nothing.

    Of answers the heaviest reach a limit with the fewest; of N/A the sets that could be best are all tried.
    """
    best: Positions | None = None
    for lost in _worth_trying(case):
        if best is not None and len(lost) >= len(best):
            break
        for limit in _limits(case, limits, lost):
            taken, need = list(lost), limit.slack
            for position, loss in sorted(limit.losses.items(), key=lambda item: (-item[1], item[0])):
                if need <= 0:
                    break
                taken.append(position)
                need -= loss
            if need <= 0 and (best is None or len(taken) < len(best)):
                best = tuple(sorted(taken))
    return best or ()


def _worth_trying(case: Case) -> list[Positions]:
    """Return the sets of N/A of which one belongs to a smallest decisive set, smaller ones first.

    Where a N/A and its heirs lie in one section and share nothing with others, only the weight that comes back counts,
    and the heaviest of a section are best; all others are tried in every combination.
    """
    questions = case.contest.plan.questions
    alone: dict[int, list[tuple[int, int]]] = {}
    entangled = []
    for position, heirs in case.not_applicable.items():
        shared = any(not heirs.isdisjoint(others) for at, others in case.not_applicable.items() if at != position)
        if shared or len({questions[heir].section for heir in heirs}) > 1:
            entangled.append(position)
        else:
            weight = sum(questions[heir].weight for heir in heirs)
            alone.setdefault(questions[position].section, []).append((-weight, position))
    prefixes = [
        [tuple(position for _, position in sorted(group)[:count]) for count in range(len(group) + 1)]
        for group in alone.values()
    ]
    subsets = [part for count in range(len(entangled) + 1) for part in combinations(entangled, count)]
    found = [tuple(sorted(chain(*parts))) for parts in product(*prefixes, subsets)]
    return sorted(found, key=lambda lost: (len(lost), lost))
