"""Responses to score: a file, standard input, or the lines of a bulk file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from selfassess import limits
from selfassess.errors import UsageError
from selfassess.problems import Code, InvalidDocument, Problem
from selfassess.sources import Source, of_file, open_plain, read_file, read_json

Opening = Callable[[], tuple[Source, Path | None]]
STDIN = "-"


def check_stdin(names: Collection[str]) -> None:
    """Raise ``UsageError`` when standard input is named and closed."""
    if STDIN in names and sys.stdin is None:
        raise UsageError("standard input is closed; name a file in place of -")


def stdin_source() -> Source:
    """Read a response from standard input."""
    return read_json(sys.stdin.buffer.read(limits.RESPONSE_BYTES + 1), "stdin")


def response_at(path: Path) -> Opening:
    """Return what reads a response's file, or the one in a bid's folder; its evidence lies beside it."""
    at = path / "response.json" if os.path.isdir(path) else path  # noqa: PTH112  never raises
    return lambda: (read_file(at), at.parent)


def response_from_stdin() -> tuple[Source, Path | None]:
    """Read a response from standard input; evidence files are not looked at."""
    return stdin_source(), None


def lines_of(path: Path) -> Iterator[tuple[str, Opening]]:
    """Yield every line of a bulk file as a document of its own, named by file and line.

    A file that cannot be read (any further) is one more document, whose opening says so: it stops no other.
    """
    try:
        with open_plain(path, str(path)) as file:
            number = 0
            while line := file.readline(limits.LINE_BYTES + 1):
                number += 1
                name = f"{path}:{number}"
                yield name, _line(line, name)
                while len(line) > limits.LINE_BYTES and not line.endswith(b"\n"):
                    line = file.readline(limits.LINE_BYTES + 1)
    except OSError as error:
        yield str(path), _unreadable(InvalidDocument([_problem(path, error)]))
    except InvalidDocument as invalid:
        yield str(path), _unreadable(invalid)


def _line(line: bytes, name: str) -> Opening:
    return lambda: (read_json(line.rstrip(b"\r\n"), name, limit=limits.LINE_BYTES), None)


def _unreadable(invalid: InvalidDocument) -> Opening:
    def fail() -> tuple[Source, Path | None]:
        raise invalid

    return fail


def _problem(path: Path, error: OSError) -> Problem:
    return of_file(str(path), Code.FILE_UNREADABLE, reason=str(error.strerror))
