"""Where a bid loses most, and what would bring the points that are missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selfassess.languages import Words, message
from selfassess.model.assessment import Approval, Finding, State
from selfassess.plan import PlannedQuestion
from selfassess.scorecard.bid_cards import RaiseCard
from selfassess.scorecard.cards import Line
from selfassess.scorecard.rules import asked_when, best_answer
from selfassess.scorecard.saying import refusal_in_words
from selfassess.scorecard.sheet import Sheet

WEAKEST, MORE = 3, 7
KINDS_SHOWN = 4
UNVALUED = {
    State.MISSING: message("Not answered."),
    State.NOT_APPLICABLE: message("Said not to apply."),
    State.NOT_ASKED: message("Not asked, so it counts 0."),
}
CLAIMED = {
    Approval.OPEN: message(
        "The claim that it does not apply is not reviewed; an answer with full marks would be {best}."
    ),
    Approval.APPROVED: message(
        "The claim that it does not apply is approved; an answer with full marks would be {best}."
    ),
    Approval.REFUSED: message(
        "The claim that it does not apply is refused; an answer with full marks would be {best}."
    ),
}


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
            reached=figures.words.say(
                "{reached} of {possible} points",
                reached=figures.points(finding.effective_weight - finding.missing),
                possible=figures.points(finding.effective_weight),
            ),
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
    points, value, words = sheet.figures.points, sheet.figures.value, sheet.figures.words
    if claimed is None or supported is None or reviewed is None:
        yield words.say(UNVALUED[finding.state]) if finding.state in UNVALUED else ""
        return
    if claimed < 1:
        yield words.say(
            "Lost by the answer, which claims {value} of 1: {points} points.",
            value=value(claimed),
            points=points(weight * (1 - claimed)),
        )
    if supported < claimed:
        lost = points(weight * (claimed - supported))
        yield words.say("Lost for want of evidence: {points} points.", points=lost)
    if reviewed < supported:
        yield words.say("Lost in the review: {points} points.", points=points(weight * (supported - reviewed)))


def advice(sheet: Sheet, planned: PlannedQuestion, finding: Finding) -> Iterator[str]:
    """Yield what would bring the missing points."""
    question, words = planned.question, sheet.figures.words
    best = best_answer(question, question.score, sheet.figures)
    if finding.state is State.NOT_ASKED:
        condition = asked_when(question, sheet.plan.questionnaire, words)
        yield words.say("It is asked only when {condition}.", condition=condition)
        return
    if finding.state is State.MISSING and finding.inherited:
        condition = asked_when(question, sheet.plan.questionnaire, words)
        yield words.say("Answer what it depends on; it is asked when {condition}.", condition=condition)
        return
    if finding.state is State.MISSING:
        yield words.say("Answer it: {best}.", best=best)
        return
    if finding.state is State.NOT_APPLICABLE:
        yield words.say(CLAIMED[finding.approval or Approval.OPEN], best=best)
        return
    if finding.claimed is not None and finding.claimed < 1:
        yield words.say("Full marks: {best}.", best=best)
    if finding.claimed is not None and finding.supported is not None and finding.supported < finding.claimed:
        yield f"{_evidence(sheet, planned, finding)}{_refused(planned, finding, words)}."
    if finding.reviewed is not None and finding.supported is not None and finding.reviewed < finding.supported:
        yield words.say("See what the review found, beside the question.")


def _evidence(sheet: Sheet, planned: PlannedQuestion, finding: Finding) -> str:
    """Return which evidence to show: how strong, of which kinds, and that it must name every row of a table."""
    grade, kinds, words = finding.minimum.name, _kinds(sheet, planned), sheet.figures.words
    if planned.table is None and not kinds:
        return words.say("Show evidence of grade {grade} or stronger", grade=grade)
    if planned.table is None:
        return words.say("Show evidence of grade {grade} or stronger ({kinds})", grade=grade, kinds=kinds)
    if not kinds:
        return words.say("Show evidence of grade {grade} or stronger for every row", grade=grade)
    return words.say("Show evidence of grade {grade} or stronger ({kinds}) for every row", grade=grade, kinds=kinds)


def _kinds(sheet: Sheet, planned: PlannedQuestion) -> str:
    """Return which kinds of documents a question takes."""
    if planned.accepts is None:
        return ""
    titles = [sheet.plan.kinds[kind].title for kind in sorted(planned.accepts) if kind in sheet.plan.kinds]
    shown = "; ".join(titles[:KINDS_SHOWN])
    if len(titles) <= KINDS_SHOWN:
        return shown
    return sheet.figures.words.say("{kinds}, or another that it accepts", kinds=shown)


def _refused(planned: PlannedQuestion, finding: Finding, words: Words) -> str:
    """Return why the first of the documents that do not count does not, behind a semicolon."""
    refused = next((document for document in finding.documents if document.reason), None)
    if refused is None:
        return ""
    reason = refusal_in_words(refused.reason, planned.id, words)
    return f"; {words.say('{document} does not count: {reason}', document=refused.id, reason=reason)}"
