"""The form of ids, versions and digests: what names a thing exactly."""

from __future__ import annotations

import re

LONGEST = 64
ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,63}", re.ASCII)
VERSION = re.compile(r"(?:0|[1-9][0-9]{0,5})(?:\.(?:0|[1-9][0-9]{0,5})){2}", re.ASCII)
DIGEST = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)
SUPPLIER = re.compile(r"[a-z0-9][a-z0-9.-]{0,63}", re.ASCII)
ENDINGS = (".json", ".csv", ".xlsx", ".pdf", ".html")  # of the files of a results folder
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
    """Return whether ``text`` can name a bid: a lower-case id that can also name its folder of results."""
    return SUPPLIER.fullmatch(text) is not None and is_folder_name(text)


def is_folder_name(id_: str) -> bool:
    """Return whether an id can name a folder on every file system, beside the files that the results hold."""
    folded = id_.lower()
    return not RESERVED.fullmatch(folded) and not folded.endswith((".", *ENDINGS))


def version_key(version: str) -> tuple[int, ...]:
    """Return what versions sort by: 1.10.0 comes after 1.9.0."""
    return tuple(int(part) for part in version.split("."))
