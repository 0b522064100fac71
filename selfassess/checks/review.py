"""Rules across a review: who may say what, and the chain of its entries."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from selfassess.checks.walking import folded_repeats, questions_of, unknown
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.review import ON_NOT_APPLICABLE, Action, Entry, Review
from selfassess.problems import Code, Fault

OF_ONE_ENTRY = frozenset({Code.REVIEW_REASON, Code.REVIEW_USE, Code.REVIEW_VALUE})  # the other entries stand


def check_review(
    review: Review,
    questionnaire: Questionnaire,
    lots: Mapping[str, Collection[str]],
    bid_for: Collection[str] | None = None,
) -> Iterator[Fault]:
    """Yield everything that is wrong with a review in a tender whose ``lots`` ask these questions.

    ``bid_for`` are the lots that the reviewed bid is for (None: not known).
    """
    known = {q.question.id: q.question for q in questions_of(questionnaire)}
    yield from folded_repeats(
        "entry", [(f"/entries/{index}/id", entry.id) for index, entry in enumerate(review.entries)]
    )
    for index, entry in enumerate(review.entries):
        at = f"/entries/{index}"
        if not entry.reason.strip():
            yield Fault(pointer=at, code=Code.REVIEW_REASON)
        if entry.question not in known:
            yield unknown(f"{at}/question", Code.UNKNOWN_QUESTION, entry.question, list(known))
        if entry.lot is not None and entry.lot not in lots:
            yield unknown(f"{at}/lot", Code.UNKNOWN_LOT, entry.lot, list(lots))
        elif entry.question in known and (idle := _idle(entry, lots, bid_for)):
            values = {"action": entry.action.value, "reason": idle}
            yield Fault(pointer=f"{at}/question", code=Code.REVIEW_USE, values=values)
        for reason in _misfits(entry, of_monitor=review.monitoring is not None):
            values = {"action": entry.action.value, "reason": reason}
            yield Fault(pointer=f"{at}/action", code=Code.REVIEW_USE, values=values)
        if (entry.action is Action.ADJUST) != (entry.value is not None):
            reason = "adjust, and only adjust, takes a value"
            yield Fault(pointer=at, code=Code.REVIEW_VALUE, values={"reason": reason})
        elif entry.value is not None and not 0 <= entry.value <= 1:
            reason = f"{entry.value} lies outside 0 to 1"
            yield Fault(pointer=f"{at}/value", code=Code.REVIEW_VALUE, values={"reason": reason})


def _idle(entry: Entry, lots: Mapping[str, Collection[str]], bid_for: Collection[str] | None) -> str:
    """Return why an entry would act in no lot, empty where it acts in one."""
    asking = [lot for lot, asked in lots.items() if entry.lot in (None, lot) and entry.question in asked]
    if not asking:
        where = "no lot asks" if entry.lot is None else f"the lot {entry.lot} does not ask"
        return f"{where} {entry.question}"
    if bid_for is not None and not any(lot in bid_for for lot in asking):
        return (
            f"the bid is for no lot that asks {entry.question}"
            if entry.lot is None
            else f"the bid is not for {entry.lot}"
        )
    return ""


def _misfits(entry: Entry, *, of_monitor: bool) -> Iterator[str]:
    """Yield why an action does not fit its author, or what stands beside it."""
    if (entry.action is Action.REPLY) != (entry.role == "supplier"):
        yield "a supplier replies, and only a supplier does"
    if entry.action is Action.REPLY and entry.moderate:
        yield "a reply decides nothing"
    if entry.grade is not None and entry.action is not Action.CONFIRM:
        yield f"only confirm gives the grade {entry.grade.name}"
    if of_monitor and not entry.is_site_finding:
        yield "in a monitor's file every entry has the role monitor and names the row of a site"
    if of_monitor and entry.action in ON_NOT_APPLICABLE:
        yield "a finding on a site acts on answers"


def review_chain(review: Review, digests: Sequence[str]) -> Iterator[Fault]:
    """Yield where the chain of entries is broken or not there; ``digests`` are those of the entries as written.

    The first entry carries the digest of the reviewed response, a monitor's that of the tender, each next one that of
    the entry before.
    """
    before = review.origin
    for index, (entry, digest) in enumerate(zip(review.entries, digests, strict=True)):
        at = f"/entries/{index}"
        if entry.previous is None:
            yield Fault(pointer=at, code=Code.REVIEW_UNSEALED)
        elif entry.previous != before:
            values = {"found": entry.previous, "expected": before}
            yield Fault(pointer=f"{at}/previous", code=Code.REVIEW_CHAIN, values=values)
        before = digest
