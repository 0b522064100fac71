"""The record of a report: what it is on, what made it, and the digest of every file that it carries inside."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from selfassess import __version__, content, digests
from selfassess.exchange import json_bytes
from selfassess.languages import AS_WRITTEN, Translation
from selfassess.languages.words import FOLDER as LANGUAGES_FOLDER
from selfassess.model.profile import ScoringProfile
from selfassess.model.publication import Publication
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.tender import Tender
from selfassess.plan import METHOD
from selfassess.rendering import Job
from selfassess.rendering.attachments import Attachment, Inside
from selfassess.schemas import Document

FORMAT = "selfassess/record@1"
RECORD, TENDER_FILE, PROFILE_FILE = "record.json", "tender.yaml", "profile.yaml"
EVALUATION, SUPPLIER, STATISTICS, ANNEX, ASSESSMENT = "evaluation", "supplier", "statistics", "annex", "assessment"
PUBLIC = "public"
KINDS = (EVALUATION, SUPPLIER, STATISTICS, ANNEX, ASSESSMENT, PUBLIC)
# What is attached: documents as they arrived, their canonical forms (RFC 8785), and what was computed from them.
SOURCE, CANONICAL, DATA = "Source", "Supplement", "Data"
SAID = {
    SOURCE: "the document as it arrived, byte by byte",
    CANONICAL: "the canonical form (RFC 8785) of a document; its SHA-256 is the document's digest",
    DATA: "what was computed",
}
PRINTERS = ("weasyprint", "pydyf", "fonttools")  # whose versions decide what a file's bytes are
UNUSUAL = re.compile(r"[^A-Za-z0-9._-]", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One file to be carried: where it lies among the tender's files, and what it is."""

    path: str
    data: bytes
    relationship: str = SOURCE


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What one report carries: its kind, when it is dated, its files, and what else was given when it was made."""

    kind: str
    moment: datetime
    items: tuple[Item, ...]
    given: Mapping[str, Any] = field(default_factory=dict)

    def inside(self) -> Inside:
        """Return what is put into the report: the files, and the record that names them all."""
        attachments = tuple(
            Attachment(name=name, data=item.data, relationship=item.relationship, said=SAID[item.relationship])
            for name, item in zip(_names(self.items), self.items, strict=True)
        )
        plain = self._plain(attachments)
        data = json_bytes(plain)
        record = Attachment(name=RECORD, data=data, relationship=DATA, said="the record, which names all files")
        named = {
            "Kind": self.kind,
            "Program": f"selfassess {__version__}",
            "Method": METHOD,
            "Record": digests.digest_bytes(data),
            "Templates": templates_digest(),
        }
        return Inside(moment=self.moment, attachments=(*attachments, record), named=named)

    def _plain(self, attachments: Sequence[Attachment]) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "kind": self.kind,
            "program": {"name": "selfassess", "version": __version__, "method": METHOD},
            "templates": templates_digest(),
            "printed_by": {name: version(name) for name in PRINTERS},
            "moment": self.moment.isoformat(),
            "given": dict(self.given),
            "attachments": [
                {
                    "name": attachment.name,
                    "path": item.path,
                    "relationship": item.relationship,
                    "digest": digests.digest_bytes(item.data),
                }
                for attachment, item in zip(attachments, self.items, strict=True)
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodDocuments:
    """The documents that a tender's method rests on, and its publication where it was published.

    ``translation`` is what the questionnaire's texts are said by, in the language of the report.
    """

    tender: Document[Tender]
    questionnaire: Document[Questionnaire]
    profile: Document[ScoringProfile]
    publication: Document[Publication] | None = None
    translation: Translation = AS_WRITTEN

    @property
    def said_in(self) -> dict[str, Any]:
        """Return the language of the report, as what is given for it."""
        return {"language": self.translation.language}

    def items(self) -> Iterator[Item]:
        """Yield each as it arrived and in its canonical form; the publication as it arrived.

        They lie as in a tender's folder that brings its own questionnaire; a profile of the library's beside it.
        """
        named, file = self.questionnaire.content, self.profile.source.file
        library = f"questionnaires/{named.id}/{named.version}/"
        is_own = file == self.tender.source.file.removesuffix(TENDER_FILE) + PROFILE_FILE
        path = PROFILE_FILE if is_own else library + file[file.rfind(library) + len(library) :]
        yield from document_items(TENDER_FILE, self.tender)
        yield from document_items(f"{library}questionnaire.yaml", self.questionnaire)
        yield from translation_items(library, self.translation)
        yield from document_items(path, self.profile)
        if self.publication is not None:
            yield Item(path="publication.json", data=self.publication.source.raw)


def translation_items(folder: str, translation: Translation) -> Iterator[Item]:
    """Yield the catalogue by which a questionnaire's texts are said, where there is one."""
    if translation.raw is not None:
        yield Item(path=f"{folder}i18n/{translation.language}.po", data=translation.raw)


def document_items(path: str, document: Document[Any]) -> tuple[Item, Item]:
    """Return a document as it arrived, and its canonical form."""
    return Item(path=path, data=document.source.raw), canonical_item(path, document.written)


def canonical_item(path: str, written: Any) -> Item:
    """Return the canonical form of a document that lies at a path."""
    stem = path.rpartition(".")[0]
    return Item(path=f"canonical/{stem}.json", data=digests.canonical(written), relationship=CANONICAL)


def _names(items: Sequence[Item]) -> list[str]:
    """Return a name for each file that no system takes for a path; names that would be equal get a number."""
    names: list[str] = []
    for item in items:
        stem = name = UNUSUAL.sub("-", item.path.replace("/", "_")).lstrip(".")
        number = 1
        while name.casefold() in {RECORD, *(taken.casefold() for taken in names)}:
            number += 1
            front, dot, end = stem.rpartition(".")
            name = f"{front}-{number}{dot}{end}"
        names.append(name)
    return names


@cache
def templates_digest() -> str:
    """Return a digest over everything that the pages of reports are made of but the program: names and bytes."""
    sha256 = hashlib.sha256()
    for name, path in sorted(_files()):
        sha256.update(f"{name}\0".encode())
        sha256.update(hashlib.sha256(path.read_bytes()).digest())
    return digests.PREFIX + sha256.hexdigest()


def _files() -> Iterator[tuple[str, Path]]:
    """Yield templates, styles and fonts, and what they say in other languages, each with its name."""
    folder = content.reports()
    for name in ("templates", "styles", "fonts"):
        for path in (folder / name).rglob("*"):
            if path.suffix in (".html", ".css", ".ttf", ".conf"):
                yield path.relative_to(folder).as_posix(), path
    for area in ("report", "terminal"):
        yield from ((f"languages/{area}/{path.name}", path) for path in (LANGUAGES_FOLDER / area).glob("*.po"))


def printing_key(job: Job) -> str:
    """Return a digest of everything that decides a report's bytes: the same key, the same bytes."""
    versions = ",".join(f"{name} {version(name)}" for name in PRINTERS)
    inside = job.inside.identifier if job.inside else ""
    return digests.digest_bytes(f"{templates_digest()}|{versions}|{inside}|{job.html}".encode())
