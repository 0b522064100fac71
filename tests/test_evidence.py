"""What a document is about, when it counts, and where claims and documents part."""

from __future__ import annotations

import json
from datetime import date

import pytest
import writing
from commands import call
from folders import lay_out_tender
from hypothesis import given, settings
from strategies import cases

from selfassess.digests import digest_bytes
from selfassess.model.assessment import Measure, Outcome, State
from selfassess.scoring.gaps import declaration_gaps, evidence_gaps

PDF = b"%PDF-1.4\n%%EOF\n"
DAY = date(2026, 11, 20)
SITES = {
    "columns": [{"id": "site", "text": "Site", "type": "text"}, {"id": "ok", "text": "OK", "type": "boolean"}],
    "key": "site",
    "score": {"column": "ok", "rule": {"true": 1, "false": 0}},
    "aggregate": "mean",
}


def paper(id_="e1", **more):
    return {
        "id": id_, "title": "Paper", "kind": "certificate", "grade": "E3", "file": f"evidence/{id_}.pdf",
        "sha256": writing.ZERO, "issued": "2026-01-01", "supports": ["Q"], **more,
    }  # fmt: skip


def scored(question, answer, *papers, mode="award", lot=None, reviews=(), **more):
    document = writing.questionnaire(question)
    said = {"tender": "t", "lots": ["l1", "l2"]} if lot else {}
    response = writing.response(
        document, {} if answer is None else {"Q": answer}, evidence=list(papers), **said, **more
    )
    spec = {"id": lot} if lot else None
    return writing.scored(document, writing.profile(document, mode=mode), response, day=DAY, lot=spec, reviews=reviews)


def asks(grade, type_="boolean", **more):
    return writing.question("Q", type_, evidence={"minimum": grade}, **more)


class TestScope:
    """A document is about a question, a row (a site, a product), or the offer for one lot."""

    @pytest.mark.parametrize(("of", "counts"), [(None, 1), ("l1", 1), ("l2", 0)])
    def test_a_document_on_one_lot_counts_in_that_lot_alone(self, of, counts):
        _, assessment = scored(asks("E3"), True, paper(**({"lot": of} if of else {})), lot="l1")
        assert assessment.totals[Measure.SUPPORTED].total == 100 * counts

    def test_outside_a_tender_there_is_no_lot(self):
        document = writing.questionnaire(asks("E3"))
        response = writing.response(document, {"Q": True}, lots=["l1"], evidence=[paper(lot="l1")])
        _, assessment = writing.scored(document, writing.profile(document), response, day=DAY)
        assert assessment.totals[Measure.SUPPORTED].total == 0

    def test_a_row_is_supported_by_a_document_that_names_it(self):
        rows = [{"site": "a", "ok": True}, {"site": "b", "ok": True}]
        plan, assessment = scored(asks("E3", "table", **SITES), rows, paper(supports=["Q/a"]))
        assert assessment.totals[Measure.SUPPORTED].total == 50
        [gap] = evidence_gaps(plan, assessment)
        assert gap.rows == ("b",)

    def test_a_lot_that_is_not_bid_for_is_a_problem_and_the_document_counts_nothing(self, tmp_path):
        own = paper(supports=["audited"], sha256=digest_bytes(PDF), lot="tablets")
        folder = lay_out_tender(tmp_path / "t", {"alfa": {"evidence": [own]}})
        (folder / "bids/alfa/evidence").mkdir(parents=True)
        (folder / "bids/alfa/evidence/e1.pdf").write_bytes(PDF)
        outcome = call("check", folder, "--format", "json")
        [problem] = [p for p in json.loads(outcome.out) if p["code"] == "lot-not-bid"]
        assert problem["pointer"] == "/evidence/0/lot"


class TestEvidenceGap:
    """A claim for which no evidence counts is named, with what is asked and what counts."""

    def test_of_a_question(self):
        plan, assessment = scored(asks("E3"), True, paper(grade="E2"))
        [gap] = evidence_gaps(plan, assessment)
        assert (gap.question, gap.asked.name, gap.counted.name, gap.rows) == ("Q", "E3", "E2", ())

    @pytest.mark.parametrize(
        ("question", "answer", "papers", "more"),
        [
            (asks("E3"), True, [paper()], {}),
            (asks("E3"), False, [], {}),
            (asks("E3"), None, [], {}),
            (asks("E1"), True, [], {}),
            (asks("E3"), True, [], {"mode": "dialogue"}),
            (asks("E3"), True, [paper(kind="equivalent")], {}),
        ],
    )
    def test_there_is_none_where_nothing_is_lost_or_a_review_has_to_say(self, question, answer, papers, more):
        assert list(evidence_gaps(*scored(question, answer, *papers, **more))) == []

    def test_without_a_signature_every_claim_has_one_in_a_dialogue_too(self):
        plan, assessment = scored(asks("E1"), True, mode="dialogue", declaration=None)
        assert [gap.counted.name for gap in evidence_gaps(plan, assessment)] == ["E0"]

    def test_a_gate_that_is_not_known_for_want_of_evidence_is_one(self):
        question = asks("E3", gate={"is": True}, score="unscored")
        document = writing.questionnaire(question, writing.question("R"))
        response = writing.response(document, {"Q": True, "R": False})
        plan, assessment = writing.scored(document, writing.profile(document), response, day=DAY)
        assert assessment.gates["Q"] is Outcome.UNKNOWN
        assert [gap.question for gap in evidence_gaps(plan, assessment)] == ["Q"]

    def test_what_a_review_confirmed_is_none(self):
        entry = {
            "id": "r-1", "question": "Q", "action": "confirm", "person": "E", "role": "evaluator",
            "reason": "Seen.", "date": "2026-11-25", "previous": writing.ZERO,
        }  # fmt: skip
        assert list(evidence_gaps(*scored(asks("E3"), True, reviews=[entry]))) == []

    @settings(max_examples=30)
    @given(cases())
    def test_where_points_are_lost_for_want_of_evidence_a_gap_or_an_equivalent_says_so(self, case):
        plan, assessment = writing.assess(case)
        named = {gap.question for gap in evidence_gaps(plan, assessment)}
        for planned in plan.questions:
            position = planned.position
            if planned.id in named and planned.id not in assessment.gates:
                assert assessment.states[position] is State.ANSWERED
                assert assessment.supported[position] < assessment.claimed[position]


class TestDeclarationGap:
    """A document that shows more than is claimed is named: nobody earns what nobody claims."""

    def found(self, *args, **more):
        return [gap.why for gap in declaration_gaps(*scored(*args, **more))]

    def test_a_grade_below_what_the_kind_can_carry_and_the_question_asks(self):
        [why] = self.found(asks("E3"), True, paper(grade="E2"))
        assert why == "it is stated as E2, its kind can carry E3, Q asks for E3"

    def test_a_question_that_is_not_answered_or_said_not_to_apply(self):
        assert self.found(asks("E3"), None, paper()) == ["Q is not answered"]
        question = asks("E3", not_applicable=["other"])
        assert self.found(question, None, paper(), not_applicable={"Q": "other"}) == ["Q is said not to apply"]

    @pytest.mark.parametrize(
        "own",
        [
            paper(),
            paper(kind="own", grade="E2"),
            paper(grade="E2", expires="2026-11-19"),
            paper(kind="equivalent", grade="E2"),
        ],
    )
    def test_there_is_none_where_the_document_shows_no_more(self, own):
        assert self.found(asks("E3"), True, own) == []

    def test_what_a_review_found_beyond_the_claim(self):
        entry = {
            "id": "r-1", "question": "Q", "action": "adjust", "value": 1, "document": "e1", "person": "E",
            "role": "evaluator", "reason": "Page 3.", "date": "2026-11-25", "previous": writing.ZERO,
        }  # fmt: skip
        assert self.found(asks("E3"), False, paper(), reviews=[entry]) == [
            "the review found more than was claimed (r-1)"
        ]


class TestDeadline:
    """Evidence counts on the deadline's date: a day's move across an expiry changes the score, and says why."""

    def evaluated(self, folder, day):
        own = paper(supports=["audited"], sha256=digest_bytes(PDF), issued="2026-01-01", expires="2026-11-20")
        award = ("lots:\n", "profile_changes: {evidence_mode: award, not_applicable: {cap: 0}}\nlots:\n")
        moved = ("2026-11-20T12:00:00+01:00", f"{day}T12:00:00+01:00")
        lay_out_tender(folder, {"alfa": {"evidence": [own]}}, tender=[award, moved])
        (folder / "bids/alfa/evidence").mkdir(parents=True)
        (folder / "bids/alfa/evidence/e1.pdf").write_bytes(PDF)
        return json.loads(call("evaluate", folder, "--no-pdf", "--format", "json").out)

    def test_a_day_later_the_certificate_has_run_out(self, tmp_path):
        before, after = (self.evaluated(tmp_path / day, day) for day in ("2026-11-20", "2026-11-21"))
        totals = [plain["lots"][0]["bids"][0]["reviewed"]["exact"] for plain in (before, after)]
        assert totals[0] != totals[1]
        said = [{p["code"]: p["message"] for p in plain["bids"][0]["problems"]} for plain in (before, after)]
        assert "evidence-not-valid" not in said[0]
        assert said[1]["evidence-not-valid"] == "e1 is not valid on 2026-11-21: it expired on 2026-11-20"
        gaps = [
            [p["pointer"] for p in plain["bids"][0]["problems"] if p["code"] == "evidence-gap"]
            for plain in (before, after)
        ]
        assert set(gaps[1]) - set(gaps[0]) == {"/answers/audited"}
