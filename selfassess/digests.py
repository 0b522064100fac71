"""Canonical form and SHA-256: the digest of the canonical form names a meaning, that of the bytes what arrived."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import rfc8785

PREFIX = "sha256:"
_BASIC_PLANE = "\uffff"
_SMALL = Decimal("0.0001")  # smaller fractions are printed with an exponent by one of the two encoders


class _Odd(Exception):
    """A value that the fast encoder prints otherwise than RFC 8785."""


def _encodable(value: Any) -> int | float:
    if not isinstance(value, Decimal):
        raise TypeError(f"{type(value).__name__} is no plain data")
    number = _plain_number(value)
    if isinstance(number, float) and value.copy_abs() < _SMALL:
        raise _Odd
    return number


_encoder = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False, default=_encodable
)


def canonical(data: Any) -> bytes:
    """Return the RFC 8785 form of plain data; ``ValueError`` where it has none (lone surrogates).

    The standard encoder gives the same bytes but for small fractions and for keys beyond the basic plane, whose order
    differs between code points and UTF-16; such data goes to the slower canonicaliser.
    """
    try:
        text = _encoder.encode(data)
    except _Odd:
        return rfc8785.dumps(_exchangeable(data))
    if not text.isascii() and max(text) > _BASIC_PLANE:
        return rfc8785.dumps(_exchangeable(data))
    return text.encode("utf-8")


def digest(data: Any) -> str:
    """Return the digest of plain data: ``sha256:`` and 64 hexadecimal digits."""
    return digest_bytes(canonical(data))


class Digesting:
    """The digest of bytes that come piece by piece."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._hash = hashlib.sha256()

    def update(self, piece: bytes) -> None:
        """Take in one more piece."""
        self._hash.update(piece)

    @property
    def digest(self) -> str:
        """Return the digest of what came so far."""
        return PREFIX + self._hash.hexdigest()


def digest_bytes(raw: bytes) -> str:
    """Return the digest of bytes as they are."""
    return PREFIX + hashlib.sha256(raw).hexdigest()


def _plain_number(value: Decimal) -> int | float:
    """Return a number as JSON encoders take it.

    The one place where a float is born: decimals of at most 15 digits survive it unchanged, and it is only written,
    never computed with.
    """
    whole = value.to_integral_value()
    return int(whole) if whole == value else float(value)


def _exchangeable(data: Any) -> Any:
    if isinstance(data, Decimal):
        return _plain_number(data)
    if isinstance(data, str):
        return str(data)
    if isinstance(data, Mapping):
        return {str(key): _exchangeable(value) for key, value in data.items()}
    if isinstance(data, Sequence):
        return [_exchangeable(value) for value in data]
    return data
