"""Exit codes, and which of several is the worst."""

from __future__ import annotations

from collections.abc import Iterable

FINE, PROBLEMS, USAGE, NOT_MET, MACHINE, OWN_FAULT = 0, 1, 2, 3, 4, 70
INTERRUPTED, CLOSED_PIPE, TERMINATED = 130, 141, 143
_WORST_FIRST = (OWN_FAULT, MACHINE, USAGE, PROBLEMS, NOT_MET, FINE)


def worst(codes: Iterable[int]) -> int:
    """Return the worst of several exit codes: 70, 4, 2, 1, 3, 0."""
    found = set(codes)
    return next((code for code in _WORST_FIRST if code in found), FINE)
