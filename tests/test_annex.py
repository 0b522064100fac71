"""The annex says the whole method before bids come: every question, weight, curve, rule, and examples that add up."""

from __future__ import annotations

import ast
import dataclasses
import json
import operator
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import writing
from commands import call
from folders import lay_out_tender
from hypothesis import given
from hypothesis import strategies as st
from pages import CREATED, read, text_of

from selfassess import publishing
from selfassess.annex import annex_plain, annex_report
from selfassess.annex.award import award_cards
from selfassess.annex.curves import curve_drawing
from selfassess.annex.report import SETTINGS
from selfassess.award import MODELS
from selfassess.languages import Words, words
from selfassess.languages.words import Said, filled
from selfassess.library import standard
from selfassess.model.questionnaire import Curve
from selfassess.plan import condition_in_words, rule_sentence
from selfassess.prospectus import prospectus
from selfassess.prospectus.front import PARAMETERS
from selfassess.rendering import render_annex
from selfassess.schemas import load_questionnaire
from selfassess.schemas.profile import ChangesSchema
from selfassess.schemas.tender import PARAMETERS as PRICE_PARAMETERS
from selfassess.tenders import open_tender

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples/nordic-smartphones"
MOMENT = "2026-10-01T12:00:00+02:00"
PRICES = {
    "deduction": "full_quality: 100000",
    "absolute_linear": "price_points: 50, quality_points: 50, low: 200000, high: 600000, clamp: dear",
    "surcharge": "price_points: 60, quality_points: 40",
    "fixed_price": "",
    "threshold_lowest_price": "minimum_quality: 55",
    "admit_all_above": "minimum_quality: 0",
    "life_cycle_cost": "years: 4, costs: [{id: power, title: Use, question: cycles, unit_cost: 2.5, method: As read}]",
    "relative_proportional": "price_points: 50, quality_points: 50",
    "relative_linear": "price_points: 30, quality_points: 70",
    "relative_range": "price_points: 50, quality_points: 50",
}
SIGNS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def computed(line):
    """The value of a printed line of arithmetic, exactly."""

    def value(node):
        if isinstance(node, ast.BinOp):
            return SIGNS[type(node.op)](value(node.left), value(node.right))
        return Fraction(str(node.value))

    text = line.replace("\u00a0", "").replace("−", "-").replace("×", "*")
    return value(ast.parse(re.sub(r"\d+\.\d+", lambda found: f"'{found.group()}'", text), mode="eval").body)


def laid_out(folder, model="deduction", **more):
    price = f"price: {{model: {model}, currency: SEK, vat: excluded, {PRICES[model]}}}".replace(", }", "}")
    old = "price: {model: deduction, currency: SEK, vat: excluded, full_quality: 100000}"
    return lay_out_tender(folder, {}, tender=[(old, price), *more.pop("tender", [])], **more)


def method_of(folder):
    return publishing.method_of(open_tender(folder, standard()), "")


@pytest.mark.parametrize("model", MODELS)
class TestWorkedExamples:
    """A price model without a formula and checked figures does not ship (design of the method, 3.10)."""

    def test_the_printed_line_gives_the_figure_exactly(self, model, tmp_path):
        [card] = award_cards(method_of(laid_out(tmp_path / "t", model)))
        assert len(card.bids) == 3
        for bid in card.bids:
            if bid.figure is None:
                assert (bid.line, bid.printed, bid.place) == ("", "not admitted", 0)
            elif model == "threshold_lowest_price":
                assert bid.figure == bid.price
            else:
                assert computed(bid.line) == bid.figure, bid.line

    def test_places_follow_the_figures(self, model, tmp_path):
        [card] = award_cards(method_of(laid_out(tmp_path / "t", model)))
        figures = [bid.figure for bid in card.bids if bid.figure is not None]
        places = [bid.place for bid in card.bids if bid.place]
        if model == "admit_all_above":
            assert places == [1, 1, 1], "all win, in no order"
        else:
            assert figures == sorted(figures, reverse=not MODELS[model][1])
            assert places == [1, 2, 3][: len(figures)]

    def test_the_annex_can_be_published(self, model, tmp_path):
        folder = laid_out(tmp_path / "t", model)
        assert call("publish", folder, "--at", MOMENT, "--no-pdf").code == 0
        [lot] = json.loads((folder / "annex.json").read_text("utf-8"))["lots"]
        assert lot["price"]["price_model"] == model
        assert [Fraction(bid["figure"]["exact"]) for bid in lot["example"] if bid["figure"]]


def test_a_discounted_factor_is_marked_as_rounded(tmp_path):
    folder = laid_out(
        tmp_path / "t", "life_cycle_cost", tender=[("years: 4,", "years: 4, discount_rate: 5, rate_source: The bank,")]
    )
    [card] = award_cards(method_of(folder))
    assert all("≈ 3.546" in bid.line for bid in card.bids)
    assert {line.label: line.note for line in card.settings}["Factor of the years"] == "The bank"


def _rule(score):
    """The rule of a question, or of the column that scores the rows of its table."""
    inner = score.get("rule", score) if isinstance(score, dict) else {}
    return inner if isinstance(inner, dict) else {}


class TestExampleTender:
    """The annex of the example tender, whole."""

    @pytest.fixture(scope="class")
    @classmethod
    def made(cls, tmp_path_factory):
        folder = tmp_path_factory.mktemp("annex") / "tender"
        folder.mkdir()
        (folder / "tender.yaml").write_bytes((EXAMPLE / "tender.yaml").read_bytes())
        outcome = call("publish", folder, "--at", MOMENT)
        assert outcome.code == 0, outcome.err
        return folder

    def test_every_question_stands_in_it_with_its_points_in_every_lot(self, made):
        plain = json.loads((made / "annex.json").read_text("utf-8"))
        questions = [question for section in plain["sections"] for question in section["questions"]]
        assert len(questions) == 102
        for lot in ("new-devices", "second-life"):
            points = [
                Fraction(w["points"]["exact"])
                for q in questions
                for w in q["weights"]
                if w["lot"] == lot and w["points"]
            ]
            assert sum(points) == 100
            sections = [w["points"] for s in plain["sections"] for w in s["weights"] if w["lot"] == lot and w["points"]]
            assert sum(Fraction(found["exact"]) for found in sections) == 100

    def test_the_pdf_says_the_same(self, made, tmp_path):
        plain = json.loads((made / "annex.json").read_text("utf-8"))
        text = " ".join(text_of((made / "annex.pdf").read_bytes(), tmp_path / "x.pdf").split())
        for section in plain["sections"]:
            for question in section["questions"]:
                assert question["text"].split()[0] in text
                assert re.search(rf"\b{re.escape(question['id'])}\b", text), question["id"]
                for weight in question["weights"]:
                    assert weight["points"] is None or weight["points"]["shown"] in text
        for digest in plain["digests"].values():
            assert digest in text.replace(" ", "")
        for warning in plain["lawfulness"]:
            assert warning["code"] in text

    def test_it_says_rules_minima_reasons_and_warnings(self, made):
        plain = json.loads((made / "annex.json").read_text("utf-8"))
        assert plain["evidence_mode"] == "award"
        assert plain["not_applicable"]["cap"] == "0.1"
        assert {reason["id"] for reason in plain["not_applicable"]["reasons"]}
        assert plain["rounding"] == {"decimals": "2", "halves": "away from zero", "once": "where it is shown"}
        assert plain["tie_rule"] == ["quality", "price"]
        assert plain["lots"][1]["minima"]["second-life"] == "0.4"
        assert {warning["code"] for warning in plain["lawfulness"]} == {"environment-share", "not-applicable-can-leave"}
        assert any("Fjordholm" in rule["label"] for rule in plain["rules"])

    def test_every_curve_and_every_step_is_drawn(self):
        report = annex_report(method_of(EXAMPLE))
        drawn = {own.page.id for section in report.sections for own in section.questions if own.chart}
        plain = annex_plain(method_of(EXAMPLE), report)
        ruled = {
            question["id"]
            for section in plain["sections"]
            for question in section["questions"]
            if {"curve", "steps"} & _rule(question["exact"]["score"]).keys()
        }
        assert drawn == ruled
        html = render_annex(report, created=CREATED)
        assert html.count("Score by answer: ") == len(drawn)


def test_hostile_words_stay_words(tmp_path):
    folder = laid_out(tmp_path / "t")
    edited = folder / "tender.yaml"
    edited.write_text(
        edited.read_text("utf-8").replace("title: Phones for a city", 'title: "<b>A</b> & {{ 7 * 7 }}"'), "utf-8"
    )
    page = read(render_annex(annex_report(method_of(folder)), created=CREATED))
    assert "b" not in {tag for tag, _ in page.elements}
    assert any("<b>A</b> & {{ 7 * 7 }}" in text for text in page.texts)


def test_a_condition_that_leaves_is_said(tmp_path):
    old = "      - id: recycled\n"
    condition = "      - id: recycled\n        enable_when: {question: cycles, at_least: 900, when_false: leave}\n"
    folder = lay_out_tender(
        tmp_path / "t",
        {},
        questionnaire=[(old, condition)],
        profile=[("evidence_mode: dialogue", "evidence_mode: dialogue\naccepted_conditions: [recycled]")],
    )
    report = annex_report(method_of(folder))
    said = {own.page.id: own.leaves for section in report.sections for own in section.questions}
    assert said.pop("recycled").startswith("when_false: leave")
    assert set(said.values()) == {""}
    assert "when_false: leave" in render_annex(report, created=CREATED)
    plain = annex_plain(method_of(folder), report)
    [recycled] = [q for s in plain["sections"] for q in s["questions"] if q["id"] == "recycled"]
    assert recycled["when_false"] == "leave"


class TestCurves:
    """A drawing shows the rule that scores: its corners stand where the rule says."""

    @given(
        st.lists(st.integers(0, 1000), min_size=1, max_size=6, unique=True).map(sorted),
        st.data(),
    )
    def test_every_station_stands_inside_the_drawing_in_order(self, xs, data):
        scores = [data.draw(st.integers(0, 10)) for _ in xs]
        points = [[x, Decimal(score) / 10] for x, score in zip(xs, scores, strict=True)]
        kind = data.draw(st.sampled_from(["curve", "steps"]))
        plain = writing.questionnaire(writing.question("Q", "number", score={kind: points}))
        question = next(writing.loaded(load_questionnaire, plain).content.questions())
        chart = curve_drawing(question)
        dots = [shape for shape in chart.shapes if shape.kind == "circle"]
        assert [dot.x for dot in dots] == sorted(dot.x for dot in dots)
        assert len(dots) == len(points)
        for dot, score in zip(dots, scores, strict=True):
            assert dot.y == 190 - int(Fraction(164 * score, 10) + Fraction(1, 2))
        for shape in chart.shapes:
            assert 0 <= shape.x <= chart.width
            assert 0 <= shape.y <= chart.height

    def test_dates_and_columns_are_drawn_and_options_are_not(self):
        plain = writing.questionnaire(
            writing.question("D", "date", score={"steps": [["2025-01-01", Decimal("0.5")], ["2026-01-01", 1]]}),
            writing.question(
                "T",
                "table",
                columns=[{"id": "k", "text": "Key", "type": "text"}, {"id": "p", "text": "Part", "type": "percent"}],
                key="k",
                score={"column": "p", "rule": {"curve": [[80, 0], [100, 1]]}},
                aggregate="mean",
            ),
            writing.question("B"),
        )
        date, table, boolean = writing.loaded(load_questionnaire, plain).content.questions()
        texts = [shape.text for shape in curve_drawing(date).shapes if shape.kind == "text"]
        assert texts == ["0", "1", "2025-01-01", "2026-01-01"]
        assert "“Part”" not in curve_drawing(table).said
        assert "100" in curve_drawing(table).said
        assert curve_drawing(boolean) is None
        assert isinstance(table.score.rule, Curve)


class Marked(Words):
    """Words of a language in which every message is the English one between brackets."""

    def said(self, message, /, **values):
        return Said(f"⟦{filled(message, values)}⟧", self.language)

    def said_many(self, one, many, n, /, **values):
        return Said(f"⟦{filled(one if n == 1 else many, {'n': n, **values})}⟧", self.language)


def unsaid(text):
    """What of a text no message says."""
    inside = re.compile("⟦[^⟦⟧]*⟧")
    while inside.search(text):
        text = inside.sub("", text)
    return text


class TestLanguages:
    """The annex is printed in a language; what is frozen stays as it is."""

    def test_every_word_about_a_question_is_said(self):
        method = method_of(EXAMPLE)
        marked = Marked("report", "sv", {}, lambda n: int(n != 1))
        whole = prospectus(method.plans, digests=method.digests, tender=method.tender, words=marked)
        assert [fact.label for fact in whole.facts if unsaid(fact.label)] == []
        for page in (page for section in whole.sections for page in section.questions):
            said = [page.answer, page.rule, *page.rule_lines, page.gate, page.condition, page.evidence, *page.checks]
            said += [page.place, *(worth.said for worth in page.worths), *(option.worth for option in page.options)]
            said += [column.takes for column in page.columns]
            assert [text for text in said if re.search("[A-Za-z]", unsaid(text))] == [], page.id

    def test_every_parameter_and_every_setting_has_a_name(self):
        assert set(PARAMETERS) == set(PRICE_PARAMETERS)
        plain = set(ChangesSchema().fields) - {"not_applicable", "incomplete", "rounding"}
        assert set(SETTINGS) == plain | {"not_applicable_cap", "excludes_incomplete", "decimals"}

    def test_numbers_and_days_are_as_the_language_writes_them(self, tmp_path):
        folder = laid_out(tmp_path / "t", "life_cycle_cost")
        report = annex_report(dataclasses.replace(method_of(folder), language="sv"))
        [award] = report.awards
        assert all(bid.yearly.startswith("2,5 × ") for bid in award.bids)
        assert any(fact.value.startswith("20 november 2026 12:00+01:00") for fact in report.front.facts)

    def test_so_are_those_of_rules_and_what_is_frozen_is_in_english(self):
        half = Decimal("0.5")
        since = {"question": "D", "at_least": "2025-03-01"}
        plain = writing.questionnaire(
            writing.question("D", "date", score={"steps": [["2025-01-01", half], ["2026-01-01", 1]]}),
            writing.question("N", "percent", score={"curve": [[half, 0], [100, half], [100, 1]]}, enable_when=since),
        )
        questionnaire = writing.loaded(load_questionnaire, plain).content
        date, number = questionnaire.questions()
        swedish = words("report", "sv")
        assert "1 januari 2025" in rule_sentence(date, swedish)
        assert "1 mars 2025" in condition_in_words(number.enable_when, questionnaire, swedish)
        assert "0,5\u00a0%" in rule_sentence(number, swedish)
        assert curve_drawing(number, swedish).shapes[4].text == "0,5"
        assert rule_sentence(date) == "0 before 2025-01-01, 0.5 from 2025-01-01 on, 1 from 2026-01-01 on"
        frozen = "a straight line from 0.5\u00a0% (0) to 100\u00a0% (0.5, from there on 1)"
        assert rule_sentence(number) == frozen


def test_ties_the_seed_least_totals_and_clamps_are_said(tmp_path):
    seed = tmp_path / "seed"
    seed.write_bytes(b"a secret of at least sixteen bytes")
    folder = laid_out(
        tmp_path / "t",
        "absolute_linear",
        tender=[("tie_rule: [quality]", "tie_rule: [section:making, draw]")],
        profile=[("evidence_mode: dialogue", "evidence_mode: dialogue\nminima: {total: 40, sections: {using: 0.25}}")],
    )
    assert call("publish", folder, "--at", MOMENT, "--no-pdf", "--seed", seed).code == 0
    plain = json.loads((folder / "annex.json").read_text("utf-8"))
    assert plain["seed_digest"] == json.loads((folder / "publication.json").read_text("utf-8"))["seed_digest"]
    method = publishing.method_of(open_tender(folder, standard()), plain["seed_digest"])
    html = render_annex(annex_report(method), created=CREATED)
    page = " ".join(read(html).texts)
    for said in ("higher value in “Making”", "then the draw:", plain["seed_digest"], "40 of 100, in every lot"):
        assert said in page
    assert "At least 25 of 100 here." in page
    assert "at the dear end" in page
