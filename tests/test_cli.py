"""What the command line promises: exit codes, both forms, safe printing, no traceback."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commands import call

from selfassess.cli import COMMANDS
from selfassess.cli.endings import worst
from selfassess.problems import Code

ROOT = Path(__file__).resolve().parent.parent
BID = ROOT / "examples" / "nordic-smartphones" / "bids" / "nordfon" / "response.json"


def shell(*args, **more):
    code = "from selfassess.cli import main; main()"
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen([sys.executable, "-c", code, *map(str, args)], env=env, **more)


def test_the_worst_code_wins():
    assert worst([0, 3, 1]) == 1
    assert worst([3, 0]) == 3
    assert worst([1, 2]) == 2
    assert worst([2, 4, 1]) == 4
    assert worst([70, 4]) == 70
    assert worst([]) == 0


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help(name):
    outcome = call(name, "--help")
    assert outcome.code == 0
    assert "Usage: selfassess" in outcome.out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["shwo"], "Did you mean show?"),
        (["list", "--fromat", "json"], "--format"),
        (["show", "fair-smartphones"], "ID@VERSION"),
        (["show", "fair-smartphones@9.9.9"], "there are: fair-smartphones@1.0.0"),
        (["explain", "duplicate-idd"], "Did you mean the code duplicate-id?"),
        (["evaluate", "nowhere"], "nowhere"),
        (["check"], "FILE"),
    ],
)
def test_wrong_usage_is_2_with_a_way_out(args, said):
    outcome = call(*args)
    assert outcome.code == 2
    assert said in outcome.err
    assert "Traceback" not in outcome.err


def test_list_and_show_as_json():
    listed = json.loads(call("list", "--format", "json").out)
    assert listed[0]["id"] == "fair-smartphones"
    shown = json.loads(call("show", "fair-smartphones@1.0.0", "--format", "json").out)
    assert shown["digest"] == listed[0]["digest"]
    assert shown["plan"]["method"] == "selfassess/1"


def test_check_reads_from_standard_input():
    outcome = call("check", "-", "--format", "json", stdin=BID.read_bytes())
    assert outcome.code == 0
    assert "error" not in {problem["severity"] for problem in json.loads(outcome.out)}


def test_a_missing_file_is_a_problem_with_its_name():
    outcome = call("check", "nowhere.json", "--format", "json")
    assert outcome.code == 1
    assert json.loads(outcome.out)[0]["code"] == "file-missing"


@pytest.mark.parametrize("args", [("check", "pipe.json"), ("check", "pipe.yaml"), ("score", "pipe.ndjson")])
def test_a_pipe_that_nobody_writes_to_is_refused_at_once(args, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    os.mkfifo(args[1])
    outcome = call(*args)
    assert outcome.code == 1
    assert "file-unreadable" in outcome.out + outcome.err


def test_a_response_beside_a_tender_is_checked_by_itself(example, monkeypatch):
    copy = example / "mine.json"
    copy.write_bytes(BID.read_bytes())
    monkeypatch.chdir(example)
    outcome = call("check", "mine.json")
    assert "evidence-missing" in outcome.out, "its evidence is looked for beside it"
    assert "evidence-unlisted" not in outcome.out, "the tender's files are no bid's"


def test_a_response_that_nobody_signed_is_checked_all_the_same(tmp_path):
    plain = json.loads(BID.read_text("utf-8"))
    plain |= {"declaration": None, "evidence": [], "not_applicable": {"E15": "no-plastic-parts"}}
    (tmp_path / "mine.json").write_text(json.dumps(plain), "utf-8")
    codes = [problem["code"] for problem in json.loads(call("check", tmp_path / "mine.json", "--format", "json").out)]
    assert "not-applicable-and-answer" in codes


def test_a_draft_beside_a_tender_of_its_own_questionnaire_is_checked(tmp_path, monkeypatch):
    from test_problems import BASE, pin  # noqa: PLC0415

    shutil.copytree(BASE, tmp_path, dirs_exist_ok=True)
    pin(tmp_path)
    draft = tmp_path / "drafts" / "mine.json"
    draft.parent.mkdir()
    draft.write_bytes((tmp_path / "bids" / "alfa" / "response.json").read_bytes().replace(b"1200", b"99999"))
    monkeypatch.chdir(tmp_path)
    outcome = call("check", "drafts/mine.json", "tender.yaml")
    assert outcome.code == 1
    assert "answer-range" in outcome.out
    assert "2 checked" in outcome.err


def test_a_bid_is_found_in_its_tender_from_wherever_it_is_named(example, monkeypatch):
    outcomes = []
    for folder, name in ((".", "bids/nordfon"), ("bids/nordfon", "response.json"), ("bids/kestava", "../nordfon")):
        monkeypatch.chdir(example / folder)
        outcomes.append(json.loads(call("check", name, "--format", "json").out))
    codes = [[(problem["code"], problem["pointer"]) for problem in outcome] for outcome in outcomes]
    assert codes[0] == codes[1] == codes[2]


def test_score_prints_assessments_and_reads_bulk(tmp_path):
    plain = json.loads(BID.read_text("utf-8"))
    good = json.dumps(plain)
    bad = good.replace('"kept": 96.5', '"kept": 960')
    bulk = tmp_path / "many.ndjson"
    bulk.write_text(f"{good}\n{{broken\n{bad}\n{good}", "utf-8")
    outcome = call("score", bulk)
    assert outcome.code == 1
    lines = [json.loads(line) for line in outcome.out.splitlines()]
    assert len(lines) == 3
    assert [line["totals"]["claimed"]["total"]["shown"] for line in lines[::2]] == ["76.13", "76.13"]
    assert f"{bulk}:2:1:2: json-syntax" in outcome.err
    assert lines[1]["problems"][0]["code"] == "answer-range"


def test_score_as_json_carries_exact_numbers():
    plain = json.loads(call("score", BID, "--format", "json").out)
    total = plain["totals"]["reviewed"]["total"]
    assert "/" in total["exact"]
    assert total["shown"] == "76.13"


def test_an_excluded_response_scores_with_3(tmp_path):
    plain = json.loads(BID.read_text("utf-8"))
    plain["answers"]["C07"] = 5
    plain["evidence"] = []
    path = tmp_path / "response.json"
    path.write_text(json.dumps(plain), "utf-8")
    assert call("score", path).code == 3


def test_new_never_writes_over_anything(tmp_path):
    target = tmp_path / "response.json"
    assert call("new", "response", "fair-smartphones@1.0.0", "-o", target).code == 0
    before = target.read_bytes()
    again = call("new", "response", "fair-smartphones@1.0.0", "-o", target)
    assert again.code == 2
    assert target.read_bytes() == before
    assert call("new", "tender", "fair-smartphones@1.0.0", tmp_path).code == 2


def test_a_new_tender_is_sound_and_its_blank_response_names_it(tmp_path):
    folder = tmp_path / "phones-2031"
    assert call("new", "tender", "fair-smartphones@1.0.0", folder).code == 0
    assert call("check", folder).code == 0
    assert call("evaluate", folder, "--no-pdf").code == 0
    plain = json.loads(call("new", "response", folder, "-o", "-").out)
    assert (plain["tender"], plain["lots"]) == ("phones-2031", ["lot-1"])


@pytest.mark.parametrize("code", Code, ids=lambda code: code.word)
def test_every_code_can_be_explained(code):
    assert code.hint.rstrip("}").endswith((".", ")", "{known", "{expected")) or "{" in code.hint
    outcome = call("explain", code.word)
    assert outcome.code == 0
    assert code.word in outcome.out


HOSTILE = "\x1b]52;c;aGk=\x07\x9b31m\u202eevil\r"


def test_nothing_foreign_reaches_the_terminal_unescaped(tmp_path, example):
    """C1: no byte below 0x20 but line ends, none in 0x80-0x9f, no direction controls."""
    plain = json.loads(BID.read_text("utf-8"))
    plain["supplier"]["name"] = HOSTILE
    plain["supplier"][HOSTILE] = HOSTILE
    plain["comments"] = {"W09": HOSTILE}
    folder = example / "bids" / "nordfon"
    (folder / "response.json").write_text(json.dumps(plain), "utf-8")
    odd = tmp_path / f"{HOSTILE}.json"
    odd.write_text("{", "utf-8")
    for args in (["check", folder / "response.json", odd], ["evaluate", example, "--no-pdf"], ["explain", HOSTILE]):
        outcome = call(*args)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", outcome.out + outcome.err), args


def test_no_colour_where_it_is_not_wanted(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in call("show", "fair-smartphones@1.0.0").out


def test_a_closed_pipe_is_quiet():
    first = shell("show", "fair-smartphones@1.0.0", "--format", "json", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    first.stdout.close()
    assert first.wait(timeout=30) == 141
    assert b"Traceback" not in first.stderr.read()
    first.stderr.close()


def test_our_own_fault_is_70_and_carries_no_content(monkeypatch, tmp_path):
    import selfassess.cli.listing as room  # noqa: PLC0415

    def fail(**_):
        raise KeyError("the supplier's secret")

    monkeypatch.setattr(room.command, "callback", fail)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    outcome = call("list")
    assert outcome.code == 70
    assert outcome.err.count("\n") == 1
    report = next(tmp_path.glob("selfassess-fault-*")).read_text("utf-8")
    assert "secret" not in report + outcome.err
