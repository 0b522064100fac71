"""Figures that differ print differently wherever they stand beside each other (design: numbers are rounded once)."""

from __future__ import annotations

import csv
import json
from fractions import Fraction

import openpyxl
import pages
import pytest
from commands import call
from folders import lay_out_tender

from selfassess.numbers import shown

LIGHT = (("{making: 1, using: 1}", "{making: 999, using: 1}"),)
BIDS = {"alfa": {"cycles": 1599}, "beta": {"cycles": 1600}, "gamma": {"cycles": 900}}


def standings(folder):
    plain = json.loads((folder / "results/ranking.json").read_text("utf-8"))
    return {bid["supplier"]: bid for bid in plain["lots"][0]["bids"]}


@pytest.fixture(scope="module")
def close(tmp_path_factory):
    """A tender whose first two bids differ in the fifth decimal; its minimum is what both would print, and beta has."""
    prices = dict.fromkeys(BIDS, 400_000)
    first = lay_out_tender(tmp_path_factory.mktemp("close") / "first", BIDS, profile=LIGHT, prices=prices)
    call("evaluate", first, "--no-pdf")
    exact = {name: Fraction(bid["reviewed"]["exact"]) for name, bid in standings(first).items()}
    least = shown(exact["beta"], 2)
    assert exact["beta"] == Fraction(least) > exact["alfa"]
    assert shown(exact["alfa"], 2) == least
    minima = (("evidence_mode: dialogue", f"evidence_mode: dialogue\nminima: {{total: {least}}}"),)
    folder = lay_out_tender(first.parent / "second", BIDS, profile=LIGHT + minima, prices=prices)
    outcome = call("evaluate", folder, "--no-pdf")
    return folder, outcome, least


def test_in_the_json_of_the_results(close):
    folder, _, least = close
    for measure in ("claimed", "supported", "reviewed"):
        said = {bid[measure]["shown"] for bid in standings(folder).values()}
        assert len(said) == len(BIDS)
        assert least not in said
    for name in BIDS:
        plain = json.loads((folder / f"results/{name}/phones/assessment.json").read_text("utf-8"))
        assert (plain["totals"]["reviewed"]["total"]["shown"] == least) is (name == "beta")


def test_of_the_figures_that_are_compared(close):
    """Where the model asks no minimum all are ranked; with equal prices the figures differ as little."""
    found = standings(close[0].parent / "first")
    assert {name: bid["rank"] for name, bid in found.items()} == {"beta": 1, "alfa": 2, "gamma": 3}
    assert len({bid["figure"]["shown"] for bid in found.values()}) == len(BIDS)


def test_in_the_tables(close):
    folder, _, least = close
    rows = list(csv.DictReader((folder / "results/ranking.csv").read_text("utf-8").splitlines()))
    assert len({row["reviewed"] for row in rows} | {least}) == len(BIDS) + 1
    sheet = openpyxl.load_workbook(folder / "results/ranking.xlsx").worksheets[0]
    head, *lines = sheet.iter_rows()
    column = [cell.value for cell in head].index("reviewed")
    cells = [line[column] for line in lines]
    printed = {f"{cell.value:.{len(cell.number_format.partition('.')[2])}f}" for cell in cells}
    assert len(printed | {least}) == len(BIDS) + 1


def test_on_the_terminal(close):
    _, outcome, least = close
    rows = [line.split() for line in outcome.out.splitlines() if set(line.split()) & set(BIDS) and "first" not in line]
    assert len({row[4] for row in rows} | {least}) == len(BIDS) + 1


def test_in_the_reports(close):
    folder, _, least = close
    own, whole = pages.cards(folder)
    lot = whole.lots[0]
    rows = [*lot.ranked, *lot.unranked]
    assert len({row.reviewed.text for row in rows} | {least}) == len(BIDS) + 1
    totals = next(row for row in lot.overview[0].rows if row.label == "Total after review")
    assert len({cell.text for cell in totals.cells} | {least}) == len(BIDS) + 1
    assert least not in [card.lots[0].totals[-1].value for card in own.values()]
