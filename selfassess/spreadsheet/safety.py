"""The parts of a zipped spreadsheet, read only when their sizes, names and markup can do no harm."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Mapping
from typing import BinaryIO, NoReturn
from xml.parsers import expat

from selfassess import limits
from selfassess.problems import Code, InvalidDocument
from selfassess.sources import of_file

ENCRYPTED = 0x1 | 0x40 | 0x2000
CHUNK = 1 << 16


def refuse(name: str, reason: str) -> NoReturn:
    """Refuse a spreadsheet."""
    raise InvalidDocument([of_file(name, Code.WORKBOOK_UNREADABLE, reason=reason)])


def parts_of(file: BinaryIO, name: str) -> Mapping[str, bytes]:
    """Return the parts of a zipped spreadsheet by name.

    Nothing is unpacked before the directory says how much there is, and no part is read further than it says.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            members = [info for info in archive.infolist() if not info.is_dir()]
            _check(members, name)
            return {info.filename: _read(archive, info, name) for info in members}
    except InvalidDocument:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, OSError) as error:
        refuse(name, str(error) or type(error).__name__)


def _check(members: list[zipfile.ZipInfo], name: str) -> None:
    if len(members) > limits.WORKBOOK_PARTS:
        refuse(name, f"it has {len(members)} parts; at most {limits.WORKBOOK_PARTS}")
    whole = sum(info.file_size for info in members)
    if whole > limits.WORKBOOK_BYTES:
        refuse(name, f"it holds {whole} bytes when unpacked; at most {limits.WORKBOOK_BYTES}")
    if len({info.filename.casefold() for info in members}) < len(members):
        refuse(name, "two of its parts have one name")
    for info in members:
        if info.flag_bits & ENCRYPTED:
            refuse(name, "it is encrypted; save it without a password")
        if "vbaproject" in info.filename.casefold() or info.filename.startswith("Basic/"):
            refuse(name, "it holds macros; save it without them")


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> bytes:
    pieces, left = [], info.file_size
    with archive.open(info) as member:
        while chunk := member.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                refuse(name, f"{info.filename} is longer than it says")
            pieces.append(chunk)
    return b"".join(pieces)


def check_markup(parts: Mapping[str, bytes], name: str) -> None:
    """Look through every part that is XML: no document type, no entities, no cell far out, not too many of them."""
    counted = 0
    for part, data in parts.items():
        if not part.casefold().endswith((".xml", ".rels", ".vml")):
            continue
        counted += _cells(part, data, name)
        if counted > limits.WORKBOOK_CELLS:
            refuse(name, f"it has more than {limits.WORKBOOK_CELLS} cells")


def _cells(part: str, data: bytes, name: str) -> int:
    """Return how many cells a part has."""
    found = 0

    def on_start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal found
        local = tag.rpartition(":")[2]
        if local == "row":
            _check_place(attributes.get("r", ""), name)
        elif local == "c":
            found += 1
            _check_place(attributes.get("r", ""), name)
        elif local in ("table-cell", "covered-table-cell", "table-row"):
            found += 1

    def on_doctype(*_: object) -> None:
        refuse(name, f"{part} declares a document type")

    parser = expat.ParserCreate()
    parser.StartElementHandler = on_start
    parser.StartDoctypeDeclHandler = on_doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        refuse(name, f"{part} is damaged: {error}")
    return found


def _check_place(reference: str, name: str) -> None:
    """Refuse a cell whose place would make a reader lay out millions of empty ones."""
    letters = reference.rstrip("0123456789")
    row = reference[len(letters) :]
    if len(letters) > limits.WORKBOOK_COLUMN_LETTERS or (row and int(row[:9]) > limits.WORKBOOK_ROWS):
        refuse(name, f"the cell {reference[:20]} lies too far out")
