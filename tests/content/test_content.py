"""Every shipped questionnaire loads without a problem, scores its examples as worked out, and is untouched."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from selfassess.checks import check_profile, check_questionnaire
from selfassess.exchange import json_text
from selfassess.library import changed_since_publication, standard
from selfassess.model.assessment import Measure
from selfassess.model.questionnaire import Aggregate, Kind
from selfassess.plan import compile_plan, readable
from selfassess.schemas.response import ResponseReader
from selfassess.scoring import findings, score
from selfassess.sources import read_file

LIBRARY = standard()
VERSIONS = LIBRARY.versions()
EXAMPLES = sorted(path for root in LIBRARY.roots for path in root.glob("*/*/examples/*.response.json"))


@pytest.fixture(scope="module")
def shipped():
    document = LIBRARY.questionnaire("fair-smartphones", "1.0.0")
    return document, LIBRARY.default_profile(document)


def test_there_are_questionnaires_and_examples():
    assert ("fair-smartphones", "1.0.0") in VERSIONS
    assert {path.name.split(".")[0] for path in EXAMPLES} == {"strong", "weak", "second-life", "empty"}


@pytest.mark.parametrize(("id_", "version"), VERSIONS)
def test_no_questionnaire_or_profile_has_a_problem(id_, version):
    document = LIBRARY.questionnaire(id_, version)
    profile = LIBRARY.default_profile(document)
    assert check_questionnaire(document.content) == ()
    assert check_profile(profile.content, document.content) == ()
    assert profile.content.questionnaire.digest == document.digest


@pytest.mark.parametrize(("id_", "version"), VERSIONS)
def test_the_plan_is_a_golden_file(id_, version, golden):
    document = LIBRARY.questionnaire(id_, version)
    plan = compile_plan(document.content, LIBRARY.default_profile(document).content)
    golden(f"tests/golden/plans/{id_}-{version}.json", json_text(readable(plan)))


@pytest.mark.parametrize("root", LIBRARY.roots)
def test_a_published_file_is_never_edited(root):
    """Release a new version instead: questionnaires/README.md, "Changing a question"."""
    assert changed_since_publication(root) == ()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name.split(".")[0])
def test_examples_score_as_worked_out_by_hand(path, shipped):
    document, profile = shipped
    expected = yaml.safe_load(path.with_name(path.name.replace("response.json", "expected.yaml")).read_text("utf-8"))
    plan = compile_plan(document.content, profile.content)
    read = ResponseReader(document.content, document.digest).read(read_file(path))
    assert read.problems == ()
    declared = read.response.declaration
    assessment = score(
        plan, read.response, supplier="x", day=declared.date if declared else datetime.date(2026, 11, 20)
    )
    for measure in (Measure.CLAIMED, Measure.SUPPORTED):
        for suffix, totals in (("", assessment.totals), ("_conservative", assessment.conservative)):
            name = measure.value + suffix
            assert totals[measure].total == Fraction(expected["totals"][name]), name
            for section, value in zip(plan.sections, totals[measure].sections, strict=True):
                assert value == Fraction(expected["sections"][section.section.id][name]), (section.section.id, name)
    points = sum(finding.points[Measure.REVIEWED] for finding in findings(plan, assessment))
    assert points == assessment.total


class TestFairSmartphones:
    """The first questionnaire uses the whole vocabulary in earnest."""

    @pytest.fixture
    def questions(self, shipped):
        return list(shipped[0].content.questions())

    def test_every_section_has_eight_or_more_questions(self, shipped):
        assert all(len(section.questions) >= 8 for section in shipped[0].content.sections)
        assert len(shipped[0].content.sections) == 4

    def test_every_type_rule_roll_up_and_check_is_used(self, shipped, questions):
        assert {question.type for question in questions} == set(Kind)
        rules = {type(question.score).__name__ for question in questions}
        rules |= {type(q.score.rule).__name__ for q in questions if type(q.score).__name__ == "ColumnRule"}
        assert rules == {
            "Unscored", "OptionScores", "FlagScores", "Curve", "Steps", "ShareOfOptions", "SumOfOptions", "ColumnRule",
            "RowRules",
        }  # fmt: skip
        assert {q.table.aggregate for q in questions if q.table and q.table.aggregate} == set(Aggregate)
        checks = {check.rule for check in shipped[0].content.checks}
        assert len(checks) == 6

    def test_every_question_says_why_it_is_asked(self, questions):
        assert all(question.help for question in questions)
        assert all(question.text.endswith("?") for question in questions)

    def test_every_scored_question_asks_for_evidence_and_has_a_reference(self, questions):
        for question in questions:
            if question.is_scored:
                assert question.evidence is not None, question.id
                assert question.references, question.id

    def test_questions_about_the_company_carry_no_weight(self, questions):
        assert not [question.id for question in questions if question.scope == "company" and question.is_scored]

    def test_points_start_above_legal_minima(self, shipped):
        from selfassess.checks.tender import _best_is_asked  # noqa: PLC0415

        for question in shipped[0].content.questions():
            if question.gate is not None and question.is_scored:
                assert not _best_is_asked(question, question.gate), question.id

    def test_points_of_the_joint_statement_are_those_that_are_known(self, questions):
        assert {point for question in questions for point in question.statement} == {f"JS{n}" for n in range(1, 7)}

    def test_texts_are_short_and_plain(self, questions):
        for question in questions:
            assert len(question.text.split()) <= 26, question.id
            assert not re.search(r"\bnot\b.*\bnot\b|\band/or\b", question.text), question.id


def test_no_file_of_the_library_is_forgotten():
    for root in LIBRARY.roots:
        folders = {path.parent for path in Path(root).glob("*/*/*.yaml")}
        assert {(folder.parent.name, folder.name) for folder in folders} == set(VERSIONS)
