"""Look an evaluation up: a bid's status in a lot, and every claim that a question does not apply."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from selfassess.award import status_of
from selfassess.evaluation import Evaluation
from selfassess.model.assessment import State
from selfassess.model.ranking import Status
from selfassess.model.review import Review
from selfassess.schemas import Document
from selfassess.tenders import entry_digests


def claims_of_not_applicable(evaluation: Evaluation) -> list[dict[str, Any]]:
    """Return every N/A claim by question and reason, with all bids that make it and what the review said of each."""
    found: dict[tuple[str, str], dict[tuple[str, str], str]] = {}
    for (supplier, lot), assessment in evaluation.assessments.items():
        plan = evaluation.plans[lot]
        for planned in plan.questions:
            position = planned.position
            if assessment.states[position] is not State.NOT_APPLICABLE or position in assessment.causes:
                continue
            key = (planned.question.id, assessment.reasons.get(position, ""))
            approval = assessment.approvals.get(position)
            found.setdefault(key, {})[supplier, lot] = approval.value if approval else "open"
    return [
        {
            "question": question,
            "reason": reason,
            "bids": [{"supplier": supplier, "lot": lot, "approval": said} for (supplier, lot), said in bids.items()],
        }
        for (question, reason), bids in sorted(found.items())
    ]


def pins_of(evaluation: Evaluation) -> dict[str, dict[str, str]]:
    """Return the questionnaire and the profile that an evaluation rests on, which a what-if may have changed."""
    named: dict[str, Document[Any]] = {"questionnaire": evaluation.questionnaire, "profile": evaluation.profile}
    return {
        name: {"id": document.content.id, "version": document.content.version, "digest": document.digest}
        for name, document in named.items()
    }


def tips_of(evaluation: Evaluation) -> Iterator[tuple[str, Document[Review], str | None]]:
    """Yield each review that was used, by name, with the digest of its last entry: a log that was cut short shows."""
    for name, review in sorted(evaluation.reviews.items()):
        digests = entry_digests(review)
        yield name, review, digests[-1] if digests else None


def status_in(evaluation: Evaluation, supplier: str, lot: str) -> tuple[Status, tuple[str, ...]]:
    """Return a bid's status in a lot's ranking with the reasons for it."""
    for standing in evaluation.rankings[lot].standings:
        if standing.supplier == supplier:
            return standing.status, standing.reasons
    return status_of(evaluation.assessments[supplier, lot])
