"""What stands before the questions: facts, minimum requirements, and how answers become points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from selfassess.model.profile import ScoringProfile
from selfassess.model.questionnaire import Grade, Questionnaire
from selfassess.model.tender import Lot, Tender
from selfassess.numbers import exactly, shown
from selfassess.plan import PlannedQuestion, ScoringPlan, gate_in_words
from selfassess.prospectus.cards import Fact, Requirement
from selfassess.wording import GRADES, MODELS, figure


def facts(plans: Mapping[str, ScoringPlan], tender: Tender | None) -> Iterator[Fact]:
    """Yield what the reader has before it: tender, questionnaire, profile, and how much is asked."""
    plan = next(iter(plans.values()))
    if tender is not None:
        yield Fact(label="Tender", value=tender.id)
        yield Fact(label="Buyers", value=", ".join(buyer.name for buyer in tender.buyers))
        yield Fact(label="Deadline", value=f"{tender.deadline.isoformat()}; evidence must be valid on that day")
        for lot in tender.lots:
            yield Fact(label=f"Lot {lot.id}", value=f"{lot.title}. Price: {_price(lot, plan.questionnaire.language)}.")
    named = plan.questionnaire
    yield Fact(label="Questionnaire", value=f"{named.id} {named.version}")
    yield Fact(label="Profile", value=f"{plan.profile.title} ({plan.profile.id} {plan.profile.version})")
    for at, own in plans.items():
        yield Fact(label=f"Asked in {at}" if at else "Asked", value=_counted(own.questions))


def _price(lot: Lot, language: str) -> str:
    price = lot.price
    parameters = ", ".join(
        f"{name.replace('_', ' ')} {figure(exactly(value), language)}" for name, value in price.parameters.items()
    )
    said = MODELS.get(price.model, price.model.replace("_", " "))
    return f"{said} ({', '.join(part for part in (parameters, price.currency, 'VAT ' + price.vat) if part)})"


def _counted(questions: Sequence[PlannedQuestion]) -> str:
    scored = sum(1 for planned in questions if planned.published_weight)
    gates = sum(1 for planned in questions if planned.gate_condition is not None)
    return f"{len(questions)} questions; {scored} carry points, {gates} hold a minimum requirement"


def requirements(plans: Mapping[str, ScoringPlan], questions: Sequence[PlannedQuestion]) -> tuple[Requirement, ...]:
    """Return the minimum requirements that are on, with the lots that ask them where not all do."""
    lots = {planned.id: [lot for lot, plan in plans.items() if planned.id in plan.positions] for planned in questions}
    return tuple(
        Requirement(
            question=planned.id,
            text=planned.question.text,
            asked=gate_in_words(planned.gate_condition, planned.question),
            lots="" if len(lots[planned.id]) == len(plans) else f"Only in {', '.join(lots[planned.id])}.",
        )
        for planned in questions
        if planned.gate_condition is not None
    )


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


def kinds(questionnaire: Questionnaire) -> tuple[Fact, ...]:
    """Return the kinds of documents with the highest grade that each can carry."""
    return tuple(
        Fact(label=kind.id, value=f"{kind.title}; at most {kind.grade.name}") for kind in questionnaire.evidence_kinds
    )
