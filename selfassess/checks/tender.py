"""Rules across a tender, its questionnaire and its profile; warnings of lawfulness follow where nothing is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from selfassess.checks.cases import Case, Check
from selfassess.checks.lawfulness import WARNINGS
from selfassess.checks.prices import price_faults
from selfassess.checks.profile import check_profile, level_faults
from selfassess.checks.walking import folded_repeats, questions_of, unknown
from selfassess.identifiers import is_folder_name
from selfassess.languages import TOLD
from selfassess.model.conditions import Subject, comparisons
from selfassess.model.profile import ScoringProfile
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.tender import Lot, Tender
from selfassess.numbers import exactly
from selfassess.plan import asked_in, overridden, weights_in
from selfassess.problems import Code, Fault, Severity


def check_tender(tender: Tender, questionnaire: Questionnaire, profile: ScoringProfile) -> tuple[Fault, ...]:
    """Return everything that is wrong across a tender; ``profile`` is the one that it names, before its changes."""
    case = Case(tender, questionnaire, tender.changed(profile))
    found = [fault for check in CHECKS for fault in check(case)]
    if not any(fault.code.severity is Severity.ERROR for fault in found):
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
                values = dict(fault.values) | {
                    "where": TOLD.say("{where} in lot {lot}", where=fault.values["where"], lot=lot.id)
                }
                yield Fault(pointer=f"/lots/{index}", code=fault.code, values=values)


def _weighed(profile: ScoringProfile, lot: Lot) -> ScoringProfile:
    sections, questions = weights_in(profile, lot)
    return replace(profile, section_weights=sections, question_weights=questions)


def buyers_fit(case: Case) -> Iterator[Fault]:
    """The profile as each buyer changes it is as sound as the tender's, and weighs every lot as asked."""
    for index, buyer in enumerate(case.tender.buyers):
        if buyer.profile_changes:
            own = Case(
                replace(case.tender, profile_changes=buyer.profile_changes),
                case.questionnaire,
                replace(case.profile, **buyer.profile_changes),  # type: ignore[arg-type]
            )
            at = f"/buyers/{index}"
            yield from (replace(fault, pointer=f"{at}{fault.pointer}", related=()) for fault in changes_fit(own))
            for fault in every_lot_weighs(own):
                if fault.code is not Code.LOT_EMPTY:
                    values = dict(fault.values) | {
                        "where": TOLD.say("{where} for {buyer}", where=fault.values["where"], buyer=buyer.name)
                    }
                    yield replace(fault, pointer=f"{at}/profile_changes", values=values)


def values_fit(case: Case) -> Iterator[Fault]:
    """Estimated values are above 0."""
    stated = [("", case.tender.estimated_value)]
    stated += [(f"/lots/{index}", lot.estimated_value) for index, lot in enumerate(case.tender.lots)]
    for at, value in stated:
        if value is not None and value <= 0:
            values = {"value": exactly(value), "minimum": "0.000001", "maximum": "999999999999999"}
            yield Fault(pointer=f"{at}/estimated_value", code=Code.OUT_OF_RANGE, values=values)


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


CHECKS: tuple[Check, ...] = (lots_fit, changes_fit, every_lot_weighs, buyers_fit, values_fit, prices_fit, ties_fit)
