"""A comparison of two rounds becomes tables: bids, what changed of each, and what became of promised dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from selfassess.languages import Words, message, words
from selfassess.languages.problems import said_in
from selfassess.model.assessment import Approval
from selfassess.model.comparison import BidComparison, Direction, Promise, QuestionChange, RoundComparison, Side
from selfassess.model.tender import Tender
from selfassess.numbers import shown, shown_apart
from selfassess.problems import Problem
from selfassess.scorecard.figures import Figures
from selfassess.scorecard.further_cards import ComparisonCard, TableCard
from selfassess.wording import STATES, figure

DIRECTIONS = {
    Direction.IMPROVED: message("better"),
    Direction.REGRESSED: message("worse"),
    Direction.SAME: message("worth the same"),
}
PROMISES = {
    "open": message("lies ahead, unchanged"),
    "moved-earlier": message("lies ahead, moved earlier"),
    "moved-later": message("lies ahead, moved later"),
    "met": message("its day has come, and no later one is stated"),
    "missed": message("its day has come, and a later one is stated"),
    "withdrawn": message("is stated no more"),
}
NOT_APPLICABLE = {
    Approval.OPEN: message("does not apply (open)"),
    Approval.APPROVED: message("does not apply (approved)"),
    Approval.REFUSED: message("does not apply (refused)"),
}


def comparison_card(
    comparison: RoundComparison,
    tender: Tender,
    texts: Mapping[str, str],
    problems: Sequence[Problem],
    *,
    rule: str,
    places: int,
    language: str,
) -> ComparisonCard:
    """Return the section on what changed since an earlier round; ``texts`` are those of the questions by id."""
    figures, titles = Figures(language, places), {lot.id: lot.title for lot in tender.lots}
    tables = [_summary(comparison, titles, figures), _others(comparison, figures.words)]
    for bid in comparison.bids:
        tables += _changes(bid, titles[bid.lot], texts, figures)
    tables.append(_promises(comparison, figures))
    if problems:
        tables.append(_unused(problems, figures))
    return ComparisonCard(said=figures.words.again(rule), tables=tuple(tables))


def _unused(problems: Sequence[Problem], figures: Figures) -> TableCard:
    terminal = words("terminal", figures.language)
    return TableCard(
        title=figures.words.say("Files that were not used"),
        said="",
        head=(figures.words.say("File"), figures.words.say("Reason")),
        rows=tuple((str(problem.place), f"{problem.code}: {said_in(problem, terminal)[0]}") for problem in problems),
    )


def _summary(comparison: RoundComparison, titles: Mapping[str, str], figures: Figures) -> TableCard:
    words, rows = figures.words, []
    for bid in comparison.bids:
        totals: tuple[str, ...] = (words.say("the method is another"),) * 2
        if bid.same_method:
            both = [total for total in (bid.before, bid.now) if total is not None]
            totals = tuple(
                words.say("none")
                if total is None
                else figure(shown_apart(total, both, figures.places), figures.language)
                for total in (bid.before, bid.now)
            )
        counts = (str(bid.counted(direction)) for direction in Direction)
        rows.append((bid.supplier, titles[bid.lot], *totals, *counts, str(len(bid.apart))))
    head = (
        *(words.say("Bid"), words.say("Lot"), words.say("Total before"), words.say("Total now")),
        *(words.say("Better"), words.say("Worse"), words.say("The same"), words.say("Not comparable")),
    )
    return TableCard(title=words.say("Bids in both rounds"), said="", head=head, rows=tuple(rows))


def _others(comparison: RoundComparison, words: Words) -> TableCard:
    rows = [(supplier, words.say("new in this round")) for supplier in comparison.new]
    rows += [(supplier, words.say("gone since the earlier round")) for supplier in comparison.gone]
    rows += [
        (supplier, words.say("not compared: {reason}", reason=words.again(reason)))
        for supplier, reason in comparison.apart
    ]
    head = (words.say("Bid"), words.say("Is"))
    return TableCard(title=words.say("Other bids"), said="", head=head, rows=tuple(rows))


def _changes(bid: BidComparison, title: str, texts: Mapping[str, str], figures: Figures) -> Iterator[TableCard]:
    words = figures.words
    rows = [
        (
            f"{change.question}",
            texts.get(change.question, ""),
            _side(change.before, figures),
            _side(change.now, figures),
            _said(change, words),
        )
        for change in bid.changes
        if not change.is_same
    ]
    if rows:
        head = (words.say("Question"), words.say("Asks"), words.say("Before"), words.say("Now"), words.say("Is"))
        changed = words.say("{bid}, {lot}: what changed", bid=bid.supplier, lot=title)
        yield TableCard(title=changed, said="", head=head, rows=tuple(rows))
    if bid.apart:
        yield TableCard(
            title=words.say("{bid}, {lot}: what cannot be compared", bid=bid.supplier, lot=title),
            said="",
            head=(words.say("Question"), words.say("Reason")),
            rows=tuple((question, words.again(reason)) for question, reason in bid.apart),
        )


def _side(side: Side, figures: Figures) -> str:
    if side.approval is not None:
        return figures.words.say(NOT_APPLICABLE[side.approval])
    said = figures.words.say(STATES[side.state.value])
    return said if side.value is None else f"{said}, {figure(shown(side.value, 2), figures.language)}"


def _said(change: QuestionChange, words: Words) -> str:
    said = words.say(DIRECTIONS[change.direction]) if change.direction else ""
    if change.before.answer != change.now.answer and change.direction in (None, Direction.SAME):
        other = words.say("another answer")
        return f"{said}, {other}" if said else other
    return f"{said}, {words.say('as claimed')}" if said and change.measure.value == "claimed" else said


def _promises(comparison: RoundComparison, figures: Figures) -> TableCard:
    words = figures.words
    rows = [(bid, promise, True) for bid in comparison.bids for promise in bid.kept]
    rows += [(bid, promise, False) for bid in comparison.bids for promise in bid.made]
    return TableCard(
        title=words.say("Promised dates"),
        said=words.say(
            "Dates that lay ahead when they were stated. Whether a later date is better or worse the question says."
        ),
        head=(
            words.say("Bid"),
            words.say("Where"),
            words.say("Stated"),
            words.say("Now"),
            words.say("What became of it"),
        ),
        rows=tuple(_promise(bid, promise, figures, is_old=is_old) for bid, promise, is_old in rows),
    )


def _promise(bid: BidComparison, promise: Promise, figures: Figures, *, is_old: bool) -> tuple[str, ...]:
    words = figures.words
    place = "/".join(part for part in (promise.question, promise.row, promise.column) if part is not None)
    if promise.in_clause:
        place = words.say("{place} (meant for a clause of the contract)", place=place)
    now = words.at("a date").say("none") if promise.now is None else figures.day(promise.now)
    became = words.say(PROMISES[promise.state.value]) if is_old else words.say("made in this round")
    return (f"{bid.supplier}, {bid.lot}", place, figures.day(promise.stated), now, became)
