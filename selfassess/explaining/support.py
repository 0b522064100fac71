"""Say which evidence was asked for, what each document counts and why, and what that makes of the claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from selfassess.explaining.passages import Passage, said
from selfassess.model.assessment import Assessment, DocumentFinding, Finding, State
from selfassess.model.questionnaire import Grade
from selfassess.model.response import Evidence
from selfassess.model.review import Action
from selfassess.plan import PlannedQuestion, ScoringPlan
from selfassess.prospectus.words import evidence_in_words
from selfassess.scoring.support import months_after


def support_passage(
    plan: ScoringPlan, assessment: Assessment, planned: PlannedQuestion, finding: Finding, given: Sequence[Evidence]
) -> Passage:
    """Return the evidence of one question; ``given`` are all documents as stated, unusable ones too."""
    kept = {document.id: document for document in assessment.response.evidence}
    declared = assessment.response.declaration
    items = [
        f"{declared.name}, {declared.position}, signed the declaration on {declared.date}: E1 for every answer."
        if declared
        else "There is no signed declaration, which would give every answer E1."
    ]
    accepted = {entry.row for entry in finding.entries if entry.action is Action.ACCEPT_EQUIVALENT}
    for document in finding.documents:
        items.append(_document(plan, planned, kept[document.id], document, assessment.day))
        if document.is_equivalent and not document.reason:
            items.append(_equivalent(document, accepted))
    items += [
        f"{document.id} “{document.title}” does not count: its file is missing or is not the one that was declared."
        for document in given
        if document.id not in kept and any(target.partition("/")[0] == planned.id for target in document.supports)
    ]
    asked = evidence_in_words(plan.questionnaire, planned)
    return Passage(
        title="Evidence",
        sentences=[f"Asked: {asked}. The day that counts is {assessment.day}."],
        items=[*items, *_outcome(plan, planned, finding)],
    )


def _document(
    plan: ScoringPlan, planned: PlannedQuestion, document: Evidence, found: DocumentFinding, day: date
) -> str:
    kind = plan.kinds.get(document.kind)
    row = f", for the row {found.row}" if found.row else ""
    issuer = f", by {document.issuer}" if document.issuer else ""
    what = f"{document.id} “{document.title}”{issuer}{row}: {kind.title if kind else document.kind}"
    dates = ", ".join(_dates(document, planned.valid_months))
    stated = f"stated {document.grade.name}"
    if found.reason:
        return f"{what}; {stated}; {dates}. It does not count: {found.reason}."
    ceiling = min(kind.grade if kind else Grade.E0, Grade.E3)
    capped = f", of which its kind carries at most {ceiling.name}" if document.grade > ceiling else ""
    return f"{what}; {stated}{capped}; {dates}: valid on {day}. It counts {found.grade.name}."


def _dates(document: Evidence, months: int | None) -> Iterator[str]:
    yield f"issued {document.issued}" if document.issued else "without a date of issue"
    if document.issued and months is not None:
        yield f"{months} months from issue end {months_after(document.issued, months)}"
    if document.expires:
        yield f"expires {document.expires}"


def _equivalent(document: DocumentFinding, accepted: set[str | None]) -> str:
    if document.row in accepted or None in accepted:
        return f"{document.id} is an equivalent that a review entry accepted: the claim counts in full after review."
    return f"{document.id} is offered as an equivalent: it counts once a review entry accepts it."


def _outcome(plan: ScoringPlan, planned: PlannedQuestion, finding: Finding) -> Iterator[str]:
    """Yield what the best document makes of the claim."""
    if finding.state is not State.ANSWERED or finding.claimed is None or finding.supported is None:
        return
    if planned.table is not None:
        yield f"Evidence acts row by row; the rows are told above. Supported: {said(finding.supported)}."
        return
    tenths = planned.support[finding.grade]
    reached = finding.grade >= planned.minimum
    why = "reaches" if reached else "stays below"
    mode = "" if reached else f" in the mode {plan.profile.evidence_mode.value}"
    counts = {10: "the claim counts in full", 0: f"nothing of the claim counts{mode}"}
    how = counts.get(tenths, f"{tenths * 10} % of the claim counts{mode}")
    grades = f"{finding.grade.name}, which {why} {planned.minimum.name}"
    yield f"The best that counts is {grades}: {how}, {_product(finding, tenths)}."


def _product(finding: Finding, tenths: int) -> str:
    if finding.claimed is None or finding.supported is None:
        return ""
    if tenths in (0, 10):
        return said(finding.supported)
    return f"{said(finding.claimed)} × 0.{tenths} = {said(finding.supported)}"


def counted(documents: Sequence[DocumentFinding]) -> Mapping[str | None, list[str]]:
    """Return the documents that count, by the row that they name."""
    found: dict[str | None, list[str]] = {}
    for document in documents:
        if not document.reason and not document.is_equivalent:
            found.setdefault(document.row, []).append(document.id)
    return found
