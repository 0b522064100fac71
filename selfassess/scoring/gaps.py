"""Where claims and documents part: claims that no evidence supports, and documents that show more than is claimed.

An evidence gap costs points now; a declaration gap may hold some that nobody claimed. Neither changes a value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from selfassess.languages import TOLD
from selfassess.model.assessment import Assessment, Outcome, State
from selfassess.model.questionnaire import Grade
from selfassess.model.response import Evidence, Row
from selfassess.model.review import Action
from selfassess.plan import PlannedQuestion, ScoringPlan
from selfassess.scoring.support import EQUIVALENTS, Support, refusal, supported_by


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceGap:
    """A claim for which no evidence counts; ``rows`` are those of a table, empty elsewhere."""

    question: str
    asked: Grade
    counted: Grade
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationGap:
    """What shows more than was said: a document, or after its review an entry; ``why`` says how in words."""

    question: str
    document: str
    why: str
    is_entry: bool = False


def evidence_gaps(plan: ScoringPlan, assessment: Assessment) -> Iterator[EvidenceGap]:
    """Yield the claims that count nothing for want of evidence, where no review made that good.

    What only waits for a review to accept an equivalent is no gap.
    """
    if assessment.supported == assessment.claimed and Outcome.UNKNOWN not in assessment.gates.values():
        return
    short = [planned for planned in plan.questions if _is_short(planned, assessment)]
    if not short:
        return
    support = supported_by(plan, assessment.response, assessment.day)
    for planned in short:
        rows = tuple(_rows(planned, assessment, support))
        waits = (planned.position, None) in support.pending
        if not waits and (rows or planned.table is None):
            counted = Grade.E0 if planned.table else support.questions.get(planned.position, support.declared)
            yield EvidenceGap(question=planned.id, asked=planned.minimum, counted=counted, rows=rows)


def _is_short(planned: PlannedQuestion, assessment: Assessment) -> bool:
    """Return whether an answer, or a row of it, counts nothing or leaves its gate unknown for want of evidence."""
    position = planned.position
    if assessment.states[position] is not State.ANSWERED:
        return False
    claimed = assessment.claimed[position]
    supported = assessment.supported[position]
    is_less = supported < claimed if planned.table else not supported and claimed
    return (
        bool(is_less and assessment.reviewed[position] < claimed) or assessment.gates.get(planned.id) is Outcome.UNKNOWN
    )


def _rows(planned: PlannedQuestion, assessment: Assessment, support: Support) -> Iterator[str]:
    """Yield the rows of a table that are worth something and that no evidence supports."""
    answer = assessment.answers[planned.position]
    table = planned.table
    if table is None or not isinstance(answer, tuple):
        return
    for row in answer:
        if isinstance(row, Row) and not row.is_bad and (table.row_value is None or table.row_value(row.cells)):
            grade = support.grade_of_row(planned.position, row.key)
            if not planned.support[grade] and (planned.position, row.key) not in support.pending:
                yield row.key


def declaration_gaps(plan: ScoringPlan, assessment: Assessment) -> Iterator[DeclarationGap]:
    """Yield documents that may show more than was claimed, and entries that found so."""
    has_unclaimed = assessment.incomplete or State.NOT_APPLICABLE in assessment.states
    for document in assessment.response.evidence:
        ceiling = _ceiling(plan, document)
        is_full = document.grade >= ceiling and not has_unclaimed
        if is_full or document.lot not in (None, plan.lot) or document.kind in EQUIVALENTS:
            continue
        for target in document.supports:
            id_, _, row = target.partition("/")
            position = plan.positions.get(id_)
            planned = None if position is None else plan.questions[position]
            why = "" if planned is None else _why(planned, assessment, document, ceiling)
            if planned and why and not refusal(plan, planned.question, document, assessment.day, row or None):
                yield DeclarationGap(question=id_, document=document.id, why=why)
    for entry in assessment.entries:
        position = plan.positions.get(entry.question)
        if entry.action is not Action.ADJUST or position is None or entry.row is not None or entry.value is None:
            continue
        if entry.value * plan.scale > assessment.claimed[position]:
            why = TOLD.say("the review found more than was claimed ({entry})", entry=entry.id)
            yield DeclarationGap(question=entry.question, document=entry.document or "", why=why, is_entry=True)


def _why(planned: PlannedQuestion, assessment: Assessment, document: Evidence, ceiling: Grade) -> str:
    """Return how a document shows more of a question than is claimed, empty where it does not."""
    state = assessment.states[planned.position]
    if state is State.NOT_APPLICABLE and planned.position not in assessment.causes:
        return TOLD.say("{question} is said not to apply", question=planned.id)
    if state is State.MISSING and planned.position not in assessment.causes:
        response = assessment.response
        said = planned.id in response.answers or planned.id in response.lot_answers.get(assessment.lot or "", {})
        return "" if said else TOLD.say("{question} is not answered", question=planned.id)
    if state is State.ANSWERED and document.grade < planned.minimum <= ceiling:
        stated, asked = document.grade.name, planned.minimum.name
        return TOLD.say(
            "it is stated as {stated}, its kind can carry {most}, {question} asks for {asked}",
            stated=stated,
            most=ceiling.name,
            question=planned.id,
            asked=asked,
        )
    return ""


def _ceiling(plan: ScoringPlan, document: Evidence) -> Grade:
    kind = plan.kinds.get(document.kind)
    return Grade.E0 if kind is None else min(kind.grade, Grade.E3)
