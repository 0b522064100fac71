"""The cards of the report on a whole tender."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.scorecard.cards import Cell, Front, Line, Matrix, ProblemCard, Row, StageMap, Strips, Verdict
from selfassess.scorecard.further_cards import ComparisonCard, JointCard, LawfulnessCard, StabilityCard


@dataclass(frozen=True, slots=True, kw_only=True)
class RankRow:
    """One bid in a lot; ``number`` is its number in the lot's charts and tables."""

    number: str
    supplier: str
    name: str
    report: str
    rank: Cell
    status: str
    is_plain: bool
    tone: str
    claimed: Cell
    supported: Cell
    reviewed: Cell
    conservative: Cell
    price: Cell
    figure: Cell
    why: tuple[str, ...]
    worked: str
    alphabetical: int
    mark: str

    @property
    def line(self) -> str:
        """Return the class of cells below which reasons follow."""
        return " td-open" if self.why else ""

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Return the figures in the order of their columns."""
        return (self.claimed, self.supported, self.reviewed, self.conservative, self.price, self.figure)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryRow:
    """One entry of the reviews with the bids that it acts on."""

    question: str
    bids: str
    did: str
    who: str
    reason: str
    applied: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LotRankingCard:
    """The ranking of one lot with what explains it."""

    lot: str
    anchor: str
    title: str
    running: str
    verdict: Verdict
    formula: str
    rows: tuple[RankRow, ...]
    ranked: tuple[RankRow, ...]
    unranked: tuple[RankRow, ...]
    shift_said: str
    quality: Strips
    field: Strips
    stages: StageMap
    page: str
    overview: tuple[Matrix, ...]
    comparison: tuple[Matrix, ...]
    left_out: str
    whole: Matrix
    questions: Matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationReport:
    """The report on a whole tender; ``foreign`` are texts in another language than the report's, each with its own."""

    language: str
    front: Front
    lots: tuple[LotRankingCard, ...]
    not_applicable: tuple[Row, ...]
    evidence: tuple[Row, ...]
    evidence_cut: str
    entries: tuple[EntryRow, ...]
    open_matters: tuple[Line, ...]
    refused: tuple[tuple[str, tuple[ProblemCard, ...]], ...]
    warnings: tuple[ProblemCard, ...]
    method: tuple[Line, ...]
    grades: tuple[Line, ...]
    weights: tuple[Line, ...]
    bidders: tuple[Line, ...]
    integrity: tuple[Line, ...]
    joint: JointCard | None = None
    comparison: ComparisonCard | None = None
    lawfulness: LawfulnessCard | None = None
    stability: tuple[StabilityCard, ...] = ()
    foreign: tuple[tuple[str, str], ...] = ()
