"""The laws of the method, on random questionnaires, profiles, lots, responses and reviews; each quotes its sentence."""

from __future__ import annotations

import copy
import dataclasses
from decimal import Decimal
from fractions import Fraction

import strategies
import writing
from hypothesis import assume, given
from hypothesis import strategies as st

from selfassess.model.assessment import Measure, Outcome, State
from selfassess.scoring import findings
from selfassess.scoring.applicability import standings
from selfassess.scoring.sums import totals

LADDER = [Outcome.FAIL, Outcome.UNKNOWN, Outcome.PASS]


def every_total(assessment):
    """The total of each measure and its conservative twin, by name."""
    both = (("", assessment.totals), (" conservative", assessment.conservative))
    return {measure.value + suffix: found[measure].total for suffix, found in both for measure in Measure}


def none_falls(before, after):
    """Whether no total is lower afterwards; one that is null before or after says nothing."""
    pairs = [(value, after[name]) for name, value in before.items()]
    return all(old <= new for old, new in pairs if old is not None and new is not None)


def changed(case, **parts):
    """A case whose response has other parts."""
    return dataclasses.replace(case, response=case.response | parts)


def asked_of(case):
    return [question for section in case.questionnaire["sections"] for question in section["questions"]]


@st.composite
def with_another_answer(draw):
    """A case, the same with one answer (or one cell of a table) given otherwise, and which question."""
    case = draw(strategies.cases())
    given_ones = [q for q in asked_of(case) if case.response["answers"].get(q["id"]) not in (None, "", [])]
    assume(given_ones)
    question = draw(st.sampled_from(given_ones))
    answers = copy.deepcopy(case.response["answers"])
    if question["type"] == "table":
        rows = answers[question["id"]]
        assume(isinstance(rows, list))
        row, column = draw(st.sampled_from(rows)), next(c for c in question["columns"] if c["id"] == "c")
        row["c"] = draw(strategies.good(column))
    else:
        answers[question["id"]] = draw(strategies.good(question))
    return case, changed(case, answers=answers), question["id"]


@given(with_another_answer())
def test_with_states_shares_and_entries_fixed_every_total_is_non_decreasing_in_each_value(pair):
    """(a) states, shares and standing review entries fixed, every total is non-decreasing in each value and each s"""
    one, other, id_ = pair
    plan, before = writing.assess(one)
    _, after = writing.assess(other)
    assume(before.states == after.states and id_ in plan.positions)
    assume([e.id for e in before.entries] == [e.id for e in after.entries])
    at = plan.positions[id_]
    if before.claimed[at] > after.claimed[at]:
        before, after = after, before
    assert none_falls(every_total(before), every_total(after))


@given(strategies.cases(), st.sampled_from(["E1", "E2", "E3"]))
def test_with_states_shares_and_entries_fixed_every_total_is_non_decreasing_in_each_s(case, grade):
    """(a) states, shares and standing review entries fixed, every total is non-decreasing in each value and each s"""
    documents = [document | {"grade": max(document["grade"], grade)} for document in case.response["evidence"]]
    _, before = writing.assess(case)
    _, after = writing.assess(changed(case, evidence=documents))
    assert before.states == after.states
    assert none_falls(every_total(before), every_total(after))


@given(strategies.cases(), st.data())
def test_a_further_document_never_lowers_a_score_or_a_gate_and_an_invalid_one_counts_as_none(case, data):
    """(b) standing entries fixed, a further valid document never lowers a score or a gate (an equivalent may
    unsettle the bid), an invalid one is a problem and counts as none"""
    document = data.draw(strategies.documents("e9", asked_of(case)))
    plan, before = writing.assess(case)
    _, after = writing.assess(changed(case, evidence=[*case.response["evidence"], document]))
    assert before.states == after.states
    assert none_falls(every_total(before), every_total(after))
    for id_, outcome in before.gates.items():
        assert LADDER.index(outcome) <= LADDER.index(after.gates[id_])
    counted = [d for f in findings(plan, after) for d in f.documents if d.id == "e9" and not d.reason]
    if not counted:
        assert every_total(before) == every_total(after)
        assert (before.gates, before.minima, before.unsettled) == (after.gates, after.minima, after.unsettled)


@given(strategies.cases(), st.data())
def test_a_claim_of_not_applicable_in_place_of_an_answer_never_raises_a_conservative_total(case, data):
    """(c) a N/A in place of an answer never raises a conservative total"""
    _, before = writing.assess(case)
    may = [q for q in asked_of(case) if q["not_applicable"] and q["id"] in case.response["answers"]]
    assume(may)
    question = data.draw(st.sampled_from(may))
    answers = {id_: answer for id_, answer in case.response["answers"].items() if id_ != question["id"]}
    claims = case.response["not_applicable"] | {question["id"]: question["not_applicable"][0]}
    plan, after = writing.assess(changed(case, answers=answers, not_applicable=claims))
    assume(question["id"] in plan.positions and before.states[plan.positions[question["id"]]] is State.ANSWERED)
    for measure in Measure:
        old, new = before.conservative[measure].total, after.conservative[measure].total
        assert old is None or new is None or new <= old


@given(strategies.cases())
def test_supported_lies_between_nothing_and_claimed(case):
    """(d) 0 ≤ supported ≤ claimed with N/A states fixed, where both exist"""
    plan, assessment = writing.assess(case)
    for supported, claimed in zip(assessment.supported, assessment.claimed, strict=True):
        assert 0 <= supported <= claimed <= plan.scale
    for found in (assessment.totals, assessment.conservative):
        supported, claimed = found[Measure.SUPPORTED].total, found[Measure.CLAIMED].total
        assert supported is None or claimed is None or 0 <= supported <= claimed <= 100


def results(case):
    """Everything that a case comes to, in the shape of the second scorer."""
    return writing.plain(*writing.assess(case))


@given(strategies.cases(), st.sampled_from([Decimal("0.5"), 3, 1000]))
def test_scaling_all_parts_weights_changes_nothing(case, factor):
    """scaling all parts-weights changes nothing"""
    profile = copy.deepcopy(case.profile)
    for level in (profile, *profile.get("lots", {}).values()):
        for name in ("section_weights", "question_weights"):
            if name in level:
                scaled = {id_: weight * factor for id_, weight in level[name]["weights"].items()}
                level[name] = {"kind": "parts", "weights": scaled}
    assert results(case) == results(dataclasses.replace(case, profile=profile))


def shuffled(data, value):
    """The same plain value with the keys of every object in another order."""
    if isinstance(value, dict):
        return {key: shuffled(data, value[key]) for key in data.draw(st.permutations(list(value)))}
    return [shuffled(data, part) for part in value] if isinstance(value, list) else value


@given(strategies.cases(), st.data())
def test_the_order_of_keys_and_of_documents_changes_nothing(case, data):
    """order of keys, bids and workers changes nothing"""
    response = shuffled(data, case.response)
    response["evidence"] = data.draw(st.permutations(response["evidence"]))
    other = dataclasses.replace(case, profile=shuffled(data, case.profile), response=response)
    assert results(case) == results(other)


def looks_at(condition):
    """The questions that a plain condition looks at."""
    if isinstance(condition, dict):
        own = {condition["question"]} if "question" in condition else set()
        return own.union(*(looks_at(part) for part in condition.values()))
    return set().union(*(looks_at(part) for part in condition)) if isinstance(condition, list) else set()


def in_lawful_order(questions):
    """The questions in their order, each moved behind those that its condition looks at."""
    waiting, placed, here = list(questions), [], {q["id"] for q in questions}
    while waiting:
        done = {q["id"] for q in placed}
        free = next(q for q in waiting if looks_at(q.get("enable_when", {})) & here <= done)
        waiting.remove(free)
        placed.append(free)
    return placed


@given(strategies.cases(), st.data())
def test_the_order_of_questions_changes_nothing(case, data):
    """order of questions nothing but which of two tied printed parts gets the last unit"""
    document = copy.deepcopy(case.questionnaire)
    for section in document["sections"]:
        section["questions"] = in_lawful_order(data.draw(st.permutations(section["questions"])))
    pinned = {"questionnaire": writing.pin(document)}
    other = dataclasses.replace(
        case, questionnaire=document, profile=case.profile | pinned, response=case.response | pinned
    )
    assert results(case) == results(other)


@given(strategies.cases())
def test_contributions_add_up_to_the_total_exactly_and_missing_points_are_what_a_value_of_one_would_bring(case):
    """Each question's points of the total add up to it exactly. … Missing points of a question: its contribution at
    value 1 less its own, other states fixed; 0 where it left the sums."""
    plan, assessment = writing.assess(case)
    found = findings(plan, assessment)
    for measure in Measure:
        total = assessment.totals[measure].total
        assert sum((finding.points[measure] for finding in found), Fraction(0)) == (total or 0)
    stand = standings(plan, assessment.response)
    for planned, finding in zip(plan.questions, found, strict=True):
        best = list(assessment.reviewed)
        best[planned.position] = plan.scale
        sums, _ = totals(plan, stand, {Measure.REVIEWED: best}, assessment.approvals)
        if planned.question.is_scored and assessment.total is not None and finding.effective_weight:
            assert sums[Measure.REVIEWED].total == assessment.total + finding.missing
        else:
            assert finding.missing == 0


@given(strategies.cases(), st.data())
def test_an_answer_to_a_question_that_is_not_asked_changes_nothing(case, data):
    """An answer to a question that is not asked is kept, reported as a warning, and changes nothing."""
    plan, before = writing.assess(case)
    hidden = [p.question.id for p, state in zip(plan.questions, before.states, strict=True) if state is State.NOT_ASKED]
    assume(hidden)
    chosen = data.draw(st.sampled_from(hidden))
    question = next(q for q in asked_of(case) if q["id"] == chosen)
    answers = case.response["answers"] | {question["id"]: data.draw(strategies.answers(question))}
    assert results(case) == results(changed(case, answers=answers))
