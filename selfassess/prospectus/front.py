"""What stands before the questions: facts, minimum requirements, and how answers become points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from fractions import Fraction

from selfassess.languages import ENGLISH, SOURCE, Words, message, shown_date
from selfassess.model.profile import ScoringProfile
from selfassess.model.questionnaire import Grade, Questionnaire
from selfassess.model.tender import Lot, PriceModel, Tender
from selfassess.numbers import exactly, shown
from selfassess.plan import PlannedQuestion, ScoringPlan, gate_in_words
from selfassess.prospectus.cards import Fact, Requirement
from selfassess.wording import GRADES, MODELS, VAT, figure

PARAMETERS = {
    "full_quality": message("full quality"),
    "price_points": message("price points"),
    "quality_points": message("quality points"),
    "low": message("low"),
    "high": message("high"),
    "minimum_quality": message("minimum quality"),
    "years": message("years"),
    "discount_rate": message("discount rate"),
}


def facts(plans: Mapping[str, ScoringPlan], tender: Tender | None, words: Words = ENGLISH) -> Iterator[Fact]:
    """Yield what the reader has before it: tender, questionnaire, profile, and how much is asked."""
    plan = next(iter(plans.values()))
    if tender is not None:
        yield Fact(label=words.say("Tender"), value=tender.id)
        yield Fact(label=words.say("Buyers"), value=", ".join(buyer.name for buyer in tender.buyers))
        deadline = words.say("{deadline}; evidence must be valid on that day", deadline=_moment(tender.deadline, words))
        yield Fact(label=words.say("Deadline"), value=deadline)
        for lot in tender.lots:
            yield Fact(label=words.say("Lot {lot}", lot=lot.id), value=_lot(lot, words))
    named, profile = plan.questionnaire, plan.profile
    yield Fact(label=words.say("Questionnaire"), value=f"{named.id} {named.version}")
    yield Fact(label=words.say("Profile"), value=f"{profile.title} ({profile.id} {profile.version})")
    for at, own in plans.items():
        label = words.say("Asked in {lot}", lot=at) if at else words.say("Asked")
        yield Fact(label=label, value=_counted(own.questions, words))


def _moment(moment: datetime, words: Words) -> str:
    """Return a point in time: in English as the tender writes it, else with its day as the language has it."""
    if words.language == SOURCE:
        return moment.isoformat()
    return f"{shown_date(moment.date(), words.language)} {moment.timetz().isoformat(timespec='minutes')}"


def _lot(lot: Lot, words: Words) -> str:
    return words.say("{title}. Price: {price}.", title=lot.title, price=_price(lot.price, words))


def _price(price: PriceModel, words: Words) -> str:
    parameters = [
        f"{words.say(PARAMETERS[name])} {figure(exactly(value), words.language)}"
        for name, value in price.parameters.items()
    ]
    terms = ", ".join((*parameters, price.currency, words.say(VAT[price.vat])))
    return f"{words.say(MODELS[price.model])} ({terms})"


def _counted(questions: Sequence[PlannedQuestion], words: Words) -> str:
    return words.say(
        "{asked} questions; {scored} carry points, {required} hold a minimum requirement",
        asked=len(questions),
        scored=sum(1 for planned in questions if planned.published_weight),
        required=sum(1 for planned in questions if planned.gate_condition is not None),
    )


def requirements(
    plans: Mapping[str, ScoringPlan], questions: Sequence[PlannedQuestion], words: Words = ENGLISH
) -> tuple[Requirement, ...]:
    """Return the minimum requirements that are on, with the lots that ask them where not all do."""
    lots = {planned.id: [lot for lot, plan in plans.items() if planned.id in plan.positions] for planned in questions}
    return tuple(
        Requirement(
            question=planned.id,
            text=planned.question.text,
            asked=gate_in_words(planned.gate_condition, planned.question, words),
            lots=_only_in(lots[planned.id], plans, words),
        )
        for planned in questions
        if planned.gate_condition is not None
    )


def _only_in(lots: Sequence[str], plans: Mapping[str, ScoringPlan], words: Words) -> str:
    return "" if len(lots) == len(plans) else words.say("Only in {lots}.", lots=", ".join(lots))


def method(plan: ScoringPlan) -> Iterator[Fact]:
    """Yield how answers become points, as far as a supplier needs it."""
    profile = plan.profile
    award = profile.evidence_mode.value == "award"
    yield Fact(label="Points", value="Each answer earns a part of its question's points; all points add up to 100.")
    yield Fact(
        label="Evidence",
        value="A claim counts only with evidence of the grade that is asked for, or stronger."
        if award
        else "A claim counts in full with evidence of the grade that is asked for; with E1 half of it, with E2 0.8.",
    )
    missing = "the bid is excluded" if profile.excludes_incomplete else "it earns nothing"
    yield Fact(label="No answer", value=f"Where a question is not answered, {missing}.")
    approval = " It counts 0 until the buyer approves it." if award else ""
    cap = shown(plan.cap * 100, 0)
    yield Fact(
        label="Does not apply",
        value=f"At most {cap} % of a section's weight can leave it as not applicable.{approval}",
    )
    yield from _minima(plan, profile)
    if profile.bands:
        bands = ", ".join(f"{band.label} from {exactly(band.start)}" for band in profile.bands)
        yield Fact(label="Labels", value=f"{bands}; they decide nothing.")


def _minima(plan: ScoringPlan, profile: ScoringProfile) -> Iterator[Fact]:
    titles = {section.section.id: section.section.title for section in plan.sections if section.weight}
    least = [f"{exactly(profile.minima.total)} in total"] if profile.minima.total is not None else []
    for id_, value in profile.minima.sections.items():
        if id_ in titles:
            least.append(f"{shown(Fraction(value) * 100, 0)} % in {titles[id_]}")
    if least:
        lot = f" in {plan.lot}" if plan.lot else ""
        yield Fact(label=f"Least to reach{lot}", value=f"{', '.join(least)}.")


def minima(plans: Sequence[ScoringPlan]) -> Iterator[Fact]:
    """Yield the method of the first plan, and what other lots ask at least."""
    first, *others = plans
    yield from method(first)
    for plan in others:
        yield from _minima(plan, plan.profile)


def grades() -> tuple[Fact, ...]:
    """Return the grades of evidence."""
    return tuple(Fact(label=grade.name, value=GRADES[grade.name]) for grade in Grade)


def kinds(questionnaire: Questionnaire, words: Words = ENGLISH) -> tuple[Fact, ...]:
    """Return the kinds of documents with the highest grade that each can carry."""
    return tuple(
        Fact(label=kind.id, value=words.say("{kind}; at most {grade}", kind=kind.title, grade=kind.grade.name))
        for kind in questionnaire.evidence_kinds
    )
