"""Where a number comes from, in sentences whose arithmetic is right."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path

import pytest
import strategies
import writing
from commands import call
from copies import copy_example
from hypothesis import given

from selfassess.explaining import explain_question, explain_total
from selfassess.explaining.arithmetic import aggregated, worked
from selfassess.explaining.passages import said
from selfassess.model.assessment import State
from selfassess.scoring import findings

ROOT = Path(__file__).resolve().parent.parent
FIGURE = r"\d+(?:\.\d+)?"
EQUATION = re.compile(rf"((?:{FIGURE}|[-()+−×/ ])+) = (-?{FIGURE})(?: \((-?[\d./]+)\))?( rounded)?")


def flat(text):
    return " ".join(text.split())


def equations_hold(text):
    """Check every equation of a text exactly, and return how many there are."""
    count = 0
    for left, shown, fraction, is_rounded in EQUATION.findall(text):
        terms = re.sub(FIGURE, lambda number: f"Fraction('{number[0]}')", left.replace("−", "-").replace("×", "*"))
        value = eval(terms, {"Fraction": Fraction})  # noqa: S307  figures and signs of our own
        if is_rounded:
            assert abs(value - Fraction(shown)) <= Fraction(1, 10000), text
        else:
            assert value == Fraction(fraction or shown), text
        count += 1
    return count


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("explained") / "tender"
    copy_example(folder)
    call("evaluate", folder, "--no-pdf")
    return folder / "results"


@given(strategies.cases())
def test_what_is_said_of_a_question_is_what_was_scored(case):
    plan, assessment = writing.assess(case)
    for planned, finding in zip(plan.questions, findings(plan, assessment), strict=True):
        explanation = explain_question(plan, assessment, planned.id, assessment.response.evidence)
        assert explanation.passages
        if finding.state is State.ANSWERED and planned.question.is_scored:
            if planned.table is None:
                sentence = worked(planned.question.score, planned.question, finding.answer)
                assert said(finding.claimed) in sentence or "at most 1 counts" in sentence
                equations_hold(sentence)
            else:
                sentence = aggregated(planned.question.table, finding.rows, [row.claimed for row in finding.rows])
                assert said(finding.claimed) in sentence
                equations_hold(sentence)


@given(strategies.cases())
def test_the_whole_can_always_be_said(case):
    plan, assessment = writing.assess(case)
    titles = [passage.title for passage in explain_total(plan, assessment, "assessed", ()).passages]
    assert titles[:2] == ["Total", "Sections"]


@given(strategies.cases())
def test_what_would_raise_a_question_adds_up_to_what_is_missing(case):
    plan, assessment = writing.assess(case)
    for planned, finding in zip(plan.questions, findings(plan, assessment), strict=True):
        passages = explain_question(plan, assessment, planned.id, ()).passages
        raising = next((passage for passage in passages if passage.title == "To full marks"), None)
        assert (raising is None) == (finding.missing == 0)
        if raising is not None:
            gains = [Fraction(re.match(r"(?:Up to )?([\d.]+) points", item)[1]) for item in raising.items]
            places = Fraction(1, 10**plan.profile.decimals)
            assert abs(sum(gains) - finding.missing) <= places * len(gains)


class TestTheExample:
    """The stories of the example tender, told question by question."""

    def explained(self, results, bid, question):
        outcome = call("explain", results / bid / "assessment.json", question)
        assert outcome.code == 0
        return flat(outcome.out)

    def test_every_question_of_every_bid_can_be_explained_and_its_arithmetic_holds(self, results):
        count = 0
        for path in results.glob("*/*/assessment.json"):
            questions = [finding["id"] for finding in json.loads(path.read_text("utf-8"))["questions"]]
            for question in questions[::3]:
                text = flat(call("explain", path, question).out)
                count += equations_hold(text.partition(" Weight ")[0])
        assert count >= 20

    def test_a_curve_is_worked_out(self, results):
        text = self.explained(results, "nordfon/new-devices", "C03")
        assert "Between 800 cycles (0) and 1400 cycles (1): (1200 − 800) / 600 = 0.6667 (2/3)." in text
        assert "2.4155 (500/207) × 0.6667 (2/3) = 1.61 (1000/621)." in text
        assert "0.81 points wait for a better answer: full marks from 1400 cycles on." in text
        assert "annex II, B.1.2(4) (confirmed)" in text

    def test_rows_are_told_one_by_one(self, results):
        text = self.explained(results, "nordfon/new-devices", "W07")
        assert "in-04: 40 %, At most 24 months, 11 February 2026, RBA VAP, 0, 2. “Age of the latest audit” is" in text
        assert "(60 × 1 + 40 × 0.6) / 100 = 0.84" in text

    def test_an_expired_certificate_says_why_it_does_not_count(self, results):
        text = self.explained(results, "kestava/new-devices", "W07")
        assert "It does not count: it expired on 2026-11-15." in text
        assert "With evidence (E1 by the declaration; E3 asked) 0." in text
        assert "2.19 points wait for evidence for every row" in text

    def test_a_refused_claim_names_person_role_and_reason(self, results):
        text = self.explained(results, "kanskje/second-life", "L17")
        assert "by Jonas Lindqvist, auditor. Reason: The price list offers new screens" in text

    def test_an_answer_that_cannot_be_used_is_not_called_absent(self, results):
        assert "cannot be used" in self.explained(results, "halvvejs/new-devices", "W12")

    def test_the_whole_says_total_sections_and_what_would_raise_it(self, results):
        text = flat(call("explain", results / "kanskje" / "second-life" / "assessment.json").out)
        assert "58.62 of 100 points; ranked." in text
        assert "exactly 823007/14040" in text
        assert "L14 How often did devices" in text
        assert "L17: No parts are replaced in the offered devices; approval: refused." in text
        assert "if every N/A counts 0" in text

    def test_the_json_form_is_the_trace(self, results):
        path = results / "nordfon" / "new-devices" / "assessment.json"
        plain = json.loads(call("explain", path, "C03", "--format", "json").out)
        assert plain["name"] == "C03"
        assert plain["value"] == "1000/621"

    @pytest.mark.parametrize(
        ("question", "said"), [("w12", "Did you mean W12"), ("L02", "does not ask L02"), ("zzz", "no question 'zzz'")]
    )
    def test_an_unknown_question_is_2_with_a_way_out(self, results, question, said):
        outcome = call("explain", results / "nordfon" / "new-devices" / "assessment.json", question)
        assert outcome.code == 2
        assert said in outcome.err

    def test_no_file_and_no_code_is_2_with_suggestions_for_both(self, results, monkeypatch):
        monkeypatch.chdir(results / "nordfon" / "new-devices")
        outcome = call("explain", "assesment.json")
        assert outcome.code == 2
        assert "Did you mean the file assessment.json?" in outcome.err
        assert "Did you mean the code evidence-not-valid?" in call("explain", "evidence-not-vald").err


def test_an_equivalent_waits_for_the_review_and_a_missing_file_is_said():
    document = writing.questionnaire(writing.question("Q1", evidence={"minimum": "E3", "accepts": ["certificate"]}))
    evidence = [
        {"id": name, "title": name.upper(), "kind": kind, "grade": "E3", "file": f"{name}.pdf", "sha256": writing.ZERO,
         "supports": ["Q1"]}
        for name, kind in (("like", "equivalent"), ("own", "own"))
    ]  # fmt: skip
    answer = writing.response(document, {"Q1": True}, evidence=evidence)
    plan, assessment = writing.scored(document, writing.profile(document), answer, day=strategies.DAY)
    given = (*assessment.response.evidence, writing_gone(assessment.response.evidence[0]))
    support = next(p for p in explain_question(plan, assessment, "Q1", given).passages if p.title == "Evidence")
    text = " ".join(support.items)
    assert "like is offered as an equivalent: it counts once a review entry accepts it." in text
    assert "own “OWN”: Own documents; stated E3" in text
    assert "It does not count: Q1 does not accept its kind own." in text
    assert "gone “LIKE” does not count: its file is missing" in text


def writing_gone(document):
    """The same document under another id, as one whose file cannot be used."""
    from dataclasses import replace  # noqa: PLC0415

    return replace(document, id="gone")
