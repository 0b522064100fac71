"""Assessments as files: written with what it takes to compute them again, and opened by computing them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from selfassess import digests
from selfassess.errors import UsageError
from selfassess.evaluation import Evaluation
from selfassess.exchange import json_bytes
from selfassess.library import Library
from selfassess.model.assessment import Assessment
from selfassess.model.profile import ScoringProfile
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.tender import Tender
from selfassess.plan import ScoringPlan, compile_plan, readable
from selfassess.problems import Code, Fault, InvalidDocument, Problem
from selfassess.results import FORMAT, assessment_plain, entry_plain, pin_plain
from selfassess.schemas import Document, load_profile, load_review, load_tender
from selfassess.schemas.response import ReadResponse, ResponseReader
from selfassess.scoring import score
from selfassess.sources import Source, read_json
from selfassess.standings import status_in


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
    matches: bool


def in_tender(evaluation: Evaluation, supplier: str, lot: str) -> dict[str, Any]:
    """Return a bid's assessment in a lot as plain data."""
    bid, assessment, plan = evaluation.bids[supplier], evaluation.assessments[supplier, lot], evaluation.plans[lot]
    if bid.read is None:
        raise ValueError("a refused bid has no assessment")
    status, reasons = status_in(evaluation, supplier, lot)
    tender = evaluation.tender
    method = {
        "questionnaire": pin_plain(tender.content.questionnaire),
        "profile": pin_plain(tender.content.profile),
        "tender": {"id": tender.content.id, "digest": tender.digest, "raw_digest": tender.raw_digest},
        "response": {"digest": bid.read.digest, "raw_digest": bid.read.raw_digest},
        "plan": {"fingerprint": digests.digest(readable(plan))},
        "published": evaluation.is_published,
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
    """Return an assessment computed again from its file.

    ``matches`` says whether the file's totals are those that its own documents give.
    """
    plain = source.data
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        values = {"found": "another", "expected": FORMAT}
        raise InvalidDocument([source.problem(Fault(pointer="/format", code=Code.FORMAT, values=values))])
    try:
        return _reopened(plain, source.file, library)
    except (KeyError, TypeError, AttributeError) as lacking:
        raise UsageError(f"{source.file} lacks what it takes to compute it again: {lacking}") from None


def _reopened(plain: Mapping[str, Any], file: str, library: Library) -> Opened:
    documents, lot_id = plain["documents"], plain["lot"]
    profile = load_profile(_part(documents["profile"], file))
    tender = load_tender(_part(documents["tender"], file)) if "tender" in documents else None
    pinned = profile.content.questionnaire
    questionnaire = library.questionnaire(pinned.id, pinned.version)
    settings = tender.content.changed(profile.content) if tender else profile.content
    lot = next((lot for lot in tender.content.lots if lot.id == lot_id), None) if tender else None
    plan = compile_plan(questionnaire.content, settings, lot)
    reader = ResponseReader(questionnaire.content, questionnaire.digest)
    read = reader.read(_part(documents["response"], file))
    gone = set(documents["unusable_evidence"])
    kept = tuple(document for document in read.response.evidence if document.id not in gone)
    assessment = score(
        plan,
        replace(read.response, evidence=kept),
        supplier=plain["supplier"],
        day=date.fromisoformat(plain["day"]),
        entries=_entries(documents["review_entries"], plain, file),
    )
    again = assessment_plain(plan, assessment, method={}, status="", reasons=(), problems=(), documents={})
    return Opened(
        plan=plan,
        assessment=assessment,
        read=read,
        questionnaire=questionnaire,
        profile=profile,
        tender=tender,
        plain=plain,
        matches=again["totals"] == plain["totals"] and again["gates"] == plain["gates"],
    )


def _part(plain: Any, file: str) -> Source:
    """Return a document inside an assessment as a source of its own."""
    return read_json(json_bytes(plain), file)


def _entries(entries: Any, plain: Mapping[str, Any], file: str) -> Any:
    review = {
        "format": "selfassess/review@1",
        "supplier": "supplier",
        "response": {"digest": plain["method"]["response"]["digest"]},
        "entries": entries,
    }
    return load_review(_part(review, file)).content.entries
