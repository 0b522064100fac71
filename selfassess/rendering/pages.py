"""A card becomes HTML for paper or for the screen: autoescape always on, nothing fetched, nothing in line."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from selfassess import content
from selfassess.glyphs import covered, font_for, lacks, scripts_missing_in
from selfassess.languages import words
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
    """Return the HTML of a report on paper; ``created`` is the time that it names as its own."""
    name = "supplier.html" if isinstance(report, SupplierReport) else "evaluation.html"
    name = "statistics.html" if isinstance(report, StatisticsReport) else name
    return printed(name, created, spoken(report.language, report.foreign), report=report)


def printed(name: str, created: datetime, saying: Mapping[str, Callable[..., Any]], **cards: object) -> str:
    """Return the HTML of a template with its cards; ``saying`` is what it says texts with.

    Characters that the shipped fonts lack are printed as empty boxes; the page says of which scripts they are, and what
    font has them.
    """
    template, shown = environment().get_template(name), {**saying, **cards, "created": created.isoformat()}
    html = template.render(shown, lacking=())
    if not lacks(html):
        return html
    scripts = scripts_missing_in(html)
    lacking = (", ".join(scripts), ", ".join(map(font_for, scripts)))
    return covered(template.render(shown, lacking=lacking))


def spoken(language: str, foreign: Sequence[tuple[str, str]] = ()) -> dict[str, Callable[..., Any]]:
    """Return what templates say texts with, in a language.

    ``say`` and ``many`` say the reports' own words, ``at`` those of a context, ``own`` what somebody else wrote.
    ``foreign`` are such texts in another language than the page's, each with its language, which the page names.
    """
    said, languages = words("report", language), dict(foreign)

    def own(text: str) -> str:
        if text not in languages:
            return text
        return Markup('<span lang="{}">{}</span>').format(languages[text], text)

    return {"say": said.say, "many": said.say_many, "at": said.at, "own": own}


def render_screen(report: EvaluationReport) -> str:
    """Return the report on a tender as one HTML file for a browser, which may run its own script and nothing else."""
    style, script = (environment().get_template(name).render() for name in ("screen_style.css", SCREEN_SCRIPT))
    policy = (
        f"default-src 'none'; script-src {hashed(script)}; style-src {hashed(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    saying = spoken(report.language, report.foreign)
    return environment().get_template("screen.html").render(**saying, report=report, policy=policy)


def hashed(text: str) -> str:
    """Return what a content security policy calls a script or a style by."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
