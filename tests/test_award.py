"""The price models against the checked figures of the field, and ranking by published rules only."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selfassess.award import MODELS, Bid, rank
from selfassess.model.assessment import Assessment, Measure, Outcome, Total
from selfassess.model.profile import Pin
from selfassess.model.ranking import Status
from selfassess.model.response import Response, Supplier
from selfassess.model.tender import PriceModel
from selfassess.numbers import shown

PIN = Pin(id="q", version="1.0.0", digest="sha256:" + "0" * 64)
A, B, C = (
    Bid(supplier=name, quality=Fraction(q), price=Fraction(p))
    for name, q, p in (
        ("A", "0.6", 100),
        ("B", "0.7", 114),
        ("C", "0.1", 60),
    )
)


def model(name, **parameters):
    clamp = parameters.pop("clamp", "none")
    numbers = {key: Decimal(str(value)) for key, value in parameters.items()}
    return PriceModel(model=name, currency="SEK", vat="excluded", parameters=numbers, clamp=clamp)


def figures(bids, price_model):
    calculate, lowest = MODELS[price_model.model]
    found = calculate(bids, price_model)
    kept = {supplier: figure for supplier, figure in found.items() if figure is not None}
    return [(s, shown(kept[s])) for s in sorted(kept, key=lambda s: kept[s] if lowest else -kept[s])]


HALVES = {"price_points": 50, "quality_points": 50}


class TestFigures:
    """Test bids: A (price 100, quality .60), B (114, .70), C (60, .10); 50 points for each of price and quality."""

    @pytest.mark.parametrize(
        ("price_model", "two", "three"),
        [
            (
                model("relative_proportional", **HALVES),
                [("A", "80.00"), ("B", "78.86")],
                [("B", "61.32"), ("A", "60.00"), ("C", "55.00")],
            ),
            (
                model("absolute_linear", **HALVES, low=50, high=150),
                [("A", "55.00"), ("B", "53.00")],
                [("A", "55.00"), ("B", "53.00"), ("C", "50.00")],
            ),
            (
                model("deduction", full_quality=120),
                [("A", "28.00"), ("B", "30.00")],
                [("A", "28.00"), ("B", "30.00"), ("C", "48.00")],
            ),
            (
                model("deduction", full_quality=60),
                [("A", "64.00"), ("B", "72.00")],
                [("C", "54.00"), ("A", "64.00"), ("B", "72.00")],
            ),
            (model("fixed_price"), [("B", "70.00"), ("A", "60.00")], [("B", "70.00"), ("A", "60.00"), ("C", "10.00")]),
            (
                model("threshold_lowest_price", minimum_quality=50),
                [("A", "100.00"), ("B", "114.00")],
                [("A", "100.00"), ("B", "114.00")],
            ),
        ],
    )
    def test_published_figures(self, price_model, two, three):
        assert figures([A, B], price_model) == two
        assert figures([A, B, C], price_model) == three

    @pytest.mark.parametrize(
        ("price", "points"),
        [(500_000, "55.000"), (700_000, "55.000"), (1_000_000, "47.826"), (1_850_000, "27.500"), (3_000_000, "0.000")],
    )
    def test_the_clamped_model_that_hfd_2022_41_struck_down(self, price, points):
        clamped = model(
            "absolute_linear", price_points=55, quality_points=45, low=700_000, high=3_000_000, clamp="cheap"
        )
        bid = Bid(supplier="x", quality=Fraction(0), price=Fraction(price))
        assert shown(MODELS["absolute_linear"][0]([bid], clamped)["x"], 3) == points

    def test_nothing_is_clamped_by_default(self):
        plain = model("absolute_linear", **HALVES, low=50, high=150)
        bids = [
            Bid(supplier="dear", quality=Fraction(0), price=Fraction(250)),
            Bid(supplier="cheap", quality=Fraction(0), price=Fraction(1)),
        ]
        found = MODELS["absolute_linear"][0](bids, plain)
        assert found["dear"] == -50
        assert found["cheap"] > 50


def assessed(supplier, total, **more):
    total = None if total is None else Fraction(total)
    sums = Total(total=total, sections=(None if total is None else total / 100,))
    response = Response(questionnaire=PIN, supplier=Supplier(name=supplier), answers={})
    base = Assessment(
        supplier=supplier,
        response=response,
        lot="l",
        day=None,
        states=(),
        answers=(),
        claimed=(),
        supported=(),
        reviewed=(),
        totals=dict.fromkeys(Measure, sums),
        conservative=dict.fromkeys(Measure, sums),
    )
    return replace(base, **more)


def ranked(bids, prices, price_model=None, tie_rule=(), refused=None):
    return rank(
        "l",
        price_model or model("deduction", full_quality=100),
        tie_rule,
        {bid.supplier: bid for bid in bids},
        {k: Decimal(v) for k, v in prices.items()},
        refused or {},
        ["s"],
    )


def rows(ranking):
    return [(s.supplier, s.rank, s.status.value) for s in ranking.standings]


class TestRanking:
    def test_equal_figures_share_a_rank_and_are_no_accident_of_names(self):
        found = ranked([assessed("b", 50), assessed("a", 50), assessed("c", 10)], {"a": 100, "b": 100, "c": 100})
        assert rows(found) == [("a", 1, "ranked"), ("b", 1, "ranked"), ("c", 3, "ranked")]
        assert found.standings[0].tied_with == ("b",)
        assert found.winners == ("a", "b")

    def test_a_tie_is_broken_by_the_published_rule_which_is_named(self):
        bids, prices = [assessed("a", 50), assessed("b", 60)], {"a": 100, "b": 110}
        assert [s.rank for s in ranked(bids, prices).standings] == [1, 1]
        found = ranked(bids, prices, tie_rule=("quality",))
        assert rows(found) == [("b", 1, "ranked"), ("a", 2, "ranked")]
        assert found.standings[0].decided_by == "quality"
        assert rows(ranked(bids, prices, tie_rule=("price",)))[0][0] == "a"

    def test_an_excluded_bid_has_no_rank_and_its_price_is_in_no_formula(self):
        relative = model("relative_proportional", **HALVES)
        bids = [assessed("a", 60), assessed("b", 70)]
        out = assessed("c", 10, gates={"W05": Outcome.FAIL})
        prices = {"a": 100, "b": 114, "c": 60}
        with_c, without = ranked([*bids, out], prices, relative), ranked(bids, prices, relative)
        assert [s.figure for s in with_c.standings[:2]] == [s.figure for s in without.standings]
        assert rows(with_c)[2] == ("c", None, "excluded")
        assert with_c.standings[2].quality == 10

    def test_an_unknown_gate_is_ranked_provisionally_and_never_printed_as_winner(self):
        found = ranked([assessed("a", 90, gates={"g": Outcome.UNKNOWN}), assessed("b", 10)], {"a": 1, "b": 1})
        assert rows(found)[0] == ("a", 1, "provisional")
        assert found.winners == ()
        assert not found.is_final

    def test_no_result_is_final_while_a_bid_is_unsettled(self):
        assert not ranked([assessed("a", 90), assessed("b", 10, unsettled=("x",))], {"a": 1, "b": 1}).is_final

    def test_every_bid_is_in_the_ranking(self):
        found = ranked([assessed("a", 90), assessed("b", 10), assessed("n", None)], {"a": 1}, refused={"z": ["bad"]})
        assert sorted(rows(found)) == [
            ("a", 1, "ranked"),
            ("b", None, "unpriced"),
            ("n", None, "excluded"),
            ("z", None, "refused"),
        ]

    def test_who_may_not_bid_or_did_not_answer_all_is_excluded_with_the_reason(self):
        bids = {"a": assessed("a", 90), "b": assessed("b", 50, is_excluded_as_incomplete=True), "c": assessed("c", 10)}
        prices = dict.fromkeys("abc", Decimal(1))
        price = model("deduction", full_quality=100)
        found = rank("l", price, (), bids, prices, {}, ["s"], excluded={"a": ["the role may not bid"]})
        assert [(s.supplier, s.rank, s.reasons) for s in found.standings] == [
            ("c", 1, ()),
            ("a", None, ("the role may not bid",)),
            ("b", None, ("the response is incomplete",)),
        ]

    def test_a_bid_below_the_threshold_is_not_admitted(self):
        found = ranked(
            [assessed("a", 50), assessed("b", 49)],
            {"a": 9, "b": 1},
            model("threshold_lowest_price", minimum_quality=50),
        )
        assert rows(found) == [("a", 1, "ranked"), ("b", None, "excluded")]


ABSOLUTE = [
    model("deduction", full_quality=120),
    model("absolute_linear", **HALVES, low=50, high=150),
    model("surcharge", **HALVES),
    model("fixed_price"),
    model("threshold_lowest_price", minimum_quality=50),
    model("admit_all_above", minimum_quality=50),
]
bids_drawn = st.lists(st.tuples(st.fractions(0, 100, max_denominator=50), st.integers(1, 300)), min_size=3, max_size=7)


class TestLeaveOneOut:
    """ "Under absolute models and this draw, adding a losing bid changes the order of no others." — method, 3.10"""

    @given(bids_drawn, st.sampled_from(ABSOLUTE))
    def test_leaving_a_bid_out_changes_the_order_of_no_others(self, drawn, price_model):
        bids = [assessed(f"s{index}", quality) for index, (quality, _) in enumerate(drawn)]
        prices = {f"s{index}": price for index, (_, price) in enumerate(drawn)}
        whole = ranked(bids, prices, price_model)
        for gone in bids:
            rest = ranked([bid for bid in bids if bid is not gone], prices, price_model)
            before = [s.supplier for s in whole.standings if s.supplier != gone.supplier and s.status is Status.RANKED]
            assert [s.supplier for s in rest.standings if s.status is Status.RANKED] == before

    @given(bids_drawn, st.randoms())
    def test_the_order_of_the_bids_changes_nothing(self, drawn, random):
        bids = [assessed(f"s{index}", quality) for index, (quality, _) in enumerate(drawn)]
        prices = {f"s{index}": price for index, (_, price) in enumerate(drawn)}
        before = ranked(bids, prices)
        random.shuffle(bids)
        assert ranked(bids, prices) == before
