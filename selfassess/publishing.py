"""Freeze what is there: a tender's method with its annex, or the files of a questionnaire's version, by digest."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from selfassess import __version__, digests
from selfassess.annex import Method, annex_plain, annex_report
from selfassess.award.ordering import DRAW
from selfassess.checks import check_profile, check_questionnaire
from selfassess.errors import UsageError
from selfassess.exchange import json_bytes
from selfassess.inside import ANNEX as ANNEX_KIND
from selfassess.inside import DATA, Contents, Item, MethodDocuments
from selfassess.languages import SOURCE, TOLD, Translation, translation
from selfassess.library import PROFILE, PROFILES, QUESTIONNAIRE, Library
from selfassess.method_plain import award_plain
from selfassess.model.tender import Tender
from selfassess.plan import METHOD, ScoringPlan, compile_plan, plan_in, readable
from selfassess.problems import InvalidDocument, Problem, has_errors
from selfassess.publications import FORMAT, reasons_digest
from selfassess.rendering import Job, render_annex, render_pdf
from selfassess.schemas import Document, load_profile, load_questionnaire
from selfassess.scorecard.lawfulness import LAWFULNESS_CODES
from selfassess.sources import read_file
from selfassess.tenders import Opened, open_tender

ANNEX, ANNEX_PDF = "annex.json", "annex.pdf"
PUBLISHED = "published.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """What publishing a tender writes: files by name, the publication last; ``is_new`` unless it was published before.

    ``digest`` names the publication, ``warnings`` are what the buyer should read before it is put out.
    """

    files: Mapping[str, bytes]
    digest: str
    warnings: tuple[Problem, ...]
    is_new: bool


def freeze(
    folder: Path,
    library: Library,
    moment: datetime,
    *,
    seed: bytes | None,
    with_pdf: bool = True,
    languages: Sequence[str] = (),
) -> Frozen:
    """Return what publishing a tender's method writes; nothing where that very method was published before.

    The annex as PDF is in English, and in each of the ``languages`` besides.

    ``NotAsPublished`` where another method was, ``UsageError`` where the rule for ties draws and there is no seed.
    """
    opened = open_tender(folder, library)
    if opened.publication is not None:
        return Frozen(files={}, digest=opened.publication.digest, warnings=opened.warnings, is_new=False)
    tender = opened.tender.content
    _refuse_seed(tender, seed)
    method = method_of(opened, "" if seed is None else digests.digest_bytes(seed))
    files = {ANNEX: json_bytes(annex_plain(method, annex_report(method)))}
    for language in dict.fromkeys((SOURCE, *languages)) if with_pdf else ():
        job = annex_job(opened, method, files[ANNEX], translation(opened.questionnaire, language), moment)
        files[job.name] = render_pdf(job.html, job.inside)
    plain = _publication(opened, method, moment, files)
    return Frozen(
        files=files | {"publication.json": json_bytes(plain)},
        digest=digests.digest(plain),
        warnings=opened.warnings,
        is_new=True,
    )


def _refuse_seed(tender: Tender, seed: bytes | None) -> None:
    draws = DRAW in tender.tie_rule
    if draws and seed is None:
        raise UsageError(
            "the rule for ties draws: give a secret seed with --seed FILE. Its digest is published now, the seed "
            "itself when bids are opened. To make one: head -c 32 /dev/urandom > seed"
        )
    if seed is not None and not draws:
        raise UsageError("the rule for ties draws nothing, so there is no use for a seed")


def method_of(opened: Opened, seed_digest: str) -> Method:
    """Return the method of a tender that is opened, as its annex says it."""
    tender = opened.tender.content
    profile = tender.changed(opened.profile.content)
    plans = {lot.id: compile_plan(opened.questionnaire.content, profile, lot) for lot in tender.lots}
    named: dict[str, Document[Any]] = {
        "questionnaire": opened.questionnaire,
        "profile": opened.profile,
        "tender": opened.tender,
    }
    return Method(
        tender=tender,
        plans=plans,
        fingerprints={lot: digests.digest(readable(plan)) for lot, plan in plans.items()},
        digests=[
            pair
            for name, document in named.items()
            for pair in ((name, document.digest), (TOLD.say("{name} (bytes)", name=name), document.raw_digest))
        ],
        warnings=[problem for problem in opened.warnings if problem.code in LAWFULNESS_CODES],
        seed_digest=seed_digest,
    )


def annex_job(opened: Opened, method: Method, annex: bytes, said: Translation, moment: datetime) -> Job:
    """Return the annex to be printed in a language; ``annex`` is what it says as data, the same in all languages."""
    plans = {lot: plan_in(plan, said) for lot, plan in method.plans.items()}
    report = annex_report(replace(method, plans=plans, language=said.language, untranslated=said.untranslated))
    name = ANNEX_PDF if said.language == SOURCE else f"annex.{said.language}.pdf"
    contents = annex_contents(opened, method, annex, said, moment)
    return Job(name, render_annex(report, created=moment), contents.inside())


def annex_contents(opened: Opened, method: Method, annex: bytes, said: Translation, moment: datetime) -> Contents:
    """Return what the annex carries: not the publication, which holds the annex's own digest."""
    documents = replace(documents_of(opened), translation=said)
    items = [*documents.items()]
    items.append(Item(path=f"results/{ANNEX}", data=annex, relationship=DATA))
    given = {**documents.said_in, **({"seed_digest": method.seed_digest} if method.seed_digest else {})}
    return Contents(kind=ANNEX_KIND, moment=moment, items=tuple(items), given=given)


def documents_of(opened: Opened) -> MethodDocuments:
    """Return the documents that a tender's method rests on, before it is published."""
    return MethodDocuments(tender=opened.tender, questionnaire=opened.questionnaire, profile=opened.profile)


def _publication(opened: Opened, method: Method, moment: datetime, annex: Mapping[str, bytes]) -> dict[str, Any]:
    tender, profile, questionnaire = opened.tender, opened.profile, opened.questionnaire
    return {
        "format": FORMAT,
        "published": moment.isoformat(),
        "program": f"selfassess {__version__}",
        "method": METHOD,
        "tender": {"id": tender.content.id, **_prints(tender)},
        "questionnaire": {
            "id": questionnaire.content.id,
            "version": questionnaire.content.version,
            **_prints(questionnaire),
        },
        "profile": {"id": profile.content.id, "version": profile.content.version, **_prints(profile)},
        "reasons_digest": reasons_digest(questionnaire.written),
        "plans": [
            *({"lot": lot, "fingerprint": digest} for lot, digest in method.fingerprints.items()),
            *_plans_of_buyers(opened),
        ],
        "award": award_plain(tender.content),
        **({"seed_digest": method.seed_digest} if method.seed_digest else {}),
        "annex": {name: digests.digest_bytes(data) for name, data in annex.items()},
        "documents": {
            "tender": tender.written,
            "profile": profile.written,
            "questionnaire": questionnaire.written,
        },
    }


def _prints(document: Document[Any]) -> dict[str, str]:
    return {"digest": document.digest, "raw_digest": document.raw_digest}


def _plans_of_buyers(opened: Opened) -> list[dict[str, str]]:
    """Return the fingerprints of the plans by which buyers with profiles of their own look at the bids."""
    tender = opened.tender.content
    found = []
    for buyer in tender.buyers:
        profile = tender.changed_for(buyer, opened.profile.content)
        for lot in tender.lots if buyer.profile_changes else ():
            plan: ScoringPlan = compile_plan(opened.questionnaire.content, profile, lot)
            found.append({"lot": lot.id, "buyer": buyer.name, "fingerprint": digests.digest(readable(plan))})
    return found


def freeze_questionnaire(folder: Path) -> tuple[Path, bytes | None]:
    """Return where digests of published versions stand and what is to stand there, None where they stand there.

    ``folder`` is that of one version. ``InvalidDocument`` where the version has errors, ``Mismatch`` where other files
    of it were published.
    """
    document = load_questionnaire(read_file(folder / QUESTIONNAIRE))
    _refuse_errors(document, folder)
    root = folder.parent.parent
    path = root / PUBLISHED
    published: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    id_, version = document.content.id, document.content.version
    paths = files_of_version(folder)
    own = {path_.relative_to(folder).as_posix(): digests.digest_bytes(path_.read_bytes()) for path_ in paths}
    versions = published.setdefault(id_, {})
    if version in versions:
        return path, None
    versions[version] = own
    ordered = {name: dict(sorted(found.items())) for name, found in sorted(published.items())}
    return path, json_bytes(ordered)


def files_of_version(folder: Path) -> list[Path]:
    """Return the files of a version that decide a score or its words."""
    found = [folder / QUESTIONNAIRE, folder / PROFILE, *folder.glob(f"{PROFILES}/*.yaml"), *folder.glob("i18n/*.po")]
    return sorted(path for path in found if path.is_file())


def _refuse_errors(questionnaire: Document[Any], folder: Path) -> None:
    problems = [questionnaire.source.problem(fault) for fault in check_questionnaire(questionnaire.content)]
    for path in files_of_version(folder):
        if path.suffix == ".yaml" and path.name != QUESTIONNAIRE:
            profile = load_profile(read_file(path))
            faults = check_profile(profile.content, questionnaire.content)
            problems += [profile.source.problem(fault) for fault in faults]
    named = questionnaire.content
    if (folder.parent.name, folder.name) != (named.id, named.version):
        raise UsageError(f"{folder} holds {named.id}@{named.version}; a version lies in <id>/<version>/ of its library")
    if has_errors(problems):
        raise InvalidDocument(problems)
