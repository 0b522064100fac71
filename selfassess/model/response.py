"""A response: what one supplier answers, claims not to apply, and shows as evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum

from selfassess.model.profile import Pin
from selfassess.model.questionnaire import Grade


class Void(Enum):
    """The one value of an answer or a claim that stood there but cannot be used; it counts as missing."""

    VOID = "void"


VOID = Void.VOID


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its key, its usable cells, and whether something in it cannot be used (it counts 0)."""

    key: str
    cells: Mapping[str, Cell]
    is_bad: bool = False


Cell = bool | Decimal | date | str | tuple[str, ...]
Answer = Cell | tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Supplier:
    """Who answers, in its own words."""

    name: str
    scheme: str | None = None
    identifier: str | None = None
    country: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One document: what it is, how strong its sender says it is, its dates, and the claims that it supports.

    With a ``lot`` it is about the offer for that lot alone.
    """

    id: str
    title: str
    kind: str
    grade: Grade
    file: str
    sha256: str
    supports: tuple[str, ...]
    issuer: str | None = None
    issued: date | None = None
    expires: date | None = None
    lot: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A named officer's signed statement that the answers are true."""

    name: str
    position: str
    date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """The answers of one supplier to one version of a questionnaire; ``Void`` marks what cannot be used.

    ``confidential`` has the questions whose answers are a trade secret, each with the reason why, which is empty where
    the stated one cannot be used: the answer stays marked, since a secret is not given away by a slip.
    """

    questionnaire: Pin
    supplier: Supplier
    answers: Mapping[str, Answer | Void]
    not_applicable: Mapping[str, str | Void] = field(default_factory=dict)
    lot_answers: Mapping[str, Mapping[str, Answer | Void]] = field(default_factory=dict)
    lot_not_applicable: Mapping[str, Mapping[str, str | Void]] = field(default_factory=dict)
    tender: str | None = None
    lots: tuple[str, ...] = ()
    language: str | None = None
    comments: Mapping[str, str] = field(default_factory=dict)
    confidential: Mapping[str, str] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    declaration: Declaration | None = None
