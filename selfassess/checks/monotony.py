"""Can a better answer turn a condition false? Exact, over the closed vocabulary of conditions and rules (method, 3.1).

Every kind of answer is looked at as a set of pairs (truth of the comparison, value of the answer); a better answer can
turn the comparison false when some answer that makes it true is worth less than some answer that makes it false.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from selfassess.conditions import comparer
from selfassess.model.conditions import Combination, Comparison, Condition, Junction, Operator, Subject, looked_at
from selfassess.model.questionnaire import Curve, Kind, Question, Steps
from selfassess.plan.rules import scale_of, value_of

Pairs = list[tuple[bool, Fraction]]


def turning(question: Question, known: Mapping[str, Question]) -> tuple[str, ...]:
    """Return the questions looked at to which a better answer can turn a question's condition false."""
    if question.enable_when is None:
        return ()
    falls = set(_targets(question.enable_when, known, falling=True))
    return tuple(target for target in looked_at(question.enable_when) if target in falls)


def _targets(condition: Condition, known: Mapping[str, Question], *, falling: bool) -> Iterator[str]:
    """Yield the questions to which a better answer can turn a condition false (or, not falling, true)."""
    if isinstance(condition, Combination):
        below = falling != (condition.junction is Junction.NOT)
        for part in condition.parts:
            yield from _targets(part, known, falling=below)
        return
    target = known.get(condition.target) if condition.subject is Subject.QUESTION else None
    if target is None:
        return
    hidden = target.enable_when is not None and any(_targets(target.enable_when, known, falling=falling))
    if hidden or _turns(pairs_of(condition, target), falling=falling):
        yield target.id


def _turns(pairs: Pairs, *, falling: bool) -> bool:
    before = [value for truth, value in pairs if truth is falling]
    after = [value for truth, value in pairs if truth is not falling]
    return bool(before and after) and min(before) < max(after)


def pairs_of(comparison: Comparison, question: Question) -> Pairs:
    """Return truth and value of every kind of answer to a question, none where its answers have no order."""
    if not question.is_scored or comparison.operator is Operator.ANSWERED or question.type is Kind.TABLE:
        return []
    scale = scale_of(question)
    value = value_of(question.score, question, scale)
    compares = comparer(comparison, question.type)
    if value is None:
        return []
    if question.type is Kind.CHOICES:
        return _ticked(question, comparison, value)
    if question.type in (Kind.BOOLEAN, Kind.CHOICE):
        answers: list[Any] = [True, False] if question.type is Kind.BOOLEAN else [o.id for o in question.options]
        return [(compares(answer), Fraction(value(answer))) for answer in answers]
    if question.type is Kind.DATE:
        return _dated(question, comparison, value, compares)
    return _numbers(question, comparison, value, compares)


def _ticked(question: Question, comparison: Comparison, value: Any) -> Pairs:
    """Of all sets of ticks, the least and the best with the option and without it."""
    option = str(comparison.operands[0])
    others = tuple(o.id for o in question.options if o.id != option and not o.exclusive)
    return [
        (True, Fraction(value((option,)))),
        (True, Fraction(value((option, *others)))),
        (False, Fraction(0)),
        (False, Fraction(value(others))),
    ]


def _dated(question: Question, comparison: Comparison, value: Any, compares: Any) -> Pairs:
    from datetime import date, timedelta  # noqa: PLC0415  needed for dates alone

    starts = [start for start, _ in question.score.steps] if isinstance(question.score, Steps) else []
    days = {start for start in starts if isinstance(start, date)}
    days |= {date.fromisoformat(str(operand)) for operand in comparison.operands}
    around = {day + timedelta(days=shift) for day in days for shift in (-1, 0, 1)}
    return [(compares(day), Fraction(value(day))) for day in sorted(around)]


def _numbers(question: Question, comparison: Comparison, value: Any, compares: Any) -> Pairs:
    """Look at every breakpoint, and inside every stretch between two at both ends of it.

    Between breakpoints a comparison does not change and a rule is a straight line, so its ends bound its values.
    """
    rule = question.score
    pairs = rule.points if isinstance(rule, Curve) else rule.steps if isinstance(rule, Steps) else ()
    percent = question.type is Kind.PERCENT
    low = Fraction(0) if percent else Fraction(question.minimum or 0)
    high = Fraction(100) if percent else Fraction(question.maximum or 0)
    breaks = {low, high, *(Fraction(x) for x, _ in pairs)}  # type: ignore[arg-type]
    breaks |= {Fraction(operand) for operand in comparison.operands if not isinstance(operand, str)}
    inside = sorted(x for x in breaks if low <= x <= high)
    found: Pairs = [(compares(x), Fraction(value(x))) for x in inside]
    for left, right in itertools.pairwise(inside):
        third, two_thirds = left + (right - left) / 3, left + 2 * (right - left) / 3
        truth, first, second = compares(third), Fraction(value(third)), Fraction(value(two_thirds))
        found += [(truth, 2 * first - second), (truth, 2 * second - first)]
    return found
