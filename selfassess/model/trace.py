"""A number with its reasons: the rule that made it and the numbers that it was made from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceNode:
    """A number, the rule that made it, where the rule stands, and the numbers it was made from.

    ``value`` is None where there is nothing to sum; ``said`` tells in words what is no number.
    """

    name: str
    rule: str
    value: Fraction | None = None
    said: str = ""
    reference: str = ""
    children: tuple[TraceNode, ...] = ()
