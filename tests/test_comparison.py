"""Rounds compared: only what is the same in both, each way exactly, and what became of promised dates."""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess

import pytest
import strategies
from commands import call
from folders import lay_out_tender
from hypothesis import given, settings
from writing import profile, question, questionnaire, response, scored

from selfassess.comparison import Round, compare
from selfassess.model.assessment import Measure, State
from selfassess.model.comparison import Direction, PromiseState
from selfassess.problems import InvalidDocument

FIRST, SECOND = datetime.date(2026, 11, 20), datetime.date(2027, 11, 20)
REASONS = {"not_applicable": ["none-made"]}


def round_of(document, answers, day=FIRST, mode="dialogue", own=None, name="bid", **more):
    plan, assessment = scored(document, own or profile(document, mode), response(document, answers, **more), day=day)
    return Round(bids=frozenset({name}), scored={(name, "one"): (plan, assessment)})


def compared(document, before, now, **more):
    """The comparison of one bid that answers first so, then so."""
    found = compare(round_of(document, before), round_of(document, now, SECOND, **more))
    return found.bids[0]


def by_question(bid):
    return {change.question: change for change in bid.changes}


class TestLaws:
    @settings(max_examples=30)
    @given(strategies.cases())
    def test_a_round_compared_with_itself_has_not_changed(self, case):
        plan, assessment = scored(case.questionnaire, case.profile, case.response, day=case.day, lot=case.lot)
        same = Round(bids=frozenset({"bid"}), scored={("bid", "one"): (plan, assessment)})
        found = compare(same, same)
        assert (found.new, found.gone, found.apart) == ((), (), ())
        (bid,) = found.bids
        assert all(change.is_same for change in bid.changes)
        assert all(change.direction in (Direction.SAME, None) for change in bid.changes)
        assert bid.apart == ()
        assert bid.same_method
        assert bid.before == bid.now == assessment.total
        assert {promise.state for promise in bid.kept} <= {PromiseState.OPEN}
        assert bid.made == ()

    @settings(max_examples=30)
    @given(strategies.cases())
    def test_what_is_better_one_way_is_worse_the_other_way(self, case):
        plan, first = scored(case.questionnaire, case.profile, case.response, day=case.day, lot=case.lot)
        none = dict(case.response) | {"answers": {}, "not_applicable": {}, "lot_answers": {}, "lot_not_applicable": {}}
        for key in ("lot_answers", "lot_not_applicable"):
            none.pop(key, None)
        _, second = scored(case.questionnaire, case.profile, none, day=case.day, lot=case.lot)
        one, two = (Round(bids=frozenset({"b"}), scored={("b", "x"): (plan, a)}) for a in (first, second))
        forth, back = compare(one, two).bids[0], compare(two, one).bids[0]
        assert forth.counted(Direction.IMPROVED) == back.counted(Direction.REGRESSED)
        assert forth.counted(Direction.REGRESSED) == back.counted(Direction.IMPROVED)
        assert forth.counted(Direction.IMPROVED) == 0, "no answer at all is worth no more than any answer"


class TestQuestions:
    document = questionnaire(question("A", **REASONS), question("B"), question("T", "text", score="unscored"))

    def test_improvements_and_regressions(self):
        bid = compared(self.document, {"A": False, "B": True}, {"A": True, "B": False})
        found = {name: change.direction for name, change in by_question(bid).items()}
        assert found == {"A": Direction.IMPROVED, "B": Direction.REGRESSED, "T": None}

    def test_missing_is_worth_nothing_and_says_so(self):
        change = by_question(compared(self.document, {"A": True}, {"A": True, "B": True}))["B"]
        assert (change.before.state, change.before.value, change.direction) == (State.MISSING, 0, Direction.IMPROVED)

    def test_a_claim_that_a_question_does_not_apply_is_neither_better_nor_worse(self):
        now = {"not_applicable": {"A": "none-made"}}
        change = by_question(compared(self.document, {"A": False}, {}, **now))["A"]
        assert change.now.state is State.NOT_APPLICABLE
        assert change.now.approval.value == "open"
        assert change.direction is None
        assert not change.is_same

    def test_another_text_is_a_change_without_direction(self):
        change = by_question(compared(self.document, {"T": "a"}, {"T": "b"}))["T"]
        assert change.direction is None
        assert not change.is_same

    def test_where_other_evidence_was_asked_claims_are_compared(self):
        asked = questionnaire(question("A", evidence={"minimum": "E3"}))
        before, now = round_of(asked, {"A": True}), round_of(asked, {"A": True}, mode="award")
        change = compare(before, now).bids[0].changes[0]
        assert (change.measure, change.direction) == (Measure.CLAIMED, Direction.SAME)

    def test_totals_stand_side_by_side_under_one_method_only(self):
        weights = {"question_weights": {"kind": "parts", "weights": {"A": 3, "B": 1}}}
        other = profile(self.document, "dialogue", **weights)
        bid = compare(round_of(self.document, {"A": True}), round_of(self.document, {"A": True}, own=other)).bids[0]
        assert (bid.same_method, bid.before, bid.now) == (False, None, None)
        assert len(bid.changes) == 3


class TestOtherVersions:
    """Over versions only the comparable part: the same id, type and rule."""

    def apart(self, old, new, **answers):
        before = round_of(questionnaire(*old), answers)
        now = round_of(questionnaire(*new, version="1.1.0"), answers)
        return dict(compare(before, now).bids[0].apart)

    def test_new_and_dropped_questions_are_named(self):
        assert self.apart([question("A"), question("B")], [question("A"), question("C")]) == {
            "C": "it was not asked in the earlier round",
            "B": "it is not asked any more",
        }

    def test_another_rule_type_unit_or_option_is_not_compared(self):
        number = {"score": {"curve": [[0, 0], [10, 1]]}}
        assert "scoring rule" in self.apart([question("A")], [question("A", score={"true": 0, "false": 1})])["A"]
        assert "type" in self.apart([question("A")], [question("A", "number", **number)])["A"]
        other = question("A", "number", **number, unit="boxes")
        assert "unit" in self.apart([question("A", "number", **number)], [other])["A"]
        choice = [{"id": "a", "text": "A", "score": 0}, {"id": "b", "text": "B", "score": 1}]
        old, new = ({"options": options} for options in (choice, [*choice, {"id": "c", "text": "C", "score": 1}]))
        assert "scoring rule" in self.apart([question("A", "choice", **old)], [question("A", "choice", **new)])["A"]

    def test_another_text_is_still_the_same_question(self):
        assert self.apart([question("A")], [question("A", text="In other words?")]) == {}


class TestBids:
    document = questionnaire(question("A"))

    def test_new_gone_and_unscored_bids(self):
        one, two = (round_of(self.document, {"A": True}, name=name) for name in ("one", "two"))
        before = Round(bids=frozenset({"one", "gone", "bad"}), scored=one.scored)
        now = Round(bids=frozenset({"one", "two", "bad"}), scored={**one.scored, **two.scored})
        found = compare(before, now)
        assert (found.new, found.gone) == (("two",), ("gone",))
        assert [supplier for supplier, _ in found.apart] == ["bad"]
        assert [bid.supplier for bid in found.bids] == ["one"]

    def test_another_company_under_the_same_name_is_not_compared(self):
        def supplier(number):
            return {"supplier": {"name": "X", "identifier": {"scheme": "SE-ORG", "id": number}}}

        before = round_of(self.document, {"A": True}, **supplier("556000-0001"))
        now = round_of(self.document, {"A": True}, **supplier("556000-0002"))
        assert compare(before, now).apart == (("bid", "another supplier's identifier stands in it"),)


class TestPromises:
    document = questionnaire(
        question("A"), question("D", "date", score="unscored", use=["clause"]),
        question("R", "table", score="unscored", key="site", columns=[
            {"id": "site", "text": "Site", "type": "text"}, {"id": "due", "text": "Due", "type": "date"}]),
    )  # fmt: skip

    @pytest.mark.parametrize(
        ("stated", "now", "state"),
        [
            ("2027-06-01", "2027-06-01", PromiseState.MET),
            ("2027-06-01", "2027-03-01", PromiseState.MET),
            ("2027-06-01", "2027-09-01", PromiseState.MISSED),
            ("2027-06-01", "2028-06-01", PromiseState.MISSED),
            ("2027-06-01", None, PromiseState.WITHDRAWN),
            ("2027-11-20", "2027-11-20", PromiseState.MET),
            ("2027-11-21", "2027-11-21", PromiseState.OPEN),
            ("2028-06-01", "2028-05-01", PromiseState.MOVED_EARLIER),
            ("2028-06-01", "2028-07-01", PromiseState.MOVED_LATER),
            ("2028-06-01", None, PromiseState.WITHDRAWN),
        ],
    )
    def test_what_became_of_a_date(self, stated, now, state):
        bid = compared(self.document, {"D": stated}, {"D": now} if now else {})
        assert [(promise.question, promise.state, promise.in_clause) for promise in bid.kept] == [("D", state, True)]

    def test_a_date_that_had_come_was_no_promise(self):
        assert compared(self.document, {"D": "2026-11-20"}, {"D": "2026-11-20"}).kept == ()

    def test_rows_are_matched_by_their_key(self):
        before = {"R": [{"site": "VN-1", "due": "2027-01-01"}, {"site": "in-2", "due": "2027-01-01"}]}
        now = {"R": [{"site": "in-2", "due": "2028-01-01"}, {"site": "vn-1", "due": "2027-01-01"}]}
        bid = compared(self.document, before, now)
        found = {promise.row: promise.state for promise in bid.kept}
        assert found == {"VN-1": PromiseState.MET, "in-2": PromiseState.MISSED}
        assert bid.made == ()

    def test_new_promises_are_named(self):
        bid = compared(self.document, {}, {"D": "2028-01-01"})
        assert [(promise.question, promise.stated.year) for promise in bid.made] == [("D", 2028)]


@pytest.fixture(scope="module")
def two_rounds(tmp_path_factory):
    """A folder with results, and the same tender a year later with other answers."""
    base = tmp_path_factory.mktemp("rounds")
    first = {"alfa": {"cycles": 1200, "since": "2027-05-01"}, "beta": {}, "gone": {}, "bad": "{"}
    second = {"alfa": {"audited": False, "since": "2027-09-01"}, "beta": {}, "new": {}, "bad": {}}
    before = lay_out_tender(base / "before", first)
    assert call("evaluate", before, "--no-pdf").code == 1
    later = [("2026-11-20T12", "2027-11-20T12")]
    now = lay_out_tender(base / "now", second, tender=later)
    return before, now, call("evaluate", now, "--previous", before / "results")


def comparison(folder):
    return json.loads((folder / "results/comparison.json").read_text("utf-8"))


class TestTheFiles:
    def test_both_rounds_are_compared(self, two_rounds):
        _, now, outcome = two_rounds
        assert outcome.code in (0, 1), outcome.err
        plain = comparison(now)
        assert plain["format"] == "selfassess/comparison@1"
        assert plain["same_questionnaire"] is True
        assert (plain["new"], plain["gone"]) == (["new"], ["gone"])
        assert [apart["supplier"] for apart in plain["not_compared"]] == ["bad"]
        alfa = next(bid for bid in plain["bids"] if bid["supplier"] == "alfa")
        directions = {q["id"]: q["direction"] for q in alfa["questions"]}
        assert (directions["cycles"], directions["audited"]) == ("improved", "regressed")
        assert [(p["question"], p["stated"], p["now"], p["state"]) for p in alfa["promises"]] == [
            ("since", "2027-05-01", "2027-09-01", "missed")
        ]
        assert plain["problems"] == []

    def test_the_report_shows_it(self, two_rounds):
        pdf = two_rounds[1] / "results/evaluation.pdf"
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout.decode()
        for said in ("Since the earlier round", "gone since the earlier round", "Promised dates", "a later one"):
            assert said in " ".join(text.split()), said

    def test_our_own_strict_reader_reads_it(self, two_rounds):
        from selfassess.sources import read_json  # noqa: PLC0415

        raw = (two_rounds[1] / "results/comparison.json").read_bytes()
        assert read_json(raw, "comparison.json").data


class TestWhatIsRefused:
    def again(self, two_rounds, tmp_path, spoil):
        before, now, _ = two_rounds
        old, new = tmp_path / "old", tmp_path / "new"
        shutil.copytree(before, old)
        shutil.copytree(now, new, ignore=shutil.ignore_patterns("results"))
        spoil(old / "results")
        return call("evaluate", new, "--no-pdf", "--previous", old / "results"), new

    def test_a_changed_file_is_left_out_and_named_with_both_digests(self, two_rounds, tmp_path):
        def spoil(results):
            path = results / "beta/phones/assessment.json"
            path.write_bytes(path.read_bytes() + b" ")

        outcome, folder = self.again(two_rounds, tmp_path, spoil)
        assert outcome.code == 1
        assert outcome.err.count("previous-mismatch") == 1
        assert outcome.err.count("sha256:") == 2
        plain = comparison(folder)
        assert "beta" in [apart["supplier"] for apart in plain["not_compared"]]
        assert [bid["supplier"] for bid in plain["bids"]] == ["alfa"]

    def test_a_missing_file_is_named(self, two_rounds, tmp_path):
        outcome, _ = self.again(two_rounds, tmp_path, lambda r: (r / "beta/phones/assessment.json").unlink())
        assert (outcome.code, outcome.err.count("file-missing")) == (1, 1)

    @pytest.mark.parametrize("name", ["manifest.json", "ranking.json"])
    def test_without_manifest_or_ranking_nothing_is_compared_and_nothing_written(self, two_rounds, tmp_path, name):
        outcome, folder = self.again(two_rounds, tmp_path, lambda results: (results / name).unlink())
        assert outcome.code == 1
        assert not (folder / "results").exists()

    def test_results_that_rest_on_another_questionnaire_of_that_version_are_named(self, two_rounds, tmp_path):
        def spoil(results):
            path = results.parent / "questionnaires/phones/1.0.0/questionnaire.yaml"
            path.write_text(path.read_text("utf-8").replace("Were all factories", "Were no factories"), "utf-8")

        outcome, folder = self.again(two_rounds, tmp_path, spoil)
        assert outcome.code == 1
        assert "pin-mismatch" in outcome.err
        assert comparison(folder)["bids"] == []

    @pytest.mark.parametrize(
        ("name", "text"),
        [
            ("manifest.json", "[]"),
            ("manifest.json", '{"format": "selfassess/manifest@1", "files": {"ranking.json": "x"}}'),
            ("manifest.json", '{"format": "selfassess/manifest@1", "files": {}}'),
            ("manifest.json", "{"),
        ],
    )
    def test_a_folder_of_anything_else_is_refused(self, tmp_path, name, text):
        from selfassess.library import standard  # noqa: PLC0415
        from selfassess.previous import read_previous  # noqa: PLC0415

        (tmp_path / name).write_text(text, "utf-8")
        with pytest.raises(InvalidDocument):
            read_previous(tmp_path, standard())
