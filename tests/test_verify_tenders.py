"""Results of tenders of every kind are what the report on the tender gives: price models, rounds, what-ifs, draws."""

from __future__ import annotations

import json

import forging as forge
import pytest
from commands import call
from copies import EXAMPLE
from folders import lay_out_tender

DEDUCTION = "{model: deduction, currency: SEK, vat: excluded, full_quality: 100000}"
MODELS = {
    "deduction": "full_quality: 100000",
    "absolute_linear": "price_points: 50, quality_points: 50, low: 300000, high: 600000",
    "surcharge": "price_points: 50, quality_points: 50",
    "fixed_price": "",
    "threshold_lowest_price": "minimum_quality: 20",
    "admit_all_above": "minimum_quality: 20",
    "relative_proportional": "price_points: 50, quality_points: 50",
    "relative_linear": "price_points: 50, quality_points: 50",
    "relative_range": "price_points: 50, quality_points: 50",
}
BIDS = {"alfa": {}, "beta": {"recycled": 20}, "gamma": {"recycled": 30, "audited": False}}


def matches(path):
    done = call("verify", path, "--format", "json")
    plain = json.loads(done.out)
    wrong = [f for f in plain["verified"][0]["findings"] if f["verdict"] == "differs"]
    assert (done.code, wrong) == (0, [])


@pytest.mark.parametrize("model", MODELS)
def test_of_every_price_model_the_folder_and_each_bidders_copy_match(tmp_path, model):
    said = ", ".join(filter(None, [f"model: {model}", "currency: SEK, vat: excluded", MODELS[model]]))
    folder = lay_out_tender(tmp_path / "T", BIDS, tender=[(DEDUCTION, f"{{{said}}}")])
    done = call("evaluate", folder)
    assert done.code in (0, 3), done.err
    matches(folder / "results")
    for supplier in BIDS:
        matches(folder / "results" / supplier / "report.pdf")


def test_bids_that_print_alike_are_told_apart_in_a_bidders_copy_too(tmp_path):
    """A rival's figure that would print like the own one is carried, nameless, so that the same digits are shown."""
    prices = {"alfa": 400_000, "beta": 400_000, "gamma": 400_000}
    bids = {"alfa": {"recycled": 50}, "beta": {"recycled": 50.001}, "gamma": {"recycled": 20}}
    folder = lay_out_tender(tmp_path / "T", bids, prices=prices)
    call("evaluate", folder)
    matches(folder / "results")
    matches(folder / "results/alfa/report.pdf")


def test_a_later_round_carries_the_earlier_one(tmp_path):
    one = lay_out_tender(tmp_path / "one", {"alfa": {}, "beta": {"recycled": 20}})
    two = lay_out_tender(tmp_path / "two", {"alfa": {"recycled": 30}, "beta": {"recycled": 20}, "delta": {}})
    assert call("evaluate", one).code == 0
    assert call("evaluate", two, "--previous", one / "results").code == 0
    matches(two / "results")
    carried = forge.attached((two / "results/evaluation.pdf").read_bytes())
    assert {"previous_manifest.json", "previous_ranking.json", "previous_alfa_phones_assessment.json"} <= set(carried)
    damaged = one / "results/beta/phones/assessment.json"
    damaged.write_text(damaged.read_text().replace("Beta", "Peta"))
    assert call("evaluate", two, "--previous", one / "results").code == 1
    matches(two / "results")


def test_a_what_if_matches_and_stays_one(tmp_path):
    folder = lay_out_tender(tmp_path / "T", BIDS)
    call("evaluate", folder, "--what-if")
    matches(folder / "results.what-if")
    matches(folder / "results.what-if/alfa/report.pdf")
    record = json.loads(forge.attached((folder / "results.what-if/evaluation.pdf").read_bytes())["record.json"])
    assert record["given"]["what_if"] is True


def test_a_draw_is_drawn_again_from_its_seed(tmp_path):
    folder = lay_out_tender(
        tmp_path / "T", {"alfa": {}, "beta": {}}, prices={"alfa": 1000, "beta": 1000},
        tender=[("tie_rule: [quality]", "tie_rule: [draw]")],
    )  # fmt: skip
    (folder / "seed").write_bytes(b"a seed that nobody could guess!!")
    assert call("publish", folder, "--seed", folder / "seed", "--at", "2026-10-01T12:00:00+02:00").code == 0
    matches(folder / "annex.pdf")
    assert call("evaluate", folder, "--seed", folder / "seed").code == 0
    matches(folder / "results")
    raw = (folder / "results/evaluation.pdf").read_bytes()
    record = json.loads(forge.attached(raw)["record.json"])
    record["given"]["seed"] = b"another seed, that was not given".hex()
    (tmp_path / "forged.pdf").write_bytes(forge.with_record(raw, record))
    assert call("verify", tmp_path / "forged.pdf").code == 3


def test_another_profile_of_the_library_is_carried_without_the_default_one(tmp_path):
    """The example's tender by the profile for Norwegian buyers, as a response scored by itself."""
    response = EXAMPLE / "bids/nordfon/response.json"
    (tmp_path / "own").mkdir()
    (tmp_path / "own/response.json").write_bytes(response.read_bytes())
    done = call("score", tmp_path / "own/response.json", "--profile", "norway@1.0.0", "--format", "json")
    (tmp_path / "assessment.json").write_text(done.out)
    assert call("report", tmp_path / "assessment.json", "-o", tmp_path / "out").code == 0
    (report,) = (tmp_path / "out").iterdir()
    matches(report)
