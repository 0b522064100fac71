"""Rules across a whole document: tuples of functions that yield faults."""

from __future__ import annotations

from selfassess.checks.answers import check_answers
from selfassess.checks.profile import check_profile
from selfassess.checks.questionnaire import check_questionnaire
from selfassess.checks.review import check_review, review_chain
from selfassess.checks.tender import check_tender

__all__ = [
    "check_answers",
    "check_profile",
    "check_questionnaire",
    "check_review",
    "check_tender",
    "review_chain",
]
