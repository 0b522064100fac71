"""Every question of a bid as a row of its section, with points that add up as printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from selfassess.languages import Words
from selfassess.model.assessment import Finding, Measure, State
from selfassess.model.questionnaire import Reference
from selfassess.numbers import apportion, apportion_to, rounded
from selfassess.plan import PlannedQuestion
from selfassess.scorecard.bid_cards import QuestionCard, RowCard, SectionCard
from selfassess.scorecard.figures import Figures
from selfassess.scorecard.rules import asked_when, gate_in_words, rule_in_words
from selfassess.scorecard.saying import (
    APPROVALS,
    OUTCOMES,
    answer_in_words,
    documents_in_words,
    entry_in_words,
    evidence_in_words,
    reason_in_words,
    refused_rows_in_words,
    rows_in_words,
    spread_in_words,
)
from selfassess.scorecard.sheet import Sheet

LINE, LINES_KEPT = 60, 14  # characters of a line; what is longer may break over a page
COMMENT_BESIDE = 160  # characters; a longer comment stands below, across the page
GATE_SHOWN = 200  # characters; longer ones stand whole among the minimum requirements


def section_cards(sheet: Sheet) -> tuple[SectionCard, ...]:
    """Return the sections with points that add up as printed: the total to sections, each section to questions."""
    plan, figures, places = sheet.plan, sheet.figures, sheet.figures.places
    groups = [sheet.found[section.start : section.stop] for section in plan.sections]
    exact = [sum((f.points[Measure.REVIEWED] for f in group), Fraction(0)) for group in groups]
    total = sheet.assessment.total
    printed = tuple(exact) if total is None else apportion(total, exact, places)
    cards = []
    for section, group, points in zip(plan.sections, groups, printed, strict=True):
        parts = apportion_to(points, [f.points[Measure.REVIEWED] for f in group], places)
        possible = sum((f.effective_weight for f in group), Fraction(0))
        questions = plan.questions[section.start : section.stop]
        cards.append(
            SectionCard(
                id=section.section.id,
                title=section.section.title,
                points=figures.points(points),
                possible=figures.points(_possible(possible, points, figures)) if section.weight else "",
                questions=tuple(
                    question_card(sheet, planned, finding, part)
                    for planned, finding, part in zip(questions, group, parts, strict=True)
                ),
            )
        )
    return tuple(cards)


def question_card(sheet: Sheet, planned: PlannedQuestion, finding: Finding, points: Fraction) -> QuestionCard:
    """Return one question of a bid; ``points`` are those to print."""
    question, figures, words = planned.question, sheet.figures, sheet.figures.words
    weighs = question.is_scored and planned.weight > 0
    is_changed = weighs and finding.published_weight != finding.effective_weight
    possible = figures.points(_possible(finding.effective_weight, points, figures)) if weighs else ""
    is_table = question.table is not None
    rows = tuple(rows_in_words(question, finding, figures))
    comment = sheet.assessment.response.comments.get(question.id, "")
    judged = question.is_scored or finding.gate is not None
    has_rows = is_table and finding.answer is not None
    documents = [document for document in finding.documents if not (has_rows and document.row)]
    card = QuestionCard(
        id=question.id,
        text=question.text,
        answer=answer_in_words(question, finding, figures),
        state=finding.state.value,
        rows=rows,
        comment=comment,
        evidence=evidence_in_words(finding, words) if judged else "",
        documents=(
            *documents_in_words(documents, question.id, words),
            *(refused_rows_in_words(finding, words) if has_rows else ()),
        ),
        points=figures.points(points) if weighs else "",
        possible=possible,
        value="" if finding.reviewed is None else figures.value(finding.reviewed),
        published=figures.points(finding.published_weight) if is_changed else "",
        gate="" if finding.gate is None else words.say(OUTCOMES[finding.gate][0]),
        tone="" if finding.gate is None else OUTCOMES[finding.gate][1],
        why=tuple(said for said in _why(sheet, planned, finding) if said),
        entries=tuple(entry_in_words(entry, figures) for entry in finding.entries),
        sources=sources_in_words(question.references, words),
        is_long=False,
        has_tail=has_rows or len(comment) > COMMENT_BESIDE,
        is_together=_row_lines(rows) <= LINES_KEPT,
    )
    return replace(card, is_long=_lines(card) > LINES_KEPT)


def _lines(card: QuestionCard) -> int:
    """Return about how many lines a card takes."""
    said = [card.text, *card.answer, *card.why, card.comment, card.sources]
    said += [entry.reason for entry in card.entries]
    return sum(1 + len(text) // LINE + text.count("\n") for text in said)


def _row_lines(rows: Sequence[RowCard]) -> int:
    """Return about how many lines the rows of a table take; of one that may break every row names the question."""
    texts = ["".join(f"{cell.label}: {cell.value} " for cell in row.cells) for row in rows]
    return sum(max(1 + len(text) // LINE, len(row.evidence)) for text, row in zip(texts, rows, strict=True))


def _possible(weight: Fraction, printed: Fraction, figures: Figures) -> Fraction:
    """Return the points that a question can bring as printed: never fewer than those printed beside it.

    Printed points add up to their section, for which one may be rounded up where its weight rounds down.
    """
    return max(rounded(weight, figures.places), printed)


def _why(sheet: Sheet, planned: PlannedQuestion, finding: Finding) -> Iterator[str]:
    """Yield why a question counts what it counts."""
    question, figures, words = planned.question, sheet.figures, sheet.figures.words
    if question.id in sheet.assessment.response.confidential:
        yield _secret(sheet.assessment.response.confidential[question.id], words)
    if finding.state is State.NOT_ASKED:
        yield _not_asked(sheet, planned)
    elif finding.state is State.NOT_APPLICABLE:
        approval = words.say(APPROVALS[finding.approval][0]) if finding.approval else ""
        reason = reason_in_words(sheet.plan, finding, words)
        yield words.say("Reason: {reason} ({approval}).", reason=reason, approval=approval)
        yield "" if finding.effective_weight or not question.is_scored else words.say("It leaves the sums.")
    elif finding.state is State.MISSING and finding.inherited:
        yield words.say("Like the question that it depends on.")
    elif finding.state is State.MISSING:
        yield words.say("A missing answer counts 0.")
    elif question.is_scored:
        yield rule_in_words(question, finding, figures)
        yield from _steps(sheet, finding)
    if planned.gate_condition is not None and finding.gate is not None:
        required = gate_in_words(planned.gate_condition, question, words)
        is_short = len(required) <= GATE_SHOWN
        yield (
            words.say("Required: {condition}.", condition=required)
            if is_short
            else words.say("Required: see the minimum requirements.")
        )
    if finding.persons_differ:
        yield spread_in_words(finding, figures)


def _secret(reason: str, words: Words) -> str:
    if reason:
        return words.say("The bidder calls the answer a trade secret: {reason}.", reason=reason)
    return words.say("The bidder calls the answer a trade secret: no reason that can be used.")


def _not_asked(sheet: Sheet, planned: PlannedQuestion) -> str:
    """Return when a question that is not asked would be, and what becomes of its weight."""
    words = sheet.figures.words
    condition = asked_when(planned.question, sheet.plan.questionnaire, words)
    said = words.say("Asked only when {condition}.", condition=condition)
    if not planned.question.is_scored:
        return said
    kept = words.say("It stays in the sums with 0.") if planned.stays else words.say("It leaves the sums.")
    return f"{said} {kept}"


def _steps(sheet: Sheet, finding: Finding) -> Iterator[str]:
    """Yield how the value went from claimed over supported to reviewed, where it changed."""
    claimed, supported, reviewed = finding.claimed, finding.supported, finding.reviewed
    if claimed is None or supported is None or reviewed is None:
        return
    value, words = sheet.figures.value, sheet.figures.words
    if supported != claimed:
        yield words.say(
            "Evidence supports {supported} of the claimed {claimed}.",
            supported=value(supported),
            claimed=value(claimed),
        )
    if reviewed != supported:
        yield words.say("After review the value is {value}.", value=value(reviewed))


def sources_in_words(references: tuple[Reference, ...], words: Words) -> str:
    """Return where a question comes from."""
    said = []
    for ref in references:
        source = f"{ref.instrument}, {ref.item}" if ref.item else ref.instrument
        said.append(source if ref.confirmed else words.say("{source} (not confirmed)", source=source))
    return "; ".join(said)
