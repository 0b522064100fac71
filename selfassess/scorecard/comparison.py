"""A comparison of two rounds becomes tables: bids, what changed of each, and what became of promised dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from selfassess.model.comparison import BidComparison, Direction, Promise, QuestionChange, RoundComparison, Side
from selfassess.model.tender import Tender
from selfassess.numbers import shown, shown_apart
from selfassess.problems import Problem
from selfassess.scorecard.further_cards import ComparisonCard, TableCard
from selfassess.wording import STATES, figure

DIRECTIONS = {Direction.IMPROVED: "better", Direction.REGRESSED: "worse", Direction.SAME: "worth the same", None: ""}
PROMISES = {
    "open": "lies ahead, unchanged",
    "moved-earlier": "lies ahead, moved earlier",
    "moved-later": "lies ahead, moved later",
    "met": "its day has come, and no later one is stated",
    "missed": "its day has come, and a later one is stated",
    "withdrawn": "is stated no more",
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
    titles = {lot.id: lot.title for lot in tender.lots}
    tables = [_summary(comparison, titles, places, language), _others(comparison)]
    for bid in comparison.bids:
        tables += _changes(bid, titles[bid.lot], texts, language)
    tables.append(_promises(comparison))
    if problems:
        rows = tuple((str(problem.place), f"{problem.code}: {problem.message}") for problem in problems)
        tables.append(TableCard(title="Files that were not used", said="", head=("File", "Reason"), rows=rows))
    return ComparisonCard(said=rule, tables=tuple(tables))


def _summary(comparison: RoundComparison, titles: Mapping[str, str], places: int, language: str) -> TableCard:
    rows = []
    for bid in comparison.bids:
        totals: tuple[str, ...] = ("the method is another",) * 2
        if bid.same_method:
            both = [total for total in (bid.before, bid.now) if total is not None]
            totals = tuple(
                "none" if total is None else figure(shown_apart(total, both, places), language)
                for total in (bid.before, bid.now)
            )
        counts = (str(bid.counted(direction)) for direction in Direction)
        rows.append((bid.supplier, titles[bid.lot], *totals, *counts, str(len(bid.apart))))
    head = ("Bid", "Lot", "Total before", "Total now", "Better", "Worse", "The same", "Not comparable")
    return TableCard(title="Bids in both rounds", said="", head=head, rows=tuple(rows))


def _others(comparison: RoundComparison) -> TableCard:
    rows = [(supplier, "new in this round") for supplier in comparison.new]
    rows += [(supplier, "gone since the earlier round") for supplier in comparison.gone]
    rows += [(supplier, f"not compared: {reason}") for supplier, reason in comparison.apart]
    return TableCard(title="Other bids", said="", head=("Bid", "Is"), rows=tuple(rows))


def _changes(bid: BidComparison, title: str, texts: Mapping[str, str], language: str) -> Iterator[TableCard]:
    rows = [
        (
            f"{change.question}",
            texts.get(change.question, ""),
            _side(change.before, language),
            _side(change.now, language),
            _said(change),
        )
        for change in bid.changes
        if not change.is_same
    ]
    if rows:
        head = ("Question", "Asks", "Before", "Now", "Is")
        yield TableCard(title=f"{bid.supplier}, {title}: what changed", said="", head=head, rows=tuple(rows))
    if bid.apart:
        yield TableCard(
            title=f"{bid.supplier}, {title}: what cannot be compared",
            said="",
            head=("Question", "Reason"),
            rows=bid.apart,
        )


def _side(side: Side, language: str) -> str:
    said = STATES[side.state.value]
    if side.approval is not None:
        return f"{said} ({side.approval.value})"
    return said if side.value is None else f"{said}, {figure(shown(side.value, 2), language)}"


def _said(change: QuestionChange) -> str:
    said = DIRECTIONS[change.direction]
    if change.before.answer != change.now.answer and change.direction in (None, Direction.SAME):
        return f"{said}, another answer" if said else "another answer"
    return f"{said}, as claimed" if said and change.measure.value == "claimed" else said


def _promises(comparison: RoundComparison) -> TableCard:
    rows = [(bid, promise, True) for bid in comparison.bids for promise in bid.kept]
    rows += [(bid, promise, False) for bid in comparison.bids for promise in bid.made]
    return TableCard(
        title="Promised dates",
        said="Dates that lay ahead when they were stated. Whether a later date is better or worse the question says.",
        head=("Bid", "Where", "Stated", "Now", "What became of it"),
        rows=tuple(_promise(bid, promise, is_old=is_old) for bid, promise, is_old in rows),
    )


def _promise(bid: BidComparison, promise: Promise, *, is_old: bool) -> tuple[str, ...]:
    place = "/".join(part for part in (promise.question, promise.row, promise.column) if part is not None)
    now = "none" if promise.now is None else promise.now.isoformat()
    became = PROMISES[promise.state.value] if is_old else "made in this round"
    clause = " (meant for a clause of the contract)" if promise.in_clause else ""
    return (f"{bid.supplier}, {bid.lot}", f"{place}{clause}", promise.stated.isoformat(), now, became)
