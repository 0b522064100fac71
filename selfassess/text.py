"""The gate that every foreign text passes, and how foreign text is shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from selfassess import limits
from selfassess.characters import is_known
from selfassess.problems.codes import Code

Flaw = tuple[Code, dict[str, object]]

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
_CONTROLS_BUT_LINES = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164"
    "\u2800\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_JOINERS = "\u200c\u200d"
_OPENING = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"}
_OPENING |= {"\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_JOINING_SCRIPTS = (
    *("ARABIC", "SYRIAC", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA"),
    *("TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "KHMER", "MYANMAR", "TIBETAN"),
)


def is_plain(text: str) -> bool:
    """Return whether a text needs no gate: printable ASCII alone, and something to be seen in it."""
    return text.isascii() and text.isprintable() and not text.isspace()


def flaws(text: str, *, limit: int, lines: bool = False) -> tuple[Flaw, ...]:
    """Return what is wrong with a foreign text, in the order of the gate; empty when it passes.

    ``lines`` allows line ends and balanced direction controls, as in comments. Positions count characters from 1.
    """
    found: list[Flaw] = []
    if len(text) > limit:
        found.append((Code.LIMIT_LENGTH, {"length": str(len(text)), "limit": str(limit)}))
        text = text[: limit + 1]
    if is_plain(text):
        return tuple(found)
    surrogate = _SURROGATE.search(text)
    if surrogate is not None:
        return (*found, (Code.TEXT_SURROGATE, {"position": str(surrogate.start() + 1)}))
    found.extend(_character_flaws(text, lines=lines))
    if not lines and text.isspace() and not found:
        found.append((Code.TEXT_INVISIBLE, _at(text, 0)))
    marks = _stacked(text)
    if marks is not None:
        values: dict[str, object] = {"limit": str(limits.COMBINING_MARKS), "position": str(marks + 1)}
        found.append((Code.TEXT_MARKS, values))
    elif not unicodedata.is_normalized("NFC", text):
        found.append((Code.TEXT_NOT_NFC, {}))
    return tuple(found)


def _at(text: str, position: int) -> dict[str, object]:
    return {"name": f"U+{ord(text[position]):04X}", "position": str(position + 1)}


def _character_flaws(text: str, *, lines: bool) -> Iterator[Flaw]:
    control = (_CONTROLS_BUT_LINES if lines else _CONTROLS).search(text)
    if control is not None:
        yield Code.TEXT_CONTROL, _at(text, control.start())
    bidi = _unbalanced(text) if lines else getattr(_BIDI.search(text), "start", lambda: None)()
    if bidi is not None:
        yield Code.TEXT_BIDI, _at(text, bidi)
    hidden = next((m.start() for m in _INVISIBLE.finditer(text) if not _joins(text, m.start())), None)
    if hidden is not None:
        yield Code.TEXT_INVISIBLE, _at(text, hidden)
    later = next((i for i, character in enumerate(text) if not character.isascii() and not is_known(character)), None)
    if later is not None:
        yield Code.TEXT_UNASSIGNED, _at(text, later)


def _unbalanced(text: str) -> int | None:
    """Return the first direction control that is not closed on its own line, or closes nothing."""
    expected: list[tuple[str, int]] = []
    for position, character in enumerate(text):
        if character in _OPENING:
            expected.append((_OPENING[character], position))
        elif character in "\u202c\u2069":
            if not expected or expected.pop()[0] != character:
                return position
        elif character == "\n" and expected:
            return expected[-1][1]
    return expected[-1][1] if expected else None


def _joins(text: str, position: int) -> bool:
    """Return whether a joiner stands between two letters of a script that needs it."""
    if text[position] not in _JOINERS or not 0 < position < len(text) - 1:
        return False
    around = (text[position - 1], text[position + 1])
    return all(unicodedata.name(letter, "").startswith(_JOINING_SCRIPTS) for letter in around)


def _stacked(text: str) -> int | None:
    """Return where more combining marks stand in a row than allowed."""
    run = 0
    for position, character in enumerate(text):
        run = run + 1 if not character.isascii() and unicodedata.category(character) in ("Mn", "Me") else 0
        if run > limits.COMBINING_MARKS:
            return position
    return None


def show(text: str, limit: int = limits.COMMENT_CHARACTERS) -> str:
    r"""Return foreign text safe for a terminal and a log: nothing but printable characters, in one line.

    Everything else becomes an escape such as ``\x1b`` or ``\u202e``; a text over ``limit`` ends in an ellipsis.
    """
    cut = text if len(text) <= limit else text[: limit - 1] + "…"
    if cut.isprintable():
        return cut
    return "".join(character if character.isprintable() else _escape(character) for character in cut)


def width(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _escape(character: str) -> str:
    code = ord(character)
    if code < 0x100:  # noqa: PLR2004  one byte
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"  # noqa: PLR2004  the basic plane


_PAIRS = (
    "аa вb еe кk мm нh оo рp сc тt уy хx ѕs іl јj ԁd ԛq ԝw ɡg αa βb εe ζz ηn ιl κk μm νv οo ρp τt υu χx ωw "
    "0o 1l |l il ıl łl 5s"
)
_ALIKE = {ord(pair[0]): pair[1] for pair in _PAIRS.split(" ")}


def skeleton(name: str) -> str:
    """Return what a name looks like, so that two names which look alike give one skeleton.

    A warning rests on it, never a refusal; the table holds the look-alikes of Latin letters that are common in
    Cyrillic and Greek, digits, and pairs such as rn for m (after Unicode Technical Standard 39).
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    visible = "".join(c for c in folded if not _INVISIBLE.match(c) and not _BIDI.match(c) and not c.isspace())
    return visible.translate(_ALIKE).replace("rn", "m").replace("vv", "w").replace("cl", "d")
