"""Warnings of lawfulness become a section of the report: shares of every lot, and each warning with its reference."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selfassess.checks.shares import share_of
from selfassess.languages import message, words
from selfassess.languages.problems import said_in
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
TOPICS = message(
    "Computed from the topics of the questions; a question with k topics counts 1/k to each. Norwegian buyers weigh "
    "climate and environment at 30 % or more as a rule (procurement regulation § 7-9)."
)
DECIDES = message("The tool warns and explains; the buyer decides.")


def lawfulness_card(
    tender: Tender, plans: Mapping[str, ScoringPlan], problems: Sequence[Problem], *, language: str
) -> LawfulnessCard:
    """Return the section on lawfulness; ``problems`` are those of the tender."""
    own, rows = words("report", language), []
    for lot in tender.lots:
        share = share_of(tender, lot, plans[lot.id])
        of_quality = _percent(shown(share.of_quality, 1), language)
        if share.of_award is None:
            of_award = own.say("no weight of the price")
        else:
            of_award = _percent(shown(share.of_award, 1), language)
        rows.append((lot.title, of_quality, of_award, own.again(share.said)))
    head = (
        *(own.say("Lot"), own.say("Of the quality weight"), own.say("Of all weights, price included")),
        own.say("How the price counts"),
    )
    title = own.say("Environment and circularity")
    return LawfulnessCard(
        shares=TableCard(title=title, said=own.say(TOPICS), head=head, rows=tuple(rows)),
        warnings=TableCard(
            title=own.say("Warnings"),
            said=own.say(DECIDES),
            head=(own.say("Warning"), own.say("Reference, and what to do")),
            rows=tuple(_warning(problem, language) for problem in problems if problem.code in LAWFULNESS_CODES),
        ),
    )


def _warning(problem: Problem, language: str) -> tuple[str, str]:
    said, hint = said_in(problem, words("terminal", language))
    return f"{problem.code}: {said}", hint


def _percent(text: str, language: str) -> str:
    return f"{figure(text, language)} %"
