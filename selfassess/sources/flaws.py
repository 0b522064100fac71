"""Find the numbers and characters of plain data that nobody can use, wherever they stand, read or not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from selfassess.problems import Code, Fault, Faults
from selfassess.sources.plain import OddNumber
from selfassess.text import flaws, is_plain

OF_TEXTS = frozenset(
    {
        *(Code.TEXT_CONTROL, Code.TEXT_BIDI, Code.TEXT_INVISIBLE, Code.TEXT_NOT_NFC, Code.TEXT_SURROGATE),
        *(Code.TEXT_MARKS, Code.TEXT_UNASSIGNED, Code.JSON_NUMBER),
    }
)


def with_flaws(data: Any, faults: Iterable[Fault]) -> Faults:
    """Return the faults of plain data with those of its numbers, texts and keys that no reading has named yet.

    A reading stops at a key that it does not know and at a value of another kind; what stands there is looked at too,
    since all problems are said at once.
    """
    found = Faults()
    found.extend(faults)
    named = {fault.pointer for fault in found if fault.code in OF_TEXTS}
    found.extend(fault for fault in _flaws(data, "") if fault.pointer not in named)
    return found


def _flaws(data: Any, pointer: str) -> Iterator[Fault]:
    if isinstance(data, OddNumber):
        values = {"text": str(data), "reason": data.reason}
        yield Fault(pointer=pointer, code=Code.JSON_NUMBER, values=values)
    elif isinstance(data, str):
        yield from _of_text(data, pointer, on_key=False)
    elif isinstance(data, dict):
        for key, value in data.items():
            below = f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"
            yield from _of_text(str(key), below, on_key=True)
            yield from _flaws(value, below)
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _flaws(value, f"{pointer}/{index}")


def _of_text(text: str, pointer: str, *, on_key: bool) -> Iterator[Fault]:
    if text and not is_plain(text):
        for code, values in flaws(text, limit=len(text), lines=True):
            yield Fault(pointer=pointer, code=code, values=values, on_key=on_key)
