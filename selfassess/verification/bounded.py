"""Work on a foreign file in a process of its own, bounded in time and memory."""

from __future__ import annotations

import os
import resource
import select
import signal
import time
from collections.abc import Callable
from contextlib import suppress

from selfassess import limits
from selfassess.rendering.printing import held_memory

CHUNK = 1 << 20
DONE, FAILED = b"+", b"-"


class Unreadable(Exception):
    """The work could not be done; the reason says why."""


def bounded(work: Callable[[], bytes]) -> bytes:
    """Return what a function gives in a process of its own; ``Unreadable`` where it fails or takes too much."""
    reading, writing = os.pipe()
    process = os.fork()
    if not process:
        os.close(reading)
        _run(work, writing)
    os.close(writing)
    try:
        said = _read(reading, time.monotonic() + limits.VERIFY_SECONDS)
    finally:
        os.close(reading)
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    if said[:1] == DONE:
        return said[1:]
    raise Unreadable(said[1:].decode("utf-8", "replace") or "it takes too much time or memory")


def _run(work: Callable[[], bytes], writing: int) -> None:
    """Do the work, say what it gives, and end."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_CPU, (limits.VERIFY_SECONDS, limits.VERIFY_SECONDS))
        most = limits.VERIFY_BYTES + held_memory()
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        said = DONE + work()
    except BaseException as error:  # noqa: BLE001  a child says why and ends, whatever happened
        reason = "it takes too much memory" if isinstance(error, MemoryError) else str(error) or type(error).__name__
        said = FAILED + reason.encode("utf-8", "replace")
    try:
        while said:
            said = said[os.write(writing, said[:CHUNK]) :]
    finally:
        os._exit(0)


def _read(reading: int, deadline: float) -> bytes:
    """Return everything that comes until the end, or until it is too late."""
    pieces: list[bytes] = []
    while (left := deadline - time.monotonic()) > 0 and select.select([reading], [], [], left)[0]:
        piece = os.read(reading, CHUNK)
        if not piece:
            return b"".join(pieces)
        pieces.append(piece)
    return FAILED
