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
import tenders
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


def test_score_as_json_carries_exact_numbers(example):
    bid = example / "bids" / "nordfon" / "response.json"
    plain = json.loads(call("score", bid, "--format", "json").out)
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


@pytest.fixture
def small(tmp_path):
    """A small tender that brings its own questionnaire and its own profile."""
    return tenders.write(tmp_path / "T", questions=9, sections=2, bids=2, rows=1)


def closed(redirect, *args):
    """Run a command with a standard stream closed."""
    code = "from selfassess.cli import main; main()"
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    words = ["sh", "-c", f'exec "$@" {redirect}', "sh", sys.executable, "-c", code, *map(str, args)]
    return subprocess.run(words, env=env, capture_output=True, timeout=60, check=False)


@pytest.mark.parametrize(
    ("redirect", "args", "code"),
    [
        (">&-", ["list"], 0),
        ("2>&-", ["list"], 0),
        (">&- 2>&- <&-", ["list", "--format", "json"], 0),
        (">&- 2>&-", ["shwo"], 2),
        ("2>&-", ["show", "nothing@1.0.0"], 2),
        ("2>&-", ["check", "nowhere.json"], 1),
        ("<&-", ["check", "-"], 2),
        ("<&-", ["score", "-"], 2),
        ("<&-", ["score", "nowhere.json", "--format", "json", "-"], 2),
    ],
)
def test_a_closed_standard_stream_is_no_fault_of_the_program(redirect, args, code):
    ended = closed(redirect, *args)
    assert ended.returncode == code, ended.stderr
    assert b"Traceback" not in ended.stderr + ended.stdout
    if "<&-" in redirect and code == 2:
        assert b"standard input is closed" in ended.stderr


def test_results_are_written_though_nobody_listens(small):
    ended = closed(">&- 2>&- <&-", "evaluate", small, "--no-pdf")
    assert ended.returncode == 0
    assert json.loads((small / "results" / "ranking.json").read_text("utf-8"))["counts"]["scored"] == "2"


NAME = "a\x1b]0;x\x07\x9b\u202e"
UNSAFE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.mark.parametrize(
    "args",
    [
        ["show", f"{NAME}@1"],
        ["show", f"{NAME}@1.0.0"],
        ["show", NAME],
        ["new", "tender", f"{NAME}@1.0.0", "d"],
        ["new", "tender", "fair-smartphones@1.0.0", NAME],
        ["new", "response", "fair-smartphones@1.0.0", "-o", f"{NAME}.json"],
        ["new", "response", "fair-smartphones@1.0.0", "-o", f"{NAME}/{NAME}.json"],
        ["check", f"--{NAME}"],
        ["check", "x.json", "--date", NAME],
        ["check", "x.json", "--format", NAME],
        ["score", NAME, f"{NAME}.ndjson", "--profile", NAME],
        ["evaluate", NAME],
        ["explain", NAME],
        ["report", NAME, "-o", NAME],
        [NAME],
    ],
    ids=lambda args: args[0].split("\x1b")[0],
)
def test_the_words_of_the_command_line_are_foreign_text_as_well(args, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for _ in range(2):
        outcome = call(*args)
        assert not UNSAFE.search(outcome.out + outcome.err)
        assert outcome.code in (0, 1, 2, 4)


def test_reports_are_named_safely_and_what_is_there_is_kept(small, tmp_path):
    made = small / "results" / "bid-00" / "all" / "assessment.json"
    assert call("evaluate", small, "--no-pdf").code == 0
    out = tmp_path / NAME
    first = call("report", made, "-o", out)
    assert first.code == 0
    assert not UNSAFE.search(first.out)
    assert [path.name for path in out.iterdir()] == ["bid-00-all.pdf"]
    before = (out / "bid-00-all.pdf").read_bytes()
    again = call("report", made, small / "results" / "bid-01" / "all" / "assessment.json", made, "-o", out)
    assert again.code == 2
    assert "bid-00-all.pdf is there already and is kept" in again.err
    assert "selfassess-new" not in again.err
    assert not UNSAFE.search(again.err)
    assert sorted(path.name for path in out.iterdir()) == ["bid-00-all.pdf", "bid-01-all.pdf"]
    assert (out / "bid-00-all.pdf").read_bytes() == before


def test_two_assessments_of_one_name_become_two_reports(small, tmp_path):
    paths = []
    for bid in ("bid-00", "bid-01"):
        paths.append(small / f"{bid}.json")
        path = small / "bids" / bid / "response.json"
        paths[-1].write_text(call("score", path, "--format", "json").out, "utf-8")
    outcome = call("report", *paths, paths[0], "-o", tmp_path / "out")
    assert outcome.code == 0
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert len(names) == 2
    assert all(re.fullmatch(r"response-[0-9a-f]{12}\.pdf", name) for name in names)


def test_a_bulk_file_that_cannot_be_read_stops_no_other(small, tmp_path):
    good = small / "bids" / "bid-00"
    (tmp_path / "folder.ndjson").mkdir()
    for missing in (tmp_path / "missing.ndjson", tmp_path / "folder.ndjson"):
        outcome = call("score", good, missing, good, "--format", "json")
        assert outcome.code == 1
        assert str(missing) in outcome.err
        assert len(json.loads(outcome.out)) == 2


def test_scored_as_json_one_response_is_an_object_and_several_are_a_list(small, tmp_path):
    response = (small / "bids" / "bid-00" / "response.json").read_text("utf-8")
    line = json.dumps(json.loads(response))
    bulk = small / "bulk.ndjson"
    for count in (0, 1, 2):
        bulk.write_text(f"{line}\n" * count, "utf-8")
        assert len(json.loads(call("score", bulk, "--format", "json").out)) == count
    (tmp_path / "broken.json").write_text("{", "utf-8")
    assert json.loads(call("score", tmp_path / "broken.json", "--format", "json").out) is None
    assert json.loads(call("score", small / "bids" / "bid-00", "--format", "json").out)["lot"] is None
    both = call("score", tmp_path / "broken.json", small / "bids" / "bid-00", "--format", "json")
    assert both.code == 1
    assert len(json.loads(both.out)) == 1


def test_a_bid_is_scored_by_the_questionnaire_that_its_tender_brings(small, tmp_path):
    folder = small / "bids" / "bid-00"
    plain = json.loads(call("score", folder, "--format", "json").out)
    assert plain["method"]["questionnaire"]["id"] == "test"
    assert plain["method"]["profile"]["id"] == "equal"
    named = call("score", folder / "response.json", "--profile", "equal@1.0.0", "--format", "json")
    assert json.loads(named.out)["totals"] == plain["totals"]
    elsewhere = tmp_path / "response.json"
    elsewhere.write_bytes((folder / "response.json").read_bytes())
    mixed = call("score", folder, elsewhere)
    assert mixed.code == 1
    assert "pin-unknown" in mixed.err
    (small / "profile.yaml").unlink()
    mixed = call("score", folder, BID)
    assert mixed.code == 1
    assert "pin-unknown" in mixed.err
    assert "total" in mixed.out, "that there is no profile for one stops no other"


def test_a_new_tender_does_not_take_a_file_for_its_folder(tmp_path):
    (tmp_path / "file").write_text("", "utf-8")
    for name in ("file", "file/below"):
        outcome = call("new", "tender", "fair-smartphones@1.0.0", tmp_path / name)
        assert outcome.code == 2
        assert "Errno" not in outcome.err


@pytest.mark.parametrize("name", ["n" * 100, "-" * 10 + "n" * 70, "n" * 63 + "-" * 9])
def test_a_new_tender_is_sound_however_long_the_name_of_its_folder(name, tmp_path):
    assert call("new", "tender", "fair-smartphones@1.0.0", tmp_path / name).code == 0
    assert call("check", tmp_path / name / "tender.yaml").code == 0


def test_no_folder_is_made_when_there_is_no_report_to_write(tmp_path):
    (tmp_path / "broken.json").write_text("{}", "utf-8")
    assert call("report", tmp_path / "broken.json", "-o", tmp_path / "out").code == 1
    assert not (tmp_path / "out").exists()
