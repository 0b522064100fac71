"""Read a text into plain data that knows its lines: JSON and YAML, strictly."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO

from selfassess import limits
from selfassess.problems import Code, InvalidDocument, Place, Problem
from selfassess.sources.flaws import with_flaws
from selfassess.sources.json_text import parse_json, read_json
from selfassess.sources.plain import OddNumber, Plain, Source
from selfassess.sources.yaml_text import read_yaml

__all__ = [
    "OddNumber",
    "Plain",
    "Source",
    "names_in",
    "open_plain",
    "parse_json",
    "read_bytes",
    "read_file",
    "read_json",
    "read_yaml",
    "with_flaws",
]


def open_plain(path: Path, name: str) -> BinaryIO:
    """Return a plain file opened to be read; ``InvalidDocument`` when it is missing or no plain file.

    Without ``O_NONBLOCK`` the opening of a pipe that nobody writes to would wait for ever.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        if stat.S_ISREG(os.fstat(descriptor).st_mode):
            return os.fdopen(descriptor, "rb")
        os.close(descriptor)
    except FileNotFoundError:
        raise InvalidDocument([of_file(name, Code.FILE_MISSING)]) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InvalidDocument([of_file(name, Code.FILE_UNREADABLE, reason=reason)]) from None
    raise InvalidDocument([of_file(name, Code.FILE_UNREADABLE, reason="it is no plain file")])


def read_bytes(path: Path, limit: int, name: str) -> bytes:
    """Return a plain file's bytes; ``InvalidDocument`` when it is missing, no plain file, or larger than ``limit``."""
    with open_plain(path, name) as file:
        try:
            raw = file.read(limit + 1)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise InvalidDocument([of_file(name, Code.FILE_UNREADABLE, reason=reason)]) from None
        if len(raw) > limit:
            size = str(os.fstat(file.fileno()).st_size)
            raise InvalidDocument([of_file(name, Code.LIMIT_SIZE, size=size, limit=str(limit))])
    return raw


def names_in(folder: Path, said: str) -> list[str]:
    """Return the sorted names in a folder, none where there is none; ``InvalidDocument`` where it is closed."""
    try:
        names = sorted(path.name for path in folder.iterdir())
        for name in names[:1]:
            (folder / name).lstat()  # a folder may let its names be read and nothing else
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise InvalidDocument([of_file(said, Code.FILE_UNREADABLE, reason=reason)]) from None
    return names


def read_file(path: Path, name: str | None = None) -> Source:
    """Return the source of a document, JSON or YAML by its suffix; ``name`` is how the user named it."""
    said = str(path) if name is None else name
    if path.suffix in (".yaml", ".yml"):
        return read_yaml(read_bytes(path, limits.DOCUMENT_BYTES, said), said)
    return read_json(read_bytes(path, limits.RESPONSE_BYTES, said), said)


def of_file(file: str, code: Code, **values: str) -> Problem:
    """Return a problem of a whole file."""
    return Problem(Place(file), "", code, code.message.format(**values), code.hint.format(**values), values=values)
