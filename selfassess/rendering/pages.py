"""A card becomes HTML: one template for each kind of report, autoescape always on."""

from __future__ import annotations

from datetime import datetime
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from selfassess import content
from selfassess.scorecard.cards import EvaluationReport, SupplierReport
from selfassess.scorecard.statistics import StatisticsReport


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(content.reports() / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_html(report: SupplierReport | EvaluationReport | StatisticsReport, *, created: datetime) -> str:
    """Return the HTML of a report; ``created`` is the time that it names as its own."""
    name = "supplier.html" if isinstance(report, SupplierReport) else "evaluation.html"
    name = "statistics.html" if isinstance(report, StatisticsReport) else name
    return _environment().get_template(name).render(report=report, created=created.isoformat())
