"""The record inside a report, read strictly, and its files by where they lay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from selfassess import digests
from selfassess.inside.record import CANONICAL, DATA, FORMAT, KINDS, RECORD, SAID, SOURCE
from selfassess.problems import InvalidDocument
from selfassess.rendering.attachments import Attachment, Inside
from selfassess.sources import read_json
from selfassess.verification.reading import Carried, Reading

PART = re.compile(r"[^/\\\x00-\x1f\x7f]{1,100}")
RELATIONSHIPS = frozenset({SOURCE, CANONICAL, DATA})


class NoRecord(Exception):
    """What a file carries is no record of a report; the reason says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What a report says of itself: its kind, the versions that made it, and its files by their paths.

    ``given`` is what else was known when it was made; ``digest`` is that of the record's own bytes.
    """

    kind: str
    program: str
    method: str
    templates: str
    printed_by: Mapping[str, str]
    moment: datetime
    given: Mapping[str, Any]
    files: Mapping[str, Carried]
    raw: bytes

    @property
    def digest(self) -> str:
        """Return the digest of the record's own bytes."""
        return digests.digest_bytes(self.raw)

    def below(self, folder: str) -> dict[str, bytes]:
        """Return the files whose paths begin with a folder, by the rest of their paths."""
        return {path.removeprefix(folder): file.data for path, file in self.files.items() if path.startswith(folder)}

    def sources(self) -> dict[str, bytes]:
        """Return the documents as they arrived, by path."""
        return {path: file.data for path, file in self.files.items() if file.relationship == SOURCE}

    def inside(self) -> Inside:
        """Return what a report with this record carries, to be printed again."""
        attachments = [
            Attachment(name=file.name, data=file.data, relationship=file.relationship, said=SAID[file.relationship])
            for file in self.files.values()
        ]
        own = Attachment(name=RECORD, data=self.raw, relationship=DATA, said="the record, which names all files")
        named = {
            "Kind": self.kind,
            "Program": f"selfassess {self.program}",
            "Method": self.method,
            "Record": self.digest,
            "Templates": self.templates,
        }
        return Inside(moment=self.moment, attachments=(*attachments, own), named=named)


def read_record(reading: Reading) -> tuple[Record, list[str]]:
    """Return the record that a report carries, and what in the file is not as it says; ``NoRecord`` where none is."""
    if RECORD not in reading.carried:
        raise NoRecord(f"it carries no {RECORD}")
    raw = reading.carried[RECORD].data
    try:
        plain = read_json(raw, RECORD).data
        record = _record(plain, raw, reading)
    except InvalidDocument as invalid:
        raise NoRecord(f"its {RECORD} cannot be read: {invalid.problems[0].message}") from None
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NoRecord(f"its {RECORD} is none: {error}") from None
    return record, list(_differences(plain, raw, reading))


def _record(plain: Any, raw: bytes, reading: Reading) -> Record:
    if plain["format"] != FORMAT or plain["kind"] not in KINDS:
        raise ValueError(f"its format is {plain['format']}, its kind {plain['kind']}")
    files: dict[str, Carried] = {}
    for entry in plain["attachments"]:
        name, path = entry["name"], entry["path"]
        if path in files or not is_inner_path(path) or entry["relationship"] not in RELATIONSHIPS:
            raise ValueError(f"the entry of {name}")
        if name in reading.carried:
            carried = reading.carried[name]
            files[path] = Carried(name=name, data=carried.data, relationship=entry["relationship"])
    return Record(
        kind=plain["kind"],
        program=str(plain["program"]["version"]),
        method=str(plain["program"]["method"]),
        templates=str(plain["templates"]),
        printed_by={str(key): str(value) for key, value in plain["printed_by"].items()},
        moment=datetime.fromisoformat(plain["moment"]),
        given=dict(plain["given"]),
        files=files,
        raw=raw,
    )


def is_inner_path(path: Any) -> bool:
    """Return whether a path leads below the folder that it is laid out in, on every system."""
    parts = path.split("/") if isinstance(path, str) else []
    return 1 <= len(parts) <= 8 and all(PART.fullmatch(part) and part not in (".", "..") for part in parts)  # noqa: PLR2004


def _differences(plain: Any, raw: bytes, reading: Reading) -> Iterator[str]:
    """Yield where a file is not what its record and its metadata name."""
    named = {entry["name"]: entry for entry in plain["attachments"]}
    for name, entry in named.items():
        carried = reading.carried.get(name)
        if carried is None:
            yield f"{name} is not attached, though the record names it"
            continue
        found = digests.digest_bytes(carried.data)
        if found != entry["digest"]:
            yield f"{name} is {found}, the record names {entry['digest']}"
        if carried.relationship != entry["relationship"]:
            yield f"{name} is attached as {carried.relationship}, the record says {entry['relationship']}"
    yield from (
        f"{name} is attached, and the record does not name it" for name in {*reading.carried} - {*named, RECORD}
    )
    if reading.named.get("Record") != digests.digest_bytes(raw):
        yield f"{RECORD} is {digests.digest_bytes(raw)}, the metadata name {reading.named.get('Record', 'none')}"
