"""Open a tender's folder: the tender, the very questionnaire and profile that it names, and its reviews."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
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
from selfassess.model.review import Monitoring, Review
from selfassess.model.tender import Tender
from selfassess.problems import Code, Fault, InvalidDocument, Problem, has_errors
from selfassess.schemas import Document, load_profile, load_review, load_tender
from selfassess.sources import Source, of_file, read_file
from selfassess.text import show

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

    @property
    def lots(self) -> tuple[str, ...]:
        """Return the ids of the tender's lots."""
        return tuple(lot.id for lot in self.tender.content.lots)


def open_tender(folder: Path, library: Library, source: Source | None = None) -> Opened:
    """Return a tender and what it names; ``InvalidDocument`` with everything that is wrong with them.

    ``source`` is read in place of the folder's own tender.yaml.
    """
    name = str(folder)
    tender = load_tender(read_file(folder / TENDER, f"{name}/{TENDER}") if source is None else source)
    here = library.beside(folder)
    questionnaire = pinned_questionnaire(here, tender.content.questionnaire, tender.source)
    profile = _pinned_profile(folder, here, questionnaire, tender)
    problems: list[Problem] = []
    for stage, faults in _stages(questionnaire, profile, tender):
        problems += [stage.problem(fault) for fault in faults]
        if has_errors(problems):
            raise InvalidDocument(set(problems))
    is_published = (folder / "publication.json").exists()
    if not is_published:
        problems.append(tender.source.problem(Fault(pointer="", code=Code.METHOD_NOT_PUBLISHED)))
    reviewed, strays = _reviews_in(folder, name)
    return Opened(
        name=name,
        tender=tender,
        questionnaire=questionnaire,
        profile=profile,
        is_published=is_published,
        reviewed=reviewed,
        warnings=tuple(sorted({*problems, *strays})),
    )


def _stages(
    questionnaire: Document[Questionnaire], profile: Document[ScoringProfile], tender: Document[Tender]
) -> Iterator[tuple[Source, Iterable[Fault]]]:
    """Yield the faults of each document; one is looked at only where those that it stands on have no errors."""
    yield questionnaire.source, check_questionnaire(questionnaire.content)
    yield profile.source, check_profile(profile.content, questionnaire.content)
    yield tender.source, check_tender(tender.content, questionnaire.content, profile.content)


def _reviews_in(folder: Path, name: str) -> tuple[tuple[str, ...], list[Problem]]:
    """Return the names under which reviews lie, and a problem for whatever else lies there: no entry is lost unseen."""
    try:
        found = sorted(path.name for path in (folder / "reviews").iterdir())
    except FileNotFoundError:
        return (), []
    except OSError as error:
        values = {"reason": error.strerror or type(error).__name__}
        return (), [of_file(f"{name}/reviews", Code.FILE_UNREADABLE, **values)]
    strays = [entry for entry in found if not entry.endswith(".yaml") or entry.startswith(".")]
    problems = [of_file(f"{name}/reviews/{show(entry)}", Code.REVIEW_STRAY, name=show(entry)) for entry in strays]
    return tuple(entry.removesuffix(".yaml") for entry in found if entry not in strays), problems


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
) -> tuple[dict[str, Document[Review]], list[Problem], tuple[str, ...]]:
    """Return the reviews that can be used, by the bid's name, and all problems; a broken log is not used at all.

    The names at the end are those of broken logs that are, or may be, findings on sites, which act on any bid.
    """
    reviews: dict[str, Document[Review]] = {}
    problems: list[Problem] = []
    lost: list[str] = []
    for name in opened.reviewed:
        try:
            review = load_review(read_file(folder / "reviews" / f"{name}.yaml", f"{opened.name}/reviews/{name}.yaml"))
        except InvalidDocument as invalid:
            problems += invalid.problems
            lost += [name] if name not in bids else []
            continue
        found = [review.source.problem(fault) for fault in review_faults(name, review, opened, bids)]
        problems += found
        if not has_errors(found):
            reviews[name] = review
        elif review.content.monitoring is not None:
            lost.append(name)
    return reviews, problems, tuple(lost)


def review_faults(name: str, review: Document[Review], opened: Opened, bids: Collection[str]) -> Iterable[Fault]:
    """Yield everything that is wrong with a review that lies under a name, beside ``bids`` by name."""
    yield from check_review(review.content, opened.questionnaire.content, opened.lots)
    yield from review_chain(review.content, entry_digests(review))
    if review.content.monitoring is not None:
        yield from _monitoring_faults(name, review.content.monitoring, opened.tender, bids)
        return
    if review.content.supplier != name:
        values = {"found": review.content.supplier, "expected": name}
        yield Fault(pointer="/supplier", code=Code.REVIEW_SUPPLIER, values=values)
    bid = bids.get(name) if isinstance(bids, Mapping) else None
    if bid is None or bid.read is None:
        yield Fault(
            pointer="/supplier", code=Code.REVIEW_SUPPLIER, values={"found": name, "expected": "a bid that can be read"}
        )
    elif bid.read.digest != review.content.origin:
        values = {"document": "response", "found": bid.read.digest, "expected": review.content.origin}
        yield Fault(pointer="/response/digest", code=Code.PIN_MISMATCH, values=values)


def _monitoring_faults(
    name: str, monitoring: Monitoring, tender: Document[Tender], bids: Collection[str]
) -> Iterable[Fault]:
    if name in bids:
        values: dict[str, object] = {"found": f"sites, by {monitoring.name}", "expected": name}
        yield Fault(pointer="/monitor", code=Code.REVIEW_SUPPLIER, values=values)
    if monitoring.tender != tender.content.id:
        values = {"found": monitoring.tender, "expected": tender.content.id}
        yield Fault(pointer="/tender/id", code=Code.TENDER_MISMATCH, values=values)
    if monitoring.tender_digest != tender.digest:
        values = {"document": "tender", "found": tender.digest, "expected": monitoring.tender_digest}
        yield Fault(pointer="/tender/digest", code=Code.PIN_MISMATCH, values=values)


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
