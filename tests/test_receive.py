"""Receipts: every byte of every bid is bound, and what is evaluated is what lay there at the deadline."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import call
from folders import lay_out_tender

from selfassess.digests import digest
from selfassess.library import standard
from selfassess.schemas import load_tender
from selfassess.sources import read_file
from selfassess.tenders import open_tender

ROOT = Path(__file__).resolve().parent.parent
EARLY, LATE = "2026-11-20T10:00:00+00:00", "2026-11-20T12:00:01+01:00"


@pytest.fixture
def received(example):
    assert open_tender(example, standard()).tender.content.deadline.isoformat() == "2026-11-20T12:00:00+01:00"
    outcome = call("receive", example, "--at", EARLY)
    assert outcome.code == 0, outcome.err
    return example


def receipts_of(folder):
    return json.loads((folder / "receipts.json").read_text("utf-8"))["receipts"]


def evaluated(folder):
    return call("evaluate", folder, "--no-pdf", "--format", "json")


def test_every_byte_of_every_file_is_bound_in_a_chain_that_begins_at_the_tender(received):
    receipts = receipts_of(received)
    files = [path for path in (received / "bids").rglob("*") if path.is_file()] + [received / "prices.csv"]
    assert {entry["path"] for entry in receipts} == {path.relative_to(received).as_posix() for path in files}
    before = load_tender(read_file(received / "tender.yaml")).digest
    for number, entry in enumerate(receipts, start=1):
        raw = (received / entry["path"]).read_bytes()
        assert entry["raw_digest"] == "sha256:" + hashlib.sha256(raw).hexdigest()
        assert (entry["counter"], entry["size"], entry["previous"]) == (number, len(raw), before)
        assert entry["received"] == EARLY
        before = digest(entry)
    meanings = {entry["path"]: entry.get("digest") for entry in receipts}
    nordfon = read_file(received / "bids/nordfon/response.json").data
    assert meanings["bids/nordfon/response.json"] == digest(nordfon)
    assert meanings["bids/trasig/response.json"] is None, "what is no JSON has no meaning, but is received"
    assert receipts[-1]["path"] == "prices.csv"


def test_what_was_received_is_evaluated_and_the_last_receipt_is_named(received):
    outcome = evaluated(received)
    assert outcome.code == 1, "a bid of the example cannot be read, as before"
    assert json.loads(outcome.out)["receipts"] == {"last": digest(receipts_of(received)[-1])}
    assert digest(receipts_of(received)[-1]) in (received / "results/evaluation.html").read_text("utf-8")


def test_run_again_it_adds_only_what_is_new(received):
    before = (received / "receipts.json").read_bytes()
    assert "0 new" in call("receive", received, "--at", EARLY).out
    assert (received / "receipts.json").read_bytes() == before
    (received / "bids/nordfon/note.txt").write_text("note", "utf-8")
    (received / "bids/kanskje/response.json").write_bytes(b"{}")
    (received / "bids/lovande/response.json").unlink()
    call("receive", received, "--at", "2026-11-20T11:30:00+01:00")
    added = receipts_of(received)[len(json.loads(before)["receipts"]) :]
    assert [(entry["path"], "raw_digest" in entry) for entry in added] == [
        ("bids/kanskje/response.json", True),
        ("bids/nordfon/note.txt", True),
        ("bids/lovande/response.json", False),
    ]
    assert evaluated(received).code == 1, "all of it came by the deadline"


CHANGES = {
    "white space": lambda f: (f / "bids/nordfon/response.json").write_bytes(
        (f / "bids/nordfon/response.json").read_bytes() + b"\n"
    ),
    "missing": lambda f: (f / "bids/nordfon/response.json").unlink(),
    "added": lambda f: (f / "bids/nordfon/more.txt").write_text("more", "utf-8"),
    "a link": lambda f: (f / "bids/nordfon/link.txt").symlink_to("/dev/null"),
    "prices": lambda f: (f / "prices.csv").write_bytes((f / "prices.csv").read_bytes() + b"\r\n"),
    "no prices": lambda f: (f / "prices.csv").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_any_change_stops_the_evaluation_and_nothing_is_written(received, change):
    CHANGES[change](received)
    outcome = evaluated(received)
    assert outcome.code == 3
    assert outcome.out == ""
    assert "receipt-mismatch" in outcome.err
    assert not (received / "results").exists()


def test_both_digests_are_named(received):
    path = received / "bids/nordfon/response.json"
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    CHANGES["white space"](received)
    error = evaluated(received).err
    assert "bids/nordfon/response.json" in error
    assert before in error
    assert hashlib.sha256(path.read_bytes()).hexdigest() in error


class TestDeadline:
    """What counts is what lay there at the deadline, in whatever offset the moment is said."""

    def test_the_last_second_is_in_time(self, example):
        call("receive", example, "--at", "2026-11-20T11:00:00Z")
        assert evaluated(example).code == 1

    def test_a_second_later_is_late(self, example):
        outcome = call("receive", example, "--at", LATE)
        assert outcome.code == 0
        assert "after the deadline" in outcome.err
        found = evaluated(example)
        assert found.code == 3
        assert "receipt-late" in found.err
        assert not (example / "results").exists()

    def test_what_came_late_and_was_taken_out_stops_nothing(self, received):
        late = received / "bids/for-sent"
        late.mkdir()
        (late / "response.json").write_bytes(b"{}")
        call("receive", received, "--at", LATE)
        assert "receipt-late" in evaluated(received).err
        (late / "response.json").unlink()
        late.rmdir()
        assert evaluated(received).code == 1

    def test_late_prices_are_late(self, received):
        CHANGES["prices"](received)
        call("receive", received, "--at", LATE)
        assert "receipt-late" in evaluated(received).err

    def test_a_receipt_is_not_older_than_the_one_before(self, received):
        (received / "bids/nordfon/more.txt").write_text("more", "utf-8")
        outcome = call("receive", received, "--at", "2026-11-20T09:59:59Z")
        assert outcome.code == 2
        assert "last receipt" in outcome.err

    @pytest.mark.parametrize("moment", ["2026-11-20T12:00:00", "2026-11-20", "noon", "2026-11-20T12:00:00.5Z"])
    def test_a_moment_without_its_offset_is_refused(self, example, moment):
        assert call("receive", example, "--at", moment).code == 2
        assert not (example / "receipts.json").exists()

    def test_without_a_moment_it_is_now(self, example):
        assert call("receive", example).code == 0
        assert receipts_of(example)[0]["received"][-6] in "+-"


class TestChain:
    """What was received cannot be unsaid: not by taking receipts out, nor by another tender."""

    def changed(self, folder, change):
        plain = json.loads((folder / "receipts.json").read_text("utf-8"))
        change(plain["receipts"])
        (folder / "receipts.json").write_text(json.dumps(plain), "utf-8")

    @pytest.mark.parametrize(
        "change",
        [
            lambda entries: entries.pop(0),
            lambda entries: entries.pop(3),
            lambda entries: entries.reverse(),
            lambda entries: entries[2].update(raw_digest="sha256:" + "0" * 64),
            lambda entries: entries[2].update(received="2026-11-20T09:00:00+01:00"),
            lambda entries: entries[2].update(counter=9),
        ],
    )
    def test_a_broken_chain_stops_the_evaluation_and_further_receipts(self, received, change):
        self.changed(received, change)
        assert evaluated(received).code == 3
        assert "receipt-chain" in evaluated(received).err
        assert call("receive", received, "--at", EARLY).code == 3
        assert "receipt-chain" in call("check", received / "receipts.json").out

    def test_without_the_last_receipts_their_files_are_not_received(self, received):
        self.changed(received, lambda entries: entries.pop())
        assert "receipt-mismatch" in evaluated(received).err

    def test_a_later_deadline_is_another_tender(self, received):
        path = received / "tender.yaml"
        text = path.read_text("utf-8")
        path.write_text(text.replace("2026-11-20T12:00:00+01:00", "2026-11-20T13:00:00+01:00"), "utf-8")
        assert "receipt-chain" in evaluated(received).err


def test_files_of_any_name_are_received(received):
    for name in ("A\u030a rsrapport.pdf", "råd.pdf", "back\\slash", "new\nline", "=cmd()"):
        (received / "bids/nordfon" / name).write_text(name, "utf-8")
    (received / "bids/nordfon" / os.fsdecode(b"\xff")).write_text("bytes", "utf-8")
    assert call("receive", received, "--at", EARLY).code == 0
    assert call("check", received / "receipts.json").code == 0
    assert evaluated(received).code == 1


def test_what_is_no_plain_file_cannot_be_received(example):
    os.mkfifo(example / "bids/nordfon/pipe")
    outcome = call("receive", example, "--at", EARLY)
    assert outcome.code == 1
    assert "file-unreadable" in outcome.err


WATCHED = """
import sys
seen = []
def watch(event, args):
    if event == "open" and isinstance(args[0], str) and args[0].endswith("prices.csv"):
        seen.append("prices")
    elif event.startswith("socket."):
        seen.append("socket")
    elif event == "selfassess.scored":
        seen.append("scored")
from selfassess import evaluation
scored = evaluation.score
def said(*args, **more):
    found = scored(*args, **more)
    sys.audit("selfassess.scored")
    return found
evaluation.score = said
sys.addaudithook(watch)
from selfassess.cli import run
code = run(["evaluate", sys.argv[1], *sys.argv[2:]])
print(code, seen.count("scored"), seen.count("prices"), seen.count("socket"),
      seen.index("prices") > len(seen) - 1 - seen[::-1].index("scored"), file=sys.stderr)
"""


@pytest.mark.parametrize("with_receipts", [False, True])
def test_no_price_is_opened_before_quality_is_scored_and_no_socket_at_all(example, with_receipts):
    if with_receipts:
        call("receive", example, "--at", EARLY)
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, example, "--no-pdf"],
        capture_output=True,
        check=True,
        text=True,
        cwd=ROOT,
    )
    code, scored, prices, sockets, in_order = done.stderr.splitlines()[-1].split()
    assert (code, prices, sockets, in_order) == ("1", "1", "0", "True")
    assert int(scored) >= 7


SOCKETS = """
import os, sys
log = os.open(sys.argv[2], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def watch(event, args):
    if event.startswith(("socket.", "subprocess.", "os.exec", "os.system", "os.posix_spawn")):
        os.write(log, f"{event} {args}\\n".encode())
sys.addaudithook(watch)
from selfassess.cli import run
sys.exit(run(["evaluate", sys.argv[1]]))
"""


def test_with_all_reports_printed_no_process_opens_a_socket_or_starts_a_program(tmp_path):
    """The hook is inherited by the processes that print the reports, and writes what it hears to a file."""
    folder = lay_out_tender(tmp_path / "tender", {"alfa": {}, "beta": {"cycles": 900}})
    call("publish", folder, "--at", "2026-10-01T12:00:00+02:00", "--no-pdf")
    done = subprocess.run(
        [sys.executable, "-c", SOCKETS, folder, tmp_path / "log"], capture_output=True, check=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0
    assert len(list((folder / "results").rglob("*.pdf"))) == 4
    assert (tmp_path / "log").read_text("utf-8") == ""


def test_publishing_and_receiving_read_no_price(example):
    """What is frozen, and what is received, is hashed; no price is understood before quality is scored."""
    (example / "prices.csv").write_bytes(b"\xff no table at all")
    assert call("publish", example, "--at", "2026-10-01T12:00:00+02:00", "--no-pdf").code == 0
    assert call("receive", example, "--at", EARLY).code == 0
