"""What a report carries inside: files, each with its relationship to the pages, and the dates of all of them."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

MEDIA_TYPES = {"json": "application/json", "yaml": "application/yaml", "csv": "text/csv"}
OTHER = "application/octet-stream"
LEVEL = 4  # of compression: half the time of the highest, and JSON gets hardly larger


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """One file inside a report; ``relationship`` as ISO 32000-2 (14.13) says it: Source, Data or Supplement."""

    name: str
    data: bytes
    relationship: str
    said: str

    @property
    def media_type(self) -> str:
        """Return the media type that the file's name stands for."""
        return MEDIA_TYPES.get(self.name.rpartition(".")[2], OTHER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Inside:
    """What a report carries inside: its files, when they are dated, and what its metadata names, by property."""

    moment: datetime
    attachments: tuple[Attachment, ...] = ()
    named: Mapping[str, str] | None = None

    @property
    def identifier(self) -> str:
        """Return a digest of everything that is carried, in hexadecimal digits."""
        sha256 = hashlib.sha256()
        for attachment in self.attachments:
            sha256.update(f"{attachment.name}\0{attachment.relationship}\0".encode())
            sha256.update(hashlib.sha256(attachment.data).digest())
        return sha256.hexdigest()


def embed(pdf: Any, inside: Inside) -> None:
    """Put files into a PDF as ISO 19005-3 (6.8) asks: each associated with the document, with type and relationship.

    WeasyPrint's own way lists each file twice and takes two files of the same bytes for one, so it is not taken.
    """
    import pydyf  # noqa: PLC0415  it comes with WeasyPrint, only where reports are printed

    if not inside.attachments:
        return
    date, names, associated = pdf_date(inside.moment), pydyf.Array(), pydyf.Array()
    for attachment in sorted(inside.attachments, key=lambda attachment: attachment.name):
        stream = pydyf.Stream([zlib.compress(attachment.data, LEVEL)], _stream_keys(attachment, date, pydyf))
        pdf.add_object(stream)
        kept = pydyf.Dictionary({"F": stream.reference, "UF": stream.reference})
        keys = {
            "Type": "/Filespec",
            "F": pydyf.String(attachment.name),
            "UF": pydyf.String(attachment.name),
            "Desc": pydyf.String(attachment.said),
            "EF": kept,
            "AFRelationship": f"/{attachment.relationship}",
        }
        named = pydyf.Dictionary(keys)
        pdf.add_object(named)
        names.extend([pydyf.String(attachment.name), named.reference])
        associated.append(named.reference)
    tree = pydyf.Dictionary({"Names": names})
    pdf.add_object(tree)
    pdf.catalog.setdefault("Names", pydyf.Dictionary())["EmbeddedFiles"] = tree.reference
    pdf.catalog["AF"] = associated


def _stream_keys(attachment: Attachment, date: str, pydyf: Any) -> dict[str, Any]:
    checksum = hashlib.md5(attachment.data, usedforsecurity=False).hexdigest()  # what the format asks for
    keys = {
        "Size": len(attachment.data),
        "CheckSum": f"<{checksum}>",
        "CreationDate": pydyf.String(date),
        "ModDate": pydyf.String(date),
    }
    subtype = attachment.media_type.replace("/", "#2F")
    params = pydyf.Dictionary(keys)
    return {"Type": "/EmbeddedFile", "Subtype": f"/{subtype}", "Filter": "/FlateDecode", "Params": params}


def pdf_date(moment: datetime) -> str:
    """Return a moment as a PDF says it (ISO 32000-1, 7.9.4), with its offset from UTC."""
    offset = moment.strftime("%z") or "+0000"
    zone = "Z" if offset in ("+0000", "-0000") else f"{offset[:3]}'{offset[3:5]}'"
    return f"D:{moment:%Y%m%d%H%M%S}{zone}"


def total_size(attachments: Sequence[Attachment]) -> int:
    """Return how many bytes files hold together."""
    return sum(len(attachment.data) for attachment in attachments)
