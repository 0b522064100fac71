"""The cards of the report on one bid."""

from __future__ import annotations

from dataclasses import dataclass

from selfassess.scorecard.cards import Front, Line, ProblemCard, StageMap, Strips, Verdict
from selfassess.scorecard.further_cards import TableCard


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryCard:
    """One entry of the review: what it did, who wrote it, and why."""

    did: str
    who: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RowCard:
    """One row of a table as answered, with the evidence that covers it and what it is worth."""

    key: str
    cells: tuple[Line, ...]
    evidence: tuple[Line, ...]
    value: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionCard:
    """One question as a row: what was asked and answered, what supports it, what it counts, and why."""

    id: str
    text: str
    answer: tuple[str, ...]
    state: str
    rows: tuple[RowCard, ...]
    comment: str
    evidence: str
    documents: tuple[Line, ...]
    points: str
    possible: str
    value: str
    published: str
    gate: str
    tone: str
    why: tuple[str, ...]
    entries: tuple[EntryCard, ...]
    sources: str
    is_long: bool
    is_together: bool
    has_tail: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionCard:
    """One section with its questions."""

    id: str
    title: str
    points: str
    possible: str
    questions: tuple[QuestionCard, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseCard:
    """A question that lacks points: how many, where they were lost, and what would bring them."""

    id: str
    text: str
    missing: str
    reached: str
    lost: tuple[str, ...]
    advice: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentCard:
    """One document of a bid: what it is, what it supports, and what of it counted."""

    id: str
    title: str
    kind: str
    grade: str
    dates: str
    file: str
    digest: str
    counts: tuple[str, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LotCard:
    """One bid in one lot; topics and stages are ``None`` where they would tell what is withheld."""

    lot: str
    anchor: str
    title: str
    running: str
    verdict: Verdict
    totals: tuple[Line, ...]
    path: str
    gates: tuple[Line, ...]
    minima: tuple[Line, ...]
    not_applicable: tuple[Line, ...]
    open_matters: tuple[str, ...]
    sections_chart: Strips
    profile: Strips | None
    stages: StageMap | None
    weakest: tuple[RaiseCard, ...]
    raises: tuple[Line, ...]
    raises_said: str
    sections: tuple[SectionCard, ...]
    sums: tuple[Line, ...]
    sums_said: str
    price: tuple[Line, ...]
    selected: TableCard | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierReport:
    """The report on one bid; ``foreign`` are texts in another language than the report's, each with its language."""

    language: str
    front: Front
    supplier: str
    supplier_id: str
    lots: tuple[LotCard, ...]
    problems: tuple[ProblemCard, ...]
    method: tuple[Line, ...]
    grades: tuple[Line, ...]
    counts: tuple[Line, ...]
    documents: tuple[DocumentCard, ...]
    integrity: tuple[Line, ...]
    foreign: tuple[tuple[str, str], ...] = ()
