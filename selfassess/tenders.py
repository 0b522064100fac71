"""Open a tender's folder: the tender, the very questionnaire and profile that it names, and its reviews."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from selfassess import digests
from selfassess.bids import Bid
from selfassess.checks import check_profile, check_questionnaire, check_review, check_tender, review_chain
from selfassess.errors import UnknownVersion
from selfassess.library import Library
from selfassess.model.assessment import Assessment
from selfassess.model.profile import Pin, ScoringProfile
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.review import Review
from selfassess.model.tender import Tender
from selfassess.problems import Code, Fault, InvalidDocument, Problem, has_errors
from selfassess.schemas import Document, load_profile, load_review, load_tender
from selfassess.sources import Source, read_file

TENDER = "tender.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A tender with the documents that it names; ``reviewed`` are the names under which reviews lie."""

    name: str
    tender: Document[Tender]
    questionnaire: Document[Questionnaire]
    profile: Document[ScoringProfile]
    is_published: bool
    reviewed: tuple[str, ...]
    warnings: tuple[Problem, ...]


def open_tender(folder: Path, library: Library, source: Source | None = None) -> Opened:
    """Return a tender and what it names; ``InvalidDocument`` with everything that is wrong with them.

    ``source`` is read in place of the folder's own tender.yaml.
    """
    name = str(folder)
    tender = load_tender(read_file(folder / TENDER, f"{name}/{TENDER}") if source is None else source)
    here = library.beside(folder)
    questionnaire = pinned_questionnaire(here, tender.content.questionnaire, tender.source)
    profile = _pinned_profile(folder, here, questionnaire, tender)
    problems = [
        *(questionnaire.source.problem(fault) for fault in check_questionnaire(questionnaire.content)),
        *(profile.source.problem(fault) for fault in check_profile(profile.content, questionnaire.content)),
        *(
            tender.source.problem(fault)
            for fault in check_tender(tender.content, questionnaire.content, profile.content)
        ),
    ]
    is_published = (folder / "publication.json").exists()
    if not is_published:
        problems.append(tender.source.problem(Fault(pointer="", code=Code.METHOD_NOT_PUBLISHED)))
    if has_errors(problems):
        raise InvalidDocument(set(problems))
    reviews = folder / "reviews"
    return Opened(
        name=name,
        tender=tender,
        questionnaire=questionnaire,
        profile=profile,
        is_published=is_published,
        reviewed=tuple(sorted(path.stem for path in reviews.glob("*.yaml"))) if reviews.is_dir() else (),
        warnings=tuple(sorted(set(problems))),
    )


def pinned_questionnaire(library: Library, pin: Pin, source: Source) -> Document[Questionnaire]:
    """Return the very questionnaire that a document names; a refusal shows both digests."""
    try:
        found = library.questionnaire(pin.id, pin.version)
    except UnknownVersion as unknown:
        values = {"document": "questionnaire", "wanted": str(pin), "known": ", ".join(unknown.available) or "none"}
        raise InvalidDocument(
            [source.problem(Fault(pointer="/questionnaire", code=Code.PIN_UNKNOWN, values=values))]
        ) from None
    _compare(pin, found.digest, "questionnaire", source)
    return found


def _compare(pin: Pin, digest: str, document: str, source: Source) -> None:
    if pin.digest != digest:
        values = {"document": document, "found": digest, "expected": pin.digest}
        fault = Fault(pointer=f"/{document}/digest", code=Code.PIN_MISMATCH, values=values)
        raise InvalidDocument([source.problem(fault)])


def _pinned_profile(
    folder: Path, library: Library, questionnaire: Document[Questionnaire], tender: Document[Tender]
) -> Document[ScoringProfile]:
    pin, own = tender.content.profile, folder / "profile.yaml"
    found = load_profile(read_file(own, f"{folder}/profile.yaml")) if own.exists() else None
    if found is None or (found.content.id, found.content.version) != (pin.id, pin.version):
        try:
            found = library.profile(questionnaire, pin.id, pin.version)
        except UnknownVersion as unknown:
            values = {"document": "profile", "wanted": str(pin), "known": ", ".join(unknown.available) or "none"}
            fault = Fault(pointer="/profile", code=Code.PIN_UNKNOWN, values=values)
            raise InvalidDocument([tender.source.problem(fault)]) from None
    _compare(pin, found.digest, "profile", tender.source)
    if found.content.questionnaire != tender.content.questionnaire:
        values = {
            "document": "questionnaire",
            "found": tender.content.questionnaire.digest,
            "expected": found.content.questionnaire.digest,
        }
        fault = Fault(pointer="/questionnaire", code=Code.PIN_MISMATCH, values=values)
        raise InvalidDocument([found.source.problem(fault)])
    return found


def read_reviews(
    folder: Path, opened: Opened, bids: Mapping[str, Bid]
) -> tuple[dict[str, Document[Review]], list[Problem]]:
    """Return the reviews that can be used, by the bid's name, and all problems; a broken log is not used at all."""
    reviews: dict[str, Document[Review]] = {}
    problems: list[Problem] = []
    for name in opened.reviewed:
        try:
            review = load_review(read_file(folder / "reviews" / f"{name}.yaml", f"{opened.name}/reviews/{name}.yaml"))
        except InvalidDocument as invalid:
            problems += invalid.problems
            continue
        found = [review.source.problem(fault) for fault in _review_faults(name, review, opened, bids)]
        problems += found
        if not has_errors(found):
            reviews[name] = review
    return reviews, problems


def _review_faults(name: str, review: Document[Review], opened: Opened, bids: Collection[str]) -> Iterable[Fault]:
    if review.content.supplier != name:
        values = {"found": review.content.supplier, "expected": name}
        yield Fault(pointer="/supplier", code=Code.REVIEW_SUPPLIER, values=values)
    bid = bids.get(name) if isinstance(bids, Mapping) else None
    if bid is None or bid.read is None:
        yield Fault(
            pointer="/supplier", code=Code.REVIEW_SUPPLIER, values={"found": name, "expected": "a bid that can be read"}
        )
    elif bid.read.digest != review.content.response_digest:
        values = {"document": "response", "found": bid.read.digest, "expected": review.content.response_digest}
        yield Fault(pointer="/response/digest", code=Code.PIN_MISMATCH, values=values)
    yield from check_review(review.content, opened.questionnaire.content)
    yield from review_chain(review.content, entry_digests(review))


def entry_digests(review: Document[Review]) -> tuple[str, ...]:
    """Return the digest of each entry as written, in order."""
    return tuple(digests.digest(entry) for entry in review.written["entries"])


def refused_entries(assessment: Assessment, review: Document[Review] | None) -> Iterable[Problem]:
    """Yield a problem for each entry of a bid's own review that was not applied."""
    if review is None:
        return
    positions = {entry.id: index for index, entry in enumerate(review.content.entries)}
    for refusal in assessment.refused_entries:
        index = positions.get(refusal.entry.id)
        if index is not None:
            code = Code.REVIEW_VALUE if refusal.is_value else Code.REVIEW_USE
            values = {"action": refusal.entry.action.value, "reason": refusal.reason}
            yield review.source.problem(Fault(pointer=f"/entries/{index}", code=code, values=values))
