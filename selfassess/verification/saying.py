"""Say in plain words where a report's file is not what it should be, and what a verification found."""

from __future__ import annotations

import re
from typing import Any

from selfassess.verification.findings import Finding, Findings, Verdict

MARKS = {Verdict.HOLDS: "✓", Verdict.DIFFERS: "✗", Verdict.OPEN: "–"}
PLACES = (
    (re.compile(r"/Root/Pages/Kids/([0-9]+)/Contents"), "page {0}: what is drawn there"),
    (re.compile(r"/Root/Pages/Kids/([0-9]+)/Annots"), "page {0}: its links and annotations"),
    (re.compile(r"/Root/Pages/Kids/([0-9]+)"), "page {0}"),
    (re.compile(r"/Root/Pages"), "the pages"),
    (re.compile(r"/Root/Names/EmbeddedFiles/Names/([0-9]+)"), "an attached file"),
    (re.compile(r"/Root/(?:AF|Names)"), "the attached files"),
    (re.compile(r"/Root/Metadata"), "the metadata"),
    (re.compile(r"/Root/StructTreeRoot"), "the tags that screen readers follow"),
    (re.compile(r"/Root/Outlines"), "the bookmarks"),
    (re.compile(r"/Root/(?:OpenAction|AA)"), "an action"),
    (re.compile(r"/Info"), "the document information"),
    (re.compile(r"/ID"), "the identifier"),
)


def place_in_words(path: str) -> str:
    """Return what stands at a path of a file's objects, with the path."""
    for pattern, said in PLACES:
        match = pattern.match(path)
        if match:
            numbers = [str(int(group) + 1) for group in match.groups()]
            return f"{said.format(*numbers)} ({path})"
    return path


def finding_plain(finding: Finding) -> dict[str, Any]:
    """Return a finding as plain data."""
    return {
        "check": finding.check,
        "verdict": finding.verdict.value,
        "said": finding.said,
        "places": list(finding.places),
    }


def lines(findings: Findings) -> list[str]:
    """Return every finding as lines of text."""
    said = []
    for finding in findings.found:
        said.append(f"{MARKS[finding.verdict]} {finding.check}: {finding.said}")
        said += [f"    {place}" for place in finding.places]
    return said
