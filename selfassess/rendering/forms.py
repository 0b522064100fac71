"""A form's page becomes one HTML file that runs its own script and nothing else, and asks nobody for anything."""

from __future__ import annotations

import base64
import json
import zlib
from functools import cache

from jinja2 import DictLoader, Environment, StrictUndefined

from selfassess import content
from selfassess.form import FormPage
from selfassess.rendering.pages import hashed

FOLDER = "form"
PROGRAM = (
    *("json", "engine", "sha256", "typed", "words", "draft", "opening", "elements", "conditions", "answers", "papers"),
    *("cards", "store", "page"),
)
TEMPLATES = ("form.html", "form.css", "boot.js")


def render_form(page: FormPage) -> str:
    """Return the page as one HTML file.

    Program and data are deflated in it, which makes a third of them. Styles and scripts are named by digest in the
    page's policy, the unpacked program among them, and nothing else may run or be fetched.
    """
    environment = _environment()
    style, boot = (environment.get_template(name).render() for name in ("form.css", "boot.js"))
    policy = (
        f"default-src 'none'; script-src {hashed(boot)} {hashed(program())}; style-src {hashed(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types selfassess"
    )
    packed = _deflated(json.dumps({"program": program(), "page": page.data}, ensure_ascii=False, separators=(",", ":")))
    return environment.get_template("form.html").render(page=page, policy=policy, packed=packed)


@cache
def program() -> str:
    """Return the program of the page without its comments and the space at the start of its lines."""
    texts = [(content.reports() / FOLDER / f"{name}.js").read_text("utf-8") for name in PROGRAM]
    lines = [line.strip() for text in texts for line in text.split("\n")]
    return "\n".join(line for line in lines if line and not line.startswith("//"))


@cache
def _environment() -> Environment:
    # A boot script and a style are no templates: what would be one in them is kept as it stands.
    sources = {name: (content.reports() / FOLDER / name).read_text("utf-8").strip() for name in TEMPLATES}
    kept = {
        name: text if name.endswith(".html") else f"{{% raw %}}{text}{{% endraw %}}" for name, text in sources.items()
    }
    return Environment(loader=DictLoader(kept), autoescape=True, undefined=StrictUndefined)


def _deflated(text: str) -> str:
    """Return a text as raw deflate in base64."""
    packing = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS, 9)
    return base64.b64encode(packing.compress(text.encode("utf-8")) + packing.flush()).decode("ascii")
