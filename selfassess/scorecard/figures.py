"""How exact numbers are printed in a report: points, shares of 100, values from 0 to 1, and money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from selfassess.languages import Words, shown_date, words
from selfassess.numbers import exactly, rounded, shown, shown_apart
from selfassess.wording import figure

HUNDRED = 100
MOST_PLACES = 4  # of a value from 0 to 1 before it is printed rounded
LONG = 6


@dataclass(frozen=True, slots=True)
class Figures:
    """Numbers as one report prints them: its language, and the decimals that the profile publishes.

    ``beside`` are the totals and thresholds from which a total that differs is told.
    """

    language: str
    places: int
    beside: tuple[Fraction, ...] = ()

    @property
    def words(self) -> Words:
        """Return the words of the report in its language."""
        return words("report", self.language)

    def total(self, value: Fraction | None) -> str:
        """Return a total out of 100 with as many decimals as it takes to tell it from what stands ``beside`` it."""
        return self.words.say("none") if value is None else self.points_apart(value, self.beside)

    def points(self, value: Fraction | None) -> str:
        """Return points out of 100, rounded once."""
        return self.words.say("none") if value is None else figure(shown(value, self.places), self.language)

    def points_apart(self, value: Fraction, others: Sequence[Fraction]) -> str:
        """Return points with as many decimals as it takes to tell them from figures that they differ from."""
        return figure(shown_apart(value, others, self.places), self.language)

    def share(self, value: Fraction | None, beside: Sequence[Fraction] = ()) -> str:
        """Return a value from 0 to 1 as one out of 100, with one decimal, or more to tell it from those ``beside``."""
        if value is None:
            return self.words.say("none")
        return figure(shown_apart(value * HUNDRED, [other * HUNDRED for other in beside], 1), self.language)

    def value(self, value: Fraction | Decimal) -> str:
        """Return a value exactly where a few decimals do, else rounded and marked so."""
        exact = Fraction(value)
        if rounded(exact, MOST_PLACES) == exact:
            return figure(exactly(exact), self.language)
        return f"≈ {figure(shown(exact, MOST_PLACES), self.language)}"

    def long(self, value: Fraction) -> str:
        """Return a number with six decimals, as it goes into a sum that is rounded once."""
        return figure(shown(value, LONG), self.language)

    def plain(self, value: Fraction | Decimal) -> str:
        """Return a number as it was written."""
        return figure(exactly(value), self.language)

    def day(self, day: date) -> str:
        """Return a day with its month in words, which nobody reads as another day."""
        return shown_date(day, self.language)

    def money(self, value: Decimal | Fraction) -> str:
        """Return an amount with two decimals."""
        return figure(shown(value, 2), self.language)

    def signed(self, value: Fraction) -> str:
        """Return a difference in points with its sign."""
        text = self.points(value)
        return f"+{text}" if value > 0 and text.strip("0.,") else text


def cut(text: str, most: int) -> str:
    """Return a text, its beginning where it is longer than ``most`` characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def counted(number: int, one: str, many: str = "") -> str:
    """Return how many there are of a thing, in words that fit the number."""
    return f"{number} {one if number == 1 else many or one + 's'}"
