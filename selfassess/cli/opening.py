"""Find what a file on the command line stands on: the library, and a tender's own questionnaires above it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selfassess.library import Library


def library_for(path: Path) -> Library:
    """Return the library for a file or folder, with what belongs to the tender in whose folder it lies before it."""
    from selfassess.library import standard, tender_around

    tender = tender_around(path)
    return standard() if tender is None else standard().beside(tender)
