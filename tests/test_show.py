"""A questionnaire to read before bidding: in the terminal, part by part, and as one page."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
import writing
from commands import call

from selfassess.checks.forms import FORMS
from selfassess.library import standard
from selfassess.plan import compile_plan, gate_in_words, rule_sentence
from selfassess.prospectus import prospectus
from selfassess.prospectus.agreement import SAID, checks_in_words
from selfassess.rendering import render_prospectus
from selfassess.schemas import load_profile, load_questionnaire

ROOT = Path(__file__).resolve().parent.parent
NAMED = "fair-smartphones@1.0.0"


@pytest.fixture(scope="module")
def questionnaire():
    return standard().questionnaire("fair-smartphones", "1.0.0").content


@pytest.fixture(scope="module")
def html():
    return call("show", NAMED, "--format", "html").out


def flat(text):
    """A text without its line ends, so that wrapping does not matter."""
    return " ".join(text.split())


def planned(*questions, **more):
    document = writing.questionnaire(*questions)
    loaded = writing.loaded(load_questionnaire, document).content
    return compile_plan(loaded, writing.loaded(load_profile, writing.profile(document, **more)).content)


class TestWords:
    """Rules and gates are said with units and with the texts of options and columns."""

    @pytest.mark.parametrize(
        ("score", "said"),
        [
            ({"curve": [[80, 0], [100, 1]]}, "a straight line from 80 % (0) to 100 % (1)"),
            (
                {"curve": [[0, 0], [15, 0], [15, Decimal("0.3")], [100, 1]]},
                "a straight line from 0 % (0) over 15 % (0, from there on 0.3) to 100 % (1)",
            ),
            ({"steps": [[5, Decimal("0.2")], [7, 1]]}, "0 below 5 %, 0.2 from 5 % on, 1 from 7 % on"),
            ({"steps": [[0, Decimal("0.2")], [7, 1]]}, "0.2 from 0 % on, 1 from 7 % on"),
        ],
    )
    def test_figures_carry_their_unit(self, score, said):
        more = {"minimum": 0, "maximum": 100} if score.get("steps", [[1]])[0][0] == 0 else {}
        plan = planned(writing.question("Q1", "number", unit="%", decimals=0, score=score) | more)
        assert rule_sentence(plan.questions[0].question).replace("\u00a0", " ") == said

    def test_a_gate_that_asks_for_every_option_says_so(self):
        options = [{"id": name, "text": name.upper()} for name in ("a", "b")]
        gate = {"all": [{"includes": "a"}, {"includes": "b"}]}
        question = writing.question("Q1", "choices", options=options, score="share", gate=gate)
        plan = planned(question)
        assert gate_in_words(plan.questions[0].gate_condition, plan.questions[0].question) == "all 2 options are ticked"
        one = planned(question | {"gate": {"includes": "b"}}).questions[0]
        assert gate_in_words(one.gate_condition, one.question) == "the answer includes “B”"


class TestChecks:
    """Every rule of a cross-check can be said."""

    def test_no_rule_lacks_its_sentence(self):
        assert set(SAID) == set(FORMS)

    def test_the_questionnaire_says_its_checks(self):
        text = flat(call("show", NAMED, "--question", "W01", "--question", "C19", "--question", "E07").out)
        share = "“Share of the contract volume in percent”"
        assert f"Over all rows {share} adds up to at most 100, give or take 0.5." in text
        assert "“Checked on” does not lie in the future." in text
        assert "C19 is at least C19-battery." in text
        assert "Every row of E07 is a row of W01." in text
        assert f"{share} is the same in the rows of E07 and W01." in text

    def test_checks_between_tables_name_both(self):
        site = {"id": "site", "text": "Site", "type": "text"}
        years = {"id": "years", "text": "Years", "type": "number", "unit": "years", "decimals": 0}
        table = {"columns": [site, years], "key": "site", "score": "unscored"}
        document = writing.questionnaire(
            writing.question("T1", "table", **table),
            writing.question("T2", "table", **table),
            writing.question("N1", "number", score={"curve": [[0, 0], [10, 1]]}),
            checks=[
                {"id": "a", "rule": "rows_among", "question": "T2", "of": "T1"},
                {"id": "b", "rule": "at_most_rows", "question": "N1", "of": "T1", "column": "years"},
                {"id": "c", "rule": "same_rows", "question": "T1", "of": "T2"},
            ],
        )
        named = writing.loaded(load_questionnaire, document).content
        assert list(checks_in_words(named, "T1")) == [
            "Every row of T2 is a row of T1.",
            "N1 is at most “Years” in every row of T1.",
            "T1 and T2 have the same rows.",
        ]


class TestTerminal:
    """What stands there, and that it fits."""

    @pytest.mark.parametrize("columns", [40, 80, 120, 200])
    @pytest.mark.parametrize("more", [(), ("--coverage",)])
    def test_no_line_is_wider_than_the_terminal(self, columns, more, monkeypatch):
        monkeypatch.setenv("COLUMNS", str(columns))
        longest = max(map(len, call("show", NAMED, *more).out.splitlines()))
        unbroken = 82 if more or columns < 80 else 80  # a digest, or the narrowest matrix
        assert longest <= max(min(columns, 120), unbroken)

    def test_contents_and_minimum_requirements_come_before_every_question(self, questionnaire):
        text = flat(call("show", NAMED).out)
        places = [text.index(f"{question.id} {question.text}") for question in questionnaire.questions()]
        assert text.index("Contents") < text.index("What every bid must meet") < places[-1]
        for question in questionnaire.questions():
            assert flat(question.help) in text, question.id
            for option in question.options:
                assert option.text in text

    def test_one_question_tells_all_of_it(self):
        text = flat(call("show", NAMED, "--question", "E15").out)
        for said in (
            "E15 How much of the plastic",
            "3 of 51 parts of the section, 5.9 %",
            "a straight line from 0 % (0) to 50 % (1)",
            "no-plastic-parts: The offered models have no plastic parts",
            "“Report of an accredited laboratory”",
            "issued at most 24 months",
            "EN 45557, recycled content; reused parts are another matter (confirmed)",
            "joint statement: JS1",
        ):
            assert said in text
        assert "W09" not in text

    def test_options_carry_their_worth_and_conditions_are_sentences(self):
        text = flat(call("show", NAMED, "--question", "W09", "--question", "C22", "--question", "C03").out)
        assert "- requested: Every site was asked for it in writing (25 % of full marks)" in text
        assert "when C21 is one of “The phones delivered under this contract" in text
        assert "must be met the answer is at least 800 cycles" in text

    def test_a_section_alone(self):
        text = call("show", NAMED, "--section", "second-life").out
        assert "L02" in text
        assert "Contents" not in text
        assert "W01  " not in text

    @pytest.mark.parametrize(
        ("args", "said"),
        [
            (["--section", "second-live"], "Did you mean second-life?"),
            (["--question", "w09"], "Did you mean W09?"),
            (["--question", "xyz-unlike"], "There are: W01"),
            (["--coverage", "--format", "html"], "--coverage"),
        ],
    )
    def test_an_unknown_part_is_2_with_a_way_out(self, args, said):
        outcome = call("show", NAMED, *args)
        assert outcome.code == 2
        assert said in outcome.err

    def test_a_part_as_json_has_the_question_as_written_and_its_plan(self):
        plain = json.loads(call("show", NAMED, "--question", "E15", "--format", "json").out)
        assert [part["question"]["id"] for part in plain["questions"]] == ["E15"]
        assert plain["questions"][0]["plan"]["score"] == {"curve": [["0", "0"], ["50", "1"]]}

    def test_a_tenders_questions_carry_the_weights_of_each_lot(self, example):
        text = flat(call("show", example, "--question", "E19").out)
        assert "new-devices: 2.61 of 100 points" in text
        assert "second-life: 8.00 of 100 points" in text
        assert "new-devices: not asked" in flat(call("show", example, "--question", "L02").out)
        plain = json.loads(call("show", example, "--format", "json").out)
        assert set(plain["plans"]) == {"new-devices", "second-life"}

    def test_a_file_is_written_and_never_written_over(self, tmp_path):
        target = tmp_path / "page.html"
        assert call("show", NAMED, "--format", "html", "-o", target).code == 0
        before = target.read_bytes()
        assert call("show", NAMED, "-o", target).code == 2
        assert target.read_bytes() == before


class Page(HTMLParser):
    """The elements of a page: balanced, with their ids, links and attributes."""

    VOID = frozenset({"meta", "rect", "br"})

    def __init__(self, html):
        super().__init__()
        self.open, self.ids, self.links, self.attributes, self.tags = [], [], [], set(), set()
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value)
            if name == "href":
                self.links.append(value)
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):  # noqa: ARG002  its signature
        assert tag in self.VOID

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


class TestPage:
    """One self-contained page: nothing fetched, nothing run, every anchor there."""

    def test_it_is_balanced_and_every_link_leads_to_an_anchor(self, html, questionnaire):
        page = Page(html)
        assert len(page.ids) == len(set(page.ids))
        assert {link.removeprefix("#") for link in page.links} <= set(page.ids)
        assert {question.id for question in questionnaire.questions()} <= set(page.ids)

    def test_it_runs_and_fetches_nothing_and_its_style_is_named_by_hash(self, html):
        page = Page(html)
        assert not page.tags & {"script", "link", "img", "iframe", "object", "form"}
        assert "style" not in page.attributes
        assert not [name for name in page.attributes if name.startswith("on") or name == "src"]
        style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1].replace("&#39;", "'")
        assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
        assert "url(" not in style
        assert "@import" not in style

    def test_the_same_questionnaire_gives_the_same_bytes(self, html):
        assert call("show", NAMED, "--format", "html").out == html

    def test_a_part_is_a_page_too(self):
        page = Page(call("show", NAMED, "--format", "html", "--question", "W09").out)
        assert "W09" in page.ids
        assert {link.removeprefix("#") for link in page.links} <= set(page.ids)

    def test_a_tender_is_a_page_too(self, example):
        html = call("show", example, "--format", "html").out
        assert {link.removeprefix("#") for link in Page(html).links} <= set(Page(html).ids)
        assert "Only in second-life." in html

    def test_texts_of_the_questionnaire_are_text(self):
        plan = planned(writing.question("Q1", text="<script>alert(1)</script>?", help='"><b>'))
        html = render_prospectus(prospectus({"": plan}, digests=()))
        assert "script" not in Page(html).tags
        assert "&lt;script&gt;" in html

    @pytest.mark.parametrize("scheme", ["light", "dark", "print"])
    def test_text_stands_out_from_its_ground(self, scheme):
        found = re.findall(r":root \{(.*?)color-scheme", self.style() + "color-scheme", re.DOTALL)
        light, print_ = self.colours(found[0]), self.colours(found[-1])
        dark = self.colours(re.search(r"dark\) \{\s*:root \{(.*?)\}", self.style(), re.DOTALL)[1])
        colours = {"light": light, "dark": light | dark, "print": light | print_}[scheme]
        pairs = [(ink, "paper") for ink in ("ink", "quiet", "deep", "fill", "good", "warn")]
        pairs += [("quiet", "tint"), ("fill", "tint"), ("warn", "warn-tint"), ("ink", "warn-tint")]
        pairs += [("shade-ink", f"shade-{n}") for n in range(1, 5)]
        for ink, ground in pairs:
            assert contrast(colours[ink], colours[ground]) >= 4.5, (scheme, ink, ground)

    def style(self):
        return (ROOT / "reports" / "styles" / "show.css").read_text("utf-8")

    def colours(self, block):
        return dict(re.findall(r"--([a-z0-9-]+): #([0-9a-f]{6})", block))


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """The contrast of two colours (WCAG 2.2, 1.4.3)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
