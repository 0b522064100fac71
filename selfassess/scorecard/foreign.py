"""Which texts of a questionnaire stand on a page in another language than the report's, since nobody translated them.

Whoever hears a page read aloud hears each text in its own language (WCAG 2.2, 3.1.2; PDF/UA-1, 7.2). What suppliers
wrote is not named: a response says in which language its questions were read, not in which its answers are written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from selfassess.scorecard.as_data import plain_of
from selfassess.scorecard.bid_cards import SupplierReport


def naming(report: SupplierReport, foreign: Iterable[tuple[str, str]]) -> SupplierReport:
    """Return a report that names the language of its foreign texts: of those that it shows, and of no others."""
    pairs = tuple(foreign)
    if not pairs:
        return replace(report, foreign=())
    shown = frozenset(_strings(plain_of(replace(report, foreign=()))))
    return replace(report, foreign=tuple(pair for pair in pairs if pair[0] in shown))


def _strings(plain: Any) -> Iterator[str]:
    """Yield every text in a card's plain data."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, dict | list):
        for part in plain.values() if isinstance(plain, dict) else plain:
            yield from _strings(part)
