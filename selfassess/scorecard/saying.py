"""Say answers, claims, documents and review entries in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from selfassess.languages import ENGLISH, Words
from selfassess.model.assessment import Approval, DocumentFinding, Finding, Outcome, State
from selfassess.model.questionnaire import Column, Kind, Question
from selfassess.model.response import Row
from selfassess.model.review import Action, Entry
from selfassess.plan import ScoringPlan
from selfassess.scorecard.bid_cards import EntryCard, RowCard
from selfassess.scorecard.cards import Line
from selfassess.scorecard.figures import Figures, counted
from selfassess.wording import STATES

ACTIONS = {
    Action.CONFIRM: "Confirmed",
    Action.ADJUST: "Set",
    Action.REJECT: "Rejected",
    Action.ACCEPT_EQUIVALENT: "Accepted as equivalent",
    Action.APPROVE: "Approved that it does not apply",
    Action.REFUSE: "Refused that it does not apply",
    Action.REPLY: "The supplier replies",
}
APPROVALS = {
    Approval.OPEN: ("? not reviewed", "open"),
    Approval.APPROVED: ("✓ approved", "good"),
    Approval.REFUSED: ("✗ refused", "bad"),
}
OUTCOMES = {
    Outcome.PASS: ("✓ met", "good"),
    Outcome.FAIL: ("✗ not met", "bad"),
    Outcome.UNKNOWN: ("? not known", "open"),
}
DOCUMENTS_SHOWN = 4  # of one question; the register has all
SHORT = 34  # characters of a ticked option; shorter ones stand in one line
EMPTY_TABLE = "the table is empty"
UNSAID = "–"


def answer_in_words(question: Question, finding: Finding, figures: Figures) -> tuple[str, ...]:
    """Return an answer line by line; a table's rows are said by ``rows_in_words``."""
    if finding.answer is None:
        return (STATES[finding.state.value].capitalize(),)
    if question.table is not None:
        return ()
    if isinstance(finding.answer, tuple) and finding.answer:
        ticked = tuple(value_in_words(question, (one,), figures) for one in finding.answer)
        return ticked if max(map(len, ticked)) > SHORT else ("; ".join(ticked),)
    return (value_in_words(question, finding.answer, figures),)


def value_in_words(asked: Question | Column, value: object, figures: Figures) -> str:
    """Return one answer or cell in words: options by their texts, numbers with their unit."""
    texts = {option.id: option.text for option in asked.options}
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, tuple):
        return ", ".join(texts.get(str(id_), str(id_)) for id_ in value) or "Nothing ticked"
    if isinstance(value, Decimal):
        unit = "%" if asked.type is Kind.PERCENT else asked.unit or ""
        return f"{figures.plain(value)}\u00a0{unit}".strip()
    if isinstance(value, date):
        return value.isoformat()
    return texts.get(str(value), str(value))


def rows_in_words(question: Question, finding: Finding, figures: Figures) -> Iterator[RowCard]:
    """Yield every row of a table's answer with the documents that name it and what it is worth."""
    table, answer = question.table, finding.answer
    if table is None or not isinstance(answer, tuple):
        return
    columns = {column.id: column for column in table.columns}
    worths = {row.key: row for row in finding.rows}
    documents: dict[str, list[DocumentFinding]] = {}
    for document in finding.documents:
        documents.setdefault(document.row or "", []).append(document)
    for row in answer:
        if not isinstance(row, Row):
            continue
        cells = tuple(
            Line(label=columns[id_].text, value=value_in_words(columns[id_], row.cells[id_], figures))
            for id_ in columns
            if id_ in row.cells and id_ != table.key
        )
        worth = worths.get(row.key)
        value = "" if worth is None else figures.value(worth.reviewed)
        if worth is not None and worth.claimed != worth.reviewed:
            value += f" (claimed {figures.value(worth.claimed)})"
        own = [document for document in documents.get(row.key, []) if not document.reason]
        is_shown = any(not document.reason and document.grade == worth.grade for document in own) if worth else True
        grade = [] if worth is None or is_shown else [Line(label=f"{worth.grade.name} counts", value="")]
        yield RowCard(
            key=row.key,
            cells=cells,
            evidence=(*grade, *documents_in_words(own, question.id)),
            value=value,
            note="A cell of this row cannot be used: it counts 0." if row.is_bad else "",
        )


def refusal_in_words(reason: str, question: str, words: Words = ENGLISH) -> str:  # noqa: ARG001
    """Return why a document does not count, without the question's id, so that one reason reads the same anywhere."""
    if reason.startswith(f"{question} does not accept its kind "):
        return "the question does not take this kind of document"
    return reason.removesuffix(f" {question}")


def refused_rows_in_words(finding: Finding) -> tuple[Line, ...]:
    """Return the documents that count for nothing for some rows of a table, each reason once with how many rows."""
    rows: dict[tuple[str, str], int] = {}
    for document in finding.documents:
        if document.reason and document.row:
            key = (document.id, refusal_in_words(document.reason, finding.question))
            rows[key] = rows.get(key, 0) + 1
    lines = [
        Line(label=f"✗ {id_}", value=f"does not count for {counted(number, 'row')}: {reason}", tone="bad")
        for (id_, reason), number in sorted(rows.items())
    ]
    return _few(lines)


def documents_in_words(documents: Sequence[DocumentFinding], question: str) -> tuple[Line, ...]:
    """Return the documents of one question or row, those that count first, and how many more there are."""
    order = sorted(documents, key=lambda document: (bool(document.reason), -document.grade, document.id))
    return _few([_document(document, question) for document in order])


def _few(lines: Sequence[Line]) -> tuple[Line, ...]:
    if len(lines) <= DOCUMENTS_SHOWN:
        return tuple(lines)
    more = Line(label=f"and {len(lines) - DOCUMENTS_SHOWN} more:", value="see the register of documents")
    return (*lines[:DOCUMENTS_SHOWN], more)


def _document(document: DocumentFinding, question: str) -> Line:
    if document.reason:
        value = f"does not count: {refusal_in_words(document.reason, question)}"
        return Line(label=f"✗ {document.id}", value=value, tone="bad")
    if document.is_equivalent:
        return Line(label=f"? {document.id}", value="an equivalent; counts once a review accepts it", tone="open")
    return Line(label=f"✓ {document.id}", value=document.grade.name, tone="good")


def evidence_in_words(finding: Finding) -> str:
    """Return the grade that is asked and the one that counts."""
    if finding.state is not State.ANSWERED:
        return f"{finding.minimum.name} asked"
    return f"{finding.minimum.name} asked, {finding.grade.name} counts"


def reason_in_words(plan: ScoringPlan, finding: Finding, words: Words = ENGLISH) -> str:  # noqa: ARG001
    """Return the reason of a N/A in the questionnaire's words."""
    if finding.inherited:
        return "the question that it depends on does not apply"
    return claim_in_words(plan, finding.reason)


def claim_in_words(plan: ScoringPlan, reason: str) -> str:
    """Return a permitted reason by its text."""
    texts = {term.id: term.text for term in plan.questionnaire.not_applicable_reasons}
    return texts.get(reason, EMPTY_TABLE if reason == "empty-table" else reason)


def entry_in_words(entry: Entry, figures: Figures) -> EntryCard:
    """Return a review entry: what it did, who wrote it when, and why."""
    row = f" for {entry.row}" if entry.row else ""
    value = f" to {figures.value(entry.value)}" if entry.value is not None else ""
    grade = f", evidence lifted to {entry.grade.name}" if entry.grade else ""
    decides = " (decides between persons)" if entry.moderate else ""
    source = f" Source: {entry.source}." if entry.source else ""
    document = f" Document: {entry.document}." if entry.document else ""
    return EntryCard(
        did=f"{ACTIONS[entry.action]}{value}{row}{grade}{decides}",
        who=f"{entry.person}, {entry.role}, {entry.date.isoformat()}",
        reason=f"{entry.reason}{source}{document}",
    )


def spread_in_words(finding: Finding, figures: Figures) -> str:
    """Return what each person makes of an answer on which they differ, empty where nothing is valued."""
    said = [f"{person} {figures.value(value)}{f' for {row}' if row else ''}" for person, row, value in finding.spread]
    return f": {', '.join(said)}" if said else ""
