"""Assessments as files: written with what it takes to compute them again, and opened by computing them again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from selfassess import digests
from selfassess.checks import check_profile, check_questionnaire, check_tender
from selfassess.envelopes import TENDER, Enclosed, computed_differences, envelope_faults
from selfassess.evaluation import Evaluation
from selfassess.library import Library
from selfassess.model.assessment import Assessment
from selfassess.model.profile import Pin, ScoringProfile
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.tender import Lot, Tender
from selfassess.pins import pinned_questionnaire
from selfassess.plan import METHOD, ScoringPlan, compile_plan, readable
from selfassess.problems import Code, Fault, Faults, InvalidDocument, Problem, Severity
from selfassess.results import FORMAT, assessment_plain, entry_plain, pin_plain
from selfassess.schemas import Document, load_profile, load_review, load_tender
from selfassess.schemas.response import ReadResponse, ResponseReader
from selfassess.scoring import score
from selfassess.sources import Source
from selfassess.standings import pins_of, status_in


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """An assessment computed again from its file, with the documents that it rests on."""

    plan: ScoringPlan
    assessment: Assessment
    read: ReadResponse
    questionnaire: Document[Questionnaire]
    profile: Document[ScoringProfile]
    tender: Document[Tender] | None
    plain: Mapping[str, Any]
    raw: bytes
    differences: tuple[Problem, ...]

    @property
    def matches(self) -> bool:
        """Return whether the file holds nothing but what its own documents give."""
        return not self.differences


def in_tender(evaluation: Evaluation, supplier: str, lot: str) -> dict[str, Any]:
    """Return a bid's assessment in a lot as plain data."""
    bid, assessment, plan = evaluation.bids[supplier], evaluation.assessments[supplier, lot], evaluation.plans[lot]
    if bid.read is None:
        raise ValueError("a refused bid has no assessment")
    status, reasons = status_in(evaluation, supplier, lot)
    tender = evaluation.tender
    method = {
        **pins_of(evaluation),
        "tender": {"id": tender.content.id, "digest": tender.digest, "raw_digest": tender.raw_digest},
        "response": {"digest": bid.read.digest, "raw_digest": bid.read.raw_digest},
        "plan": {"fingerprint": digests.digest(readable(plan))},
        "published": evaluation.is_published,
        **({"what_if": True} if evaluation.is_what_if else {}),
        **({"publication": {"digest": evaluation.publication.digest}} if evaluation.publication else {}),
    }
    documents = {
        "response": bid.read.source.data,
        "profile": evaluation.profile.written,
        "tender": tender.written,
        **_inputs(assessment, bid.read),
    }
    return assessment_plain(
        plan,
        assessment,
        method=method,
        status=status.value,
        reasons=reasons,
        problems=bid.problems,
        documents=documents,
    )


def _inputs(assessment: Assessment, read: ReadResponse) -> dict[str, Any]:
    """Return what else the score rests on: documents whose files cannot be used, and review entries."""
    kept = {document.id for document in assessment.response.evidence}
    gone = [document.id for document in read.response.evidence if document.id not in kept]
    entries = [*assessment.entries, *(refusal.entry for refusal in assessment.refused_entries)]
    return {"unusable_evidence": gone, "review_entries": [entry_plain(entry) for entry in entries]}


def alone(
    plan: ScoringPlan,
    assessment: Assessment,
    read: ReadResponse,
    profile: Document[ScoringProfile],
    problems: tuple[Problem, ...],
) -> dict[str, Any]:
    """Return an assessment made outside a tender as plain data."""
    named = profile.content
    method = {
        "questionnaire": pin_plain(named.questionnaire),
        "profile": {"id": named.id, "version": named.version, "digest": profile.digest},
        "response": {"digest": read.digest, "raw_digest": read.raw_digest},
        "plan": {"fingerprint": digests.digest(readable(plan))},
    }
    documents = {"response": read.source.data, "profile": profile.written, **_inputs(assessment, read)}
    return assessment_plain(
        plan,
        assessment,
        method=method,
        status="assessed",
        reasons=(),
        problems=problems,
        documents=documents,
    )


def reopen(source: Source, library: Library) -> Opened:
    """Return an assessment computed again from its file, with where the file differs from what its documents give.

    ``InvalidDocument`` says where the file cannot be used: its shape, its documents, or a digest that is not theirs.
    """
    plain = source.data
    if source.is_yaml or not isinstance(plain, dict) or plain.get("format") != FORMAT:
        values = {"found": "another", "expected": f"{FORMAT} in JSON"}
        raise InvalidDocument([source.problem(Fault(pointer="/format", code=Code.FORMAT, values=values))])
    _refuse(source.problem(fault) for fault in envelope_faults(plain))
    documents = plain["documents"]
    profile = load_profile(Enclosed(source, "/documents/profile", documents["profile"]))
    tender = load_tender(Enclosed(source, "/documents/tender", documents[TENDER])) if TENDER in documents else None
    is_pinned = not plain["method"].get("what_if")
    questionnaire = pinned_questionnaire(library, profile.content.questionnaire, profile.source, is_pinned=is_pinned)
    _check(questionnaire, profile, tender, is_pinned=is_pinned)
    lot = _lot_of(source, tender)
    reader = ResponseReader(questionnaire.content, questionnaire.digest if is_pinned else _answered(documents))
    read = reader.read(Enclosed(source, "/documents/response", documents["response"]))
    _refuse(source.problem(fault) for fault in _pin_faults(plain, questionnaire, profile, tender, read))
    settings = tender.content.changed(profile.content) if tender else profile.content
    plan = compile_plan(questionnaire.content, settings, lot)
    assessment = _scored(source, plan, read, date.fromisoformat(plain["day"]) if tender is None else tender.content.day)
    faults = Faults()
    faults.extend(computed_differences(plain, plan, assessment, lot))
    return Opened(
        plan=plan,
        assessment=assessment,
        read=read,
        questionnaire=questionnaire,
        profile=profile,
        tender=tender,
        plain=plain,
        raw=source.raw,
        differences=tuple(sorted(source.problem(fault) for fault in faults)),
    )


def _answered(documents: Mapping[str, Any]) -> str:
    """Return the digest of the questionnaire that a response names: in a what-if it is not the one that scores."""
    pin = documents["response"].get("questionnaire")
    return str(pin.get("digest", "")) if isinstance(pin, Mapping) else ""


def _refuse(problems: Iterable[Problem]) -> None:
    """Raise ``InvalidDocument`` with the errors among problems, where there are any."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        raise InvalidDocument(errors)


def _check(
    questionnaire: Document[Questionnaire],
    profile: Document[ScoringProfile],
    tender: Document[Tender] | None,
    *,
    is_pinned: bool,
) -> None:
    """Refuse documents that break the rules of their kind, or do not name each other (in a what-if they need not)."""
    _refuse(questionnaire.source.problem(fault) for fault in check_questionnaire(questionnaire.content))
    _refuse(profile.source.problem(fault) for fault in check_profile(profile.content, questionnaire.content))
    if tender is None:
        return
    named = tender.content
    pins = (
        ("profile", named.profile, Pin(id=profile.content.id, version=profile.content.version, digest=profile.digest)),
        ("questionnaire", named.questionnaire, profile.content.questionnaire),
    )
    _refuse(
        tender.source.problem(fault)
        for document, pin, there in (pins if is_pinned else ())
        for fault in _mismatches(document, pin_plain(pin), pin_plain(there), f"/{document}")
    )
    _refuse(tender.source.problem(f) for f in check_tender(named, questionnaire.content, profile.content))


def _mismatches(document: str, named: Mapping[str, Any], there: Mapping[str, Any], at: str) -> Iterator[Fault]:
    for key, value in there.items():
        if named.get(key) != value:
            values = {"document": document, "found": value, "expected": str(named.get(key, "nothing"))}
            yield Fault(pointer=f"{at}/{key}", code=Code.PIN_MISMATCH, values=values)


def _lot_of(source: Source, tender: Document[Tender] | None) -> Lot | None:
    """Return the lot that an assessment names; ``InvalidDocument`` where its tender has none of that name."""
    id_, lots = source.data["lot"], tender.content.lots if tender else ()
    for lot in lots:
        if lot.id == id_:
            return lot
    if tender is None and id_ is None:
        return None
    values = {"id": str(id_), "known": ", ".join(lot.id for lot in lots) or "none"}
    raise InvalidDocument([source.problem(Fault(pointer="/lot", code=Code.UNKNOWN_LOT, values=values))])


def _pin_faults(
    plain: Mapping[str, Any],
    questionnaire: Document[Questionnaire],
    profile: Document[ScoringProfile],
    tender: Document[Tender] | None,
    read: ReadResponse,
) -> Iterator[Fault]:
    """Yield where the method names another document than the file holds; what was read as bytes cannot be told."""
    method, content = plain["method"], profile.content
    # A response that has no canonical form is named by its bytes.
    known = method["response"].get("raw_digest") if read.digest == read.raw_digest else read.digest
    there: dict[str, Mapping[str, Any]] = {
        "questionnaire": {**pin_plain(content.questionnaire), "digest": questionnaire.digest},
        "profile": {"id": content.id, "version": content.version, "digest": profile.digest},
        "response": {"digest": known},
    }
    if tender is not None:
        there[TENDER] = {"id": tender.content.id, "digest": tender.digest}
    for name, pin in there.items():
        named = method.get(name)
        yield from _mismatches(name, named if isinstance(named, Mapping) else {}, pin, f"/method/{name}")
    yield from _mismatches("method", plain["program"], {"method": METHOD}, "/program")


def _scored(source: Source, plan: ScoringPlan, read: ReadResponse, day: date) -> Assessment:
    plain = source.data
    entries, gone = plain["documents"]["review_entries"], set(plain["documents"]["unusable_evidence"])
    review = {
        "format": "selfassess/review@1",
        "supplier": "supplier",
        "response": {"digest": read.digest},
        "entries": entries,
    }
    log = load_review(Enclosed(source, "/documents/review_entries", entries, around=review, stem="/entries"))
    kept = tuple(document for document in read.response.evidence if document.id not in gone)
    response = replace(read.response, evidence=kept)
    return score(plan, response, supplier=plain["supplier"], day=day, entries=log.content.entries)
