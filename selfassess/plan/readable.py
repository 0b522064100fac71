"""Write a plan so that a person can read, compare and fingerprint it: plain data, every figure exact.

It is the golden file of a questionnaire version, and what a scoring method is named by.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from selfassess.conditions import sentence
from selfassess.languages import ENGLISH, Words
from selfassess.model.conditions import EveryRow, Gate
from selfassess.model.questionnaire import (
    ColumnRule,
    Curve,
    FlagScores,
    OptionScores,
    RowRules,
    Rule,
    ShareOfOptions,
    Steps,
    SumOfOptions,
    Unscored,
)
from selfassess.numbers import exactly
from selfassess.plan.plans import PlannedQuestion, ScoringPlan

METHOD = "selfassess/1"


def readable(plan: ScoringPlan) -> dict[str, Any]:
    """Return the plan as plain data: texts, lists and mappings."""
    profile = plan.profile
    return {
        "method": METHOD,
        "questionnaire": {"id": plan.questionnaire.id, "version": plan.questionnaire.version},
        "profile": {"id": profile.id, "version": profile.version},
        "lot": plan.lot or "",
        "evidence_mode": profile.evidence_mode.value,
        "not_applicable_cap": exactly(plan.cap),
        "incomplete": "exclude" if profile.excludes_incomplete else "score",
        "decimals": str(profile.decimals),
        "minima": _minima(plan),
        "bands": [{"from": exactly(band.start), "label": band.label} for band in profile.bands],
        "sections": [
            {
                "id": section.section.id,
                "weight": exactly(section.published_weight),
                "questions": [_question(q) for q in plan.questions[section.start : section.stop]],
            }
            for section in plan.sections
        ],
    }


def _minima(plan: ScoringPlan) -> dict[str, str]:
    minima = plan.profile.minima
    total = {} if minima.total is None else {"total": exactly(minima.total)}
    return total | {id_: exactly(value) for id_, value in minima.sections.items()}


def _question(planned: PlannedQuestion) -> dict[str, Any]:
    question = planned.question
    plain: dict[str, Any] = {"id": question.id, "type": question.type.value, "score": _rule(question.score)}
    if question.is_scored:
        plain["weight"] = exactly(planned.published_weight)
    if question.table and question.table.aggregate:
        plain["aggregate"] = question.table.aggregate.value
        if question.table.weight:
            plain["weighted_by"] = question.table.weight
    if planned.condition is not None:
        plain["asked_when"] = sentence(planned.condition)
        plain["when_not_asked"] = "stays with 0" if planned.stays else "leaves the sums"
    if planned.gate_condition is not None:
        plain["gate"] = gate_sentence(planned.gate_condition)
    if question.not_applicable:
        plain["not_applicable"] = list(question.not_applicable)
    plain["evidence"] = {"minimum": planned.minimum.name, "support_in_tenths": list(map(str, planned.support))}
    if question.evidence and question.evidence.accepts is not None:
        plain["evidence"]["accepts"] = list(question.evidence.accepts)
    if question.evidence and question.evidence.valid_months is not None:
        plain["evidence"]["valid_months"] = str(question.evidence.valid_months)
    return plain


def gate_sentence(gate: Gate, words: Words = ENGLISH) -> str:
    """Return a gate in words."""
    if isinstance(gate, EveryRow):
        return words.say("in every row, {condition}", condition=sentence(gate.condition, words))
    return sentence(gate, words)


def _scores(scores: Mapping[str, Decimal]) -> dict[str, str]:
    return {id_: exactly(score) for id_, score in scores.items()}


def _pairs(pairs: Any) -> list[list[str]]:
    return [[exactly(x) if isinstance(x, Decimal | Fraction) else str(x), exactly(score)] for x, score in pairs]


def _rule(rule: Rule) -> Any:
    if isinstance(rule, Unscored):
        return "unscored"
    if isinstance(rule, ShareOfOptions):
        return "share"
    if isinstance(rule, FlagScores):
        return {"true": exactly(rule.yes), "false": exactly(rule.no)}
    if isinstance(rule, OptionScores | SumOfOptions):
        name = "options" if isinstance(rule, OptionScores) else "sum"
        return {name: _scores(rule.scores)}
    if isinstance(rule, Curve):
        return {"curve": _pairs(rule.points)}
    if isinstance(rule, Steps):
        return {"steps": _pairs(rule.steps)}
    if isinstance(rule, ColumnRule):
        return {"column": rule.column, "rule": _rule(rule.rule)}
    if isinstance(rule, RowRules):
        return {"rows": [[sentence(condition), exactly(score)] for condition, score in rule.rows]}
    raise TypeError(rule)
