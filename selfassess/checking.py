"""Any document becomes the list of its problems."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from selfassess import limits
from selfassess.bids import RESPONSE, answer_faults, unlisted_files, with_files
from selfassess.checks import check_profile, check_questionnaire, check_review, review_chain
from selfassess.digests import digest_bytes
from selfassess.errors import UnknownVersion
from selfassess.evaluation import evaluate
from selfassess.identifiers import is_id, is_version
from selfassess.library import Library, tender_around
from selfassess.model.profile import EvidenceMode, Pin, ScoringProfile, WeightKind, Weights
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.response import Response
from selfassess.model.tender import Lot, Tender
from selfassess.pins import pinned_questionnaire
from selfassess.plan import ScoringPlan, compile_plan
from selfassess.problems import Code, Fault, InvalidDocument, Problem, has_errors
from selfassess.publications import publication_problems
from selfassess.receipts import chain_faults
from selfassess.schemas import Document, format_of, load_profile, load_questionnaire, load_receipts, load_review
from selfassess.schemas.response import ReadResponse, ResponseReader
from selfassess.scoring import score
from selfassess.shortfalls import standing_faults
from selfassess.sources import Source, read_bytes, read_file, with_flaws
from selfassess.spreadsheet import SUFFIXES
from selfassess.tenders import TENDER, entry_digests, open_tender

DEPTH = 3  # a response lies in bids/<supplier>/ of its tender's folder
PRICES = "prices.csv"
MISSING_PIN = {"key": "questionnaire"}
KINDS = ("questionnaire", "profile", "tender", "response", "review", "receipts", "assessment", "publication")
FORMATS = tuple(f"selfassess/{kind}@1" for kind in KINDS)
ANY_DAY = date(2000, 1, 1)  # stands where no day is known, and nothing that a date decides is told


def problems_of(path: Path, library: Library, day: date | None = None) -> tuple[Problem, ...]:
    """Return all problems of a file or folder: a document, a bid's folder, or a whole tender's folder."""
    try:
        if os.path.isdir(path):  # noqa: PTH112  never raises
            return _of_folder(path, library, day)
        if path.suffix == ".csv":
            return _of_prices(path, library)
        if path.suffix == ".zip":
            from selfassess.archives import archive_problems  # noqa: PLC0415  needed for archives alone

            return archive_problems(path)
        if path.suffix.lower() in SUFFIXES:
            from selfassess.answer_book import import_workbook, source_of  # noqa: PLC0415  needed for workbooks alone

            return import_workbook(path, source_of(_around(library, path).questionnaire)).problems
        return problems_of_source(read_file(path), library, day, beside=path)
    except InvalidDocument as invalid:
        return invalid.problems


def _of_folder(path: Path, library: Library, day: date | None) -> tuple[Problem, ...]:
    if (path / TENDER).exists():
        evaluation = evaluate(path, library)
        own = [problem for bid in evaluation.bids.values() for problem in bid.problems]
        return tuple(sorted({*evaluation.problems, *own}))
    return problems_of(path / RESPONSE, library, day)


def _of_prices(path: Path, library: Library) -> tuple[Problem, ...]:
    """Return the problems of a tender's prices; of any other table only whether its lines can be read as prices."""
    folder = path.parent
    if path.name == PRICES and (folder / TENDER).exists():
        found = evaluate(folder, library).problems
        return tuple(problem for problem in found if Path(problem.place.file).name == path.name)
    from selfassess.prices import read_prices  # noqa: PLC0415  needed for prices alone

    raw = read_bytes(path, limits.PRICES_BYTES, str(path))
    return read_prices(raw, str(path), bids=None, currency=None)[1]


def problems_of_source(
    source: Source, library: Library, day: date | None = None, *, beside: Path | None = None
) -> tuple[Problem, ...]:
    """Return all problems of a document by what its format line says."""
    format_ = format_of(source)
    if format_ not in FORMATS:
        values = {"found": format_ or "none", "expected": " or ".join(FORMATS)}
        fault = Fault(pointer="/format", code=Code.FORMAT, values=values)
        raise InvalidDocument(source.problem(found) for found in with_flaws(source.data, [fault]))
    kind = format_.partition("/")[2].partition("@")[0]
    if kind == "questionnaire":
        from selfassess.languages.faults import translation_problems  # noqa: PLC0415  needed for questionnaires alone

        document = load_questionnaire(source)
        own = [source.problem(fault) for fault in check_questionnaire(document.content)]
        return _sorted([*own, *translation_problems(beside, document.content)])
    if kind == "profile":
        return _of_profile(source, library if beside is None else library.beside(beside.parent))
    if kind == "tender":
        return open_tender(beside.parent if beside else Path(), library, source).warnings
    if kind == "review":
        return _of_review(source, library, beside)
    if kind == "receipts":
        return _sorted(source.problem(fault) for fault in chain_faults(load_receipts(source), None))
    if kind == "publication":
        return publication_problems(source)
    if kind == "assessment":
        from selfassess.assessments import reopen  # noqa: PLC0415  needed for assessments alone

        return reopen(source, _around(library, beside)).differences
    return _of_response(source, library, day, beside)


def bid_at(folder: Path, library: Library) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return the digest of every file that belongs to the bid in a folder, by path, and all problems of the bid."""
    problems = problems_of(folder, library)
    if has_errors(problems):
        return {}, problems
    path = folder / RESPONSE
    source = read_file(path, str(path))
    questionnaire = questionnaire_of(source, _around(library, path))
    read = ResponseReader(questionnaire.content, questionnaire.digest).read(source)
    _, _, files = with_files(read, folder)
    return {RESPONSE: digest_bytes(source.raw), **files}, problems


def _sorted(problems: object) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems)))  # type: ignore[call-overload]


def _of_profile(source: Source, library: Library) -> tuple[Problem, ...]:
    document = load_profile(source)
    questionnaire = pinned_questionnaire(library, document.content.questionnaire, source)
    return _sorted(source.problem(fault) for fault in check_profile(document.content, questionnaire.content))


def _of_review(source: Source, library: Library, beside: Path | None) -> tuple[Problem, ...]:
    document = load_review(source)
    faults = list(review_chain(document.content, entry_digests(document)))
    folder = beside.parent.parent if beside else None
    if folder is not None and (folder / TENDER).exists():
        opened = open_tender(folder, library)
        faults += check_review(document.content, opened.questionnaire.content, opened.lots)
    return _sorted(source.problem(fault) for fault in faults)


def questionnaire_of(source: Source, library: Library) -> Document[Questionnaire]:
    """Return the questionnaire that a response names; ``InvalidDocument`` when it names none that is there."""
    plain = source.data.get("questionnaire") if isinstance(source.data, dict) else None
    if plain is None:
        raise InvalidDocument([source.problem(Fault(pointer="", code=Code.MISSING_KEY, values=MISSING_PIN))])
    id_, version, digest = (str(plain.get(key, "")) if isinstance(plain, dict) else "" for key in
                            ("id", "version", "digest"))  # fmt: skip
    if not is_id(id_) or not is_version(version):
        values = {"document": "questionnaire", "wanted": f"{id_}@{version}", "known": _known(library)}
        raise InvalidDocument([source.problem(Fault(pointer="/questionnaire", code=Code.PIN_UNKNOWN, values=values))])
    try:
        return library.questionnaire(id_, version)
    except UnknownVersion:
        return pinned_questionnaire(library, Pin(id=id_, version=version, digest=digest), source)


def _known(library: Library) -> str:
    return ", ".join(f"{id_}@{version}" for id_, version in library.versions()) or "none"


def _around(library: Library, beside: Path | None) -> Library:
    """Return the library for a file, with what belongs to the tender in whose folder it lies before it."""
    folder = tender_around(beside) if beside else None
    return library.beside(folder) if folder else library


def _of_response(source: Source, library: Library, day: date | None, beside: Path | None) -> tuple[Problem, ...]:
    tender = _tender_of(beside) if beside else None
    if tender is not None and beside is not None:
        bid = _normal(beside).parent.name
        return evaluate(tender, library, only=bid).bids[bid].problems
    questionnaire = questionnaire_of(source, _around(library, beside))
    read = ResponseReader(questionnaire.content, questionnaire.digest).read(source)
    response, found = read.response, list(read.problems)
    if beside is not None:
        response, problems, _ = with_files(read, beside.parent)
        found += problems
        if beside.name == RESPONSE:  # a file of another name may lie anywhere, among files that are no bid's
            found += unlisted_files(read, beside.parent)
    lots, deadline = _asked_by(_around_tender(library, beside), questionnaire, response)
    for lot in lots:
        plan = compile_plan(questionnaire.content, _unweighted(questionnaire), lot)
        found += [source.problem(fault) for fault in _scored_faults(plan, read, response, day or deadline)]
    return _sorted(found)


def _around_tender(library: Library, beside: Path | None) -> Tender | None:
    """Return the tender in whose folder a file lies; None where it cannot be used, which its own check tells."""
    folder = tender_around(beside) if beside else None
    if folder is None:
        return None
    try:
        return open_tender(folder, library).tender.content
    except InvalidDocument:
        return None


def _asked_by(
    tender: Tender | None, questionnaire: Document[Questionnaire], response: Response
) -> tuple[Sequence[Lot | None], date | None]:
    """Return the lots that a response answers to and their deadline, where it is for the tender that lies around it."""
    if tender is None or response.tender != tender.id or tender.questionnaire.digest != questionnaire.digest:
        return (None,), None
    return [lot for lot in tender.lots if lot.id in response.lots] or tender.lots, tender.day


def _unweighted(questionnaire: Document[Questionnaire]) -> ScoringProfile:
    """Return a profile that weighs everything alike: weights decide no problem of a response, so none need be there."""
    named, kind = questionnaire.content, WeightKind.PARTS
    return ScoringProfile(
        id="unweighted",
        version="1.0.0",
        title="Unweighted",
        questionnaire=Pin(id=named.id, version=named.version, digest=questionnaire.digest),
        section_weights=Weights(kind=kind, weights={section.id: Decimal(1) for section in named.sections}),
        question_weights=Weights(kind=kind, weights={question.id: Decimal(1) for question in named.questions()}),
        evidence_mode=EvidenceMode.DIALOGUE,
    )


def _tender_of(path: Path) -> Path | None:
    """Return the folder of the tender among whose bids a response lies, named as the user named the file."""
    at = _normal(path)
    if at.name != RESPONSE or len(at.parents) < DEPTH or at.parents[1].name != "bids":
        return None
    if not (at.parents[2] / TENDER).exists():
        return None
    named = path.parents[2] if len(path.parents) >= DEPTH else at.parents[2]
    return named if _normal(named) == at.parents[2] else at.parents[2]


def _normal(path: Path) -> Path:
    """Return the absolute path without ``.`` and ``..``; links are left as they are named."""
    return Path(os.path.normpath(path.absolute()))


def _scored_faults(plan: ScoringPlan, read: ReadResponse, response: Response, day: date | None) -> Iterator[Fault]:
    """Yield what only scoring shows; without a day, or a declaration that has one, that is said and no date judged."""
    when = day or (response.declaration.date if response.declaration else None)
    if when is None:
        yield Fault(pointer="/declaration", code=Code.DAY_MISSING)
        undated = tuple(replace(paper, issued=paper.issued and ANY_DAY, expires=None) for paper in response.evidence)
        response = replace(response, evidence=undated)
    assessment = score(plan, response, supplier="response", day=when or ANY_DAY)
    yield from answer_faults(plan.questionnaire, response, when or date.max)
    for fault in standing_faults(plan, assessment, read.source):
        if when is not None or fault.code is not Code.EVIDENCE_NOT_VALID:
            yield fault
