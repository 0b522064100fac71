"""The method paragraph by paragraph, each rule in the smallest case that shows it."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest
import writing
from writing import question, questionnaire

from selfassess.checks import check_profile
from selfassess.model.assessment import Measure
from selfassess.schemas import load_review
from selfassess.scoring import findings, score, trace
from selfassess.scoring.reviewing import entries_for

DAY = datetime.date(2026, 11, 20)
CLAIMED, SUPPORTED, REVIEWED = Measure.CLAIMED, Measure.SUPPORTED, Measure.REVIEWED


def case(questions, answers, *, mode="award", profile=None, reviews=(), lot=None, day=DAY, **more):
    document = questionnaire(*questions)
    return writing.scored(
        document,
        writing.profile(document, mode, **(profile or {})),
        writing.response(document, answers, **more),
        day=day,
        lot=lot,
        reviews=reviews,
    )


def outcome(*args, **kwargs):
    return writing.plain(*case(*args, **kwargs))


def total(*args, measure="claimed", **kwargs):
    return outcome(*args, **kwargs)["totals"][measure]


def document(id_="e1", kind="certificate", grade="E3", supports=("Q",), **more):
    return {
        "id": id_, "title": "Paper", "kind": kind, "grade": grade, "file": f"evidence/{id_}.pdf",
        "sha256": writing.ZERO, "supports": list(supports),
    } | more  # fmt: skip


class TestApplicability:
    """3.1: conditions are true, false or open."""

    gatekeeper = question("A", score="unscored")
    dependent = question("B", enable_when={"question": "A", "is": True})

    def test_a_question_whose_condition_looks_at_unscored_ones_leaves_the_sums_when_not_asked(self):
        other = question("C")
        assert total([self.gatekeeper, self.dependent, other], {"A": False, "C": True}) == 100

    def test_a_bad_answer_never_pays_one_that_hides_a_scored_question_keeps_its_weight(self):
        questions = [question("A"), self.dependent]
        assert total(questions, {"A": False}) == 0
        assert total(questions, {"A": True, "B": True}) == 100

    def test_it_leaves_when_the_condition_says_so(self):
        leaving = question("B", enable_when={"question": "A", "is": False, "when_false": "leave"})
        assert total([question("A"), leaving], {"A": True}, profile={"accepted_conditions": ["B"]}) == 100

    def test_taint_goes_through_conditions_of_unscored_questions(self):
        middle = question("M", score="unscored", enable_when={"question": "A", "is": True})
        last = question("Z", enable_when={"question": "M", "is": True})
        assert total([question("A"), middle, last], {"A": False}) == 0

    def test_a_comparison_with_a_missing_question_is_open_and_so_is_answered(self):
        for condition in ({"question": "A", "is": True}, {"question": "A", "answered": True}):
            states = outcome([self.gatekeeper, question("B", enable_when=condition)], {"B": True})["states"]
            assert states == {"A": "missing", "B": "missing"}

    def test_causes_are_the_open_comparisons_in_branches_that_are_open(self):
        a, n = question("A", score="unscored"), question("N", score="unscored", not_applicable=["other"])
        false = question("F", score="unscored")
        condition = {
            "any": [
                {"question": "N", "is": True},
                {"all": [{"question": "A", "is": True}, {"question": "F", "is": True}]},
            ]
        }
        states = outcome(
            [a, n, false, question("B", enable_when=condition)], {"F": False}, not_applicable={"N": "other"}
        )["states"]
        assert states["B"] == "not_applicable"

    def test_a_comparison_with_a_question_not_asked_is_false_and_not_around_it_true(self):
        hidden = question("H", score="unscored", enable_when={"question": "A", "is": True})
        for condition, state in (
            ({"question": "H", "is_not": True}, "not_asked"),
            ({"not": {"question": "H", "is": True}}, "answered"),
        ):
            last = question("B", enable_when=condition)
            assert outcome([self.gatekeeper, hidden, last], {"A": False, "B": True})["states"]["B"] == state

    def test_a_question_that_looks_at_one_which_the_lot_leaves_out_is_left_out_too(self):
        found = outcome(
            [self.gatekeeper, self.dependent, question("C")], {"C": True}, lot={"id": "l", "without": ["A"]}
        )
        assert found["states"] == {"A": "left_out", "B": "left_out", "C": "answered"}
        assert found["totals"]["claimed"] == 100

    def test_lot_and_role(self):
        by_role = question("R", enable_when={"role": "maker"})
        by_lot = question("L", enable_when={"lot": ["l", "m"]})
        assert outcome([by_role, by_lot], {"R": True, "L": True}, lot={"id": "l"})["states"] == {
            "L": "answered",
            "R": "not_asked",
        }
        assert outcome([by_role, by_lot], {})["states"]["L"] == "not_asked"


class TestStates:
    """3.2"""

    def test_absent_null_and_empty_are_missing_but_no_ticks_are_an_answer(self):
        options = [{"id": "a", "text": "A"}, {"id": "none", "text": "None", "exclusive": True}]
        ticks = question("C", "choices", options=options, score="share")
        text = question("T", "text", score="unscored")
        found = outcome([ticks, text, question("Q")], {"C": [], "T": "", "Q": None})
        assert found["states"] == {"C": "answered", "T": "missing", "Q": "missing"}
        assert found["incomplete"]

    def test_not_applicable_with_an_answer_is_missing(self):
        q = question("Q", not_applicable=["other"])
        assert outcome([q], {"Q": True}, not_applicable={"Q": "other"})["states"]["Q"] == "missing"

    def test_an_unlisted_reason_is_missing(self):
        q = question("Q", not_applicable=["other"])
        assert outcome([q], {}, not_applicable={"Q": "none-made"})["states"]["Q"] == "missing"

    def test_a_lots_own_answer_replaces_answer_and_claim(self):
        q = question("Q", not_applicable=["other"])
        found = outcome(
            [q], {}, not_applicable={"Q": "other"}, lots=["l"], lot_answers={"l": {"Q": True}}, lot={"id": "l"}
        )
        assert found["states"]["Q"] == "answered"

    def test_an_exclusive_option_excludes_the_others(self):
        options = [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}, {"id": "no", "text": "No", "exclusive": True}]
        ticks = question("C", "choices", options=options, score="share")
        assert outcome([ticks], {"C": ["a", "no"]})["states"]["C"] == "missing"
        assert outcome([ticks], {"C": ["a"]})["claimed"]["C"] == Fraction(1, 2)
        assert outcome([ticks], {"C": ["no"]})["claimed"]["C"] == 0


class TestRules:
    """2.1: scores of one answer run from 0 to 1."""

    @pytest.mark.parametrize(("answer", "value"), [(0, 0), (250, "1/4"), (500, "1/2"), (750, "3/4"), (1000, "3/4")])
    def test_a_curve_is_straight_between_points_flat_outside_and_a_doubled_x_holds_the_later(self, answer, value):
        curve = [[0, 0], ["500", "0.5"], [750, "0.6"], [750, "0.75"]]
        q = question("N", "number", score={"curve": [[int(x), _number(s)] for x, s in curve]})
        assert outcome([q], {"N": answer})["claimed"]["N"] == Fraction(value)

    @pytest.mark.parametrize(("answer", "value"), [(799, "0"), (800, "0.4"), (999, "0.4"), (1000, "1")])
    def test_steps(self, answer, value):
        q = question("N", "number", score={"steps": [[800, _number("0.4")], [1000, 1]]})
        assert outcome([q], {"N": answer})["claimed"]["N"] == Fraction(value)

    def test_a_date_scores_by_steps(self):
        q = question("D", "date", score={"steps": [["2025-06-20", 1]]})
        assert outcome([q], {"D": "2025-06-19"})["claimed"]["D"] == 0
        assert outcome([q], {"D": "2025-06-20"})["claimed"]["D"] == 1

    def test_a_sum_of_options_is_capped_at_one(self):
        options = [{"id": x, "text": x, "score": _number("0.6")} for x in "ab"]
        q = question("C", "choices", options=options, score="sum")
        assert outcome([q], {"C": ["a", "b"]})["claimed"]["C"] == 1


def _number(text):
    from decimal import Decimal  # noqa: PLC0415

    return Decimal(text)


COLUMNS = [
    {"id": "site", "text": "Site", "type": "text"},
    {"id": "share", "text": "Share", "type": "percent"},
    {"id": "good", "text": "Good", "type": "boolean"},
]


def table(aggregate="weighted_share", **more):
    plain = {
        "columns": COLUMNS,
        "key": "site",
        "aggregate": aggregate,
        "score": {"column": "good", "rule": {"true": 1, "false": _number("0.5")}},
    }
    if aggregate == "weighted_share":
        plain["weight"] = "share"
    return question("T", "table", **plain, **more)


def rows(*cells):
    return [dict(zip(("site", "share", "good"), row, strict=False)) for row in cells]


class TestTables:
    """3.4"""

    def test_volume_without_a_named_row_scores_nothing(self):
        assert outcome([table()], {"T": rows(("x", 60, True))})["claimed"]["T"] == Fraction(60, 100)

    def test_shares_over_a_hundred_are_divided_by_their_sum(self):
        assert outcome([table()], {"T": rows(("x", 100, True), ("y", 100, False))})["claimed"]["T"] == Fraction(3, 4)

    @pytest.mark.parametrize(("aggregate", "value"), [("worst", "1/2"), ("mean", "5/6"), ("share", "2/3")])
    def test_other_roll_ups(self, aggregate, value):
        answer = rows(("x", 1, True), ("y", 1, True), ("z", 1, False))
        assert outcome([table(aggregate)], {"T": answer})["claimed"]["T"] == Fraction(value)

    def test_a_badly_typed_cell_scores_its_row_nothing(self):
        answer = rows(("x", 50, True), ("y", 50, "yes"))
        assert outcome([table()], {"T": answer})["claimed"]["T"] == Fraction(1, 2)

    def test_no_rows_are_missing_or_not_applicable_where_the_table_says_so(self):
        assert outcome([table()], {"T": []})["states"]["T"] == "missing"
        assert outcome([table(empty="not_applicable")], {"T": []})["states"]["T"] == "not_applicable"

    def test_a_row_that_no_document_names_has_the_declaration_only(self):
        q = table("mean", evidence={"minimum": "E3"})
        found = outcome([q], {"T": rows(("x", 1, True), ("y", 1, True))}, evidence=[document(supports=["T/x"])])
        assert found["supported"]["T"] == Fraction(1, 2)

    @pytest.mark.parametrize(("type_", "word"), [("choice", "options"), ("choices", "sum")])
    def test_a_profile_may_score_by_another_column_with_the_scores_that_its_options_carry(self, type_, word):
        options = [{"id": "high", "text": "High", "score": 1}, {"id": "low", "text": "Low", "score": _number("0.25")}]
        asked = table("mean")
        asked["columns"] = [*COLUMNS, {"id": "level", "text": "Level", "type": type_, "options": options}]
        row = {"site": "x", "share": 1, "good": True, "level": "low" if type_ == "choice" else ["low"]}
        own = {"scores": {"T": {"column": "level", "rule": word}}}
        plan, assessment = case([asked], {"T": [row]}, profile=own)
        assert check_profile(plan.profile, plan.questionnaire) == ()
        assert writing.plain(plan, assessment)["claimed"]["T"] == Fraction(1, 4)


class TestEvidence:
    """3.3"""

    q = question("Q", evidence={"minimum": "E3", "accepts": ["certificate", "own", "dossier"], "valid_months": 24})

    def supported(self, *documents, mode="award", **more):
        return outcome([self.q], {"Q": True}, mode=mode, evidence=list(documents), **more)["supported"]["Q"]

    @pytest.mark.parametrize(
        ("issued", "expires", "counts"),
        [
            ("2024-11-20", None, 1), ("2024-11-19", None, 0), ("2026-11-20", None, 1), ("2026-11-21", None, 0),
            ("2026-01-01", "2026-11-20", 1), ("2026-01-01", "2026-11-19", 0), (None, "2027-01-01", 0),
        ],
    )  # fmt: skip
    def test_valid_on_the_day(self, issued, expires, counts):
        dates = {key: value for key, value in (("issued", issued), ("expires", expires)) if value}
        assert self.supported(document(**dates)) == counts

    def test_months_are_clipped_to_the_end_of_a_month(self):
        q = question("Q", evidence={"minimum": "E3", "valid_months": 1})
        paper = [document(issued="2026-01-31")]
        for day, counts in ((datetime.date(2026, 2, 28), 1), (datetime.date(2026, 3, 1), 0)):
            assert outcome([q], {"Q": True}, evidence=paper, day=day)["supported"]["Q"] == counts

    def test_a_kind_has_a_ceiling_and_dialogue_counts_in_part(self):
        own = document(kind="own", grade="E3", issued="2026-01-01")
        assert self.supported(own) == 0
        assert self.supported(own, mode="dialogue") == Fraction(4, 5)
        assert self.supported(mode="dialogue") == Fraction(1, 2)

    def test_an_equivalent_counts_once_a_review_accepts_it_and_until_then_unsettles(self):
        paper = [document(kind="equivalent", issued="2026-01-01")]
        before = outcome([self.q], {"Q": True}, evidence=paper)
        assert (before["supported"]["Q"], before["unsettled"]) == (0, True)
        after = outcome([self.q], {"Q": True}, evidence=paper, reviews=[entry("accept-equivalent")])
        assert (after["supported"]["Q"], after["reviewed"]["Q"], after["unsettled"]) == (0, 1, False)

    def test_without_a_declaration_nothing_is_signed(self):
        assert outcome([question("Q")], {"Q": True}, declaration=None)["supported"]["Q"] == 0


def entry(action, number=1, person="Eva", question_="Q", **more):
    return {
        "id": f"r{number}", "question": question_, "action": action, "person": person, "role": "evaluator",
        "reason": "seen", "date": "2026-11-25",
    } | more  # fmt: skip


class TestSums:
    """3.5"""

    questions = (question("A"), question("B", not_applicable=["other"]))

    def test_an_approved_not_applicable_leaves_both(self):
        open_ = outcome(self.questions, {"A": True}, not_applicable={"B": "other"})["totals"]
        assert (open_["claimed"], open_["supported"], open_["reviewed"]) == (100, 50, 50)
        approved = outcome(
            self.questions, {"A": True}, not_applicable={"B": "other"}, reviews=[entry("approve", question_="B")]
        )["totals"]
        assert (approved["supported"], approved["reviewed"], approved["reviewed_conservative"]) == (100, 100, 50)

    def test_in_dialogue_it_leaves_until_it_is_refused(self):
        refused = outcome(
            self.questions,
            {"A": True},
            mode="dialogue",
            not_applicable={"B": "other"},
            reviews=[entry("refuse", question_="B")],
        )["totals"]
        assert (refused["supported"], refused["reviewed"]) == (100, 50)

    def test_the_cap_bounds_what_leaves(self):
        capped = {"not_applicable": {"cap": _number("0.25")}}
        assert total(self.questions, {"A": True}, not_applicable={"B": "other"}, profile=capped) == Fraction(200, 3)

    def test_a_section_of_which_all_left_is_null_and_leaves_the_total(self):
        found = outcome([self.questions[1]], {}, not_applicable={"B": "other"})
        assert found["sections"]["claimed"]["s1"] is None
        assert found["totals"]["claimed"] is None
        assert found["totals"]["claimed_conservative"] == 0


class TestGates:
    """3.7"""

    def gate(self, answers, reviews=(), mode="award", **more):
        q = question("Q", "number", score="unscored", gate={"at_least": 800}, evidence={"minimum": "E3"})
        return outcome([q, question("A")], answers, reviews=reviews, mode=mode, **more)["gates"]["Q"]

    def test_outcomes(self):
        assert self.gate({"Q": 799}) == "fail"
        assert self.gate({"Q": 800}) == "unknown"
        assert self.gate({"Q": 800}, mode="dialogue") == "pass"
        assert self.gate({"Q": 800}, evidence=[document()]) == "pass"
        assert self.gate({}) == "unknown"
        assert self.gate({"Q": 800}, reviews=[entry("confirm")]) == "pass"
        assert self.gate({"Q": 800}, reviews=[entry("reject")]) == "fail"

    def test_the_profile_switches_off_and_tightens(self):
        q = question("Q", "number", score="unscored", gate={"at_least": 800})
        for setting, found in (("off", {}), ({"at_least": 900}, {"Q": "fail"}), ("on", {"Q": "pass"})):
            assert outcome([q, question("A")], {"Q": 850}, profile={"gates": {"Q": setting}})["gates"] == found

    def test_minima(self):
        minima = {"minima": {"total": 50, "sections": {"s1": _number("0.6")}}}
        found = outcome([question("A"), question("B")], {"A": True, "B": False}, profile=minima)
        assert found["minima"] == {"total": "pass", "s1": "fail"}


class TestReview:
    """3.8"""

    def reviewed(self, *entries, answers=None, questions=None, **more):
        return outcome(list(questions or [question("Q")]), answers or {"Q": True}, reviews=list(entries), **more)

    def test_actions(self):
        assert self.reviewed(entry("adjust", value=_number("0.5")))["reviewed"]["Q"] == Fraction(1, 2)
        assert self.reviewed(entry("reject"))["reviewed"]["Q"] == 0

    def test_where_persons_differ_the_lowest_stands_until_a_moderation_and_a_later_entry_reopens(self):
        confirm, reject = entry("confirm"), entry("reject", 2, "Ola")
        found = self.reviewed(confirm, reject)
        assert (found["reviewed"]["Q"], found["unsettled"]) == (0, True)
        moderation = entry("confirm", 3, "Mia", moderate=True)
        found = self.reviewed(confirm, reject, moderation)
        assert (found["reviewed"]["Q"], found["unsettled"]) == (1, False)
        found = self.reviewed(confirm, reject, moderation, entry("confirm", 4, "Eva"))
        assert (found["reviewed"]["Q"], found["unsettled"]) == (0, True)

    def test_the_spread_is_what_each_person_last_said(self):
        entries = [entry("reject"), entry("adjust", 2, value=_number("0.5")), entry("confirm", 3, "Ola")]
        plan, assessment = case([question("Q")], {"Q": True}, reviews=entries)
        assert findings(plan, assessment)[0].spread == (("Eva", None, Fraction(1, 2)), ("Ola", None, 1))
        decided = [*entries, entry("confirm", 4, "Mia", moderate=True)]
        plan, assessment = case([question("Q")], {"Q": True}, reviews=decided)
        assert findings(plan, assessment)[0].spread == ()

    def test_a_persons_latest_entry_counts(self):
        assert self.reviewed(entry("reject"), entry("confirm", 2))["reviewed"]["Q"] == 1

    def test_a_value_above_the_claim_needs_a_document(self):
        up = entry("adjust", value=1)
        assert self.reviewed(up, answers={"Q": False})["reviewed"]["Q"] == 0
        named = up | {"document": "e1"}
        assert self.reviewed(named, answers={"Q": False}, evidence=[document()])["reviewed"]["Q"] == 1

    @pytest.mark.parametrize(("name", "value", "refused"), [("bid", 1, 0), ("other", Fraction(1, 2), 1)])
    def test_a_finding_on_a_site_lifts_no_other_bid_that_has_some_document_of_that_name(self, name, value, refused):
        papers = [document(supports=["T/x"])]
        plan, before = case([table("mean")], {"T": rows(("x", 1, False))}, mode="dialogue", evidence=papers)
        found = entry("adjust", question_="T", row="x", role="monitor", document="e1", value=1)
        plain = {"format": "selfassess/review@1", "supplier": "bid", "response": {"digest": writing.ZERO}}
        review = writing.loaded(load_review, plain | {"entries": [found]}).content
        entries = entries_for(name, {"bid": review}, before.response)
        after = score(plan, before.response, supplier=name, day=DAY, entries=entries)
        assert writing.plain(plan, after)["reviewed"]["T"] == value
        assert len(after.refused_entries) == refused

    def test_entries_that_cannot_be_used_are_refused_and_named(self):
        _, assessment = case([question("Q", not_applicable=["other"])], {"Q": True}, reviews=[entry("approve")])
        assert [refusal.entry.id for refusal in assessment.refused_entries] == ["r1"]


class TestContributions:
    """3.9: each question's points of the total add up to it exactly."""

    def test_points_and_what_is_missing(self):
        plan, assessment = case([question("A"), question("B"), question("C")], {"A": True, "B": False, "C": True})
        found = findings(plan, assessment)
        assert [finding.points[REVIEWED] for finding in found] == [Fraction(100, 3), 0, Fraction(100, 3)]
        assert [finding.missing for finding in found] == [0, Fraction(100, 3), 0]

    def test_the_trace_leads_from_the_total_to_the_answer(self):
        plan, assessment = case([question("A"), question("B")], {"A": True, "B": True})
        node = trace(plan, assessment)
        assert node.value == 100
        assert [child.name for child in node.children[0].children] == ["A", "B"]
        assert sum(child.value for child in node.children[0].children) == 100
        assert trace(plan, assessment, "A").children[0].said == "answered"
