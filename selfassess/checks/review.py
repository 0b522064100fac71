"""Rules across a review: who may say what, and the chain of its entries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from selfassess.checks.walking import folded_repeats, questions_of, unknown
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.review import Action, Review
from selfassess.problems import Code, Fault


def check_review(review: Review, questionnaire: Questionnaire, lots: Sequence[str]) -> Iterator[Fault]:
    """Yield everything that is wrong with a review in a tender of these lots."""
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
            yield unknown(f"{at}/lot", Code.UNKNOWN_LOT, entry.lot, lots)
        if (entry.action is Action.ADJUST) != (entry.value is not None):
            reason = "adjust, and only adjust, takes a value"
            yield Fault(pointer=at, code=Code.REVIEW_VALUE, values={"reason": reason})
        elif entry.value is not None and not 0 <= entry.value <= 1:
            reason = f"{entry.value} lies outside 0 to 1"
            yield Fault(pointer=f"{at}/value", code=Code.REVIEW_VALUE, values={"reason": reason})


def review_chain(review: Review, digests: Sequence[str]) -> Iterator[Fault]:
    """Yield where the chain of entries is broken or not there; ``digests`` are those of the entries as written.

    The first entry carries the digest of the reviewed response, each next one that of the entry before.
    """
    before = review.response_digest
    for index, (entry, digest) in enumerate(zip(review.entries, digests, strict=True)):
        at = f"/entries/{index}"
        if entry.previous is None:
            yield Fault(pointer=at, code=Code.REVIEW_UNSEALED)
        elif entry.previous != before:
            values = {"found": entry.previous, "expected": before}
            yield Fault(pointer=f"{at}/previous", code=Code.REVIEW_CHAIN, values=values)
        before = digest
