"""Compute a report again from what it carries: its documents are laid out as a tender's folder, nothing else is read.

What a report does not carry is taken as its record says: what was seen of evidence and of bids that could not be read,
and in the report on one bid what it shows of other bids.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from selfassess import digests
from selfassess.annex import annex_plain, annex_report
from selfassess.annexes import STATISTICS_FORMAT, read_statistics, statistics_plain
from selfassess.assessments import Opened, reopen
from selfassess.bids import answer_faults, in_tender, read_bid
from selfassess.evaluation import evaluate
from selfassess.exchange import json_bytes
from selfassess.further import Wanted, statistics_html
from selfassess.inside import PUBLIC_FILE, PUBLIC_FORMAT, MethodDocuments, OwnBid, statistics_contents
from selfassess.inside.record import ANNEX, ASSESSMENT, EVALUATION, PUBLIC, STATISTICS, SUPPLIER, Contents, Item
from selfassess.languages import LANGUAGES, SOURCE, Translation, translation
from selfassess.library import Library
from selfassess.model.questionnaire import Questionnaire
from selfassess.outcome import Draft, draft
from selfassess.plan import ScoringPlan, compile_plan, plan_in, readable
from selfassess.previous import Previous, read_previous
from selfassess.problems import InvalidDocument, Problem
from selfassess.publications import is_late
from selfassess.publishing import annex_job, method_of
from selfassess.rendering import Job, render_html
from selfassess.reporting import assessment_job, method_digests, supplier_job
from selfassess.schemas import Document
from selfassess.schemas.response import ReadResponse, ResponseReader
from selfassess.scorecard import Context, SupplierReport
from selfassess.scorecard.as_data import card_of, plain_of
from selfassess.seen import Look, Seen, problem_of, read_look
from selfassess.shortfalls import standing_faults
from selfassess.sources import read_file, read_json
from selfassess.tenders import Opened as OpenedTender
from selfassess.tenders import open_tender
from selfassess.verification.record import Record

PREVIOUS = "previous"


@dataclass(frozen=True, slots=True)
class Laid:
    """A report's record, and the folder in which its documents are laid out."""

    record: Record
    folder: Path

    @property
    def library(self) -> Library:
        """Return the library that the report brings: no other is looked at."""
        return Library(()).beside(self.folder)


def lay_out(record: Record, folder: Path) -> Laid:
    """Write the documents that a report carries as they lay in its tender's folder."""
    files = dict(record.sources())
    files |= dict.fromkeys(record.given.get("empty", []), b"")
    for path, data in files.items():
        at = folder / path
        at.parent.mkdir(parents=True, exist_ok=True)
        at.write_bytes(data)
    return Laid(record, folder)


def made_again(laid: Laid) -> Job:
    """Return the report that its own documents give; ``InvalidDocument`` where they cannot be used.

    ``KeyError``, ``TypeError`` or ``ValueError`` where the record does not say what it takes.
    """
    return MAKERS[laid.record.kind](laid)


def _evaluation(laid: Laid) -> Job:
    return drafted_again(laid).evaluation_job()


def drafted_again(laid: Laid) -> Draft:
    """Return all results that the documents of a report on a tender give."""
    given = laid.record.given
    seen = given["seen"]
    evaluation = evaluate(
        laid.folder,
        Library(()),
        what_if=bool(given["what_if"]),
        seed=bytes.fromhex(given["seed"]) if "seed" in given else None,
        seen=Seen(
            looks={name: read_look(look) for name, look in seen["looks"].items()},
            unread={name: [problem_of(plain) for plain in found] for name, found in seen["unread"].items()},
            strays=[problem_of(plain) for plain in seen["strays"]],
            prints=dict(seen["prints"]),
        ),
    )
    wanted = Wanted(
        statistics=bool(given["statistics"]),
        previous=_previous(laid) if given["has_previous"] else None,
        translation=_translation(laid, evaluation.questionnaire),
    )
    return draft(evaluation, wanted)


def _translation(laid: Laid, questionnaire: Document[Questionnaire]) -> Translation:
    """Return the texts in the language of the report, from the catalogue that it carries."""
    language = str(laid.record.given.get("language", SOURCE))
    if language not in LANGUAGES:
        raise ValueError(f"its language, {language}, is not known here")
    return translation(questionnaire, language)


def _previous(laid: Laid) -> Previous:
    """Return the earlier round; what could not be computed of it then is taken as recorded."""
    found = read_previous(laid.folder / PREVIOUS, laid.library)
    problems = tuple(problem_of(plain) for plain in laid.record.given["seen"][PREVIOUS])
    return replace(found, problems=problems)


def _method(opened: OpenedTender, said: Translation) -> MethodDocuments:
    return MethodDocuments(
        tender=opened.tender,
        questionnaire=opened.questionnaire,
        profile=opened.profile,
        publication=opened.publication,
        translation=said,
    )


def _plans(opened: OpenedTender) -> dict[str, ScoringPlan]:
    profile = opened.tender.content.changed(opened.profile.content)
    return {lot.id: compile_plan(opened.questionnaire.content, profile, lot) for lot in opened.tender.content.lots}


def _supplier(laid: Laid) -> Job:
    given, is_what_if = laid.record.given, bool(laid.record.given["what_if"])
    opened = open_tender(laid.folder, Library(()), what_if=is_what_if)
    plans, supplier = _plans(opened), str(given["supplier"])
    look = read_look(given["seen"]["looks"][supplier])
    results = laid.record.below("results/")
    standings = {plain["lot"]: plain for plain in _json(laid, "standing.json")["lots"]}
    found = {lot: _reopened(laid, f"{supplier}/{lot}/assessment.json") for lot in standings}
    read, problems = _own_problems(laid, opened, plans, supplier, look, found)
    said = _translation(laid, opened.questionnaire)
    method = _method(opened, said)
    context = Context(
        plans={lot: plan_in(plan, said) for lot, plan in plans.items()},
        fingerprints={lot: digests.digest(readable(plan)) for lot, plan in plans.items()},
        digests=method_digests(method),
        language=said.language,
        untranslated=said.untranslated,
        tender=opened.tender.content,
        is_published=opened.is_published,
        is_late=opened.publication is not None and is_late(opened.publication, opened.tender.content),
        is_what_if=is_what_if,
    )
    own = OwnBid(
        supplier=supplier,
        read=read,
        problems=problems,
        look=look,
        assessments={
            lot: replace(one.assessment, unsettled=tuple(one.plain["unsettled"])) for lot, one in found.items()
        },
        results={name: results[name] for lot in found if (name := f"{supplier}/{lot}/assessment.json")},
        standings=standings,
        named=dict(given["named"]),
    )
    marks = {key: given[key] for key in ("what_if", "seed") if key in given}
    return supplier_job(context, method, own, marks)


def _own_problems(
    laid: Laid,
    opened: OpenedTender,
    plans: Mapping[str, ScoringPlan],
    supplier: str,
    look: Look,
    found: Mapping[str, Opened],
) -> tuple[ReadResponse, tuple[Problem, ...]]:
    """Return a bid's response and all problems of the bid, named as they lie in the tender's folder."""
    reader = ResponseReader(opened.questionnaire.content, opened.answered)
    at = f"bids/{supplier}"
    bid = in_tender(read_bid(laid.folder / at, f"{opened.name}/{at}", reader, look), opened.tender.content)
    if bid.read is None or bid.response is None:
        raise InvalidDocument(bid.problems)
    faults = list(answer_faults(opened.questionnaire.content, bid.response, opened.tender.content.day))
    for lot, one in found.items():
        faults += standing_faults(plans[lot], one.assessment, bid.read.source)
    problems = sorted({*bid.problems, *(bid.read.source.problem(fault) for fault in faults)})
    return bid.read, tuple(problem.within(f"{opened.name}/") for problem in problems)


def _reopened(laid: Laid, name: str) -> Opened:
    """Return an assessment that is carried, computed again; ``InvalidDocument`` where it differs."""
    opened = reopen(read_json(laid.record.files[f"results/{name}"].data, name), laid.library)
    if not opened.matches:
        raise InvalidDocument(opened.differences)
    return opened


def _json(laid: Laid, path: str) -> Any:
    return read_json(laid.record.files[path].data, path).data


def _statistics(laid: Laid) -> Job:
    is_what_if = bool(laid.record.given["what_if"])
    opened = open_tender(laid.folder, Library(()), what_if=is_what_if)
    tender, plans = opened.tender.content, _plans(opened)
    plain = _json(laid, "results/statistics.json")
    if plain.get("format") != STATISTICS_FORMAT:
        raise ValueError("its statistics are of another format")
    found = [(plans[lot.lot], lot) for lot in read_statistics(plain)]
    places = next(iter(plans.values())).profile.decimals
    again = statistics_plain(tender, opened.tender.digest, found, places)
    marked = json_bytes({**again, "what_if": True} if is_what_if else again)
    marks = {key: laid.record.given[key] for key in ("what_if", "seed") if key in laid.record.given}
    said = _translation(laid, opened.questionnaire)
    contents = statistics_contents(_method(opened, said), marked, marks)
    shown = [(plan_in(plan, said), lot) for plan, lot in found]
    html = statistics_html(tender, shown, is_what_if=is_what_if, language=said.language)
    return Job("statistics.pdf", html, contents.inside())


def _annex(laid: Laid) -> Job:
    opened, moment = open_tender(laid.folder, Library(())), laid.record.moment
    method = method_of(opened, str(laid.record.given.get("seed_digest", "")))
    annex = json_bytes(annex_plain(method, annex_report(method)))
    return annex_job(opened, method, annex, _translation(laid, opened.questionnaire), moment)


def _assessment(laid: Laid) -> Job:
    name = str(laid.record.given["file"])
    (laid.folder / name).write_bytes(laid.record.files[f"results/{name}"].data)
    opened = reopen(read_file(laid.folder / name), laid.library)
    if not opened.matches:
        raise InvalidDocument(opened.differences)
    return assessment_job("report.pdf", opened, _translation(laid, opened.questionnaire))


def _public(laid: Laid) -> Job:
    """Return the public copy that the carried cards give; what they are made from is not in the file."""
    raw = laid.record.files[PUBLIC_FILE].data
    plain = read_json(raw, PUBLIC_FILE).data
    if plain.get("format") != PUBLIC_FORMAT:
        raise ValueError("its cards are of another format")
    card = card_of(SupplierReport, plain["report"])
    again = json_bytes({"format": PUBLIC_FORMAT, "created": plain["created"], "report": plain_of(card)})
    items = tuple(
        Item(path=path, data=again if path == PUBLIC_FILE else file.data, relationship=file.relationship)
        for path, file in laid.record.files.items()
    )
    contents = Contents(kind=PUBLIC, moment=laid.record.moment, items=items)
    return Job("public.pdf", render_html(card, created=datetime.fromisoformat(plain["created"])), contents.inside())


MAKERS: Mapping[str, Callable[[Laid], Job]] = {
    EVALUATION: _evaluation,
    SUPPLIER: _supplier,
    STATISTICS: _statistics,
    ANNEX: _annex,
    ASSESSMENT: _assessment,
    PUBLIC: _public,
}
