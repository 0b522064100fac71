"""Templates compute nothing, take no structure from a document, and look the same without colour."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "reports" / "templates").rglob("*.html"))
STYLES = ROOT / "reports" / "styles"
ARITHMETIC = (nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod, nodes.Pow, nodes.Slice)
FILTERS = {"default"}
HEX = re.compile(r"#[0-9a-fA-F]{3,8}\b")
TEXTS = ("ink", "quiet", "accent", "good", "bad", "open")
GROUNDS = ("paper", "soft", "good-soft", "bad-soft", "open-soft")
READABLE, VISIBLE = Fraction(9, 2), Fraction(3)  # WCAG 2.2, 1.4.3 and 1.4.11


def tokens(text):
    return dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6})", text))


LIGHT = tokens((STYLES / "tokens.css").read_text("utf-8"))
DARK = tokens((STYLES / "screen.css").read_text("utf-8").partition("@media")[2].partition("* {")[0])


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, two):
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def parsed(path):
    return Environment(autoescape=True).parse(path.read_text("utf-8"))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
class TestEveryTemplate:
    def test_computes_nothing(self, path):
        tree = parsed(path)
        assert not list(tree.find_all(ARITHMETIC))
        assert not [c for c in tree.find_all(nodes.Const) if isinstance(c.value, float)]

    def test_formats_nothing(self, path):
        assert {found.name for found in parsed(path).find_all(nodes.Filter)} <= FILTERS

    def test_turns_escaping_nowhere_off(self, path):
        text = path.read_text("utf-8")
        assert not re.search(r"\|\s*safe|Markup|autoescape|tojson", text)
        assert not list(parsed(path).find_all(nodes.ScopedEvalContextModifier))

    def test_prints_only_as_text_and_in_quoted_attributes(self, path):
        text = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        plain = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", lambda found: "\0" if found.group()[1] == "{" else "", text)
        for tag in re.findall(r"<[a-zA-Z][^>]*>", plain):
            assert "\0" not in re.sub(r'="[^"]*"', "", tag), tag
            assert not re.search(r"\s(style|on[a-z]+|srcset)=", tag), tag
            for name, value in re.findall(r'\s([a-z-]+)="([^"]*)"', tag):
                assert "\0" not in value or name not in ("src", "style"), tag
        for element in ("style", "script"):
            for inner in re.findall(rf"<{element}>(.*?)</{element}>", plain, re.DOTALL):
                assert "\0" not in inner
        assert "<!--" not in text


def test_links_lead_into_the_report_or_to_a_bids_own_report():
    links = {link for path in TEMPLATES for link in re.findall(r'href="([^"]*)"', path.read_text("utf-8"))}
    assert {link for link in links if not link.startswith("#")} == {"{{ row.report }}"}


class TestColours:
    @pytest.mark.parametrize("own", [LIGHT, DARK], ids=["light", "dark"])
    def test_texts_can_be_read_on_every_ground(self, own):
        assert set(own) >= {*TEXTS, *GROUNDS}
        for text in TEXTS:
            for ground in GROUNDS:
                assert contrast(own[text], own[ground]) >= READABLE, (text, ground)
        assert contrast(own["paper"], own["accent"]) >= READABLE, "numbers in marks"

    @pytest.mark.parametrize("own", [LIGHT, DARK], ids=["light", "dark"])
    def test_marks_can_be_seen(self, own):
        for mark in ("accent", "frame", "bad", "ink"):
            assert contrast(own[mark], own["paper"]) >= VISIBLE, mark
        assert contrast(own["accent"], own["soft"]) >= VISIBLE
        assert contrast(own["frame"], own["soft"]) >= VISIBLE

    def test_one_file_sets_all_colours_of_paper(self):
        for path in (STYLES / "paper.css", *TEMPLATES):
            assert not HEX.findall(re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"))), path
        used = set(re.findall(r"var\(--([a-z-]+)\)", (STYLES / "paper.css").read_text("utf-8")))
        assert used - {"heads"} <= set(LIGHT)

    def test_no_tone_is_printed_without_a_word_or_a_mark(self):
        """Black-and-white prints: what is good, bad or open begins with ✓, ✗ or ?."""
        from selfassess.scorecard.matrices import JUDGED  # noqa: PLC0415
        from selfassess.scorecard.saying import APPROVALS, OUTCOMES  # noqa: PLC0415

        for text, tone in (*OUTCOMES.values(), *APPROVALS.values(), *JUDGED.values()):
            assert text[0] == {"good": "✓", "bad": "✗", "open": "?"}[tone]

    def test_the_style_is_of_single_classes(self):
        """Selectors of several parts cost time on every box (they are for the screen alone)."""
        text = re.sub(r"/\*.*?\*/", "", (STYLES / "paper.css").read_text("utf-8"), flags=re.DOTALL)
        text = re.sub(r"@page[^{]*\{(?:[^{}]|\{[^{}]*\})*\}", "", text)
        for selector in re.findall(r"([^{}]+)\{", text):
            assert re.fullmatch(r"\s*(\.[a-z0-9-]+(::after)?|html(:lang\([a-z]{2}\))?|body|svg)\s*", selector), selector
