"""Any document becomes the list of its problems."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from selfassess import limits
from selfassess.bids import RESPONSE, answer_faults, standing_faults, unlisted_files, with_files
from selfassess.checks import check_profile, check_questionnaire, check_review, review_chain
from selfassess.errors import UnknownVersion
from selfassess.evaluation import evaluate
from selfassess.identifiers import is_id, is_version
from selfassess.library import Library
from selfassess.model.profile import Pin, ScoringProfile
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.response import Response
from selfassess.plan import ScoringPlan, compile_plan
from selfassess.problems import Code, Fault, InvalidDocument, Problem
from selfassess.receipts import chain_faults
from selfassess.schemas import Document, format_of, load_profile, load_questionnaire, load_receipts, load_review
from selfassess.schemas.response import ReadResponse, ResponseReader
from selfassess.scoring import score
from selfassess.sources import Source, read_bytes, read_file
from selfassess.tenders import TENDER, entry_digests, open_tender, pinned_questionnaire

OF_A_DAY = frozenset({Code.EVIDENCE_NOT_VALID, Code.DATE_IN_FUTURE})  # nobody can say without a day
DEPTH = 3  # a response lies in bids/<supplier>/ of its tender's folder
MISSING_PIN = {"key": "questionnaire"}
FORMATS = tuple(
    f"selfassess/{kind}@1" for kind in ("questionnaire", "profile", "tender", "response", "review", "receipts")
)


def problems_of(path: Path, library: Library, day: date | None = None) -> tuple[Problem, ...]:
    """Return all problems of a file or folder: a document, a bid's folder, or a whole tender's folder."""
    try:
        if path.is_dir():
            return _of_folder(path, library, day)
        if path.suffix == ".csv":
            return _of_prices(path, library)
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
    """Return the problems of a tender's prices; outside a tender's folder only whether they can be read."""
    folder = path.parent
    if (folder / TENDER).exists():
        found = evaluate(folder, library).problems
        return tuple(problem for problem in found if Path(problem.place.file).name == path.name)
    from selfassess.prices import read_prices  # noqa: PLC0415  needed for prices alone

    raw = read_bytes(path, limits.PRICES_BYTES, str(path))
    return read_prices(raw, str(path), bids=(), currency="")[1]


def problems_of_source(
    source: Source, library: Library, day: date | None = None, *, beside: Path | None = None
) -> tuple[Problem, ...]:
    """Return all problems of a document by what its format line says."""
    format_ = format_of(source)
    if format_ not in FORMATS:
        values = {"found": format_ or "none", "expected": " or ".join(FORMATS)}
        raise InvalidDocument([source.problem(Fault(pointer="/format", code=Code.FORMAT, values=values))])
    kind = format_.partition("/")[2].partition("@")[0]
    if kind == "questionnaire":
        document = load_questionnaire(source)
        return _sorted(source.problem(fault) for fault in check_questionnaire(document.content))
    if kind == "profile":
        return _of_profile(source, library if beside is None else library.beside(beside.parent))
    if kind == "tender":
        return open_tender(beside.parent, library).warnings if beside else ()
    if kind == "review":
        return _of_review(source, library, beside)
    if kind == "receipts":
        receipts = load_receipts(source)
        return _sorted(source.problem(fault) for fault in chain_faults(receipts, None))
    return _of_response(source, library, day, beside)


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


def _of_response(source: Source, library: Library, day: date | None, beside: Path | None) -> tuple[Problem, ...]:
    here, around = library, None
    if beside is not None:
        tender = _tender_of(beside)
        if tender is not None:
            bid = _normal(beside).parent.name
            return evaluate(tender, library, only=bid).bids[bid].problems
        around = next((folder for folder in _normal(beside).parents[:DEPTH] if (folder / TENDER).exists()), None)
        here = library.beside(around) if around else library
    questionnaire = questionnaire_of(source, here)
    read = ResponseReader(questionnaire.content, questionnaire.digest).read(source)
    response, found = read.response, list(read.problems)
    if beside is not None:
        response, problems, _ = with_files(read, beside.parent)
        found += problems
        if beside.name == RESPONSE:  # a file of another name may lie anywhere, among files that are no bid's
            found += unlisted_files(read, beside.parent)
    profile = _profile_for(questionnaire, here, around)
    scored = _scored_problems(compile_plan(questionnaire.content, profile), read, response, day) if profile else []
    return _sorted([*found, *scored])


def _profile_for(questionnaire: Document[Questionnaire], here: Library, around: Path | None) -> ScoringProfile | None:
    """Return a profile to look at states and evidence by: the tender's around, or the questionnaire's own, if any."""
    if around is not None:
        opened = open_tender(around, here)
        if opened.questionnaire.digest == questionnaire.digest:
            return opened.tender.content.changed(opened.profile.content)
    try:
        return here.default_profile(questionnaire).content
    except UnknownVersion:
        return None


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


def _scored_problems(plan: ScoringPlan, read: ReadResponse, response: Response, day: date | None) -> list[Problem]:
    """Return what only scoring shows; without a day, or a declaration that has one, dates are not judged."""
    declared = response.declaration.date if response.declaration else None
    when = day or declared or date.max
    assessment = score(plan, response, supplier="response", day=when)
    faults = [
        *answer_faults(plan.questionnaire, response, when),
        *standing_faults(plan, assessment, read.source),
    ]
    if when == date.max:
        faults = [fault for fault in faults if fault.code not in OF_A_DAY]
    return [read.source.problem(fault) for fault in faults]
