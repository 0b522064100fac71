"""Exact numbers: read from text, rounded once, shown.

No float is ever born here. A number is read into a ``Decimal`` that keeps its written form, computed with as a
``Fraction``, and rounded half away from zero where it is shown (design of the method, section 3).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from selfassess.errors import NumberForm

NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,12})?", re.ASCII)
PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", re.ASCII)
SIGNIFICANT_DIGITS = 15
SMALLEST = Decimal("0.000001")


def exact(text: str) -> Decimal:
    """Read a number exactly as written; raise ``NumberForm`` with the reason when it is none.

    >>> Fraction(exact("0.1")) + Fraction(exact("0.2")) == Fraction(exact("0.3"))
    True
    """
    digits = text.lstrip("-").replace(".", "").lstrip("0")
    if PLAIN.fullmatch(text) is None:
        raise NumberForm("is not a plain decimal number")
    if len(digits) > SIGNIFICANT_DIGITS:
        raise NumberForm(f"has more than {SIGNIFICANT_DIGITS} digits")
    if NUMBER.fullmatch(text) is None:
        raise NumberForm("has more than 12 decimals")
    value = Decimal(text)
    if value.is_zero():
        return value.copy_abs()
    if value.copy_abs() < SMALLEST:
        raise NumberForm("is smaller than 0.000001 but not 0")
    return value


def _scaled(value: Fraction, places: int) -> int:
    """Return ``value`` times ten to ``places`` as a whole number, halves away from zero."""
    numerator, denominator = abs(value.numerator) * int(10**places), value.denominator
    whole = (2 * numerator + denominator) // (2 * denominator)
    return -whole if value < 0 else whole


def rounded(value: Fraction, places: int) -> Fraction:
    """Return ``value`` rounded once to ``places`` decimals, halves away from zero."""
    return Fraction(_scaled(value, places), 10**places)


def shown(value: Fraction | Decimal, places: int = 2) -> str:
    """Return ``value`` as printed with ``places`` decimals, rounded half away from zero; never ``-0``."""
    whole = _scaled(Fraction(value), places)
    digits = str(abs(whole)).rjust(places + 1, "0")
    sign = "-" if whole < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def shown_apart(value: Fraction, others: Sequence[Fraction], places: int = 2) -> str:
    """Return ``value`` with as many more decimals as it takes to print differently from each differing other.

    A figure that would print as equal to a threshold or a rival when it is not has more digits beside it until the
    difference shows.
    """
    for other in others:
        while other != value and _scaled(value, places) == _scaled(other, places):
            places += 1
    return shown(value, places)


def exactly(value: Fraction | Decimal) -> str:
    """Return ``value`` without loss: a decimal where one exists, else a fraction such as ``5/3``."""
    fraction = Fraction(value)
    rest, twos, fives = fraction.denominator, 0, 0
    while rest % 2 == 0:
        rest, twos = rest // 2, twos + 1
    while rest % 5 == 0:
        rest, fives = rest // 5, fives + 1
    if rest != 1:
        return f"{fraction.numerator}/{fraction.denominator}"
    return shown(fraction, max(twos, fives))


def apportion(total: Fraction, parts: Sequence[Fraction], places: int) -> tuple[Fraction, ...]:
    """Return ``parts`` rounded so that they add up to the rounded ``total`` (largest remainder, ties in order).

    ``parts`` add up exactly to ``total``. Each printed part lies within one unit of its exact value, and a part of
    zero prints zero. Raises ``ValueError`` where the parts do not add up.
    """
    if sum(parts, Fraction(0)) != total:
        raise ValueError("the parts do not add up to the total")
    return apportion_to(rounded(total, places), parts, places)


def apportion_to(printed: Fraction, parts: Sequence[Fraction], places: int) -> tuple[Fraction, ...]:
    """Return ``parts`` rounded so that they add up to ``printed``, which lies within one unit of their exact sum."""
    unit = Fraction(1, 10**places)
    floors = [part // unit for part in parts]
    spare = int(printed / unit) - sum(floors)
    by_remainder = sorted(
        (index for index, part in enumerate(parts) if part % unit), key=lambda index: (-(parts[index] % unit), index)
    )
    chosen = set(by_remainder[:spare])
    return tuple((floor + (index in chosen)) * unit for index, floor in enumerate(floors))
