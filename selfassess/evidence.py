"""Files beside a bid: named, opened safely, hashed, never parsed.

A file is opened part by part below the bid's folder, links are not followed, and what is hashed is what was opened.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from selfassess import limits
from selfassess.digests import Digesting
from selfassess.identifiers import RESERVED
from selfassess.problems import Code

PART = re.compile(r"[A-Za-z0-9_-](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?", re.ASCII)
CHUNK = 1024 * 1024
_FLAGS = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFinding:
    """What became of one declared file: its digest, or the code of what is wrong with the values that say so.

    ``size`` is how many bytes were read.
    """

    path: str
    digest: str | None = None
    size: int = 0
    code: Code | None = None
    values: dict[str, object] = field(default_factory=dict)


def is_safe_path(path: str) -> bool:
    """Return whether a declared path can lie below a bid's folder on every file system."""
    parts = path.split("/")
    return 1 <= len(parts) <= limits.PATH_PARTS and all(
        len(part) <= limits.PATH_PART_BYTES and PART.fullmatch(part) and not RESERVED.fullmatch(part.lower())
        for part in parts
    )


def examine(folder: Path, files: Sequence[tuple[str, str | None]]) -> tuple[FileFinding, ...]:
    """Return a finding for each declared file, given as path and declared digest (None: not declared).

    A file that is declared several times is read once, and no more of a bid is read than ``BID_BYTES``.
    """
    read: dict[str, FileFinding] = {}
    left = limits.BID_BYTES
    for path, _ in files:
        if path not in read:
            read[path] = _examined(folder, path, left)
            left -= read[path].size
    return tuple(compared(read[path], declared) for path, declared in files)


def compared(finding: FileFinding, declared: str | None) -> FileFinding:
    """Return a finding, at fault where the file is not the declared one."""
    if finding.digest is None or declared in (None, finding.digest):
        return finding
    values: dict[str, object] = {"path": finding.path, "found": finding.digest, "expected": declared}
    return replace(finding, code=Code.EVIDENCE_HASH, values=values)


def _examined(folder: Path, path: str, left: int) -> FileFinding:
    """Return what a file holds; ``left`` is how many bytes of the bid may still be read."""
    if not is_safe_path(path):
        return FileFinding(path=path, code=Code.EVIDENCE_PATH, values={"path": path})
    try:
        with ExitStack() as stack:
            descriptor = _opened(folder, path.split("/"), stack)
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
                return FileFinding(path=path, code=Code.EVIDENCE_LINK, values={"path": path})
            if status.st_size > limits.EVIDENCE_BYTES:
                values: dict[str, object] = {"path": path, "limit": str(limits.EVIDENCE_BYTES)}
                return FileFinding(path=path, code=Code.EVIDENCE_SIZE, values=values)
            if status.st_size > left:
                values = {"path": f"the evidence up to {path}", "limit": str(limits.BID_BYTES)}
                return FileFinding(path=path, code=Code.EVIDENCE_SIZE, values=values)
            return FileFinding(path=path, digest=_digest(descriptor), size=status.st_size)
    except FileNotFoundError:
        return FileFinding(path=path, code=Code.EVIDENCE_MISSING, values={"path": path})
    except OSError:
        return FileFinding(path=path, code=Code.EVIDENCE_LINK, values={"path": path})


def _opened(folder: Path, parts: Sequence[str], stack: ExitStack) -> int:
    """Return a descriptor of the file, opened part by part so that nothing on the way can be swapped for a link."""
    at = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    stack.callback(os.close, at)
    for part in parts[:-1]:
        at = os.open(part, _FLAGS | os.O_DIRECTORY, dir_fd=at)
        stack.callback(os.close, at)
    descriptor = os.open(parts[-1], _FLAGS, dir_fd=at)
    stack.callback(os.close, descriptor)
    return descriptor


@contextmanager
def opened(folder: Path, path: str) -> Iterator[BinaryIO]:
    """Yield a file of a bid, opened as safely as it is examined; ``OSError`` where it is no plain file of its own."""
    with ExitStack() as stack:
        descriptor = _opened(folder, path.split("/"), stack)
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_nlink != 1:
            raise OSError(f"{path} is not a plain file of its own")
        with os.fdopen(os.dup(descriptor), "rb") as file:
            yield file


def _digest(descriptor: int) -> str:
    digesting = Digesting()
    while chunk := os.read(descriptor, CHUNK):
        digesting.update(chunk)
    return digesting.digest


def unlisted(folder: Path, listed: Collection[str]) -> tuple[str, ...]:
    """Return the files in a bid's folder that its response does not list, the response itself left out."""
    known = {*listed, "response.json", "questions.md"}
    return tuple(path for path in sorted(_files(folder, "", limits.PATH_PARTS)) if path not in known)


def _files(folder: Path, prefix: str, deeper: int) -> Iterator[str]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False) and deeper:
                yield from _files(Path(entry.path), f"{prefix}{entry.name}/", deeper - 1)
            else:
                yield f"{prefix}{entry.name}"
