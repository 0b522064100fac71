"""What reports say, as it stands in the program and its templates: every message with its context and its plural.

``python tests/messages.py`` brings the PO files of reports up to date: translations are kept, new messages are empty.
"""

from __future__ import annotations

import ast
from dataclasses import replace
from pathlib import Path

from jinja2 import nodes

from selfassess.languages.po import Entry, read_catalogue
from selfassess.languages.po_text import catalogue_text
from selfassess.languages.words import FOLDER, TOLD_CONTEXT
from selfassess.rendering.pages import environment

ROOT = Path(__file__).resolve().parent.parent
ELSEWHERE = {"form", "answer_book", "cli", "spreadsheet", "languages"}  # rooms that speak by words of other areas
ONE, MANY = {"say", "said", "message"}, {"say_many", "said_many", "many"}


def in_reports():
    """Every message of reports as (context, text, plural or None), with the file that says it first, in order."""
    found = {}
    for path in sorted((ROOT / "selfassess").rglob("*.py")):
        if path.relative_to(ROOT / "selfassess").parts[0].removesuffix(".py") not in ELSEWHERE:
            for key in of_module(path.read_text("utf-8")):
                found.setdefault(key, str(path.relative_to(ROOT)))
    for path in sorted((ROOT / "reports/templates").rglob("*.html")):
        for key in of_template(path.read_text("utf-8")):
            found.setdefault(key, str(path.relative_to(ROOT)))
    return found


def of_module(text):
    """The messages of a module, in the order of its lines."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        if name in ONE | MANY:
            texts = [arg.value for arg in call.args[: 1 + (name in MANY)] if isinstance(arg, ast.Constant)]
            yield from _keys(_context(call.func), name, texts)


def _context(func):
    """The context of ``words.at("a bid").say`` and of ``TOLD.say``."""
    of = func.value if isinstance(func, ast.Attribute) else None
    if isinstance(of, ast.Call) and isinstance(of.func, ast.Attribute) and of.func.attr == "at":
        return of.args[0].value
    return TOLD_CONTEXT if isinstance(of, ast.Name) and of.id == "TOLD" else None


def of_template(text):
    """The messages of a template, in order."""
    for call in environment().parse(text).find_all(nodes.Call):
        name, of = getattr(call.node, "name", getattr(call.node, "attr", "")), getattr(call.node, "node", None)
        context = of.args[0].value if isinstance(of, nodes.Call) else None
        if name in ("say", "many"):
            texts = [arg.value for arg in call.args[: 1 + (name == "many")] if isinstance(arg, nodes.Const)]
            yield from _keys(context, name, texts)


def _keys(context, name, texts):
    if name in ONE and len(texts) == 1 and isinstance(texts[0], str):
        yield context, texts[0], None
    if name in MANY and len(texts) == 2:
        yield context, texts[0], texts[1]


def updated(catalogue):
    """A catalogue of reports with exactly the messages that they say, in their order."""
    before, entries = {entry.key: entry for entry in catalogue.entries}, []
    forms = next((len(entry.translations) for entry in catalogue.entries if entry.many is not None), 2)
    for (context, source, many), file in in_reports().items():
        empty = ("",) if many is None else ("",) * forms
        kept = before.get((context, source))
        translations = kept.translations if kept is not None and kept.many == many else empty
        entries.append(Entry(context=context, source=source, many=many, translations=translations, references=(file,)))
    return replace(catalogue, entries=tuple(entries))


if __name__ == "__main__":
    for path in sorted((FOLDER / "report").glob("*.po")):
        path.write_text(catalogue_text(updated(read_catalogue(path))), "utf-8")
