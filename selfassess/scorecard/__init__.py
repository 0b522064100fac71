"""Assessments and rankings become exactly the strings that a reader will see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from selfassess import __version__
from selfassess.model.assessment import Assessment
from selfassess.model.ranking import LotRanking
from selfassess.model.tender import Tender
from selfassess.numbers import exactly, shown
from selfassess.plan import METHOD, ScoringPlan
from selfassess.problems import Problem, Severity
from selfassess.scorecard.cards import EvaluationReport, Line, ProblemCard, SupplierReport
from selfassess.scorecard.supplier import lot_card
from selfassess.scorecard.tender import claims, lot_ranking_card, open_matters
from selfassess.wording import MODELS, figure

__all__ = ["Context", "evaluation_report", "supplier_report"]

UNPUBLISHED = "Method not published"
CAUTION = (
    Line(label="What this is", value="Answers declared by the supplier, checked as stated here."),
    Line(label="What it is not", value="Not an ESPD, not a certificate, and no proof that the answers are true."),
    Line(
        label="Who decides",
        value="The buyer. A bid that is not scored could not be read; rejecting a tenderer is the buyer's decision.",
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What reports say besides the bids: the tender (None outside one), plans by lot, and every digest.

    ``digests`` are pairs of what is digested and its digest, in the order in which they are printed.
    """

    plans: Mapping[str | None, ScoringPlan]
    fingerprints: Mapping[str | None, str]
    digests: Sequence[tuple[str, str]]
    language: str = "en"
    tender: Tender | None = None
    is_published: bool = False
    day: str = ""
    rankings: Mapping[str, LotRanking] = field(default_factory=dict)

    @property
    def notice(self) -> str:
        """Return what stands on every page when the method was not published beforehand."""
        return UNPUBLISHED if self.tender is not None and not self.is_published else ""


def supplier_report(
    context: Context,
    supplier: str,
    name: str,
    assessments: Mapping[str | None, Assessment],
    problems: Sequence[Problem],
    digests: Sequence[tuple[str, str]],
) -> SupplierReport:
    """Return the report on one bid; ``assessments`` are by lot, ``digests`` those of the bid's own files."""
    tender = context.tender
    titles = {lot.id: lot.title for lot in tender.lots} if tender else {}
    cards = tuple(
        lot_card(
            context.plans[lot],
            assessment,
            title=titles.get(lot or "", "All sections"),
            ranking=context.rankings.get(lot or ""),
            fingerprint=context.fingerprints[lot],
            language=context.language,
        )
        for lot, assessment in assessments.items()
    )
    return SupplierReport(
        language=context.language,
        title=f"Assessment of {name or supplier}",
        subtitle=tender.title if tender else next(iter(context.plans.values())).questionnaire.title,
        supplier=name or supplier,
        supplier_id=supplier,
        notice=context.notice,
        facts=_facts(context),
        lots=cards,
        problems=tuple(_problem(problem) for problem in problems),
        method=_method(context),
        weights=_weights(context),
        integrity=_integrity(context, digests),
    )


def evaluation_report(
    context: Context,
    assessments: Mapping[tuple[str, str], Assessment],
    bids: Mapping[str, Sequence[Problem]],
    refused: Sequence[str],
    problems: Sequence[Problem],
    digests: Sequence[tuple[str, str]],
) -> EvaluationReport:
    """Return the report on a tender; ``bids`` gives each bid's problems, ``problems`` those of the tender."""
    tender = context.tender
    if tender is None:
        raise ValueError("an evaluation is of a tender")
    plans = {lot: plan for lot, plan in context.plans.items() if lot is not None}
    ranked = {s.supplier for ranking in context.rankings.values() for s in ranking.standings if s.rank is not None}
    counted = (
        f"{len(bids)} bids found, {len(bids) - len(refused)} scored, {len(refused)} not scored, {len(ranked)} ranked."
    )
    cards = tuple(
        lot_ranking_card(
            context.rankings[lot.id],
            plans[lot.id],
            {supplier: assessment for (supplier, at), assessment in assessments.items() if at == lot.id},
            title=lot.title,
            fingerprint=context.fingerprints[lot.id],
            language=context.language,
            currency=lot.price.currency,
        )
        for lot in tender.lots
    )
    return EvaluationReport(
        language=context.language,
        title="Evaluation of bids",
        subtitle=tender.title,
        notice=context.notice,
        facts=_facts(context),
        counted=counted,
        lots=cards,
        not_applicable=claims(plans, assessments),
        open_matters=open_matters(assessments),
        refused=tuple((supplier, tuple(_problem(problem) for problem in bids[supplier])) for supplier in refused),
        warnings=tuple(_problem(problem) for problem in problems),
        method=_method(context),
        weights=_weights(context),
        integrity=_integrity(context, digests),
    )


def _facts(context: Context) -> tuple[Line, ...]:
    plan = next(iter(context.plans.values()))
    lines = [
        Line(label="Questionnaire", value=f"{plan.questionnaire.title}, {plan.questionnaire.version}"),
        Line(label="Profile", value=f"{plan.profile.title}, {plan.profile.version}"),
        Line(label="Evidence counts", value=plan.profile.evidence_mode.value),
    ]
    tender = context.tender
    if tender is None:
        return (*lines, Line(label="Day of assessment", value=context.day))
    buyers = ", ".join(buyer.name for buyer in tender.buyers)
    return (
        Line(label="Tender", value=tender.id),
        Line(label="Buyers", value=buyers),
        Line(label="Deadline", value=tender.deadline.isoformat()),
        *lines,
    )


def _problem(problem: Problem) -> ProblemCard:
    return ProblemCard(
        place=str(problem.place),
        code=str(problem.code),
        message=problem.message,
        hint=problem.hint,
        tone="bad" if problem.severity is Severity.ERROR else "open",
    )


def _method(context: Context) -> tuple[Line, ...]:
    plan = next(iter(context.plans.values()))
    profile = plan.profile
    award = profile.evidence_mode.value == "award"
    support = (
        "a claim counts fully when one valid document of the asked grade or stronger covers it, else not at all"
        if award
        else "a claim counts fully with evidence of the asked grade, else 0, 0.5, 0.8 or 1 of it by grade E0 to E3"
    )
    lines = [
        Line(label="Value of an answer", value="from 0 to 1, by the rule that the questionnaire gives"),
        Line(label="Evidence", value=support),
        Line(label="Section", value="sum of weight x value / (sum of weights less N/A that leaves)"),
        Line(label="Total", value="100 x sum of section weight x section / sum of section weights"),
        Line(
            label="Not applicable",
            value=f"at most {shown(profile.not_applicable_cap * 100, 0)} % of a section's weight may leave; "
            + ("only approved N/A leaves" if award else "refused N/A counts 0"),
        ),
        Line(label="Missing", value="counts 0" + ("; the bid is excluded" if profile.excludes_incomplete else "")),
        Line(label="Rounding", value=f"once, where printed, to {profile.decimals} decimals, halves away from zero"),
    ]
    tender = context.tender
    for lot in tender.lots if tender else ():
        parameters = ", ".join(
            f"{name} {figure(exactly(v), context.language)}" for name, v in lot.price.parameters.items()
        )
        lines.append(
            Line(label=f"Price, {lot.id}", value=f"{MODELS[lot.price.model]} ({parameters or 'no parameters'})")
        )
    if tender:
        lines.append(Line(label="Ties", value=", then ".join(tender.tie_rule) or "stay ties"))
    return tuple(lines)


def _weights(context: Context) -> tuple[Line, ...]:
    lines = []
    for lot, plan in context.plans.items():
        for section in plan.sections:
            if section.weight:
                points = figure(shown(section.published_weight, plan.profile.decimals), context.language)
                lines.append(Line(label=section.section.title, value=points, note=lot or "", tone="head"))
                lines += [
                    Line(
                        label=planned.question.id,
                        value=figure(shown(planned.published_weight, plan.profile.decimals), context.language),
                        note=planned.question.text,
                    )
                    for planned in plan.questions[section.start : section.stop]
                    if planned.question.is_scored
                ]
    return tuple(lines)


def _integrity(context: Context, own: Sequence[tuple[str, str]]) -> tuple[Line, ...]:
    program = Line(label="Program and method", value=f"selfassess {__version__}, method {METHOD}")
    prints = [
        (f"plan{' of ' + lot if lot else ''} (fingerprint)", digest) for lot, digest in context.fingerprints.items()
    ]
    digests = [Line(label=name, value=digest) for name, digest in [*context.digests, *prints, *own]]
    return (*CAUTION, program, *digests)
