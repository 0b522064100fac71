"""Say answers, claims, documents and review entries in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from selfassess.languages import ENGLISH, TOLD, Words, message
from selfassess.model.assessment import Approval, DocumentFinding, Finding, Outcome, State
from selfassess.model.questionnaire import Column, Kind, Question
from selfassess.model.response import Row
from selfassess.model.review import Action, Entry
from selfassess.plan import ScoringPlan
from selfassess.scorecard.bid_cards import EntryCard, RowCard
from selfassess.scorecard.cards import Line
from selfassess.scorecard.figures import Figures
from selfassess.scoring.applicability import EMPTY_TABLE
from selfassess.wording import STATES

ACTIONS = {
    Action.CONFIRM: message("Confirmed"),
    Action.ADJUST: message("Set"),
    Action.REJECT: message("Rejected"),
    Action.ACCEPT_EQUIVALENT: message("Accepted as equivalent"),
    Action.APPROVE: message("Approved that it does not apply"),
    Action.REFUSE: message("Refused that it does not apply"),
    Action.REPLY: message("The supplier replies"),
}
APPROVALS = {
    Approval.OPEN: (message("? not reviewed"), "open"),
    Approval.APPROVED: (message("✓ approved"), "good"),
    Approval.REFUSED: (message("✗ refused"), "bad"),
}
OUTCOMES = {
    Outcome.PASS: (message("✓ met"), "good"),
    Outcome.FAIL: (message("✗ not met"), "bad"),
    Outcome.UNKNOWN: (message("? not known"), "open"),
}
ROLES = {
    "evaluator": message("evaluator"),
    "auditor": message("auditor"),
    "monitor": message("monitor"),
    "supplier": message("supplier"),
}
DOCUMENTS_SHOWN = 4  # of one question; the register has all
SHORT = 34  # characters of a ticked option; shorter ones stand in one line
UNSAID = "–"


def answer_in_words(question: Question, finding: Finding, figures: Figures) -> tuple[str, ...]:
    """Return an answer line by line; a table's rows are said by ``rows_in_words``."""
    if finding.answer is None:
        state = figures.words.say(STATES[finding.state.value])
        return (state[:1].upper() + state[1:],)
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
        return figures.words.say("Yes") if value else figures.words.say("No")
    if isinstance(value, tuple):
        return ", ".join(texts.get(str(id_), str(id_)) for id_ in value) or figures.words.say("Nothing ticked")
    if isinstance(value, Decimal):
        unit = "%" if asked.type is Kind.PERCENT else asked.unit or ""
        return f"{figures.plain(value)}\u00a0{unit}".strip()
    if isinstance(value, date):
        return figures.day(value)
    return texts.get(str(value), str(value))


def rows_in_words(question: Question, finding: Finding, figures: Figures) -> Iterator[RowCard]:
    """Yield every row of a table's answer with the documents that name it and what it is worth."""
    table, answer, words = question.table, finding.answer, figures.words
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
            value = words.say("{value} (claimed {claimed})", value=value, claimed=figures.value(worth.claimed))
        own = [document for document in documents.get(row.key, []) if not document.reason]
        is_shown = any(not document.reason and document.grade == worth.grade for document in own) if worth else True
        counts = "" if worth is None or is_shown else words.say("{grade} counts", grade=worth.grade.name)
        yield RowCard(
            key=row.key,
            cells=cells,
            evidence=(
                *([Line(label=counts, value="")] if counts else ()),
                *documents_in_words(own, question.id, words),
            ),
            value=value,
            note=words.say("A cell of this row cannot be used: it counts 0.") if row.is_bad else "",
        )


def refusal_in_words(reason: str, question: str, words: Words = ENGLISH) -> str:
    """Return why a document does not count, without the question's id, so that one reason reads the same anywhere."""
    if reason.startswith(f"{question} does not accept its kind "):
        return words.say("the question does not take this kind of document")
    if reason == TOLD.say("it names no row of the table {question}", question=question):
        return words.say("it names no row of the table")
    return words.again(reason)


def refused_rows_in_words(finding: Finding, words: Words = ENGLISH) -> tuple[Line, ...]:
    """Return the documents that count for nothing for some rows of a table, each reason once with how many rows."""
    rows: dict[tuple[str, str], int] = {}
    for document in finding.documents:
        if document.reason and document.row:
            key = (document.id, refusal_in_words(document.reason, finding.question, words))
            rows[key] = rows.get(key, 0) + 1
    lines = [
        Line(label=f"✗ {id_}", value=_refused_rows(number, reason, words), tone="bad")
        for (id_, reason), number in sorted(rows.items())
    ]
    return _few(lines, words)


def _refused_rows(number: int, reason: str, words: Words) -> str:
    return words.say_many(
        "does not count for {n} row: {reason}", "does not count for {n} rows: {reason}", number, reason=reason
    )


def documents_in_words(documents: Sequence[DocumentFinding], question: str, words: Words = ENGLISH) -> tuple[Line, ...]:
    """Return the documents of one question or row, those that count first, and how many more there are."""
    order = sorted(documents, key=lambda document: (bool(document.reason), -document.grade, document.id))
    return _few([_document(document, question, words) for document in order], words)


def _few(lines: Sequence[Line], words: Words) -> tuple[Line, ...]:
    more = len(lines) - DOCUMENTS_SHOWN
    if more <= 0:
        return tuple(lines)
    label = words.say_many("and {n} more:", "and {n} more:", more)
    return (*lines[:DOCUMENTS_SHOWN], Line(label=label, value=words.say("see the register of documents")))


def _document(document: DocumentFinding, question: str, words: Words) -> Line:
    if document.reason:
        reason = refusal_in_words(document.reason, question, words)
        return Line(label=f"✗ {document.id}", value=words.say("does not count: {reason}", reason=reason), tone="bad")
    if document.is_equivalent:
        said = words.say("an equivalent; counts once a review accepts it")
        return Line(label=f"? {document.id}", value=said, tone="open")
    return Line(label=f"✓ {document.id}", value=document.grade.name, tone="good")


def evidence_in_words(finding: Finding, words: Words = ENGLISH) -> str:
    """Return the grade that is asked and the one that counts."""
    asked, counts = finding.minimum.name, finding.grade.name
    if finding.state is not State.ANSWERED:
        return words.say("{asked} asked", asked=asked)
    return words.say("{asked} asked, {grade} counts", asked=asked, grade=counts)


def reason_in_words(plan: ScoringPlan, finding: Finding, words: Words = ENGLISH) -> str:
    """Return the reason of a N/A in the questionnaire's words."""
    if finding.inherited:
        return words.say("the question that it depends on does not apply")
    return claim_in_words(plan, finding.reason, words)


def claim_in_words(plan: ScoringPlan, reason: str, words: Words = ENGLISH) -> str:
    """Return a permitted reason by its text."""
    texts = {term.id: term.text for term in plan.questionnaire.not_applicable_reasons}
    if reason == EMPTY_TABLE and reason not in texts:
        return words.say("the table is empty")
    return texts.get(reason, reason)


def entry_in_words(entry: Entry, figures: Figures) -> EntryCard:
    """Return a review entry: what it did, who wrote it when, and why."""
    words = figures.words
    role = words.say(ROLES[entry.role]) if entry.role in ROLES else entry.role
    source = words.say("Source: {source}.", source=entry.source) if entry.source else ""
    document = words.say("Document: {document}.", document=entry.document) if entry.document else ""
    return EntryCard(
        did=_did(entry, figures),
        who=f"{entry.person}, {role}, {figures.day(entry.date)}",
        reason=" ".join(filter(None, (entry.reason, source, document))),
    )


def _did(entry: Entry, figures: Figures) -> str:
    words = figures.words
    if entry.value is None:
        said = words.say(ACTIONS[entry.action])
    else:
        said = words.say("Set to {value}", value=figures.value(entry.value))
    if entry.row:
        said = words.say("{action} for {row}", action=said, row=entry.row)
    if entry.grade:
        said = f"{said}, {words.say('evidence lifted to {grade}', grade=entry.grade.name)}"
    return words.say("{action} (decides between persons)", action=said) if entry.moderate else said


def spread_in_words(finding: Finding, figures: Figures) -> str:
    """Return that persons differ on an answer, and what each of them makes of it where it is valued."""
    words = figures.words
    found = []
    for person, row, value in finding.spread:
        one = f"{person} {figures.value(value)}"
        found.append(words.say("{value} for {row}", value=one, row=row) if row else one)
    said = ", ".join(found)
    if not said:
        return words.say("Persons differ; the lowest value stands until a moderation decides.")
    return words.say("Persons differ: {values}; the lowest value stands until a moderation decides.", values=said)
