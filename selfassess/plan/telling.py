"""A plan as a report tells it: the same plan, its questionnaire's texts in the report's language."""

from __future__ import annotations

from dataclasses import replace

from selfassess.languages import Translation
from selfassess.languages.translated import question_in, questionnaire_in, section_in
from selfassess.plan.plans import ScoringPlan


def plan_in(plan: ScoringPlan, translation: Translation) -> ScoringPlan:
    """Return a plan with its texts in a language, to be read; what scores is the plan as it was compiled."""
    texts = translation.texts
    if texts is None:
        return plan
    questions = tuple(replace(planned, question=question_in(planned.question, texts)) for planned in plan.questions)
    questionnaire = questionnaire_in(plan.questionnaire, texts)
    return replace(
        plan,
        questionnaire=questionnaire,
        sections=tuple(
            replace(
                planned,
                section=section_in(planned.section, texts),
                questions=tuple(question_in(question, texts) for question in planned.questions),
            )
            for planned in plan.sections
        ),
        questions=questions,
        gated=tuple(questions[planned.position] for planned in plan.gated),
        kinds={kind.id: kind for kind in questionnaire.evidence_kinds},
    )
