"""A text in gettext's PO format becomes its entries, strictly, each with the line on which it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from gettext import c2py
from pathlib import Path
from typing import NoReturn

from babel.messages.plurals import get_plural

from selfassess import limits
from selfassess.problems import Code, InvalidDocument
from selfassess.sources import of_file, read_bytes
from selfassess.sources.plain import problem_at

KEYWORD = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[([0-9])\])?)[ \t]+(".*")')
QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
ESCAPE = re.compile(r"\\(.)")
ESCAPED = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
PLURAL = re.compile(r"nplurals[ ]*=[ ]*([1-6])[ ]*;[ ]*plural[ ]*=([^;]{1,200});?[ ]*")
CHARSET = re.compile(r"charset=([A-Za-z0-9_-]+)", re.ASCII)
FUZZY = "fuzzy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One message: where it is used, its source text, and its translations, of which a plural has several.

    ``notes`` are the translator's own comments, ``comments`` those for the translator; ``previous`` are the lines that
    say what the source was before it changed. ``line`` counts from 1 and 0 stands for none.
    """

    source: str
    translations: tuple[str, ...] = ("",)
    context: str | None = None
    many: str | None = None
    flags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    previous: tuple[str, ...] = ()
    is_obsolete: bool = False
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> tuple[str | None, str]:
        """Return what a message is found by."""
        return self.context, self.source

    @property
    def is_fuzzy(self) -> bool:
        """Return whether the translation was made for another source text and nobody has read it since."""
        return FUZZY in self.flags

    @property
    def is_translated(self) -> bool:
        """Return whether every form of the message has a translation that stands."""
        return not self.is_fuzzy and all(self.translations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The entries of one language in the order of their file; ``header`` is what the file says of itself."""

    header: Entry
    entries: tuple[Entry, ...]

    @property
    def fields(self) -> Mapping[str, str]:
        """Return the header's lines by their names."""
        lines = (line.partition(":") for line in self.header.translations[0].split("\n"))
        return {name.strip(): value.strip() for name, colon, value in lines if colon}

    def plural(self, language: str) -> Callable[[int], int]:
        """Return which form a number takes: by the header, else as the language has it."""
        said = PLURAL.fullmatch(self.fields.get("Plural-Forms", ""))
        return c2py(said.group(2) if said else get_plural(language).plural_expr)


def read_catalogue(path: Path, name: str | None = None) -> Catalogue:
    """Return the catalogue of a file; ``InvalidDocument`` when it cannot be read. ``name`` is how the user named it."""
    said = str(path) if name is None else name
    return catalogue_of(read_bytes(path, limits.DOCUMENT_BYTES, said), said)


def catalogue_of(raw: bytes, file: str) -> Catalogue:
    """Return the catalogue that a file's bytes are; ``InvalidDocument`` where they are none."""
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InvalidDocument([of_file(file, Code.TRANSLATION_SYNTAX, reason=f"it is not UTF-8: {error}")]) from None
    return parse_catalogue(text, file)


def parse_catalogue(text: str, file: str) -> Catalogue:
    """Return the catalogue that a text is; ``InvalidDocument`` with the first place that is none."""
    reader = _Reader(text, file)
    entries = list(reader.entries())
    header = Entry(source="", translations=("",))
    if entries and entries[0].key == (None, "") and not entries[0].is_obsolete:
        header = entries.pop(0)
    found: dict[tuple[str | None, str], Entry] = {}
    for entry in entries:
        if entry.is_obsolete:
            continue
        if not entry.source:
            reader.refuse(entry.line, "a message has no source text")
        if entry.key in found:
            reader.refuse(entry.line, f"this message stands on line {found[entry.key].line} already")
        found[entry.key] = entry
    catalogue = Catalogue(header=header, entries=tuple(entries))
    _check_header(catalogue, reader)
    return catalogue


def _check_header(catalogue: Catalogue, reader: _Reader) -> None:
    fields, line = catalogue.fields, catalogue.header.line or 1
    charset = CHARSET.search(fields.get("Content-Type", ""))
    if charset and charset.group(1).lower() not in ("utf-8", "utf8"):
        reader.refuse(line, f"the header names the encoding {charset.group(1)}; only UTF-8 is read")
    said = fields.get("Plural-Forms", "")
    forms = PLURAL.fullmatch(said)
    try:
        form = c2py(forms.group(2)) if forms else None
        if said and (form is None or forms is None or not all(0 <= form(n) < int(forms.group(1)) for n in range(200))):
            reader.refuse(line, "the header's Plural-Forms cannot be used")
    except (ValueError, RecursionError, ZeroDivisionError):
        reader.refuse(line, "the header's Plural-Forms cannot be used")
    count = int(forms.group(1)) if forms else None
    for entry in catalogue.entries:
        if entry.many is not None and count is not None and len(entry.translations) != count:
            reader.refuse(entry.line, f"the message has {len(entry.translations)} forms, the header says {count}")


class _Reader:
    """Reads line after line; what it has of the present message is in ``draft``."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.lines = text.split("\n")
        self.begin()

    def begin(self) -> None:
        """Forget the message that was read."""
        self.draft = Entry(source="", translations=())
        self.at = ""  # the keyword that a further quoted line continues
        self.has_source = False
        self.taken = 0

    def refuse(self, line: int, reason: str) -> NoReturn:
        """Raise the problem of a line."""
        offset = sum(len(before) + 1 for before in self.lines[: line - 1])
        values = {"reason": reason}
        raise InvalidDocument([problem_at(self.file, self.text, offset, Code.TRANSLATION_SYNTAX, values, "", ())])

    def entries(self) -> Iterator[Entry]:
        """Yield the messages in their order."""
        for number, raw in enumerate(self.lines, 1):
            line = raw.strip(" \t\r") if number > 1 else raw.lstrip("\ufeff").strip(" \t\r")
            content = line.removeprefix("#~").lstrip(" \t") if line.startswith("#~") else line
            is_comment = content.startswith("#") or (line.startswith("#~") and content.startswith("|"))
            starts = is_comment or not line or content.startswith(("msgctxt", "msgid ", "msgid\t"))
            if starts and self.at.startswith("msgstr"):
                yield self.finished(number)
            if line.startswith("#~"):
                self.draft = replace(self.draft, is_obsolete=True)
            if is_comment:
                self.comment(content if content.startswith("#") else f"#{content}", number)
            elif content:
                self.keyword(content, number)
            self.taken += bool(content)
            if self.taken > limits.MESSAGE_LINES:
                self.refuse(number, f"a message has more than {limits.MESSAGE_LINES} lines")
        if self.at:
            yield self.finished(len(self.lines))

    def finished(self, number: int) -> Entry:
        """Return the message that ends before a line."""
        entry = self.draft
        if not self.has_source or not entry.translations:
            self.refuse(entry.line or number, "the message has no msgid or no msgstr")
        self.begin()
        return entry

    def comment(self, line: str, number: int) -> None:
        """Keep a comment; one in the midst of a message ends nothing and is refused."""
        if self.at:
            self.refuse(number, "a comment stands in the midst of a message")
        kinds = {".": "comments", ":": "references", "|": "previous", ",": "flags"}
        kind = kinds.get(line[1:2], "notes")
        said = line[2:] if kind != "notes" else line[1:]
        said = said.removeprefix(" ")
        more = tuple(flag.strip() for flag in said.split(",") if flag.strip()) if kind == "flags" else (said,)
        self.draft = replace(self.draft, **{kind: getattr(self.draft, kind) + more})

    def keyword(self, line: str, number: int) -> None:
        """Take a keyword with its text, or a text that continues the one before."""
        if line.startswith('"'):
            if not self.at:
                self.refuse(number, "a text stands here that belongs to no msgid or msgstr")
            self.keep(self.at, self.quoted(line, number))
            return
        match = KEYWORD.fullmatch(line)
        if match is None:
            self.refuse(number, "the line is no comment, and no msgctxt, msgid or msgstr with a text in double quotes")
        self.open(match.group(1), match.group(2), number)
        self.keep(self.at, self.quoted(match.group(3), number))

    def open(self, word: str, form: str | None, number: int) -> None:
        """Begin a part of the message; ``refuse`` one that cannot follow what stands before."""
        draft, forms = self.draft, len(self.draft.translations)
        fits = {
            "msgctxt": not self.at,
            "msgid": self.at in ("", "msgctxt"),
            "msgid_plural": self.at == "msgid",
            "msgstr": self.at == "msgid",
        }
        plural = draft.many is not None and form is not None and int(form) == forms
        if not (plural if form is not None else fits[word]):
            self.refuse(number, f"{word} cannot stand here")
        if not self.at:
            draft = replace(draft, line=number)
        if word == "msgctxt":
            draft = replace(draft, context="")
        elif word == "msgid":
            self.has_source = True
        elif word == "msgid_plural":
            draft = replace(draft, many="")
        else:
            draft = replace(draft, translations=(*draft.translations, ""))
        self.draft, self.at = draft, "msgstr" if word.startswith("msgstr") else word

    def keep(self, word: str, text: str) -> None:
        """Add a text to the part of the message that is being read."""
        draft = self.draft
        if word == "msgctxt":
            self.draft = replace(draft, context=(draft.context or "") + text)
        elif word == "msgid":
            self.draft = replace(draft, source=draft.source + text)
        elif word == "msgid_plural":
            self.draft = replace(draft, many=(draft.many or "") + text)
        else:
            self.draft = replace(draft, translations=(*draft.translations[:-1], draft.translations[-1] + text))

    def quoted(self, text: str, number: int) -> str:
        """Return the text between double quotes, its escapes resolved."""
        match = QUOTED.fullmatch(text)
        if match is None:
            self.refuse(number, "the text is not between double quotes")
        unknown = next((e for e in ESCAPE.findall(match.group(1)) if e not in ESCAPED), None)
        if unknown is not None:
            self.refuse(number, f"\\{unknown} is no escape that is read here")
        return ESCAPE.sub(lambda found: ESCAPED[found.group(1)], match.group(1))
