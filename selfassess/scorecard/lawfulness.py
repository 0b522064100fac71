"""Warnings of lawfulness become a section of the report: shares of every lot, and each warning with its reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selfassess.checks.shares import share_of
from selfassess.model.tender import Tender
from selfassess.numbers import shown
from selfassess.plan import ScoringPlan
from selfassess.problems import Code, Problem
from selfassess.scorecard.further_cards import LawfulnessCard, TableCard
from selfassess.wording import figure

LAWFULNESS_CODES = (
    *(Code.COMPANY_SCOPE_AWARD, Code.BEST_IS_LEGAL_MINIMUM, Code.EVIDENCE_RULE_MISSING, Code.ENVIRONMENT_SHARE),
    *(Code.PRICE_CLAMP, Code.PRICE_MODEL_RELATIVE, Code.NOT_APPLICABLE_CAN_LEAVE),
)
TOPICS = (
    "Computed from the topics of the questions; a question with k topics counts 1/k to each. Norwegian buyers weigh "
    "climate and environment at 30 % or more as a rule (procurement regulation § 7-9)."
)
DECIDES = "The tool warns and explains; the buyer decides."


def lawfulness_card(
    tender: Tender, plans: Mapping[str, ScoringPlan], problems: Sequence[Problem], *, language: str
) -> LawfulnessCard:
    """Return the section on lawfulness; ``problems`` are those of the tender."""
    rows = []
    for lot in tender.lots:
        share = share_of(tender, lot, plans[lot.id])
        of_award = "no weight of the price" if share.of_award is None else _percent(shown(share.of_award, 1), language)
        rows.append((lot.title, _percent(shown(share.of_quality, 1), language), of_award, share.said))
    head = ("Lot", "Of the quality weight", "Of all weights, price included", "How the price counts")
    found = [problem for problem in problems if problem.code in LAWFULNESS_CODES]
    return LawfulnessCard(
        shares=TableCard(title="Environment and circularity", said=TOPICS, head=head, rows=tuple(rows)),
        warnings=TableCard(
            title="Warnings",
            said=DECIDES,
            head=("Warning", "Reference, and what to do"),
            rows=tuple((f"{problem.code}: {problem.message}", problem.hint) for problem in found),
        ),
    )


def _percent(text: str, language: str) -> str:
    return f"{figure(text, language)} %"
