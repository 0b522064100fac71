"""Read a report's file: what it carries, what its metadata names, and what in its structure no report of ours has.

A report has one revision, no script, no action, no form, no layers, no annotation but links within itself, and no
object that nothing refers to.
"""

from __future__ import annotations

import base64
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

from selfassess import limits
from selfassess.rendering.metadata import NAMESPACE, PROPERTIES
from selfassess.verification.bounded import bounded
from selfassess.verification.objects import differing, unreachable

HEADER = b"%PDF-1.7\n"
END = b"%%EOF\n"
CATALOG = frozenset(
    [
        "/Type",
        "/Pages",
        "/Outlines",
        "/Lang",
        "/Names",
        "/StructTreeRoot",
        "/ViewerPreferences",
        "/MarkInfo",
        "/OutputIntents",
        "/Metadata",
        "/AF",
    ]
)
NAMES = frozenset(("/EmbeddedFiles", "/Dests"))
ACTIVE = ("/AA", "/OpenAction", "/A", "/JS", "/JavaScript", "/Launch")
# What an invisible signature adds to a file; the last annotation of the first page is its field.
OF_SIGNATURES = frozenset(("/Root/AcroForm", "/Root/Extensions", "/Root/Version", "/Root/Perms", "/Root/Metadata"))
OF_SIGNATURES |= {"/Info/Producer", "/Info/ModDate", "/ID/1", "/Root/Pages/Kids/0/Annots"}
DRAWN = frozenset(("/AP", "/A", "/AA", "/MK"))
LINK = frozenset(["/Type", "/Subtype", "/Rect", "/BS", "/Border", "/Dest", "/F", "/StructParent", "/Contents"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """One file that a report carries."""

    name: str
    data: bytes
    relationship: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A report's file as read: what it carries by name, what its metadata names, its pages, and its faults."""

    carried: dict[str, Carried]
    named: dict[str, str]
    pages: int
    faults: tuple[tuple[str, str], ...]


def read_pdf(raw: bytes) -> Reading:
    """Return a report's file as read; ``Unreadable`` where it is no PDF that can be read within bounds."""
    plain = json.loads(bounded(partial(_read, raw)))
    carried = {
        entry["name"]: Carried(
            name=entry["name"], data=base64.b64decode(entry["data"]), relationship=entry["relationship"]
        )
        for entry in plain["carried"]
    }
    faults = tuple((check, said) for check, said in [*_byte_faults(raw), *plain["faults"]])
    return Reading(carried=carried, named=plain["named"], pages=plain["pages"], faults=faults)


def compare_pdf(found: bytes, expected: bytes) -> list[str]:
    """Return where a file differs from what it should be; nothing where only its compression does."""
    return list(json.loads(bounded(lambda: json.dumps(differing(_reader(found), _reader(expected))).encode())))


def added_by_signature(whole: bytes, raw: bytes) -> list[str]:
    """Return where a signed file differs from the report by more than an invisible signature."""
    return list(json.loads(bounded(lambda: json.dumps(list(_added(_reader(whole), _reader(raw)))).encode())))


def _added(whole: Any, raw: Any) -> Iterator[str]:
    for path in differing(whole, raw):
        if path.partition(" ")[0] not in OF_SIGNATURES:
            yield path
    fields = whole.root_object.get("/AcroForm", {}).get("/Fields", [])
    if len(fields) != 1:
        yield f"{len(fields)} fields of a form"
        return
    field = fields[0].get_object()
    if field.get("/FT") != "/Sig" or any(side != 0 for side in field.get("/Rect", [])) or set(field) & DRAWN:
        yield "a field that is no invisible signature"
    notes = whole.pages[0].get("/Annots", [])
    if not notes or notes[-1].get_object() != field:
        yield "an annotation that is no signature"
    if unreachable(whole):
        yield "objects that nothing refers to"


def page_texts(raw: bytes) -> list[str]:
    """Return the text of each page."""
    return list(json.loads(bounded(lambda: json.dumps([p.extract_text() for p in _reader(raw).pages]).encode())))


def _byte_faults(raw: bytes) -> Iterator[tuple[str, str]]:
    """Yield what the bytes alone show: more than one revision, something before or after the file."""
    ends, starts = raw.count(b"%%EOF"), raw.count(b"startxref")
    if not raw.startswith(HEADER):
        yield "beginning", "the file does not begin as a report does"
    if ends != 1 or starts != 1:
        yield "revisions", f"the file has {max(ends, starts)} revisions; a report has one and is never added to"
    elif not raw.endswith(END):
        yield "end", "something stands after the end of the file"


def _reader(raw: bytes) -> Any:
    from pypdf import PdfReader  # noqa: PLC0415  only where files are verified

    logging.getLogger("pypdf").setLevel(logging.CRITICAL + 1)  # what is wrong is a finding, and said as one
    return PdfReader(BytesIO(raw), strict=True)


def _read(raw: bytes) -> bytes:
    """Return everything that is to be known of a file, as JSON."""
    reader = _reader(raw)
    faults = list(_structure_faults(reader))
    carried = []
    for name, spec in _files(reader):
        stream = spec["/EF"]["/F"].get_object()
        data = stream.get_data()
        if len(data) > limits.VERIFY_FILE_BYTES:
            raise ValueError(f"the attached file {name} is too large")
        relationship = str(spec.get("/AFRelationship", "")).lstrip("/")
        carried.append({"name": name, "data": base64.b64encode(data).decode(), "relationship": relationship})
    names = [entry["name"] for entry in carried]
    faults += [("attachments", f"{name} is attached twice") for name in {n for n in names if names.count(n) > 1}]
    plain = {"carried": carried, "named": _named(reader), "pages": len(reader.pages), "faults": faults}
    return json.dumps(plain).encode()


def _files(reader: Any) -> Iterator[tuple[str, Any]]:
    tree = reader.root_object.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", [])
    for place in range(0, len(tree) - 1, 2):
        yield str(tree[place]), tree[place + 1].get_object()


def _structure_faults(reader: Any) -> Iterator[tuple[str, str]]:
    root = reader.root_object
    if "/Encrypt" in reader.trailer:
        yield "encryption", "the file is encrypted; no report is"
    for key in root:
        if key not in CATALOG:
            yield "structure", f"the file has {key[1:]}, which no report has{_why(key)}"
    for key in root.get("/Names", {}):
        if key not in NAMES:
            yield "structure", f"the file names {key[1:]}, which no report does{_why(key)}"
    for number, page in enumerate(reader.pages, start=1):
        yield from _page_faults(page, number)
    named = {name for name, _ in _files(reader)}
    other = len(root.get("/AF", [])) - len(named)
    if other:
        yield "attachments", f"{abs(other)} attached files are {'not named' if other > 0 else 'not associated'}"
    hidden = unreachable(reader)
    if hidden:
        shown = ", ".join(map(str, hidden[:5]))
        yield "hidden objects", f"the file has {len(hidden)} objects that nothing refers to ({shown})"


def _why(key: str) -> str:
    if key in ACTIVE:
        return ": it would act when it is opened"
    return {"/AcroForm": ": a form", "/OCProperties": ": layers that may be hidden"}.get(key, "")


def _page_faults(page: Any, number: int) -> Iterator[tuple[str, str]]:
    for key in ACTIVE:
        if key in page:
            yield "actions", f"page {number} has an action"
    for annotation in page.get("/Annots", []):
        note = annotation.get_object()
        kind = str(note.get("/Subtype", "/nothing"))[1:]
        if kind != "Link":
            yield "annotations", f"page {number} has an annotation ({kind})"
        elif not set(note) <= LINK or "/Dest" not in note:
            yield "annotations", f"page {number} has a link that leads out of the file"


def _named(reader: Any) -> dict[str, str]:
    """Return what the metadata names of ours, by property; nothing where there is none of ours."""
    stream = reader.root_object.get("/Metadata")
    text = stream.get_object().get_data().decode("utf-8", "replace") if stream is not None else ""
    if NAMESPACE not in text:
        return {}
    found = {key: re.search(f"<selfassess:{key}>([^<]*)</selfassess:{key}>", text) for key in PROPERTIES}
    return {key: match.group(1) for key, match in found.items() if match}
