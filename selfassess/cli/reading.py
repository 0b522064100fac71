"""Responses to score: a file, standard input, or the lines of a bulk file."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from selfassess import limits
from selfassess.problems import Code, InvalidDocument, Place, Problem
from selfassess.sources import Source, open_plain, read_file, read_json

Opening = Callable[[], tuple[Source, Path | None]]


def response_at(path: Path) -> Opening:
    """Return what reads a response's file, or the one in a bid's folder; its evidence lies beside it."""
    at = path / "response.json" if path.is_dir() else path
    return lambda: (read_file(at), at.parent)


def response_from_stdin() -> tuple[Source, Path | None]:
    """Read a response from standard input; evidence files are not looked at."""
    return read_json(sys.stdin.buffer.read(limits.RESPONSE_BYTES + 1), "stdin"), None


def lines_of(path: Path) -> Iterator[tuple[str, Opening]]:
    """Yield every line of a bulk file as a document of its own, named by file and line."""
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
        raise InvalidDocument([_unreadable(path, error)]) from None


def _line(line: bytes, name: str) -> Opening:
    return lambda: (read_json(line.rstrip(b"\r\n"), name, limit=limits.LINE_BYTES), None)


def _unreadable(path: Path, error: OSError) -> Problem:
    code = Code.FILE_UNREADABLE
    return Problem(Place(str(path)), "", code, code.message.format(reason=error.strerror), code.hint)
