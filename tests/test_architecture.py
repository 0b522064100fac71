"""Imports go one way, every room is listed, and no float is born where a score is made."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "selfassess"

# From the ground up; a room imports rooms of its own line or of lines above it here.
LAYERS = (
    ("errors",),
    ("numbers", "limits", "characters", "problems", "identifiers"),
    ("text", "typed"),
    ("sources",),
    ("model",),
    ("languages",),
    ("wording",),
    ("conditions",),
    ("plan",),
    ("checks", "scoring", "coverage"),
    ("award", "statistics", "harmony", "comparison", "differences"),
    ("pooled",),
    ("stability",),
    ("scorecard",),
    ("prospectus",),
    ("explaining",),
    ("digests", "exchange", "durable", "workbook"),
    ("results", "ranking_sheets", "annexes", "rounds_plain", "method_plain"),
    ("annex",),
    ("schemas", "prices", "evidence"),
    ("content",),
    ("form", "glyphs", "spreadsheet"),
    ("answer_book",),
    ("library", "rendering", "editor_schema"),
    ("seen", "unprintable"),
    ("bids", "shortfalls", "receipts", "pins", "publications"),
    ("tenders", "blank", "archives"),
    ("gathering",),
    ("evaluation",),
    ("standings", "reviews", "envelopes", "stabilities"),
    ("assessments",),
    ("checking",),
    ("previous",),
    ("inside",),
    ("publishing", "further"),
    ("reporting", "scorer"),
    ("outcome",),
    ("signing",),
    ("worksheet", "verification"),
    ("cli",),
    ("__main__",),
)
HEIGHT = {room: height for height, rooms in enumerate(LAYERS) for room in rooms}
HOMES = {
    "marshmallow": {"schemas"},
    "yaml": {"sources"},
    "rfc8785": {"digests"},
    "click": {"cli"},
    "jinja2": {"rendering"},
    "markupsafe": {"rendering"},
    "weasyprint": {"rendering"},
    "fontTools": {"glyphs"},
    "xlsxwriter": {"workbook"},
    "babel": {"languages"},
    "pypdf": {"verification"},
    "pyhanko": {"signing"},
    "zopfli": {"rendering"},
    "openpyxl": {"spreadsheet", "answer_book"},
    "xlrd": {"spreadsheet"},
}
EXACT = ("numbers", "conditions", "plan", "checks", "scoring", "coverage", "award", "stability", "model", "scorecard")
EXACT += ("form", "prospectus", "explaining", "results", "prices")
EXACT += (
    "annexes",
    "statistics",
    "harmony",
    "pooled",
    "comparison",
    "rounds_plain",
    "differences",
    "annex",
    "method_plain",
)
FILES = sorted(PACKAGE.rglob("*.py"))


def room_of(path):
    first = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
    return None if first == "__init__" else first


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            if node.module == "selfassess":
                yield from (f"selfassess.{alias.name}" for alias in node.names)
            else:
                yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def test_every_room_has_a_layer():
    rooms = {room for path in FILES if (room := room_of(path))}
    assert rooms == set(HEIGHT)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_go_one_way_and_third_parties_have_one_home(path):
    room = room_of(path)
    for module in imports_of(path):
        parts = module.split(".")
        if parts[0] == "selfassess" and len(parts) > 1 and parts[1] in HEIGHT and room:
            assert HEIGHT[parts[1]] <= HEIGHT[room], f"{room} imports {parts[1]}"
        if parts[0] in HOMES:
            assert room in HOMES[parts[0]], f"{parts[0]} in {room}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_no_float_and_no_clock_in_the_core(path):
    room, text = room_of(path), path.read_text("utf-8")
    for node in ast.walk(ast.parse(text)):
        if room in EXACT:
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), ast.unparse(node)
            assert not (isinstance(node, ast.Name) and node.id == "float"), "float"
    if room in EXACT:
        assert not re.search(r"\b(datetime\.now|date\.today|time\.time|os\.environ|open\()", text)


def test_the_one_float_is_written_in_digests():
    users = [path.name for path in FILES if re.search(r"\bfloat\(", path.read_text("utf-8"))]
    assert users == ["digests.py"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_rooms_and_functions_keep_their_size(path):
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    assert len(text.splitlines()) <= 280, len(text.splitlines())
    assert ast.get_docstring(tree), "a room says its one sentence"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            size = node.end_lineno - node.lineno + 1
            assert size <= 60, (node.name, size)
            assert node.returns is not None, node.name


def test_patterns_are_ascii_and_matched_whole():
    for path in FILES:
        text = path.read_text("utf-8")
        assert not re.search(r're\.compile\(r?"[^"]*\\[dws]', text), path
        assert "eval(" not in text.replace("_eval(", ""), path
        assert "pickle" not in text, path
        assert "shell=True" not in text, path
