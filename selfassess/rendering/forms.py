"""A form's page becomes one HTML file that runs its own script and nothing else, and asks nobody for anything."""

from __future__ import annotations

import base64
import json
from functools import cache

from jinja2 import DictLoader, Environment, StrictUndefined
from zopfli.zlib import compress

from selfassess import content
from selfassess.form import FormPage
from selfassess.rendering.pages import hashed

FOLDER = "form"
PROGRAM = (
    *("json", "engine", "sha256", "typed", "words", "draft", "opening", "elements", "conditions", "answers", "papers"),
    *("cards", "store", "page"),
)
TEMPLATES = ("form.html", "boot.js")
ITERATIONS = 5  # of the search for a shorter form; more of them save some hundred bytes
SAFE = str.maketrans("&<>", ".,:")


def render_form(page: FormPage) -> str:
    """Return the page as one HTML file.

    Program, style and data are deflated in it, which makes a third of them. The page's policy names scripts and style
    by digest, the unpacked ones among them, and nothing else may run or be fetched.
    """
    environment = _environment()
    boot = environment.get_template("boot.js").render()
    policy = (
        f"default-src 'none'; script-src {hashed(boot)} {hashed(program())}; style-src {hashed(style())}; "
        "img-src data:; base-uri 'none'; form-action 'none'; "
        "require-trusted-types-for 'script'; trusted-types selfassess"
    )
    whole = {"program": program(), "style": style(), "page": page.data}
    packed = _packed(json.dumps(whole, ensure_ascii=False, separators=(",", ":")))
    return environment.get_template("form.html").render(page=page, policy=policy, packed=packed)


@cache
def program() -> str:
    """Return the program of the page without its comments and the space at the start of its lines."""
    texts = [(content.reports() / FOLDER / f"{name}.js").read_text("utf-8") for name in PROGRAM]
    lines = [line.strip() for text in texts for line in text.split("\n")]
    return "\n".join(line for line in lines if line and not line.startswith("//"))


@cache
def style() -> str:
    """Return the style of the page without the space at the start of its lines."""
    lines = (content.reports() / FOLDER / "form.css").read_text("utf-8").split("\n")
    return "\n".join(line.strip() for line in lines if line.strip())


@cache
def _environment() -> Environment:
    # A boot script is no template: what would be one in it is kept as it stands.
    sources = {name: (content.reports() / FOLDER / name).read_text("utf-8").strip() for name in TEMPLATES}
    sources["boot.js"] = f"{{% raw %}}{sources['boot.js']}{{% endraw %}}"
    return Environment(loader=DictLoader(sources), autoescape=True, undefined=StrictUndefined)


def _packed(text: str) -> str:
    """Return a deflated text in base 85, without the three of its signs that mean something in a page."""
    return base64.b85encode(compress(text.encode("utf-8"), numiterations=ITERATIONS)).decode("ascii").translate(SAFE)
