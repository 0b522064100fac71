"""Plain data to JSON text that the strict reader reads back without loss: numbers stand as they are, keys in order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from selfassess.sources import OddNumber

INDENT = "  "
# Half characters, control characters, and those that turn the direction of a text: a terminal would obey them.
_UNSHOWN = re.compile("[\ud800-\udfff\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")


def json_text(data: Any) -> str:
    """Return plain data (mappings, sequences, texts, decimals, whole numbers, booleans, None) as indented JSON."""
    return "".join(_pieces(data, "\n")) + "\n"


def json_line(data: Any) -> str:
    """Return plain data as JSON on one line."""
    return "".join(_pieces(data, "")) + "\n"


def json_bytes(data: Any) -> bytes:
    """Return plain data as indented JSON in UTF-8."""
    return json_text(data).encode("utf-8")


def _text(text: str) -> str:
    """Return a text as JSON; what no reader can be shown, or no file can hold, is escaped."""
    written = json.dumps(text, ensure_ascii=False)
    return written if written.isprintable() else _UNSHOWN.sub(_escape, written)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match.group()):04x}"


def _scalar(data: Any) -> str:
    if isinstance(data, OddNumber):
        return str(data)  # as it came: as a text it would be another answer
    if isinstance(data, str):
        return _text(data)
    if isinstance(data, Decimal):
        return format(data, "f")
    if data is None or isinstance(data, bool | int):
        return json.dumps(data)
    raise TypeError(f"{type(data).__name__} is no plain data")


def _pieces(data: Any, newline: str) -> Iterator[str]:
    if isinstance(data, Mapping):
        entries = [(_text(str(key)) + ": ", value) for key, value in data.items()]
        yield from _inside("{", entries, "}", newline)
    elif isinstance(data, Sequence) and not isinstance(data, str):
        yield from _inside("[", [("", value) for value in data], "]", newline)
    else:
        yield _scalar(data)


def _inside(start: str, entries: list[tuple[str, Any]], end: str, newline: str) -> Iterator[str]:
    deeper = newline + INDENT if newline else ""
    yield start
    for number, (key, value) in enumerate(entries):
        yield ("," if newline else ", ") if number else ""
        yield deeper + key
        yield from _pieces(value, deeper)
    yield (newline if entries else "") + end
