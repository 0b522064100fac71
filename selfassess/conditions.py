"""Does a question apply, given the answers so far? Conditions in three values (Kleene): true, false or open.

A comparison with a question that is missing or not applicable is open, with one that is not asked false (method,
3.1). Conditions are compiled once into functions; the sentence that says a condition in words stands here too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeGuard

from selfassess.languages import ENGLISH, Words, message, written_day, written_number
from selfassess.model.assessment import State
from selfassess.model.conditions import (
    Combination,
    Comparison,
    Condition,
    Junction,
    Operator,
    Subject,
)
from selfassess.model.questionnaire import Kind

DAY = re.compile("[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
Truth = bool | None
Test = Callable[[Any], Truth]
Facts = tuple[Sequence[State], Sequence[Any], str | None]  # states, answers, the supplier's role


def _all_of(tests: Sequence[Test]) -> Test:
    def test(facts: Any) -> Truth:
        is_open = False
        for part in tests:
            truth = part(facts)
            if truth is False:
                return False
            is_open = is_open or truth is None
        return None if is_open else True

    return test


def _negated(part: Test) -> Test:
    def test(facts: Any) -> Truth:
        truth = part(facts)
        return None if truth is None else not truth

    return test


def _any_of(tests: Sequence[Test]) -> Test:
    return _negated(_all_of([_negated(part) for part in tests]))


def compiled(condition: Condition, compile_comparison: Callable[[Comparison], Test]) -> Test:
    """Return a function that says whether ``condition`` holds, given one that compiles a single comparison."""
    if isinstance(condition, Comparison):
        return compile_comparison(condition)
    tests = [compiled(part, compile_comparison) for part in condition.parts]
    if condition.junction is Junction.NOT:
        return _negated(tests[0])
    return _all_of(tests) if condition.junction is Junction.ALL else _any_of(tests)


def _operand(value: Any, kind: Kind) -> Any:
    return date.fromisoformat(value) if kind is Kind.DATE and isinstance(value, str) else value


def comparer(comparison: Comparison, kind: Kind) -> Callable[[Any], bool]:
    """Return a function that compares a usable answer of ``kind``; values of different types are never equal."""
    operands = tuple(_operand(value, kind) for value in comparison.operands)
    first: Any = operands[0] if operands else None
    tests: dict[Operator, Callable[[Any], bool]] = {
        Operator.IS: lambda answer: same(answer, first),
        Operator.IS_NOT: lambda answer: not same(answer, first),
        Operator.IN: lambda answer: any(same(answer, operand) for operand in operands),
        Operator.AT_LEAST: lambda answer: answer >= first,
        Operator.AT_MOST: lambda answer: answer <= first,
        Operator.INCLUDES: lambda answer: first in answer,
        Operator.ANSWERED: lambda _: True,
    }
    return tests[comparison.operator]


def same(answer: Any, operand: Any) -> bool:
    """Return whether two values are the same kind of value and equal: ``true`` is not 1, ``5`` equals ``5.0``."""
    return bool(isinstance(answer, bool) == isinstance(operand, bool) and answer == operand)


def on_questions(positions: Mapping[str, int], kinds: Mapping[str, Kind], lot: str | None) -> Callable[..., Test]:
    """Return what compiles a comparison with a question, the lot or the role; tests take ``Facts``."""

    def compile_comparison(comparison: Comparison) -> Test:
        if comparison.subject is Subject.LOT:
            in_lot = lot in comparison.operands
            return lambda _: in_lot
        if comparison.subject is Subject.ROLE:
            return lambda facts: facts[2] in comparison.operands
        position, compares = positions[comparison.target], comparer(comparison, kinds[comparison.target])

        def test(facts: Facts) -> Truth:
            state = facts[0][position]
            if state is State.ANSWERED:
                return compares(facts[1][position])
            return False if state is State.NOT_ASKED else None

        return test

    return compile_comparison


def on_cells(kinds: Mapping[str, Kind]) -> Callable[[Comparison], Test]:
    """Return what compiles a comparison with a cell; tests take the usable cells of a row, an empty one is open."""

    def compile_comparison(comparison: Comparison) -> Test:
        column, compares = comparison.target, comparer(comparison, kinds[comparison.target])
        return lambda cells: compares(cells[column]) if column in cells else None

    return compile_comparison


def on_answer(kind: Kind) -> Callable[[Comparison], Test]:
    """Return what compiles a gate's comparison; tests take the usable answer."""
    return lambda comparison: comparer(comparison, kind)


def open_targets(condition: Condition, truth: Callable[[Condition], Truth]) -> Iterable[str]:
    """Yield the questions that keep an open condition open: open comparisons in branches that are open."""
    if truth(condition) is not None:
        return
    if isinstance(condition, Comparison):
        yield condition.target
        return
    for part in condition.parts:
        yield from open_targets(part, truth)


_WORDS = {
    Operator.IS: message("{subject} is {operands}"),
    Operator.IS_NOT: message("{subject} is not {operands}"),
    Operator.IN: message("{subject} is one of {operands}"),
    Operator.AT_LEAST: message("{subject} is at least {operands}"),
    Operator.AT_MOST: message("{subject} is at most {operands}"),
    Operator.INCLUDES: message("{subject} includes {operands}"),
    Operator.ANSWERED: message("{subject} is answered"),
}


def _said(value: object, words: Words) -> str:
    if isinstance(value, bool):
        return words.say("yes") if value else words.say("no")
    if isinstance(value, Decimal):
        return written_number(format(value, "f"), words.language)
    return written_day(str(value), words.language) if DAY.fullmatch(str(value)) else str(value)


def _subject(comparison: Comparison, words: Words) -> str:
    if comparison.subject is Subject.LOT:
        return words.say("the lot")
    if comparison.subject is Subject.ROLE:
        return words.say("the supplier's role")
    return words.say("the answer") if comparison.subject is Subject.ANSWER else comparison.target


def _all_include(parts: Sequence[Condition]) -> TypeGuard[Sequence[Comparison]]:
    """Return whether all parts ask of one subject what it includes."""
    subjects = {
        (part.subject, part.target) if isinstance(part, Comparison) and part.operator is Operator.INCLUDES else None
        for part in parts
    }
    return len(parts) > 1 and len(subjects) == 1 and None not in subjects


def _included(parts: Sequence[Comparison], words: Words) -> str:
    *others, last = (_said(part.operands[0], words) for part in parts)
    subject = _subject(parts[0], words)
    return words.say("{subject} includes {others} and {last}", subject=subject, others=", ".join(others), last=last)


def sentence(condition: Condition, words: Words = ENGLISH) -> str:
    """Return a condition in words, such as ``W01 is answered and the supplier's role is reseller``."""
    if isinstance(condition, Combination):
        if condition.junction is Junction.NOT:
            return words.say("it is not so that {condition}", condition=sentence(condition.parts[0], words))
        if condition.junction is Junction.ALL and _all_include(condition.parts):
            return _included(condition.parts, words)
        word = words.say("and") if condition.junction is Junction.ALL else words.say("or")
        nested = [isinstance(part, Combination) and part.junction is not Junction.NOT for part in condition.parts]
        parts = [sentence(part, words) for part in condition.parts]
        return f" {word} ".join(f"({said})" if inner else said for said, inner in zip(parts, nested, strict=True))
    operands = ", ".join(_said(operand, words) for operand in condition.operands)
    return words.say(_WORDS[condition.operator], subject=_subject(condition, words), operands=operands)
