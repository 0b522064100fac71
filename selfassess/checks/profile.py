"""Rules across a profile and its questionnaire: weights, minima, bands, gates, overrides, conditions."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal

from selfassess.checks.monotony import turning
from selfassess.checks.questionnaire import gate_faults
from selfassess.checks.rules import rule_faults
from selfassess.checks.walking import questions_of, unknown
from selfassess.languages import TOLD
from selfassess.model.profile import ScoringProfile, WeightKind, Weights
from selfassess.model.questionnaire import Questionnaire
from selfassess.numbers import exactly
from selfassess.plan import overridden
from selfassess.problems import Code, Fault, Severity

HUNDRED = Decimal(100)
Check = Callable[[ScoringProfile, Questionnaire], Iterable[Fault]]


def check_profile(profile: ScoringProfile, questionnaire: Questionnaire) -> tuple[Fault, ...]:
    """Return everything that is wrong across a profile, in the order of the checks."""
    found = [fault for check in CHECKS for fault in check(profile, questionnaire)]
    if not any(fault.code.severity is Severity.ERROR for fault in found):  # it computes with the rules as overridden
        found += better_answers_never_hide(profile, questionnaire)
    return tuple(found)


def weights_fit(profile: ScoringProfile, questionnaire: Questionnaire) -> Iterator[Fault]:
    """Every scored section and question has a weight, 0 or more; percents add up to 100."""
    asked = {q.question.id for q in questions_of(questionnaire)}
    yield from level_faults("/section_weights", "/question_weights", profile, questionnaire, asked)
    for lot, own in profile.lots.items():
        both = replace(
            profile,
            section_weights=own.section_weights or profile.section_weights,
            question_weights=own.question_weights or profile.question_weights,
        )
        at = f"/lots/{lot}"
        for fault in level_faults(f"{at}/section_weights", f"{at}/question_weights", both, questionnaire, asked):
            if fault.code is not Code.WEIGHTS_DO_NOT_ADD_UP:  # what a lot asks is the tender's to say
                yield fault


def level_faults(
    sections_at: str,
    questions_at: str,
    profile: ScoringProfile,
    questionnaire: Questionnaire,
    asked: Iterable[str],
) -> Iterator[Fault]:
    """Yield what is wrong with the weights of both levels, given the questions that are asked."""
    asked = frozenset(asked)
    placed = [q for q in questions_of(questionnaire) if q.question.id in asked]
    scored = {q.question.id: q.section for q in placed if overridden(q.question, profile).is_scored}
    every = {q.question.id: overridden(q.question, profile).is_scored for q in questions_of(questionnaire)}
    sections = {s.id: s.id in scored.values() for s in questionnaire.sections}
    known = sections | {s.id: True for s in questionnaire.sections if any(every[q.id] for q in s.questions)}
    yield from _weight_faults(sections_at, "section", Code.UNKNOWN_SECTION, profile.section_weights, known)
    yield from _weight_faults(questions_at, "question", Code.UNKNOWN_QUESTION, profile.question_weights, every)
    in_sums = [id_ for id_, is_scored in sections.items() if is_scored]
    yield from _sum_faults(sections_at, TOLD.say("the sections"), profile.section_weights, in_sums)
    for section in in_sums:
        siblings = [id_ for id_, own in scored.items() if own == section]
        yield from _sum_faults(
            questions_at, TOLD.say("section {section}", section=section), profile.question_weights, siblings
        )


def _weight_faults(at: str, kind: str, code: Code, weights: Weights, known: Mapping[str, bool]) -> Iterator[Fault]:
    """``known`` says of each id whether it is scored."""
    for id_, weight in weights.weights.items():
        here = f"{at}/weights/{id_}"
        if id_ not in known:
            yield unknown(here, code, id_, list(known), on_key=True)
        elif not known[id_]:
            yield Fault(pointer=here, code=Code.WEIGHT_ON_UNSCORED, values={"id": id_}, on_key=True)
        elif weight < 0:
            yield Fault(pointer=here, code=Code.WEIGHT_NEGATIVE, values={"id": id_, "value": exactly(weight)})
    for id_, is_scored in known.items():
        if is_scored and id_ not in weights.weights:
            yield Fault(pointer=f"{at}/weights", code=Code.WEIGHT_MISSING, values={"kind": kind, "id": id_})


def _sum_faults(at: str, where: str, weights: Weights, siblings: Iterable[str]) -> Iterator[Fault]:
    own = [weights.weights.get(id_, Decimal(0)) for id_ in siblings]
    total = sum(own, Decimal(0))
    if own and not any(own):
        yield Fault(pointer=f"{at}/weights", code=Code.WEIGHTS_ALL_ZERO, values={"where": where})
    elif weights.kind is WeightKind.PERCENT and own and total != HUNDRED:
        values = {"where": where, "total": exactly(total)}
        yield Fault(pointer=f"{at}/weights", code=Code.WEIGHTS_DO_NOT_ADD_UP, values=values)


def minima_fit(profile: ScoringProfile, questionnaire: Questionnaire) -> Iterator[Fault]:
    """Minima of sections run from 0 to 1, that of the total from 0 to 100, and so does the N/A cap from 0 to 1."""
    minima, sections = profile.minima, [section.id for section in questionnaire.sections]
    if minima.total is not None and not 0 <= minima.total <= HUNDRED:
        values = {"value": exactly(minima.total), "maximum": "100"}
        yield Fault(pointer="/minima/total", code=Code.MINIMUM_RANGE, values=values)
    for id_, value in minima.sections.items():
        at = f"/minima/sections/{id_}"
        if id_ not in sections:
            yield unknown(at, Code.UNKNOWN_SECTION, id_, sections, on_key=True)
        elif not 0 <= value <= 1:
            yield Fault(pointer=at, code=Code.MINIMUM_RANGE, values={"value": exactly(value), "maximum": "1"})
    cap = profile.not_applicable_cap
    if not 0 <= cap <= 1:
        values = {"value": exactly(cap), "minimum": "0", "maximum": "1"}
        yield Fault(pointer="/not_applicable/cap", code=Code.OUT_OF_RANGE, values=values)


def bands_fall(profile: ScoringProfile, _: Questionnaire) -> Iterator[Fault]:
    """Bands fall from the highest to one that begins at 0."""
    starts = [band.start for band in profile.bands]
    falls = all(later < earlier for earlier, later in itertools.pairwise(starts))
    if starts and (not falls or starts[-1] != 0 or starts[0] > HUNDRED):
        yield Fault(pointer="/bands", code=Code.BANDS_ORDER)


def overrides_fit(profile: ScoringProfile, questionnaire: Questionnaire) -> Iterator[Fault]:
    """Rules and gates are set for questions that are there, and fit them."""
    known = {q.question.id: q.question for q in questions_of(questionnaire)}
    for id_ in profile.scores:
        if id_ not in known:
            yield unknown(f"/scores/{id_}", Code.UNKNOWN_QUESTION, id_, list(known), on_key=True)
        else:
            changed = overridden(known[id_], profile)
            for fault in rule_faults("", changed, changed.score):
                yield replace(fault, pointer=f"/scores/{id_}")
    for id_, setting in profile.gates.items():
        at = f"/gates/{id_}"
        if id_ not in known:
            yield unknown(at, Code.UNKNOWN_QUESTION, id_, list(known), on_key=True)
        elif setting.condition is not None:
            yield from gate_faults(at, known[id_], setting.condition)
    for index, id_ in enumerate(profile.accepted_conditions):
        if id_ not in known:
            yield unknown(f"/accepted_conditions/{index}", Code.UNKNOWN_QUESTION, id_, list(known))


def better_answers_never_hide(profile: ScoringProfile, questionnaire: Questionnaire) -> Iterator[Fault]:
    """A better answer turns no scored question's condition false, unless the profile accepts it by name."""
    known = {q.question.id: overridden(q.question, profile) for q in questions_of(questionnaire)}
    for question in known.values():
        for target in turning(question, known) if question.is_scored else ():
            accepted = question.id in profile.accepted_conditions
            code = Code.CONDITION_REWARDS_LOWER if accepted else Code.CONDITION_TURNS_FALSE
            at = "/accepted_conditions" if accepted else ""
            yield Fault(pointer=at, code=code, values={"question": question.id, "target": target})


CHECKS: tuple[Check, ...] = (weights_fit, minima_fit, bands_fall, overrides_fit)
