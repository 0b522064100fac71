"""Corners of numbers and scoring that no story reaches, each by itself."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from test_scoring import case, document, entry, outcome, rows, table
from writing import question

from selfassess.award.ordering import deciding
from selfassess.errors import NumberForm
from selfassess.model.assessment import State
from selfassess.numbers import apportion, exact
from selfassess.scoring import trace
from selfassess.scoring.applicability import _inherited
from selfassess.scoring.support import refusal, supported_by
from selfassess.scoring.values import ScoredRows, aggregated, scored_rows, tenths_of, weight_of

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

    def test_the_smallest_and_nothing(self):
        assert exact("0.000001") == Decimal("0.000001")
        assert exact("-0.000001") == Decimal("-0.000001")
        for nothing in ("0", "-0", "0.000", "-0.000"):
            assert str(exact(nothing)).startswith("0")

    def test_parts_that_are_not_the_whole_are_refused(self):
        with pytest.raises(ValueError, match="do not add up"):
            apportion(Fraction(2), [Fraction(1, 2), Fraction(1)], 2)


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
