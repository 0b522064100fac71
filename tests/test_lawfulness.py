"""Warnings of lawfulness: each is found; the share of environment and circularity is exact for every price model."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from writing import ZERO, load_tender, loaded, profile, question, questionnaire

from selfassess.checks import check_tender
from selfassess.checks.shares import LEAST_GREEN, green_share, share_of
from selfassess.plan import compile_plan
from selfassess.problems import Code
from selfassess.schemas import load_profile, load_questionnaire

DEDUCTION = {"model": "deduction", "full_quality": 1000}
PIN = {"id": "x", "version": "1.0.0", "digest": ZERO}


def tender(price=DEDUCTION, country="SE", **more):
    plain = {
        "format": "selfassess/tender@1",
        "id": "t",
        "title": "Tender",
        "buyers": [{"name": "City", "country": country}],
        "deadline": "2026-11-20T12:00:00+01:00",
        "questionnaire": PIN,
        "profile": PIN,
        "lots": [{"id": "one", "title": "One"}],
        "price": {"currency": "SEK", "vat": "excluded"} | price,
        "tie_rule": [],
        "languages": ["en"],
    }
    return loaded(load_tender, plain | more).content


def found(call_, document, own=None):
    plain = own or profile(document)
    content = loaded(load_questionnaire, document).content
    return check_tender(call_, content, loaded(load_profile, plain).content)


def share(call_, document):
    content = loaded(load_questionnaire, document).content
    plan = compile_plan(content, loaded(load_profile, profile(document)).content, call_.lots[0])
    return share_of(call_, call_.lots[0], plan)


def codes(faults):
    return {fault.code for fault in faults}


GREEN = question("A", topics=["environment"])
SOCIAL = question("B", topics=["social"])


class TestTheShare:
    """Norwegian procurement regulation § 7-9, computed for everybody."""

    def test_two_of_three_topics_count_two_thirds(self):
        document = questionnaire(question("A", topics=["environment", "circularity", "social"]))
        assert share(tender(), document).of_quality == Fraction(200, 3)

    @pytest.mark.parametrize(
        ("price", "of_award"),
        [
            ({"model": "absolute_linear", "price_points": 40, "quality_points": 60, "low": 1, "high": 2}, Fraction(30)),
            ({"model": "relative_proportional", "price_points": 50, "quality_points": 50}, Fraction(25)),
            ({"model": "fixed_price"}, Fraction(50)),
            (DEDUCTION, None),
            ({"model": "threshold_lowest_price", "minimum_quality": 50}, None),
        ],
    )
    def test_the_price_is_included_where_it_has_a_weight(self, price, of_award):
        assert share(tender(price), questionnaire(GREEN, SOCIAL)).of_award == of_award

    def test_the_published_example_of_the_domain_gives_35_percent(self):
        """Price 50; W 15, E 10, C 15, L 10: E, C and L count (domain, 5.2)."""
        topics = {"W": "social", "E": "environment", "C": "circularity", "L": "circularity"}
        document = questionnaire(*(question(id_, topics=[topic]) for id_, topic in topics.items()))
        plain = profile(document)
        plain["question_weights"]["weights"] = {"W": 15, "E": 10, "C": 15, "L": 10}
        content = loaded(load_questionnaire, document).content
        half = {"model": "absolute_linear", "price_points": 50, "quality_points": 50, "low": 1, "high": 2}
        call_ = tender(half)
        plan = compile_plan(content, loaded(load_profile, plain).content, call_.lots[0])
        assert share_of(call_, call_.lots[0], plan).of_award == 35

    def test_what_full_marks_are_worth_stands_beside_the_estimated_value(self):
        said = share(tender(estimated_value=5000), questionnaire(GREEN, SOCIAL))
        assert said.worth == 500
        assert "10.0 % of the estimated value of the tender, 5000 SEK" in said.said
        assert said.said.endswith("explain")

    def test_a_lots_own_value_goes_before_the_tenders(self):
        lots = [{"id": "one", "title": "One", "estimated_value": 1000}, {"id": "two", "title": "Two"}]
        said = share(tender(lots=lots, estimated_value=5000), questionnaire(GREEN, SOCIAL))
        assert "50.0 % of the estimated value of the lot, 1000 SEK" in said.said

    def test_a_value_of_nothing_is_refused(self):
        faults = found(tender(estimated_value=0), questionnaire(GREEN))
        assert [fault.pointer for fault in faults if fault.code is Code.OUT_OF_RANGE] == ["/estimated_value"]

    def test_it_is_said_for_every_lot_of_every_tender(self):
        lots = [{"id": "one", "title": "One"}, {"id": "two", "title": "Two"}]
        faults = found(tender(lots=lots), questionnaire(GREEN, SOCIAL))
        assert [f.pointer for f in faults if f.code is Code.ENVIRONMENT_WEIGHT] == ["/lots/0", "/lots/1"]

    @pytest.mark.parametrize(("country", "warned"), [("SE", False), ("NO", True), ("no", True), ("Norge", True)])
    def test_norwegian_buyers_alone_are_warned(self, country, warned):
        half = {"model": "relative_proportional", "price_points": 50, "quality_points": 50}
        faults = found(tender(half, country), questionnaire(GREEN, SOCIAL))
        assert (Code.ENVIRONMENT_SHARE in codes(faults)) is warned

    @pytest.mark.parametrize(("green", "warned"), [(60, False), (Decimal("59.9999"), True)])
    def test_exactly_thirty_is_enough_and_what_prints_as_thirty_is_not(self, green, warned):
        document = questionnaire(GREEN, SOCIAL)
        own = profile(document)
        own["question_weights"] = {"kind": "parts", "weights": {"A": green, "B": 100 - green}}
        half = {"model": "absolute_linear", "price_points": 50, "quality_points": 50, "low": 1, "high": 2}
        faults = found(tender(half, "NO"), document, own)
        said = [fault.values["share"] for fault in faults if fault.code is Code.ENVIRONMENT_SHARE]
        assert said == (["29.99995 % of the weight"] if warned else [])

    @given(
        topics=st.lists(st.sets(st.sampled_from(["environment", "circularity", "social", "quality"]), min_size=1),
                        min_size=1, max_size=5),
        scale=st.integers(1, 9),
    )  # fmt: skip
    def test_it_lies_between_0_and_100_and_scaling_weights_changes_nothing(self, topics, scale):
        document = questionnaire(*(question(f"Q{n}", topics=sorted(own)) for n, own in enumerate(topics)))
        plain = profile(document)
        content = loaded(load_questionnaire, document).content
        first = green_share(compile_plan(content, loaded(load_profile, plain).content))
        plain["question_weights"]["weights"] = dict.fromkeys(plain["question_weights"]["weights"], scale)
        assert green_share(compile_plan(content, loaded(load_profile, plain).content)) == first
        assert 0 <= first <= 100
        assert LEAST_GREEN == 30


class TestTheWarnings:
    def test_a_question_that_the_tender_makes_scored_needs_an_evidence_rule(self):
        silent = question("B", score="unscored")
        document = questionnaire(question("A", evidence={"minimum": "E2"}), silent)
        own = profile(document)
        own["scores"] = {"B": {"true": 1, "false": 0}}
        own["question_weights"]["weights"]["B"] = 1
        faults = found(tender(), document, own)
        assert [f.values["question"] for f in faults if f.code is Code.EVIDENCE_RULE_MISSING] == ["B"]

    def test_a_best_level_that_one_of_several_gates_asks_is_found(self):
        cycles = question("A", "number", score={"curve": [[0, 0], [800, 1]]})
        cycles["gate"] = {"all": [{"at_least": 800}, {"at_most": 900}]}
        faults = found(tender(), questionnaire(cycles))
        assert Code.BEST_IS_LEGAL_MINIMUM in codes(faults)

    def test_points_above_the_legal_minimum_are_not_warned_of(self):
        cycles = question("A", "number", score={"curve": [[800, 0], [1000, 1]]}, gate={"at_least": 800})
        assert Code.BEST_IS_LEGAL_MINIMUM not in codes(found(tender(), questionnaire(cycles)))

    def test_a_company_question_without_weight_is_no_award_criterion(self):
        document = questionnaire(GREEN, question("B", scope="company"))
        own = profile(document)
        own["question_weights"]["weights"]["B"] = 0
        assert Code.COMPANY_SCOPE_AWARD not in codes(found(tender(), document, own))
        own["question_weights"]["weights"]["B"] = 1
        assert Code.COMPANY_SCOPE_AWARD in codes(found(tender(), document, own))

    @pytest.mark.parametrize("end", ["cheap", "dear"])
    def test_a_clamp_at_either_end_is_warned_of(self, end):
        price = {"model": "absolute_linear", "price_points": 1, "quality_points": 1, "low": 1, "high": 2, "clamp": end}
        assert Code.PRICE_CLAMP in codes(found(tender(price), questionnaire(GREEN)))

    def test_an_empty_table_that_may_leave_is_warned_of_in_an_award(self):
        columns = [{"id": "k", "text": "K", "type": "text"}, {"id": "f", "text": "F", "type": "boolean"}]
        table = question("T", "table", columns=columns, key="k", aggregate="mean", empty="not_applicable")
        table["score"] = {"column": "f", "rule": {"true": 1, "false": 0}}
        document = questionnaire(GREEN, table)
        assert Code.NOT_APPLICABLE_CAN_LEAVE in codes(found(tender(), document))
        capped = profile(document, not_applicable={"cap": 0})
        assert Code.NOT_APPLICABLE_CAN_LEAVE not in codes(found(tender(), document, capped))


class TestBuyersOwnProfiles:
    def test_what_is_wrong_in_a_buyers_changes_is_said_there(self):
        wrong = {"section_weights": {"kind": "percent", "weights": {"s1": 90}}}
        buyers = [{"name": "City", "country": "SE"}, {"name": "Town", "country": "DK", "profile_changes": wrong}]
        faults = found(tender(buyers=buyers), questionnaire(GREEN))
        own = [fault for fault in faults if fault.code is Code.WEIGHTS_DO_NOT_ADD_UP]
        assert [fault.pointer for fault in own] == ["/buyers/1/profile_changes"]
        assert "for Town" in str(own[0].values["where"])

    def test_an_unknown_section_is_named(self):
        wrong = {"section_weights": {"kind": "parts", "weights": {"s1": 1, "s2": 1}}}
        buyers = [{"name": "Town", "country": "DK", "profile_changes": wrong}]
        faults = found(tender(buyers=buyers), questionnaire(GREEN))
        assert "/buyers/0/profile_changes/section_weights/weights/s2" in {fault.pointer for fault in faults}
