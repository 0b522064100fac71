"""Open a tender's folder: the tender, the very questionnaire and profile that it names, and its reviews."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from selfassess import digests
from selfassess.bids import Bid
from selfassess.checks import check_profile, check_questionnaire, check_review, check_tender, review_chain
from selfassess.checks.review import OF_ONE_ENTRY
from selfassess.library import Library
from selfassess.model.assessment import Assessment
from selfassess.model.profile import ScoringProfile
from selfassess.model.publication import Publication
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.review import Monitoring, Review
from selfassess.model.tender import Tender
from selfassess.pins import pinned_profile, pinned_questionnaire
from selfassess.plan import asked_in
from selfassess.problems import Code, Fault, InvalidDocument, Mismatch, Problem, Severity, has_errors
from selfassess.publications import NotAsPublished, changes_since, frozen_tender, publication_warnings, read_publication
from selfassess.schemas import Document, load_review, load_tender
from selfassess.sources import Source, of_file, read_file
from selfassess.text import show

TENDER = "tender.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A tender with the documents that it names.

    ``lots`` are the questions that each lot asks, by its id; ``reviewed`` are the names under which reviews lie, and
    ``strays`` what else lies there (None: nobody can tell, the folder is closed). ``publication`` is what was
    published of the tender, None where nothing was; ``is_what_if`` says that it is looked at whether or not it is
    what was published.
    """

    name: str
    tender: Document[Tender]
    questionnaire: Document[Questionnaire]
    profile: Document[ScoringProfile]
    publication: Document[Publication] | None
    is_what_if: bool
    lots: Mapping[str, frozenset[str]]
    reviewed: tuple[str, ...]
    strays: tuple[str, ...] | None
    warnings: tuple[Problem, ...]

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviews:
    """The reviews of a tender that can be used, by the name under which they lie, and what was found wrong.

    ``unusable`` are the bids whose own review cannot be used; ``lost`` is where findings on sites, which act on any
    bid, may lie that cannot be used.
    """

    usable: Mapping[str, Document[Review]]
    problems: tuple[Problem, ...]
    unusable: frozenset[str]
    lost: tuple[str, ...]


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
    reviewed, strays, found = _reviews_in(folder, name)
    return Opened(
        name=name,
        tender=tender,
        questionnaire=questionnaire,
        profile=profile,
        publication=publication,
        is_what_if=what_if,
        lots={lot.id: asked_in(questionnaire.content, lot) for lot in tender.content.lots},
        reviewed=reviewed,
        strays=strays,
        warnings=tuple(sorted({*problems, *found})),
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


def _reviews_in(folder: Path, name: str) -> tuple[tuple[str, ...], tuple[str, ...] | None, list[Problem]]:
    """Return the names under which reviews lie, and what else lies there, with a problem: no entry is lost unseen."""
    reviews = folder / "reviews"
    if not os.path.lexists(reviews):
        return (), (), []
    try:
        found = sorted(path.name for path in reviews.iterdir())
    except OSError as error:
        values = {"reason": error.strerror or type(error).__name__}
        return (), None, [of_file(f"{name}/reviews", Code.FILE_UNREADABLE, **values)]
    strays = tuple(entry for entry in found if not entry.endswith(".yaml") or entry.startswith("."))
    problems = [of_file(f"{name}/reviews/{show(entry)}", Code.REVIEW_STRAY, name=show(entry)) for entry in strays]
    return tuple(entry.removesuffix(".yaml") for entry in found if entry not in strays), strays, problems


def read_reviews(folder: Path, opened: Opened, bids: Mapping[str, Bid]) -> Reviews:
    """Return the reviews of a tender; a broken log is not used at all, of others the entries that can be used are."""
    usable: dict[str, Document[Review]] = {}
    problems: list[Problem] = []
    unusable = {Path(stray).stem.casefold() for stray in opened.strays or ()}
    lost = [] if opened.strays is not None else ["reviews"]
    for name in opened.reviewed:
        file = f"reviews/{name}.yaml"
        try:
            review = load_review(read_file(folder / file, f"{opened.name}/{file}"))
        except InvalidDocument as invalid:
            problems += invalid.problems
            unusable.add(name.casefold())
            lost += [file] if name not in bids else []
            continue
        faults = tuple(review_faults(name, review, opened, bids))
        problems += [review.source.problem(fault) for fault in faults]
        if all(fault.code in OF_ONE_ENTRY or fault.code.severity is not Severity.ERROR for fault in faults):
            usable[name] = _without_refused(review, faults)
        elif review.content.monitoring is not None:
            lost.append(file)
        else:
            unusable |= {name.casefold(), (review.content.supplier or "").casefold()}
    return Reviews(usable=usable, problems=tuple(problems), unusable=frozenset(unusable), lost=tuple(lost))


def _without_refused(review: Document[Review], faults: Iterable[Fault]) -> Document[Review]:
    """Return a review without the entries that are at fault: they are refused, the others act."""
    refused = {int(fault.pointer.split("/")[2]) for fault in faults if fault.code in OF_ONE_ENTRY}
    kept = tuple(entry for index, entry in enumerate(review.content.entries) if index not in refused)
    return replace(review, content=replace(review.content, entries=kept))


def review_faults(name: str, review: Document[Review], opened: Opened, bids: Collection[str]) -> Iterable[Fault]:
    """Yield everything that is wrong with a review that lies under a name, beside ``bids`` by name."""
    bid = bids.get(name) if isinstance(bids, Mapping) and review.content.monitoring is None else None
    bid_for = bid.response.lots if bid is not None and bid.response is not None else None
    yield from check_review(review.content, opened.questionnaire.content, opened.lots, bid_for)
    yield from review_chain(review.content, entry_digests(review))
    if review.content.monitoring is not None:
        yield from _monitoring_faults(name, review.content.monitoring, opened, bids)
        return
    if review.content.supplier != name:
        values = {"found": review.content.supplier, "expected": name}
        yield Fault(pointer="/supplier", code=Code.REVIEW_SUPPLIER, values=values)
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
    positions = {entry["id"]: index for index, entry in enumerate(review.written["entries"])}
    for refusal in assessment.refused_entries:
        index = positions.get(refusal.entry.id)
        if index is not None:
            code = Code.REVIEW_VALUE if refusal.is_value else Code.REVIEW_USE
            values = {"action": refusal.entry.action.value, "reason": refusal.reason}
            yield review.source.problem(Fault(pointer=f"/entries/{index}", code=code, values=values))
