"""A questionnaire and the plans of its lots become what a supplier reads before deciding to bid."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from selfassess.languages import ENGLISH, Words, written_number
from selfassess.model.tender import Tender
from selfassess.numbers import rounded, shown
from selfassess.plan import PlannedQuestion, PlannedSection, ScoringPlan, condition_in_words, gate_in_words
from selfassess.prospectus import front
from selfassess.prospectus.agreement import checks_in_words
from selfassess.prospectus.cards import Fact, Prospectus, QuestionPage, SectionPage, Worth
from selfassess.prospectus.matrix import coverage_card
from selfassess.prospectus.words import (
    answer_in_words,
    choices,
    columns,
    evidence_in_words,
    grounds,
    place_of,
    question_weight,
    rule_in_words,
    section_weight,
)

__all__ = ["Prospectus", "coverage_card", "part_of", "prospectus"]

Plans = Mapping[str, ScoringPlan]  # by the id of the lot, empty outside a tender


def prospectus(
    plans: Plans, *, digests: Sequence[tuple[str, str]], tender: Tender | None = None, words: Words = ENGLISH
) -> Prospectus:
    """Return a questionnaire with its weights in each lot; questions that no lot asks are left out.

    ``words`` say what the annex prints of it; what stands in ``show`` alone is in English.
    """
    every = tuple(plans.values())
    named = every[0].questionnaire
    asked = tuple(_everywhere(plans))
    return Prospectus(
        language=named.language,
        title=tender.title if tender else named.title,
        subtitle=f"{named.title}, version {named.version}" if tender else f"Version {named.version}",
        description=named.description or "",
        facts=tuple(front.facts(plans, tender, words)),
        lots=tuple(lot for lot in plans if lot),
        requirements=front.requirements(plans, asked, words),
        sections=tuple(_sections(plans, asked, words)),
        method=tuple(front.minima(every)),
        grades=front.grades(),
        kinds=front.kinds(named, words),
        reasons=tuple(Fact(label=term.id, value=term.text) for term in named.not_applicable_reasons),
        coverage=tuple(coverage_card(plan, lot) for lot, plan in plans.items()),
        digests=tuple(Fact(label=label, value=digest) for label, digest in digests),
    )


def part_of(whole: Prospectus, sections: Collection[str], questions: Collection[str]) -> Prospectus:
    """Return the named sections and questions alone."""
    kept = []
    for section in whole.sections:
        own = section.questions
        if section.id not in sections:
            own = tuple(question for question in own if question.id in questions)
        if own:
            kept.append(replace(section, questions=own))
    return replace(whole, sections=tuple(kept), is_part=True)


def _everywhere(plans: Plans) -> Iterator[PlannedQuestion]:
    """Yield each question that a lot asks, in document order, as planned in the first lot that asks it."""
    for question in next(iter(plans.values())).questionnaire.questions():
        found = (
            plan.questions[plan.positions[question.id]] for plan in plans.values() if question.id in plan.positions
        )
        first = next(found, None)
        if first is not None:
            yield first


def _sections(plans: Plans, asked: Sequence[PlannedQuestion], words: Words) -> Iterator[SectionPage]:
    every = tuple(plans.values())
    heaviest = max((planned.published_weight for plan in every for planned in plan.questions), default=Fraction(0))
    by_id = {planned.id: planned for planned in asked}
    for section in every[0].questionnaire.sections:
        own = [by_id[question.id] for question in section.questions if question.id in by_id]
        if own:
            scored = sum(1 for planned in own if planned.question.is_scored)
            yield SectionPage(
                id=section.id,
                title=section.title,
                intro=section.intro or "",
                worths=tuple(_section_worths(plans, section.id, words)),
                counted=f"{len(own)} questions, {scored} with points",
                questions=tuple(_question(plans, planned, heaviest, words) for planned in own),
            )


def _section_worths(plans: Plans, id_: str, words: Words) -> Iterator[Worth]:
    for lot, plan in plans.items():
        found: PlannedSection | None = next((own for own in plan.sections if own.section.id == id_), None)
        if found is None or not found.weight:
            said = words.say("no points") if found else words.say("not asked")
            yield Worth(lot=lot, points="", said=said, width=0)
        else:
            yield Worth(
                lot=lot,
                points=_points(found.published_weight, plan, words),
                said=section_weight(plan, found, words),
                width=int(rounded(found.published_weight * 10, 0)),
            )


def _points(weight: Fraction, plan: ScoringPlan, words: Words) -> str:
    return written_number(shown(weight, plan.profile.decimals), words.language)


def _question(plans: Plans, planned: PlannedQuestion, heaviest: Fraction, words: Words) -> QuestionPage:
    question = planned.question
    questionnaire = next(iter(plans.values())).questionnaire
    terms = {term.id: term.text for term in questionnaire.not_applicable_reasons}
    rule, rule_lines = rule_in_words(question, words)
    return QuestionPage(
        id=question.id,
        text=question.text,
        help=question.help or "",
        answer=answer_in_words(question, words),
        options=choices(question, question.score, words),
        columns=columns(question, words),
        rule=rule,
        rule_lines=rule_lines,
        gate=gate_in_words(planned.gate_condition, question, words) if planned.gate_condition is not None else "",
        condition=_condition(plans, planned, words),
        not_applicable=tuple(f"{id_}: {terms.get(id_, id_)}" for id_ in question.not_applicable),
        evidence=evidence_in_words(questionnaire, planned, words),
        worths=tuple(_worths(plans, planned, heaviest, words)) if question.is_scored else (),
        checks=tuple(checks_in_words(questionnaire, question.id, words)),
        grounds=grounds(question.references),
        place=place_of(question, words),
    )


def _condition(plans: Plans, planned: PlannedQuestion, words: Words) -> str:
    if planned.condition is None:
        return ""
    said = condition_in_words(planned.condition, next(iter(plans.values())).questionnaire, words)
    if not planned.question.is_scored:
        return said
    if planned.stays:
        return words.say("{condition}; when it is not asked it counts 0", condition=said)
    return words.say("{condition}; when it is not asked its points leave", condition=said)


def _worths(plans: Plans, planned: PlannedQuestion, heaviest: Fraction, words: Words) -> Iterator[Worth]:
    for lot, plan in plans.items():
        if planned.id not in plan.positions:
            yield Worth(lot=lot, points="", said=words.say("not asked"), width=0)
            continue
        own = plan.questions[plan.positions[planned.id]]
        yield Worth(
            lot=lot,
            points=_points(own.published_weight, plan, words),
            said=question_weight(plan, own, words),
            width=int(rounded(own.published_weight * 1000 / heaviest, 0)) if heaviest else 0,
        )
