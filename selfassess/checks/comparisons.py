"""Does a comparison ask what a type of answer can say?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from selfassess.checks.walking import unknown
from selfassess.model.conditions import Comparison, Operator, Scalar
from selfassess.model.questionnaire import Column, Kind, Question
from selfassess.problems import Code, Fault

Asked = Question | Column
NUMBERS = (Kind.NUMBER, Kind.PERCENT)


def comparison_faults(at: str, comparison: Comparison, asked: Asked) -> Iterator[Fault]:
    """Yield what a comparison asks of a question or column that its answers cannot say."""
    operator, kind = comparison.operator, asked.type
    if operator is Operator.ANSWERED:
        return
    fits = {
        Operator.INCLUDES: kind is Kind.CHOICES,
        Operator.AT_LEAST: kind in (*NUMBERS, Kind.DATE),
        Operator.AT_MOST: kind in (*NUMBERS, Kind.DATE),
    }.get(operator, kind not in (Kind.CHOICES, Kind.TABLE))
    if not fits or not all(_fits(operand, kind) for operand in comparison.operands):
        values = {"comparison": operator.value, "target": asked.id, "type": kind.value}
        yield Fault(pointer=at, code=Code.CONDITION_TYPE, values=values)
    elif kind in (Kind.CHOICE, Kind.CHOICES):
        known = [option.id for option in asked.options]
        for operand in comparison.operands:
            if operand not in known:
                yield unknown(at, Code.UNKNOWN_OPTION, str(operand), known, question=asked.id)


def _fits(operand: Scalar, kind: Kind) -> bool:
    if kind in NUMBERS:
        return isinstance(operand, Decimal)
    if kind is Kind.BOOLEAN:
        return isinstance(operand, bool)
    if not isinstance(operand, str):
        return False
    return kind is not Kind.DATE or _is_date(operand)


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
