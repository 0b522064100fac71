"""Read the results of an earlier round: each file by its digest, each assessment computed again from its documents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selfassess import digests, limits
from selfassess.assessments import Opened, reopen
from selfassess.identifiers import is_digest, is_folder_name, is_supplier_id
from selfassess.library import Library
from selfassess.model.assessment import Assessment
from selfassess.plan import ScoringPlan
from selfassess.problems import Code, Fault, InvalidDocument, Problem
from selfassess.results import RANKING_FORMAT
from selfassess.sources import Source, of_file, read_bytes, read_json

MANIFEST, RANKING, ASSESSMENT = "manifest.json", "ranking.json", "assessment.json"
MANIFEST_FORMAT = "selfassess/manifest@1"
PARTS = 3  # an assessment lies in <supplier>/<lot>/


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """The results of an earlier round: ``digest`` is that of its manifest, which names every file by its own.

    ``plain`` is its ranking; ``opened`` are the assessments that could be computed again, ``problems`` say of the
    others why not, naming files below ``folder``. ``raw`` are the bytes of what was read, by name.
    """

    folder: str
    digest: str
    plain: Mapping[str, Any]
    opened: Mapping[tuple[str, str], Opened]
    problems: tuple[Problem, ...]
    raw: Mapping[str, bytes]

    @property
    def bids(self) -> frozenset[str]:
        """Return every bid of the earlier round, scored or not."""
        return frozenset(str(bid["supplier"]) for bid in self.plain["bids"])

    @property
    def scored(self) -> dict[tuple[str, str], tuple[ScoringPlan, Assessment]]:
        """Return plan and assessment of every bid and lot that could be computed again."""
        return {key: (opened.plan, opened.assessment) for key, opened in self.opened.items()}


def read_previous(folder: Path, library: Library) -> Previous:
    """Return the results that lie in a folder; ``InvalidDocument`` when manifest or ranking cannot be used."""
    raw = read_bytes(folder / MANIFEST, limits.RESPONSE_BYTES, f"{folder}/{MANIFEST}")
    manifest = read_json(raw, f"{folder}/{MANIFEST}")
    files = files_in_manifest(manifest)
    if RANKING not in files:
        raise InvalidDocument([_mismatch(f"{folder}/{RANKING}", "the manifest does not name it")])
    ranking = _read(folder, RANKING, files[RANKING])
    plain = _ranking(ranking)
    opened, problems, kept = {}, [], {MANIFEST: raw, RANKING: ranking.raw}
    for name, digest in sorted(files.items()):
        parts = name.split("/")
        if len(parts) != PARTS or parts[-1] != ASSESSMENT:
            continue
        supplier, lot = parts[0], parts[1]
        if not is_supplier_id(supplier) or not is_folder_name(lot):
            problems.append(_mismatch(f"{folder}/{name}", "its place is no supplier's and lot's"))
            continue
        try:
            source = _read(folder, name, digest)
            kept[name] = source.raw
            opened[supplier, lot] = _opened(source, supplier, lot, library)
        except InvalidDocument as invalid:
            problems += invalid.problems
    return Previous(
        folder=str(folder),
        digest=digests.digest_bytes(raw),
        plain=plain,
        opened=opened,
        problems=tuple(sorted(set(problems))),
        raw=kept,
    )


def files_in_manifest(manifest: Source) -> dict[str, str]:
    """Return the files that a manifest names, with their digests; ``InvalidDocument`` where it is no manifest."""
    plain = manifest.data
    if not isinstance(plain, dict) or plain.get("format") != MANIFEST_FORMAT:
        raise _other_format(manifest, MANIFEST_FORMAT)
    files = plain.get("files")
    if not isinstance(files, dict) or not all(isinstance(d, str) and is_digest(d) for d in files.values()):
        raise InvalidDocument([_mismatch(manifest.file, "its files have no digests")])
    return {str(name): str(digest) for name, digest in files.items()}


def _ranking(source: Source) -> Mapping[str, Any]:
    plain = source.data
    if not isinstance(plain, dict) or plain.get("format") != RANKING_FORMAT:
        raise _other_format(source, RANKING_FORMAT)
    bids = plain.get("bids")
    if not isinstance(bids, list) or not all(isinstance(bid, dict) and "supplier" in bid for bid in bids):
        raise InvalidDocument([_mismatch(source.file, "it lists no bids")])
    return plain


def _other_format(source: Source, expected: str) -> InvalidDocument:
    values = {"found": "another", "expected": expected}
    return InvalidDocument([source.problem(Fault(pointer="/format", code=Code.FORMAT, values=values))])


def _mismatch(file: str, reason: str) -> Problem:
    return of_file(file, Code.PREVIOUS_MISMATCH, reason=reason)


def _read(folder: Path, name: str, digest: str) -> Source:
    """Return a file of the earlier results; ``InvalidDocument`` where its bytes are not those of the manifest."""
    said = f"{folder}/{name}"
    raw = read_bytes(folder / name, limits.RESPONSE_BYTES, said)
    if digests.digest_bytes(raw) != digest:
        reason = f"its bytes are {digests.digest_bytes(raw)}, but the manifest names {digest}"
        raise InvalidDocument([_mismatch(said, reason)])
    return read_json(raw, said)


def _opened(source: Source, supplier: str, lot: str, library: Library) -> Opened:
    """Return an assessment computed again; ``InvalidDocument`` where it is not what its place and pins say."""
    opened = reopen(source, library)
    reasons = list(_mismatches(opened, supplier, lot))
    if reasons:
        raise InvalidDocument(_mismatch(source.file, reason) for reason in reasons)
    return opened


def _mismatches(opened: Opened, supplier: str, lot: str) -> Iterator[str]:
    if not opened.matches:
        yield "it is not what its own documents give"
    if (opened.assessment.supplier, opened.assessment.lot) != (supplier, lot):
        yield "it is of another bid or lot than its place says"


def printed_before(folder: Path) -> Callable[[str, str], bytes | None]:
    """Return what gives the report of a name and a key from a results folder; None where it has none as named there."""
    try:
        manifest = read_json(read_bytes(folder / MANIFEST, limits.RESPONSE_BYTES, MANIFEST), MANIFEST)
        files, printed = files_in_manifest(manifest), manifest.data.get("printed", {})
    except InvalidDocument:
        files, printed = {}, {}

    def kept(name: str, key: str) -> bytes | None:
        if not isinstance(printed, dict) or printed.get(name) != key or name not in files:
            return None
        try:
            raw = read_bytes(folder / name, limits.REPORT_FILE_BYTES, name)
        except InvalidDocument:
            return None
        return raw if digests.digest_bytes(raw) == files[name] else None

    return kept
