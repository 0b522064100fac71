"""Cards become HTML and PDF: by Jinja2 and WeasyPrint, with nothing fetched and every renderer bounded."""

from __future__ import annotations

from selfassess.rendering.annexes import render_annex
from selfassess.rendering.pages import render_html, render_screen
from selfassess.rendering.printing import Job, Rendered, render_many, render_pdf
from selfassess.rendering.screens import render_prospectus
from selfassess.rendering.worksheets import WorksheetCard, render_worksheet

__all__ = [
    "Job",
    "Rendered",
    "WorksheetCard",
    "render_annex",
    "render_html",
    "render_many",
    "render_pdf",
    "render_prospectus",
    "render_screen",
    "render_worksheet",
]
