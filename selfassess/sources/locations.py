"""Find where each part of a JSON text stands. Runs only on texts that the strict reader has accepted as JSON."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any

from selfassess import limits

_SPACE = re.compile(r"[ \t\n\r]*")
_SCALAR = re.compile(r"[^ \t\n\r,\]}]*")


def escaped(key: str) -> str:
    """Return a key as a step of an RFC 6901 pointer."""
    return key.replace("~", "~0").replace("/", "~1")


def json_offsets(text: str) -> Mapping[str, tuple[int, int]]:
    """Return for each pointer where its key (of a list's entry: its value) and its value begin, up to a bound."""
    found: dict[str, tuple[int, int]] = {}
    for pointer, key_at, value_at, _ in _walk(text):
        found.setdefault(pointer, (key_at, value_at))
        if len(found) >= limits.PLACES:
            break
    return found


def repeated_keys(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Yield each key that stands twice in one object: its pointer, the key, and where both stand."""
    first: dict[str, int] = {}
    for pointer, key_at, _, key in _walk(text):
        if key is None:
            continue
        if pointer in first:
            yield pointer, key, first[pointer], key_at
        else:
            first[pointer] = key_at


def _walk(text: str) -> Iterator[tuple[str, int, int, str | None]]:
    """Yield pointer, place of the key, place of the value and the key (None in a list) of every value."""
    space = _SPACE.match
    at = _end(space(text, 0))
    yield "", at, at, None
    stack: list[tuple[str, int | None]] = []  # the container's pointer, and the next index of a list
    pointer = ""
    while True:
        opening = text[at : at + 1]
        if opening in ("{", "["):
            stack.append((pointer, 0 if opening == "[" else None))
            at = _end(space(text, at + 1))
        elif opening == '"':
            at = scanstring(text, at + 1, False)[1]
        else:
            at = _end(_SCALAR.match(text, at))
        at = _end(space(text, at))
        while stack and text[at : at + 1] in ("]", "}"):
            stack.pop()
            at = _end(space(text, at + 1))
        if not stack:
            return
        if text[at] == ",":
            at = _end(space(text, at + 1))
        pointer, at, seen = _next(text, at, stack)
        yield seen


def _next(text: str, at: int, stack: list[tuple[str, int | None]]) -> tuple[str, int, tuple[str, int, int, str | None]]:
    """Return the next entry of the innermost container: its pointer, where its value begins, and what to yield."""
    parent, index = stack[-1]
    if index is not None:
        stack[-1] = (parent, index + 1)
        pointer = f"{parent}/{index}"
        return pointer, at, (pointer, at, at, None)
    key, after = scanstring(text, at + 1, False)
    value_at = _end(_SPACE.match(text, _end(_SPACE.match(text, after)) + 1))
    pointer = f"{parent}/{escaped(key)}"
    return pointer, value_at, (pointer, at, value_at, key)


def _end(match: Any) -> int:
    return int(match.end())
