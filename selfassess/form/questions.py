"""Questions, conditions and scoring rules as plain data for the page; what the buyer keeps to itself is not in it.

Numbers stand as decimal texts, so that nothing in a browser makes floats of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from selfassess.model.conditions import Combination, Comparison, EveryRow, Gate, Junction, Subject
from selfassess.model.questionnaire import (
    Column,
    ColumnRule,
    Curve,
    EvidenceRule,
    FlagScores,
    Grade,
    Option,
    Question,
    RowRules,
    Rule,
    ShareOfOptions,
    Steps,
    SumOfOptions,
    Unscored,
)

Plain = dict[str, Any]
TextAt = Callable[[str], int]  # the number of the text that stands at a context


def plain_question(question: Question, *, text_at: TextAt, gate: Gate | None) -> Plain:
    """Return a question without anything about its score; ``gate`` is the minimum requirement that it decides."""
    at, evidence = question.id, question.evidence or EvidenceRule()
    plain = _asked(question, at, text_at) | {"reasons": list(question.not_applicable)}
    if question.help:
        plain["help"] = text_at(f"{at}/help")
    if question.enable_when is not None:
        plain["when"] = plain_condition(question.enable_when)
    if gate is not None:
        plain["gate"] = _plain_gate(gate)
    if evidence.minimum > Grade.E1:
        plain["evidence"] = {"grade": evidence.minimum.name, "months": evidence.valid_months or 0}
        if evidence.accepts is not None:
            plain["evidence"]["kinds"] = list(evidence.accepts)
    table = question.table
    if table is not None:
        required = {table.key, table.weight}
        plain |= {
            "columns": [
                _asked(column, f"{at}/columns/{column.id}", text_at)
                | {"required": column.required or column.id in required}
                for column in table.columns
            ],
            "key": table.key,
            "empty": table.empty_is_not_applicable,
        }
        # How rows become one value also decides which rows can be used (method, 3.4).
        plain |= {"aggregate": table.aggregate.value} if table.aggregate else {}
        plain |= {"weight": table.weight} if table.weight else {}
    return plain


def _asked(asked: Question | Column, at: str, text_at: TextAt) -> Plain:
    """Return what a question and a column have in common."""
    plain: Plain = {"id": asked.id, "type": asked.type.value, "text": text_at(f"{at}/text")}
    if asked.unit:
        plain["unit"] = text_at(f"{at}/unit")
    if asked.options:
        plain["options"] = [_option(option, f"{at}/{option.id}/text", text_at) for option in asked.options]
    bounds = {"min": asked.minimum, "max": asked.maximum}
    plain |= {name: _number(bound) for name, bound in bounds.items() if bound is not None}
    return plain | ({} if asked.decimals is None else {"decimals": asked.decimals})


def _option(option: Option, at: str, text_at: TextAt) -> Plain:
    plain: Plain = {"id": option.id, "text": text_at(at)}
    return plain | ({"exclusive": True} if option.exclusive else {})


def _number(value: Decimal) -> str:
    return format(value, "f")


def plain_condition(condition: Combination | Comparison) -> Plain:
    """Return a condition: ``{all|any: [..]}``, ``{not: ..}``, or a comparison ``{s, t, op, v}``."""
    if isinstance(condition, Combination):
        parts = [plain_condition(part) for part in condition.parts]
        return {"not": parts[0]} if condition.junction is Junction.NOT else {condition.junction.value: parts}
    plain: Plain = {"op": condition.operator.value, "v": [_operand(value) for value in condition.operands]}
    if condition.subject in (Subject.QUESTION, Subject.COLUMN):
        return plain | {"t": condition.target}
    return plain | ({} if condition.subject is Subject.ANSWER else {"s": condition.subject.value})


def _plain_gate(gate: Gate) -> Plain:
    return {"every": plain_condition(gate.condition)} if isinstance(gate, EveryRow) else plain_condition(gate)


def _operand(value: object) -> object:
    return {"n": _number(value)} if isinstance(value, Decimal) else value


def plain_rule(rule: Rule) -> Plain | None:
    """Return how answers score, None where they do not."""
    if isinstance(rule, Unscored):
        return None
    if isinstance(rule, ColumnRule):
        return {"k": "column", "c": rule.column, "r": plain_rule(rule.rule)}
    if isinstance(rule, RowRules):
        return {"k": "rows", "r": [[plain_condition(test), _number(score)] for test, score in rule.rows]}
    if isinstance(rule, FlagScores):
        return {"k": "flag", "y": _number(rule.yes), "n": _number(rule.no)}
    if isinstance(rule, Curve):
        return {"k": "curve", "p": [[_number(x), _number(score)] for x, score in rule.points]}
    if isinstance(rule, Steps):
        return _plain_steps(rule)
    if isinstance(rule, ShareOfOptions):
        return {"k": "share"}
    kind = "sum" if isinstance(rule, SumOfOptions) else "options"
    return {"k": kind, "s": {id_: _number(score) for id_, score in rule.scores.items()}}


def _plain_steps(rule: Steps) -> Plain:
    starts: Sequence[Decimal | date] = [start for start, _ in rule.steps]
    said = [start.isoformat() if isinstance(start, date) else _number(start) for start in starts]
    pairs = [[start, _number(score)] for start, (_, score) in zip(said, rule.steps, strict=True)]
    return {"k": "steps", "p": pairs} | ({"dates": True} if any(isinstance(s, date) for s in starts) else {})
