"""Corners of numbers and scoring that no story reaches, each by itself."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
import writing
from contests import model
from hypothesis import given
from hypothesis import strategies as st
from test_award import assessed, ranked
from test_scoring import case, document, entry, outcome, rows, table
from test_stability import QUALITY, lot, stability
from writing import question

from selfassess.award import Bid, possible_standings
from selfassess.award.ordering import deciding
from selfassess.errors import NumberForm
from selfassess.model.assessment import Measure, State
from selfassess.model.stability import EffectiveWeight, Level
from selfassess.numbers import apportion, exact, rounded
from selfassess.scoring import findings, trace
from selfassess.scoring.applicability import _inherited
from selfassess.scoring.sums import points_per_value
from selfassess.scoring.support import refusal, supported_by
from selfassess.scoring.values import ScoredRows, aggregated, scored_rows, tenths_of, weight_of
from selfassess.stability.price_gap import _that_matter
from selfassess.stability.saying import _effective as saying_of_weight

DAY = datetime.date(2026, 11, 20)


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "reason"),
        [
            ("0.1234567890123", "has more than 12 decimals"),
            ("0.0000009", "is smaller than 0.000001 but not 0"),
            ("-0.0000009", "is smaller than 0.000001 but not 0"),
            ("1234567890.123456", "has more than 15 digits"),
            ("1e5", "is not a plain decimal number"),
        ],
    )
    def test_what_is_no_number_here_says_why(self, text, reason):
        with pytest.raises(NumberForm, match=reason):
            exact(text)

    def test_fifteen_digits_are_the_most(self):
        assert exact("123456789012345") == Decimal(123456789012345)
        assert exact("0.00123456789") == Decimal("0.00123456789")
        with pytest.raises(NumberForm, match="more than 15 digits"):
            exact("12345678901234.56")

    def test_the_smallest_and_nothing(self):
        assert exact("0.000001") == Decimal("0.000001")
        assert exact("-0.000001") == Decimal("-0.000001")
        for nothing in ("0", "-0", "0.000", "-0.000"):
            assert str(exact(nothing)).startswith("0")

    def test_parts_that_are_not_the_whole_are_refused(self):
        with pytest.raises(ValueError, match="do not add up"):
            apportion(Fraction(2), [Fraction(1, 2), Fraction(1)], 2)


class TestApportioning:
    """3.9: printed parts add up to the printed total by largest remainder, ties in document order (Hamilton, 1792)."""

    @pytest.mark.parametrize(
        ("parts", "places", "printed"),
        [
            (["1/3", "1/3", "1/3"], 2, ["0.34", "0.33", "0.33"]),
            (["2/3", "1/6", "1/6"], 1, ["0.7", "0.2", "0.1"]),
            (["2/3", "1/6", "1/6"], 2, ["0.67", "0.17", "0.16"]),
            (["1/7", "2/7", "4/7"], 2, ["0.14", "0.29", "0.57"]),
            (["0.004", "0.004", "0.002"], 2, ["0.01", "0", "0"]),
            (["0.002", "0.004", "0.004"], 2, ["0", "0.01", "0"]),
            (["0", "0.5", "0.5"], 0, ["0", "1", "0"]),
            (["-1/3", "1/3", "1"], 2, ["-0.33", "0.33", "1"]),
        ],
    )
    def test_the_largest_remainders_get_what_is_left(self, parts, places, printed):
        exact_parts = [Fraction(part) for part in parts]
        found = apportion(sum(exact_parts, Fraction(0)), exact_parts, places)
        assert found == tuple(Fraction(part) for part in printed)

    @given(
        st.lists(st.fractions(min_value=0, max_value=40, max_denominator=60), min_size=1, max_size=9),
        st.integers(0, 3),
    )
    def test_they_add_up_lie_within_one_unit_and_nobody_with_a_smaller_remainder_is_preferred(self, parts, places):
        unit, total = Fraction(1, 10**places), sum(parts, Fraction(0))
        found = apportion(total, parts, places)
        assert sum(found, Fraction(0)) == rounded(total, places)
        assert all(abs(printed - part) < unit for printed, part in zip(found, parts, strict=True))
        up = [part % unit for printed, part in zip(found, parts, strict=True) if printed > part]
        down = [part % unit for printed, part in zip(found, parts, strict=True) if printed < part]
        assert not up or not down or min(up) >= max(down)


class TestTables:
    def plan(self, aggregate="weighted_share", **more):
        return case([table(aggregate, **more)], {"T": rows(("x", 50, True))})[0]

    def test_rows_without_weight_are_worth_nothing(self):
        plan = self.plan()
        planned = plan.questions[0].table
        counted = replace(planned, is_percent=False)
        assert aggregated(counted, ScoredRows((), [2, 2], [0, 0]), [2, 2]) == 0
        assert aggregated(counted, ScoredRows((), [2, 4], [1, 3]), [2, 4]) == Fraction(7, 2)

    def test_a_mean_of_fractions_is_exact(self):
        planned = self.plan("mean").questions[0].table
        assert aggregated(planned, ScoredRows((), [], [1, 1]), [Fraction(1, 3), Fraction(2, 3)]) == Fraction(1, 2)
        whole = aggregated(planned, ScoredRows((), [], [1, 1]), [Fraction(1, 2), Fraction(3, 2)])
        assert (whole, type(whole)) == (1, int)

    def test_tenths_are_exact(self):
        assert tenths_of(20, 5) == 10
        assert tenths_of(3, 5) == Fraction(3, 2)
        assert tenths_of(Fraction(1, 3), 8) == Fraction(4, 15)

    def test_an_unscored_table_has_no_values(self):
        planned = replace(self.plan().questions[0].table, row_value=None)
        with pytest.raises(ValueError, match="unscored"):
            scored_rows(planned, ())

    def test_a_weight_that_cannot_be_used_is_none(self):
        plan, assessment = case([table()], {"T": rows(("x", "much", True), ("y", 50, True))})
        found = [weight_of(plan.questions[0].table, row) for row in assessment.answers[0]]
        assert found[0] == 0
        assert found[1] > 0


def test_a_question_without_a_condition_inherits_nothing():
    plan, _ = case([question("A")], {"A": True})
    with pytest.raises(ValueError, match="without a condition"):
        _inherited(plan, plan.questions[0], (), None)


class TestDocuments:
    def read(self, **more):
        plan, assessment = case([question("Q", evidence={"minimum": "E3"})], {"Q": True}, evidence=[document(**more)])
        return plan, assessment

    def test_a_kind_that_is_not_declared_counts_nothing(self):
        plan, assessment = self.read()
        paper = replace(assessment.response.evidence[0], kind="rumour")
        assert refusal(plan, plan.questions[0].question, paper, DAY, None) == "its kind rumour is not declared"

    def test_a_row_of_a_question_that_has_none_raises_no_grade(self):
        plan, assessment = self.read()
        paper = replace(assessment.response.evidence[0], supports=("Q/x",))
        support = supported_by(plan, replace(assessment.response, evidence=(paper,)), DAY)
        assert (support.questions, support.rows, support.is_plain) == ({}, {}, False)


class TestRowsOfAGate:
    """An award's gate on a table passes when every row is confirmed or has evidence enough."""

    q = table("mean", gate={"every_row": {"column": "good", "is": True}}, evidence={"minimum": "E3"})

    def gate(self, reviews=(), **more):
        answers = {"T": rows(("x", 1, True), ("y", 1, True))}
        return outcome([self.q, question("A")], answers, reviews=reviews, **more)["gates"]["T"]

    def test_each_row_needs_its_own_support(self):
        assert self.gate() == "unknown"
        assert self.gate(evidence=[document(supports=["T/x"])]) == "unknown"
        assert self.gate(evidence=[document(supports=["T/x", "T/y"])]) == "pass"

    def test_a_confirmed_row_needs_none(self):
        confirmed = [entry("confirm", question_="T", row="y")]
        assert self.gate(confirmed) == "unknown"
        assert self.gate(confirmed, evidence=[document(supports=["T/x"])]) == "pass"
        rejected = [entry("reject", question_="T", row="y")]
        assert self.gate(rejected, evidence=[document(supports=["T/x"])]) != "pass"


def test_an_adjusted_row_of_a_table_that_is_not_scored_lies_above_any_claim():
    unscored = table("mean") | {"score": "unscored"}
    del unscored["aggregate"]
    adjusted = [entry("adjust", question_="T", row="x", value=1, source="visit")]
    _, assessment = case([unscored, question("A")], {"T": rows(("x", 1, True)), "A": True}, reviews=adjusted)
    assert len(assessment.refused_entries) == 1


def test_a_confirmed_row_of_a_table_that_is_not_scored_is_worth_nothing_and_refused_by_nobody():
    unscored = table("mean") | {"score": "unscored"}
    del unscored["aggregate"]
    confirmed = [entry("confirm", question_="T", row="x")]
    _, assessment = case([unscored, question("A")], {"T": rows(("x", 1, True)), "A": True}, reviews=confirmed)
    assert assessment.refused_entries == ()
    assert assessment.total == 100


def test_an_adjustment_without_a_value_is_refused_and_not_taken_for_none():
    _, assessment = case([question("Q")], {"Q": True}, reviews=[entry("adjust", source="visit")])
    assert [refused.reason for refused in assessment.refused_entries] == ["adjust needs a value"]
    assert assessment.total == 100


class TestTrace:
    def node(self, tree, *names):
        for name in names:
            tree = next(child for child in tree.children if child.name == name)
        return tree

    def test_what_is_missing_not_asked_inherited_or_without_weight_is_said(self):
        questions = [
            question("A", not_applicable=["other"]),
            question("B", enable_when={"question": "A", "is": True}),
            question("N", score="unscored"),
            question("G", gate={"is": True}),
        ]
        plan, assessment = case(
            questions, {"G": True}, not_applicable={"A": "other"}, reviews=[entry("approve", question_="A")]
        )
        whole = trace(plan, assessment)
        assert self.node(whole, "section s1", "A", "state").said == "not applicable (other); approval: approved"
        assert self.node(whole, "section s1", "B", "state").said == (
            "not applicable like the questions that its condition looks at; approval: approved"
        )
        assert [child.name for child in self.node(whole, "section s1", "N").children] == ["state"]
        assert self.node(whole, "section s1", "G", "gate").said == "pass"
        assert assessment.states[0] is State.NOT_APPLICABLE

    def test_an_empty_section_says_that_it_leaves(self):
        plan, assessment = case(
            [question("A", not_applicable=["other"])], {}, mode="dialogue", not_applicable={"A": "other"}
        )
        assert trace(plan, assessment).children[0].said == "nothing is left to sum; it leaves the total"

    def test_who_differs_is_said(self):
        reviews = [entry("confirm"), entry("adjust", 2, "Bo", value=0, source="visit")]
        plan, assessment = case([question("Q")], {"Q": True}, reviews=reviews)
        said = self.node(trace(plan, assessment, "Q"), "reviewed value").rule
        assert said == "persons differ; the lowest stands until a moderation decides"


def test_a_tie_rule_decides_only_between_equal_figures():
    keys = {"a": (Fraction(1), 3, 5), "b": (Fraction(1), 2, 5), "c": (Fraction(2), 9, 9)}
    assert deciding(keys, "a", ("quality", "price")) == "quality"
    assert deciding(keys, "c", ("quality", "price")) == ""
    assert deciding({"a": keys["a"]}, "a", ("quality", "price")) == ""


class TestStandingsThatMayBe:
    """What an assessment can become in a ranking, whatever its price; an opened file is held to it."""

    def may(self, name, total, **parameters):
        found = possible_standings(model(name, **parameters), assessed("a", total))
        return [(status.value, why) for status, why in found]

    def test_unknown_yearly_costs_hold_up_only_where_they_are_asked(self):
        no_price, unusable = ("unpriced", ("there is no price",)), ("unpriced", ("its price cannot be used",))
        costs = ("unpriced", ("its yearly costs are not known",))
        assert self.may("deduction", 60, full_quality=100) == [("ranked", ()), no_price, unusable]
        assert self.may("life_cycle_cost", 60, years=4) == [("ranked", ()), no_price, unusable, costs]
        assert self.may("admit_all_above", 60, minimum_quality=60) == [("ranked", ())]

    def test_a_quality_below_the_least_excludes(self):
        why = "the quality does not reach the 60.00 that the price model asks"
        assert self.may("admit_all_above", "59.99", minimum_quality=60) == [("excluded", (why,))]

    def test_nothing_left_to_sum_excludes(self):
        assert self.may("deduction", None, full_quality=100) == [("excluded", ("nothing is left to sum",))]


def test_the_median_of_an_even_number_of_others_is_the_mean_of_the_two_in_the_middle():
    """The others of the cheapest cost 10, 100, 200 and 900: 70 % of 150 is 105."""
    prices = {"a": 105, "b": 10, "c": 100, "d": 200, "e": 900}
    found = ranked([assessed(name, 50) for name in prices], prices)
    flagged = {s.supplier: s.low_price.median for s in found.standings if s.low_price}
    assert flagged["a"] == 150
    assert flagged["b"] == (105 + 200) / Fraction(2) == Fraction("152.5")


def test_unscored_or_missing_answers_have_no_value():
    plan, assessment = case([question("A"), question("N", score="unscored")], {"N": True})
    assert [finding.claimed for finding in findings(plan, assessment)] == [None, None]


def test_an_equivalent_that_could_change_nothing_settles_nothing_and_opens_nothing():
    paper = [document(kind="equivalent", issued="2026-01-01")]
    q = question("Q", evidence={"minimum": "E3"})
    assert case([q, question("A")], {"Q": False, "A": True}, evidence=paper)[1].unsettled == ()
    assert case([q, question("A")], {"Q": True, "A": True}, evidence=paper)[1].unsettled != ()


def test_not_applicable_beside_an_empty_table_is_a_claim_and_beside_rows_a_contradiction():
    claimed = table("mean", not_applicable=["other"])
    for answer, state in (([], "not_applicable"), (rows(("x", 1, True)), "missing")):
        found = outcome([claimed, question("A")], {"T": answer, "A": True}, not_applicable={"T": "other"})
        assert found["states"]["T"] == state


def test_an_equivalent_of_a_table_counts_for_the_rows_that_it_names():
    q = table("mean", evidence={"minimum": "E3"})
    other = question("A", evidence={"minimum": "E3"})
    papers = [document(kind="equivalent", supports=["T/x", "A"])]
    answers = {"T": rows(("x", 1, True), ("y", 1, True)), "A": True}
    accepted = [entry("accept-equivalent", question_="T")]
    found = outcome([q, other], answers, evidence=papers, reviews=accepted)
    assert (found["reviewed"]["T"], found["reviewed"]["A"]) == (Fraction(1, 2), 0)


def test_a_reference_says_whether_it_was_confirmed():
    references = [
        {"instrument": "Directive", "item": "art. 1", "confirmed": True},
        {"instrument": "Report", "item": "p. 2", "confirmed": False},
    ]
    plan, assessment = case([question("Q", references=references)], {"Q": True})
    node = next(child for child in trace(plan, assessment, "Q").children if child.name == "claimed value")
    assert node.reference == "Directive, art. 1; Report, p. 2 (not confirmed)"


def test_of_the_other_bids_the_cheapest_and_the_dearest_matter():
    bids = tuple(Bid(supplier=name, quality=Fraction(1, 2), price=Fraction(price)) for name, price in
                 (("a", 5), ("b", 6), ("c", 9), ("d", 1), ("e", 7)))  # fmt: skip

    class Compared:
        def __init__(self):
            self.bids = bids

        def bid(self, name):
            return next(bid for bid in bids if bid.supplier == name)

    for extent, expected in ((bids, "abdc"), (bids[:4], "abdc"), (bids[:3], "abc"), (bids[:2], "ab")):
        compared = Compared()
        compared.bids = extent
        assert "".join(bid.supplier for bid in _that_matter(compared, "a", "b")) == expected


def test_values_of_a_weight_are_said_to_two_more_places_than_points():
    third = Fraction(1, 3)
    weight = EffectiveWeight(level=Level.SECTION, id="s", weight=100 * third, lowest=third, highest=2 * third)
    shown = {key: value["shown"] for key, value in saying_of_weight(weight, 2).items() if isinstance(value, dict)}
    values = {"lowest": "0.3333", "highest": "0.6667", "spread": "0.3333"}
    assert shown == {"weight": "33.33", **values, "effective": "11.11"}


def test_a_question_that_is_not_asked_brings_points_only_where_it_stays():
    questions = [
        question("U", score="unscored"),
        question("L", enable_when={"question": "U", "is": True}),
        question("A"),
        question("S", enable_when={"question": "A", "is": True}),
    ]
    plan, assessment = case(questions, {"U": False, "A": False})
    possible = dict(zip("ULAS", points_per_value(plan, assessment, Measure.REVIEWED), strict=True))
    assert possible == {"U": 0, "L": 0, "A": 50, "S": 50}


class TestRowsUnderReview:
    """3.8: entries on rows and on the whole question act together, the lower value rules."""

    def reviewed(self, *entries, **more):
        asked = [table("mean", evidence={"minimum": "E3"}), table("mean") | {"id": "U"}]
        answers = {"T": rows(("x", 1, True), ("y", 1, True)), "U": rows(("x", 1, True))}
        found = outcome(asked, answers, reviews=entries, **more)
        return found["reviewed"]["T"]

    def test_a_row_that_nobody_confirmed_keeps_what_its_evidence_gives(self):
        paper = [document(supports=["T/x"])]
        assert self.reviewed(evidence=paper) == Fraction(1, 2)
        assert self.reviewed(entry("confirm", question_="T", row="y"), evidence=paper) == 1
        assert self.reviewed(entry("confirm", question_="T", row="x"), evidence=paper) == Fraction(1, 2)

    def test_a_whole_question_adjusted_beside_a_rejected_row_takes_the_lower(self):
        paper = [document(supports=["T/x", "T/y"])]
        whole = entry("adjust", question_="T", value=_decimal("0.75"))
        assert self.reviewed(whole, evidence=paper) == Fraction(3, 4)
        rejected = entry("reject", number=2, question_="T", row="y")
        assert self.reviewed(whole, rejected, evidence=paper) == Fraction(1, 2)
        elsewhere = entry("reject", number=2, question_="U", row="x")
        assert self.reviewed(whole, elsewhere, evidence=paper) == Fraction(3, 4)
        low = entry("adjust", question_="T", value=_decimal("0.25"))
        assert self.reviewed(low, rejected, evidence=paper) == Fraction(1, 4)


def _decimal(text):
    return Decimal(text)


def test_a_trace_says_whether_an_entry_stands():
    asked = [question("A"), question("B")]
    plan, assessment = case(asked, {"A": True, "B": True}, reviews=[entry("reject", question_="B")])
    said = {
        id_: node.rule
        for id_ in ("A", "B")
        for node in walked(trace(plan, assessment, id_))
        if node.name == "reviewed value"
    }
    assert said == {"A": "the supported value; no entry stands", "B": "the entry that stands"}


def walked(node):
    yield node
    for child in node.children:
        yield from walked(child)


def test_answers_near_a_cliff_are_those_of_compared_bids_alone():
    step = writing.question("N1", "number", score={"steps": [[50, 1]]})
    must = writing.question("G", gate={"is": True})
    document_ = writing.questionnaire(step, must)
    bids = {"a": {"N1": 60, "G": True}, "b": {"N1": 60, "G": True}, "out": {"N1": 50, "G": False}}
    found = stability_of_lot(document_, bids)
    assert [near.supplier for near in found.near_cliffs] == []
    bids["b"]["N1"] = 50
    assert [near.supplier for near in stability_of_lot(document_, bids).near_cliffs] == ["b"]


def stability_of_lot(document_, bids):
    return stability(lot(document_, bids, QUALITY))


def test_a_rule_that_draws_waits_for_its_seed_only_where_there_is_a_tie():
    bids = [assessed("a", 50), assessed("b", 40)]
    assert ranked(bids, {"a": 1, "b": 1}, tie_rule=("draw",)).is_final
    tied = [assessed("a", 50), assessed("b", 50)]
    assert not ranked(tied, {"a": 1, "b": 1}, tie_rule=("draw",)).is_final
    assert ranked(tied, {"a": 1, "b": 1}, tie_rule=("quality",)).is_final
