"""The form of ids, versions and digests: what names a thing exactly."""

from __future__ import annotations

import re

LONGEST = 64
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,63}", re.ASCII)
VERSION = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:\.(?:0|[1-9][0-9]{0,5})){2}", re.ASCII)
DIGEST = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)
SUPPLIER = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}", re.ASCII)
RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.ASCII)  # no file can have these names


def is_id(text: str) -> bool:
    """Return whether ``text`` can be an id."""
    return ID.fullmatch(text) is not None


def is_version(text: str) -> bool:
    """Return whether ``text`` is a version: three numbers with dots."""
    return VERSION.fullmatch(text) is not None


def is_digest(text: object) -> bool:
    """Return whether ``text`` is a digest: ``sha256:`` and 64 small hexadecimal digits."""
    return isinstance(text, str) and DIGEST.fullmatch(text) is not None


def is_supplier_id(text: str) -> bool:
    """Return whether ``text`` can name a bid: a lower-case id that every file system can hold as a folder."""
    return SUPPLIER.fullmatch(text) is not None and not RESERVED.fullmatch(text) and not text.endswith(".")


def version_key(version: str) -> tuple[int, ...]:
    """Return what versions sort by: 1.10.0 comes after 1.9.0."""
    return tuple(int(part) for part in version.split("."))
