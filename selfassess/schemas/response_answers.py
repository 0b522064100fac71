"""Compile what reads one answer: a plain value becomes a usable answer, or ``BAD``, or faults that say why.

``read`` is fast and says nothing; ``explain`` is slow and says everything. A law holds that they agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from selfassess import limits
from selfassess.model.questionnaire import Column, Kind, Option, Question
from selfassess.numbers import exactly
from selfassess.problems import Code, Fault
from selfassess.sources import OddNumber
from selfassess.text import flaws, is_plain


class Bad(Enum):
    """The one value that says that an answer cannot be used."""

    BAD = "bad"


BAD = Bad.BAD
DATE_LENGTH = len("2026-11-20")
EXPECTED = {
    Kind.BOOLEAN: "true or false",
    Kind.CHOICE: "the id of one option, as text",
    Kind.CHOICES: "a list of ids of options",
    Kind.NUMBER: "a number",
    Kind.PERCENT: "a number from 0 to 100",
    Kind.DATE: "a date such as 2026-11-20, as text",
    Kind.TEXT: "a text",
    Kind.TABLE: "a list of rows",
}


@dataclass(frozen=True, slots=True)
class AnswerReader:
    """How one question's (or column's) answers are read.

    ``read`` gives the usable answer or ``BAD``; ``explain`` yields what is wrong with a value, given its pointer.
    """

    read: Callable[[Any], Any]
    explain: Callable[[Any, str], Iterator[Fault]]


def is_absent(value: object) -> bool:
    """Return whether nothing is said: absent, null and the empty text are missing."""
    return value is None or value == ""


def reader_of(asked: Question | Column, limit: int = limits.COMMENT_CHARACTERS) -> AnswerReader:
    """Return the reader of every type but tables."""
    makers: dict[Kind, Callable[[], Callable[[Any], Any]]] = {
        Kind.BOOLEAN: lambda: lambda value: value if value is True or value is False else BAD,
        Kind.CHOICE: lambda: _choice(asked.options),
        Kind.CHOICES: lambda: _choices(asked.options),
        Kind.NUMBER: lambda: _number(asked.minimum, asked.maximum, asked.decimals),
        Kind.PERCENT: lambda: _number(Decimal(0), Decimal(100), asked.decimals),
        Kind.DATE: lambda: as_date,
        Kind.TEXT: lambda: lambda value: value if _is_text(value, limit) else BAD,
    }
    return AnswerReader(makers[asked.type](), lambda value, pointer: _faults(asked, value, pointer, limit))


def _is_text(value: object, limit: int) -> bool:
    if value.__class__ is not str:
        return False
    text = str(value)
    return (is_plain(text) and len(text) <= limit) or not flaws(text, limit=limit, lines=_has_lines(limit))


def _has_lines(limit: int) -> bool:
    """Return whether a text of that length may have several lines: a comment may, a name may not."""
    return limit > limits.TITLE_CHARACTERS


def _choice(options: Sequence[Option]) -> Callable[[Any], Any]:
    ids = frozenset(option.id for option in options)
    return lambda value: value if value.__class__ is str and value in ids else BAD


def _choices(options: Sequence[Option]) -> Callable[[Any], Any]:
    ids = frozenset(option.id for option in options)
    exclusive = frozenset(option.id for option in options if option.exclusive)

    def read(value: Any) -> Any:
        if value.__class__ is not list:
            return BAD
        for id_ in value:
            if id_.__class__ is not str or id_ not in ids:
                return BAD
        if len(value) > 1 and (len(set(value)) != len(value) or not exclusive.isdisjoint(value)):
            return BAD
        return tuple(value)

    return read


def _number(minimum: Decimal | None, maximum: Decimal | None, decimals: int | None) -> Callable[[Any], Any]:
    unit = None if decimals is None else Decimal(1).scaleb(-decimals)

    def read(value: Any) -> Any:
        if value.__class__ is not Decimal:
            return BAD
        if (minimum is not None and value < minimum) or (maximum is not None and value > maximum):
            return BAD
        return value if unit is None or not value % unit else BAD

    return read


def as_date(value: Any) -> Any:
    """Return the date that a text such as ``2026-11-20`` says, or ``BAD``."""
    if value.__class__ is not str or len(value) != DATE_LENGTH or value[4] != "-" or value[7] != "-":
        return BAD
    if not value.isascii():
        return BAD
    try:
        return date.fromisoformat(value)
    except ValueError:
        return BAD


def kind_of(value: object) -> str:
    """Return in words what kind of JSON value stands somewhere."""
    if isinstance(value, bool):
        return "true" if value else "false"
    names = {str: "a text", Decimal: "a number", list: "a list", dict: "an object", OddNumber: "a number"}
    return names.get(type(value), "null" if value is None else "something else")


def text_faults(value: str, pointer: str, limit: int, *, lines: bool, on_key: bool = False) -> Iterator[Fault]:
    """Yield what the text gate finds."""
    for code, values in flaws(value, limit=limit, lines=lines):
        yield Fault(pointer=pointer, code=code, values=values, on_key=on_key)


def _faults(asked: Question | Column, value: Any, pointer: str, limit: int) -> Iterator[Fault]:
    if isinstance(value, OddNumber):
        yield Fault(pointer=pointer, code=Code.JSON_NUMBER, values={"text": str(value), "reason": value.reason})
    elif asked.type in (Kind.NUMBER, Kind.PERCENT) and isinstance(value, Decimal):
        yield from _number_faults(asked, value, pointer)
    elif asked.type is Kind.TEXT and isinstance(value, str):
        yield from text_faults(value, pointer, limit, lines=_has_lines(limit))
    elif asked.type is Kind.CHOICE and isinstance(value, str):
        if all(option.id != value for option in asked.options):
            yield _no_option(asked, value, pointer)
    elif asked.type is Kind.CHOICES and isinstance(value, list):
        yield from _choices_faults(asked, value, pointer)
    elif asked.type is Kind.DATE and isinstance(value, str):
        if as_date(value) is BAD:
            yield Fault(pointer=pointer, code=Code.DATE_FORM, values={"text": value})
    elif not (asked.type is Kind.BOOLEAN and isinstance(value, bool)):
        yield wrong_type(asked, value, pointer)


def wrong_type(asked: Question | Column, value: object, pointer: str) -> Fault:
    """Return the fault of an answer of another type than asked."""
    values = {"question": asked.id, "expected": EXPECTED[asked.type], "found": kind_of(value)}
    return Fault(pointer=pointer, code=Code.ANSWER_TYPE, values=values)


def _no_option(asked: Question | Column, value: str, pointer: str) -> Fault:
    known = ", ".join(option.id for option in asked.options)
    return Fault(
        pointer=pointer, code=Code.ANSWER_OPTION, values={"value": value, "question": asked.id, "known": known}
    )


def _number_faults(asked: Question | Column, value: Decimal, pointer: str) -> Iterator[Fault]:
    percent = asked.type is Kind.PERCENT
    minimum = Decimal(0) if percent else asked.minimum
    maximum = Decimal(100) if percent else asked.maximum
    if (minimum is not None and value < minimum) or (maximum is not None and value > maximum):
        values = {
            "value": exactly(value),
            "minimum": "any" if minimum is None else exactly(minimum),
            "maximum": "any" if maximum is None else exactly(maximum),
            "unit": asked.unit or ("%" if percent else ""),
        }
        yield Fault(pointer=pointer, code=Code.ANSWER_RANGE, values=values)
    if asked.decimals is not None and value % Decimal(1).scaleb(-asked.decimals):
        values = {"value": exactly(value), "decimals": str(asked.decimals)}
        yield Fault(pointer=pointer, code=Code.ANSWER_DECIMALS, values=values)


def _choices_faults(asked: Question | Column, value: Sequence[Any], pointer: str) -> Iterator[Fault]:
    ids = {option.id for option in asked.options}
    seen: set[str] = set()
    for index, ticked in enumerate(value):
        at = f"{pointer}/{index}"
        if not isinstance(ticked, str) or isinstance(ticked, OddNumber):
            values = {"question": asked.id, "expected": "the id of an option", "found": kind_of(ticked)}
            yield Fault(pointer=at, code=Code.ANSWER_TYPE, values=values)
        elif ticked not in ids:
            yield _no_option(asked, ticked, at)
        elif ticked in seen:
            yield Fault(pointer=at, code=Code.ANSWER_REPEATED, values={"value": ticked})
        else:
            seen.add(ticked)
    exclusive = [option.id for option in asked.options if option.exclusive and option.id in seen]
    if exclusive and len(seen) > 1:
        values = {"value": exclusive[0], "question": asked.id}
        yield Fault(pointer=pointer, code=Code.ANSWER_EXCLUSIVE, values=values)


def readers_of(questions: Sequence[Question]) -> Mapping[str, AnswerReader]:
    """Return the readers of all questions that are no tables, by id."""
    return {question.id: reader_of(question) for question in questions if question.type is not Kind.TABLE}
