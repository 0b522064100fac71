"""The main job on the example tender: nothing is lost, nothing is changed, one bad bid stops no other."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commands import call
from copies import copy_example

ROOT = Path(__file__).resolve().parent.parent
BIDS = {"andra-liv", "billigtel", "halvvejs", "kanskje", "kestava", "lovande", "nordfon", "trasig"}


def tree(folder):
    """Every file below a folder with its bytes, results and lock left out."""
    files = [path for path in folder.rglob("*") if path.is_file() and "results" not in path.parts]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory):
    folder = tmp_path_factory.mktemp("evaluated") / "tender"
    copy_example(folder)
    before = tree(folder)
    outcome = call("evaluate", folder)
    assert tree(folder) == before, "K1: input files are byte-identical afterwards"
    return folder, outcome


def ranking(folder):
    return json.loads((folder / "results" / "ranking.json").read_text("utf-8"))


def bids_of(plain, lot):
    return {bid["supplier"]: bid for found in plain["lots"] if found["lot"] == lot for bid in found["bids"]}


def test_the_exit_code_says_that_a_bid_has_problems(evaluated):
    assert evaluated[1].code == 1


class TestCountInIsCountOut:
    """K4: every bid folder is in every output, a refused one with its reason."""

    def test_in_the_ranking(self, evaluated):
        plain = ranking(evaluated[0])
        assert {bid["supplier"] for bid in plain["bids"]} == BIDS
        assert plain["counts"] == {"found": "8", "scored": "7", "refused": "1", "ranked": "5"}
        refused = next(bid for bid in plain["bids"] if bid["supplier"] == "trasig")
        assert refused["status"] == "refused"
        assert refused["problems"][0]["code"] == "json-syntax"

    def test_in_the_table(self, evaluated):
        text = (evaluated[0] / "results" / "ranking.csv").read_text("utf-8")
        rows = list(csv.DictReader(text.splitlines()))
        assert {row["supplier"] for row in rows} == BIDS

    def test_in_the_evaluation_report(self, evaluated):
        pdf = evaluated[0] / "results" / "evaluation.pdf"
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True).stdout.decode()
        assert all(name in text for name in BIDS)
        assert "8 bids found, 7 scored, 1 not scored, 5 ranked." in text
        assert "json-syntax" in text

    def test_on_the_screen_with_a_link_to_each_report_that_there_is(self, evaluated, example):
        html = (evaluated[0] / "results" / "evaluation.html").read_text("utf-8")
        for name in BIDS:
            assert name in html
            assert (f'href="{name}/report.pdf"' in html) == (evaluated[0] / "results" / name / "report.pdf").exists()
        call("evaluate", example, "--no-pdf")
        assert "report.pdf" not in (example / "results" / "evaluation.html").read_text("utf-8")

    def test_the_manifest_names_every_file_by_its_digest(self, evaluated):
        import hashlib  # noqa: PLC0415

        results = evaluated[0] / "results"
        manifest = json.loads((results / "manifest.json").read_text("utf-8"))["files"]
        files = {str(path.relative_to(results)) for path in results.rglob("*") if path.is_file()}
        assert set(manifest) == files - {"manifest.json"}
        for name, digest in manifest.items():
            assert digest == "sha256:" + hashlib.sha256((results / name).read_bytes()).hexdigest()


class TestBadBids:
    """K2, K5: the other bids are processed; one line a problem, no traceback."""

    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("empty", b"", "json-syntax"),
            ("bytes", b"\xff\xfe\x00", "json-encoding"),
            ("deep", b"[" * 3_000_000, "json-depth"),
            ("list", b"[]", "type"),
            ("twice", b'{"answers": {}, "\\u0061nswers": {}}', "json-duplicate-key"),
            ("infinite", b'{"answers": {"C03": Infinity}}', "json-number"),
            ("nothing", None, "bid-missing"),
        ],
    )
    def test_a_bad_bid_is_refused_and_stops_no_other(self, example, name, content, code):
        folder = example / "bids" / name
        folder.mkdir()
        if content is not None:
            (folder / "response.json").write_bytes(content)
        outcome = call("evaluate", example, "--no-pdf", "--format", "json")
        assert outcome.code == 1
        assert "Traceback" not in outcome.err + outcome.out
        plain = json.loads(outcome.out)
        assert plain["counts"]["found"] == "9"
        assert bids_of(plain, "new-devices")["nordfon"]["rank"] == 1
        bad = next(bid for bid in plain["bids"] if bid["supplier"] == name)
        assert (bad["status"], bad["problems"][0]["code"]) == ("refused", code)

    def test_a_wrong_pin_is_refused_and_both_digests_are_shown(self, example):
        path = example / "bids" / "nordfon" / "response.json"
        text = path.read_text("utf-8")
        digest = json.loads(text)["questionnaire"]["digest"]
        path.write_text(text.replace(digest, "sha256:" + "0" * 64), "utf-8")
        plain = json.loads(call("evaluate", example, "--no-pdf", "--format", "json").out)
        problem = next(bid for bid in plain["bids"] if bid["supplier"] == "nordfon")["problems"][0]
        assert problem["code"] == "pin-mismatch"
        assert digest in problem["message"]
        assert "0" * 64 in problem["message"]

    def test_an_unknown_question_is_refused_with_a_guess(self, example):
        path = example / "bids" / "nordfon" / "response.json"
        path.write_text(path.read_text("utf-8").replace('"W12": ', '"W99": ', 1), "utf-8")
        plain = json.loads(call("evaluate", example, "--no-pdf", "--format", "json").out)
        problems = next(bid for bid in plain["bids"] if bid["supplier"] == "nordfon")["problems"]
        assert [problem["code"] for problem in problems] == ["unknown-question"]
        assert "did you mean" in problems[0]["message"]

    def test_two_folders_that_differ_in_capitals_alone_are_refused(self, example):
        shutil.copytree(example / "bids" / "nordfon", example / "bids" / "Nordfon")
        plain = json.loads(call("evaluate", example, "--no-pdf", "--format", "json").out)
        refused = [
            bid["supplier"]
            for bid in plain["bids"]
            if bid["problems"][:1] and bid["problems"][0]["code"] == "supplier-id"
        ]
        assert refused == ["Nordfon", "nordfon"]

    def test_a_stray_file_among_the_bids_is_named(self, example):
        (example / "bids" / "note.txt").write_text("x", "utf-8")
        plain = json.loads(call("evaluate", example, "--no-pdf", "--format", "json").out)
        assert "bid-stray" in {problem["code"] for problem in plain["problems"]}

    def test_look_alike_names_are_warned_of_and_change_nothing(self, example):
        before = json.loads(call("evaluate", example, "--no-pdf", "--format", "json").out)
        path = example / "bids" / "kestava" / "response.json"
        path.write_text(path.read_text("utf-8").replace("Kestävä Puhelin Oy", "Nоrdfоn AB"), "utf-8")
        shutil.rmtree(example / "reviews")
        after = json.loads(call("evaluate", example, "--no-pdf", "--format", "json").out)
        assert "name-lookalike" in {problem["code"] for problem in after["problems"]}
        assert before["counts"] == after["counts"]


class TestPrices:
    def test_prices_are_read_after_quality_is_scored(self, example, monkeypatch):
        order = []
        import selfassess.evaluation as room  # noqa: PLC0415

        score, read = room.score, room.read_bytes
        monkeypatch.setattr(room, "score", lambda *a, **k: (order.append("score"), score(*a, **k))[1])
        monkeypatch.setattr(room, "read_bytes", lambda *a, **k: (order.append("prices"), read(*a, **k))[1])
        call("evaluate", example, "--no-pdf")
        assert order.count("prices") == 1
        assert order[-1] == "prices"

    def test_a_bad_price_takes_the_rank_and_not_the_assessment(self, example):
        prices = example / "prices.csv"
        prices.write_text(prices.read_text("utf-8").replace("44980000.00,SEK", "44.980.000,00;SEK", 1), "utf-8")
        plain = json.loads(call("evaluate", example, "--no-pdf", "--format", "json").out)
        bid = bids_of(plain, "new-devices")["nordfon"]
        assert (bid["status"], bid["rank"], bid["reviewed"]["shown"]) == ("unpriced", None, "79.21")

    def test_without_prices_nothing_is_ranked_and_all_is_assessed(self, example):
        (example / "prices.csv").unlink()
        plain = json.loads(call("evaluate", example, "--no-pdf", "--format", "json").out)
        assert plain["counts"]["ranked"] == "0"
        assert (example / "results" / "nordfon" / "new-devices" / "assessment.json").exists()


class TestReviews:
    def test_a_broken_chain_is_not_used_and_nothing_is_final(self, example):
        review = example / "reviews" / "nordfon.yaml"
        review.write_text(review.read_text("utf-8").replace("The letter names", "The letter does not name"), "utf-8")
        plain = json.loads(call("evaluate", example, "--no-pdf", "--format", "json").out)
        assert "review-chain" in {problem["code"] for problem in plain["problems"]}
        lot = plain["lots"][0]
        assert not lot["final"]
        assert lot["winners"] == []

    def test_a_response_that_changed_after_its_review_is_noticed(self, example):
        path = example / "bids" / "kestava" / "response.json"
        path.write_text(path.read_text("utf-8").replace('"kept": 98', '"kept": 97'), "utf-8")
        plain = json.loads(call("evaluate", example, "--no-pdf", "--format", "json").out)
        assert "pin-mismatch" in {problem["code"] for problem in plain["problems"]}


class TestResults:
    def test_the_same_bids_give_the_same_bytes(self, example, tmp_path):
        outputs = []
        for seed in ("0", "77"):
            env = os.environ | {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONPATH": str(ROOT)}
            code = "from selfassess.cli import main; main()"
            subprocess.run(
                [sys.executable, "-c", code, "evaluate", "tender"],
                cwd=tmp_path,
                env=env,
                capture_output=True,
                check=False,
            )
            outputs.append({p.name: p.read_bytes() for p in (example / "results").rglob("*") if p.is_file()})
        assert outputs[0] == outputs[1]
        assert len(outputs[0]) > 5

    def test_a_failing_run_leaves_the_results_that_were_there(self, example):
        call("evaluate", example, "--no-pdf")
        before = (example / "results" / "ranking.json").read_bytes()
        (example / "tender.yaml").write_text("format: selfassess/tender@1\n", "utf-8")
        assert call("evaluate", example, "--no-pdf").code == 1
        assert (example / "results" / "ranking.json").read_bytes() == before
        assert [path.name for path in example.iterdir() if path.name.startswith(".")] == []

    def test_an_assessment_that_was_edited_makes_no_report(self, evaluated, tmp_path):
        path = evaluated[0] / "results/nordfon/new-devices/assessment.json"
        plain = json.loads(path.read_text("utf-8"))
        plain["totals"]["reviewed"]["total"] = {"exact": "99", "shown": "99.00"}
        edited = tmp_path / "assessment.json"
        edited.write_text(json.dumps(plain), "utf-8")
        assert call("report", edited, "-o", tmp_path / "out").code == 3
        assert not (tmp_path / "out").exists()
        assert call("explain", edited, "W01").code == 3

    def test_every_json_that_is_written_is_read_again_by_the_strict_reader(self, evaluated):
        from selfassess.sources import read_json  # noqa: PLC0415

        for path in (evaluated[0] / "results").rglob("*.json"):
            assert read_json(path.read_bytes(), path.name).data


def test_warnings_of_a_kind_in_a_bid_are_printed_once_and_counted_and_errors_all(tmp_path):
    from copies import copy_example  # noqa: PLC0415

    folder = copy_example(tmp_path / "T")
    short = call("evaluate", folder, "--no-pdf").err
    whole = call("evaluate", folder, "--no-pdf", "--verbose").err
    plain = json.loads((folder / "results" / "ranking.json").read_text("utf-8"))
    for bid in plain["bids"]:
        kinds = {}
        for problem in bid["problems"]:
            kinds.setdefault((problem["severity"], problem["code"]), []).append(problem["message"])
        for (severity, code), messages in kinds.items():
            assert all(message in whole for message in messages)
            assert messages[0] in short
            if severity == "error":
                assert all(message in short for message in messages)
            elif len(messages) > 1:
                assert f"and {len(messages) - 1} more of {code} in " in short
    for problem in plain["problems"]:
        assert (problem["message"] in short) == (problem["severity"] != "note")
    assert len(short.splitlines()) * 4 < len(whole.splitlines())
