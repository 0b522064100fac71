"""Which questionnaires and versions exist, and are published ones untouched? Nothing ever resolves to "latest"."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path

from selfassess import content
from selfassess.checks import check_questionnaire
from selfassess.digests import digest_bytes
from selfassess.errors import UnknownVersion
from selfassess.identifiers import is_id, is_version, version_key
from selfassess.model.profile import Pin, ScoringProfile
from selfassess.model.questionnaire import Questionnaire
from selfassess.problems import Code, Fault, InvalidDocument, Problem, has_errors
from selfassess.schemas import Document, load_profile, load_questionnaire
from selfassess.sources import of_file, read_file

QUESTIONNAIRE, PROFILE, PROFILES = "questionnaire.yaml", "profile.yaml", "profiles"


@dataclass(frozen=True, slots=True)
class Library:
    """Folders of questionnaires, looked up in their order: a tender's own before the library's.

    ``own_profiles`` are where tenders keep the profile that they weigh by.
    """

    roots: tuple[Path, ...]
    own_profiles: tuple[Path, ...] = ()

    def beside(self, tender: Path) -> Library:
        """Return the library with a tender's own questionnaires and profile before it."""
        own = tender / "questionnaires"
        roots = (own, *self.roots) if own.is_dir() else self.roots
        return Library(roots, (tender / PROFILE, *self.own_profiles))

    def versions(self) -> tuple[tuple[str, str], ...]:
        """Return every questionnaire's id and version, ids in order, versions as numbers."""
        found = {
            (path.parent.parent.name, path.parent.name)
            for root in self.roots
            for path in root.glob(f"*/*/{QUESTIONNAIRE}")
            if is_id(path.parent.parent.name) and is_version(path.parent.name)
        }
        return tuple(sorted(found, key=lambda named: (named[0], version_key(named[1]))))

    def questionnaire(self, id_: str, version: str) -> Document[Questionnaire]:
        """Return one version that is sound; ``UnknownVersion`` says what there is.

        One that has errors, or two digests, is ``InvalidDocument``: nothing can be compiled from it.
        """
        if not is_id(id_) or not is_version(version):
            raise UnknownVersion(f"{id_}@{version}", self._named())
        paths = [root / id_ / version / QUESTIONNAIRE for root in self.roots]
        found = [load_questionnaire(read_file(path)) for path in paths if path.is_file()]
        if not found:
            raise UnknownVersion(f"{id_}@{version}", self._named())
        for document in found:
            _agree(found[0], document)
            _named_as_filed(document, id_, version)
        _sound(found[0])
        return found[0]

    def default_profile(self, questionnaire: Document[Questionnaire]) -> Document[ScoringProfile]:
        """Return the profile that lies beside a questionnaire, or else the one that its tender brings for it."""
        named = questionnaire.content
        for root in self.roots:
            path = root / named.id / named.version / PROFILE
            if path.is_file():
                return load_profile(read_file(path))
        pin = Pin(id=named.id, version=named.version, digest=questionnaire.digest)
        for path in self.own_profiles:
            if path.is_file() and (found := load_profile(read_file(path))).content.questionnaire == pin:
                return found
        raise UnknownVersion(f"profile of {named.id}@{named.version}", ())

    def profiles(self, questionnaire: Document[Questionnaire]) -> tuple[Document[ScoringProfile], ...]:
        """Return all profiles of a questionnaire's version: the default one first, the others by their file's name.

        There need not be a default one beside others.
        """
        named = questionnaire.content
        folders = [root / named.id / named.version for root in self.roots]
        others = [path for folder in folders for path in sorted((folder / PROFILES).glob("*.yaml"))]
        found = tuple(load_profile(read_file(path)) for path in others)
        try:
            return (self.default_profile(questionnaire), *found)
        except UnknownVersion:
            if not found:
                raise
            return found

    def profile(self, questionnaire: Document[Questionnaire], id_: str, version: str) -> Document[ScoringProfile]:
        """Return the profile of that id and version; ``UnknownVersion`` says what there is."""
        found = self.profiles(questionnaire)
        for document in found:
            if (document.content.id, document.content.version) == (id_, version):
                return document
        names = tuple(f"{document.content.id}@{document.content.version}" for document in found)
        raise UnknownVersion(f"{id_}@{version}", names)

    def _named(self) -> tuple[str, ...]:
        return tuple(f"{id_}@{version}" for id_, version in self.versions())


def tender_around(path: Path) -> Path | None:
    """Return the folder of the tender in which a file or folder lies, as it is named or where a link leads."""
    for at in (os.path.normpath(path.absolute()), os.path.realpath(path)):
        for folder in (Path(at), *Path(at).parents):
            if os.path.isfile(folder / "tender.yaml"):  # noqa: PTH113  never raises
                return folder
    return None


def standard() -> Library:
    """Return the library that is installed."""
    return Library((content.questionnaires(),))


def _agree(first: Document[Questionnaire], other: Document[Questionnaire]) -> None:
    """Refuse one id and version with two digests."""
    if first.digest != other.digest:
        values = {"document": "questionnaire", "found": other.digest, "expected": first.digest}
        fault = Fault(pointer="", code=Code.PIN_MISMATCH, values=values)
        raise InvalidDocument([other.source.problem(fault)])


def _sound(document: Document[Questionnaire]) -> None:
    """Refuse a questionnaire that has errors."""
    problems = [document.source.problem(fault) for fault in check_questionnaire(document.content)]
    if has_errors(problems):
        raise InvalidDocument(problems)


def _named_as_filed(document: Document[Questionnaire], id_: str, version: str) -> None:
    named = document.content
    if (named.id, named.version) != (id_, version):
        values = {"document": "questionnaire", "found": f"{named.id}@{named.version}", "expected": f"{id_}@{version}"}
        fault = Fault(pointer="/id", code=Code.PIN_MISMATCH, values=values)
        raise InvalidDocument([document.source.problem(fault)])


def changed_since_publication(root: Path) -> tuple[Problem, ...]:
    """Return a problem for every published file whose bytes are not those that were published."""
    published = json.loads((root / "published.json").read_text("utf-8"))
    problems = []
    for id_, versions in sorted(published.items()):
        for version, files in sorted(versions.items()):
            for name, expected in sorted(files.items()):
                path = root / id_ / version / name
                found = digest_bytes(path.read_bytes()) if path.is_file() else "missing"
                if found != expected:
                    values = {"document": name, "found": found, "expected": expected}
                    problems.append(of_file(str(path), Code.PIN_MISMATCH, **values))
    return tuple(problems)
