"""What a cell of a spreadsheet holds, whatever program saved it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

LETTERS = 26


@dataclass(frozen=True, slots=True)
class Formula:
    """What stands in a cell that holds a formula or an error instead of a value."""

    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A value as it was typed; a number that is shown as a percentage says so: 87.5 % is 0.875 in every file."""

    value: str | bool | Decimal | date | Formula
    is_percentage: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one sheet that hold something, by row and column from 1."""

    title: str
    cells: Mapping[tuple[int, int], Cell]

    def name(self, row: int, column: int) -> str:
        """Return how a spreadsheet calls a cell: ``Answers!D28``."""
        letters, rest = "", column
        while rest:
            rest, letter = divmod(rest - 1, LETTERS)
            letters = chr(ord("A") + letter) + letters
        return f"{self.title}!{letters}{row}"


def number_of(value: float) -> Decimal:
    """Return the number of at most 15 digits that a spreadsheet keeps as a binary fraction.

    Every number of so many digits comes back from one (IEEE 754, binary64), and a response has no longer ones.
    """
    return Decimal(format(value, ".15g"))
