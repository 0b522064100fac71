"""The worksheet: what no entry settles, decisive claims first, nothing that a spreadsheet would compute."""

from __future__ import annotations

import csv
import json
import re
import subprocess

import pytest
from commands import call

from selfassess.evaluation import evaluate
from selfassess.library import standard
from selfassess.worksheet import HEAD, still_to_verify


def rows_of(folder):
    outcome = call("review", "worksheet", folder, "--no-pdf")
    assert outcome.code == 0, outcome.err
    return list(csv.DictReader((folder / "worksheet.csv").read_text("utf-8").splitlines()))


@pytest.fixture(scope="module")
def items():
    from conftest import ROOT  # noqa: PLC0415

    return still_to_verify(evaluate(ROOT / "examples" / "nordic-smartphones", standard()))


def test_decisive_claims_stand_first_the_fewest_together_before_others(items):
    sizes = [min((len(each) for each in item.decides), default=99) for item in items]
    assert sizes == sorted(sizes)
    assert sizes[0] < 99 == sizes[-1]


def test_the_rest_stands_by_its_points(items):
    rest = [max(item.points, item.claimed) for item in items if not item.decides]
    assert rest == sorted(rest, reverse=True)


def test_nothing_stands_twice_and_nothing_that_carries_nothing(items):
    keys = [(item.lot, item.supplier, item.question) for item in items]
    assert len(keys) == len(set(keys))
    assert all(item.claimed or item.points or item.gate or "approve" in item.to_do for item in items)


def test_what_an_entry_settled_is_gone_and_what_persons_differ_on_is_to_moderate(example):
    key = {"bid": "nordfon", "question": "C21", "lot": "new-devices"}

    def found():
        return [row for row in rows_of(example) if all(row[name] == said for name, said in key.items())]

    assert not found(), "an entry of the example confirms it"
    who = ("--person", "Odd", "--role", "auditor", "--reason", "No.")
    call("review", "add", example, "nordfon", "--question", "C21", "--action", "reject", *who)
    assert [row["to do"] for row in found()] == ["moderate"]
    assert "Odd" in found()[0]["entries so far"]


def test_an_open_claim_not_to_apply_is_to_approve_or_refuse(example):
    before = [row for row in rows_of(example) if row["to do"] == "approve or refuse"]
    assert before
    who = ("--person", "Odd", "--role", "auditor", "--reason", "Seen.")
    row = before[0]
    call("review", "add", example, row["bid"], "--question", row["question"], "--action", "approve", *who)
    after = rows_of(example)
    assert not [r for r in after if (r["lot"], r["bid"], r["question"]) == (row["lot"], row["bid"], row["question"])]


def test_without_prices_it_is_ordered_by_points(example):
    (example / "prices.csv").unlink()
    rows = rows_of(example)
    assert rows
    assert not any(row["decides"] for row in rows)


def test_it_lies_where_it_is_asked_for_and_nothing_else_is_written(example, tmp_path):
    before = sorted(example.rglob("*"))
    assert call("review", "worksheet", example, "-o", tmp_path / "w").code == 0
    assert sorted(example.rglob("*")) == before
    assert (tmp_path / "w/worksheet.csv").read_bytes().startswith(b'"' + HEAD[0].encode())
    again = (tmp_path / "w/worksheet.xlsx").read_bytes()
    call("review", "worksheet", example, "-o", tmp_path / "w", "--no-pdf")
    assert (tmp_path / "w/worksheet.xlsx").read_bytes() == again
    assert again.startswith(b"PK")
    text = subprocess.run(["pdftotext", "-layout", tmp_path / "w/worksheet.pdf", "-"], capture_output=True, check=True)
    assert "Worksheet of the review" in text.stdout.decode()
    assert "decides alone" in " ".join(text.stdout.decode().split())


def test_no_text_of_a_bid_becomes_a_formula_or_markup(example):
    path = example / "bids/nordfon/response.json"
    plain = json.loads(path.read_text("utf-8"))
    paper = plain["evidence"][0]
    plain["evidence"][0] = paper | {"title": "=cmd()"}
    path.write_text(json.dumps(plain), "utf-8")
    rows_of(example)
    for line in (example / "worksheet.csv").read_text("utf-8").splitlines():
        assert not re.search(r'(^|,)"?[=+@-]', line), line
