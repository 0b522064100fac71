"""Which texts of a response cannot reports print, for want of a font? An empty box stands in their place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from selfassess.glyphs import font_for, lacks, missing_in, scripts_missing_in
from selfassess.problems import Code, Fault
from selfassess.sources import Source
from selfassess.sources.locations import escaped

SHOWN = 8  # characters, in one message


def unprintable_faults(source: Source) -> Iterator[Fault]:
    """Yield the texts of a response that reports cannot print as they are, for want of a font."""
    if "\\u" not in source.text and not lacks(source.text):
        return
    for pointer, text in _texts(source.data, ""):
        # What is no letter or sign at all has a problem of its own.
        missing = [sign for sign in missing_in(text) if unicodedata.category(sign)[0] != "C"]
        if missing:
            scripts = scripts_missing_in(text)
            values = {
                "characters": " ".join(missing[:SHOWN]) + (" …" if len(missing) > SHOWN else ""),
                "scripts": ", ".join(scripts),
                "fonts": ", ".join(map(font_for, scripts)),
            }
            yield Fault(pointer=pointer, code=Code.TEXT_UNPRINTABLE, values=values)


def _texts(plain: Any, pointer: str) -> Iterator[tuple[str, str]]:
    """Yield every text of plain data with its pointer."""
    if isinstance(plain, str):
        yield pointer, plain
    elif isinstance(plain, dict):
        for key, value in plain.items():
            yield from _texts(value, f"{pointer}/{escaped(str(key))}")
    elif isinstance(plain, list):
        for at, value in enumerate(plain):
            yield from _texts(value, f"{pointer}/{at}")
