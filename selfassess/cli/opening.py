"""Find what a file on the command line stands on: the library, and a tender's own questionnaires above it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selfassess.library import Library


def library_for(path: Path) -> Library:
    """Return the library for a file, with the questionnaires of the tender's folder that it lies in before it."""
    from selfassess.library import standard

    library = standard()
    tender = next((folder for folder in path.resolve().parents if (folder / "tender.yaml").exists()), None)
    return library.beside(tender) if tender is not None else library
