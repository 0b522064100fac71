"""A worksheet becomes HTML for paper, with room to write in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from selfassess.languages import SOURCE
from selfassess.rendering.pages import printed, spoken


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetCard:
    """A worksheet as it is printed: what it is of, and its items as texts by name."""

    title: str
    subtitle: str
    digest: str
    items: Sequence[Mapping[str, str]]


def render_worksheet(sheet: WorksheetCard, *, created: datetime) -> str:
    """Return the HTML of a worksheet; ``created`` is the time that it names as its own."""
    return printed("worksheet.html", created, spoken(SOURCE), sheet=sheet)
