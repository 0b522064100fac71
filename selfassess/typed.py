"""A number as a person types it becomes the exact numbers that it can mean, as decimal texts."""

from __future__ import annotations

import re

from selfassess.errors import NumberForm
from selfassess.numbers import exact

_SPACES = " \t\u00a0\u2007\u2009\u202f"
_BETWEEN = re.compile(f"[{_SPACES}'\u2019]")
_SPACED = re.compile(rf"[0-9]{{1,3}}(?:[{_SPACES}'\u2019][0-9]{{3}})+(?:[.,][0-9]+)?")
_POINTED = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,}")
_COMMAED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+\.[0-9]+|[0-9]{1,3}(?:,[0-9]{3}){2,}")
_ONE_MARK = re.compile(r"[0-9]+[.,][0-9]+")
_EITHER = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


def readings(text: str) -> tuple[str, ...]:
    """Return what a typed text can mean: nothing, one number, or two.

    A comma or a point parts decimals, a space, an apostrophe, a point or a comma thousands, and a percent sign at the
    end is no part of the number. ``1.200`` can be 1.2 or 1200, so that it is both: who asks must not guess.
    """
    rest = text.strip(_SPACES)
    rest = rest.removesuffix("%").rstrip(_SPACES) if rest.endswith("%") else rest
    sign = "-" if rest[:1] in ("-", "\u2212") else ""
    whole = rest[1:] if sign else rest
    return tuple(number for found in _unsigned(whole) if _is_exact(number := sign + _without_zeros(found)))


def _unsigned(text: str) -> tuple[str, ...]:
    if text.isascii() and text.isdigit():
        return (text,)
    if _SPACED.fullmatch(text):
        return (_BETWEEN.sub("", text).replace(",", "."),)
    if _POINTED.fullmatch(text):
        return (text.replace(".", "").replace(",", "."),)
    if _COMMAED.fullmatch(text):
        return (text.replace(",", ""),)
    if not _ONE_MARK.fullmatch(text):
        return ()
    decimal = text.replace(",", ".")
    return (decimal, text.replace(",", "").replace(".", "")) if _EITHER.fullmatch(text) else (decimal,)


def _without_zeros(number: str) -> str:
    """Return a number without zeros before its first digit: 007 is 7, 0.5 stays."""
    whole, point, decimals = number.partition(".")
    return (whole.lstrip("0") or "0") + point + decimals


def _is_exact(text: str) -> bool:
    try:
        exact(text)
    except NumberForm:
        return False
    return True
