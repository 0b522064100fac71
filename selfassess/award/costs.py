"""The yearly costs of a bid under ``life_cycle_cost``: the tender's items times the bid's own answers (method, 3.10).

An answer counts when it stands after the review; else the dearest that could have been given counts, so that silence
never pays.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from fractions import Fraction

from selfassess.model.assessment import Assessment, Finding, State
from selfassess.model.profile import EvidenceMode
from selfassess.model.questionnaire import Kind
from selfassess.model.tender import PriceModel
from selfassess.plan import TENTHS, PlannedQuestion, ScoringPlan
from selfassess.scoring import findings
from selfassess.scoring.reviewing import CONFIRMING

FULL_PERCENT = Decimal(100)


def yearly_costs(
    plan: ScoringPlan,
    model: PriceModel,
    assessments: Mapping[str, Assessment],
    lost: Mapping[str, Collection[str]] | None = None,
) -> dict[str, Fraction]:
    """Return each bid's costs of one year in the tender's currency, by supplier; nothing where the model has no items.

    ``lost`` names answers, by supplier, that are taken not to stand.
    """
    if not model.costs:
        return {}
    return {
        supplier: yearly_cost(plan, model, assessment, (lost or {}).get(supplier, ()))
        for supplier, assessment in assessments.items()
    }


def yearly_cost(plan: ScoringPlan, model: PriceModel, assessment: Assessment, lost: Collection[str] = ()) -> Fraction:
    """Return one bid's costs of one year, with the answers named in ``lost`` taken not to stand."""
    found = findings(plan, assessment)
    total = Fraction(0)
    for item in model.costs:
        planned = plan.questions[plan.positions[item.question]]
        finding = found[planned.position]
        answer = finding.answer
        if item.question not in lost and isinstance(answer, Decimal) and stands(plan, planned, finding):
            quantity = answer
        else:
            quantity = dearest(planned)
        total += Fraction(item.unit_cost) * Fraction(quantity)
    return total


def stands(plan: ScoringPlan, planned: PlannedQuestion, finding: Finding) -> bool:
    """Return whether an answer counts as given: by the entry that stands on it, else (in an award) by its evidence."""
    if finding.state is not State.ANSWERED or finding.persons_differ:
        return False
    if finding.standing is not None:
        return finding.standing.action in CONFIRMING
    in_dialogue = plan.profile.evidence_mode is EvidenceMode.DIALOGUE
    return in_dialogue or planned.support[finding.grade] == TENTHS


def dearest(planned: PlannedQuestion) -> Decimal:
    """Return the largest answer that a question takes."""
    question = planned.question
    return FULL_PERCENT if question.type is Kind.PERCENT else Decimal(question.maximum or 0)
