"""Load WeasyPrint without the search for libraries that starts a linker and a compiler from the user's path."""

from __future__ import annotations

import ctypes.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager


def load() -> None:
    """Load WeasyPrint; ``OSError`` names the library of the system that is missing."""
    with _no_search():
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
