"""How scores come about, in the words of the annex: formulas, weights, evidence, rounding, price and ties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from selfassess.languages import ENGLISH, Words
from selfassess.model.profile import EvidenceMode, LotWeights, WeightKind
from selfassess.model.tender import Tender
from selfassess.numbers import exactly, shown
from selfassess.plan import DIALOGUE, TENTHS, ScoringPlan
from selfassess.scorecard.cards import Line
from selfassess.scorecard.figures import HUNDRED, Figures
from selfassess.scorecard.price import FORMULAS
from selfassess.wording import MODELS, figure

GRADES = {
    "E0": "nothing, or what is not valid on the day",
    "E1": "a signed statement: the declaration gives it to every answer",
    "E2": "the supplier's or maker's own documents",
    "E3": "an independent document for this product or site, or an equivalent that a review accepted",
    "E4": "confirmed by the buyer or an independent monitor, by review only",
}
PARAMETERS = {
    "full_quality": "deduction for full quality",
    "price_points": "price points",
    "quality_points": "quality points",
    "low": "low price",
    "high": "high price",
    "minimum_quality": "least quality",
}


def method_lines(plan: ScoringPlan, tender: Tender | None, figures: Figures) -> tuple[Line, ...]:
    """Return the method, a line for each of its rules, with what the profile and the tender set."""
    return (*_values(plan), *_sums(plan, figures), *_decisions(plan, figures), *_award(tender, figures))


def _values(plan: ScoringPlan) -> Iterator[Line]:
    yield Line(
        label="Value of an answer",
        value="From 0 to 1, by the rule that the questionnaire gives; missing counts 0. Each question says its rule.",
    )
    yield Line(
        label="Evidence",
        value="A claim counts fully when one valid document of the asked grade or stronger covers it, else not at all."
        if plan.profile.evidence_mode is EvidenceMode.AWARD
        else "A claim counts fully with evidence of the asked grade, else in part, by the grade that counts, as below.",
        note="The counted grade is the lower of the stated one and the ceiling of the document's kind. A document is "
        "valid when it was issued by the day of assessment and has not run out then.",
    )
    yield Line(
        label="Review",
        value="Entries of evaluators and monitors confirm, set or reject a value, each with its reason. Where persons "
        "differ the lowest stands, and the bid is open until a moderation decides.",
    )


def _sums(plan: ScoringPlan, figures: Figures) -> Iterator[Line]:
    own = plan.profile.lots.get(plan.lot or "") or LotWeights()
    sections = own.section_weights or plan.profile.section_weights
    questions = own.question_weights or plan.profile.question_weights
    kinds = {WeightKind.PARTS: "parts of their sum", WeightKind.PERCENT: "percent"}
    cap = figures.plain(plan.cap * HUNDRED)
    award = plan.profile.evidence_mode is EvidenceMode.AWARD
    yield Line(
        label="Weights",
        value=f"Sections by {kinds[sections.kind]}, questions of a section by {kinds[questions.kind]}.",
    )
    yield Line(
        label="Section",
        value="Σ weight × value of its questions / (Σ weights − weights of N/A that leaves)",
        note=f"At most {cap} % of a section's weight may leave. "
        + ("N/A leaves once a review entry approves it; until then it counts 0." if award else "Refused N/A counts 0."),
    )
    yield Line(label="Total", value="100 × Σ section weight × section value / Σ section weights")
    yield Line(
        label="Conservative",
        value="The same total with every N/A counted 0, approved or not. It ranks nothing; it shows what hangs on N/A.",
    )
    yield Line(
        label="Rounding",
        value=f"Exact fractions throughout; rounded once, where printed, to {plan.profile.decimals} decimals, halves "
        "away from zero. Everything is decided on unrounded values. Printed parts are rounded so that they add up.",
    )


def _decisions(plan: ScoringPlan, figures: Figures) -> Iterator[Line]:
    minima = plan.profile.minima
    titles = {planned.section.id: planned.section.title for planned in plan.sections if planned.weight}
    said = [
        f"{titles[id_]} {figures.plain(Fraction(v) * HUNDRED)}" for id_, v in minima.sections.items() if id_ in titles
    ]
    if minima.total is not None:
        said.append(f"total {figures.plain(minima.total)}")
    gates = ", ".join(planned.id for planned in plan.gated)
    yield Line(
        label="Requirements",
        value=gates or "none",
        note="One that is not met excludes; one that is not known keeps the rank provisional.",
    )
    yield Line(label="Minima of 100", value="; ".join(said) or "none")
    if plan.profile.excludes_incomplete:
        yield Line(label="Incomplete bids", value="A bid with a missing answer is excluded.")
    if plan.profile.bands:
        bands = "; ".join(f"from {figures.plain(band.start)} {band.label}" for band in plan.profile.bands)
        yield Line(label="Bands", value=bands, note="Labels, which decide nothing.")


def _award(tender: Tender | None, figures: Figures) -> Iterator[Line]:
    for lot in tender.lots if tender else ():
        price = lot.price
        values = ", ".join(f"{PARAMETERS.get(n, n)} {figures.plain(v)}" for n, v in price.parameters.items())
        clamp = f"; held at its {price.clamp} end" if price.clamp != "none" else ""
        formula = FORMULAS.get(price.model)
        yield Line(
            label=f"Price, {lot.title}",
            value=(f"{formula}; " if formula else "") + MODELS[price.model].rpartition("; ")[2],
            note=f"{values or 'no parameters'}; {price.currency}, VAT {price.vat}{clamp}",
        )
    if tender:
        yield Line(
            label="Ties", value=", then ".join(tender.tie_rule) or "stay ties", note="By the published rule only."
        )


def grade_lines(plan: ScoringPlan, words: Words = ENGLISH) -> tuple[Line, ...]:  # noqa: ARG001
    """Return what each grade of evidence is, and what a claim counts by it below the asked grade."""
    below = (0,) * len(GRADES) if plan.profile.evidence_mode is EvidenceMode.AWARD else DIALOGUE
    return tuple(
        Line(label=grade, value=what, note=exactly(Fraction(tenths, TENTHS)))
        for (grade, what), tenths in zip(GRADES.items(), below, strict=True)
    )


def weight_lines(plans: Mapping[str | None, ScoringPlan], titles: Mapping[str, str], language: str) -> tuple[Line, ...]:
    """Return the published weight of every section and question, in points out of 100, lot by lot."""
    lines = []
    for lot, plan in plans.items():
        for section in plan.sections:
            if not section.weight:
                continue
            points = figure(shown(section.published_weight, plan.profile.decimals), language)
            note = titles.get(lot or "", "")
            lines.append(Line(label=section.section.title, value=points, note=note, tone="head"))
            lines += [
                Line(
                    label=planned.id,
                    value=figure(shown(planned.published_weight, plan.profile.decimals), language),
                    note=planned.question.text,
                )
                for planned in plan.questions[section.start : section.stop]
                if planned.weight and planned.question.is_scored
            ]
    return tuple(lines)
