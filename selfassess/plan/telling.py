"""A plan as a report tells it: the same plan, its questionnaire's texts in the report's language."""

from __future__ import annotations

from dataclasses import replace

from selfassess.languages import Translation
from selfassess.languages.translated import question_in, questionnaire_in
from selfassess.plan.plans import ScoringPlan


def plan_in(plan: ScoringPlan, translation: Translation) -> ScoringPlan:
    """Return a plan with its texts in a language, to be read; what scores is the plan as it was compiled."""
    texts = translation.texts
    if texts is None:
        return plan
    questionnaire = questionnaire_in(plan.questionnaire, texts)
    told = {section.id: section for section in questionnaire.sections}
    # A profile may have changed a question's rule, so that it is not the questionnaire's own.
    questions = tuple(replace(planned, question=question_in(planned.question, texts)) for planned in plan.questions)
    sections = tuple(
        replace(
            planned,
            section=told[planned.section.id],
            questions=tuple(own.question for own in questions[planned.start : planned.stop]),
        )
        for planned in plan.sections
    )
    return replace(
        plan,
        questionnaire=questionnaire,
        sections=sections,
        questions=questions,
        gated=tuple(questions[planned.position] for planned in plan.gated),
        kinds={kind.id: kind for kind in questionnaire.evidence_kinds},
    )
