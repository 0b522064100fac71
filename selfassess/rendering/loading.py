"""Load WeasyPrint without what it reads and starts beside: lists of the system, a linker and a compiler."""

from __future__ import annotations

import ctypes.util
import mimetypes
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def load() -> None:
    """Load WeasyPrint; ``OSError`` names the library of the system that is missing."""
    with _no_search(), _no_lists():
        import weasyprint  # noqa: F401, PLC0415  a third of a second, only where reports are printed


@contextmanager
def _no_search() -> Iterator[None]:
    """Let no search for a library start programs: on Linux each is found by the very name of its file or not at all.

    ``ctypes.util.find_library`` runs ``ldconfig``, ``gcc`` and ``ld`` for each name that the linker does not know, and
    WeasyPrint asks for the names of all systems in turn.
    """
    search = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005  the signature of what it stands for
    try:
        yield
    finally:
        ctypes.util.find_library = search


@contextmanager
def _no_lists() -> Iterator[None]:
    """Let the system's lists of media types not be read: a report names its media types itself."""
    files, is_read = mimetypes.knownfiles, mimetypes.inited
    mimetypes.knownfiles = []
    try:
        yield
    finally:
        mimetypes.knownfiles = files
        if not is_read:  # whoever asks later reads them
            mimetypes.inited, mimetypes._db = False, None  # type: ignore[attr-defined]  # noqa: SLF001
