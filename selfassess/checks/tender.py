"""Rules across a tender, its questionnaire and its profile, and warnings of lawfulness with their references."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from selfassess.checks.monotony import pairs_of
from selfassess.checks.prices import price_faults
from selfassess.checks.profile import check_profile, level_faults
from selfassess.checks.walking import folded_repeats, questions_of, unknown
from selfassess.identifiers import is_folder_name
from selfassess.model.conditions import Comparison, Operator, Subject, comparisons
from selfassess.model.profile import EvidenceMode, ScoringProfile
from selfassess.model.questionnaire import Question, Questionnaire
from selfassess.model.tender import Lot, Tender
from selfassess.numbers import shown
from selfassess.plan import ScoringPlan, asked_in, compile_plan, gate_of, overridden, weights_in
from selfassess.problems import Code, Fault

GREEN = frozenset({"environment", "circularity"})
LEAST_GREEN = 30  # percent; Norwegian procurement regulation § 7-9, from 1 January 2024


@dataclass(frozen=True, slots=True)
class Case:
    """A tender with what it names: the profile as the tender changes it."""

    tender: Tender
    questionnaire: Questionnaire
    profile: ScoringProfile


Check = Callable[[Case], Iterable[Fault]]


def check_tender(tender: Tender, questionnaire: Questionnaire, profile: ScoringProfile) -> tuple[Fault, ...]:
    """Return everything that is wrong across a tender; ``profile`` is the one that it names, before its changes."""
    case = Case(tender, questionnaire, tender.changed(profile))
    found = [fault for check in CHECKS for fault in check(case)]
    if not any(fault.code.severity.value == "error" for fault in found):
        found += [fault for check in WARNINGS for fault in check(case)]
    return tuple(found)


def lots_fit(case: Case) -> Iterator[Fault]:
    """Lots have ids of their own and select what is there."""
    lots = case.tender.lots
    yield from folded_repeats("lot", [(f"/lots/{index}/id", lot.id) for index, lot in enumerate(lots)])
    sections = [section.id for section in case.questionnaire.sections]
    questions = [q.question.id for q in questions_of(case.questionnaire)]
    for index, lot in enumerate(lots):
        if not is_folder_name(lot.id):
            yield Fault(pointer=f"/lots/{index}/id", code=Code.ID_FORM, values={"text": lot.id})
        for key, named, known, code in (
            ("sections", lot.sections or (), sections, Code.UNKNOWN_SECTION),
            ("questions", lot.questions, questions, Code.UNKNOWN_QUESTION),
            ("without", lot.without, questions, Code.UNKNOWN_QUESTION),
        ):
            for place, id_ in enumerate(named):
                if id_ not in known:
                    yield unknown(f"/lots/{index}/{key}/{place}", code, id_, known)
        for comparison in comparisons(lot.bid_when) if lot.bid_when else ():
            if comparison.subject is not Subject.ROLE:
                reason = "it may look at the supplier's role only"
                yield Fault(pointer=f"/lots/{index}/bid_when", code=Code.CONDITION_FORM, values={"reason": reason})


def changes_fit(case: Case) -> Iterator[Fault]:
    """The profile as changed is as sound as any, and weighs every lot as asked."""
    known = {lot.id for lot in case.tender.lots}
    for fault in check_profile(case.profile, case.questionnaire):
        step = fault.pointer.split("/")[1] if fault.pointer else ""
        changed = step in case.tender.profile_changes or step == "not_applicable"
        if changed and fault.code is not Code.WEIGHTS_DO_NOT_ADD_UP:
            yield replace(fault, pointer=f"/profile_changes{fault.pointer}", related=())
    for lot_id in case.profile.lots:
        if lot_id not in known:
            yield unknown(f"/profile_changes/lots/{lot_id}", Code.UNKNOWN_LOT, lot_id, sorted(known), on_key=True)


def every_lot_weighs(case: Case) -> Iterator[Fault]:
    """A lot asks scored questions, and percents add up to 100 in it as asked."""
    for index, lot in enumerate(case.tender.lots):
        asked = asked_in(case.questionnaire, lot)
        scored = [q for q in case.questionnaire.questions() if q.id in asked and overridden(q, case.profile).is_scored]
        if not scored:
            yield Fault(pointer=f"/lots/{index}", code=Code.LOT_EMPTY, values={"id": lot.id})
            continue
        for fault in level_faults("", "", _weighed(case.profile, lot), case.questionnaire, asked):
            if fault.code in (Code.WEIGHTS_DO_NOT_ADD_UP, Code.WEIGHTS_ALL_ZERO):
                values = dict(fault.values) | {"where": f"{fault.values['where']} in lot {lot.id}"}
                yield Fault(pointer=f"/lots/{index}", code=fault.code, values=values)


def _weighed(profile: ScoringProfile, lot: Lot) -> ScoringProfile:
    sections, questions = weights_in(profile, lot)
    return replace(profile, section_weights=sections, question_weights=questions)


def prices_fit(case: Case) -> Iterator[Fault]:
    """Price models are complete."""
    return price_faults(case.tender, case.questionnaire)


def ties_fit(case: Case) -> Iterator[Fault]:
    """A tie rule names quality, price, a section, or the draw."""
    sections = [section.id for section in case.questionnaire.sections]
    for index, rule in enumerate(case.tender.tie_rule):
        at = f"/tie_rule/{index}"
        if rule.startswith("section:"):
            if rule.removeprefix("section:") not in sections:
                yield unknown(at, Code.UNKNOWN_SECTION, rule.removeprefix("section:"), sections)
        elif rule not in ("quality", "price", "draw"):
            known = "quality, price, section:ID, draw"
            yield Fault(pointer=at, code=Code.UNKNOWN_WORD, values={"text": rule, "known": known})


def price_is_lawful(case: Case) -> Iterator[Fault]:
    """Relative formulas and clamps are warned of."""
    for lot in case.tender.lots:
        if lot.price.model.startswith("relative"):
            yield Fault(pointer="/price/model", code=Code.PRICE_MODEL_RELATIVE, values={"model": lot.price.model})
        for end in ("cheap", "dear"):
            if lot.price.clamp in (end, "both"):
                yield Fault(pointer="/price/clamp", code=Code.PRICE_CLAMP, values={"end": end})


def not_applicable_can_leave(case: Case) -> Iterator[Fault]:
    """In an award, N/A that can leave the sums is warned of."""
    claimable = any(question.not_applicable for question in case.questionnaire.questions())
    if case.profile.evidence_mode is EvidenceMode.AWARD and case.profile.not_applicable_cap > 0 and claimable:
        yield Fault(pointer="", code=Code.NOT_APPLICABLE_CAN_LEAVE)


def questions_are_lawful(case: Case) -> Iterator[Fault]:
    """Company-scope questions with weight, and best levels that the gate already asks, are warned of."""
    seen: set[tuple[Code, str]] = set()
    for lot in case.tender.lots:
        plan = compile_plan(case.questionnaire, case.profile, lot)
        for planned in plan.questions:
            question, weighs = planned.question, planned.published_weight > 0
            if weighs and question.scope == "company":
                seen.add((Code.COMPANY_SCOPE_AWARD, question.id))
            if weighs and _best_is_asked(question, gate_of(question, case.profile)):
                seen.add((Code.BEST_IS_LEGAL_MINIMUM, question.id))
    for code, id_ in sorted(seen, key=str):
        yield Fault(pointer="/questionnaire", code=code, values={"question": id_})


def _best_is_asked(question: Question, gate: object) -> bool:
    """Return whether every answer that passes a gate is already worth the best."""
    if not isinstance(gate, Comparison) or gate.operator in (Operator.ANSWERED, Operator.INCLUDES):
        return False
    pairs = pairs_of(gate, question)
    passing = [value for truth, value in pairs if truth]
    return bool(passing) and min(passing) == max(value for _, value in pairs)


def environment_share(case: Case) -> Iterator[Fault]:
    """Norwegian buyers weigh climate and environment at 30 % or more (procurement regulation § 7-9)."""
    if not any(buyer.country == "NO" for buyer in case.tender.buyers):
        return
    for lot in case.tender.lots:
        plan = compile_plan(case.questionnaire, case.profile, lot)
        share = green_share(plan)
        points = lot.price.parameters
        if "price_points" in points:
            both = Fraction(points["price_points"]) + Fraction(points["quality_points"])
            share *= Fraction(points["quality_points"]) / both
            if share < LEAST_GREEN:
                values = {"lot": lot.id, "share": shown(share, 1), "note": "price included"}
                yield Fault(pointer="/lots", code=Code.ENVIRONMENT_SHARE, values=values)
        elif lot.price.model == "deduction":
            worth = shown(Fraction(points["full_quality"]) * share / 100, 0)
            note = f"explain: full marks on them are worth {worth} {lot.price.currency} of deduction"
            values = {"lot": lot.id, "share": shown(share, 1), "note": note}
            yield Fault(pointer="/lots", code=Code.ENVIRONMENT_SHARE, values=values)


def green_share(plan: ScoringPlan) -> Fraction:
    """Return the published weight of environment and circularity; a question with k topics counts 1/k to each."""
    share = Fraction(0)
    for planned in plan.questions:
        topics = planned.question.topics
        share += planned.published_weight * Fraction(len(GREEN.intersection(topics)), len(topics))
    return share


CHECKS: tuple[Check, ...] = (lots_fit, changes_fit, every_lot_weighs, prices_fit, ties_fit)
WARNINGS: tuple[Check, ...] = (price_is_lawful, not_applicable_can_leave, questions_are_lawful, environment_share)
