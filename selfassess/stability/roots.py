"""Roots of quadratics as exact numbers: compare them, find their signs, round them; nothing is approximated.

A polynomial is its coefficients (c0, c1, c2) of 1, x and x², whole numbers. Signs of p + q·√d are decided by squaring.
"""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

from selfassess.model.stability import Root
from selfassess.numbers import exactly, shown

Polynomial = tuple[int, int, int]
FOUR = 4


def rational(value: Fraction | int) -> Root:
    """Return a rational number as a root."""
    return Root(rational=Fraction(value))


def sign_of(value: Fraction | int) -> int:
    """Return −1, 0 or 1."""
    return (value > 0) - (value < 0)


def _sign_with_root(p: Fraction, q: Fraction | int, d: Fraction) -> int:
    """Return the sign of p + q·√d, d being 0 or no square."""
    first, second = sign_of(p), sign_of(q) if d else 0
    if first * second >= 0:
        return first or second
    return first * sign_of(p * p - q * q * d)


def compared(one: Root, other: Root) -> int:
    """Return −1, 0 or 1 as ``one`` lies below, at or above ``other``."""
    apart = one.rational - other.rational
    if not other.sign:
        return _sign_with_root(apart, one.sign, one.radicand)
    if not one.sign:
        return _sign_with_root(apart, -other.sign, other.radicand)
    if one.radicand == other.radicand:
        return _sign_with_root(apart, one.sign - other.sign, one.radicand)
    left = _sign_with_root(apart, one.sign, one.radicand)
    if left != other.sign:
        return sign_of(left - other.sign)
    squares = apart * apart + one.radicand - other.radicand
    return left * _sign_with_root(squares, 2 * apart * one.sign, one.radicand)


def sign_at(polynomial: Polynomial, x: Root) -> int:
    """Return the sign of a polynomial at an exact number."""
    c0, c1, c2 = polynomial
    p = x.rational
    return _sign_with_root(c0 + c1 * p + c2 * (p * p + x.radicand), (c1 + 2 * c2 * p) * x.sign, x.radicand)


def roots_of(polynomial: Polynomial) -> tuple[Root, ...]:
    """Return the real roots, ascending and each once; none of a constant."""
    c0, c1, c2 = polynomial
    if not c2:
        return (rational(Fraction(-c0, c1)),) if c1 else ()
    discriminant = c1 * c1 - 4 * c0 * c2
    if discriminant < 0:
        return ()
    middle = Fraction(-c1, 2 * c2)
    root = isqrt(discriminant)
    if root * root == discriminant:
        half = abs(Fraction(root, 2 * c2))
        return (rational(middle),) if not root else (rational(middle - half), rational(middle + half))
    radicand = Fraction(discriminant, FOUR * c2 * c2)
    return tuple(Root(rational=middle, sign=sign, radicand=radicand) for sign in (-1, 1))


def floor_of(x: Root, scale: int) -> int:
    """Return the largest whole number that is at most ``scale``·x."""
    under = x.radicand * scale * scale
    guess = x.rational * scale + x.sign * isqrt(under.numerator // under.denominator)
    whole = guess.numerator // guess.denominator
    while compared(x, rational(Fraction(whole, scale))) < 0:
        whole -= 1
    while compared(x, rational(Fraction(whole + 1, scale))) >= 0:
        whole += 1
    return whole


def between(low: Root, high: Root | None) -> Fraction:
    """Return a rational number above ``low`` and below ``high`` (None: without end)."""
    scale = 1
    while True:
        found = Fraction(floor_of(low, scale) + 1, scale)
        if high is None or compared(rational(found), high) < 0:
            return found
        scale *= 10


def said_exactly(x: Root) -> str:
    """Return an exact number in signs, such as ``3/7`` or ``1.5 - √0.25``."""
    if not x.sign:
        return exactly(x.rational)
    return f"{exactly(x.rational)} {'+' if x.sign > 0 else '-'} √{exactly(x.radicand)}"


def shown_towards(x: Root, inner: Fraction, places: int) -> str:
    """Return a number as printed: rounded towards ``inner`` and marked ≈ where it is no decimal of so many places.

    It has more digits where the rounded figure would be ``inner`` itself, or lie beyond it.
    """
    beside = compared(x, rational(inner))
    while True:
        scale = 10**places
        floor = floor_of(x, scale)
        is_whole = compared(x, rational(Fraction(floor, scale))) == 0
        found = Fraction(floor if is_whole or beside > 0 else floor + 1, scale)
        if is_whole or sign_of(found - inner) == beside:
            return ("" if is_whole else "≈") + shown(found, places)
        places += 1
