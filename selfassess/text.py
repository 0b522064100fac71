"""The gate that every foreign text passes, and how foreign text is shown."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from selfassess import limits
from selfassess.problems.codes import Code

Flaw = tuple[Code, dict[str, object]]

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f]")
_CONTROLS_BUT_LINES = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2028\u2029\u2060-\u2065\u206a-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_JOINERS = "\u200c\u200d"
_OPENING = {"\u202a": "\u202c", "\u202b": "\u202c", "\u202d": "\u202c", "\u202e": "\u202c"}
_OPENING |= {"\u2066": "\u2069", "\u2067": "\u2069", "\u2068": "\u2069"}
_SURROGATE = re.compile("[\ud800-\udfff]")
_LATER = re.compile(
    # letters and signs that Unicode 14 to 16 brought, where the first release read here is 13; any reading of them
    # would differ between supported Pythons
    "[\u061d\u0870-\u088e\u0890\u0891\u0898-\u089f\u08b5\u08c8-\u08d2\u0c3c\u0c5d\u0cdd\u0cf3\u0ece\u170d\u1715\u171f"
    "\u180f\u1ac1-\u1ace\u1b4c\u1b4e\u1b4f\u1b7d-\u1b7f\u1c89\u1c8a\u1dfa\u20c0\u2c2f\u2c5f\u2e53-\u2e5d\u2ffc-\u2fff"
    "\u31e4\u31e5\u31ef\u9ffd-\u9fff\ua7c0\ua7c1\ua7cb-\ua7cd\ua7d0-\ua7dc\ua7f2-\ua7f4\ufbc2\ufd40-\ufd4f\ufdcf"
    "\ufdfe\ufdff]"
)
_UNASSIGNED = frozenset({"Cn", "Co"})
_JOINING_SCRIPTS = (
    *("ARABIC", "SYRIAC", "MONGOLIAN", "DEVANAGARI", "BENGALI", "GURMUKHI", "GUJARATI", "ORIYA"),
    *("TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "KHMER", "MYANMAR", "TIBETAN"),
)


def is_plain(text: str) -> bool:
    """Return whether a text needs no gate: printable ASCII alone."""
    return text.isascii() and text.isprintable()


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
    later = next((i for i, character in enumerate(text) if not character.isascii() and _is_later(character)), None)
    if later is not None:
        yield Code.TEXT_UNASSIGNED, _at(text, later)


def _is_later(character: str) -> bool:
    if _LATER.match(character) is not None:
        return True
    return unicodedata.category(character) in _UNASSIGNED


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
