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
_encoder = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class _OddKey(Exception):
    """A key whose order differs between code points and UTF-16."""


def canonical(data: Any) -> bytes:
    """Return the RFC 8785 form of plain data; ``ValueError`` where it has none (lone surrogates)."""
    try:
        return _encoder.encode(_encodable(data)).encode("utf-8")
    except _OddKey:
        return rfc8785.dumps(_exchangeable(data))


def digest(data: Any) -> str:
    """Return the digest of plain data: ``sha256:`` and 64 hexadecimal digits."""
    return digest_bytes(canonical(data))


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


def _encodable(data: Any) -> Any:
    """Return data for the fast encoder, whose bytes are canonical as long as keys stay in the basic plane.

    Fractions of at most 15 digits from 10⁻⁶ on print alike in Python and ECMAScript.
    """
    kind = data.__class__
    if kind is str or data is None or kind is bool:
        return data
    if kind is Decimal:
        return _plain_number(data)
    if kind is dict:
        for key in data:
            if not key.isascii() and max(key) > _BASIC_PLANE:
                raise _OddKey
        return {key: _encodable(value) for key, value in data.items()}
    if kind is list:
        return [_encodable(value) for value in data]
    return _exchangeable(data)


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
