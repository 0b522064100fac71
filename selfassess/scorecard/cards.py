"""What a reader will see, as strings: the cards that templates print without computing anything."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.scorecard.further_cards import ComparisonCard, JointCard, LawfulnessCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A label and what stands beside it; ``tone`` is good, bad, open or empty."""

    label: str
    value: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar of thousandths with the claim behind it and the mark of a minimum (none: -1)."""

    label: str
    value: str
    claimed: str
    width: int
    claimed_width: int
    minimum: int = -1
    minimum_said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCard:
    """One question as a row: what was asked and answered, what it counts, and why."""

    id: str
    text: str
    answer: tuple[str, ...]
    state: str
    evidence: str
    points: str
    possible: str
    why: tuple[str, ...]
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionCard:
    """One section with its questions."""

    id: str
    title: str
    points: str
    possible: str
    questions: tuple[QuestionCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LotCard:
    """One bid in one lot."""

    lot: str
    title: str
    status: str
    tone: str
    verdict: str
    totals: tuple[Line, ...]
    gates: tuple[Line, ...]
    minima: tuple[Line, ...]
    not_applicable: tuple[Line, ...]
    open_matters: tuple[str, ...]
    bars: tuple[Bar, ...]
    weakest: tuple[Line, ...]
    raises: tuple[Line, ...]
    sections: tuple[SectionCard, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemCard:
    """A problem that was found."""

    place: str
    code: str
    message: str
    hint: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierReport:
    """The report on one bid."""

    language: str
    title: str
    subtitle: str
    supplier: str
    supplier_id: str
    notice: str
    facts: tuple[Line, ...]
    lots: tuple[LotCard, ...]
    problems: tuple[ProblemCard, ...]
    method: tuple[Line, ...]
    weights: tuple[Line, ...]
    integrity: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRow:
    """One bid in a ranking."""

    rank: str
    supplier: str
    name: str
    status: str
    tone: str
    reviewed: str
    claimed: str
    price: str
    figure: str
    why: str
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixRow:
    """One row of a matrix: a label and one cell for each column, each with its tone."""

    label: str
    note: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LotRankingCard:
    """The ranking of one lot with what explains it."""

    lot: str
    title: str
    verdict: str
    tone: str
    model: str
    rows: tuple[RankRow, ...]
    bids: tuple[str, ...]
    sections: tuple[MatrixRow, ...]
    gates: tuple[MatrixRow, ...]
    shifts: tuple[MatrixRow, ...]
    shift_said: str
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationReport:
    """The report on a whole tender."""

    language: str
    title: str
    subtitle: str
    notice: str
    facts: tuple[Line, ...]
    counted: str
    lots: tuple[LotRankingCard, ...]
    not_applicable: tuple[MatrixRow, ...]
    open_matters: tuple[Line, ...]
    refused: tuple[tuple[str, tuple[ProblemCard, ...]], ...]
    warnings: tuple[ProblemCard, ...]
    method: tuple[Line, ...]
    weights: tuple[Line, ...]
    integrity: tuple[Line, ...]
    joint: JointCard | None = None
    lawfulness: LawfulnessCard | None = None
    comparison: ComparisonCard | None = None
