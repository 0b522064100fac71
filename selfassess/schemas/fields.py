"""Strict fields: each takes one written form and turns it into one kind of value; nothing is coerced.

A field's ``as_written`` gives the plain typed value that is digested: numbers, booleans and texts, nothing added.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from difflib import get_close_matches
from typing import Any, Self

from marshmallow import ValidationError, fields

from selfassess import limits
from selfassess.errors import NumberForm
from selfassess.identifiers import is_digest, is_id, is_supplier_id, is_version
from selfassess.model.conditions import Scalar
from selfassess.numbers import exact
from selfassess.problems import Code
from selfassess.sources import OddNumber, Plain
from selfassess.text import flaws

DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2})?(?:Z|[+-][0-9]{2}:[0-9]{2})", re.ASCII)


class Said(str):
    """A message of marshmallow that carries a problem's code and values."""

    __slots__ = ("code", "values")
    code: Code
    values: Mapping[str, object]

    def __new__(cls, code: Code, **values: object) -> Self:
        """Keep the code and what fills its message."""
        said = super().__new__(cls, code.word)
        said.code, said.values = code, values
        return said

    def format(self, *_: object, **__: object) -> Said:
        """Stay as it is: marshmallow formats its messages."""
        return self


def refusal(code: Code, **values: object) -> ValidationError:
    """Return what a field raises."""
    return ValidationError(Said(code, **values))


def kind_of(value: object) -> str:
    """Return in words what stands somewhere."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return "a number" if isinstance(value, OddNumber) else f"the text {value!r}" if value else "nothing"
    names = {Decimal: "a number", list: "a list", dict: "a mapping"}
    return names.get(type(value), "nothing")


class Written(fields.Field):  # type: ignore[type-arg]
    """A field that says how its value was written."""

    default_error_messages = {  # noqa: RUF012  marshmallow's own name and form
        "required": Said(Code.MISSING_KEY),
        "null": Said(Code.TYPE, found="nothing", expected="a value"),
    }

    def as_written(self, value: Any) -> Any:
        """Return the plain typed value that is digested."""
        return str(value)


class Text(Written):
    """A text that passes the gate; ``lines`` allows several lines."""

    def __init__(self, limit: int = limits.NAME_CHARACTERS, *, lines: bool = False, **more: Any) -> None:
        super().__init__(**more)
        self.limit, self.lines = limit, lines

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        text = text_of(value)
        if not text:
            raise refusal(Code.EMPTY)
        found = [Said(code, **values) for code, values in flaws(text, limit=self.limit, lines=self.lines)]
        if found:
            raise ValidationError(list(found))
        return text


def text_of(value: Any) -> str:
    """Return a text; raise ``TYPE`` for anything else."""
    if not isinstance(value, str) or isinstance(value, OddNumber):
        raise refusal(Code.TYPE, found=kind_of(value), expected="a text")
    return str(value)


class Formed(Written):
    """A text of a fixed form."""

    def __init__(self, fits: Callable[[str], bool], code: Code, **more: Any) -> None:
        super().__init__(**more)
        self.fits, self.code = fits, code

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        text = text_of(value)
        if not self.fits(text):
            raise refusal(self.code, text=text or "nothing")
        return text


def id_field(**more: Any) -> Formed:
    """Return a field for an id."""
    return Formed(is_id, Code.ID_FORM, **more)


def supplier_field(**more: Any) -> Formed:
    """Return a field for the name of a bid's folder."""
    return Formed(is_supplier_id, Code.ID_FORM, **more)


def version_field(**more: Any) -> Formed:
    """Return a field for a version."""
    return Formed(is_version, Code.VERSION_FORM, **more)


def digest_field(**more: Any) -> Formed:
    """Return a field for a digest."""
    return Formed(is_digest, Code.DIGEST_FORM, **more)


class Number(Written):
    """An exact number; a quoted text is none."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Decimal:
        return number_of(value)

    def as_written(self, value: Any) -> Any:
        """Return the number."""
        return number_of(value)


def number_of(value: Any) -> Decimal:
    """Return an exact number from what JSON or YAML says; raise what is wrong with it."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, OddNumber):
        raise refusal(Code.JSON_NUMBER, text=str(value), reason=value.reason)
    if not isinstance(value, Plain):
        raise refusal(Code.TYPE, found=kind_of(value), expected="a number")
    try:
        return exact(value)
    except NumberForm as odd:
        raise refusal(Code.NUMBER_FORM, text=str(value) or "nothing", reason=str(odd)) from None


class Count(Number):
    """A whole number from 0 to ``most``."""

    def __init__(self, most: int, **more: Any) -> None:
        super().__init__(**more)
        self.most = most

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:  # type: ignore[override]
        number = number_of(value)
        if number != number.to_integral_value() or not 0 <= number <= self.most:
            raise refusal(Code.OUT_OF_RANGE, value=format(number, "f"), minimum="0", maximum=f"{self.most}, whole")
        return int(number)


class Flag(Written):
    """``true`` or ``false``, nothing else."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        return flag_of(value)

    def as_written(self, value: Any) -> Any:
        """Return the boolean."""
        return flag_of(value)


def flag_of(value: Any) -> bool:
    """Return a boolean from what JSON or YAML says; raise ``TYPE`` otherwise."""
    if isinstance(value, bool):
        return value
    if isinstance(value, Plain) and value in ("true", "false"):
        return value == "true"
    raise refusal(Code.TYPE, found=kind_of(value), expected="true or false")


class Day(Written):
    """A date such as ``2026-11-20``."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> date:
        return day_of(value)


def day_of(value: Any) -> date:
    """Return the date that a text says; raise ``DATE_FORM`` otherwise."""
    text = text_of(value)
    try:
        if DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise refusal(Code.DATE_FORM, text=text or "nothing")


class Moment(Written):
    """A point in time with its offset, such as ``2026-11-20T12:00:00+01:00``."""

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> datetime:
        text = text_of(value)
        try:
            if MOMENT.fullmatch(text):
                return datetime.fromisoformat(text)
        except ValueError:
            pass
        raise refusal(Code.MOMENT_FORM, text=text or "nothing")


class Word(Written):
    """One of a few words."""

    def __init__(self, words: Sequence[str], **more: Any) -> None:
        super().__init__(**more)
        self.words = tuple(words)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        text = text_of(value)
        if text not in self.words:
            raise refusal(Code.UNKNOWN_WORD, text=text or "nothing", known=nearest(text, self.words))
        return text


def nearest(text: str, words: Sequence[str]) -> str:
    """Return the words in a row, with a guess at what was meant."""
    near = get_close_matches(text, words, 1)
    return ", ".join(words) + (f" (did you mean {near[0]}?)" if near else "")


def scalar_of(value: Any) -> Scalar:
    """Return a value of any kind: plain ``true``, ``false`` and numbers by their form, everything else a text."""
    if isinstance(value, bool | Decimal):
        return value
    if isinstance(value, Plain):
        if value in ("true", "false"):
            return value == "true"
        try:
            return exact(value)
        except NumberForm:
            pass
    return text_of(value)
