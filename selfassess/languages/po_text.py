"""A catalogue becomes the text of its PO file, from which the same catalogue is read again."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selfassess.languages.po import Catalogue, Entry

WIDTH = 78
ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})
WORD = re.compile(r"[^ ]* *")
LINE = re.compile(r"[^\n]*\n|[^\n]+")


def catalogue_text(catalogue: Catalogue) -> str:
    """Return the text of a PO file, its long texts broken at spaces and behind line ends."""
    return "\n".join("".join(f"{line}\n" for line in _lines(e)) for e in (catalogue.header, *catalogue.entries))


def _lines(entry: Entry) -> Iterator[str]:
    for sign, lines in (("", entry.notes), (".", entry.comments), (":", entry.references)):
        yield from (f"#{sign} {line}" for line in lines)
    if entry.flags:
        yield f"#, {', '.join(entry.flags)}"
    mark = "#~ " if entry.is_obsolete else ""
    yield from (f"{'#~' if mark else '#'}| {line}" for line in entry.previous)
    if entry.context is not None:
        yield from _quoted(f"{mark}msgctxt", entry.context, mark)
    yield from _quoted(f"{mark}msgid", entry.source, mark)
    if entry.many is not None:
        yield from _quoted(f"{mark}msgid_plural", entry.many, mark)
    for number, text in enumerate(entry.translations):
        yield from _quoted(f"{mark}msgstr" if entry.many is None else f"{mark}msgstr[{number}]", text, mark)


def quoted_lines(word: str, text: str) -> tuple[str, ...]:
    """Return the lines that say a text after a keyword."""
    return tuple(_quoted(word, text, ""))


def _quoted(word: str, text: str, mark: str) -> Iterator[str]:
    whole = text.translate(ESCAPES)
    if len(word) + len(whole) + 3 <= WIDTH and "\n" not in text[:-1]:
        yield f'{word} "{whole}"'
        return
    yield f'{word} ""'
    yield from (f'{mark}"{piece}"' for piece in _pieces(text))


def _pieces(text: str) -> Iterator[str]:
    for line in LINE.findall(text):
        piece = ""
        for part in WORD.findall(line):
            more = part.translate(ESCAPES)
            if piece and len(piece) + len(more) + 2 > WIDTH:
                yield piece
                piece = ""
            piece += more
        if piece:
            yield piece
