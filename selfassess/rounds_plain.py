"""A comparison of two rounds as plain data: numbers exact, their shown form beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from selfassess.languages import TOLD
from selfassess.model.comparison import BidComparison, Direction, Promise, QuestionChange, RoundComparison, Side
from selfassess.model.tender import Tender
from selfassess.problems import Problem
from selfassess.results import answer_plain, number, pin_plain, problem_plain

COMPARISON_FORMAT = "selfassess/comparison@1"
COMPARED = TOLD.say(
    "Only questions are compared whose id, type and scoring rule are the same in both rounds: by their reviewed "
    "values, or by the claimed ones where other evidence was asked. Totals stand side by side only under one and the "
    "same method. A date that lies ahead is taken for a promise; whether it was met is what the bid states now."
)
NAMED = ("tender", "questionnaire", "profile", "counts")


def comparison_plain(
    comparison: RoundComparison,
    tender: Tender,
    previous: Mapping[str, Any],
    *,
    manifest: str,
    problems: Sequence[Problem],
    places: int,
) -> dict[str, Any]:
    """Return a comparison as plain data; ``previous`` is the earlier ranking, ``manifest`` names all its files."""
    now = pin_plain(tender.questionnaire)
    return {
        "format": COMPARISON_FORMAT,
        "rule": COMPARED,
        "previous": {"manifest": manifest, **{name: previous.get(name) for name in NAMED}},
        "questionnaire": now,
        "same_questionnaire": previous.get("questionnaire") == now,
        "bids": [_bid(bid, places) for bid in comparison.bids],
        "new": list(comparison.new),
        "gone": list(comparison.gone),
        "not_compared": [{"supplier": supplier, "reason": reason} for supplier, reason in comparison.apart],
        "problems": [problem_plain(problem) for problem in problems],
    }


def _bid(bid: BidComparison, places: int) -> dict[str, Any]:
    both = [total for total in (bid.before, bid.now) if total is not None]
    counts = {direction.value: str(bid.counted(direction)) for direction in Direction}
    return {
        "supplier": bid.supplier,
        "lot": bid.lot,
        "same_method": bid.same_method,
        "total": {"before": number(bid.before, places, both), "now": number(bid.now, places, both)},
        "counts": counts | {"not_comparable": str(len(bid.apart))},
        "questions": [_change(change, places) for change in bid.changes],
        "not_comparable": [{"question": question, "reason": reason} for question, reason in bid.apart],
        "promises": [_promise(promise) for promise in bid.kept],
        "new_promises": [_promise(promise) for promise in bid.made],
    }


def _change(change: QuestionChange, places: int) -> dict[str, Any]:
    return {
        "id": change.question,
        "measure": change.measure.value,
        "direction": None if change.direction is None else change.direction.value,
        "before": _side(change.before, places),
        "now": _side(change.now, places),
    }


def _side(side: Side, places: int) -> dict[str, Any]:
    plain: dict[str, Any] = {"state": side.state.value, "value": number(side.value, places + 2)}
    if side.answer is not None:
        plain["answer"] = answer_plain(side.answer)
    return plain | ({} if side.approval is None else {"approval": side.approval.value})


def _promise(promise: Promise) -> dict[str, Any]:
    return {
        "question": promise.question,
        "row": promise.row,
        "column": promise.column,
        "clause": promise.in_clause,
        "stated": promise.stated.isoformat(),
        "now": None if promise.now is None else promise.now.isoformat(),
        "state": promise.state.value,
    }
