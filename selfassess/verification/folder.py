"""Verify the results of a whole tender: every file by its digest, every count, and in full depth all of it made again.

The report on the tender carries what it takes, so that the folder is enough.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from selfassess import digests, limits
from selfassess.inside.record import EVALUATION
from selfassess.outcome import Draft, counts_of
from selfassess.previous import MANIFEST, files_in_manifest
from selfassess.problems import InvalidDocument
from selfassess.rendering import render_many
from selfassess.sources import read_bytes, read_json
from selfassess.verification.again import drafted_again
from selfassess.verification.findings import Findings
from selfassess.verification.report import SHOWN, UNCHECKED, computed, is_of_now, verify_report

REPORT, RANKING = "evaluation.pdf", "ranking.json"
QUICK = "quick: nothing was computed or printed again"
NO_REPORT = f"there is no {REPORT}, which carries what it takes: nothing was computed again"


def verify_folder(folder: Path, expected: str | None = None, *, is_quick: bool = False) -> Findings:
    """Return what comes of verifying a results folder; ``InvalidDocument`` where it has no manifest."""
    findings = Findings()
    raw = read_bytes(folder / MANIFEST, limits.RESPONSE_BYTES, f"{folder}/{MANIFEST}")
    named = files_in_manifest(read_json(raw, f"{folder}/{MANIFEST}"))
    there = sorted(_files(folder, ""))
    places = [*_missing(named, there), *_changed(folder, named, there)]
    if places:
        findings.differs("files", "the folder is not what its manifest names", places[:SHOWN])
    else:
        findings.holds("files", f"{len(named)} files are those that the manifest names, by SHA-256")
    _count(findings, folder, named)
    if is_quick:
        findings.leaves_open("computing", QUICK)
    elif REPORT not in named or REPORT not in there:
        findings.leaves_open("computing", NO_REPORT)
    else:
        _whole(findings, folder, there)
    digest = digests.digest_bytes(raw)
    if expected is None:
        findings.leaves_open("origin", UNCHECKED)
    elif expected == digest:
        findings.holds("origin", f"the expected digest is that of {MANIFEST}")
    else:
        findings.differs("origin", f"the expected digest is {expected}, that of {MANIFEST} is {digest}")
    return findings


def _files(folder: Path, prefix: str) -> Iterator[str]:
    """Yield every file below a folder, the manifest left out; what is no plain file too, so that it is told."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _files(Path(entry.path), f"{prefix}{entry.name}/")
            elif f"{prefix}{entry.name}" != MANIFEST:
                yield f"{prefix}{entry.name}"


def _missing(named: Mapping[str, str], there: Sequence[str]) -> Iterator[str]:
    yield from (f"{name} is missing" for name in named if name not in there)
    yield from (f"{name} is there, and the manifest does not name it" for name in there if name not in named)


def _changed(folder: Path, named: Mapping[str, str], there: Sequence[str]) -> Iterator[str]:
    for name, digest in named.items():
        if name in there:
            found = _digest(folder / name)
            if found != digest:
                yield f"{name} is {found}, the manifest names {digest}"


def _digest(path: Path) -> str:
    try:
        return digests.digest_bytes(read_bytes(path, limits.REPORT_FILE_BYTES, str(path)))
    except InvalidDocument as invalid:
        return invalid.problems[0].message


def _count(findings: Findings, folder: Path, named: Mapping[str, str]) -> None:
    """Compare the counts of the ranking with what it lists and with what lies there: no bid is lost."""
    try:
        plain = read_json(read_bytes(folder / RANKING, limits.RESPONSE_BYTES, RANKING), RANKING).data
        places = list(_miscounted(plain, named))
        said = f"{plain['counts']['found']} bids found, {plain['counts']['ranked']} ranked"
    except (InvalidDocument, KeyError, TypeError, ValueError, AttributeError):
        findings.differs("counts", f"{RANKING} cannot be read")
        return
    if places:
        findings.differs("counts", "bids are missing, or counted otherwise", places[:SHOWN])
    else:
        findings.holds("counts", f"{said}; each is in the ranking of every lot that it bids for")


def _miscounted(plain: Any, named: Mapping[str, str]) -> Iterator[str]:
    counts, bids = {name: int(count) for name, count in plain["counts"].items()}, plain["bids"]
    refused = [bid["supplier"] for bid in bids if bid["status"] == "refused"]
    if (counts["found"], counts["refused"]) != (len(bids), len(refused)):
        yield f"{RANKING} counts {counts['found']} bids and {counts['refused']} refused, and lists {len(bids)}"
    if counts["scored"] != counts["found"] - counts["refused"]:
        yield f"{RANKING} counts {counts['scored']} bids as scored"
    standing = {(lot["lot"], bid["supplier"]): bid["rank"] for lot in plain["lots"] for bid in lot["bids"]}
    if counts["ranked"] != len({supplier for (_, supplier), rank in standing.items() if rank is not None}):
        yield f"{RANKING} counts {counts['ranked']} bids as ranked"
    for bid in bids:
        for lot in bid["lots"]:
            name = f"{bid['supplier']}/{lot}/assessment.json"
            if (lot, bid["supplier"]) not in standing:
                yield f"{bid['supplier']} is not in the ranking of {lot}"
            if name not in named:
                yield f"{name} is missing"


def _whole(findings: Findings, folder: Path, there: Sequence[str]) -> None:
    """Verify the report on the tender, and make every other file again from what it carries."""
    own, record = verify_report(read_bytes(folder / REPORT, limits.REPORT_FILE_BYTES, REPORT))
    findings.found += [finding for finding in own.found if finding.check != "origin"]
    if record is None or record.kind != EVALUATION:
        findings.differs("computing", f"{REPORT} is no report on a tender")
        return
    drafted = computed(findings, record, drafted_again)
    if drafted is None:
        return
    if not is_of_now(record):
        findings.leaves_open("results", "the results were made by other versions; verify all files by those")
        return
    made = dict(drafted.files)
    made |= {done.name: done.pdf for done in render_many(_jobs(drafted, there)) if done.pdf is not None}
    places = list(_other(folder, made, there))
    if places:
        findings.differs("results", "made again, files are others", places[:SHOWN])
        return
    count = counts_of(drafted.evaluation)["found"]
    findings.holds("results", f"all {len(there)} files on {count} bids were made again, and are the same, byte by byte")


def _jobs(drafted: Draft, there: Sequence[str]) -> list[Any]:
    return [job for job in drafted.jobs() if job.name != REPORT and job.name in there]


def _other(folder: Path, made: Mapping[str, bytes], there: Sequence[str]) -> Iterator[str]:
    """Yield the files that are not what the documents give; the report on the tender was compared before."""
    for name in sorted({*made, *there} - {REPORT}):
        if name not in made:
            yield f"{name} is not made by these documents"
        elif name not in there:
            yield f"{name} is missing"
        elif read_bytes(folder / name, limits.REPORT_FILE_BYTES, name) != made[name]:
            yield name
