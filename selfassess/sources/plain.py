"""Plain data and the text that it came from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, Self

from selfassess import limits
from selfassess.problems import Code, Fault, Place, Problem
from selfassess.text import show, width

_LINE_END = re.compile("\n")


class Plain(str):
    """A plain scalar of YAML: text until its place gives it a type."""

    __slots__ = ()


class OddNumber(str):
    """A number of JSON that is none here: its text, with the reason."""

    __slots__ = ("reason",)
    reason: str

    def __new__(cls, text: str, reason: str) -> Self:
        """Keep the text and the reason."""
        odd = super().__new__(cls, text)
        odd.reason = reason
        return odd


Offsets = Mapping[
    str, tuple[int, int]
]  # by pointer: where the key stands (of a list's entry: the value), and the value


class Source:
    """A text as read: its plain data, and where in the text each part of it stands."""

    __slots__ = ("_locate", "_offsets", "data", "file", "is_yaml", "raw", "text")

    def __init__(
        self, file: str, raw: bytes, text: str, data: Any, locate: Callable[[str], Offsets], *, is_yaml: bool
    ) -> None:
        self.file, self.raw, self.text, self.data, self.is_yaml = file, raw, text, data, is_yaml
        self._locate = locate
        self._offsets: Offsets | None = None

    def offset(self, pointer: str, *, on_key: bool = False) -> int:
        """Return where a pointer's value (or key) begins; of one that is not there, its nearest ancestor."""
        if self._offsets is None:
            self._offsets = self._locate(self.text)
        at = pointer
        while at not in self._offsets:
            at = at.rpartition("/")[0]
            on_key = False
            if not at:
                break
        return self._offsets.get(at, (0, 0))[0 if on_key else 1]

    def place(self, pointer: str, *, on_key: bool = False) -> Place:
        """Return the place of a pointer, lines and columns counted from 1."""
        return place_of(self.file, self.text, self.offset(pointer, on_key=on_key))

    def problem(self, fault: Fault) -> Problem:
        """Return the problem that a fault is, with its place and excerpt."""
        offset = self.offset(fault.pointer, on_key=fault.on_key)
        related = tuple(self.place(pointer) for pointer in fault.related)
        return problem_at(self.file, self.text, offset, fault.code, fault.values, fault.pointer, related)

    def problem_at(
        self, code: Code, pointer: str, *, on_key: bool = False, related: tuple[str, ...] = (), **values: object
    ) -> Problem:
        """Return a problem of this text at a pointer."""
        return self.problem(Fault(pointer=pointer, code=code, values=values, on_key=on_key, related=related))


@lru_cache(maxsize=2)
def _line_starts(text: str) -> tuple[int, ...]:
    """Return where each line begins; kept, since a text with one problem often has many."""
    return (0, *(match.end() for match in _LINE_END.finditer(text)))


def place_of(file: str, text: str, offset: int) -> Place:
    """Return line and column of an offset into a text."""
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    return Place(file, line, offset - starts[line - 1] + 1)


def problem_at(
    file: str,
    text: str,
    offset: int,
    code: Code,
    values: Mapping[str, object],
    pointer: str = "",
    related: tuple[Place, ...] = (),
) -> Problem:
    """Return a problem at an offset of a text; foreign values are made safe to show."""
    safe = {name: show(str(value)) for name, value in values.items()}
    place = place_of(file, text, offset)
    return Problem(
        place=place,
        pointer=show(pointer),
        code=code,
        message=code.message.format(**safe),
        hint=code.hint.format(**safe),
        related=related,
        excerpt=excerpt(text, offset),
        values=safe,
    )


def excerpt(text: str, offset: int) -> str:
    """Return the line around an offset, cut and safe to show, and a caret under the place."""
    starts = _line_starts(text)
    line = bisect_right(starts, offset)
    start, end = starts[line - 1], starts[line] - 1 if line < len(starts) else len(text)
    room = limits.EXCERPT_CHARACTERS
    first = start if offset - start <= room * 3 // 4 else offset - room // 2
    before = show(text[first:offset].replace("\t", " "), room * 4)
    after = show(text[offset : min(end, first + room)].replace("\t", " "), room * 4)
    mark = "…" if first > start else ""
    more = "…" if end > first + room else ""
    if not before + after:
        return ""
    return f"{mark}{before}{after}{more}\n{' ' * width(mark + before)}^"
