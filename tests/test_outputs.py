"""Count in is count out: every output of an evaluation lists the same bids with the same digests and counts (I11)."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import zipfile

import openpyxl
import pytest
from commands import call
from folders import lay_out_tender

BIDS = {"alfa": {}, "beta": {"cycles": 900}, "gamma": {"audited": False}, "delta": "{", "007": {"parts": ["none"]}}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = lay_out_tender(tmp_path_factory.mktemp("outputs") / "tender", BIDS)
    outcome = call("evaluate", folder)
    assert outcome.code == 1, outcome.err
    return folder / "results"


def text_of(pdf):
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout.decode()


def in_json(results):
    plain = json.loads((results / "ranking.json").read_text("utf-8"))
    counts = {name: int(count) for name, count in plain["counts"].items()}
    bids = {bid["supplier"]: (bid["response"] or {}).get("digest", "") for bid in plain["bids"]}
    raw = {bid["supplier"]: (bid["response"] or {}).get("raw_digest", "") for bid in plain["bids"]}
    return counts, bids, raw


def in_csv(results):
    rows = list(csv.DictReader(io.StringIO((results / "ranking.csv").read_text("utf-8"), newline="")))
    counts = {(name, int(row[f"bids_{name}"])) for row in rows for name in ("found", "scored", "refused", "ranked")}
    bids = {row["supplier"].removeprefix("'"): row["response_digest"] for row in rows}
    return dict(counts), bids, {row["supplier"].removeprefix("'"): row["response_raw_digest"] for row in rows}


def in_xlsx(results, title="Ranking"):
    book = openpyxl.load_workbook(results / "ranking.xlsx")
    counts = {row[0].value.removeprefix("bids "): row[1].value for row in book["Integrity"].iter_rows(2, 5)}
    head, *rows = ([cell.value for cell in row] for row in book[title].iter_rows())
    place = {name: head.index(name) for name in ("bid", "response digest", "response digest of bytes")}
    bids, raw = ({row[place["bid"]]: row[place[of]] or "" for row in rows} for of in list(place)[1:])
    return counts, bids, raw


def in_pdf(results):
    text = text_of(results / "evaluation.pdf")
    said = re.search(r"(\d+) bids found, (\d+) scored, (\d+) not scored, (\d+) ranked", text)
    counts = dict(zip(("found", "scored", "refused", "ranked"), map(int, said.groups()), strict=True))
    return counts, re.sub(r"\s", "", text)


class TestEveryOutputListsTheSame:
    def test_the_counts_add_up(self, results):
        assert in_json(results)[0] == {"found": 5, "scored": 4, "refused": 1, "ranked": 4}

    def test_the_table_and_the_workbook_hold_what_the_json_holds(self, results):
        expected = in_json(results)
        assert in_csv(results) == expected
        assert in_xlsx(results) == expected
        assert in_xlsx(results, "Bids") == expected
        assert len(expected[1]) == len(BIDS)

    def test_the_evaluation_report_holds_it_too(self, results):
        counts, text = in_pdf(results)
        expected, digests, raw = in_json(results)
        assert counts == expected
        for supplier, digest in digests.items():
            assert supplier in text
            assert digest in text
            assert raw[supplier] in text
        assert "couldnotberead" in text

    def test_a_bid_that_could_not_be_read_has_no_digest_and_a_reason(self, results):
        assert in_json(results)[1]["delta"] == ""
        rows = list(csv.DictReader((results / "ranking.csv").read_text("utf-8").splitlines()))
        assert "json-syntax" in next(row["why"] for row in rows if row["supplier"] == "delta")


class TestTheWorkbook:
    def test_it_is_inert(self, results):
        with zipfile.ZipFile(results / "ranking.xlsx") as archive:
            for name in archive.namelist():
                text = archive.read(name).decode("utf-8")
                assert "<f>" not in text, name
                assert "<hyperlink" not in text, name

    def test_ids_are_texts_and_figures_are_numbers_with_the_exact_form_beside(self, results):
        book = openpyxl.load_workbook(results / "ranking.xlsx")
        head, *rows = list(book["Ranking"].iter_rows())
        at = {cell.value: cell.column - 1 for cell in head}
        plain = json.loads((results / "ranking.json").read_text("utf-8"))["lots"][0]["bids"]
        for row, bid in zip(rows, plain, strict=True):
            assert row[at["bid"]].data_type == "s"
            assert row[at["bid"]].value == bid["supplier"]
            for name in ("claimed", "supported", "reviewed", "figure"):
                if bid[name]:
                    assert row[at[name]].data_type == "n"
                    assert f"{row[at[name]].value:.2f}" == bid[name]["shown"]
                    assert row[at[f"{name} (exact)"]].value == bid[name]["exact"]

    def test_a_bid_with_thousands_of_problems_says_how_many_are_left_out(self):
        from selfassess.ranking_sheets import WHY_CHARACTERS, said  # noqa: PLC0415

        assert said(["a", "b"]) == "a; b"
        text = said(["x" * 100] * 1000)
        assert len(text) < WHY_CHARACTERS + 50
        assert text.endswith("more in ranking.json")
        assert said(["y" * 5000]) == "and 1 more in ranking.json"

    def test_the_same_bids_give_the_same_bytes(self, results, tmp_path):
        again = lay_out_tender(tmp_path / "tender", dict(reversed(BIDS.items())),
                               prices={name: 400_000 + 1000 * n for n, name in enumerate(BIDS)})  # fmt: skip
        call("evaluate", again, "--no-pdf")
        assert (again / "results/ranking.xlsx").read_bytes() != b""
        book = openpyxl.load_workbook(again / "results/ranking.xlsx")
        first = openpyxl.load_workbook(results / "ranking.xlsx")
        columns = range(1, 10)
        for row in range(1, 6):
            assert [book["Ranking"].cell(row, c).value for c in columns] == [
                first["Ranking"].cell(row, c).value for c in columns
            ]
