"""Every shipped questionnaire loads without a problem, scores its examples as worked out, and is untouched."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import yaml

from selfassess.checks import check_answers, check_profile, check_questionnaire
from selfassess.checks.forms import FORMS
from selfassess.exchange import json_text
from selfassess.library import changed_since_publication, standard
from selfassess.model.assessment import Measure
from selfassess.model.conditions import Combination, EveryRow, Junction, Operator, Subject, comparisons
from selfassess.model.profile import EvidenceMode
from selfassess.model.questionnaire import Aggregate, Kind
from selfassess.plan import compile_plan, readable
from selfassess.schemas.response import ResponseReader
from selfassess.scoring import findings, score
from selfassess.sources import read_file

LIBRARY = standard()
VERSIONS = LIBRARY.versions()
EXAMPLES = sorted(path for root in LIBRARY.roots for path in root.glob("*/*/examples/*.response.json"))
WORKED_OUT = sorted(path for root in LIBRARY.roots for path in root.glob("*/*/examples/*.expected.yaml"))
PROFILES = ("default", "norway", "second-life")
STAGES = {"raw-material", "manufacturing", "delivery", "use", "repair", "reuse", "recycling", "disposal"}


def named(path):
    """The response and the profile that a file of worked-out totals is about: strong.norway.expected.yaml."""
    name, *profile = path.name.removesuffix(".expected.yaml").split(".")
    return name, profile[0] if profile else "default"


def read_example(document, path):
    """A response of the library, read, with its own day or one of the month in which it would be handed in."""
    read = ResponseReader(document.content, document.digest).read(read_file(path))
    declared = read.response.declaration
    return read, declared.date if declared else datetime.date(2026, 11, 20)


@pytest.fixture(scope="module")
def shipped():
    return LIBRARY.questionnaire("fair-smartphones", "1.0.0")


@pytest.fixture(scope="module")
def plans(shipped):
    profiles = LIBRARY.profiles(shipped)
    return {profile.content.id: compile_plan(shipped.content, profile.content) for profile in profiles}


def test_there_are_questionnaires_and_examples():
    assert ("fair-smartphones", "1.0.0") in VERSIONS
    assert {path.name.split(".")[0] for path in EXAMPLES} == {"strong", "weak", "second-life", "empty"}


def test_every_example_is_worked_out_by_every_profile():
    names = [path.name.split(".")[0] for path in EXAMPLES]
    assert sorted(map(named, WORKED_OUT)) == sorted((name, profile) for name in names for profile in PROFILES)


@pytest.mark.parametrize(("id_", "version"), VERSIONS)
def test_no_questionnaire_or_profile_has_a_problem(id_, version):
    document = LIBRARY.questionnaire(id_, version)
    assert check_questionnaire(document.content) == ()
    scored = {question.id for question in document.content.questions() if question.is_scored}
    for profile in LIBRARY.profiles(document):
        assert check_profile(profile.content, document.content) == (), profile.content.id
        assert profile.content.questionnaire.digest == document.digest, profile.content.id
        assert set(profile.content.question_weights.weights) == scored, profile.content.id
        assert set(profile.content.section_weights.weights) == {section.id for section in document.content.sections}


def test_the_profiles_are_these(shipped):
    profiles = [profile.content for profile in LIBRARY.profiles(shipped)]
    assert tuple(profile.id for profile in profiles) == PROFILES
    awards = [profile for profile in profiles if profile.evidence_mode is EvidenceMode.AWARD]
    assert [profile.id for profile in awards] == ["norway", "second-life"]
    assert all(0 < profile.not_applicable_cap <= Decimal("0.05") for profile in awards)


@pytest.mark.parametrize(("id_", "version"), VERSIONS)
def test_the_plans_are_golden_files(id_, version, golden):
    document = LIBRARY.questionnaire(id_, version)
    for profile in LIBRARY.profiles(document):
        name = "" if profile.content.id == "default" else f"-{profile.content.id}"
        plan = compile_plan(document.content, profile.content)
        golden(f"tests/golden/plans/{id_}-{version}{name}.json", json_text(readable(plan)))


@pytest.mark.parametrize("root", LIBRARY.roots)
def test_a_published_file_is_never_edited(root):
    """Release a new version instead: questionnaires/README.md, "Changing a question"."""
    assert changed_since_publication(root) == ()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.name.split(".")[0])
def test_examples_are_read_without_a_problem_and_contradict_nothing(path, shipped):
    read, day = read_example(shipped, path)
    assert read.problems == ()
    assert list(check_answers(shipped.content, read.response.answers, day)) == []


@pytest.mark.parametrize("path", WORKED_OUT, ids=lambda path: ".".join(named(path)))
def test_examples_score_as_worked_out_by_hand(path, shipped, plans):
    name, profile = named(path)
    plan, expected = plans[profile], yaml.safe_load(path.read_text("utf-8"))
    read, day = read_example(shipped, path.with_name(f"{name}.response.json"))
    assessment = score(plan, read.response, supplier="x", day=day)
    for measure in (Measure.CLAIMED, Measure.SUPPORTED):
        for suffix, totals in (("", assessment.totals), ("_conservative", assessment.conservative)):
            key = measure.value + suffix
            assert totals[measure].total == Fraction(expected["totals"][key]), key
            for section, value in zip(plan.sections, totals[measure].sections, strict=True):
                assert value == Fraction(expected["sections"][section.section.id][key]), (section.section.id, key)
    points = sum(finding.points[Measure.REVIEWED] for finding in findings(plan, assessment))
    assert points == assessment.total


@pytest.mark.parametrize("profile", PROFILES)
def test_the_strong_example_answers_everything_and_claims_more_than_it_shows(profile, shipped, plans):
    path = next(path for path in EXAMPLES if path.name.startswith("strong."))
    read, day = read_example(shipped, path)
    assert set(read.response.answers) == {question.id for question in shipped.content.questions()}
    assessment = score(plans[profile], read.response, supplier="x", day=day)
    supported = assessment.totals[Measure.SUPPORTED]
    for claimed, shown in zip(assessment.totals[Measure.CLAIMED].sections, supported.sections, strict=True):
        assert shown < claimed


def junctions(condition):
    """The ways in which a condition is put together."""
    if isinstance(condition, EveryRow):
        return {EveryRow} | junctions(condition.condition)
    if not isinstance(condition, Combination):
        return set()
    return {condition.junction}.union(*map(junctions, condition.parts))


class TestFairSmartphones:
    """The first questionnaire uses the whole vocabulary in earnest."""

    @pytest.fixture
    def questions(self, shipped):
        return list(shipped.content.questions())

    def test_every_section_has_eight_or_more_questions(self, shipped):
        assert all(len(section.questions) >= 8 for section in shipped.content.sections)
        assert len(shipped.content.sections) == 4

    def test_every_type_rule_and_roll_up_is_used(self, questions):
        assert {question.type for question in questions} == set(Kind)
        rules = {type(question.score).__name__ for question in questions}
        rules |= {type(q.score.rule).__name__ for q in questions if type(q.score).__name__ == "ColumnRule"}
        assert rules == {
            "Unscored", "OptionScores", "FlagScores", "Curve", "Steps", "ShareOfOptions", "SumOfOptions", "ColumnRule",
            "RowRules",
        }  # fmt: skip
        assert {q.table.aggregate for q in questions if q.table and q.table.aggregate} == set(Aggregate)

    def test_every_rule_of_a_cross_check_is_used(self, shipped):
        """But one: what adds up to a whole here stands in the columns and rows of tables, not in several questions."""
        assert set(FORMS) - {check.rule for check in shipped.content.checks} == {"sums_to"}

    def test_every_kind_of_condition_is_used(self, questions):
        conditions = [question.enable_when for question in questions if question.enable_when]
        compared = {(c.subject, c.operator) for condition in conditions for c in comparisons(condition)}
        assert {operator for subject, operator in compared if subject is Subject.QUESTION} == {
            Operator.ANSWERED, Operator.IN, Operator.AT_LEAST, Operator.IS_NOT,
        }  # fmt: skip
        assert Subject.ROLE in {subject for subject, _ in compared}
        assert set().union(*map(junctions, conditions)) == {Junction.ANY}

    def test_every_kind_of_gate_is_used(self, questions):
        gates = [question.gate for question in questions if question.gate]
        assert {c.operator for gate in gates for c in comparisons(gate)} == set(Operator)
        assert set().union(*map(junctions, gates)) == {Junction.ALL, Junction.NOT, EveryRow}

    def test_every_reason_for_not_applicable_is_used(self, shipped, questions):
        reasons = {reason.id for reason in shipped.content.not_applicable_reasons}
        assert {reason for question in questions for reason in question.not_applicable} == reasons
        assert any(question.table.empty_is_not_applicable for question in questions if question.table)

    def test_the_whole_statement_and_every_stage_of_life_has_scored_questions(self, questions):
        scored = [question for question in questions if question.is_scored]
        assert {point for question in scored for point in question.statement} == {f"JS{n}" for n in range(1, 7)}
        assert {stage for question in scored for stage in question.stages} == STAGES

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
        from selfassess.checks.lawfulness import best_is_asked  # noqa: PLC0415

        for question in shipped.content.questions():
            if question.gate is not None and question.is_scored:
                assert not best_is_asked(question, question.gate), question.id

    def test_points_of_the_joint_statement_are_those_that_are_known(self, questions):
        assert {point for question in questions for point in question.statement} == {f"JS{n}" for n in range(1, 7)}

    def test_texts_are_short_and_plain(self, questions):
        for question in questions:
            assert len(question.text.split()) <= 26, question.id
            assert len(question.help.split()) <= 110, question.id
            assert not re.search(r"\bnot\b.*\bnot\b|\band/or\b", question.text), question.id


def test_no_file_of_the_library_is_forgotten():
    for root in LIBRARY.roots:
        folders = {path.parent for path in Path(root).glob("*/*/*.yaml")}
        assert {(folder.parent.name, folder.name) for folder in folders} == set(VERSIONS)
