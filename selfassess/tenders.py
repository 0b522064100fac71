"""Open a tender's folder: the tender, the very questionnaire and profile that it names, and its reviews."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from selfassess import digests
from selfassess.bids import Bid
from selfassess.checks import check_profile, check_questionnaire, check_review, check_tender, review_chain
from selfassess.library import Library
from selfassess.model.assessment import Assessment
from selfassess.model.profile import ScoringProfile
from selfassess.model.publication import Publication
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.review import Monitoring, Review
from selfassess.model.tender import Tender
from selfassess.pins import pinned_profile, pinned_questionnaire
from selfassess.problems import Code, Fault, InvalidDocument, Mismatch, Problem, has_errors
from selfassess.publications import NotAsPublished, changes_since, frozen_tender, publication_warnings, read_publication
from selfassess.schemas import Document, load_review, load_tender
from selfassess.sources import Source, of_file, read_file
from selfassess.text import show

TENDER = "tender.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A tender with the documents that it names; ``reviewed`` are the names under which reviews lie.

    ``publication`` is what was published of it, None where nothing was; ``is_what_if`` says that it is looked at
    whether or not it is what was published.
    """

    name: str
    tender: Document[Tender]
    questionnaire: Document[Questionnaire]
    profile: Document[ScoringProfile]
    publication: Document[Publication] | None
    is_what_if: bool
    reviewed: tuple[str, ...]
    warnings: tuple[Problem, ...]

    @property
    def lots(self) -> tuple[str, ...]:
        """Return the ids of the tender's lots."""
        return tuple(lot.id for lot in self.tender.content.lots)

    @property
    def is_published(self) -> bool:
        """Return whether this very method was published."""
        return self.publication is not None and not self.is_what_if

    @property
    def bound(self) -> str:
        """Return the digest of the tender to which receipts and findings are bound: the one that was published."""
        return self.publication.content.tender.digest if self.publication else self.tender.digest

    @property
    def closing(self) -> datetime:
        """Return the deadline by which bids had to be there: the one that was published."""
        if self.publication is None or not self.is_what_if:
            return self.tender.content.deadline
        return frozen_tender(self.publication).deadline

    @property
    def answered(self) -> str:
        """Return the digest of the questionnaire that bids answer: the one that was published."""
        return self.publication.content.questionnaire.digest if self.publication else self.questionnaire.digest


def open_tender(folder: Path, library: Library, source: Source | None = None, *, what_if: bool = False) -> Opened:
    """Return a tender and what it names; ``InvalidDocument`` with everything that is wrong with them.

    ``NotAsPublished`` where another method was published, unless it is a ``what_if``; ``source`` is read in place of
    the folder's own tender.yaml.
    """
    name = str(folder)
    tender = load_tender(read_file(folder / TENDER, f"{name}/{TENDER}") if source is None else source)
    publication = read_publication(folder, name)
    questionnaire, profile = _named(folder, library.beside(folder), tender, publication, what_if=what_if)
    problems: list[Problem] = []
    for stage, faults in _stages(questionnaire, profile, tender):
        problems += [stage.problem(fault) for fault in faults]
        if has_errors(problems):
            raise InvalidDocument(set(problems))
    problems += publication_warnings(tender, publication)
    reviewed, strays = _reviews_in(folder, name)
    return Opened(
        name=name,
        tender=tender,
        questionnaire=questionnaire,
        profile=profile,
        publication=publication,
        is_what_if=what_if,
        reviewed=reviewed,
        warnings=tuple(sorted({*problems, *strays})),
    )


def _named(
    folder: Path,
    library: Library,
    tender: Document[Tender],
    publication: Document[Publication] | None,
    *,
    what_if: bool,
) -> tuple[Document[Questionnaire], Document[ScoringProfile]]:
    """Return what a tender names; what was published decides over its pins, and a ``what_if`` looks at none."""
    pin, is_pinned = tender.content.questionnaire, publication is None
    changes = [] if publication is None else list(changes_since(publication, {"tender": tender}))
    try:
        questionnaire = pinned_questionnaire(library, pin, tender.source, is_pinned=is_pinned)
        profile = pinned_profile(folder, library, questionnaire, tender, is_pinned=is_pinned)
    except InvalidDocument as invalid:
        if changes and not what_if:
            raise NotAsPublished(set(changes)) from None
        is_mismatch = all(problem.code is Code.PIN_MISMATCH for problem in invalid.problems)
        raise Mismatch(invalid.problems) if is_mismatch else invalid from None
    if publication is not None and not what_if:
        present: dict[str, Document[Any]] = {"tender": tender, "profile": profile, "questionnaire": questionnaire}
        changes = list(changes_since(publication, present))
        if changes:
            raise NotAsPublished(set(changes))
    return questionnaire, profile


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
        yield from _monitoring_faults(name, review.content.monitoring, opened, bids)
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


def _monitoring_faults(name: str, monitoring: Monitoring, opened: Opened, bids: Collection[str]) -> Iterable[Fault]:
    if name in bids:
        values: dict[str, object] = {"found": f"sites, by {monitoring.name}", "expected": name}
        yield Fault(pointer="/monitor", code=Code.REVIEW_SUPPLIER, values=values)
    if monitoring.tender != opened.tender.content.id:
        values = {"found": monitoring.tender, "expected": opened.tender.content.id}
        yield Fault(pointer="/tender/id", code=Code.TENDER_MISMATCH, values=values)
    if monitoring.tender_digest != opened.bound:
        values = {"document": "tender", "found": opened.bound, "expected": monitoring.tender_digest}
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
