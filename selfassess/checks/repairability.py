"""The repairability index of smartphones, recomputed exactly from its sub-scores, and these from the steps.

Source: Commission Delegated Regulation (EU) 2023/1669, annex IV, point 5, and annex II, table 4 (classes), as
consolidated on 10 May 2026.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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

# The weights of the priority parts, the same for disassembly depth, fasteners and tools.
HINGE = "hinge"
SMALL_PARTS = ("front-camera", "rear-camera", "charging-port", "mechanical-button", "microphone", "speaker")
PART_WEIGHTS: Mapping[str, Fraction] = {
    "battery": Fraction(30, 100),
    "display": Fraction(30, 100),
    "back-cover": Fraction(10, 100),
    **dict.fromkeys(SMALL_PARTS, Fraction(5, 100)),
}
FOLDABLE_WEIGHTS: Mapping[str, Fraction] = {
    "battery": Fraction(25, 100),
    "display": Fraction(25, 100),
    "back-cover": Fraction(9, 100),
    **dict.fromkeys(SMALL_PARTS, Fraction(4, 100)),
    HINGE: Fraction(17, 100),
}
DEPTH = ((2, 5), (5, 4), (10, 3), (15, 2))  # up to so many steps, so many points; more steps: 1
FASTENERS: Mapping[str, int] = {"reusable": 5, "resupplied": 3, "removable": 1}
TOOLS: Mapping[str, int] = {"none": 5, "basic": 4, "with-part": 3, "with-product": 2, "commercial": 1}
BEST = 5  # also of a part that the product does not have
REMOTE_STEPS = 5  # of each of remote notification and remote authorisation


@dataclass(frozen=True, slots=True, kw_only=True)
class PartAccess:
    """How a priority part is reached: steps, remote actions (0 to 2), kinds of fastener and tool (None: not said)."""

    part: str
    steps: Decimal
    remote: Decimal = Decimal(0)
    fastener: str | None = None
    tool: str | None = None


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


def depth_points(steps: Decimal, remote: Decimal = Decimal(0)) -> int:
    """Return the points of a disassembly depth; each remote action counts as five further steps."""
    total = steps + REMOTE_STEPS * remote
    return next((points for most, points in DEPTH if total <= most), 1)


def sub_scores_of(parts: Iterable[PartAccess]) -> Mapping[str, Fraction]:
    """Return the sub-scores disassembly, fasteners and tools, from 1 to 5, as far as the parts say enough.

    A part that is there more than once counts with the lowest points, one without a row counts as absent with the
    best; a model with a hinge is foldable.
    """
    known = tuple(parts)
    weights = FOLDABLE_WEIGHTS if any(part.part == HINGE for part in known) else PART_WEIGHTS
    points = {
        "disassembly": [(part.part, depth_points(part.steps, part.remote)) for part in known],
        "fasteners": [(part.part, FASTENERS[part.fastener]) for part in known if part.fastener],
        "tools": [(part.part, TOOLS[part.tool]) for part in known if part.tool],
    }
    return {name: _weighed(weights, own) for name, own in points.items() if own and len(own) == len(known)}


def _weighed(weights: Mapping[str, Fraction], points: Iterable[tuple[str, int]]) -> Fraction:
    """Return the weighted points of all priority parts, each with its lowest, or the best where it has none."""
    lowest: dict[str, int] = {}
    for part, own in points:
        lowest[part] = min(own, lowest.get(part, BEST))
    return sum((weight * lowest.get(part, BEST) for part, weight in weights.items()), Fraction(0))
