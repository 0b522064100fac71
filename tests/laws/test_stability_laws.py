"""The laws of stability, each held against the slow way: score and rank everything anew."""

from __future__ import annotations

import dataclasses
import datetime
import itertools
import json
from decimal import Decimal
from fractions import Fraction

import contests
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from selfassess.award import Bid, Rules
from selfassess.model.assessment import State
from selfassess.model.review import Action, Entry
from selfassess.model.stability import Region, Root
from selfassess.scoring.again import settled
from selfassess.stability import saying, stability_of
from selfassess.stability.claims import _covers
from selfassess.stability.contest import contest_of
from selfassess.stability.regions import contains, intersected
from selfassess.stability.roots import (
    between,
    compared,
    floor_of,
    rational,
    roots_of,
    said_exactly,
    shown_towards,
    sign_at,
)

EITHER = st.one_of(contests.lots(), contests.narrow_lots())
TINY = Fraction(1, 10**9)
numbers = st.integers(-12, 12)
polynomials = st.tuples(numbers, numbers, numbers)


def stability(lot, **more):
    return stability_of(*lot.arguments(), seed=contests.SEED, **more)


def near(end):
    """Rational numbers just around an exact one, and itself where it is rational."""
    whole = Fraction(floor_of(end, 10**9), 10**9)
    return {whole - TINY, whole, whole + TINY, whole + 2 * TINY} | (set() if end.sign else {end.rational})


class TestWeights:
    """ "The connected set around its published value in which the winner stays alone first and nobody's gate or minimum
    status changes … further regions where it wins again are listed." — method, 3.10"""

    @settings(max_examples=80)
    @given(EITHER, st.data())
    def test_inside_its_regions_and_only_there_the_result_stays(self, lot, data):
        found = [weight for weight in stability(lot).weights if not weight.reason]
        assume(found)
        weight = data.draw(st.sampled_from(found))
        regions = [weight.stay, *weight.again]
        assert contains(weight.stay, weight.published)
        ends = [end for region in regions for end in (region.low, region.high) if end is not None]
        is_percent = weight.kind.value == "percent"
        tried = {Fraction(0), weight.published, data.draw(st.fractions(0, 100, max_denominator=20))}
        tried |= {Fraction(100)} if is_percent else {Fraction(10**6)}
        for x in tried.union(*map(near, ends)):
            if x >= 0 and not (is_percent and x > 100):
                is_inside = any(contains(region, x) for region in regions)
                assert is_inside == contests.stays(lot, weight, x), (weight, x)

    @given(EITHER)
    def test_a_weight_without_an_interval_says_why(self, lot):
        found = stability(lot)
        for weight in found.weights:
            assert (weight.stay is None) == bool(weight.reason)
            if found.is_tied or not found.leaders:
                assert weight.stay is None


def without(question, action, number):
    """The entry that takes a claim away, whatever others say."""
    return Entry(
        id=f"x{number}",
        question=question,
        action=action,
        person="Zoe",
        role="auditor",
        reason="It is not so.",
        date=datetime.date(2027, 1, 1),
        moderate=True,
    )


def minimal_sets(lot, plan, assessment):
    """All minimal decisive sets of a bid, by trying every set of its claims."""
    free = [position for position in range(len(plan.questions)) if position not in settled(plan, assessment)]
    claims = []
    for position in free:
        if assessment.states[position] is State.ANSWERED:
            claims.append((position, Action.REJECT))
        elif assessment.states[position] is State.NOT_APPLICABLE and position not in assessment.causes:
            claims.append((position, Action.REFUSE))
    minimal = []
    for size in range(len(claims) + 1):
        for lost in itertools.combinations(claims, size):
            ids = frozenset(position for position, _ in lost)
            if any(small <= ids for small in minimal):
                continue
            entries = [without(plan.questions[at].id, action, n) for n, (at, action) in enumerate(lost)]
            ranking = lot.ranking(lot.assessments(further={assessment.supplier: entries}))
            if not contests.is_first(lot, assessment.supplier, ranking):
                minimal.append(ids)
    return minimal


class TestClaims:
    """ "A set is decisive when after its loss the bid is not alone first, minimal when no proper subset is; all minimal
    sets up to `--size` are listed, and if there are none, one smallest set." — method, 3.10"""

    @settings(max_examples=80)
    @given(EITHER, st.integers(1, 3))
    def test_the_sets_are_those_that_trying_everything_finds(self, lot, size):
        plan, _, _, assessments, _ = lot.arguments()
        found, ranking = stability(lot, size=size), lot.ranking()
        assert [d.supplier for d in found.decisive] == [
            supplier for supplier in found.leaders if contests.is_first(lot, supplier, ranking)
        ]
        for decisive in found.decisive:
            minimal = minimal_sets(lot, plan, assessments[decisive.supplier])
            small = sorted((len(each), tuple(sorted(each))) for each in minimal if len(each) <= size)
            assert decisive.sets == tuple(tuple(plan.questions[at].id for at in each) for _, each in small)
            smallest = frozenset(plan.positions[id_] for id_ in decisive.smallest)
            if small or not minimal:
                assert smallest == frozenset()
            else:
                assert smallest in minimal
                assert len(smallest) == min(map(len, minimal))
            carrying = {plan.positions[claim.question] for claim in decisive.claims}
            assert all(each <= carrying for each in minimal)

    @given(st.lists(st.integers(1, 9), max_size=7), st.integers(1, 4), st.integers(1, 25))
    def test_the_covers_of_a_limit_are_complete(self, losses, count, need):
        items = sorted(((at, loss) for at, loss in enumerate(losses)), key=lambda item: (-item[1], item[0]))
        sums = [0, *itertools.accumulate(loss for _, loss in items)]
        found = {frozenset(each) for each in _covers(items, sums, 0, count, need)}
        whole = set(map(frozenset, itertools.combinations(range(len(losses)), count)))
        reach = {each for each in whole if sum(losses[at] for at in each) >= need}
        minimal = {each for each in reach if all(sum(losses[at] for at in each - {x}) < need for x in each)}
        assert minimal <= found <= reach


class TestBids:
    @settings(max_examples=40)
    @given(EITHER, st.randoms())
    def test_the_order_of_the_bids_changes_nothing(self, lot, random):
        names = list(lot.responses)
        random.shuffle(names)
        other = dataclasses.replace(
            lot,
            responses={name: lot.responses[name] for name in names},
            prices={name: lot.prices[name] for name in reversed(names)},
        )
        assert json.dumps(saying(stability(lot))) == json.dumps(saying(stability(other)))

    @settings(max_examples=40)
    @given(st.one_of(contests.lots(contests.ABSOLUTE), contests.narrow_lots(contests.ABSOLUTE)))
    def test_under_absolute_models_leaving_a_bid_out_changes_the_order_of_no_others(self, lot):
        found = stability(lot)
        assert not any(left.changes_order for left in found.left_out)
        whole = [place.supplier for place in found.places]
        for left in found.left_out:
            rest = [place.supplier for place in left.places]
            assert rest == [name for name in whole if name != left.without]

    @settings(max_examples=40)
    @given(EITHER)
    def test_the_ranking_is_the_one_that_is_printed(self, lot):
        ranking, found = lot.ranking(), stability(lot)
        printed = {s.supplier: (s.rank, s.figure) for s in ranking.standings if s.rank is not None}
        assert {place.supplier: (place.rank, place.figure) for place in found.places} == printed
        assert set(found.leaders) == {s.supplier for s in ranking.leaders}
        assert found.is_tied == bool(ranking.tied_at_border)

    @settings(max_examples=60)
    @given(EITHER, st.data())
    def test_a_tying_price_ties_and_none_nearer_does(self, lot, data):
        found = stability(lot)
        assume(found.tying_prices)
        tying = data.draw(st.sampled_from(found.tying_prices))
        rules = Rules(lot=lot.lot.id if lot.lot else "", model=lot.model, tie_rule=())
        contest = contest_of(lot.plan(), rules, lot.assessments(), lot.prices, {})

        def apart(mover, price):
            bids = [dataclasses.replace(b, price=price) if b.supplier == mover else b for b in contest.bids]
            figures = rules.figures(bids)
            return figures[tying.leader] - figures[tying.rival]

        for mover, price in ((tying.leader, tying.leader_price), (tying.rival, tying.rival_price)):
            own = Fraction(lot.prices[mover])
            sign = apart(mover, own)
            if price is not None and apart(mover, price):
                assert lot.model.model == "relative_range"
                assert apart(mover, price - TINY) * apart(mover, price + TINY) < 0
            reach = abs(price - own) if price is not None else Fraction(1000)
            for share in data.draw(st.lists(st.fractions(-1, 1, max_denominator=50), max_size=8)):
                x = own + share * reach
                if x > 0 and abs(share) < 1:
                    assert apart(mover, x) * sign > 0 or not sign

    @given(
        st.sampled_from(contests.ABSOLUTE + contests.RELATIVE),
        st.lists(st.tuples(st.fractions(0, 1, max_denominator=9), st.integers(1, 200)), min_size=1, max_size=4),
        st.fractions(0, 1, max_denominator=9),
    )
    def test_every_published_figure_is_a_line_in_quality(self, price, drawn, quality):
        from selfassess.stability.contest import without_threshold  # noqa: PLC0415

        rules = Rules(lot="", model=without_threshold(price), tie_rule=())

        def first(q):
            bids = [Bid(supplier="x", quality=q, price=Fraction(drawn[0][1]))]
            bids += [Bid(supplier=f"s{n}", quality=own, price=Fraction(p)) for n, (own, p) in enumerate(drawn[1:])]
            return rules.figures(bids)["x"]

        assert first(quality) == first(Fraction(0)) + quality * (first(Fraction(1)) - first(Fraction(0)))


def to_decimal(root):
    """A root to some fifty digits."""
    import decimal  # noqa: PLC0415

    with decimal.localcontext() as context:
        context.prec = 60
        d = Decimal(root.radicand.numerator) / Decimal(root.radicand.denominator)
        return Decimal(root.rational.numerator) / Decimal(root.rational.denominator) + root.sign * d.sqrt()


roots = polynomials.flatmap(
    lambda polynomial: st.sampled_from(roots_of(polynomial) or (rational(Fraction(polynomial[0], 7)),))
)


class TestRoots:
    @given(polynomials)
    def test_a_root_is_a_root_and_there_are_no_others(self, polynomial):
        found = roots_of(polynomial)
        assert all(sign_at(polynomial, root) == 0 for root in found)
        assert all(compared(one, other) < 0 for one, other in itertools.pairwise(found))
        cuts = [rational(-100), *found, rational(100)]
        for low, high in itertools.pairwise(cuts):
            if any(polynomial) and compared(low, high) < 0:
                places = [between(low, high), between(low, rational(between(low, high)))]
                assert len({sign_at(polynomial, rational(x)) for x in places} - {0}) == 1

    @given(roots, roots)
    def test_numbers_compare_as_they_lie(self, one, other):
        apart = to_decimal(one) - to_decimal(other)
        sign = 0 if abs(apart) < Decimal("1e-50") else 1 if apart > 0 else -1
        assert compared(one, other) == sign == -compared(other, one)
        assert (compared(one, other) == 0) == (one == other)

    def test_numbers_of_different_roots_compare(self):
        def root(p, sign, d):
            return Root(rational=Fraction(p), sign=sign, radicand=Fraction(d))

        assert compared(root(0, 1, 2), root(0, 1, 3)) == -1
        assert compared(root(0, -1, 2), root(0, -1, 3)) == 1
        assert compared(root(1, 1, 2), root(0, 1, 3)) == 1
        assert compared(root(-3, 1, 2), root(0, -1, 3)) == 1
        assert compared(root(0, -1, 2), root(0, 1, 3)) == -1
        assert compared(root(3, -1, 2), root(0, 1, 3)) == -1
        assert compared(root(0, 1, 2), rational(1)) == 1
        assert compared(rational(2), root(0, 1, 3)) == 1
        assert roots_of((1, 0, 1)) == roots_of((5, 0, 0)) == ()
        assert roots_of((1, -2, 1)) == (rational(1),)
        assert floor_of(root(Fraction(1, 2), -1, Fraction(1, 3)), 100) == -8
        assert floor_of(root(Fraction(9, 10), 1, Fraction(5, 4)), 1) == 2
        assert between(rational(0), rational(Fraction(1, 100))) == Fraction(1, 1000)

    @given(roots, st.integers(1, 1000))
    def test_the_floor_is_the_floor(self, root, scale):
        whole = floor_of(root, scale)
        assert compared(rational(Fraction(whole, scale)), root) <= 0
        assert compared(root, rational(Fraction(whole + 1, scale))) < 0

    @given(roots, st.fractions(-9, 9, max_denominator=9), st.integers(0, 3))
    def test_a_printed_end_lies_towards_the_published_value_and_is_not_it(self, root, published, places):
        published = Fraction(round(published * 4), 4)
        text = shown_towards(root, published, places)
        beside = compared(root, rational(published))
        printed = rational(Fraction(text.removeprefix("≈")))
        assert compared(printed, rational(published)) == beside
        assert compared(root, printed) in ((0,) if not text.startswith("≈") else (beside,))

    @pytest.mark.parametrize(
        ("root", "exact", "text"),
        [
            (Root(rational=Fraction(3, 2)), "1.5", "1.50"),
            (Root(rational=Fraction(5, 3)), "5/3", "≈1.66"),
            (Root(rational=Fraction(11, 4), sign=1, radicand=Fraction(505, 16)), "2.75 + √31.5625", "≈8.36"),
            (Root(rational=Fraction(3), sign=-1, radicand=Fraction(5)), "3 - √5", "≈0.77"),
            (Root(rational=Fraction(10001, 10000)), "1.0001", "1.0001"),
        ],
    )
    def test_examples(self, root, exact, text):
        assert said_exactly(root) == exact
        assert shown_towards(root, Fraction(1), 2) == text


@st.composite
def region_sets(draw):
    """Ascending disjoint regions that do not touch."""
    found = []
    cuts = sorted(draw(st.sets(st.integers(0, 12), max_size=6)))
    for low, high in zip(cuts[::2], cuts[1::2], strict=False):
        closed = (draw(st.booleans()), draw(st.booleans()))
        found.append(Region(low=rational(low), high=rational(high), has_low=closed[0], has_high=closed[1]))
    if len(cuts) % 2:
        end = draw(st.sampled_from([None, rational(cuts[-1])]))
        found.append(
            Region(
                low=rational(cuts[-1]),
                high=end,
                has_low=end is not None or draw(st.booleans()),
                has_high=end is not None,
            )
        )
    return found


def test_regions_that_only_touch_meet_in_a_point_or_not_at_all():
    def region(low, high, *, has_low=True, has_high=True):
        return Region(low=rational(low), high=rational(high), has_low=has_low, has_high=has_high)

    assert intersected([region(0, 1)], [region(1, 2)]) == (region(1, 1),)
    assert intersected([region(0, 1, has_high=False)], [region(1, 2)]) == ()
    assert intersected([region(0, 1)], [region(2, 3)]) == ()


@given(region_sets(), region_sets())
def test_an_intersection_holds_where_both_do(some, others):
    both = intersected(some, others)
    for x in (Fraction(n, 4) for n in range(60)):
        expected = any(contains(r, x) for r in some) and any(contains(r, x) for r in others)
        assert any(contains(r, x) for r in both) == expected
