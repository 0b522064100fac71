"""The form as a file: what its policy lets run, what is in it and what must not be, and its words in every language."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import forms
import pytest
from commands import call
from folders import lay_out_tender

from selfassess.languages import LANGUAGES, words
from selfassess.languages.po import read_catalogue
from selfassess.languages.words import FOLDER
from selfassess.rendering.forms import program

SECRET = {"rule", "weights", "sections", "stays", "cap"}
SAYS = re.compile(r'\bsay\(\s*"((?:[^"\\]|\\.)*)"')
SAID = set(SAYS.findall(program()))


@pytest.fixture(scope="module")
def html(tmp_path_factory):
    return forms.written(tmp_path_factory.mktemp("form")).read_text("utf-8")


def hashed(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


class TestTheFile:
    def test_lets_its_own_program_run_and_nothing_else(self, html):
        (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
        (boot,) = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
        inside = forms.unpacked(html)
        scripts = f"{hashed(boot)} {hashed(inside['program'])}"
        assert policy.replace("&#39;", "'") == (
            f"default-src 'none'; script-src {scripts}; "
            f"style-src {hashed(inside['style'])}; img-src data:; base-uri 'none'; form-action 'none'; "
            "require-trusted-types-for 'script'; trusted-types selfassess"
        )

    def test_names_no_address_and_has_nothing_in_line(self, html):
        inner = forms.unpacked(html)["program"]
        for text in (html, inner):
            assert not re.search("[a-z]+:/", text)
        assert not re.search(r"\s(?:style|on[a-z]+|src|href)=", html)
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|fetch\(|XMLHttp", inner
        )

    def test_in_five_languages_is_smaller_than_200_kb(self, html):
        assert [one["id"] for one in forms.unpacked(html)["page"]["languages"]] == list(LANGUAGES)
        assert len(html.encode()) < 200_000

    def test_is_the_same_bytes_each_time(self, html, tmp_path):
        assert forms.written(tmp_path).read_text("utf-8") == html

    def test_holds_texts_that_look_like_markup_or_templates_as_they_are(self, tmp_path):
        text = "Is {{ 7 * 7 }} 1 </script><script>alert(1)</script> {% raw %} 5 < 6?"
        folder = lay_out_tender(
            tmp_path / "t", {}, questionnaire=[("text: Were all factories audited?", f"text: '{text}'")]
        )
        html = forms.written(tmp_path, subject=folder).read_text("utf-8")
        assert text in forms.unpacked(html)["page"]["source"]
        assert "alert(1)" not in html


class TestWhatBiddersMayNotSee:
    """A buyer who keeps scores to itself hands out no file that has them."""

    def _keys(self, part):
        if isinstance(part, dict):
            for key, value in part.items():
                yield key
                yield from self._keys(value)
        elif isinstance(part, list):
            for value in part:
                yield from self._keys(value)

    def test_is_not_in_the_file(self, tmp_path):
        plan = forms.unpacked(forms.written(tmp_path, "--no-score").read_text("utf-8"))["page"]["plan"]
        assert not SECRET & set(self._keys(plan))
        assert plan["scored"] is False

    def test_and_what_they_may_see_is(self, html):
        plan = forms.unpacked(html)["page"]["plan"]
        assert set(self._keys(plan)) >= SECRET

    @pytest.mark.parametrize(("seen_by", "scored"), [("public", True), ("bidders", True), ("buyer", False)])
    def test_a_tender_says_who_sees_scores(self, tmp_path, seen_by, scored):
        disclosed = ("languages:", f"disclosure: {{scores: {seen_by}}}\nlanguages:")
        folder = lay_out_tender(tmp_path / "t", {}, tender=[disclosed])
        page = forms.unpacked(forms.written(tmp_path, subject=folder).read_text("utf-8"))["page"]
        assert page["plan"]["scored"] is scored


class TestTheCommand:
    def test_never_writes_over_a_file(self, tmp_path):
        path = forms.written(tmp_path)
        before = path.read_bytes()
        outcome = call("form", forms.NAME, "-o", path)
        assert outcome.code == 2
        assert "is there already" in outcome.err
        assert path.read_bytes() == before

    def test_writes_to_standard_output(self):
        assert call("form", forms.NAME, "-o", "-").out.startswith("<!doctype html>")

    def test_says_what_there_is_where_a_questionnaire_is_not(self, tmp_path):
        outcome = call("form", "fair-smartphones@9.0.0", "-o", tmp_path / "f.html")
        assert outcome.code == 2
        assert "fair-smartphones@1.0.0" in outcome.err
        assert not (tmp_path / "f.html").exists()


class TestItsWords:
    @pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
    def test_are_all_translated_and_none_is_left_over(self, language):
        catalogue = read_catalogue(Path(FOLDER) / "form" / f"{language}.po")
        assert {entry.source for entry in catalogue.entries} == SAID
        assert set(words("form", language).plain()) == SAID

    def test_are_all_written_out_where_they_are_said(self):
        calls = re.findall(r"\bsay\(", program())
        assert len(calls) == len(SAYS.findall(program())) + 1  # its own definition
