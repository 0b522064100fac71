"""The annex of the method becomes HTML for paper."""

from __future__ import annotations

from datetime import datetime

from selfassess.annex.cards import AnnexReport
from selfassess.rendering.pages import printed, spoken


def render_annex(report: AnnexReport, *, created: datetime) -> str:
    """Return the HTML of an annex; ``created`` is the time that it names as its own."""
    return printed("annex.html", created, spoken(report.language, report.foreign), report=report)
