"""Assessments and rankings become exactly the strings that a reader will see."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selfassess.languages import TOLD
from selfassess.model.assessment import Assessment
from selfassess.model.response import Evidence
from selfassess.problems import Problem
from selfassess.scorecard.bid import lot_card
from selfassess.scorecard.bid_cards import SupplierReport
from selfassess.scorecard.context import Context
from selfassess.scorecard.foreign import naming
from selfassess.scorecard.fronts import bid_front, evaluation_front
from selfassess.scorecard.integrity import count_lines, document_cards, integrity_lines, problem_cards
from selfassess.scorecard.matters import bidder_lines, claims, entries, open_matters, uncounted
from selfassess.scorecard.method import grade_lines, method_lines, weight_lines
from selfassess.scorecard.selected import Selected
from selfassess.scorecard.sheet import Field, Sheet, sheet_of
from selfassess.scorecard.tender import lot_ranking_card
from selfassess.scorecard.tender_cards import EvaluationReport

__all__ = ["Context", "EvaluationReport", "Sheet", "SupplierReport", "evaluation_report", "sheet_of", "supplier_report"]


def supplier_report(
    context: Context,
    supplier: str,
    name: str,
    assessments: Mapping[str | None, Assessment],
    problems: Sequence[Problem],
    digests: Sequence[tuple[str, str]],
    fields: Mapping[str, Field] | None = None,
    selected: Mapping[str, Sequence[Selected]] | None = None,
) -> SupplierReport:
    """Return the report on one bid.

    ``assessments`` are by lot, ``digests`` those of the bid's own files, by their paths; ``fields`` are the ranges of
    the ranked bids, where other bids are shown; ``selected`` are the bids that were selected, where it is told of them.
    """
    words = context.words
    sheets = {
        lot: context.sheets.get((supplier, lot or "")) or sheet_of(context.plans[lot], assessment, context.language)
        for lot, assessment in assessments.items()
    }
    lots = {lot: context.lots.get(lot or "") for lot in sheets}
    titles = {lot: own.title if own else words.say("All sections") for lot, own in lots.items()}
    cards = tuple(
        lot_card(
            sheet,
            title=titles[lot],
            ranking=context.rankings.get(lot or ""),
            field=(fields or {}).get(lot or "", Field()),
            model=own.price if (own := lots[lot]) else None,
            selected=(selected or {}).get(lot or "", ()),
        )
        for lot, sheet in sheets.items()
    )
    documents = next((assessment.response.evidence for assessment in assessments.values()), ())
    report = SupplierReport(
        language=context.language,
        front=bid_front(context, supplier, name or supplier, cards, has_problems=bool(problems)),
        supplier=name or supplier,
        supplier_id=supplier,
        lots=cards,
        problems=problem_cards(problems, context.language),
        method=method_lines(context.plan, context.tender, context.figures),
        grades=grade_lines(context.plan, words),
        counts=count_lines({titles[lot]: sheet for lot, sheet in sheets.items()}),
        documents=document_cards(documents, list(sheets.values()), dict(digests), context.figures),
        integrity=integrity_lines([*context.digests, *_fingerprints(context), *_beside(digests, documents)], words),
    )
    return naming(report, context.untranslated)


def _beside(digests: Sequence[tuple[str, str]], documents: Sequence[Evidence]) -> list[tuple[str, str]]:
    """Return the digests that do not stand in the register of documents."""
    files = {document.file for document in documents}
    return [(name, digest) for name, digest in digests if name not in files]


def evaluation_report(
    context: Context,
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
    words = context.words
    cards = {supplier: problem_cards(bids[supplier], context.language) for supplier in refused}
    reasons = {supplier: f"{own[0].code}: {own[0].message}." for supplier, own in cards.items() if own}
    lots = tuple(
        lot_ranking_card(
            context.rankings[lot.id],
            plans[lot.id],
            {supplier: sheet for (supplier, at), sheet in context.sheets.items() if at == lot.id},
            title=lot.title,
            model=lot.price,
            language=context.language,
            reasons=reasons,
            has_reports=context.has_reports,
        )
        for lot in tender.lots
    )
    evidence, cut = uncounted(context.sheets, words)
    return EvaluationReport(
        language=context.language,
        front=evaluation_front(context, lots, _counted(context, len(bids), len(refused))),
        lots=lots,
        not_applicable=claims(plans, context.sheets),
        evidence=evidence,
        evidence_cut=cut,
        entries=entries(context.sheets, context.figures),
        open_matters=open_matters(context.sheets),
        refused=tuple(cards.items()),
        warnings=problem_cards(problems, context.language),
        method=method_lines(context.plan, tender, context.figures),
        grades=grade_lines(context.plan, words),
        weights=weight_lines(context.plans, {lot.id: lot.title for lot in tender.lots}, context.language),
        bidders=bidder_lines(context.sheets, bids, words),
        integrity=integrity_lines([*context.digests, *_fingerprints(context), *digests], words),
        foreign=tuple(context.untranslated),
    )


def _counted(context: Context, found: int, refused: int) -> str:
    """Return how many bids there are, and what became of them: none is lost."""
    ranked = {s.supplier for ranking in context.rankings.values() for s in ranking.standings if s.rank is not None}
    return context.words.say_many(
        "{n} bid found, {scored} scored, {refused} not scored, {ranked} ranked.",
        "{n} bids found, {scored} scored, {refused} not scored, {ranked} ranked.",
        found,
        scored=found - refused,
        refused=refused,
        ranked=len(ranked),
    )


def _fingerprints(context: Context) -> list[tuple[str, str]]:
    return [
        (TOLD.say("plan of {lot} (fingerprint)", lot=lot) if lot else TOLD.say("plan (fingerprint)"), digest)
        for lot, digest in context.fingerprints.items()
    ]
