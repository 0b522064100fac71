"""What would change the winner, on small lots whose figures can be done by hand."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction

import contests
import pytest
import writing
from contests import entry, lot_of, model

from selfassess.award import draw_order
from selfassess.model.assessment import Approval
from selfassess.model.stability import Region, Root
from selfassess.model.tender import CostItem
from selfassess.stability import saying, stability_of
from selfassess.stability.regions import with_ends
from selfassess.stability.roots import rational

LEVELS = [{"id": f"v{n}", "text": str(n), "score": Decimal(n) / 10} for n in range(11)]


def level(id_, **more):
    """A question whose answers v0 to v10 are worth 0 to 1 in tenths."""
    question = writing.question(id_, "choice", options=LEVELS, **more)
    question.pop("score", None)
    return question


def sections(**questions):
    return writing.questionnaire(
        sections=[{"id": id_, "title": id_, "questions": asked} for id_, asked in questions.items()]
    )


def lot(document, bids, price_model, *, mode="dialogue", weights=None, changes=None, prices=None, **more):
    """A lot of one document; ``bids`` are answers by supplier, N/A where the answer is None."""
    profile = writing.profile(document, mode, **(changes or {}))
    for key, given in (weights or {}).items():
        profile[key] = {"kind": profile[key]["kind"], "weights": profile[key]["weights"] | given}
    responses = {
        name: writing.response(
            document,
            {id_: answer for id_, answer in answers.items() if answer is not None},
            not_applicable={id_: "other" for id_, answer in answers.items() if answer is None},
        )
        for name, answers in bids.items()
    }
    prices = prices or dict.fromkeys(bids, "100")
    return lot_of(document, profile, responses, prices, price_model, **more)


def stability(case, **more):
    return stability_of(*case.arguments(), seed=contests.SEED, **more)


def weight_of(found, id_):
    return next(weight for weight in found.weights if weight.id == id_)


def said_weight(found, id_):
    return next(weight for weight in saying(found)["weights"] if weight["id"] == id_)


def interval(region):
    """A region in signs."""
    low, high = region["low"], region["high"]
    end = "∞" if high is None else high["shown"]
    return ("[" if low["included"] else "(") + low["shown"] + ", " + end + ("]" if high and high["included"] else ")")


def drawn_before(one, other):
    return draw_order(contests.SEED, "", [other, one])[0] == one


TWO = sections(s1=[level("Q1")], s2=[level("Q2")])
QUALITY = model("fixed_price")


class TestStayIntervals:
    def test_of_a_section_in_parts(self):
        """a: 0.9 and 0.2, b: 0.5 and 0.5; with weights x and 1 a leads while 0.9x + 0.2 > 0.5x + 0.5: x > 3/4."""
        found = stability(lot(TWO, {"a": {"Q1": "v9", "Q2": "v2"}, "b": {"Q1": "v5", "Q2": "v5"}}, QUALITY))
        assert found.leaders == ("a",)
        assert interval(said_weight(found, "s1")["stay"]) == "(0.75, ∞)"
        assert interval(said_weight(found, "s2")["stay"]) == "[0.00, ≈1.33)"
        assert said_weight(found, "s2")["stay"]["high"]["exact"] == "4/3"
        assert weight_of(found, "Q1").reason == "no sibling weighs anything"

    def test_of_percents_whose_siblings_share_the_rest(self):
        changes = {"section_weights": {"kind": "percent", "weights": {"s1": 60, "s2": 40}}}
        bids = {"a": {"Q1": "v9", "Q2": "v2"}, "b": {"Q1": "v5", "Q2": "v5"}}
        found = stability(lot(TWO, bids, QUALITY, changes=changes))
        assert interval(said_weight(found, "s1")["stay"]) == "(≈42.86, 100.00]"
        assert said_weight(found, "s1")["stay"]["low"]["exact"] == "300/7"
        assert interval(said_weight(found, "s2")["stay"]) == "[0.00, ≈57.14)"

    def test_an_equal_figure_belongs_to_the_interval_when_the_tie_rule_tells_the_two_apart(self):
        bids = {"a": {"Q1": "v9", "Q2": "v2"}, "b": {"Q1": "v5", "Q2": "v5"}}
        prices = {"a": "90", "b": "100"}
        found = stability(lot(TWO, bids, QUALITY, prices=prices, tie_rule=["price"]))
        assert interval(said_weight(found, "s1")["stay"]) == "[0.75, ∞)"
        found = stability(lot(TWO, bids, QUALITY, prices=prices, tie_rule=["section:s2"]))
        assert interval(said_weight(found, "s1")["stay"]) == "(0.75, ∞)"

    def test_of_a_question_whose_section_breaks_a_tie(self):
        document = sections(s1=[level("Q1"), level("Q2")])
        bids = {"a": {"Q1": "v9", "Q2": "v2"}, "b": {"Q1": "v5", "Q2": "v5"}}
        found = stability(
            lot(document, bids, model("threshold_lowest_price", minimum_quality=1), tie_rule=["section:s1"])
        )
        assert interval(said_weight(found, "Q1")["stay"]) == "(0.75, ∞)"

    def test_a_minimum_that_anybody_fails_or_reaches_ends_it(self):
        bids = {"a": {"Q1": "v9", "Q2": "v2"}, "b": {"Q1": "v5", "Q2": "v5"}, "c": {"Q1": "v0", "Q2": "v6"}}
        found = stability(lot(TWO, bids, QUALITY, changes={"minima": {"total": 30}}))
        assert interval(said_weight(found, "s1")["stay"]) == "(0.75, 1.00]"

    def test_an_admission_that_changes_ends_it(self):
        bids = {"a": {"Q1": "v9", "Q2": "v2"}, "b": {"Q1": "v5", "Q2": "v5"}}
        found = stability(lot(TWO, bids, model("admit_all_above", minimum_quality=40)))
        assert found.leaders == ("a", "b")
        assert interval(said_weight(found, "s1")["stay"]) == "[0.40, ∞)"
        found = stability(lot(TWO, bids, model("threshold_lowest_price", minimum_quality=52)))
        assert found.leaders == ("a",)
        assert interval(said_weight(found, "s1")["stay"]) == "[≈0.85, ∞)"

    def test_irrational_ends_are_exact_and_the_region_where_it_wins_again_is_listed(self):
        """a: Q2 0.5 of weight 10, b: Q3 0.4 of weight 1, the other N/A; Q1 gives a 1 and b 0.9 of weight x.
        (5 + x)/(10 + x) = (0.4 + 0.9x)/(1 + x) where x² − 34x + 10 = 0: x = 17 ± √279."""
        free = {"not_applicable": ["other"]}
        document = sections(s1=[level("Q1"), level("Q2", **free), level("Q3", **free)])
        bids = {"a": {"Q1": "v10", "Q2": "v5", "Q3": None}, "b": {"Q1": "v9", "Q2": None, "Q3": "v4"}}
        weights = {"question_weights": {"Q1": Decimal("0.2"), "Q2": 10, "Q3": 1}}
        case = lot(document, bids, QUALITY, weights=weights)
        found = stability(case)
        said = said_weight(found, "Q1")
        tried = [Fraction(x) for x in ("0", "0.29", "0.3", "33.7", "33.71", "500")]
        weight = weight_of(found, "Q1")
        assert [contests.stays(case, weight, x) for x in tried] == [True, True, False, False, True, True]
        assert interval(said["stay"]) == "[0.00, ≈0.29)"
        assert said["stay"]["high"]["exact"] == "17 - √279"
        assert [interval(region) for region in said["again"]] == ["(≈33.71, ∞)"]
        assert said["again"][0]["low"]["exact"] == "17 + √279"

    def test_the_cap_on_not_applicable_is_passed_on_the_way(self):
        free = {"not_applicable": ["other"]}
        document = sections(s1=[level("Q1"), level("Q2", **free)])
        bids = {"a": {"Q1": "v6", "Q2": None}, "b": {"Q1": "v5", "Q2": "v5"}}
        found = stability(lot(document, bids, QUALITY, changes={"not_applicable": {"cap": Decimal("0.5")}}))
        # 0.6 over max(1, 0.5·(1 + x)) is 0.5 where x is 1.4
        assert interval(said_weight(found, "Q2")["stay"]) == "[0.00, 1.40)"

    def test_a_section_without_weight_has_its_minimum_all_the_same(self):
        bids = {"a": {"Q1": "v9", "Q2": "v2"}, "b": {"Q1": "v5", "Q2": "v5"}}
        minima = {"minima": {"sections": {"s2": Decimal("0.1")}}}
        for weights in ({"section_weights": {"s2": 0}}, {}):
            found = stability(lot(TWO, bids, QUALITY, changes=minima, weights=weights))
            assert interval(said_weight(found, "s2")["stay"]) == "[0.00, ≈1.33)"

    def test_a_weight_at_which_somebody_has_nothing_left_to_sum_is_no_longer_the_same(self):
        free = {"not_applicable": ["other"]}
        document = sections(s1=[level("Q1", **free)], s2=[level("Q2")])
        bids = {"a": {"Q1": "v9", "Q2": "v9"}, "b": {"Q1": "v5", "Q2": "v5"}, "c": {"Q1": None, "Q2": "v1"}}
        found = stability(lot(document, bids, QUALITY))
        assert interval(said_weight(found, "s2")["stay"]) == "(0.00, ∞)"
        found = stability(lot(document, bids, QUALITY, weights={"section_weights": {"s2": 0}}))
        assert interval(said_weight(found, "s2")["stay"]) == "[0.00, 0.00]"

    def test_a_section_without_a_value_has_an_unknown_minimum_as_before(self):
        free = {"not_applicable": ["other"]}
        document = sections(s1=[level("Q1", **free), level("Q3", **free)], s2=[level("Q2")])
        bids = {"a": {"Q1": "v9", "Q3": "v9", "Q2": "v9"}, "b": {"Q1": None, "Q3": None, "Q2": "v5"}}
        minima = {"minima": {"sections": {"s1": Decimal("0.5")}}}
        found = stability(lot(document, bids, QUALITY, changes=minima))
        assert interval(said_weight(found, "Q1")["stay"]) == "[0.00, ∞)"
        # c has N/A in all that weighs: its minimum is unknown only while Q1 weighs nothing
        bids["c"] = {"Q1": "v9", "Q3": None, "Q2": "v5"}
        found = stability(lot(document, bids, QUALITY, changes=minima, weights={"question_weights": {"Q1": 0}}))
        assert interval(said_weight(found, "Q1")["stay"]) == "[0.00, 0.00]"

    def test_a_tied_first_place_and_an_empty_lot_have_none(self):
        found = stability(lot(TWO, {"a": {"Q1": "v9", "Q2": "v2"}, "b": {"Q1": "v9", "Q2": "v2"}}, QUALITY))
        assert found.is_tied
        assert {weight.reason for weight in found.weights} == {"the first place is tied"}
        found = stability(lot(TWO, {"a": {"Q1": "v9", "Q2": "v2"}}, QUALITY, changes={"minima": {"total": 90}}))
        assert {weight.reason for weight in found.weights} == {"no bid is ranked"}
        assert (found.leaders, found.places, found.price_spread) == ((), (), None)

    def test_an_unscored_section_has_no_weight_that_moves(self):
        document = sections(s1=[level("Q1")], s2=[writing.question("X1", "text", score="unscored")], s3=[level("Q2")])
        found = stability(lot(document, {"a": {"Q1": "v9", "Q2": "v2"}, "b": {"Q1": "v5", "Q2": "v5"}}, QUALITY))
        assert [weight.id for weight in found.weights] == ["s1", "s3", "Q1", "Q2"]
        assert interval(said_weight(found, "s1")["stay"]) == "(0.75, ∞)"

    def test_quality_breaks_a_tie_on_the_way(self):
        bids = {"a": {"Q1": "v9", "Q2": "v2"}, "b": {"Q1": "v5", "Q2": "v5"}}
        found = stability(lot(TWO, bids, model("threshold_lowest_price", minimum_quality=1), tie_rule=["quality"]))
        assert interval(said_weight(found, "s1")["stay"]) == "(0.75, ∞)"

    def test_several_ends_leave_what_all_allow(self):
        """0.6(x + 1) is above 1 (b) while x > 2/3, and above x (c) while x < 3/2."""
        bids = {"a": {"Q1": "v6", "Q2": "v6"}, "b": {"Q1": "v0", "Q2": "v10"}, "c": {"Q1": "v10", "Q2": "v0"}}
        found = stability(lot(TWO, bids, QUALITY))
        assert interval(said_weight(found, "s1")["stay"]) == "(≈0.67, 1.50)"

    def test_ends_are_put_to_regions_or_beside_them(self):
        one = Region(low=rational(1), high=rational(2), has_low=False, has_high=False)
        zero, end = rational(0), rational(100)
        both = with_ends([one], end, at_low=True, at_high=True)
        assert [(region.low, region.high) for region in both] == [(zero, zero), (one.low, one.high), (end, end)]
        assert with_ends([], None, at_low=False, at_high=True) == ()
        assert with_ends([one], end, at_low=False, at_high=False) == (one,)


FOUR = sections(s1=[level("Q1"), level("Q2"), level("Q3"), level("Q4")])
CLEAR = {
    "a": {"Q1": "v10", "Q2": "v8", "Q3": "v6", "Q4": "v4"},
    "b": {"Q1": "v5", "Q2": "v5", "Q3": "v5", "Q4": "v5"},
}


class TestDecisiveClaims:
    def test_all_minimal_sets_are_listed(self):
        """a has 2.8 of 4, b 2.0: 0.8 has to go: Q1 alone, Q2 alone (then a tie), Q3 with Q4."""
        (found,) = stability(lot(FOUR, CLEAR, QUALITY)).decisive
        assert found.sets == (("Q1",), ("Q2",), ("Q3", "Q4"))
        assert found.smallest == ()
        assert [(claim.question, claim.points) for claim in found.claims] == [
            ("Q1", 25),
            ("Q2", 20),
            ("Q3", 15),
            ("Q4", 10),
        ]

    def test_what_an_entry_settled_is_no_claim_any_more_unless_persons_differ(self):
        def sets(*reviews):
            return stability(lot(FOUR, CLEAR, QUALITY, reviews={"a": list(reviews)})).decisive[0].sets

        assert sets(entry(1, "Q1", "confirm", "Ada")) == (("Q2",), ("Q3", "Q4"))
        assert ("Q1",) not in sets(entry(1, "Q1", "adjust", "Ada") | {"value": 1})
        assert ("Q1",) in sets(
            entry(1, "Q1", "confirm", "Ada"), entry(2, "Q1", "adjust", "Bo") | {"value": Decimal("0.9")}
        )

    def test_a_tie_that_the_published_rule_breaks_costs_nothing(self):
        found = stability(lot(FOUR, CLEAR, QUALITY, tie_rule=["price"], prices={"a": "90", "b": "100"}))
        assert found.decisive[0].sets == (("Q1",), ("Q2", "Q3"), ("Q2", "Q4"), ("Q3", "Q4"))

    def test_beyond_the_size_one_smallest_set_is_named(self):
        bids = CLEAR | {"b": {"Q1": "v1", "Q2": "v0", "Q3": "v0", "Q4": "v0"}}
        found = stability(lot(FOUR, bids, QUALITY), size=2).decisive[0]
        assert (found.sets, found.smallest) == ((), ("Q1", "Q2", "Q3", "Q4"))
        found = stability(lot(FOUR, bids, QUALITY), size=4).decisive[0]
        assert found.sets == (("Q1", "Q2", "Q3", "Q4"),)

    def test_a_claim_that_carries_nothing_is_none(self):
        bids = CLEAR | {"a": {"Q1": "v10", "Q2": "v8", "Q3": "v6", "Q4": "v0"}}
        (found,) = stability(lot(FOUR, bids, QUALITY, tie_rule=["section:s1", "quality"])).decisive
        assert [claim.question for claim in found.claims] == ["Q1", "Q2", "Q3"]
        assert found.sets == (("Q1",), ("Q2",), ("Q3",))

    def test_an_unapproved_not_applicable_of_an_award_carries_nothing(self):
        document = sections(s1=[level("Q1"), level("Q2", not_applicable=["other"])])
        bids = {"a": {"Q1": "v9", "Q2": None}, "b": {"Q1": "v3", "Q2": "v3"}}
        (found,) = stability(lot(document, bids, QUALITY, mode="award")).decisive
        assert [claim.question for claim in found.claims] == ["Q1"]

    def test_a_not_applicable_that_shares_the_cap_counts_only_with_the_others(self):
        free = {"not_applicable": ["other"]}
        document = sections(s1=[level("Q1"), level("Q2", **free), level("Q3", **free)])
        bids = {"a": {"Q1": "v9", "Q2": None, "Q3": None}, "b": {"Q1": "v4", "Q2": "v4", "Q3": "v4"}}
        case = lot(document, bids, QUALITY, changes={"not_applicable": {"cap": Decimal("0.3")}})
        (found,) = stability(case).decisive  # 0.9 of 2.1, of 2.1 without either, of 3 without both
        assert found.sets == (("Q1",), ("Q2", "Q3"))
        assert [(claim.question, claim.points) for claim in found.claims][1:] == [("Q2", 0), ("Q3", 0)]

    def test_an_answer_in_a_section_without_weight_counts_where_a_tie_rule_looks(self):
        bids = {"a": {"Q1": "v5", "Q2": "v9"}, "b": {"Q1": "v5", "Q2": "v2"}}
        weights = {"section_weights": {"s2": 0}}
        (found,) = stability(lot(TWO, bids, QUALITY, weights=weights, tie_rule=["section:s2"])).decisive
        assert found.sets == (("Q1",), ("Q2",))
        assert [(claim.question, claim.points) for claim in found.claims] == [("Q1", 50), ("Q2", 0)]
        bids = {"a": {"Q1": "v6", "Q2": "v9"}, "b": {"Q1": "v5", "Q2": "v2"}}
        (found,) = stability(lot(TWO, bids, QUALITY, weights=weights)).decisive
        assert [claim.question for claim in found.claims] == ["Q1"]

    def test_a_rule_that_no_answer_moves_decides_at_equality(self):
        for tie_rule, sets in ((["draw"], None), (["section:s2"], (("Q1",), ("Q2",)))):
            document = sections(s1=[level("Q1"), level("Q2")], s2=[level("Q3")])
            bids = {"a": {"Q1": "v10", "Q2": "v10", "Q3": "v0"}, "b": {"Q1": "v5", "Q2": "v5", "Q3": "v0"}}
            (found,) = stability(lot(document, bids, QUALITY, tie_rule=tie_rule)).decisive
            drawn = drawn_before("b", "a")
            assert found.sets == (sets or ((("Q1",), ("Q2",)) if drawn else (("Q1", "Q2"),)))

    def test_smaller_sets_of_not_applicable_are_tried_before_larger_ones(self):
        free = {"not_applicable": ["other"]}
        heir = level(
            "Q4", enable_when={"all": [{"question": "Q2", "answered": True}, {"question": "Q3", "answered": True}]}
        )
        document = sections(s1=[level("Q1", **free), level("Q2", **free)], s2=[level("Q0"), level("Q3", **free), heir])
        bids = {
            "a": {"Q0": "v10", "Q1": None, "Q2": None, "Q3": None},
            "b": {"Q0": "v3", "Q1": "v3", "Q2": "v3", "Q3": "v3", "Q4": "v3"},
        }
        case = lot(document, bids, QUALITY, changes={"accepted_conditions": ["Q4"]})
        assert stability(case, size=0).decisive[0].smallest == ("Q0",)
        # with Q0 confirmed: 1 as it is; Q1 brings back a section of 0 (1/2), Q3 with Q4 leaves a third of s2
        confirmed = lot(
            document,
            bids,
            QUALITY,
            changes={"accepted_conditions": ["Q4"]},
            reviews={"a": [entry(1, "Q0", "confirm", "Ada")]},
        )
        assert stability(confirmed, size=1).decisive[0].sets == (("Q2",),)
        found = stability(confirmed, size=0).decisive[0]
        assert found.smallest == ("Q2",)

    def test_where_nothing_turns_there_is_no_set(self):
        found = stability(lot(FOUR, {"a": CLEAR["a"]}, QUALITY)).decisive[0]
        assert (found.sets, found.smallest) == ((), ())
        assert len(found.claims) == 4

    def test_a_gate_is_decisive_alone_and_a_minimum_counts(self):
        document = sections(s1=[level("Q1"), level("Q2", gate={"in": ["v8"]})], s2=[level("Q3")])
        bids = {"a": {"Q1": "v10", "Q2": "v8", "Q3": "v3"}, "b": {"Q1": "v0", "Q2": "v8", "Q3": "v3"}}
        minima = {"minima": {"sections": {"s2": Decimal("0.3")}}}
        weights = {"section_weights": {"s2": Decimal("0.001")}, "question_weights": {"Q2": 0}}
        found = stability(lot(document, bids, QUALITY, changes=minima, weights=weights)).decisive[0]
        assert found.sets == (("Q1",), ("Q2",), ("Q3",))
        assert [claim.has_gate for claim in found.claims if claim.question == "Q2"] == [True]
        assert stability(lot(document, bids, QUALITY, changes=minima, weights=weights), size=0).decisive[0].sets == ()

    def test_a_lost_claim_of_not_applicable_counts_zero_with_all_that_inherit_it(self):
        free = {"not_applicable": ["other"]}
        heir = level("Q2", enable_when={"question": "Q1", "answered": True})
        document = sections(s1=[level("Q0"), level("Q1", **free), heir, level("Q3", **free)])
        changes = {"accepted_conditions": ["Q2"]}
        bids = {
            "a": {"Q0": "v8", "Q1": None, "Q3": None},
            "b": {"Q0": "v3", "Q1": "v3", "Q2": "v3", "Q3": "v3"},
        }
        case = lot(document, bids, QUALITY, changes=changes)
        found = stability(case).decisive[0]
        assert found.sets == (("Q0",), ("Q1",))  # 0.8 of 1; without Q1 and Q2 0.8 of 3 is below 0.3
        assert [claim.is_not_applicable for claim in found.claims] == [False, True, True]
        approved = lot(document, bids, QUALITY, changes=changes, reviews={"a": [entry(1, "Q1", "approve", "Ada")]})
        assert stability(approved).decisive[0].sets == (("Q0",),)
        assert Approval.APPROVED in approved.assessments()["a"].approvals.values()

    def test_a_table_is_settled_row_by_row(self):
        columns = [{"id": "site", "text": "Site", "type": "text"}, {"id": "good", "text": "Good", "type": "boolean"}]
        rule = {"column": "good", "rule": {"true": 1, "false": 0}}
        table = writing.question("T1", "table", columns=columns, key="site", aggregate="mean", score=rule)
        document = sections(s1=[table, level("Q1")])
        rows = [{"site": "x", "good": True}, {"site": "y", "good": True}]
        bids = {"a": {"T1": rows, "Q1": "v5"}, "b": {"T1": [{"site": "z", "good": False}], "Q1": "v6"}}
        reviews = [entry(n, "T1", "confirm", "Ada") | {"row": key} for n, key in enumerate("xy")]
        assert stability(lot(document, bids, QUALITY)).decisive[0].sets == (("T1",),)
        one, both = (lot(document, bids, QUALITY, reviews={"a": reviews[:n]}) for n in (1, 2))
        assert stability(one).decisive[0].sets == (("T1",),)
        assert stability(both).decisive[0].sets == ()

    def test_a_cost_item_counts_its_maximum_when_its_answer_is_lost(self):
        number = writing.question("E1", "number", score={"curve": [[0, 1], [1000, 0]]}, decimals=0)
        document = sections(s1=[number, level("Q1")])
        item = CostItem(id="power", title="Power", question="E1", unit_cost=Decimal(2), method="x 2")
        cycle = model("life_cycle_cost", years=4, costs=[item])
        bids = {"a": {"E1": 10, "Q1": "v1"}, "b": {"E1": 20, "Q1": "v5"}}
        found = stability(lot(document, bids, cycle))
        assert found.leaders == ("a",)
        assert found.decisive[0].sets == (("E1",),)
        assert found.tying_prices[0].leader_price == 180
        assert (found.price_spread, found.quality_spread) == (80, 0)

    def test_admission_is_lost_below_the_threshold(self):
        found = stability(lot(FOUR, CLEAR, model("admit_all_above", minimum_quality=45)))
        assert [decisive.supplier for decisive in found.decisive] == ["a", "b"]
        pairs = ((1, 2), (1, 3), (1, 4), (2, 3), (2, 4))  # 70 points less 25 is still the threshold
        assert found.decisive[0].sets == tuple((f"Q{one}", f"Q{other}") for one, other in pairs)
        assert found.decisive[1].sets == (("Q1",), ("Q2",), ("Q3",), ("Q4",))
        assert found.tying_prices == ()

    def test_of_several_winners_each_not_tied_over_the_last_place_has_its_own(self):
        bids = {
            "a": {"Q1": "v10", "Q2": "v10", "Q3": "v10", "Q4": "v10"},
            "b": {"Q1": "v5", "Q2": "v5", "Q3": "v5", "Q4": "v5"},
            "c": {"Q1": "v5", "Q2": "v5", "Q3": "v5", "Q4": "v5"},
        }
        prices = {"a": "100", "b": "100", "c": "100"}
        found = stability(lot(FOUR, bids, model("deduction", full_quality=10, winners=2), prices=prices))
        assert found.leaders == ("a", "b", "c")
        assert found.is_tied
        assert [decisive.supplier for decisive in found.decisive] == ["a"]
        assert found.decisive[0].sets == tuple(
            tuple(f"Q{n}" for n in pair) for pair in ((1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4))
        )


ONE = sections(s1=[level("Q1")])
FIELD = {"a": {"Q1": "v6"}, "b": {"Q1": "v7"}, "c": {"Q1": "v1"}}
PRICES = {"a": "100", "b": "114", "c": "60"}
HALVES = {"price_points": 50, "quality_points": 50}


class TestBidsSeenTogether:
    def found(self, name, **parameters):
        return stability(lot(ONE, FIELD, model(name, **parameters), prices=PRICES))

    def test_a_hopeless_bid_turns_two_others_under_a_relative_model(self):
        found = self.found("relative_proportional", **HALVES)
        assert found.leaders == ("b",)
        by_name = {left.without: left for left in found.left_out}
        assert by_name["c"].changes_order
        assert [place.supplier for place in by_name["c"].places] == ["a", "b"]
        assert not by_name["a"].changes_order

    def test_under_an_absolute_model_nothing_turns(self):
        assert not any(left.changes_order for left in self.found("deduction", full_quality=120).left_out)

    @pytest.mark.parametrize(
        ("name", "parameters", "leader_price", "rival_price"),
        [
            ("deduction", {"full_quality": 120}, 102, 112),
            ("surcharge", HALVES, None, None),
            ("absolute_linear", HALVES | {"low": 50, "high": 150}, 104, 110),
        ],
    )
    def test_the_prices_that_tie_the_first_with_a_rival(self, name, parameters, leader_price, rival_price):
        found = stability(
            lot(
                ONE,
                {"a": FIELD["a"], "b": FIELD["b"]},
                model(name, **parameters),
                prices={"a": "100", "b": "114"},
            )
        )
        (tying,) = found.tying_prices
        if leader_price is not None:
            assert (tying.leader_price, tying.rival_price) == (leader_price, rival_price)
        else:
            assert tying.leader_price == Fraction(1482, 14)
            assert tying.rival_price == Fraction(1400, 13)

    def test_where_the_range_of_prices_opens_order_turns_without_a_tie(self):
        bids = {"a": {"Q1": "v6"}, "b": {"Q1": "v5"}}
        prices = {"a": "90", "b": "100"}
        found = stability(lot(ONE, bids, model("relative_range", **HALVES), prices=prices))
        assert [(t.leader_price, t.rival_price) for t in found.tying_prices] == [(100, 90)]

    def test_where_both_ends_are_clamped_no_price_ties(self):
        bids = {"a": {"Q1": "v10"}, "b": {"Q1": "v0"}}
        clamped = model("absolute_linear", low=90, high=110, clamp="both", price_points=10, quality_points=90)
        (tying,) = stability(lot(ONE, bids, clamped)).tying_prices
        assert (tying.leader_price, tying.rival_price) == (None, None)

    def test_equal_figures_that_a_rule_told_apart_tie_at_the_price_as_it_is(self):
        bids, prices = {"a": {"Q1": "v6"}, "b": {"Q1": "v6"}}, {"a": "100", "b": "100"}
        case = lot(ONE, bids, model("deduction", full_quality=1), prices=prices, tie_rule=["draw"])
        (tying,) = stability(case).tying_prices
        assert (tying.leader_price, tying.rival_price) == (100, 100)

    def test_effective_weights_are_published_weight_times_spread(self):
        document = sections(
            s1=[level("Q1"), level("Q2", not_applicable=["other"])], s2=[level("Q3", not_applicable=["other"])]
        )
        bids = {"a": {"Q1": "v8", "Q2": None, "Q3": None}, "b": {"Q1": "v5", "Q2": "v5", "Q3": None}}
        found = stability(lot(document, bids, model("deduction", full_quality=10), prices={"a": "100", "b": "90"}))
        weights = {weight.id: (weight.weight, weight.lowest, weight.highest) for weight in found.effective_weights}
        half, most = Fraction(1, 2), Fraction(4, 5)
        assert weights == {"s1": (50, half, most), "Q1": (25, half, most), "Q2": (25, half, half)}
        assert found.effective_weights[0].effective == 15
        assert (found.price_spread, found.quality_spread) == (10, 3)

    def test_a_surcharge_mixes_price_and_quality(self):
        found = self.found("surcharge", **HALVES)
        assert (found.price_spread, found.quality_spread) == (None, None)

    def test_the_ranking_with_every_not_applicable_as_zero(self):
        document = sections(s1=[level("Q1"), level("Q2", not_applicable=["other"])])
        bids = {"a": {"Q1": "v8", "Q2": None}, "b": {"Q1": "v5", "Q2": "v5"}, "c": {"Q1": "v4", "Q2": "v2"}}
        found = stability(lot(document, bids, QUALITY, changes={"minima": {"total": 30}}))
        assert [(place.supplier, place.rank) for place in found.without_not_applicable] == [
            ("b", 1),
            ("a", 2),
            ("c", 3),
        ]
        strict = stability(lot(document, bids, QUALITY, changes={"minima": {"total": 45}}))
        assert [place.supplier for place in strict.without_not_applicable] == ["b"]

    def test_an_open_leader_is_looked_at_and_marked(self):
        document = sections(s1=[level("Q1", gate={"in": ["v8", "v5"]}, evidence={"minimum": "E2"}), level("Q2")])
        bids = {"a": {"Q1": "v8", "Q2": "v9"}, "b": {"Q1": "v5", "Q2": "v5"}}
        found = stability(lot(document, bids, QUALITY, mode="award"))
        assert found.is_open
        assert found.leaders == ("a",)


class TestCliffs:
    def near(self, *questions, answers, **changes):
        document = writing.questionnaire(*questions)
        bids = {"a": answers, "b": {}}
        found = stability(lot(document, bids, QUALITY, changes=changes))
        return [
            (near.question, near.row, near.column, near.cliff, near.of, near.threshold) for near in found.near_cliffs
        ]

    @pytest.mark.parametrize(("answer", "count"), [(48, 0), (49, 1), (50, 1), (51, 1), (52, 0)])
    def test_within_one_unit_of_a_step(self, answer, count):
        question = writing.question("N1", "number", score={"steps": [[50, 1]]})
        assert len(self.near(question, answers={"N1": answer})) == count

    def test_a_jump_of_a_curve_is_a_cliff_and_a_bend_is_none(self):
        curve = {"curve": [[0, 0], [50, Decimal("0.5")], [50, 1], [100, 1], [100, 1]]}
        question = writing.question("N1", "number", score=curve)
        assert self.near(question, answers={"N1": 50}) == [("N1", None, None, "jump", "N1", 50)]
        assert self.near(question, answers={"N1": 100}) == []

    def test_a_day_is_the_unit_of_dates(self):
        question = writing.question("D1", "date", score={"steps": [["2026-06-20", 1]]}, gate={"at_most": "2026-06-22"})
        assert self.near(question, answers={"D1": "2026-06-21"}) == [
            ("D1", None, None, "step", "D1", date(2026, 6, 20)),
            ("D1", None, None, "gate", "D1", date(2026, 6, 22)),
        ]

    def test_another_questions_condition_turns_at_a_cliff_too(self):
        number = writing.question("N1", "number", score="unscored")
        ask = {"any": [{"question": "N1", "at_least": 10}, {"question": "N1", "is": 3}, {"role": "maker"}]}
        asked = writing.question("B1", enable_when=ask)
        other = writing.question("B2")
        assert self.near(number, asked, other, answers={"N1": 9}) == [("N1", None, None, "condition", "B1", 10)]
        assert self.near(number, asked, other, answers={"N1": 3}) == []

    def test_the_cells_of_a_table_are_looked_at(self):
        columns = [
            {"id": "k", "text": "K", "type": "text"},
            {"id": "n", "text": "N", "type": "number", "unit": "t"},
            {"id": "d", "text": "D", "type": "date"},
            {"id": "m", "text": "M", "type": "choices", "options": [{"id": "x", "text": "X"}]},
        ]
        rows = [{"k": "r1", "n": 20, "d": "2026-01-01", "m": ["x"]}, {"k": "r2", "n": 40}]
        form = {"columns": columns, "key": "k", "aggregate": "mean"}
        steps = writing.question("T1", "table", score={"column": "n", "rule": {"steps": [[19, 1]]}}, **form)
        plain = writing.question("T2", "table", score={"column": "m", "rule": "share"}, **form)
        by_rows = writing.question(
            "T3",
            "table",
            score={"rows": [[{"column": "n", "at_least": 39}, 1], [{"column": "m", "includes": "x"}, 1]]},
            gate={"every_row": {"column": "d", "at_least": "2025-12-31"}},
            **form,
        )
        answers = dict.fromkeys(("T1", "T2", "T3"), rows)
        assert self.near(steps, plain, by_rows, answers=answers) == [
            ("T1", "r1", "n", "step", "T1", 19),
            ("T3", "r1", "d", "gate", "T3", date(2025, 12, 31)),
            ("T3", "r2", "n", "row", "T3", 39),
        ]

    def test_a_gate_that_is_no_comparison_of_size_is_no_cliff(self):
        question = writing.question("N1", "number", score="unscored", gate={"is": 5})
        assert self.near(question, writing.question("B1"), answers={"N1": 5, "B1": True}) == []


class TestSaying:
    def test_it_is_plain_and_exact(self):
        document = sections(
            s1=[level("Q1"), level("Q2", not_applicable=["other"])],
            s2=[
                writing.question("N1", "number", score={"steps": [[50, 1]]}),
                writing.question("D1", "date", score={"steps": [["2026-06-20", 1]]}),
            ],
        )
        bids = {
            "a": {"Q1": "v8", "Q2": None, "N1": 50, "D1": "2026-06-20"},
            "b": {"Q1": "v5", "Q2": "v5", "N1": 49, "D1": "2026-06-19"},
        }
        found = stability(lot(document, bids, model("deduction", full_quality=100)))
        plain = saying(found)
        assert json.loads(json.dumps(plain)) == plain
        assert plain["leaders"] == ["a"]
        assert plain["ranking"][0] == {"supplier": "a", "rank": 1, "figure": {"exact": "10", "shown": "10.00"}}
        assert plain["near_cliffs"][0] == {
            "supplier": "a", "question": "N1", "row": None, "column": None, "answer": "50", "threshold": "50",
            "cliff": "step", "of": "N1",
        }  # fmt: skip
        assert plain["near_cliffs"][1]["answer"] == "2026-06-20"
        assert plain["tying_prices"][0]["leader"] == "a"
        assert plain["effective_weights"][0]["level"] == "section"
        assert plain["spread_of_qualities"]["exact"] == "65"

    def test_a_root_that_stands_alone_is_shown_as_it_is(self):
        alone = Root(rational=Fraction(3, 2))
        region = Region(low=alone, high=alone, has_low=True, has_high=True)
        from selfassess.stability.saying import _region  # noqa: PLC0415

        assert _region(region, Fraction(7))["low"]["shown"] == "1.50"
