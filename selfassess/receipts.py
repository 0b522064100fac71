"""Receipts of a tender's folder: given for every byte that lies there, and compared with what lies there later.

What counts is what a file was at the deadline. Prices are hashed when they are received, and not looked at again until
quality is scored.
"""

from __future__ import annotations

import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from selfassess import digests, limits
from selfassess.errors import UsageError
from selfassess.model.receipts import Receipt, Receipts
from selfassess.problems import Code, Fault, InvalidDocument, Mismatch, Problem
from selfassess.schemas import Document, load_receipts
from selfassess.sources import of_file, read_file, read_json

FILE, PRICES, BIDS = "receipts.json", "prices.csv", "bids"
FORMAT = "selfassess/receipts@1"
NOTHING, NO_FILE = "nothing", "no plain file"
CHUNK = 1024 * 1024
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class NotAsReceived(Mismatch):
    """What lies in the folder is not what was received by the deadline."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Print:
    """The digests and the size of one file as found; without a raw digest it is no plain file."""

    raw_digest: str | None
    size: int = 0
    digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """The receipts of a tender's folder, checked; ``tip`` is the digest of the last one, which binds all before it."""

    name: str
    document: Document[Receipts]
    tip: str
    on_time: Mapping[str, str]
    late: Mapping[str, Receipt]

    def compare_prices(self, raw: bytes) -> None:
        """Raise ``NotAsReceived`` where the prices that were read are not those that were received."""
        _refuse(self._difference(PRICES, digests.digest_bytes(raw)))

    def compare(self, folder: Path, prints: Mapping[str, str]) -> None:
        """Raise ``NotAsReceived`` naming every file but the prices that is changed, missing, added or late.

        ``prints`` are the digests of files that do not lie in the folder, as they were seen.
        """
        there = {path: print_of(at).raw_digest or NO_FILE for path, at in files_of(folder) if path != PRICES}
        found = {**prints, **there}
        if (folder / PRICES).exists():
            found[PRICES] = self.on_time.get(PRICES, NO_FILE)
        paths = sorted({*found, *self.on_time})
        _refuse(problem for path in paths for problem in self._difference(path, found.get(path, NOTHING)))

    def _difference(self, path: str, found: str) -> Iterator[Problem]:
        expected, late = self.on_time.get(path, NOTHING), self.late.get(path)
        if found == expected:
            return
        if late is not None and (late.raw_digest == found or (path == PRICES and expected == NOTHING)):
            values = {"path": path, "moment": late.received.isoformat(), "found": found, "expected": expected}
            yield of_file(f"{self.name}/{path}", Code.RECEIPT_LATE, **values)
        else:
            values = {"path": path, "found": found, "expected": expected}
            yield of_file(f"{self.name}/{path}", Code.RECEIPT_MISMATCH, **values)


def _refuse(problems: Iterator[Problem]) -> None:
    found = list(problems)
    if found:
        raise NotAsReceived(found)


def read_receipts(folder: Path, name: str, tender: str, deadline: datetime) -> Received | None:
    """Return a folder's receipts, None where none were given; ``NotAsReceived`` where their chain is broken.

    ``tender`` is the digest of the tender, to which the first receipt is bound.
    """
    if not (folder / FILE).exists():
        return None
    document = load_receipts(read_file(folder / FILE, f"{name}/{FILE}"))
    faults = list(chain_faults(document, tender))
    if faults:
        raise NotAsReceived(document.source.problem(fault) for fault in faults)
    on_time: dict[str, str] = {}
    late: dict[str, Receipt] = {}
    for receipt in document.content.receipts:
        if receipt.received > deadline:
            late[receipt.path] = receipt
        elif receipt.raw_digest is None:
            on_time.pop(receipt.path, None)
        else:
            on_time[receipt.path] = receipt.raw_digest
    return Received(name=name, document=document, tip=tip_of(document, tender), on_time=on_time, late=late)


def chain_faults(document: Document[Receipts], tender: str | None) -> Iterator[Fault]:
    """Yield where a receipt does not follow the one before: its digest, its number or its moment."""
    before, latest = tender, None
    pairs = zip(document.content.receipts, document.written["receipts"], strict=True)
    for index, (receipt, written) in enumerate(pairs):
        at = f"/receipts/{index}"
        if before is not None and receipt.previous != before:
            values = {"found": receipt.previous, "expected": before}
            yield Fault(pointer=f"{at}/previous", code=Code.RECEIPT_CHAIN, values=values)
        if receipt.counter != index + 1:
            values = {"found": f"number {receipt.counter}", "expected": f"number {index + 1}"}
            yield Fault(pointer=f"{at}/counter", code=Code.RECEIPT_CHAIN, values=values)
        if latest is not None and receipt.received < latest:
            values = {"found": receipt.received.isoformat(), "expected": f"{latest.isoformat()} or later"}
            yield Fault(pointer=f"{at}/received", code=Code.RECEIPT_CHAIN, values=values)
        before, latest = digests.digest(written), receipt.received


def tip_of(document: Document[Receipts], tender: str) -> str:
    """Return the digest of the last receipt, that of the tender where there is none."""
    written = document.written["receipts"]
    return digests.digest(written[-1]) if written else tender


def files_of(folder: Path) -> Iterator[tuple[str, Path]]:
    """Yield every file below the bids, then the prices, each with its path as receipts say it, in order."""
    yield from sorted(_below(folder / BIDS, BIDS)) if (folder / BIDS).is_dir() else ()
    if os.path.lexists(folder / PRICES):
        yield PRICES, folder / PRICES


def _below(folder: Path, prefix: str) -> Iterator[tuple[str, Path]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            path = f"{prefix}/{_said(entry.name)}"
            if entry.is_dir(follow_symlinks=False):
                yield from _below(Path(entry.path), path)
            else:
                yield path, Path(entry.path)


def _said(name: str) -> str:
    """Return a file's name so that every document may hold it: one that cannot be shown as it is, escaped."""
    plain = name.isprintable() and unicodedata.is_normalized("NFC", name) and "\\" not in name
    return name if plain else name.encode("unicode_escape", "surrogatepass").decode("ascii")


def print_of(path: Path) -> Print:
    """Return what names a file's bytes, and where it is JSON its meaning."""
    try:
        descriptor = os.open(path, _FLAGS)
    except OSError:
        return Print(raw_digest=None)
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            return Print(raw_digest=None)
        sha256, size, kept = hashlib.sha256(), 0, b""
        while chunk := file.read(CHUNK):
            sha256.update(chunk)
            size += len(chunk)
            if path.suffix == ".json" and size <= limits.RESPONSE_BYTES:
                kept += chunk
    raw_digest = digests.PREFIX + sha256.hexdigest()
    return Print(raw_digest=raw_digest, size=size, digest=_meaning(kept) if len(kept) == size else None)


def _meaning(raw: bytes) -> str | None:
    try:
        return digests.digest(read_json(raw, "").data)
    except ValueError:
        return None


def received_anew(
    folder: Path, name: str, tender: Mapping[str, str], received: Received | None, moment: datetime
) -> tuple[dict[str, Any], int]:
    """Return the receipts of a folder with those for what is new, changed or withdrawn, and how many these are.

    ``tender`` has its ``id`` and its ``digest``. ``UsageError`` for a moment before that of the last receipt.
    """
    entries: list[Any] = list(received.document.written["receipts"]) if received else []
    if received and received.document.content.receipts:
        last = received.document.content.receipts[-1].received
        if moment < last:
            raise UsageError(
                f"the last receipt is of {last.isoformat()}; a later one cannot be of {moment.isoformat()}"
            )
    known = _known(received.document.content.receipts if received else ())
    found = {path: print_of(at) for path, at in files_of(folder)}
    unread = [path for path, file in found.items() if file.raw_digest is None]
    if unread:
        reason = "it is no plain file"
        raise InvalidDocument(of_file(f"{name}/{path}", Code.FILE_UNREADABLE, reason=reason) for path in unread)
    before, count = digests.digest(entries[-1]) if entries else tender["digest"], len(entries)
    for path in [*found, *sorted(set(known) - set(found))]:
        file = found.get(path)
        if file is not None and known.get(path) == file.raw_digest:
            continue
        named = {} if file is None else {"raw_digest": file.raw_digest, "size": file.size}
        named |= {"digest": file.digest} if file and file.digest else {}
        receipt = {"counter": len(entries) + 1, "path": path, **named}
        entries.append(receipt | {"received": moment.isoformat(), "previous": before})
        before = digests.digest(entries[-1])
    return {"format": FORMAT, "tender": tender["id"], "receipts": entries}, len(entries) - count


def _known(receipts: Sequence[Receipt]) -> dict[str, str]:
    """Return what lay there when the last receipt was given."""
    known: dict[str, str] = {}
    for receipt in receipts:
        if receipt.raw_digest is None:
            known.pop(receipt.path, None)
        else:
            known[receipt.path] = receipt.raw_digest
    return known
