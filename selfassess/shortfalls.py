"""What only the scoring of a bid shows: answers that are not asked, missing ones, documents that do not count."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from selfassess.bids import positions_of_documents
from selfassess.languages import TOLD
from selfassess.model.assessment import Assessment, State
from selfassess.model.conditions import Condition, looked_at
from selfassess.model.response import Row
from selfassess.plan import ScoringPlan
from selfassess.problems import Code, Fault
from selfassess.scoring.gaps import declaration_gaps, evidence_gaps
from selfassess.scoring.support import considered
from selfassess.sources import Source

ROWS_NAMED = 10  # of a table, in one message


def standing_faults(plan: ScoringPlan, assessment: Assessment, source: Source) -> Iterator[Fault]:
    """Yield what only the scoring shows: answers that are not asked, missing ones, documents that do not count."""
    yield from _gap_faults(plan, assessment, source)
    if not assessment.has_plain_evidence:
        yield from _document_faults(plan, assessment, positions_of_documents(source))
    if assessment.incomplete or assessment.causes or State.NOT_ASKED in assessment.states:
        yield from _state_faults(plan, assessment)


def _gap_faults(plan: ScoringPlan, assessment: Assessment, source: Source) -> Iterator[Fault]:
    own = assessment.response.lot_answers.get(plan.lot or "", {})
    for gap in evidence_gaps(plan, assessment):
        at = f"/lot_answers/{plan.lot}/{gap.question}" if gap.question in own else f"/answers/{gap.question}"
        counted = (
            TOLD.say("none counts for the rows {rows}", rows=_few(gap.rows))
            if gap.rows
            else TOLD.say("{grade} counts", grade=gap.counted.name)
        )
        values = {"question": gap.question, "asked": gap.asked.name, "counted": counted}
        yield Fault(pointer=at, code=Code.EVIDENCE_GAP, values=values)
    for found in declaration_gaps(plan, assessment):
        positions = positions_of_documents(source)
        at = f"/answers/{found.question}" if found.is_entry else f"/evidence/{positions.get(found.document, 0)}"
        values = {
            "document": found.document or TOLD.say("what was seen of {question}", question=found.question),
            "why": found.why,
        }
        yield Fault(pointer=at, code=Code.DECLARATION_GAP, values=values)


def _few(rows: Sequence[str]) -> str:
    shown = ", ".join(rows[:ROWS_NAMED])
    return TOLD.say("{rows} and {n} more", rows=shown, n=len(rows) - ROWS_NAMED) if len(rows) > ROWS_NAMED else shown


def _state_faults(plan: ScoringPlan, assessment: Assessment) -> Iterator[Fault]:
    response = assessment.response
    own = response.lot_answers.get(plan.lot or "", {})
    for planned, state in zip(plan.questions, assessment.states, strict=True):
        id_ = planned.question.id
        at = f"/lot_answers/{plan.lot}/{id_}" if id_ in own else f"/answers/{id_}"
        said = id_ in own or id_ in response.answers
        inherited = planned.position in assessment.causes
        if said and (state is State.NOT_ASKED or inherited) and planned.condition is not None:
            reason = _not_asked(planned.condition, is_told=state is State.NOT_ASKED)
            yield Fault(pointer=at, code=Code.NOT_ASKED, values={"question": id_, "reason": reason})
        elif state is State.MISSING and not said and id_ not in response.not_applicable:
            yield Fault(pointer="/answers", code=Code.MISSING_ANSWER, values={"question": id_})


def _not_asked(condition: Condition, *, is_told: bool) -> str:
    """Return why a question is not asked: by the answers that its condition looks at, or by the bidder and the lot."""
    questions = ", ".join(looked_at(condition))
    if not questions:
        return TOLD.say("the lot or the supplier's role does not ask for it")
    if is_told:
        return TOLD.say("it depends on {questions}, answered otherwise", questions=questions)
    return TOLD.say("it depends on {questions}, of which nothing can be told", questions=questions)


def _document_faults(plan: ScoringPlan, assessment: Assessment, positions: Mapping[str, int]) -> Iterator[Fault]:
    for document in assessment.response.evidence:
        for planned, finding in considered(plan, document, assessment.day):
            id_ = planned.question.id
            at = f"/evidence/{positions.get(document.id, 0)}"
            rule = planned.question.evidence
            accepts = rule.accepts if rule and rule.accepts is not None else None
            if accepts is not None and document.kind not in (*accepts, "equivalent"):
                values = {"id": document.id, "kind": document.kind, "question": id_, "known": ", ".join(accepts)}
                yield Fault(pointer=f"{at}/kind", code=Code.EVIDENCE_KIND, values=values)
            elif finding.reason:
                code = Code.EVIDENCE_NO_ROW if planned.table is not None and finding.row is None else None
                values = {"id": document.id, "day": str(assessment.day), "reason": finding.reason, "question": id_}
                yield Fault(pointer=at, code=code or Code.EVIDENCE_NOT_VALID, values=values)
            elif finding.row is not None and not _has_row(assessment, planned.position, finding.row):
                values = {"id": document.id, "target": f"{id_}/{finding.row}"}
                yield Fault(pointer=f"{at}/supports", code=Code.EVIDENCE_SUPPORTS, values=values)


def _has_row(assessment: Assessment, position: int, key: str) -> bool:
    answer = assessment.answers[position]
    rows = answer if isinstance(answer, tuple) else ()
    return any(isinstance(row, Row) and row.key == key for row in rows)
