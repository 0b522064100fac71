"""Files that mean harm: a place and a code for each, in no time, and no other bid is harmed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from commands import call
from permissions import permissions_hold
from test_problems import BASE as SMALL
from test_problems import pin
from writing import loaded, question, questionnaire, response

from selfassess import durable, evidence
from selfassess.digests import digest_bytes
from selfassess.exchange import json_bytes
from selfassess.problems import Code, InvalidDocument
from selfassess.schemas import load_questionnaire
from selfassess.schemas.response import ResponseReader
from selfassess.sources import read_json

ROOT = Path(__file__).resolve().parent.parent
BASE = "bids/billigtel"


def ranking(folder):
    return json.loads((folder / "results" / "ranking.json").read_text("utf-8"))


def bids_of(folder):
    return {bid["supplier"]: bid for bid in ranking(folder)["bids"]}


def add_bid(folder, name, change=lambda text: text):
    """Copy a small bid under another name, with its response changed."""
    target = folder / "bids" / name
    shutil.copytree(folder / BASE, target)
    response = target / "response.json"
    response.write_text(change(response.read_text("utf-8")), "utf-8")
    return target


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[NaN,", "json-syntax"),
        ('{"a": NaN, b', "json-syntax"),
        ('{"a":NaN', "json-syntax"),
        ('{"a": NaN}', "json-number"),
        ('[{"a": -Infinity, "a": 1}]', "json-number"),
    ],
)
def test_what_is_no_number_in_what_is_no_json(text, code, tmp_path):
    (tmp_path / "r.json").write_text(text, "utf-8")
    outcome = call("check", tmp_path / "r.json", "--format", "json")
    assert outcome.code == 1
    assert json.loads(outcome.out)[0]["code"] == code


def test_what_nobody_can_use_is_named_wherever_it_stands(tmp_path, small):
    """The numbers and characters of a file of any kind, below any key; each is named once."""

    def codes_of(file):
        found = json.loads(call("check", file, "--format", "json").out)
        return sorted((problem["code"], problem["pointer"]) for problem in found)

    for text, expected in (
        ("[" + "9" * 5000 + "]", [("json-number", "/0")]),
        ("[1e400]", [("json-number", "/0")]),
        ('{"\\ud800": 1, "b": {"c": 1e5}}', [("json-number", "/b/c"), ("text-surrogate", "/\\ud800")]),
        ('{"a": "e\u0301"}', [("text-not-nfc", "/a")]),
    ):
        (tmp_path / "any.json").write_text(text, "utf-8")
        assert codes_of(tmp_path / "any.json") == [("format", "/format"), *expected]
    response = small / "bids/alfa/response.json"
    plain = json.loads(response.read_text("utf-8"))
    plain["odd"] = {"deep": ["ODD"], "e\u0301": "x\u200b"}
    plain["supplier"]["name"] = "ODD"
    response.write_text(json.dumps(plain).replace('"ODD"', "1e5"), "utf-8")
    found = codes_of(response)
    for expected in (
        *(("unknown-key", "/odd"), ("json-number", "/odd/deep/0"), ("text-not-nfc", "/odd/e\u0301")),
        *(("text-invisible", "/odd/e\u0301"), ("type", "/supplier/name"), ("json-number", "/supplier/name")),
    ):
        assert found.count(expected) == 1
    tender = small / "tender.yaml"
    tender.write_text(tender.read_text("utf-8") + '\nmore: {deep: ["x\u200b"]}\n', "utf-8")
    assert ("text-invisible", "/more/deep/0") in codes_of(tender)


def test_a_comment_that_says_nothing_is_none(small):
    response = small / "bids/alfa/response.json"
    plain = json.loads(response.read_text("utf-8"))
    before = call("check", response)
    for nothing in ("", None):
        said = dict.fromkeys(plain["answers"], nothing)
        response.write_text(json.dumps({**plain, "comments": said}, indent=2), "utf-8")
        outcome = call("check", response)
        assert (outcome.code, outcome.out) == (before.code, before.out)


@pytest.mark.parametrize(
    "text",
    [
        "[[]," + "[]," * 40 + '"' + '\\"' * 50_000 + "\\",
        '[NaN,"' + '\\"' * 50_000,
        '["' + '\\"' * 2_000_000,
        "[" * 3_000_000,
    ],
    ids=["a lone backslash", "a constant", "no end", "deep"],
)
def test_a_text_that_never_ends_is_read_once(text, tmp_path):
    (tmp_path / "r.json").write_text(text, "utf-8")
    before = time.process_time()
    outcome = call("check", tmp_path / "r.json")
    assert outcome.code == 1
    assert time.process_time() - before < 10, "security.md K6 asks for 10 s; this takes well under one"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace('"Billigtel', '"Billigtel \\ud800', 1),
        lambda text: text.replace("{", '{"\\ud800": 1,', 1),
    ],
    ids=["in a name", "in a key"],
)
def test_half_a_character_in_one_bid_stops_no_other(change, example):
    add_bid(example, "zz-half", change)
    outcome = call("evaluate", example, "--no-pdf")
    assert outcome.code == 1
    assert "zz-half" in bids_of(example)
    assert bids_of(example)["nordfon"]["status"] == "scored"


@pytest.mark.parametrize("name", ["ranking.json", "ranking.csv", "manifest.json", "evaluation.pdf", "con", "a.html"])
def test_a_bid_may_not_be_called_like_a_file_of_the_results(name, example):
    add_bid(example, name)
    outcome = call("evaluate", example, "--no-pdf")
    assert outcome.code == 1
    assert bids_of(example)[name]["problems"][0]["code"] == "supplier-id"
    assert bids_of(example)["nordfon"]["status"] == "scored"


def test_a_lot_may_not_be_called_like_a_file_of_the_results(example):
    tender = example / "tender.yaml"
    tender.write_text(tender.read_text("utf-8").replace("- id: new-devices", "- id: report.pdf"), "utf-8")
    outcome = call("check", tender)
    assert outcome.code == 1
    assert "id-form" in outcome.out


@pytest.mark.parametrize("name", [b"\xff", b"\x1b]52;c;AAAA\x07", b"a\nb: ok", "\u202ebid".encode()])
@pytest.mark.parametrize("is_folder", [True, False])
def test_whatever_lies_among_the_bids_is_listed_and_shown_safely(name, is_folder, example):
    path = os.path.join(os.fsencode(example), b"bids", name)  # noqa: PTH118  bytes are no path of pathlib
    if is_folder:
        os.mkdir(path)  # noqa: PTH102
    else:
        os.close(os.open(path, os.O_CREAT | os.O_WRONLY))
    outcome = call("evaluate", example, "--no-pdf")
    assert outcome.code == 1
    said = outcome.out + outcome.err
    assert all(character == "\n" or character.isprintable() for character in said)
    assert "a\nb: ok" not in said
    assert len(bids_of(example)) == (9 if is_folder else 8)
    csv = (example / "results" / "ranking.csv").read_bytes().decode("utf-8")
    assert all(character in "\r\n" or character.isprintable() for character in csv)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"W01": [{f"x{n}": 1 for n in range(300)} for _ in range(2000)]}, "limit-problems"),
        ({"W05": ["zz"] * 100_000}, "limit-problems"),
        ({"W09": [0] * 1_000_000}, "answer-type"),
    ],
    ids=["unknown columns", "unknown options", "a long list"],
)
def test_thousands_of_mistakes_cost_no_more_than_some(change, code, example):
    path = example / BASE / "response.json"
    plain = json.loads(path.read_text("utf-8"))
    plain["answers"] |= change
    path.write_text(json.dumps(plain), "utf-8")
    before = time.process_time()
    outcome = call("check", path, "--format", "json")
    assert outcome.code == 1
    assert code in {problem["code"] for problem in json.loads(outcome.out)}
    assert time.process_time() - before < 20, "security.md K6 asks for 10 s; a busy machine has twice that"


def test_a_file_that_is_listed_a_thousand_times_is_read_once(tmp_path, monkeypatch):
    read = []
    digest = evidence._digest
    monkeypatch.setattr(evidence, "_digest", lambda descriptor: read.append(1) or digest(descriptor))
    (tmp_path / "report.pdf").write_bytes(b"report")
    right = digest_bytes(b"report")
    found = evidence.examine(tmp_path, [("report.pdf", right), ("report.pdf", "sha256:" + "0" * 64)] * 500)
    assert len(read) == 1
    assert [finding.code for finding in found] == [None, Code.EVIDENCE_HASH] * 500


def test_of_one_bid_no_more_than_so_many_bytes_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(evidence.limits, "BID_BYTES", 10)
    for name, size in (("a", 6), ("b", 5), ("c", 4), ("d", 1)):
        (tmp_path / name).write_bytes(b"x" * size)
    found = evidence.examine(tmp_path, [(name, None) for name in "aabcd"])
    assert [finding.code for finding in found] == [None, None, Code.EVIDENCE_SIZE, None, Code.EVIDENCE_SIZE]


@pytest.mark.parametrize("where", ["answers", "lot_answers"])
def test_the_cells_of_tables_count_among_the_texts_of_a_bid(where):
    columns = [{"id": "site", "text": "Site", "type": "text"}, {"id": "note", "text": "Note", "type": "text"}]
    table = question("T", "table", columns=columns, key="site", score="unscored")
    document = loaded(load_questionnaire, plain := questionnaire(table))
    rows = [{"site": f"s{number}", "note": "n" * 2_000} for number in range(201)]
    own = {"answers": {"T": rows}} if where == "answers" else {"lot_answers": {"one": {"T": rows}}}
    said = response(plain, {}, lots=["one"]) | own
    with pytest.raises(InvalidDocument) as refused:
        ResponseReader(document.content, document.digest).read(read_json(json_bytes(said), "response.json"))
    assert [problem.code for problem in refused.value.problems] == [Code.LIMIT_TEXT]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("a\U0001fae0", "text-unassigned"),  # Unicode 14
        ("a\U0001e4d0", "text-unassigned"),  # Unicode 15
        ("a\u2427", "text-unassigned"),  # Unicode 16
        ("a\ufff9", "text-invisible"),
        ("\u2800", "text-invisible"),
        ("  ", "text-invisible"),
    ],
)
def test_a_name_reads_the_same_on_every_machine_and_shows_something(name, code):
    from selfassess.text import flaws  # noqa: PLC0415

    assert [str(found) for found, _ in flaws(name, limit=200)] == [code]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_other_encodings_are_named(encoding, suffix, tmp_path):
    path = tmp_path / f"d.{suffix}"
    path.write_bytes('{"format": 1}'.encode(encoding))
    assert f"{suffix}-encoding" in call("check", path).out


def test_a_number_of_too_many_digits_is_told_so(tmp_path):
    from selfassess.errors import NumberForm  # noqa: PLC0415
    from selfassess.numbers import exact  # noqa: PLC0415

    for text in ("9007199254740993", "9" * 5000):
        with pytest.raises(NumberForm, match="more than 15 digits"):
            exact(text)


class TestAuthoredDocuments:
    """What a buyer writes wrong is a problem with a place, never a fault of the program."""

    @pytest.fixture
    def tender(self, tmp_path):
        def laid_out(file, *changes):
            shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
            path = tmp_path / file
            text = path.read_text("utf-8")
            for old, new in changes:
                assert old in text
                text = text.replace(old, new, 1)
            path.write_text(text, "utf-8")
            pin(tmp_path)
            return tmp_path

        return laid_out

    @pytest.mark.parametrize(
        "more",
        [
            "gates: {cycles: {every_row: {column: visited, is: true}}}",
            'gates: {cycles: {at_least: "x"}}',
            'gates: {since: {at_least: "2026-02-30"}}',
            "scores: {how: {curve: [[0, 0], [1, 1]]}}",
            "scores: {cycles: share}",
            "scores: {cycles: {options: {a: 1}}}",
            "gates: {how: {answered: true}}",
        ],
    )
    def test_a_wrong_profile(self, more, tender):
        folder = tender("profile.yaml", ("evidence_mode: dialogue", f"evidence_mode: dialogue\n{more}"))
        for args in (("check", folder / "profile.yaml"), ("check", folder), ("evaluate", folder, "--no-pdf")):
            outcome = call(*args)
            assert outcome.code == 1, (args, outcome.err)
            assert "profile.yaml:" in outcome.out + outcome.err

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("weight: share", "weight: nosuch"),
            ('score: {column: visited, rule: {"true": 1, "false": 0}}', "score: {curve: [[0, 0], [1, 1]]}"),
            ("column: share, total: 100}", "column: site, total: 100}"),
            ("column: share, total: 100}", "column: share, total: 100, tolerance: -1}"),
        ],
    )
    def test_a_wrong_questionnaire(self, old, new, tender):
        file = "questionnaires/phones/1.0.0/questionnaire.yaml"
        folder = tender(file, (old, new))
        for args in (("check", folder / file), ("check", folder), ("evaluate", folder, "--no-pdf")):
            outcome = call(*args)
            assert outcome.code == 1, (args, outcome.err)
            assert "questionnaire.yaml:" in outcome.out + outcome.err

    def test_a_review_entry_on_a_lot_that_is_not_there(self, tender):
        folder = tender("reviews/alfa.yaml", ("    question: audited", "    lot: phone\n    question: audited"))
        outcome = call("evaluate", folder, "--no-pdf")
        assert outcome.code == 1
        assert "unknown-lot" in outcome.err

    def test_a_minimum_holds_in_a_section_without_weight(self, tender):
        folder = tender(
            "profile.yaml",
            ("{making: 1, using: 1}", "{making: 1, using: 0}"),
            ("evidence_mode: dialogue", "evidence_mode: dialogue\nminima: {sections: {using: 1}}"),
        )
        outcome = call("evaluate", folder, "--no-pdf")
        assert outcome.code == 3
        assert "minimum using is not met" in outcome.out


def test_a_bids_response_is_a_file_of_its_own(example):
    for name, link in (("sym", os.symlink), ("hard", os.link)):
        target = example / "bids" / name
        target.mkdir()
        link(example / BASE / "response.json", target / "response.json")
    (example / "bids" / "whole").symlink_to(example / BASE)
    outcome = call("evaluate", example, "--no-pdf")
    assert outcome.code == 1
    bids = bids_of(example)
    for name in ("sym", "hard", "whole"):
        assert bids[name]["status"] == "refused"
        assert bids[name]["problems"][0]["code"] == "evidence-link"


@pytest.fixture
def small(tmp_path):
    """A small tender of two bids."""
    shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
    pin(tmp_path)
    return tmp_path


def test_a_price_of_a_bid_that_could_not_be_read_is_no_price_of_an_unknown_bid(small):
    (small / "bids/beta/response.json").write_text("{", "utf-8")
    assert "price-unknown-bid" not in call("evaluate", small, "--no-pdf").err
    prices = small / "prices.csv"
    prices.write_text(prices.read_text("utf-8") + "beta,laptops,1,SEK\n", "utf-8")
    assert "there is no bid of beta for the lot laptops" in call("evaluate", small, "--no-pdf").err


def changed(path, *pairs):
    """Change a file: each old part, which stands in it, is replaced once."""
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")


def standings_of(folder):
    return {bid["supplier"]: bid for lot in ranking(folder)["lots"] for bid in lot["bids"]}


def test_results_are_the_same_however_the_tenders_folder_is_named(small, tmp_path_factory, monkeypatch):
    (small / "bids/beta/response.json").write_text("{", "utf-8")
    (small / "bids/linked").symlink_to("alfa")
    (small / "bids/alfa/more.txt").write_text("more", "utf-8")
    changed(small / "reviews/alfa.yaml", ("    previous", "    value: 1\n    previous"))
    other = tmp_path_factory.mktemp("other") / "copy"
    shutil.copytree(small, other, symlinks=True)
    found = []
    for folder, named, start in ((small, small, "/"), (small, ".", small), (other, "../copy", other)):
        monkeypatch.chdir(start)
        assert call("evaluate", named, "--no-pdf").code == 1
        found.append({path.name: path.read_bytes() for path in (folder / "results").rglob("*") if path.is_file()})
    assert found[0] == found[1] == found[2]
    assert b"bids/beta/response.json" in found[0]["ranking.json"]
    assert not any(str(small).encode() in data for data in found[0].values())


class TestReviews:
    """No entry of a review is lost without a word."""

    REJECT = (
        "\n  - {id: a-2, question: cycles, action: reject, person: Ola, role: auditor, reason: Seen., date: 2026-11-26}"
    )

    @pytest.mark.parametrize("reason", ['reason: ""', 'reason: "  "', "source: a page"])
    def test_an_entry_without_a_reason_is_refused_and_the_others_act(self, reason, small):
        review = small / "reviews/alfa.yaml"
        changed(review, ("reason: The certificate names all factories.\n    source: certificate, page 1", reason))
        review.write_text(review.read_text("utf-8").rstrip() + self.REJECT + "\n", "utf-8")
        outcome = call("evaluate", small, "--no-pdf")
        assert outcome.code == 1
        assert outcome.err.count("review-reason") == 1
        assert standings_of(small)["alfa"]["status"] == "ranked"
        said = json.loads((small / "results/alfa/phones/assessment.json").read_text("utf-8"))
        assert [entry["id"] for entry in said["documents"]["review_entries"]] == ["a-2"]

    def test_an_entry_that_acts_in_no_lot_is_refused(self, small):
        lots = "- {id: phones, title: Phones, without: [audited]}"
        changed(small / "tender.yaml", ("- {id: phones, title: Phones}", lots))
        outcome = call("evaluate", small, "--no-pdf")
        assert outcome.code == 1
        assert "review-use  confirm cannot be used here: no lot asks audited  (at /entries/0/question)" in outcome.err
        assert "no lot asks audited" in call("check", small / "reviews/alfa.yaml").out

    def test_an_entry_on_a_lot_that_the_bid_is_not_for_is_refused(self, small):
        lots = "- {id: phones, title: Phones}\n  - {id: more, title: More}"
        changed(small / "tender.yaml", ("- {id: phones, title: Phones}", lots))
        changed(small / "reviews/alfa.yaml", ("    question: audited", "    lot: more\n    question: audited"))
        outcome = call("evaluate", small, "--no-pdf")
        assert outcome.code == 1
        assert "review-use  confirm cannot be used here: the bid is not for more" in outcome.err

    @pytest.mark.parametrize("name", ["beta.yml", "beta.YAML", "beta.txt", "Beta.yaml"])
    def test_a_bid_whose_review_may_lie_under_a_wrong_name_is_not_final(self, name, small):
        (small / "reviews" / name).write_text("supplier: beta\n", "utf-8")
        outcome = call("evaluate", small, "--no-pdf")
        assert outcome.code == 1
        assert f"reviews/{name}:1:1" in outcome.err
        assert standings_of(small)["beta"]["status"] == "provisional"
        assert "no final result yet" in outcome.out

    @pytest.mark.parametrize("how", ["closed", "a file", "a link to nothing"])
    def test_reviews_that_nobody_can_read_leave_nothing_final(self, how, small):
        reviews = small / "reviews"
        if how != "closed":
            shutil.rmtree(reviews)
            reviews.write_text("") if how == "a file" else reviews.symlink_to("nowhere")
        else:
            reviews.chmod(0o000)
        with permissions_hold():
            outcome = call("evaluate", small, "--no-pdf")
        if how == "closed":
            reviews.chmod(0o700)
        assert outcome.code == 1
        assert "reviews:1:1: file-unreadable" in outcome.err
        assert {bid["status"] for bid in standings_of(small).values()} == {"provisional"}


class TestPermissions:
    """What cannot be read or removed is said, and harms nothing else."""

    @pytest.mark.parametrize("mode", [0o000, 0o400])
    def test_a_closed_folder_of_one_bid_stops_no_other(self, mode, small):
        (small / "bids/beta").chmod(mode)
        with permissions_hold():
            outcome = call("evaluate", small, "--no-pdf")
        (small / "bids/beta").chmod(0o700)
        assert outcome.code == 1
        assert {name: bid["status"] for name, bid in bids_of(small).items()} == {"alfa": "scored", "beta": "refused"}
        assert bids_of(small)["beta"]["problems"][0]["code"] == "file-unreadable"

    @pytest.mark.parametrize("mode", [0o000, 0o400])
    @pytest.mark.parametrize("words", [("evaluate", "T", "--no-pdf"), ("check", "T"), ("review", "worksheet", "T")])
    def test_a_closed_folder_of_all_bids_is_named(self, words, mode, small):
        (small / "bids").chmod(mode)
        with permissions_hold():
            outcome = call(*(small if word == "T" else word for word in words))
        (small / "bids").chmod(0o700)
        assert outcome.code == 1
        assert "bids:1:1: file-unreadable" in outcome.out + outcome.err
        assert not (small / "results").exists()

    @pytest.mark.parametrize("is_deep", [False, True])
    def test_old_results_that_are_closed_are_replaced_all_the_same(self, is_deep, small):
        assert call("evaluate", small, "--no-pdf").code == 0
        before = (small / "results/ranking.json").stat().st_ino
        for path in [small / "results", *((small / "results").rglob("*") if is_deep else ())]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        with permissions_hold():
            outcome = call("evaluate", small, "--no-pdf")
        assert outcome.code == 0, outcome.err
        assert (small / "results/ranking.json").stat().st_ino != before
        assert not list(small.glob(".results*"))

    def test_old_results_that_stay_are_named_and_no_later_run_fails(self, small, monkeypatch):
        monkeypatch.setattr(durable.shutil, "rmtree", lambda *_, **__: None)
        assert call("evaluate", small, "--no-pdf").code == 0
        for number in (1, 2):
            outcome = call("evaluate", small, "--no-pdf")
            assert outcome.code == 0, outcome.err
            assert outcome.err.count("holds old results and could not be removed") == number
        monkeypatch.undo()
        assert "could not be removed" not in call("evaluate", small, "--no-pdf").err
        assert not list(small.glob(".results*"))


def test_each_line_of_a_bulk_file_gives_an_assessment(tmp_path):
    from selfassess.library import standard  # noqa: PLC0415

    path = standard().roots[-1] / "fair-smartphones" / "1.0.0" / "examples" / "weak.response.json"
    line = json.dumps(json.loads(path.read_text("utf-8")))
    (tmp_path / "two.ndjson").write_text(f"{line}\n{line}\n", "utf-8")
    assert len(json.loads(call("score", tmp_path / "two.ndjson", "--format", "json").out)) == 2


class TestPriceModelsOfWholeTenders:
    """Models that look at more or at less than a price are ranked from a tender's folder too."""

    @pytest.fixture
    def tender(self, tmp_path):
        def laid_out(price):
            shutil.copytree(SMALL, tmp_path, dirs_exist_ok=True)
            path = tmp_path / "tender.yaml"
            lines = [line for line in path.read_text("utf-8").split("\n") if not line.startswith("price:")]
            path.write_text("\n".join([*lines[:-1], price, ""]), "utf-8")
            pin(tmp_path)
            return tmp_path

        return laid_out

    def test_where_all_above_a_threshold_are_admitted_no_price_is_missed(self, tender):
        folder = tender("price: {model: admit_all_above, currency: SEK, vat: excluded, minimum_quality: 10}")
        (folder / "prices.csv").write_text("supplier,lot,price,currency\n", "utf-8")
        outcome = call("evaluate", folder, "--no-pdf")
        assert "price-missing" not in outcome.err
        assert [bid["status"] for lot in ranking(folder)["lots"] for bid in lot["bids"]] == ["ranked", "ranked"]

    def test_the_costs_of_a_life_are_computed_from_the_answers(self, tender):
        folder = tender(
            "price: {model: life_cycle_cost, currency: SEK, vat: excluded, years: 4, costs: [{id: cycles, "
            'title: Cycles, question: cycles, unit_cost: 2, method: "price list of the buyer"}]}'
        )
        outcome = call("evaluate", folder, "--no-pdf")
        assert outcome.code in (0, 1), outcome.err
        bids = {bid["supplier"]: bid for lot in ranking(folder)["lots"] for bid in lot["bids"]}
        assert "its yearly costs are not known" not in str(bids)
        assert all(bid["status"] in ("ranked", "provisional") for bid in bids.values())


def test_thousands_of_problems_of_one_bid_cost_no_report(example):
    add_bid(example, "zz-many", lambda text: text.replace('"answers": {', '"answers": {' + ODD_ANSWERS, 1))
    add_bid(example, "zz-keys", lambda text: text.replace("{", "{" + ODD_KEYS, 1))
    outcome = call("evaluate", example)
    assert outcome.code == 1, outcome.err[-300:]
    results = example / "results"
    assert (results / "evaluation.pdf").stat().st_size
    assert (results / "zz-keys" / "report.pdf").stat().st_size
    assert len(bids_of(example)["zz-many"]["problems"]) > 5_000, "ranking.json has them all"


ODD_ANSWERS = "".join(f'"Z{number}": 1, ' for number in range(9_000))
ODD_KEYS = "".join(f'"z{number}": 1, ' for number in range(9_000))


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_evaluation_leaves_no_process_and_no_file(ending, example, tmp_path):
    """security.md K3: no stray temporary file, and nothing goes on working."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    env = os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(scratch)}
    code = "from selfassess.cli import main; main()"
    run = subprocess.Popen(
        [sys.executable, "-c", code, "evaluate", str(example)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=env, start_new_session=True,
    )  # fmt: skip
    until = time.monotonic() + 60
    while not list(scratch.glob("selfassess-report-*")) and time.monotonic() < until:
        time.sleep(0.02)
    assert list(scratch.glob("selfassess-report-*")), "a report is being printed"
    run.send_signal(ending)
    assert run.wait(30) == 128 + ending
    assert list(scratch.glob("selfassess-report-*")) == []
    with pytest.raises(ProcessLookupError):
        os.killpg(run.pid, 0)
    assert not (example / "results").exists()


@pytest.mark.parametrize(
    ("text", "place", "reason"),
    [
        ('{"a": 1 ,\n }', "1:9", "a comma stands before the end of the object"),
        ("[1,\n\n]", "1:3", "a comma stands before the end of the array"),
        ('{"a": [1, 2,]}', "1:12", "a comma stands before the end of the array"),
        ("[1,,2]", "1:4", "expecting value"),
        ('{"a": 1,, "b": 2}', "1:9", "expecting property name enclosed in double quotes"),
        ("[,]", "1:2", "expecting value"),
    ],
)
def test_a_comma_too_many_is_told_alike_by_every_version_of_python(text, place, reason):
    """Results name it, and must be the same bytes; newer standard libraries have a message of their own."""
    with pytest.raises(InvalidDocument) as invalid:
        read_json(text.encode(), "x.json")
    (problem,) = invalid.value.problems
    assert (str(problem.place), problem.message) == (f"x.json:{place}", f"this is not JSON: {reason}")
