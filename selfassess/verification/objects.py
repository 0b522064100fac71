"""Two PDF files compared object by object, whatever their compression and the order of their objects."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

Waiting = deque[tuple[str, Any, Any]]

MOST = 12  # differences that are told
IGNORED = frozenset({"/Length", "/Filter", "/DecodeParms"})
LAST = ("/StructTreeRoot", "/Outlines", "/Parent", "/P", "/Pg", "/Dest", "/Dests")  # what leads back to pages
CROSS_REFERENCES = ("/ObjStm", "/XRef")


def differing(found: Any, expected: Any) -> list[str]:
    """Return where the objects of one reader's file differ from another's: paths from the trailer."""
    differences: list[str] = []
    for path in _walk(found, expected):
        differences.append(path)
        if len(differences) == MOST:
            break
    return differences


def _walk(found: Any, expected: Any) -> Iterator[str]:
    """Yield the paths at which two graphs of objects differ: what pages show first, what leads back to them last."""
    waiting = deque((key, _raw(found, key), _raw(expected, key)) for key in ("/Root", "/Info", "/ID"))
    later: Waiting = deque()
    seen: set[tuple[int, int]] = set()
    while waiting or later:
        path, one, other = waiting.popleft() if waiting else later.popleft()
        if hasattr(one, "idnum") and hasattr(other, "idnum"):
            pair = (one.idnum, other.idnum)
            if pair in seen:
                continue
            seen.add(pair)
        one, other = _plain(one), _plain(other)
        if isinstance(one, dict) and isinstance(other, dict):
            yield from _keys(path, one, other, waiting, later)
        elif isinstance(one, list) and isinstance(other, list):
            if len(one) != len(other):
                yield f"{path} ({len(one)} in place of {len(other)})"
            waiting.extend((f"{path}/{at}", a, b) for at, (a, b) in enumerate(zip(one, other, strict=False)))
        elif type(one) is not type(other) or one != other:
            yield path


def _raw(reader: Any, key: str) -> Any:
    return reader.trailer.raw_get(key) if key in reader.trailer else None


def _keys(path: str, one: Any, other: Any, waiting: Waiting, later: Waiting) -> Iterator[str]:
    """Yield what two dictionaries differ in at once; what stands below is left waiting."""
    keys = [key for key in {**one, **other} if key not in IGNORED]
    for key in keys:
        if key not in one or key not in other:
            yield f"{path}{key} ({'more' if key in one else 'missing'})"
        else:
            (later if key in LAST else waiting).append((f"{path}{key}", one.raw_get(key), other.raw_get(key)))
    streams = [hasattr(side, "get_data") for side in (one, other)]
    if streams[0] is not streams[1] or (all(streams) and one.get_data() != other.get_data()):
        yield path


def _plain(value: Any) -> Any:
    return value.get_object() if hasattr(value, "get_object") else value


def unreachable(reader: Any) -> list[int]:
    """Return the numbers of objects that nothing refers to, empty ones and cross references left out."""
    waiting, seen = [reader.trailer.get(key) for key in ("/Root", "/Info", "/ID")], set()
    while waiting:
        value = waiting.pop()
        if hasattr(value, "idnum"):
            if value.idnum in seen:
                continue
            seen.add(value.idnum)
        value = _plain(value)
        if hasattr(value, "raw_get"):
            waiting += [value.raw_get(key) for key in value]
        elif isinstance(value, list):
            waiting += list(value)
    every = {number for numbers in reader.xref.values() for number in numbers} | set(reader.xref_objStm)
    return sorted(number for number in every - seen if not _is_idle(reader, number))


def _is_idle(reader: Any, number: int) -> bool:
    """Return whether an object holds nothing, or only says where the others are."""
    from pypdf.generic import IndirectObject  # noqa: PLC0415  only where files are verified

    value = _plain(IndirectObject(number, 0, reader))
    return value is None or value == {} or (isinstance(value, dict) and value.get("/Type") in CROSS_REFERENCES)
