"""Which characters the shipped fonts can print; a report in which one is missing would conform to no standard."""

from __future__ import annotations

import unicodedata
from functools import cache

from selfassess import content

BOX = "□"  # printed in place of a character that no shipped font has
SANS = ("SourceSans3-Regular.ttf", "SourceSans3-Semibold.ttf", "SourceSans3-Bold.ttf")
MONO = "DejaVuSansMono.ttf"
OURS = "–—‘’“”…•·✓✗−≈→▲▼Σ"  # that reports print of themselves
LATIN = (0x0A, *range(0x20, 0x7F), *range(0xA0, 0xAD), *range(0xAE, 0x180))
SURE = frozenset(map(chr, LATIN)) | frozenset(OURS)


@cache
def _known() -> frozenset[str]:
    """Return every character that the text font in all its weights, or the font of digests, has."""
    from fontTools.ttLib import TTFont  # noqa: PLC0415  only where a text has a rare character

    fonts = content.reports() / "fonts"
    cmaps = []
    for name in (*SANS, MONO):
        with TTFont(fonts / name, lazy=True) as font:
            cmaps.append(set(font.getBestCmap()))
    return frozenset(map(chr, set.intersection(*cmaps[:-1]) | cmaps[-1])) | {"\n"}


def lacks(text: str) -> bool:
    """Return whether a text holds a character that cannot be printed."""
    return bool(_missing(text))


def missing_in(text: str) -> tuple[str, ...]:
    """Return the characters of a text that cannot be printed, in their order, each once."""
    missing = _missing(text)
    return tuple(dict.fromkeys(character for character in text if character in missing))


def scripts_missing_in(text: str) -> tuple[str, ...]:
    """Return the scripts of the characters that cannot be printed, such as Hebrew or CJK, each once.

    What is no letter or sign at all is of no script.
    """
    signs = (sign for sign in missing_in(text) if unicodedata.category(sign)[0] != "C")
    return tuple(dict.fromkeys(script_of(sign) for sign in signs))


def script_of(sign: str) -> str:
    """Return the script of a character as its name in Unicode begins with it."""
    word = unicodedata.name(sign, "SYMBOLS").split()[0]
    return word if word == "CJK" else word.capitalize()


def font_for(script: str) -> str:
    """Return a font that has a script's characters; those of Noto are free, and together have every script."""
    return f"Noto Sans {script}"


def covered(text: str) -> str:
    """Return a text with an empty box in place of every character that cannot be printed."""
    missing = _missing(text)
    return text.translate(dict.fromkeys(map(ord, missing), BOX)) if missing else text


def _missing(text: str) -> set[str]:
    if text.isascii():
        return set()
    rare = set(text) - SURE
    return rare - _known() if rare else rare
