"""Write whole files or none, and exchange a results folder whole.

A file is written beside its name, synced and renamed; a folder is built beside the old one and exchanged for it. A
crash leaves the old or the new; what it leaves lying is known by its name and cleaned at the next start.
"""

from __future__ import annotations

import ctypes
import fcntl
import glob
import itertools
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from selfassess.errors import Busy

NEW, OLD = ".selfassess-new", ".selfassess-old"
_EXCHANGE = 2  # RENAME_EXCHANGE of renameat2(2)
_AT_FDCWD = -100
_FLAGS = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def write_file(path: Path, data: bytes, *, may_replace: bool = True) -> None:
    """Write a whole file or nothing; raises ``FileExistsError`` where one is there that may not be replaced."""
    with whole_file(path, may_replace=may_replace) as file:
        file.write(data)


@contextmanager
def whole_file(path: Path, *, may_replace: bool = True) -> Iterator[BinaryIO]:
    """Yield a new file that takes its name when all is written; what fails on the way leaves nothing."""
    beside = path.with_name(f".{path.name}{NEW}-{os.getpid()}")
    with suppress(FileNotFoundError):
        beside.unlink()
    try:
        with os.fdopen(os.open(beside, _FLAGS, 0o644), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if may_replace:
            beside.replace(path)
        else:
            os.link(beside, path)
            beside.unlink()
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    sync_folder(path.parent)


@contextmanager
def whole_folder(target: Path) -> Iterator[Path]:
    """Yield a new folder that takes its name when all is written; ``FileExistsError`` where that name is taken."""
    if os.path.lexists(target):
        raise FileExistsError(f"{target} is there already; nothing is replaced")
    new = _beside(target, f"{NEW}-{os.getpid()}")
    shutil.rmtree(new, ignore_errors=True)
    new.mkdir(parents=True)
    try:
        yield new
        for folder, _, names in os.walk(new):
            for name in names:
                sync_file(Path(folder, name))
            sync_folder(Path(folder))
        new.rename(target)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Make sure that a file's bytes are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write(path: Path, data: bytes) -> None:
    descriptor = os.open(path, _FLAGS, 0o644)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder are on the disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_folder(target: Path, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write a folder of files, whole, in place of the one that is there; the last file is written last.

    Returns what this or an earlier run left lying since it could not be removed; what was written stands all the same.
    """
    left = recover(target)
    names = (_beside(target, f"{NEW}.{number}" if number else NEW) for number in itertools.count())
    new = next(path for path in names if path not in left)
    try:
        new.mkdir()
        for name, data in files.items():
            path = new / name
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, data)
        for folder, _, _ in os.walk(new):
            sync_folder(Path(folder))
        old = exchange_folder(new, target)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    return left if old is None or _removed(old) else (*left, old)


def exchange_folder(new: Path, target: Path) -> Path | None:
    """Put ``new`` in the place of ``target``; return where the folder that stood there lies now, if one did."""
    old = None
    if not target.exists() and not target.is_symlink():
        new.rename(target)
    elif target.is_symlink() or not target.is_dir():
        target.unlink()
        new.rename(target)
    elif _exchanged(new, target):
        old = new
    else:
        old = _beside(target, OLD)
        target.rename(old)
        new.rename(target)
    sync_folder(target.parent)
    return old


def _removed(folder: Path) -> bool:
    """Remove a folder, also one that its owner has closed; return whether nothing is left of it."""
    with suppress(OSError):
        folder.chmod(0o700)
        for at, names, _ in os.walk(folder):
            for path in (Path(at, name) for name in names):
                if not path.is_symlink():
                    path.chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()


def _exchanged(new: Path, target: Path) -> bool:
    """Exchange two names at once where the system can; return whether it did."""
    renameat2 = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if renameat2 is None:
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(target), _EXCHANGE) == 0)


def recover(target: Path) -> tuple[Path, ...]:
    """Bring back the old folder where a crash left none, and remove what it left lying; return what cannot be."""
    old = _beside(target, OLD)
    if old.exists() and not target.exists():
        old.rename(target)
    lying = (old, *sorted(target.parent.glob(f".{glob.escape(target.name)}{NEW}*")))
    left = tuple(path for path in lying if path.is_dir() and not _removed(path))
    for stale in target.parent.glob(f".*{NEW}-*"):
        with suppress(OSError):
            stale.unlink()
    return left


def _beside(target: Path, suffix: str) -> Path:
    return target.with_name(f".{target.name}{suffix}")


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold a folder for one run; raises ``Busy`` at once when another run holds it."""
    path = folder / ".selfassess-lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.pread(descriptor, 100, 0).decode("ascii", "replace").strip()
            raise Busy(str(folder), holder) from None
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, f"process {os.getpid()}\n".encode(), 0)
        try:
            yield
        finally:
            with suppress(OSError):
                path.unlink()
    finally:
        os.close(descriptor)
