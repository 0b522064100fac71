"""What a reader will see of pooled demand, lawfulness and earlier rounds, as strings."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.languages import message
from selfassess.scorecard.cards import Strips


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCard:
    """A plain table with its heading, and a sentence before it; the page says ``empty`` where it has no rows.

    ``first`` is the width of the first column by its class, where the columns are not equal.
    """

    title: str
    said: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    empty: str = message("None.")
    first: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointCard:
    """Pooled demand: what pooled means, the buyers, and tables for each lot."""

    said: str
    buyers: TableCard
    tables: tuple[TableCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityCard:
    """How far the result of one lot is from turning: sentences, how far weights may move, and tables."""

    lot: str
    title: str
    said: tuple[str, ...]
    weights: Strips | None
    tables: tuple[TableCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LawfulnessCard:
    """The share of environment and circularity in each lot, and what may be unlawful, with references."""

    shares: TableCard
    warnings: TableCard


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonCard:
    """What changed since an earlier round: how rounds are compared, and tables."""

    said: str
    tables: tuple[TableCard, ...]
