"""A prospectus becomes one page for the screen and the printer: no script, nothing fetched, its style named by hash."""

from __future__ import annotations

import base64
import hashlib

from markupsafe import Markup

from selfassess import content
from selfassess.prospectus.cards import Prospectus
from selfassess.rendering.pages import _environment


def render_prospectus(shown: Prospectus) -> str:
    """Return the HTML of a prospectus, in one file."""
    style = (content.reports() / "styles" / "show.css").read_text("utf-8")
    printed = base64.b64encode(hashlib.sha256(style.encode("utf-8")).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{printed}'; base-uri 'none'; form-action 'none'"
    page = _environment().get_template("show.html")
    return page.render(shown=shown, style=Markup(style), policy=policy)  # noqa: S704  our own file, no foreign text
