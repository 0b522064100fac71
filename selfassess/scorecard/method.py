"""How scores come about, in the words of the annex: formulas, weights, evidence, rounding, price and ties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from selfassess.languages import ENGLISH, Words, beside, message
from selfassess.model.profile import EvidenceMode, LotWeights, WeightKind
from selfassess.model.tender import Tender
from selfassess.numbers import exactly, shown
from selfassess.plan import DIALOGUE, TENTHS, ScoringPlan
from selfassess.scorecard.cards import Line
from selfassess.scorecard.figures import HUNDRED, Figures
from selfassess.scorecard.price import FORMULAS
from selfassess.wording import VAT, WINS, figure

GRADES = {
    "E0": message("nothing, or what is not valid on the day"),
    "E1": message("a signed statement: the declaration gives it to every answer"),
    "E2": message("the supplier's or maker's own documents"),
    "E3": message("an independent document for this product or site, or an equivalent that a review accepted"),
    "E4": message("confirmed by the buyer or an independent monitor, by review only"),
}
PARAMETERS = {
    "full_quality": message("deduction for full quality"),
    "price_points": message("price points"),
    "quality_points": message("quality points"),
    "low": message("low price"),
    "high": message("high price"),
    "minimum_quality": message("least quality"),
    "years": message("years"),
    "discount_rate": message("discount rate"),
}
CLAMPS = {
    "cheap": message("held at its cheap end"),
    "dear": message("held at its dear end"),
    "both": message("held at both its ends"),
}
WEIGHED = {  # by the kinds of weights of sections and of questions
    (WeightKind.PARTS, WeightKind.PARTS): message(
        "Sections by parts of their sum, questions of a section by parts of their sum."
    ),
    (WeightKind.PARTS, WeightKind.PERCENT): message(
        "Sections by parts of their sum, questions of a section by percent."
    ),
    (WeightKind.PERCENT, WeightKind.PARTS): message(
        "Sections by percent, questions of a section by parts of their sum."
    ),
    (WeightKind.PERCENT, WeightKind.PERCENT): message("Sections by percent, questions of a section by percent."),
}
REQUIREMENTS, MINIMA = message("Requirements"), message("Minima of 100")


def method_lines(plan: ScoringPlan, tender: Tender | None, figures: Figures) -> tuple[Line, ...]:
    """Return the method, a line for each of its rules, with what the profile and the tender set."""
    return (*_values(plan, figures.words), *_sums(plan, figures), *_decisions(plan, figures), *_award(tender, figures))


def _values(plan: ScoringPlan, words: Words) -> Iterator[Line]:
    yield Line(
        label=words.say("Value of an answer"),
        value=words.say(
            "From 0 to 1, by the rule that the questionnaire gives; missing counts 0. Each question says its rule."
        ),
    )
    yield Line(
        label=words.say("Evidence"),
        value=words.say(
            "A claim counts fully when one valid document of the asked grade or stronger covers it, else not at all."
        )
        if plan.profile.evidence_mode is EvidenceMode.AWARD
        else words.say(
            "A claim counts fully with evidence of the asked grade, else in part, by the grade that counts, as below."
        ),
        note=words.say(
            "The counted grade is the lower of the stated one and the ceiling of the document's kind. A document is "
            "valid when it was issued by the day of assessment and has not run out then."
        ),
    )
    yield Line(
        label=words.say("Review"),
        value=words.say(
            "Entries of evaluators and monitors confirm, set or reject a value, each with its reason. Where persons "
            "differ the lowest stands, and the bid is open until a moderation decides."
        ),
    )


def _sums(plan: ScoringPlan, figures: Figures) -> Iterator[Line]:
    own = plan.profile.lots.get(plan.lot or "") or LotWeights()
    sections = own.section_weights or plan.profile.section_weights
    questions = own.question_weights or plan.profile.question_weights
    words = figures.words
    most = words.say("At most {cap} % of a section's weight may leave.", cap=figures.plain(plan.cap * HUNDRED))
    if plan.profile.evidence_mode is EvidenceMode.AWARD:
        leaves = words.say("N/A leaves once a review entry approves it; until then it counts 0.")
    else:
        leaves = words.say("Refused N/A counts 0.")
    yield Line(label=words.say("Weights"), value=words.say(WEIGHED[sections.kind, questions.kind]))
    yield Line(
        label=words.say("Section"),
        value=words.say("Σ weight × value of its questions / (Σ weights − weights of N/A that leaves)"),
        note=f"{most} {leaves}",
    )
    yield Line(label=words.say("Total"), value=words.say("100 × Σ section weight × section value / Σ section weights"))
    yield Line(
        label=words.say("Conservative"),
        value=words.say(
            "The same total with every N/A counted 0, approved or not. It ranks nothing; it shows what hangs on N/A."
        ),
    )
    yield Line(
        label=words.say("Rounding"),
        value=words.say(
            "Exact fractions throughout; rounded once, where printed, to {decimals} decimals, halves away from zero. "
            "Everything is decided on unrounded values. Printed parts are rounded so that they add up.",
            decimals=plan.profile.decimals,
        ),
    )


def _decisions(plan: ScoringPlan, figures: Figures) -> Iterator[Line]:
    words, minima = figures.words, plan.profile.minima
    titles = {planned.section.id: planned.section.title for planned in plan.sections if planned.weight}
    said = [
        f"{titles[id_]} {figures.plain(Fraction(v) * HUNDRED)}" for id_, v in minima.sections.items() if id_ in titles
    ]
    if minima.total is not None:
        said.append(words.say("total {least}", least=figures.plain(minima.total)))
    gates = ", ".join(planned.id for planned in plan.gated)
    yield Line(
        label=words.say(REQUIREMENTS),
        value=gates or words.at("requirements").say("none"),
        note=words.say("One that is not met excludes; one that is not known keeps the rank provisional."),
    )
    yield Line(label=words.say(MINIMA), value="; ".join(said) or words.at("minima").say("none"))
    if plan.profile.excludes_incomplete:
        yield Line(label=words.say("Incomplete bids"), value=words.say("A bid with a missing answer is excluded."))
    if plan.profile.bands:
        bands = "; ".join(
            words.say("from {points} {band}", points=figures.plain(band.start), band=band.label)
            for band in plan.profile.bands
        )
        yield Line(label=words.say("Bands"), value=bands, note=words.say("Labels, which decide nothing."))


def _award(tender: Tender | None, figures: Figures) -> Iterator[Line]:
    words = figures.words
    for lot in tender.lots if tender else ():
        price = lot.price
        set_ = (f"{words.say(PARAMETERS.get(n, n))} {figures.plain(v)}" for n, v in price.parameters.items())
        values = beside(set_, words.language)
        notes = [values or words.say("no parameters"), f"{price.currency}, {words.say(VAT[price.vat])}"]
        notes += [words.say(CLAMPS[price.clamp])] if price.clamp in CLAMPS else []
        formula = FORMULAS.get(price.model)
        wins = words.say(WINS[price.model])
        yield Line(
            label=words.say("Price, {lot}", lot=lot.title),
            value=f"{words.say(formula)}; {wins}" if formula else wins,
            note="; ".join(notes),
        )
    if tender:
        yield Line(
            label=words.say("Ties"),
            value=_in_turn([words.again(rule) for rule in tender.tie_rule], words) or words.say("stay ties"),
            note=words.say("By the published rule only."),
        )


def _in_turn(rules: Sequence[str], words: Words) -> str:
    """Return rules as they are asked, one after the other."""
    said = ""
    for rule in rules:
        said = words.say("{rules}, then {next}", rules=said, next=rule) if said else rule
    return said


def grade_lines(plan: ScoringPlan, words: Words = ENGLISH) -> tuple[Line, ...]:
    """Return what each grade of evidence is, and what a claim counts by it below the asked grade."""
    below = (0,) * len(GRADES) if plan.profile.evidence_mode is EvidenceMode.AWARD else DIALOGUE
    return tuple(
        Line(label=grade, value=words.say(what), note=figure(exactly(Fraction(tenths, TENTHS)), words.language))
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
