"""Two copies of one result: the buyer has everything, a bidder its own and what the law gives of the selected bid.

Directive 2014/24/EU, art. 55(2)(c): the name of the selected one, with characteristics and relative advantages.
"""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import forging
import pytest
from commands import call
from copies import copy_example
from folders import lay_out_tender
from pypdf import PdfReader

QUARREL = "quarrel-with-vn-77"


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = copy_example(tmp_path_factory.mktemp("copies") / "T")
    assert call("evaluate", folder).code == 1
    return folder / "results"


def winners(results):
    plain = json.loads((results / "ranking.json").read_text("utf-8"))
    return {lot["lot"]: lot["winners"] for lot in plain["lots"]}


def told(path):
    """Everything that a report says or carries: its pages, and its attachments as text."""
    raw = path.read_bytes()
    pages = " ".join(page.extract_text() for page in PdfReader(path).pages)
    inside = " ".join(data.decode("utf-8") for data in forging.attached(raw).values())
    return " ".join(f"{pages} {inside}".split())


def names(results):
    found = {}
    for path in sorted((results.parent / "bids").glob("*/response.json")):
        if path.parent.name != "trasig":
            found[path.parent.name] = json.loads(path.read_text("utf-8"))["supplier"]["name"]
    return found


def test_a_bidder_reads_of_no_other_bid_but_the_selected_one(results):
    known, selected = names(results), winners(results)
    for path in sorted(results.glob("*/report.pdf")):
        own, text = path.parent.name, told(path)
        lots = {assessment.parent.name for assessment in path.parent.glob("*/assessment.json")}
        allowed = {own, *(winner for lot in lots for winner in selected[lot])}
        for supplier, name in known.items():
            if supplier not in allowed:
                assert supplier not in text, (own, supplier)
                assert name not in text, (own, name)


def test_of_the_selected_bid_it_has_points_by_section_and_no_answer(results):
    ranking = json.loads((results / "ranking.json").read_text("utf-8"))
    for lot in ranking["lots"]:
        places = {bid["supplier"]: bid for bid in lot["bids"]}
        (winner,) = lot["winners"]
        for supplier, bid in places.items():
            path = results / supplier / "report.pdf"
            if not path.exists() or bid["status"] == "refused":
                continue
            standing = json.loads(forging.attached(path.read_bytes())["standing.json"])
            (own,) = [plain for plain in standing["lots"] if plain["lot"] == lot["lot"]]
            if supplier == winner or bid["rank"] is None:
                assert own["selected"] == []
                continue
            (one,) = own["selected"]
            assert (one["supplier"], Fraction(one["total"])) == (winner, Fraction(places[winner]["reviewed"]["exact"]))
            assert set(one) == {"supplier", "name", "total", "figure", "sections"}
            assert "The selected bid beside this one" in told(path)


def test_nothing_of_the_selected_bid_is_told_before_the_result_is_final(tmp_path):
    folder = lay_out_tender(tmp_path / "T", {"alfa": {}, "beta": {"recycled": 20}})
    assert call("evaluate", folder).code in (0, 1)
    assert "The selected bid beside" in told(folder / "results/beta/report.pdf")
    (folder / "reviews").mkdir(exist_ok=True)
    (folder / "reviews/alfa.yaml").write_text("format: [broken")
    assert call("evaluate", folder).code == 1
    assert json.loads((folder / "results/ranking.json").read_text())["lots"][0]["final"] is False
    assert "The selected bid beside" not in told(folder / "results/beta/report.pdf")


def test_comments_and_evidence_of_one_bid_are_in_no_other_bidders_copy(tmp_path):
    folder = lay_out_tender(tmp_path / "T", {"alfa": {"comments": {"access": QUARREL}}, "beta": {"recycled": 20}})
    assert call("evaluate", folder).code in (0, 1)
    assert QUARREL in told(folder / "results/alfa/report.pdf")
    assert QUARREL in told(folder / "results/evaluation.pdf")
    assert QUARREL not in told(folder / "results/beta/report.pdf")


def test_reports_on_one_bid_name_no_path_of_another(results):
    for path in results.glob("*/report.pdf"):
        other = [name for name in names(results) if name != path.parent.name]
        carried = forging.attached(path.read_bytes())
        assert not [name for name in carried for supplier in other if f"_{supplier}_" in name], Path(path).name
