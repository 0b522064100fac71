"""What was seen of bids when they were evaluated: for those who have the documents, but not the evidence.

A report carries no evidence. What an evaluation found of it, and of bids whose response could not be read at all, is
recorded, so that whoever computes the results again takes it as recorded and says so.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from selfassess import evidence
from selfassess.evidence import FileFinding
from selfassess.problems import Code, Place, Problem

CODES = {str(code): code for code in Code}
Declared = Sequence[tuple[str, str | None]]  # path and declared digest of each document


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What was seen of one bid's evidence: a finding for each declared file, and the files that nobody declared."""

    findings: tuple[FileFinding, ...] = ()
    unlisted: tuple[str, ...] = ()

    def compared(self, files: Declared) -> tuple[FileFinding, ...]:
        """Return a finding for each declared file; the declared digests are compared anew."""
        known = {finding.path: finding for finding in self.findings}
        missing = FileFinding(path="", code=Code.EVIDENCE_MISSING)
        return tuple(
            evidence.compared(known.get(path, replace(missing, path=path, values={"path": path})), declared)
            for path, declared in files
        )


NOT_LOOKED = Look()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was seen of the bids of a tender.

    ``looks`` are by bid. ``unread`` are bids whose response is not to be had, with the problems that refused them;
    ``strays`` are problems of what else lay among the bids; ``prints`` are the digests of files that receipts name and
    that are not to be had, by path.
    """

    looks: Mapping[str, Look] = field(default_factory=dict)
    unread: Mapping[str, Sequence[Problem]] = field(default_factory=dict)
    strays: Sequence[Problem] = ()
    prints: Mapping[str, str] = field(default_factory=dict)


def look_at(folder: Path, files: Declared) -> Look:
    """Return what is to be seen of a bid's evidence in its folder."""
    findings = evidence.examine(folder, files)
    unlisted = evidence.unlisted(folder, [path for path, _ in files])
    return Look(findings=findings, unlisted=unlisted)


def look_plain(look: Look) -> dict[str, Any]:
    """Return what was seen of a bid's evidence as plain data; what differs from its declaration is told anew."""
    files = []
    for finding in {finding.path: finding for finding in look.findings}.values():
        found: dict[str, Any] = {"path": finding.path}
        if finding.digest is not None:
            found |= {"digest": finding.digest, "size": str(finding.size)}
        elif finding.code is not None:
            found |= {"code": str(finding.code), "values": {key: str(value) for key, value in finding.values.items()}}
        files.append(found)
    return {"files": files, "unlisted": list(look.unlisted)}


def read_look(plain: Mapping[str, Any]) -> Look:
    """Return what was seen of a bid's evidence from plain data; ``ValueError`` or ``KeyError`` where it is none."""
    findings = []
    for found in plain["files"]:
        if "digest" in found:
            finding = FileFinding(path=found["path"], digest=found["digest"], size=int(found["size"]))
        else:
            finding = FileFinding(path=found["path"], code=CODES[found["code"]], values=dict(found["values"]))
        findings.append(finding)
    return Look(findings=tuple(findings), unlisted=tuple(map(str, plain["unlisted"])))


def problem_of(plain: Mapping[str, Any]) -> Problem:
    """Return a problem from plain data, as results write it; ``ValueError`` or ``KeyError`` where it is none."""
    return Problem(
        place=_place(plain["place"]),
        pointer=str(plain["pointer"]),
        code=CODES[plain["code"]],
        message=str(plain["message"]),
        hint=str(plain["hint"]),
        related=tuple(_place(at) for at in plain["related"]),
    )


def _place(plain: Mapping[str, Any]) -> Place:
    return Place(str(plain["file"]), int(plain["line"]), int(plain["column"]))
