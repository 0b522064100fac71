"""Say answers, evidence and reasons in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from selfassess.conditions import sentence
from selfassess.model.assessment import Approval, Finding, State
from selfassess.model.questionnaire import Column, Kind, Question
from selfassess.model.response import Row
from selfassess.model.review import Action
from selfassess.numbers import exactly, shown
from selfassess.plan import PlannedQuestion, ScoringPlan, rule_sentence
from selfassess.wording import STATES

ACTIONS = {
    Action.CONFIRM: "confirmed",
    Action.ADJUST: "adjusted",
    Action.REJECT: "rejected",
    Action.ACCEPT_EQUIVALENT: "accepted as equivalent",
    Action.APPROVE: "approved",
    Action.REFUSE: "refused",
}


def answer_in_words(question: Question, finding: Finding) -> tuple[str, ...]:
    """Return an answer line by line, a table's rows one to a line."""
    if finding.answer is None:
        return (STATES[finding.state.value],)
    if question.table is None:
        return (value_in_words(question, finding.answer),)
    columns = {column.id: column for column in question.table.columns}
    rows = finding.answer if isinstance(finding.answer, tuple) else ()
    return tuple(_row(row, columns) for row in rows if isinstance(row, Row))


def _row(row: Row, columns: dict[str, Column]) -> str:
    cells = [value_in_words(columns[id_], cell) for id_, cell in row.cells.items() if cell != row.key]
    said = f"{row.key}: {', '.join(cells)}" if cells else row.key
    return f"{said} (a cell cannot be used)" if row.is_bad else said


def value_in_words(asked: Question | Column, value: object) -> str:
    """Return one answer or cell in words: options by their texts, numbers with their unit."""
    texts = {option.id: option.text for option in asked.options}
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(texts.get(str(id_), str(id_)) for id_ in value) or "nothing ticked"
    if isinstance(value, Decimal):
        unit = "%" if asked.type is Kind.PERCENT else asked.unit or ""
        return f"{exactly(value)}\u00a0{unit}".strip()
    if isinstance(value, date):
        return value.isoformat()
    return texts.get(str(value), str(value))


def evidence_in_words(finding: Finding) -> str:
    """Return the grade that counts and the documents that it comes from."""
    if finding.state is not State.ANSWERED:
        return ""
    names = [document.id for document in finding.documents if not document.reason and not document.is_equivalent]
    named = f" ({', '.join(dict.fromkeys(names))})" if names else ""
    return f"{finding.grade.name}{named}, {finding.minimum.name} asked"


def reasons(plan: ScoringPlan, planned: PlannedQuestion, finding: Finding) -> Iterator[str]:
    """Yield why a question counts what it counts."""
    question = planned.question
    if finding.state is State.NOT_ASKED and planned.condition is not None:
        kept = "; it stays in the sums with 0" if planned.stays else "; it leaves the sums"
        yield f"Asked only when {sentence(planned.condition)}{kept if question.is_scored else ''}."
    elif finding.state is State.NOT_APPLICABLE:
        yield f"Reason: {reason_in_words(plan, finding)}; {_approval(finding)}."
    elif finding.state is State.MISSING:
        yield "Like the question that it depends on." if finding.inherited else "Missing counts as 0."
    elif question.is_scored:
        yield f"Scored by {rule_sentence(question)}." if question.table or not question.options else _chosen(finding)
        yield from _values(finding)
    yield from (f"{said}." for said in dict.fromkeys(_documents(finding)))
    yield from _entries(finding)


def _chosen(finding: Finding) -> str:
    return "" if finding.claimed is None else f"The answer is worth {shown(finding.claimed, 2)}."


def reason_in_words(plan: ScoringPlan, finding: Finding) -> str:
    """Return the reason of a N/A in the questionnaire's words."""
    if finding.inherited:
        return "the question that it depends on does not apply"
    texts = {term.id: term.text for term in plan.questionnaire.not_applicable_reasons}
    return texts.get(finding.reason, "the table is empty" if finding.reason == "empty-table" else finding.reason)


def _approval(finding: Finding) -> str:
    words = {
        Approval.OPEN: "no review entry has approved it",
        Approval.APPROVED: "approved by the review",
        Approval.REFUSED: "refused by the review",
    }
    return words[finding.approval or Approval.OPEN]


def _values(finding: Finding) -> Iterator[str]:
    if finding.claimed is None or finding.supported is None or finding.reviewed is None:
        return
    if finding.supported != finding.claimed:
        yield f"Evidence supports {shown(finding.supported, 2)} of the claimed {shown(finding.claimed, 2)}."
    if finding.reviewed != finding.supported:
        yield f"After review {shown(finding.reviewed, 2)}."


def _documents(finding: Finding) -> Iterator[str]:
    for document in finding.documents:
        if document.reason:
            yield f"Document {document.id} does not count: {document.reason}"
        elif document.is_equivalent:
            yield f"Document {document.id} is offered as an equivalent"


def _entries(finding: Finding) -> Iterator[str]:
    for entry in finding.entries:
        row = f" for {entry.row}" if entry.row else ""
        value = f" to {exactly(entry.value)}" if entry.value is not None else ""
        yield f"{ACTIONS[entry.action].capitalize()}{row}{value} by {entry.person}, {entry.role}: {entry.reason}"
    if finding.persons_differ:
        yield "Persons differ; the lowest value stands until a moderation decides."
