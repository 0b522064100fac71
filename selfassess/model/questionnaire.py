"""A questionnaire: sections of questions, how each answer scores, and what supports it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, IntEnum

from selfassess.model.conditions import Condition, Gate

STAGES = ("raw-material", "manufacturing", "delivery", "use", "repair", "reuse", "recycling", "disposal")
TOPICS = ("environment", "circularity", "social", "security", "quality", "transparency")


class Kind(Enum):
    """The type of an answer."""

    BOOLEAN = "boolean"
    CHOICE = "choice"
    CHOICES = "choices"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"
    TEXT = "text"
    TABLE = "table"


class Grade(IntEnum):
    """How strong evidence is: nothing, a signed statement, own documents, independent, confirmed by review."""

    E0 = 0
    E1 = 1
    E2 = 2
    E3 = 3
    E4 = 4


class Aggregate(Enum):
    """How the rows of a table become one value."""

    WEIGHTED_SHARE = "weighted_share"
    WORST = "worst"
    MEAN = "mean"
    SHARE = "share"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unscored:
    """The answer has no value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OptionScores:
    """A choice is worth what the chosen option says."""

    scores: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagScores:
    """A yes and a no are worth so much."""

    yes: Decimal
    no: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Straight lines between points, flat outside; where an x stands twice the later score holds at and above it."""

    points: tuple[tuple[Decimal, Decimal], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """From each threshold on so much, below the first nothing; thresholds are numbers or dates."""

    steps: tuple[tuple[Decimal | date, Decimal], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareOfOptions:
    """Ticked over offered, exclusive options left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SumOfOptions:
    """The ticked options' scores added up, at most 1."""

    scores: Mapping[str, Decimal]


CellRule = OptionScores | FlagScores | Curve | Steps | ShareOfOptions | SumOfOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnRule:
    """A row of a table is worth what one of its cells is worth."""

    column: str
    rule: CellRule


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRules:
    """A row of a table is worth the score beside the first condition that is true of it, else 0."""

    rows: tuple[tuple[Condition, Decimal], ...]


Rule = Unscored | CellRule | ColumnRule | RowRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer that may be chosen, and what it is worth."""

    id: str
    text: str
    score: Decimal | None = None
    exclusive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One cell of every row of a table: what it takes."""

    id: str
    text: str
    type: Kind
    unit: str | None = None
    decimals: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    options: tuple[Option, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a table question has beyond a question: columns, key, and how rows become one value."""

    columns: tuple[Column, ...]
    key: str
    aggregate: Aggregate | None = None
    weight: str | None = None
    empty_is_not_applicable: bool = False

    def column(self, id: str) -> Column:  # noqa: A002  the field is called id
        """Return the column of that id; raises ``KeyError`` when there is none."""
        for column in self.columns:
            if column.id == id:
                return column
        raise KeyError(id)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRule:
    """Which evidence supports a claim: the lowest grade, the kinds (None: all), months from issue (None: no limit)."""

    minimum: Grade = Grade.E1
    accepts: tuple[str, ...] | None = None
    valid_months: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """Where a question comes from, and whether that was confirmed in the source."""

    instrument: str
    item: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question; ``score`` is its rule, ``not_applicable`` the reasons that may be claimed (none: empty)."""

    id: str
    text: str
    type: Kind
    score: Rule
    scope: str
    stages: tuple[str, ...]
    topics: tuple[str, ...]
    use: tuple[str, ...]
    help: str | None = None
    options: tuple[Option, ...] = ()
    unit: str | None = None
    decimals: int | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    table: Table | None = None
    statement: tuple[str, ...] = ()
    enable_when: Condition | None = None
    leaves_when_false: bool = False
    not_applicable: tuple[str, ...] = ()
    evidence: EvidenceRule | None = None
    gate: Gate | None = None
    references: tuple[Reference, ...] = ()

    @property
    def is_scored(self) -> bool:
        """Return whether an answer has a value."""
        return not isinstance(self.score, Unscored)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Questions that belong together; one section is one award criterion."""

    id: str
    title: str
    questions: tuple[Question, ...]
    intro: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceKind:
    """A kind of document and the highest grade that it can carry."""

    id: str
    title: str
    grade: Grade


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """A word of a questionnaire with its meaning: a role, or a reason for not applicable."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossCheck:
    """A rule that compares answers; ``parts`` maps the rule's own names to columns where it has such.

    Where two questions are compared, the first is the one that is judged by the second.
    """

    id: str
    rule: str
    questions: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    parts: Mapping[str, str] = field(default_factory=dict)
    total: Decimal | None = None
    tolerance: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Questionnaire:
    """A version of a questionnaire; once published it never changes."""

    id: str
    version: str
    language: str
    title: str
    sections: tuple[Section, ...]
    evidence_kinds: tuple[EvidenceKind, ...]
    description: str | None = None
    roles: tuple[Term, ...] = ()
    not_applicable_reasons: tuple[Term, ...] = ()
    checks: tuple[CrossCheck, ...] = ()

    def questions(self) -> Iterator[Question]:
        """Yield all questions in document order."""
        for section in self.sections:
            yield from section.questions
