"""What would turn a result stands in the results and on its page, and says what the ranking itself says."""

from __future__ import annotations

import csv
import datetime
import json
from fractions import Fraction

import openpyxl
import pages
import pytest
from commands import call
from copies import copy_example
from folders import lay_out_tender
from writing import profile, question, questionnaire, response, scored

from selfassess.scorecard.stability_tables import Page

RELATIVE = (
    ("model: deduction", "model: relative_proportional"),
    ("full_quality: 100000", "price_points: 50, quality_points: 50"),
)
TWO = (("full_quality: 100000}", "full_quality: 100000, winners: 2}"),)
BIDS = {"alfa": {"cycles": 900}, "beta": {}, "gamma": {"cycles": 1200, "recycled": 20}}


def plain(folder, name="stability.json"):
    return json.loads((folder / "results" / name).read_text("utf-8"))


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    folder = copy_example(tmp_path_factory.mktemp("stable") / "tender")
    call("evaluate", folder, "--no-pdf")
    return folder


def test_the_file_names_the_same_bids_by_the_same_digests_as_the_ranking(example):
    stability, ranking = plain(example), plain(example, "ranking.json")
    assert {bid["supplier"]: bid["response"] for bid in stability["bids"]} == {
        bid["supplier"]: bid["response"] for bid in ranking["bids"]
    }
    assert "stability.json" in plain(example, "manifest.json")["files"]
    for lot, ranked in zip(stability["lots"], ranking["lots"], strict=True):
        assert lot["leaders"] == ranked["winners"]
        found = {bid["supplier"]: (bid["rank"], bid["figure"]["exact"]) for bid in ranked["bids"] if bid["rank"]}
        assert {place["supplier"]: (place["rank"], place["figure"]["exact"]) for place in lot["ranking"]} == found


def test_the_price_that_ties_is_the_gap_of_the_figures(example):
    """Under a deduction a rival ties with a price lower by the very gap (design, 3.10)."""
    ranking = plain(example, "ranking.json")
    for lot, ranked in zip(plain(example)["lots"], ranking["lots"], strict=True):
        bids = {bid["supplier"]: bid for bid in ranked["bids"]}
        for one in lot["tying_prices"]:
            leader, rival = bids[one["leader"]], bids[one["rival"]]
            gap = Fraction(rival["figure"]["exact"]) - Fraction(leader["figure"]["exact"])
            assert Fraction(rival["price"]) - Fraction(one["rival_price"]["exact"]) == gap > 0
            assert Fraction(one["leader_price"]["exact"]) - Fraction(leader["price"]) == gap


def test_the_page_says_what_the_file_holds(example):
    report = pages.cards(example)[1]
    for card, lot in zip(report.stability, plain(example)["lots"], strict=True):
        assert card.lot == lot["lot"]
        assert card.said[0].startswith(f"{lot['leaders'][0]} stands first.")
        assert "all others keep their order" in card.said[1]
        tying = next(table for table in card.tables if table.title == "Prices that would tie")
        assert len(tying.rows) == len(lot["tying_prices"])
        assert card.weights.rows[0].label in ("Working conditions", "Second-life devices")
        for strip in card.weights.rows:
            assert strip.chart.said.startswith(strip.label)
    assert [line.value for line in report.front.contents].count("stability") == 1


def test_no_order_of_folders_changes_a_byte(tmp_path):
    found = []
    for names in (list(BIDS), list(reversed(BIDS))):
        bids = {name: BIDS[name] for name in names}
        folder = lay_out_tender(tmp_path / names[0], bids, prices=dict.fromkeys(names, 9))
        call("evaluate", folder, "--no-pdf")
        found.append((folder / "results/stability.json").read_bytes())
    assert found[0] == found[1]


def test_a_relative_model_always_shows_the_bids_left_out(tmp_path):
    """Under a relative model a third bid can flip the order of two others; the table shows that it does."""
    prices = {"alfa": 90, "beta": 100, "gamma": 30}
    folder = lay_out_tender(tmp_path / "T", BIDS, tender=RELATIVE, prices=prices)
    call("evaluate", folder, "--no-pdf")
    card = pages.cards(folder)[1].stability[0]
    assert any("measures every bid against the others" in said for said in card.said)
    table = next(table for table in card.tables if table.title == "Bids left out one by one")
    changes = {one["without"]: one["changes_order"] for one in plain(folder)["lots"][0]["leave_one_out"]}
    assert changes["gamma"]
    assert {row[0].removeprefix("without "): row[1] == "✗ changes" for row in table.rows} == changes
    ranked = plain(folder, "ranking.json")["lots"][0]
    assert ranked["warnings"] == ["relative"]
    assert {one["without"]: one["changes_order"] for one in ranked["leave_one_out"]} == changes


def test_an_absolute_model_has_no_such_table_in_the_ranking(example):
    assert all("leave_one_out" not in lot for lot in plain(example, "ranking.json")["lots"])


@pytest.mark.parametrize(
    ("text", "said"), [("2027-01-31", "31 January 2027"), ("12345.5", "12\u00a0345.5"), ("-3", "\u22123")]
)
def test_days_close_to_a_threshold_are_no_numbers(text, said):
    document = questionnaire(question("A"))
    plan, _ = scored(document, profile(document), response(document, {}), day=datetime.date(2026, 11, 20))
    assert Page({}, plan, None, None, "en").measured(text) == said


def test_where_nothing_is_ranked_there_is_no_page(tmp_path):
    folder = lay_out_tender(tmp_path / "T", {"alfa": "{"})
    call("evaluate", folder, "--no-pdf")
    assert plain(folder)["lots"] == []
    assert pages.cards(folder)[1].stability == ()


class TestSeveralWinners:
    def results(self, tmp_path, more, bids, prices):
        folder = lay_out_tender(
            tmp_path / "T", bids, tender=(("tie_rule: [quality]", "tie_rule: []"), *more), prices=prices
        )
        outcome = call("evaluate", folder, "--no-pdf")
        return outcome, plain(folder, "ranking.json")["lots"][0], pages.cards(folder)[1].lots[0].verdict

    def test_all_winners_are_named(self, tmp_path):
        outcome, lot, verdict = self.results(tmp_path, TWO, BIDS, {"alfa": 100, "beta": 200, "gamma": 200})
        assert (lot["places"], lot["tied_at_border"]) == ("2", [])
        assert len(lot["winners"]) == 2
        assert f"winners of 2 places: {', '.join(lot['winners'])}" in outcome.out
        assert verdict.sentence.startswith("The first 2 win: ")
        assert verdict.figure == "2"

    def test_a_tie_over_the_last_place_is_said(self, tmp_path):
        same = {"alfa": {}, "beta": {}, "gamma": {}}
        outcome, lot, verdict = self.results(tmp_path, TWO, same, dict.fromkeys(same, 500))
        assert lot["tied_at_border"] == list(same)
        assert "equal, and told apart by no published rule: alfa, beta, gamma; on the 2 places" in outcome.out
        assert verdict.sentence.startswith("2 bids can win, and ")
        assert "are equal over the last of these places" in verdict.sentence

    def test_a_tie_for_the_only_place_is_said(self, tmp_path):
        same = {"alfa": {}, "beta": {}}
        outcome, lot, verdict = self.results(tmp_path, (), same, dict.fromkeys(same, 500))
        assert lot["winners"] == lot["tied_at_border"] == ["alfa", "beta"]
        assert "equal, and told apart by no published rule: alfa, beta" in outcome.out
        assert verdict.sentence.startswith("Equal first: ")

    def test_all_that_reach_the_quality_are_admitted(self, tmp_path):
        more = (("model: deduction", "model: admit_all_above"), ("full_quality: 100000", "minimum_quality: 10"))
        outcome, lot, verdict = self.results(tmp_path, more, BIDS, {})
        assert lot["places"] is None
        assert f"admitted: {', '.join(lot['winners'])}" in outcome.out
        assert verdict.sentence.startswith("Admitted: ")


def test_an_unusually_low_price_is_asked_about_and_changes_nothing(tmp_path):
    """Directive 2014/24/EU, art. 69: an explanation is asked for before anything is rejected."""
    prices = {"alfa": 69, "beta": 100, "gamma": 100}
    folder = lay_out_tender(tmp_path / "T", BIDS, prices=prices)
    outcome = call("evaluate", folder, "--no-pdf")
    lot = plain(folder, "ranking.json")["lots"][0]
    remarked = {bid["supplier"]: bid["remarks"] for bid in lot["bids"]}
    said = "its price is 69.0 % of the median of the others: ask for an explanation (Directive 2014/24/EU, art. 69)"
    assert remarked == {"alfa": [said], "beta": [], "gamma": []}
    assert next(bid for bid in lot["bids"] if bid["supplier"] == "alfa")["status"] == "ranked"
    assert "its price is 69.0 % of the median" in outcome.out
    rows = csv.DictReader((folder / "results/ranking.csv").read_text("utf-8").splitlines())
    assert [row["supplier"] for row in rows if said in row["why"]] == ["alfa"]
    sheet = openpyxl.load_workbook(folder / "results/ranking.xlsx").worksheets[0]
    assert [row[2] for row in sheet.iter_rows(values_only=True) if said in str(row[9])] == ["alfa"]
    why = {row.supplier: row.why for row in pages.cards(folder)[1].lots[0].ranked}
    assert any("69.0 % of the median" in text for text in why["alfa"])
    assert not any("median" in text for text in why["beta"])
