"""Read YAML as the small language that it is here: from the event stream, every plain scalar a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import yaml

from selfassess import limits
from selfassess.problems import Code, InvalidDocument, Problem
from selfassess.sources.json_text import decoded
from selfassess.sources.locations import escaped
from selfassess.sources.plain import Plain, Source, place_of, problem_at

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ODD_BREAKS = re.compile("[\x00\x85\u2028\u2029\ufeff]|\r(?!\n)")
_COMMENT = re.compile(r"[ \t]+#")
_DIRECTIVE = re.compile(r"^%", re.MULTILINE)


class _Stop(Exception):
    """The text cannot be read any further."""


def read_yaml(raw: bytes, file: str, *, limit: int = limits.DOCUMENT_BYTES) -> Source:
    """Return the source of a YAML text; ``InvalidDocument`` with all reasons why it cannot be read."""
    if len(raw) > limit:
        raise InvalidDocument([problem_at(file, "", 0, Code.LIMIT_SIZE, {"size": str(len(raw)), "limit": str(limit)})])
    text = decoded(raw, file, Code.YAML_ENCODING)
    odd = _ODD_BREAKS.search(text)
    if odd is not None:
        reason = f"the character U+{ord(odd.group()):04X} cannot stand here"
        raise InvalidDocument([problem_at(file, text, odd.start(), Code.YAML_SYNTAX, {"reason": reason})])
    building = _Building(file, text)
    try:
        building.build()
    except (_Stop, RecursionError):
        pass
    except yaml.YAMLError as error:
        is_deep = "nesting depth" in _reason(error)  # libyaml's own bound, met before any of its events
        code = Code.YAML_DEPTH if is_deep else Code.YAML_SYNTAX
        building.fault(_offset_of(error, building), code, reason=_reason(error), limit=str(limits.DEPTH))
    if building.problems:
        raise InvalidDocument(building.problems)
    offsets = building.offsets
    return Source(file, raw, text, building.data, lambda _: offsets, is_yaml=True)


def _reason(error: yaml.YAMLError) -> str:
    said = getattr(error, "problem", None) or getattr(error, "reason", None)
    return str(said) if said else "it cannot be read"


def _offset_of(error: yaml.YAMLError, building: _Building) -> int:
    mark = getattr(error, "problem_mark", None)
    if mark is not None:
        return building.offset(mark)
    position = getattr(error, "position", 0)
    return int(position) if isinstance(position, int) else 0


class _Building:
    """A tree that is being built from events, with the place of each part."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text = file, text
        self.problems: list[Problem] = []
        self.offsets: dict[str, tuple[int, int]] = {}
        self.data: Any = None
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._documents = 0

    def offset(self, mark: Any) -> int:
        """Return the offset of a mark: libyaml counts bytes in ``index``, so line and column are used."""
        return min(int(self._starts[min(mark.line, len(self._starts) - 1)] + mark.column), len(self.text))

    def fault(self, offset: int, code: Code, pointer: str = "", related: tuple[Any, ...] = (), **values: str) -> None:
        """Note a problem; where there are too many, nothing is read any further."""
        self.problems.append(problem_at(self.file, self.text, offset, code, values, pointer, related))
        if len(self.problems) == limits.PROBLEMS_FOUND:
            values = {"limit": str(limits.PROBLEMS_FOUND)}
            self.problems.append(problem_at(self.file, self.text, 0, Code.LIMIT_PROBLEMS, values))
            raise _Stop

    def build(self) -> None:
        """Read all events."""
        events = self._checked(yaml.parse(self.text, Loader=_LOADER))
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                self._documents += 1
                if self._documents > 1:
                    self.fault(self.offset(event.start_mark), Code.YAML_SYNTAX, reason="a second document begins here")
                    raise _Stop
                self.data = self._node(next(events), events, "", 1, None)
        if not self._documents:
            self.fault(0, Code.YAML_SYNTAX, reason="it is empty")

    def _checked(self, events: Iterator[Any]) -> Iterator[Any]:
        """Yield the events, noting what is not used here."""
        for event in events:
            at = self.offset(event.start_mark)
            if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
                self.fault(at, Code.YAML_ALIAS)
                if isinstance(event, yaml.AliasEvent):
                    raise _Stop
            if getattr(event, "tag", None) is not None:
                self.fault(at, Code.YAML_TAG, tag=str(event.tag))
            if isinstance(event, yaml.DocumentStartEvent) and (event.version or event.tags):
                self.fault(at, Code.YAML_SYNTAX, reason="directives are not used here")
                raise _Stop
            yield event

    def _node(self, event: Any, events: Iterator[Any], pointer: str, depth: int, key_at: int | None) -> Any:
        at = self.offset(event.start_mark)
        self.offsets[pointer] = (at if key_at is None else key_at, at)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, pointer)
        if depth > limits.DEPTH:
            self.fault(at, Code.YAML_DEPTH, pointer, limit=str(limits.DEPTH))
            raise _Stop
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, pointer, depth)
        return self._mapping(events, pointer, depth)

    def _scalar(self, event: Any, pointer: str) -> str:
        if event.style in (None, ""):
            end = self.offset(event.end_mark)
            if event.value and _COMMENT.match(self.text, end):
                self.fault(end, Code.YAML_COMMENT, pointer)
            return Plain(event.value)
        value = str(event.value)
        return value.removesuffix("\n") if event.style in "|>" else value

    def _sequence(self, events: Iterator[Any], pointer: str, depth: int) -> list[Any]:
        found: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self._node(event, events, f"{pointer}/{len(found)}", depth + 1, None))
        return found

    def _mapping(self, events: Iterator[Any], pointer: str, depth: int) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        places: dict[str, int] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            at = self.offset(event.start_mark)
            if not isinstance(event, yaml.ScalarEvent):
                self.fault(at, Code.YAML_SYNTAX, pointer, reason="a key must be a text")
                raise _Stop
            key = str(event.value)
            inner = f"{pointer}/{escaped(key)}"
            if key == "<<" and event.style in (None, ""):
                self.fault(at, Code.YAML_ALIAS, inner)
            if key in places:
                first = (place_of(self.file, self.text, places[key]),)
                self.fault(at, Code.YAML_DUPLICATE_KEY, inner, first, key=key)
            places.setdefault(key, at)
            value = self._node(next(events), events, inner, depth + 1, at)
            found.setdefault(key, value)
        return found
