"""A prospectus becomes one page for the screen and the printer: no script, nothing fetched, its style named by hash."""

from __future__ import annotations

from selfassess.prospectus.cards import Prospectus
from selfassess.rendering.pages import environment, hashed


def render_prospectus(shown: Prospectus) -> str:
    """Return the HTML of a prospectus, in one file."""
    style = environment().get_template("show.css").render()
    policy = f"default-src 'none'; style-src {hashed(style)}; base-uri 'none'; form-action 'none'"
    return environment().get_template("show.html").render(shown=shown, policy=policy)
