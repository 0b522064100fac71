"""The annex of the method becomes HTML for paper."""

from __future__ import annotations

from datetime import datetime

from selfassess.annex.cards import AnnexReport
from selfassess.glyphs import covered, lacks
from selfassess.rendering.pages import environment


def render_annex(report: AnnexReport, *, created: datetime) -> str:
    """Return the HTML of an annex; characters that the shipped fonts lack are printed as an empty box."""
    template = environment().get_template("annex.html")
    html = template.render(report=report, created=created.isoformat(), lacking=False)
    if not lacks(html):
        return html
    return covered(template.render(report=report, created=created.isoformat(), lacking=True))
