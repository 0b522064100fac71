"""Receipts: what lay in a tender's folder at which moment, file by file, each bound to the one before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """One file as it was received; without ``raw_digest`` and ``size`` it was withdrawn.

    ``raw_digest`` names every byte, ``digest`` the meaning of a JSON file, ``previous`` the receipt before.
    """

    counter: int
    path: str
    received: datetime
    previous: str
    raw_digest: str | None = None
    size: int | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    """The receipts of one tender, in the order in which they were given."""

    tender: str
    receipts: tuple[Receipt, ...]
