"""Compile a questionnaire and a profile, for one lot, into the plan that scores any number of responses.

All look-ups, orders and scales are settled here: scores and weights become whole numbers (``ScoringPlan.scale``,
weights scaled within their level), rules and conditions become functions. A plan is made of checked documents; a
document with errors raises ``KeyError`` or ``ValueError``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import lcm

from selfassess.conditions import Test, Truth, compiled, on_answer, on_cells, on_questions
from selfassess.model.conditions import Combination, EveryRow, Gate, Junction, looked_at
from selfassess.model.profile import EvidenceMode, ScoringProfile, Weights
from selfassess.model.questionnaire import ColumnRule, EvidenceRule, Grade, Kind, Question, Questionnaire, Section
from selfassess.model.tender import Lot
from selfassess.plan.plans import PlannedQuestion, PlannedSection, ScoringPlan
from selfassess.plan.readable import METHOD, gate_sentence, readable
from selfassess.plan.rules import PlannedTable, Value, planned_table, scale_of, value_of, with_own_scores
from selfassess.plan.sentences import aggregate_sentence, condition_in_words, gate_in_words, rule_sentence
from selfassess.plan.telling import plan_in

__all__ = [
    "METHOD",
    "TENTHS",
    "PlannedQuestion",
    "PlannedSection",
    "PlannedTable",
    "ScoringPlan",
    "Value",
    "aggregate_sentence",
    "asked_in",
    "compile_plan",
    "condition_in_words",
    "gate_in_words",
    "gate_of",
    "gate_sentence",
    "overridden",
    "plan_in",
    "readable",
    "rule_sentence",
    "weights_by_lot",
    "weights_in",
]

TENTHS = 10  # what the support of a claim is counted in: 0, 0.5, 0.8 and 1 (method, 3.3)
DIALOGUE = (0, 5, 8, 10, 10)  # tenths by grade, below the question's minimum (method, 3.3)


def compile_plan(questionnaire: Questionnaire, profile: ScoringProfile, lot: Lot | None = None) -> ScoringPlan:
    """Return the plan of one lot (None: all sections, no lot)."""
    asked = asked_in(questionnaire, lot)
    questions = [overridden(question, profile) for question in questionnaire.questions() if question.id in asked]
    section_weights, question_weights = weights_in(profile, lot)
    scale = TENTHS * lcm(1, *(scale_of(question) for question in questions))
    sections = _sections(questionnaire, questions, section_weights, question_weights)
    positions = {question.id: index for index, question in enumerate(questions)}
    kinds = {question.id: question.type for question in questions}
    compile_comparison = on_questions(positions, kinds, lot.id if lot else None)
    staying = _staying(questions)
    planned = tuple(
        PlannedQuestion(
            id=question.id,
            question=question,
            position=position,
            section=number,
            weight=section.weights[question.id],
            published_weight=section.share(question.id),
            value=value_of(question.score, question, scale) if question.type is not Kind.TABLE else None,
            table=planned_table(question, scale),
            condition=question.enable_when,
            ask=None if question.enable_when is None else compiled(question.enable_when, compile_comparison),
            stays=question.id in staying,
            gate=_gate_test(gate, question) if (gate := gate_of(question, profile)) is not None else None,
            gate_condition=gate,
            minimum=(question.evidence or EvidenceRule()).minimum,
            support=_support(question, profile.evidence_mode),
            accepts=_accepts(question.evidence or EvidenceRule()),
            valid_months=(question.evidence or EvidenceRule()).valid_months,
        )
        for number, section in enumerate(sections)
        for question in section.questions
        for position in (positions[question.id],)
    )
    return ScoringPlan(
        questionnaire=questionnaire,
        profile=profile,
        lot=lot.id if lot else None,
        sections=sections,
        questions=planned,
        positions=positions,
        gated=tuple(question for question in planned if question.gate is not None),
        conditional=frozenset(question.position for question in planned if question.ask is not None),
        values=tuple(question.value for question in planned),
        tables=tuple(question for question in planned if question.table and question.table.row_value),
        weak=tuple(tuple(q for q in planned if q.value is not None and q.support[grade] != TENTHS) for grade in Grade),
        scale=scale,
        cap=Fraction(profile.not_applicable_cap),
        kinds={kind.id: kind for kind in questionnaire.evidence_kinds},
    )


def asked_in(questionnaire: Questionnaire, lot: Lot | None) -> frozenset[str]:
    """Return the ids of the questions that a lot asks.

    A question whose condition looks at one that the lot leaves out is left out too (method, 3.1).
    """
    asked: set[str] = set()
    for section in questionnaire.sections:
        for question in section.questions:
            chosen = lot is None or (
                (lot.sections is None and not lot.questions)
                or section.id in (lot.sections or ())
                or question.id in lot.questions
            )
            left_out = lot is not None and question.id in lot.without
            if chosen and not left_out and asked.issuperset(looked_at(question.enable_when)):
                asked.add(question.id)
    return frozenset(asked)


def weights_in(profile: ScoringProfile, lot: Lot | None) -> tuple[Weights, Weights]:
    """Return the weights of sections and of questions that hold in a lot."""
    return weights_by_lot(profile, lot.id if lot else None)


def weights_by_lot(profile: ScoringProfile, lot: str | None) -> tuple[Weights, Weights]:
    """Return the weights of sections and of questions that hold in the lot of that id."""
    own = profile.lots.get(lot) if lot else None
    if own is None:
        return profile.section_weights, profile.question_weights
    return own.section_weights or profile.section_weights, own.question_weights or profile.question_weights


def gate_of(question: Question, profile: ScoringProfile) -> Gate | None:
    """Return the gate that is on: the questionnaire's own, and what the profile asks in addition."""
    setting = profile.gates.get(question.id)
    if setting is None:
        return question.gate
    if not setting.on:
        return None
    both = [gate for gate in (question.gate, setting.condition) if gate is not None]
    if len(both) < 2:  # noqa: PLR2004  one or none
        return both[0] if both else None
    rows = [gate.condition for gate in both if isinstance(gate, EveryRow)]
    if rows:
        return EveryRow(condition=Combination(junction=Junction.ALL, parts=tuple(rows)))
    plain = tuple(gate for gate in both if not isinstance(gate, EveryRow))
    return Combination(junction=Junction.ALL, parts=plain)


def _gate_test(gate: Gate, question: Question) -> Test:
    if isinstance(gate, EveryRow):
        table = question.table
        kinds = {column.id: column.type for column in table.columns} if table else {}
        every = compiled(gate.condition, on_cells(kinds))
        return lambda rows: _in_every(every(row.cells) for row in rows)
    return compiled(gate, on_answer(question.type))


def overridden(question: Question, profile: ScoringProfile) -> Question:
    """Return a question with the rule that the profile sets in place of its own."""
    rule = profile.scores.get(question.id)
    if rule is None:
        return question
    if isinstance(rule, ColumnRule):
        columns = question.table.columns if question.table else ()
        for column in columns:
            if column.id == rule.column:
                rule = replace(rule, rule=with_own_scores(rule.rule, column))
        return replace(question, score=rule)
    return replace(question, score=with_own_scores(rule, question))


def _in_every(truths: Iterable[Truth]) -> Truth:
    """Return true when all are, false when one is false, else open."""
    found = list(truths)
    return False if False in found else None if None in found else True


def _accepts(rule: EvidenceRule) -> frozenset[str] | None:
    """Return the kinds that count; ``equivalent`` is always among them."""
    return None if rule.accepts is None else frozenset({*rule.accepts, "equivalent"})


def _support(question: Question, mode: EvidenceMode) -> tuple[int, ...]:
    """Return the tenths that a claim counts by the grade of its evidence (method, 3.3)."""
    minimum = (question.evidence or EvidenceRule()).minimum
    below = (0,) * 5 if mode is EvidenceMode.AWARD else DIALOGUE
    return tuple(TENTHS if grade >= minimum else below[grade] for grade in Grade)


def _staying(questions: list[Question]) -> frozenset[str]:
    """Return the questions that keep their weight, with value 0, when they are not asked (method, 3.1).

    Those are the scored questions whose condition looks, directly or through the conditions of the questions that it
    looks at, at a scored one: else a bad answer could pay.
    """
    tainted: set[str] = set()  # questions that are scored, or whose being asked hangs on a scored one
    hangs: set[str] = set()
    for question in questions:
        if any(target in tainted for target in looked_at(question.enable_when)):
            hangs.add(question.id)
        if question.is_scored or question.id in hangs:
            tainted.add(question.id)
    return frozenset(q.id for q in questions if q.id in hangs and not q.leaves_when_false)


def _whole(weights: Mapping[str, Decimal]) -> dict[str, int]:
    """Return weights as whole numbers in the same proportions."""
    scale = lcm(1, *(Fraction(weight).denominator for weight in weights.values()))
    return {id_: int(Fraction(weight) * scale) for id_, weight in weights.items()}


def _sections(
    questionnaire: Questionnaire, questions: list[Question], section_weights: Weights, question_weights: Weights
) -> tuple[PlannedSection, ...]:
    by_id = {question.id: question for question in questions}
    kept: list[tuple[Section, tuple[Question, ...]]] = []
    for section in questionnaire.sections:
        asked = tuple(by_id[question.id] for question in section.questions if question.id in by_id)
        if asked:
            kept.append((section, asked))
    scored = {section.id for section, asked in kept if any(question.is_scored for question in asked)}
    whole = _whole({id_: weight for id_, weight in section_weights.weights.items() if id_ in scored})
    total = sum(whole.values())
    return tuple(_planned_sections(kept, whole, total, question_weights))


def _planned_sections(
    kept: list[tuple[Section, tuple[Question, ...]]], whole: Mapping[str, int], total: int, weights: Weights
) -> Iterator[PlannedSection]:
    start = 0
    for section, asked in kept:
        own = _whole({q.id: weights.weights[q.id] for q in asked if q.is_scored})
        weight = whole.get(section.id, 0)
        yield PlannedSection(
            section=section,
            questions=asked,
            start=start,
            stop=start + len(asked),
            weight=weight,
            published_weight=Fraction(100 * weight, total) if total else Fraction(0),
            weights={question.id: own.get(question.id, 0) for question in asked},
            in_order=tuple(own.get(question.id, 0) for question in asked),
            full=sum(own.values()),
        )
        start += len(asked)
