"""An evaluation becomes the reports on its bids and on the whole tender, each with what it carries inside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from selfassess import digests
from selfassess.assessments import Opened
from selfassess.evaluation import Evaluation
from selfassess.exchange import json_bytes
from selfassess.further import retold
from selfassess.inside import (
    PUBLIC_FORMAT,
    MethodDocuments,
    OwnBid,
    assessment_contents,
    marks_of,
    method_of,
    public_contents,
    read_selected,
    read_standing,
    standing_plain,
    supplier_contents,
)
from selfassess.languages import AS_WRITTEN, TOLD, Translation
from selfassess.model.assessment import Assessment
from selfassess.plan import plan_in, readable
from selfassess.problems import Problem
from selfassess.publications import is_late
from selfassess.rendering import Job, render_html
from selfassess.scorecard import (
    Context,
    EvaluationReport,
    SupplierReport,
    evaluation_report,
    sheet_of,
    supplier_report,
)
from selfassess.scorecard.as_data import plain_of
from selfassess.scorecard.public import open_problems, public_report
from selfassess.scorecard.selected import selected_in
from selfassess.standings import tips_of

RANKING = "ranking.json"


def context_of(evaluation: Evaluation, translation: Translation = AS_WRITTEN, *, has_reports: bool = True) -> Context:
    """Return what the reports of an evaluation share, in a language."""
    tender, language, plans = evaluation.tender, translation.language, retold(evaluation, translation).plans
    named = (*method_digests(method_of(evaluation)), *_named_beside(evaluation).items())
    return Context(
        plans={lot: plan for lot, plan in plans.items()},  # noqa: C416  lots may be None elsewhere
        fingerprints={lot: digests.digest(readable(plan)) for lot, plan in evaluation.plans.items()},
        digests=named,
        language=language,
        untranslated=translation.untranslated,
        tender=tender.content,
        is_published=evaluation.is_published,
        is_late=evaluation.publication is not None and is_late(evaluation.publication, tender.content),
        is_what_if=evaluation.is_what_if,
        rankings=evaluation.rankings,
        sheets={
            (supplier, lot): sheet_of(plans[lot], assessment, language, evaluation.rankings[lot].totals)
            for (supplier, lot), assessment in evaluation.assessments.items()
        },
        has_reports=has_reports,
    )


def supplier_card(shared: Context, own: OwnBid) -> SupplierReport:
    """Return the report on one bid; of other bids it is made from nothing but what it shows of them."""
    stands = {lot: read_standing(plain) for lot, plain in own.standings.items()}
    rankings = {lot: ranking for lot, (ranking, _) in stands.items()}
    sheets = {
        (own.supplier, lot): sheet_of(shared.plans[lot], assessment, shared.language, rankings[lot].totals)
        for lot, assessment in own.assessments.items()
    }
    beside = [(name, digest) for name, digest in own.named.items() if name != RANKING]
    context = replace(shared, rankings=rankings, sheets=sheets, digests=[*shared.digests, *beside])
    named = [(TOLD.say("response"), own.read.digest), (TOLD.say("response (bytes)"), own.read.raw_digest)]
    named += [
        (TOLD.say("assessment, {lot}", lot=name.split("/")[1]), digests.digest_bytes(data))
        for name, data in own.results.items()
    ]
    files = {finding.path: finding.digest for finding in own.look.findings if finding.digest is not None}
    named += [(RANKING, own.named[RANKING]), *files.items()]
    assessments: dict[str | None, Assessment] = {lot: found for lot, found in own.assessments.items()}  # noqa: C416  lots may be None elsewhere
    fields = {lot: field for lot, (_, field) in stands.items() if field is not None}
    name = own.read.response.supplier.name
    selected = {lot: read_selected(plain) for lot, plain in own.standings.items()}
    return supplier_report(context, own.supplier, name, assessments, own.problems, named, fields, selected)


def supplier_jobs(
    evaluation: Evaluation, translation: Translation, context: Context, files: Mapping[str, bytes]
) -> Iterator[Job]:
    """Yield the report of each bid that was scored; ``files`` are the results that it names by digest."""
    method, marks = method_of(evaluation, translation), marks_of(evaluation)
    shared = replace(context, digests=method_digests(method))
    for supplier, bid in evaluation.bids.items():
        if bid.read is None or bid.response is None:
            continue
        found = {lot: a for (name, lot), a in evaluation.assessments.items() if name == supplier}
        ranking = digests.digest_bytes(files[RANKING])
        own = OwnBid(
            supplier=supplier,
            read=bid.read,
            problems=bid.problems,
            look=bid.look,
            assessments=found,
            results={name: files[name] for lot in found if (name := f"{supplier}/{lot}/assessment.json")},
            standings=_standings(evaluation, context, supplier, found),
            named={**_named_beside(evaluation, supplier), RANKING: ranking},
        )
        yield supplier_job(shared, method, own, marks)


def supplier_job(shared: Context, method: MethodDocuments, own: OwnBid, marks: Mapping[str, Any]) -> Job:
    """Return the report on one bid, with what it carries."""
    html = render_html(supplier_card(shared, own), created=method.tender.content.deadline)
    return Job(f"{own.supplier}/report.pdf", html, supplier_contents(method, own, marks).inside())


def _standings(
    evaluation: Evaluation, context: Context, supplier: str, lots: Mapping[str, Assessment]
) -> dict[str, dict[str, Any]]:
    """Return what a bid's report shows of other bids, by lot."""
    fields, found = context.fields(), {}
    for lot in lots:
        ranking, places = evaluation.rankings[lot], evaluation.plans[lot].profile.decimals
        sheets = {name: sheet for (name, at), sheet in context.sheets.items() if at == lot}
        selected = selected_in(ranking, supplier, sheets)
        found[lot] = standing_plain(ranking, supplier, places, fields.get(lot), selected)
    return found


def method_digests(method: MethodDocuments) -> list[tuple[str, str]]:
    """Return the digests of what a method rests on, as reports print them."""
    tender, publication = method.tender, method.publication
    return [
        (TOLD.say("questionnaire"), method.questionnaire.digest),
        (TOLD.say("profile"), method.profile.digest),
        (TOLD.say("tender"), tender.digest),
        (TOLD.say("tender (bytes)"), tender.raw_digest),
        *([(TOLD.say("publication"), publication.digest)] if publication else []),
    ]


def _named_beside(evaluation: Evaluation, supplier: str | None = None) -> dict[str, str]:
    """Return the digests of the last receipt and of the last entry of reviews, of those that concern one bid alone."""
    receipts = {TOLD.say("last receipt"): evaluation.receipts.tip} if evaluation.receipts else {}
    tips = {
        TOLD.say("last entry of {file}", file=f"reviews/{name}.yaml"): tip
        for name, review, tip in tips_of(evaluation)
        if tip and (supplier is None or name == supplier or review.content.monitoring is not None)
    }
    return receipts | tips


def evaluation_card(evaluation: Evaluation, context: Context, prints: Mapping[str, str]) -> EvaluationReport:
    """Return the report on the whole tender; ``prints`` are the digests of files of the results by name."""
    named = [("ranking.json", prints["ranking.json"])]
    for supplier, bid in evaluation.bids.items():
        if bid.read is None:
            unread = context.words.say("could not be read")
            named.append((TOLD.say("response of {supplier}", supplier=supplier), unread))
        else:
            named += [
                (TOLD.say("response of {supplier}", supplier=supplier), bid.read.digest),
                (TOLD.say("response of {supplier} (bytes)", supplier=supplier), bid.read.raw_digest),
            ]
        named += [(name, digest) for name, digest in prints.items() if name.startswith(f"{supplier}/")]
    return evaluation_report(
        context,
        {supplier: bid.problems for supplier, bid in evaluation.bids.items()},
        [supplier for supplier, bid in evaluation.bids.items() if bid.is_refused],
        evaluation.problems,
        named,
    )


def assessment_job(name: str, opened: Opened, translation: Translation = AS_WRITTEN) -> Job:
    """Return the report of an assessment that was computed again from its file, by itself."""
    card, created = assessment_card(opened, translation)
    return Job(name, render_html(card, created=created), assessment_contents(opened, translation, created).inside())


def public_job(name: str, opened: Opened, translation: Translation = AS_WRITTEN) -> Job:
    """Return the public copy of an assessment's report: without the answers that are marked confidential."""
    written, secret = opened.read.source.data, opened.assessment.response.confidential
    card, created = assessment_card(opened, translation, open_problems(opened.read.problems, written, secret))
    shown = public_report(card, written, secret)
    plain = {"format": PUBLIC_FORMAT, "created": created.isoformat(), "report": plain_of(shown)}
    html = render_html(shown, created=created)
    return Job(name, html, public_contents(opened, translation, json_bytes(plain), created).inside())


def assessment_card(
    opened: Opened, translation: Translation = AS_WRITTEN, found: Sequence[Problem] | None = None
) -> tuple[SupplierReport, datetime]:
    """Return the report of an assessment by itself, and the time that it names as its own.

    ``found`` are the problems to print, in place of all.
    """
    assessment, tender, source = opened.assessment, opened.tender, opened.read.source
    pins = [(TOLD.say("questionnaire"), opened.questionnaire.digest), (TOLD.say("profile"), opened.profile.digest)]
    context = Context(
        plans={assessment.lot: plan_in(opened.plan, translation)},
        fingerprints={assessment.lot: digests.digest(readable(opened.plan))},
        digests=[*pins, *([(TOLD.say("tender"), tender.digest)] if tender else [])],
        language=translation.language,
        untranslated=translation.untranslated,
        tender=tender.content if tender else None,
        is_published=bool(opened.plain["method"].get("published")),
        is_what_if=bool(opened.plain["method"].get("what_if")),
        day=assessment.day,
    )
    own, lots = [(TOLD.say("response"), opened.read.digest)], {assessment.lot: assessment}
    told = opened.read.problems if found is None else found
    problems = [problem.within(source.file.removesuffix(Path(source.file).name)) for problem in told]
    card = supplier_report(context, assessment.supplier, assessment.response.supplier.name, lots, problems, own)
    return card, tender.content.deadline if tender else datetime.combine(assessment.day, time(), UTC)
