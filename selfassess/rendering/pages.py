"""A card becomes HTML for paper or for the screen: autoescape always on, nothing fetched, nothing in line."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from selfassess import content
from selfassess.glyphs import covered, lacks
from selfassess.scorecard import EvaluationReport, SupplierReport
from selfassess.scorecard.statistics import StatisticsReport

FOLDERS = ("templates", "styles", "scripts")
TOKEN = re.compile("--([a-z][a-z-]*): (#[0-9a-f]{6});", re.ASCII)
PAPER_STYLES = ("tokens.css", "paper.css")
SCREEN_SCRIPT = "sort.js"


@cache
def environment() -> Environment:
    """Return the one environment of all templates: it escapes always, and a name that is not there is an error."""
    made = Environment(
        loader=FileSystemLoader([content.reports() / folder for folder in FOLDERS]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["colour"] = colours()
    return made


@cache
def colours() -> Mapping[str, str]:
    """Return the colours of reports by name, from the one file that sets them."""
    text = (content.reports() / "styles" / "tokens.css").read_text("utf-8")
    return {name.replace("-", "_"): value for name, value in TOKEN.findall(text)}


@cache
def paper_style() -> str:
    """Return the style sheet of reports on paper."""
    return "\n".join((content.reports() / "styles" / name).read_text("utf-8") for name in PAPER_STYLES)


def render_html(report: SupplierReport | EvaluationReport | StatisticsReport, *, created: datetime) -> str:
    """Return the HTML of a report on paper; ``created`` is the time that it names as its own.

    Characters that the shipped fonts lack are printed as an empty box, and the report says so.
    """
    name = "supplier.html" if isinstance(report, SupplierReport) else "evaluation.html"
    name = "statistics.html" if isinstance(report, StatisticsReport) else name
    template = environment().get_template(name)
    html = template.render(report=report, created=created.isoformat(), lacking=False)
    if not lacks(html):
        return html
    return covered(template.render(report=report, created=created.isoformat(), lacking=True))


def render_screen(report: EvaluationReport) -> str:
    """Return the report on a tender as one HTML file for a browser, which may run its own script and nothing else."""
    style, script = (environment().get_template(name).render() for name in ("screen_style.css", SCREEN_SCRIPT))
    policy = (
        f"default-src 'none'; script-src {hashed(script)}; style-src {hashed(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return environment().get_template("screen.html").render(report=report, policy=policy)


def hashed(text: str) -> str:
    """Return what a content security policy calls a script or a style by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
