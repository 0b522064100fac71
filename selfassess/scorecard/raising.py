"""Where a bid loses most, and what would bring the points that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selfassess.model.assessment import Approval, Finding, State
from selfassess.plan import PlannedQuestion
from selfassess.scorecard.bid_cards import RaiseCard
from selfassess.scorecard.cards import Line
from selfassess.scorecard.rules import asked_when, best_answer
from selfassess.scorecard.saying import APPROVALS, refusal_in_words
from selfassess.scorecard.sheet import Sheet

WEAKEST, MORE = 3, 7
KINDS_SHOWN = 4


def by_missing(sheet: Sheet) -> list[tuple[PlannedQuestion, Finding]]:
    """Return the questions that lack points, the most first."""
    lacking = [(planned, finding) for planned, finding in sheet.pairs() if finding.missing > 0]
    return sorted(lacking, key=lambda pair: (-pair[1].missing, pair[0].position))


def raise_cards(sheet: Sheet, order: Sequence[tuple[PlannedQuestion, Finding]]) -> tuple[RaiseCard, ...]:
    """Return the questions that lack most, with where their points went and what would bring them."""
    figures = sheet.figures
    return tuple(
        RaiseCard(
            id=planned.id,
            text=planned.question.text,
            missing=f"+{figures.points(finding.missing)}",
            reached=f"{figures.points(finding.effective_weight - finding.missing)} of "
            f"{figures.points(finding.effective_weight)} points",
            lost=tuple(_lost(sheet, finding)),
            advice=tuple(advice(sheet, planned, finding)),
        )
        for planned, finding in order[:WEAKEST]
    )


def further_lines(sheet: Sheet, order: Sequence[tuple[PlannedQuestion, Finding]]) -> tuple[Line, ...]:
    """Return the questions that come next, a line each."""
    return tuple(
        Line(
            label=planned.id,
            value=f"+{sheet.figures.points(finding.missing)}",
            note=" ".join((planned.question.text, *list(advice(sheet, planned, finding))[:1])),
        )
        for planned, finding in order[WEAKEST : WEAKEST + MORE]
    )


def _lost(sheet: Sheet, finding: Finding) -> Iterator[str]:
    """Yield how many points the answer, the evidence and the review each cost."""
    claimed, supported, reviewed, weight = (
        finding.claimed,
        finding.supported,
        finding.reviewed,
        finding.effective_weight,
    )
    if claimed is None or supported is None or reviewed is None:
        yield {
            State.MISSING: "Not answered.",
            State.NOT_APPLICABLE: "Said not to apply.",
            State.NOT_ASKED: "Not asked, so it counts 0.",
        }.get(finding.state, "")
        return
    points, value = sheet.figures.points, sheet.figures.value
    if claimed < 1:
        yield f"Lost by the answer, which claims {value(claimed)} of 1: {points(weight * (1 - claimed))} points."
    if supported < claimed:
        yield f"Lost for want of evidence: {points(weight * (claimed - supported))} points."
    if reviewed < supported:
        yield f"Lost in the review: {points(weight * (supported - reviewed))} points."


def advice(sheet: Sheet, planned: PlannedQuestion, finding: Finding) -> Iterator[str]:
    """Yield what would bring the missing points."""
    question = planned.question
    best = best_answer(question, question.score, sheet.figures)
    if finding.state is State.NOT_ASKED:
        yield f"It is asked only when {asked_when(question, sheet.plan.questionnaire)}."
        return
    if finding.state is State.MISSING:
        when = asked_when(question, sheet.plan.questionnaire)
        yield f"Answer what it depends on; it is asked when {when}." if finding.inherited else f"Answer it: {best}."
        return
    if finding.state is State.NOT_APPLICABLE:
        approval = APPROVALS[finding.approval or Approval.OPEN][0][2:]
        yield f"The claim that it does not apply is {approval}; an answer with full marks would be {best}."
        return
    if finding.claimed is not None and finding.claimed < 1:
        yield f"Full marks: {best}."
    if finding.claimed is not None and finding.supported is not None and finding.supported < finding.claimed:
        kinds = _kinds(sheet, planned)
        yield f"Show evidence of grade {finding.minimum.name} or stronger{kinds}{_where(planned, finding)}."
    if finding.reviewed is not None and finding.supported is not None and finding.reviewed < finding.supported:
        yield "See what the review found, beside the question."


def _kinds(sheet: Sheet, planned: PlannedQuestion) -> str:
    """Return which kinds of documents a question takes."""
    if planned.accepts is None:
        return ""
    titles = [sheet.plan.kinds[kind].title for kind in sorted(planned.accepts) if kind in sheet.plan.kinds]
    shown = titles[:KINDS_SHOWN]
    more = ", or another that it accepts" if len(titles) > KINDS_SHOWN else ""
    return f" ({'; '.join(shown)}{more})" if shown else ""


def _where(planned: PlannedQuestion, finding: Finding) -> str:
    """Return what else the evidence must do: name every row, be valid, be of a kind that is accepted."""
    rows = " for every row" if planned.table is not None else ""
    refused = next((document for document in finding.documents if document.reason), None)
    return rows + (f"; {refused.id} does not count: {refusal_in_words(refused.reason, planned.id)}" if refused else "")
