"""Verify one report: its file, what it carries, what that gives when it is computed and printed again."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from selfassess import __version__, digests
from selfassess.errors import MachineError, RenderingFailed, UsageError
from selfassess.inside.record import (
    ANNEX,
    ASSESSMENT,
    EVALUATION,
    PRINTERS,
    PUBLIC,
    RECORD,
    STATISTICS,
    SUPPLIER,
    templates_digest,
)
from selfassess.plan import METHOD
from selfassess.problems import InvalidDocument, Mismatch
from selfassess.rendering import Job, render_pdf
from selfassess.signing import read_signature, without_signature
from selfassess.verification.again import Laid, lay_out, made_again
from selfassess.verification.bounded import Unreadable
from selfassess.verification.findings import Findings
from selfassess.verification.reading import Reading, added_by_signature, compare_pdf, page_texts, read_pdf
from selfassess.verification.record import NoRecord, Record, read_record
from selfassess.verification.saying import place_in_words

Made = TypeVar("Made")
FOLDER = "selfassess-verify-"
SHOWN = 12  # places that are told of one check
KINDS = {
    EVALUATION: "the report on a tender",
    SUPPLIER: "the report on one bid",
    STATISTICS: "the statistics of answers",
    ANNEX: "the annex of a tender's method",
    ASSESSMENT: "the report of an assessment by itself",
    PUBLIC: "the public copy of the report of an assessment",
}
TAKEN = {
    EVALUATION: "evidence is not in the file: what was found of it is taken as recorded",
    SUPPLIER: "evidence and other bids are not in the file: what was found of the first, and the rank, the ranges and "
    "the figures that are shown of the others, are taken as recorded; the results folder of the tender proves them",
    STATISTICS: "the bids are not in the file, so that nobody is named: the counts are taken as recorded; the results "
    "folder of the tender proves them",
    PUBLIC: "the response is not in the file, since answers are withheld: scores were not computed again. The buyer's "
    "own report proves them; here pages and data say the same",
}
UNCHECKED = (
    "nobody checked who made this file: a forgery that is consistent in itself would look the same. Give --expect with "
    "a digest from another source"
)
SAME = "printed again, all {pages} pages and the whole file are the same, byte by byte"
PACKED = "printed again, all {pages} pages are the same; the file is packed otherwise"


def verify_report(whole: bytes, expected: str | None = None, key: Path | None = None) -> tuple[Findings, Record | None]:
    """Return what comes of verifying a report's bytes, and its record where it has one.

    ``expected`` is a digest that came another way, ``key`` the certificate by which it must be signed. What a signature
    stands behind is verified as it was before it was signed.
    """
    findings = Findings()
    raw, is_signed = without_signature(whole)
    try:
        reading = read_pdf(raw)
        _structure(findings, reading)
        record, differences = read_record(reading)
    except Unreadable as reason:
        findings.differs("file", f"the file is damaged, or no PDF that can be read: {reason}")
        return findings, None
    except NoRecord as reason:
        findings.differs("record", f"this is no report that can be verified: {reason}")
        return findings, None
    if differences:
        findings.differs("attachments", "what the file carries is not what its record names", differences[:SHOWN])
    else:
        count = len(record.files)
        findings.holds("attachments", f"{count} attached files are those that the record names, by SHA-256")
    job = _computed(findings, record)
    if job is not None:
        _printed(findings, record, reading, job, raw)
    if is_signed or key is not None:
        _signature(findings, whole if is_signed else None, raw, key)
    _origin(findings, record, whole, raw, expected)
    return findings, record


def _structure(findings: Findings, reading: Reading) -> None:
    if reading.faults:
        said = "the file is not built as a report is"
        findings.differs("file", said, [f"{check}: {what}" for check, what in reading.faults][:SHOWN])
    else:
        findings.holds("file", "one revision; no script, action, form, layer, foreign annotation or hidden object")


def _computed(findings: Findings, record: Record) -> Job | None:
    """Compute everything again and compare it with what is carried; return the report as it should be."""
    if record.method != METHOD:
        findings.differs("computing", f"it was scored by {record.method}, and this program knows {METHOD}")
        return None
    job = computed(findings, record, made_again)
    if job is None:
        return None
    if places := list(_other_contents(record, job)):
        findings.differs("computing", "what is computed from its documents is not what it carries", places[:SHOWN])
    else:
        said = "what it carries is what its pages are made from"
        again = f"scores and results were computed again by {METHOD}, and are the same"
        findings.holds("computing", said if record.kind == PUBLIC else again)
    if record.kind in TAKEN:
        findings.leaves_open("computing", TAKEN[record.kind])
    return job


def computed(findings: Findings, record: Record, make: Callable[[Laid], Made]) -> Made | None:
    """Return what is made of the documents that a report carries; None, with a finding, where nothing can be."""
    try:
        with tempfile.TemporaryDirectory(prefix=FOLDER) as folder:
            return make(lay_out(record, Path(folder)))
    except (InvalidDocument, Mismatch) as invalid:
        said = "its own documents do not give what it says"
        findings.differs("computing", said, [_said(problem) for problem in invalid.problems[:SHOWN]])
    except (KeyError, TypeError, ValueError, LookupError, OSError) as error:
        findings.differs("computing", f"the record does not say what it takes to compute the report again: {error}")
    return None


def _said(problem: object) -> str:
    """Return a problem without the folder in which the documents were laid out."""
    said = str(problem)
    at = said.find(f"/{FOLDER}")
    return said if at < 0 else said[said.find("/", at + 1) + 1 :]


def _other_contents(record: Record, job: Job) -> Iterator[str]:
    """Yield the carried files that are not what is computed: results, canonical forms, and the record itself."""
    again = {attachment.name: attachment for attachment in (job.inside.attachments if job.inside else ())}
    carried = {file.name: file for file in record.files.values()}
    for name in sorted({*again, *carried} - {RECORD}):
        if name not in carried:
            yield f"{name} is not carried"
        elif name not in again:
            yield f"{name} belongs to no such report"
        elif again[name].data != carried[name].data:
            found, expected = digests.digest_bytes(carried[name].data), digests.digest_bytes(again[name].data)
            yield f"{name} is {found}, and {expected} when it is computed"
        elif again[name].relationship != carried[name].relationship:
            yield f"{name} is carried as {carried[name].relationship}"
    if is_of_now(record) and again[RECORD].data != record.raw:
        yield f"{RECORD} says otherwise than the documents give"


def is_of_now(record: Record) -> bool:
    """Return whether a report was made by the very versions that are here."""
    return (record.program, record.templates, dict(record.printed_by)) == (
        __version__,
        templates_digest(),
        {name: version(name) for name in PRINTERS},
    )


def _printed(findings: Findings, record: Record, reading: Reading, job: Job, raw: bytes) -> None:
    """Print the report again, and compare."""
    try:
        expected = render_pdf(job.html, record.inside())
    except RenderingFailed as failed:
        findings.differs("pages", f"the report cannot be printed again: {failed}")
        return
    if expected == raw:
        findings.holds(
            "pages", f"printed again, all {reading.pages} pages and the whole file are the same, byte by byte"
        )
        return
    try:
        places = compare_pdf(raw, expected)
        if not places:
            findings.holds(
                "pages", f"printed again, all {reading.pages} pages are the same; the file is packed otherwise"
            )
        elif is_of_now(record):
            said = [place_in_words(place) for place in places]
            findings.differs("pages", "printed again, the file is another", said)
        else:
            _texts(findings, record, raw, expected)
    except Unreadable as reason:
        findings.differs("pages", f"the file is damaged: {reason}")


def _texts(findings: Findings, record: Record, raw: bytes, expected: bytes) -> None:
    """Compare what pages say where other versions printed them."""
    made = ", ".join([f"selfassess {record.program}", *(f"{name} {of}" for name, of in record.printed_by.items())])
    found, again = page_texts(raw), page_texts(expected)
    pages = [str(n) for n, (one, other) in enumerate(zip(found, again, strict=False), start=1) if one != other]
    if found == again:
        findings.holds("pages", "printed again, all pages say the same")
        findings.leaves_open("pages", f"how they look was not compared: the report was made by {made}; verify it there")
    else:
        said = f"the report was made by {made}, and printed by other versions its pages say something else"
        findings.differs("pages", said, [f"page {number}" for number in pages[:SHOWN]])


def _signature(findings: Findings, whole: bytes | None, raw: bytes, key: Path | None) -> None:
    """Say who signed, and whether the signature stands behind this very report and nothing else."""
    if whole is None:
        findings.differs("signature", "it is not signed")
        return
    try:
        found = read_signature(whole, key)
        faults = [*found.faults, *(f"it adds more than itself: {place}" for place in added_by_signature(whole, raw))]
    except MachineError as missing:
        if key is not None:
            raise
        findings.leaves_open("signature", f"it is signed, which was not looked at: {missing}")
        return
    except UsageError:
        raise
    except (ValueError, LookupError, TypeError, Unreadable) as reason:
        findings.differs("signature", f"its signature cannot be read: {reason}")
        return
    said = f"{found.signer}, {found.moment} by the signer's clock, certificate {found.certificate}"
    if faults:
        findings.differs("signature", f"the signature of {said} does not hold", faults[:SHOWN])
    elif found.is_trusted is False:
        findings.differs("signature", f"signed by {said}: this is not the certificate that was given")
    elif found.is_trusted:
        findings.holds("signature", f"signed by {said}; it covers the whole file, and the certificate is the given one")
    else:
        findings.holds("signature", f"signed by {said}; it covers the whole file")
        findings.leaves_open("signature", "whose certificate that is was not checked: give it with --key")


def _origin(findings: Findings, record: Record, whole: bytes, raw: bytes, expected: str | None) -> None:
    if expected is None:
        if not any(f.check == "signature" and "the given one" in f.said for f in findings.found):
            findings.leaves_open("origin", UNCHECKED)
        return
    known = {digests.digest_bytes(whole): "this file"}
    if whole == raw:  # a signature of another hand is another file
        known |= {record.digest: "this report's record"}
    known |= {
        digests.digest_bytes(data): name
        for name, data in record.below("results/").items()
        if name.endswith(("assessment.json", "ranking.json", "annex.json", "statistics.json"))
    }
    if expected in known:
        findings.holds("origin", f"the expected digest is that of {known[expected]}")
    else:
        findings.differs("origin", f"the expected digest {expected} is neither that of this file nor of its results")
