"""The repairability index of smartphones, recomputed exactly from its sub-scores.

Source: Commission Delegated Regulation (EU) 2023/1669, annex IV, point 5, and annex II (classes).
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

WEIGHTS: Mapping[str, Fraction] = {
    "disassembly": Fraction(25, 100),
    "fasteners": Fraction(15, 100),
    "tools": Fraction(15, 100),
    "spare_parts": Fraction(15, 100),
    "updates": Fraction(15, 100),
    "information": Fraction(15, 100),
}
CLASSES = (("A", "4.00"), ("B", "3.35"), ("C", "2.55"), ("D", "1.75"), ("E", "1.00"))


def index_of(parts: Mapping[str, object]) -> Fraction | None:
    """Return the index R from 1 to 5, None where a sub-score is not there."""
    total = Fraction(0)
    for part, weight in WEIGHTS.items():
        score = parts.get(part)
        if not isinstance(score, Decimal):
            return None
        total += weight * Fraction(score)
    return total


def class_of(index: Fraction) -> str:
    """Return the repairability class of an index; below 1.00 there is none."""
    return next((name for name, start in CLASSES if index >= Fraction(start)), "none")
