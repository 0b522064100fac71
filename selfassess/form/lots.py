"""What a browser's engine scores by: the questions, and how each lot asks and weighs them."""

from __future__ import annotations

from collections.abc import Sequence

from selfassess.form.questions import Plain, TextAt, plain_question, plain_rule
from selfassess.model.profile import ScoringProfile
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.tender import Lot
from selfassess.plan import ScoringPlan, asked_in, compile_plan, gate_of, overridden


def page_plan(
    questionnaire: Questionnaire,
    profile: ScoringProfile,
    lots: Sequence[Lot | None],
    text_at: TextAt,
    *,
    shows_score: bool,
) -> Plain:
    """Return the questions of all these lots (None: all questions, no lot); rules and weights only where shown.

    ``text_at`` gives what stands for the text at a context. Numbers are decimal texts, weights whole numbers in texts.
    """
    plans = [compile_plan(questionnaire, profile, lot) for lot in lots]
    wanted = frozenset[str]().union(*(asked_in(questionnaire, lot) for lot in lots))
    questions = []
    for section in questionnaire.sections:
        for question in section.questions:
            if question.id not in wanted:
                continue
            plain = plain_question(question, text_at=text_at, gate=gate_of(question, profile))
            rule = plain_rule(overridden(question, profile).score) if shows_score else None
            plain |= {"section": section.id} | _rows_of(question.id, questionnaire, wanted)
            questions.append(plain | ({"rule": rule} if rule else {}))
    pairs = zip(plans, lots, strict=True)
    plain_plan: Plain = {
        "questions": questions,
        "roles": [role.id for role in questionnaire.roles],
        "scored": shows_score,
        "lots": [_lot(plan, (lot.title or lot.id) if lot else None, shows_score=shows_score) for plan, lot in pairs],
    }
    return plain_plan | ({"cap": format(profile.not_applicable_cap, "f")} if shows_score else {})


def _rows_of(id_: str, questionnaire: Questionnaire, wanted: frozenset[str]) -> Plain:
    """Return the table whose rows a table's are compared with, and the columns that must be equal there (3.4)."""
    compared = [check for check in questionnaire.checks if check.questions[:1] == (id_,) and len(check.questions) > 1]
    rows = [check for check in compared if check.rule in ("same_rows", "rows_among") and not check.columns]
    if not rows or rows[0].questions[1] not in wanted:
        return {}
    of = rows[0].questions[1]
    same = [*(check.columns for check in compared if check.rule == "same_cells" and check.questions[1] == of)]
    return {"rows_of": of} | ({"same": sorted({column for columns in same for column in columns})} if same else {})


def _lot(plan: ScoringPlan, title: str | None, *, shows_score: bool) -> Plain:
    plain: Plain = {"id": plan.lot, "title": title, "asked": [question.id for question in plan.questions]}
    if not shows_score:
        return plain
    sections = [
        {"weight": str(section.weight), "ids": [question.id for question in section.questions]}
        for section in plan.sections
    ]
    return plain | {
        "sections": sections,
        "stays": [question.id for question in plan.questions if question.stays],
        "weights": {question.id: str(question.weight) for question in plan.questions if question.weight},
    }
