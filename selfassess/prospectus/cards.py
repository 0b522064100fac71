"""What a reader of a questionnaire will see, as strings: the cards that the terminal and the page print."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A label and what stands beside it."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """What a section or a question is worth in one lot: points of 100 as printed, how they come about, and a bar.

    ``lot`` is empty outside a tender; ``width`` is in thousandths of the heaviest section or question.
    """

    lot: str
    points: str
    said: str
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An option and what it is worth, in words; empty where it is not scored."""

    id: str
    text: str
    worth: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableColumn:
    """A column of a table question: what it takes, and the options of a choice."""

    id: str
    text: str
    takes: str
    options: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """A reference, and whether it was confirmed in its source."""

    text: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage:
    """One question with all that a supplier needs to know of it."""

    id: str
    text: str
    help: str
    answer: str
    options: tuple[Choice, ...]
    columns: tuple[TableColumn, ...]
    rule: str
    rule_lines: tuple[str, ...]
    gate: str
    condition: str
    not_applicable: tuple[str, ...]
    evidence: str
    worths: tuple[Worth, ...]
    checks: tuple[str, ...]
    grounds: tuple[Ground, ...]
    place: str

    @property
    def is_scored(self) -> bool:
        """Return whether an answer carries points in any lot."""
        return bool(self.worths)


@dataclass(frozen=True, slots=True, kw_only=True)
class SectionPage:
    """One section with its questions."""

    id: str
    title: str
    intro: str
    worths: tuple[Worth, ...]
    counted: str
    questions: tuple[QuestionPage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Requirement:
    """A minimum requirement that a bid must meet; ``lots`` says where, empty where it is everywhere."""

    question: str
    text: str
    asked: str
    lots: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixCell:
    """One cell of a matrix: points and number of questions as printed, both empty where no points lie.

    ``shade`` runs from 0 (empty) to 4.
    """

    points: str
    count: str
    shade: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixLine:
    """One row of a matrix, with a note on what lies there without points."""

    label: str
    cells: tuple[MatrixCell, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageCard:
    """Where the points of one lot lie: stage by topic with sums, and by points of the joint statement."""

    lot: str
    topics: tuple[str, ...]
    lines: tuple[MatrixLine, ...]
    sums: tuple[MatrixCell, ...]
    points: tuple[MatrixLine, ...]
    empty: tuple[str, ...]
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospectus:
    """A questionnaire with its weights, as a supplier reads it before deciding to bid.

    ``lots`` are the titles of a tender's lots, empty outside one; ``is_part`` says that not all questions are there.
    """

    language: str
    title: str
    subtitle: str
    description: str
    facts: tuple[Fact, ...]
    lots: tuple[str, ...]
    requirements: tuple[Requirement, ...]
    sections: tuple[SectionPage, ...]
    method: tuple[Fact, ...]
    grades: tuple[Fact, ...]
    kinds: tuple[Fact, ...]
    reasons: tuple[Fact, ...]
    coverage: tuple[CoverageCard, ...]
    digests: tuple[Fact, ...]
    is_part: bool = False
