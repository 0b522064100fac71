"""Copies of the example tender: as it was published and received, or as a draft that a test may change."""

from __future__ import annotations

import shutil
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parent.parent / "examples" / "nordic-smartphones"
FROZEN = ("publication.json", "receipts.json", "annex.json", "annex.pdf")


def copy_example(folder, *, is_draft=False):
    """Copy the example tender without results; a draft has no publication and no receipts, and may be changed."""
    left_out = ("results*", ".*", *(FROZEN if is_draft else ()))
    shutil.copytree(EXAMPLE, folder, ignore=shutil.ignore_patterns(*left_out))
    return folder
