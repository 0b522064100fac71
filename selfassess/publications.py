"""What was published of a tender, read again, and where the tender that lies there now is another one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from selfassess import digests, limits
from selfassess.differences import differences
from selfassess.errors import UsageError
from selfassess.exchange import json_bytes
from selfassess.method_plain import award_plain
from selfassess.model.profile import ScoringProfile
from selfassess.model.publication import Publication
from selfassess.model.tender import Tender
from selfassess.plan import METHOD
from selfassess.problems import Code, Fault, Mismatch, Problem
from selfassess.schemas import Document, load_publication, load_tender
from selfassess.sources import Source, read_bytes, read_file, read_json

FILE = "publication.json"
FORMAT = "selfassess/publication@1"
LEAST_SEED = 16  # bytes; from fewer the seed could be found by trying all, its digest being public


class NotAsPublished(Mismatch):
    """The method that lies there is not the one that was published."""


def read_publication(folder: Path, name: str) -> Document[Publication] | None:
    """Return what was published of a tender, None where nothing was.

    ``NotAsPublished`` where the publication's own documents are not those that it names.
    """
    if not (folder / FILE).exists():
        return None
    publication = load_publication(read_file(folder / FILE, f"{name}/{FILE}"))
    problems = _own_mismatches(publication)
    if problems:
        raise NotAsPublished(problems)
    return publication


def publication_problems(source: Source) -> tuple[Problem, ...]:
    """Return where a publication's own documents are not those that it names."""
    return tuple(_own_mismatches(load_publication(source)))


def _own_mismatches(publication: Document[Publication]) -> list[Problem]:
    frozen = publication.content
    return [
        publication.source.problem(_mismatch(f"/documents/{document}", document, found, pin.digest))
        for document, pin in frozen.pins().items()
        if (found := digests.digest(frozen.documents[document])) != pin.digest
    ]


def _mismatch(pointer: str, document: str, found: str, expected: str) -> Fault:
    values = {"document": document, "found": found, "expected": expected}
    return Fault(pointer=pointer, code=Code.PIN_MISMATCH, values=values)


def changes_since(publication: Document[Publication], present: Mapping[str, Document[Any]]) -> Iterator[Problem]:
    """Yield where the present documents (tender, profile, questionnaire) are not those that were published.

    Of each one the two digests first, at its pin in the publication; then every difference in words, at its own place.
    """
    frozen = publication.content
    if frozen.method != METHOD:
        yield publication.source.problem(_mismatch("/method", "method", METHOD, frozen.method))
    for name, pin in frozen.pins().items():
        document = present.get(name)
        if document is None or document.digest == pin.digest:
            continue
        yield publication.source.problem(_mismatch(f"/{name}/digest", name, document.digest, pin.digest))
        for found in differences(frozen.documents[name], document.written):
            values = {"what": found.what, "document": name, "before": found.before, "after": found.after}
            yield document.source.problem(Fault(pointer=found.pointer, code=Code.METHOD_CHANGED, values=values))
    yield from _said_otherwise(publication, present)


def _said_otherwise(publication: Document[Publication], present: Mapping[str, Document[Any]]) -> Iterator[Problem]:
    """Yield where the publication says of its own documents what they do not say."""
    frozen = publication.content
    tender, questionnaire = present.get("tender"), present.get("questionnaire")
    if tender is not None and tender.digest == frozen.tender.digest:
        award = award_plain(tender.content)
        if digests.digest(award) != digests.digest(frozen.award):
            fault = _mismatch("/award", "award", digests.digest(award), digests.digest(frozen.award))
            yield publication.source.problem(fault)
    if questionnaire is not None and questionnaire.digest == frozen.questionnaire.digest:
        reasons = reasons_digest(questionnaire.written)
        if reasons != frozen.reasons_digest:
            yield publication.source.problem(_mismatch("/reasons_digest", "list", reasons, frozen.reasons_digest))


def publication_warnings(tender: Document[Tender], publication: Document[Publication] | None) -> Iterator[Problem]:
    """Yield a warning where the method was not published, or too late for it to matter."""
    if publication is None:
        yield tender.source.problem(Fault(pointer="", code=Code.METHOD_NOT_PUBLISHED))
    elif is_late(publication, tender.content):
        values = {"moment": publication.content.published.isoformat()}
        fault = Fault(pointer="/published", code=Code.METHOD_PUBLISHED_LATE, values=values)
        yield publication.source.problem(fault)


def is_late(publication: Document[Publication], tender: Tender) -> bool:
    """Return whether the method was published after the deadline for bids."""
    return publication.content.published > tender.deadline


def refuse_profile(publication: Document[Publication], profile: Document[ScoringProfile]) -> None:
    """Raise ``NotAsPublished`` where a profile is not the one that was published."""
    problems = list(changes_since(publication, {"profile": profile}))
    if problems:
        raise NotAsPublished(set(problems))


def frozen_tender(publication: Document[Publication]) -> Tender:
    """Return the tender that was published."""
    plain = publication.content.documents["tender"]
    return load_tender(read_json(json_bytes(plain), publication.source.file)).content


def read_seed(path: Path) -> bytes:
    """Return the seed of a draw: every byte of its file, which holds at least as many as it takes to be a secret."""
    seed = read_bytes(path, limits.SEED_BYTES, str(path))
    if len(seed) < LEAST_SEED:
        raise UsageError(f"the seed has {len(seed)} bytes; with fewer than {LEAST_SEED} it could be guessed")
    return seed


def refuse_seed(publication: Document[Publication] | None, seed: bytes) -> None:
    """Raise ``NotAsPublished`` where a seed is not the one whose digest was published, ``UsageError`` without one."""
    published = publication.content.seed_digest if publication else ""
    if publication is None or not published:
        raise UsageError("no digest of a seed was published, so that no draw can be made")
    found = digests.digest_bytes(seed)
    if found != published:
        raise NotAsPublished([publication.source.problem(_mismatch("/seed_digest", "seed", found, published))])


def reasons_digest(questionnaire: Mapping[str, Any]) -> str:
    """Return the digest of the reasons for N/A, with their words."""
    return digests.digest(questionnaire.get("not_applicable_reasons", []))
