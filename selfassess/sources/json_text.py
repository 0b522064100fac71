"""Read JSON strictly: by the standard library with hooks, and a located scan only when a place is wanted."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import lru_cache
from typing import Any, NoReturn

from selfassess import limits
from selfassess.errors import NumberForm
from selfassess.numbers import exact
from selfassess.problems import Code, InvalidDocument, Problem
from selfassess.sources.locations import json_offsets, repeated_keys
from selfassess.sources.plain import OddNumber, Source, problem_at

SHORT = 15  # a number token of so few characters has so few digits
_SIMPLE = re.compile(r"-?(?:0|[1-9][0-9]{0,13})(?:\.[0-9]{1,5})?", re.ASCII)
# Possessive, so that a text which never ends is read once and not again from every quotation mark in it.
_TOO_DEEP = re.compile(r'"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)


class _Repeated(Exception):
    """A key stands twice in one object."""


class _NoNumber(Exception):
    """NaN or an infinity stands in the text."""


@lru_cache(maxsize=4096)
def _number(token: str) -> Decimal | OddNumber:
    if len(token) <= SHORT and _SIMPLE.fullmatch(token) and token != "-0":  # noqa: S105  a number
        return Decimal(token)
    try:
        return exact(token)
    except NumberForm as odd:
        return OddNumber(token, str(odd))


def _no_number(token: str) -> NoReturn:
    raise _NoNumber(token)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Repeated
    return found


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_int=_number, parse_float=_number, parse_constant=_no_number
)


def parse_json(raw: bytes) -> Any:
    """Return the plain data of a JSON text; raises whatever stands in the way (``read_json`` says what)."""
    return _parsed(raw, raw.decode("utf-8"))


def _parsed(raw: bytes, text: str) -> Any:
    if raw.startswith(b"\xef\xbb\xbf"):
        raise ValueError("byte order mark")
    if raw.count(b"[") + raw.count(b"{") > limits.DEPTH and too_deep(text) is not None:
        raise RecursionError
    return _DECODER.decode(text)


def too_deep(text: str) -> int | None:
    """Return where a text is nested deeper than allowed, None when it is not."""
    depth = 0
    for match in _TOO_DEEP.finditer(text):
        sign = match.group()
        if sign in ("[", "{"):
            depth += 1
            if depth > limits.DEPTH:
                return match.start()
        elif sign in ("]", "}"):
            depth -= 1
    return None


def read_json(raw: bytes, file: str, *, limit: int = limits.RESPONSE_BYTES) -> Source:
    """Return the source of a JSON text; ``InvalidDocument`` with all reasons why it cannot be read."""
    if len(raw) > limit:
        raise InvalidDocument([problem_at(file, "", 0, Code.LIMIT_SIZE, {"size": str(len(raw)), "limit": str(limit)})])
    try:
        text = raw.decode("utf-8")
        data = _parsed(raw, text)
    except (ValueError, RecursionError, _Repeated, _NoNumber):
        raise InvalidDocument(_reasons(raw, file)) from None
    return Source(file, raw, text, data, json_offsets, is_yaml=False)


def decoded(raw: bytes, file: str, code: Code) -> str:
    """Return the text of UTF-8 bytes without a byte order mark; ``InvalidDocument`` with the place otherwise."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in raw[:4]:  # also without a mark, as some editors save
        raise InvalidDocument([problem_at(file, "", 0, code, {"reason": "it is UTF-16 or UTF-32"})])
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", "replace")
        reason = f"byte 0x{raw[error.start]:02x} cannot stand here"
        raise InvalidDocument([problem_at(file, before + " ", len(before), code, {"reason": reason})]) from None
    if text.startswith("\ufeff"):
        raise InvalidDocument([problem_at(file, "", 0, code, {"reason": "it begins with a byte order mark"})])
    return text


def _reasons(raw: bytes, file: str) -> list[Problem]:
    text = decoded(raw, file, Code.JSON_ENCODING)
    deep = too_deep(text)
    if deep is not None:
        return [problem_at(file, text, deep, Code.JSON_DEPTH, {"limit": str(limits.DEPTH)})]
    constants: list[Problem] = []
    try:
        json.loads(text, parse_constant=str, parse_int=str, parse_float=str)
        json.loads(text, parse_constant=_no_number, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        offset, reason = _syntax(text, error)
        return [problem_at(file, text, offset, Code.JSON_SYNTAX, {"reason": reason})]
    except _NoNumber:
        constants = [
            problem_at(file, text, offset, Code.JSON_NUMBER, {"text": token, "reason": "is no number"})
            for offset, token in _constants(text)
        ]
    repeated = [
        problem_at(file, text, second, Code.JSON_DUPLICATE_KEY, {"key": key}, pointer, (_place(file, text, first),))
        for pointer, key, first, second in repeated_keys(text)
    ]
    return constants + repeated


def _syntax(text: str, error: json.JSONDecodeError) -> tuple[int, str]:
    """Return where a text is no JSON and why; a comma at the end is told as such by newer versions of Python alone."""
    before = text[: error.pos].rstrip(" \t\r\n")
    after = text[error.pos :].lstrip(", \t\r\n")[:1]
    is_told = error.msg.startswith("Illegal trailing comma")
    if after in ENDS and (is_told or (before.endswith(",") and text[error.pos] == after)):
        return error.pos if is_told else len(before) - 1, f"a comma stands before the end of the {ENDS[after]}"
    return error.pos, error.msg[:1].lower() + error.msg[1:]


def _place(file: str, text: str, offset: int) -> Any:
    from selfassess.sources.plain import place_of  # noqa: PLC0415  needed only here

    return place_of(file, text, offset)


ENDS = {"}": "object", "]": "array"}
_CONSTANT = re.compile(r'"(?:[^"\\]|\\.)*+"|-?Infinity|NaN', re.DOTALL)


def _constants(text: str) -> list[tuple[int, str]]:
    return [(match.start(), match.group()) for match in _CONSTANT.finditer(text) if match.group()[0] != '"']
