"""An evaluation becomes the files of a results folder: assessments, ranking, reports, and a manifest last."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from selfassess import digests
from selfassess.assessments import in_tender
from selfassess.award import remarks
from selfassess.bids import Bid
from selfassess.evaluation import Evaluation
from selfassess.exchange import json_bytes
from selfassess.further import Wanted, further_files, further_jobs, with_further
from selfassess.inside import evaluation_contents, method_of, printing_key
from selfassess.model.stability import LotStability
from selfassess.numbers import exactly, shown_apart
from selfassess.ranking_sheets import ranking_sheets
from selfassess.rendering import Job, render_html, render_many, render_screen
from selfassess.reporting import context_of, evaluation_card, supplier_jobs
from selfassess.results import RANKING_FORMAT, lot_plain, problem_plain
from selfassess.scorecard import Context, EvaluationReport
from selfassess.scorecard.context import WHAT_IF
from selfassess.stabilities import stabilities_of
from selfassess.stability import saying
from selfassess.standings import claims_of_not_applicable, pins_of, tips_of
from selfassess.tenders import entry_digests
from selfassess.text import show
from selfassess.workbook import workbook_bytes

Files = dict[str, bytes]
Kept = Callable[[str, str], bytes | None]
COLUMNS = (
    *("lot", "rank", "supplier", "status", "claimed", "supported", "reviewed", "price", "figure", "why"),
    *("response_digest", "response_raw_digest"),
)
TENDER_FILE = "tender.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The results of an evaluation before its reports are printed: files by name, in the order of their writing.

    ``evaluation`` and ``wanted`` name files as they lie in the tender's folder.
    """

    evaluation: Evaluation
    wanted: Wanted
    files: Mapping[str, bytes]
    context: Context
    whole: EvaluationReport

    @property
    def inside(self) -> Files:
        """Return the results that reports name by digest, and carry."""
        return {name: data for name, data in self.files.items() if name.endswith(("assessment.json", "ranking.json"))}

    def evaluation_job(self) -> Job:
        """Return the report on the whole tender."""
        given = {"statistics": self.wanted.statistics, "has_reports": self.context.has_reports}
        method = method_of(self.evaluation, self.wanted.translation)
        contents = evaluation_contents(self.evaluation, method, self.inside, self.wanted.previous, given)
        html = render_html(self.whole, created=self.evaluation.tender.content.deadline)
        return Job("evaluation.pdf", html, contents.inside())

    def jobs(self) -> list[Job]:
        """Return every report."""
        own = supplier_jobs(self.evaluation, self.wanted.translation, self.context, self.inside)
        return [*own, self.evaluation_job(), *further_jobs(self.evaluation, self.wanted, self.files)]


def prints_of(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the digests of files by name."""
    return {name: digests.digest_bytes(data) for name, data in files.items()}


def draft(evaluation: Evaluation, wanted: Wanted, *, with_reports: bool = True) -> Draft:
    """Return the results of an evaluation before its reports are printed."""
    evaluation, wanted = as_in_folder(evaluation), wanted.as_in_folder()
    files: Files = {}
    for supplier, lot in evaluation.assessments:
        files[f"{supplier}/{lot}/assessment.json"] = json_bytes(in_tender(evaluation, supplier, lot))
    stabilities, created = stabilities_of(evaluation), evaluation.tender.content.deadline
    plain = ranking_plain(evaluation, stabilities)
    files["ranking.json"] = json_bytes(plain)
    files["ranking.csv"] = ranking_csv(evaluation)
    files["ranking.xlsx"] = workbook_bytes(ranking_sheets(plain), created=created)
    context = context_of(evaluation, wanted.translation, has_reports=with_reports)
    card = evaluation_card(evaluation, context, prints_of(files))
    whole = with_further(card, evaluation, wanted, stabilities)
    files |= further_files(evaluation, wanted, stabilities)
    files["evaluation.html"] = render_screen(whole).encode("utf-8")
    return Draft(evaluation=evaluation, wanted=wanted, files=files, context=context, whole=whole)


def outcome_files(
    evaluation: Evaluation,
    *,
    progress: Callable[[str], None] = lambda _: None,
    with_reports: bool = True,
    wanted: Wanted = Wanted(),  # noqa: B008  frozen
    kept: Kept = lambda *_: None,
) -> tuple[Files, list[str]]:
    """Return the files of ``results/`` in the order in which they are written, and the reports that failed.

    ``kept`` gives the report of a name and a key that was printed before, where there is one: it is not printed again.
    """
    drafted = draft(evaluation, wanted, with_reports=with_reports)
    jobs = drafted.jobs() if with_reports else []
    files, keys = dict(drafted.files), {job.name: printing_key(job) for job in jobs}
    found = {name: pdf for name, key in keys.items() if (pdf := kept(name, key)) is not None}
    failures: list[str] = []
    said = partial(_say, progress, len(jobs) - len(found))
    printed = (
        render_many([job for job in jobs if job.name not in found], progress=said) if len(found) < len(jobs) else ()
    )
    made = {done.name: done for done in printed}
    for job in jobs:
        pdf = found[job.name] if job.name in found else made[job.name].pdf
        if pdf is None:
            failures.append(f"{job.name} could not be made: {made[job.name].reason}")
        else:
            files[job.name] = pdf
    marks = {"what_if": True} if evaluation.is_what_if else {}
    named = {"files": dict(sorted(prints_of(files).items()))}
    named |= {"printed": {name: key for name, key in sorted(keys.items()) if name in files}} if keys else {}
    files["manifest.json"] = json_bytes({"format": "selfassess/manifest@1", **marks, **named})
    return files, failures


def as_in_folder(evaluation: Evaluation) -> Evaluation:
    """Return an evaluation whose problems name files as they lie in the tender's folder, or in the library.

    What is written is the same wherever the folder lies and however it was named.
    """
    named, file = evaluation.questionnaire.content, evaluation.questionnaire.source.file
    library = file[: max(0, file.rfind(f"questionnaires/{named.id}/{named.version}/"))]
    folders = (evaluation.tender.source.file.removesuffix(TENDER_FILE), library)
    bids = {
        supplier: replace(bid, problems=tuple(problem.within(*folders) for problem in bid.problems))
        for supplier, bid in evaluation.bids.items()
    }
    problems = tuple(sorted(problem.within(*folders) for problem in evaluation.problems))
    strays = tuple(problem.within(*folders) for problem in evaluation.strays)
    return replace(evaluation, bids=bids, problems=problems, strays=strays)


def _say(progress: Callable[[str], None], jobs: int, done: int) -> None:
    progress(f"printed {done} of {jobs} reports")


def ranking_plain(evaluation: Evaluation, stabilities: Mapping[str, LotStability]) -> dict[str, Any]:
    """Return the ranking of every lot as plain data, every bid's folder in it."""
    tender = evaluation.tender
    bids = [
        {
            "supplier": supplier,
            "status": "refused" if bid.is_refused else "scored",
            "response": None if bid.read is None else {"digest": bid.read.digest, "raw_digest": bid.read.raw_digest},
            "lots": [lot for name, lot in evaluation.assessments if name == supplier],
            "problems": [problem_plain(problem) for problem in bid.problems],
        }
        for supplier, bid in evaluation.bids.items()
    ]
    return {
        "format": RANKING_FORMAT,
        "tender": {"id": tender.content.id, "digest": tender.digest, "raw_digest": tender.raw_digest},
        **pins_of(evaluation),
        "published": evaluation.is_published,
        **marks_of(evaluation),
        **({"receipts": {"last": evaluation.receipts.tip}} if evaluation.receipts else {}),
        "reviews": [
            {"name": name, "digest": review.digest, "entries": str(len(entry_digests(review))), "last": tip}
            for name, review, tip in tips_of(evaluation)
        ],
        "counts": {name: str(count) for name, count in counts_of(evaluation).items()},
        "lots": [_lot_plain(evaluation, lot.id, stabilities.get(lot.id)) for lot in tender.content.lots],
        "not_applicable": claims_of_not_applicable(evaluation),
        "bids": bids,
        "problems": [problem_plain(problem) for problem in evaluation.problems],
    }


def _lot_plain(evaluation: Evaluation, lot: str, stability: LotStability | None) -> dict[str, Any]:
    """Return a lot's ranking; where bids are measured against each other, with what leaving one out changes."""
    profile, ranking = evaluation.plans[lot].profile, evaluation.rankings[lot]
    plain = lot_plain(ranking, profile.decimals, profile.thresholds)
    if ranking.warnings and stability is not None:
        plain["leave_one_out"] = saying(stability, profile.decimals)["leave_one_out"]
    return plain


def marks_of(evaluation: Evaluation) -> dict[str, Any]:
    """Return what names the publication and the seed of the draw, and says that this is a what-if."""
    publication, seed = evaluation.publication, evaluation.seed
    named = {"digest": publication.digest, "raw_digest": publication.raw_digest} if publication else {}
    return {
        **({"what_if": True} if evaluation.is_what_if else {}),
        **({"publication": named} if named else {}),
        **({"seed": seed.hex()} if seed is not None else {}),
    }


def ranking_csv(evaluation: Evaluation) -> bytes:
    """Return the ranking of every lot as a table; texts that a spreadsheet would compute are quoted with one '."""
    places = next(iter(evaluation.plans.values())).profile.decimals
    marks = [cell(WHAT_IF)] if evaluation.is_what_if else []
    counted = [f"bids_{name}" for name in ("found", "scored", "refused", "ranked")]
    lines = [",".join((*COLUMNS, *counted, *(["what_if"] if marks else [])))]
    counts = [*(str(count) for count in counts_of(evaluation).values()), *marks]
    for lot, ranking in evaluation.rankings.items():
        totals = (*ranking.totals, *evaluation.plans[lot].profile.thresholds)
        for standing in ranking.standings:
            values = (standing.claimed, standing.supported, standing.quality)
            cells = [
                cell(ranking.lot),
                str(standing.rank or ""),
                cell(standing.supplier),
                cell(standing.status.value),
                *("" if value is None else shown_apart(value, totals, places) for value in values),
                "" if standing.price is None else exactly(standing.price),
                "" if standing.figure is None else shown_apart(standing.figure, ranking.figures, max(places, 2)),
                cell("; ".join((*standing.reasons, *remarks(standing)))),
                *_prints(evaluation.bids[standing.supplier]),
                *counts,
            ]
            lines.append(",".join(cells))
    return ("\r\n".join(lines) + "\r\n").encode("utf-8")


def counts_of(evaluation: Evaluation) -> dict[str, int]:
    """Return how many bids were found, scored, refused and ranked: count in is count out."""
    found, refused = len(evaluation.bids), sum(bid.is_refused for bid in evaluation.bids.values())
    ranked = {s.supplier for r in evaluation.rankings.values() for s in r.standings if s.rank is not None}
    return {"found": found, "scored": found - refused, "refused": refused, "ranked": len(ranked)}


def _prints(bid: Bid) -> tuple[str, str]:
    """Return the digests of a bid's response, of its meaning and of its bytes, as cells; empty where none was read."""
    return ("", "") if bid.read is None else (cell(bid.read.digest), cell(bid.read.raw_digest))


def cell(text: str) -> str:
    """Return a text as a cell: never a formula, undone by taking one leading ' away."""
    text = show(text)
    risky = text.lstrip()[:1] in ("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "|", "%", "'") and bool(text)
    quoted = ("'" + text if risky else text).replace('"', '""')
    return f'"{quoted}"'
