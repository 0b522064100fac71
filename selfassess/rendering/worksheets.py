"""A worksheet becomes HTML for paper, with room to write in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from selfassess.glyphs import covered, lacks
from selfassess.rendering.pages import environment


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksheetCard:
    """A worksheet as it is printed: what it is of, and its items as texts by name."""

    title: str
    subtitle: str
    digest: str
    items: Sequence[Mapping[str, str]]


def render_worksheet(sheet: WorksheetCard, *, created: datetime) -> str:
    """Return the HTML of a worksheet; characters that the shipped fonts lack are printed as an empty box."""
    template = environment().get_template("worksheet.html")
    html = template.render(sheet=sheet, created=created.isoformat(), lacking=False)
    if not lacks(html):
        return html
    return covered(template.render(sheet=sheet, created=created.isoformat(), lacking=True))
