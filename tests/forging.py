"""Ways to change one thing in a report, as a forger would, each with the words by which it must be found."""

from __future__ import annotations

import hashlib
import io
import json
import re

from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

N, T = NameObject, TextStringObject


def rewritten(raw, change):
    """The file with a change of its objects; what is not changed stays equal object by object."""
    writer = PdfWriter(clone_from=io.BytesIO(raw))
    change(writer)
    out = io.BytesIO()
    writer.write(out)
    return b"%PDF-1.7\n" + out.getvalue().split(b"\n", 1)[1]


def spec_of(writer, name):
    """The file specification of an attachment."""
    names = writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"]
    return next(names[at + 1].get_object() for at in range(0, len(names), 2) if names[at] == name)


def attached(raw):
    """The attached files by name."""
    reader = PdfReader(io.BytesIO(raw))
    names = reader.root_object["/Names"]["/EmbeddedFiles"]["/Names"]
    pairs = ((str(names[at]), names[at + 1].get_object()) for at in range(0, len(names), 2))
    return {name: spec["/EF"]["/F"].get_object().get_data() for name, spec in pairs}


def put(writer, name, data):
    """Put other bytes into an attachment."""
    stream = spec_of(writer, name)["/EF"]["/F"].get_object()
    other = DecodedStreamObject()
    other.set_data(data)
    for key in ("/Type", "/Subtype", "/Params"):
        other[N(key)] = stream.raw_get(key)
    reference = writer._add_object(other.flate_encode())
    spec_of(writer, name)["/EF"][N("/F")] = reference
    spec_of(writer, name)["/EF"][N("/UF")] = reference


def flipped(data):
    """The bytes with one changed in the middle, so that JSON and YAML stay readable where a letter stands there."""
    places = [at for at in range(len(data) // 3, len(data)) if chr(data[at]).isalpha() and chr(data[at - 1]).isalpha()]
    at = places[0] if places else len(data) // 2
    return data[:at] + (b"q" if data[at : at + 1] != b"q" else b"p") + data[at + 1 :]


def with_byte(name):
    """One byte of an attachment changed."""
    return lambda raw: rewritten(raw, lambda writer: put(writer, name, flipped(attached(raw)[name])))


def consistent(raw, changes):
    """The file with other attachments, its record and metadata brought in line: consistent in itself."""
    record = json.loads(attached(raw)["record.json"])
    for entry in record["attachments"]:
        if entry["name"] in changes:
            entry["digest"] = "sha256:" + hashlib.sha256(changes[entry["name"]]).hexdigest()
    return with_record(raw, record, changes)


def with_record(raw, record, changes=()):
    """The file with another record, and the metadata that name it."""
    text = (json.dumps(record, indent=2, ensure_ascii=False) + "\n").encode()

    def change(writer):
        for name in changes:
            put(writer, name, changes[name])
        put(writer, "record.json", text)
        edit_metadata(writer, rb"(<selfassess:Record>)[^<]*", rb"\1sha256:" + hashlib.sha256(text).hexdigest().encode())

    return rewritten(raw, change)


def edit_metadata(writer, pattern, new):
    """Edit the XMP packet."""
    stream = writer.root_object["/Metadata"].get_object()
    data, count = re.subn(pattern, new, stream.get_data(), count=1)
    assert count == 1
    other = DecodedStreamObject()
    other.set_data(data)
    other[N("/Type")], other[N("/Subtype")] = N("/Metadata"), N("/XML")
    writer.root_object[N("/Metadata")] = writer._add_object(other)


def edit_page(number, edit):
    """Edit what is drawn on a page."""

    def change(writer):
        page = writer.pages[number]
        data = page["/Contents"].get_object().get_data()
        other = DecodedStreamObject()
        other.set_data(edit(data))
        assert other.get_data() != data
        page[N("/Contents")] = writer._add_object(other.flate_encode())

    return lambda raw: rewritten(raw, change)


def other_glyph(data):
    """One glyph of a shown text replaced by another: a digit on the page is another digit."""
    shown = [match for match in re.finditer(rb"<([0-9a-f]{4,})>", data) if len(match.group(1)) >= 8]
    at = shown[len(shown) // 2]
    glyphs = at.group(1)
    swapped = glyphs[4:8] + glyphs[:4] + glyphs[8:] if glyphs[:4] != glyphs[4:8] else glyphs[4:] + glyphs[:4]
    return data[: at.start(1)] + swapped + data[at.end(1) :]


def note(writer, kind, more=()):
    """An annotation on the first page."""
    made = DictionaryObject({
        N("/Type"): N("/Annot"), N("/Subtype"): N(kind), N("/Contents"): T("Rank 1"),
        N("/Rect"): ArrayObject([NumberObject(n) for n in (50, 50, 200, 100)]), **dict(more),
    })  # fmt: skip
    page = writer.pages[0]
    notes = ArrayObject(page.get("/Annots", []))
    notes.append(writer._add_object(made))
    page[N("/Annots")] = notes


def action(code):
    """An action that runs a script."""
    return DictionaryObject({N("/S"): N("/JavaScript"), N("/JS"): T(code)})


def set_root(key, value):
    """Something more, or something else, in the file's catalog."""

    def change(writer):
        writer.root_object[N(key)] = value

    return lambda raw: rewritten(raw, change)


def change_pages(edit):
    """Edit the list of pages."""

    def change(writer):
        kids = writer.root_object["/Pages"]["/Kids"]
        edit(kids)
        writer.root_object["/Pages"][N("/Count")] = NumberObject(len(kids))

    return lambda raw: rewritten(raw, change)


def foreign(name, data):
    """An attachment that is not ours."""

    def change(writer):
        stream = DecodedStreamObject()
        stream.set_data(data)
        stream[N("/Type")] = N("/EmbeddedFile")
        reference = writer._add_object(stream)
        spec = DictionaryObject({
            N("/Type"): N("/Filespec"), N("/F"): T(name), N("/UF"): T(name), N("/AFRelationship"): N("/Data"),
            N("/EF"): DictionaryObject({N("/F"): reference}),
        })  # fmt: skip
        at = writer._add_object(spec)
        writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"].extend([T(name), at])
        writer.root_object["/AF"].append(at)

    return lambda raw: rewritten(raw, change)


def without(name):
    """An attachment taken out."""

    def change(writer):
        names = writer.root_object["/Names"]["/EmbeddedFiles"]["/Names"]
        at = next(at for at in range(0, len(names), 2) if names[at] == name)
        gone = names[at + 1].idnum
        del names[at : at + 2]
        kept = [spec for spec in writer.root_object["/AF"] if spec.idnum != gone]
        writer.root_object[N("/AF")] = ArrayObject(kept)

    return lambda raw: rewritten(raw, change)


def swapped(first, second):
    """Two attachments with each other's contents."""

    def change(raw):
        files = attached(raw)

        def swap(writer):
            put(writer, first, files[second])
            put(writer, second, files[first])

        return rewritten(raw, swap)

    return change


def related(name, relationship):
    """Another relationship of an attachment."""

    def change(writer):
        spec_of(writer, name)[N("/AFRelationship")] = N(f"/{relationship}")

    return lambda raw: rewritten(raw, change)


def described(name):
    """Another description of an attachment."""

    def change(writer):
        spec_of(writer, name)[N("/Desc")] = T("approved by the court")

    return lambda raw: rewritten(raw, change)


def hidden(raw):
    """An object that nothing refers to, named by the table of cross references."""
    plain = rewritten(raw, lambda _: None)
    at, more = plain.rindex(b"xref\n", 0, plain.rindex(b"startxref")), b"99999 0 obj\n<</Rank 1>>\nendobj\n"
    head, table = plain[:at], plain[at:]
    trailer = table.index(b"trailer")
    entry = b"99999 1\n%010d 00000 n \n" % at
    table = table[:trailer] + entry + re.sub(rb"/Size \d+", b"/Size 100000", table[trailer:])
    return head + more + re.sub(rb"startxref\n\d+", b"startxref\n%d" % (at + len(more)), table)


def appended_revision(raw):
    """A revision added to the file, as an editor saves it: the title is another."""
    writer = PdfWriter(io.BytesIO(raw), incremental=True)
    writer.root_object[N("/Lang")] = T("sv")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def first_of(writer, tag):
    """The first structure element with a tag."""
    for place in range(len(writer._objects)):
        found = writer._objects[place]
        if isinstance(found, DictionaryObject) and found.get("/S") == tag and "/K" in found:
            return found
    raise AssertionError(tag)


def tagged(edit):
    """A change of the tag tree."""
    return lambda raw: rewritten(raw, edit)


def alternative(writer):
    first_of(writer, "/Figure")[N("/Alt")] = T("The first bid leads in everything")


def heading(writer):
    first_of(writer, "/H2")[N("/S")] = N("/P")


def bookmark(writer):
    writer.root_object["/Outlines"]["/First"][N("/Title")] = T("Something else")


def title(writer):
    writer._info[N("/Title")] = T("Evaluation of other bids")


def rotated(writer):
    writer.pages[0][N("/Rotate")] = NumberObject(180)


def cropped(writer):
    writer.pages[0][N("/CropBox")] = ArrayObject([NumberObject(n) for n in (0, 0, 200, 200)])


def encrypted(raw):
    """The file with a password that is empty."""
    writer = PdfWriter(clone_from=io.BytesIO(raw))
    writer.encrypt("", "owner", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return b"%PDF-1.7\n" + out.getvalue().split(b"\n", 1)[1]


def raw_flip(raw):
    """One byte of the file changed, within the stream of the first page."""
    at = raw.index(b"stream\n") + 200
    return raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :]


LAYERS = DictionaryObject({N("/OCGs"): ArrayObject(), N("/D"): DictionaryObject()})
FORM = DictionaryObject({N("/Fields"): ArrayObject(), N("/NeedAppearances"): BooleanObject(True)})
