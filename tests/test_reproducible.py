"""The same documents give the same bytes: over processes, folders, orders, hash seeds, locales and time zones.

Security P5: nothing of a run, of a machine or of a day gets into results, reports or the annex.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import tenders

ROOT = Path(__file__).resolve().parent.parent
MACHINES = {
    "here": {},
    "another hash seed": {"PYTHONHASHSEED": "1"},
    "a third hash seed": {"PYTHONHASHSEED": "77"},
    "Tokyo": {"TZ": "Asia/Tokyo", "PYTHONHASHSEED": "0"},
    "Sweden": {"LC_ALL": "sv_SE.UTF-8", "LANG": "sv_SE.UTF-8", "LANGUAGE": "sv"},
    "no locale": {"LC_ALL": "C", "PYTHONUTF8": "0"},
    "a date of building": {"SOURCE_DATE_EPOCH": "1"},
    "one processor": {"ONE": "1"},
}
SCRIPT = """
import os, sys
if os.environ.get("ONE"):
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
from selfassess.cli import run
codes = [run(["publish", sys.argv[1], "--at", "2026-10-01T12:00:00+02:00"])]
codes += [run(["evaluate", sys.argv[1], "--statistics"])]
codes += [run(["report", f"{sys.argv[1]}/results/bid-00/all/assessment.json", "-o", f"{sys.argv[1]}/own"])]
print(codes)
"""


@pytest.fixture(scope="module")
def tender(tmp_path_factory):
    folder = tenders.write(tmp_path_factory.mktemp("same") / "tender", questions=16, sections=2, bids=3, rows=2)
    assert list((folder / "bids").iterdir())
    return folder


def made(tender, folder, environment):
    """Everything that is made of a copy of the tender: its bytes by name. Files are created in the opposite order."""
    for path in sorted(tender.rglob("*"), reverse=True):
        if path.is_file():
            to = folder / path.relative_to(tender)
            to.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, to)
    kept = {key: os.environ[key] for key in ("PATH", "HOME") if key in os.environ} | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, folder.name], cwd=folder.parent, env=kept | environment,
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    own = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return {name: data for name, data in own.items() if not (tender / name).exists() and ".selfassess" not in name}


@pytest.fixture(scope="module")
def first(tender, tmp_path_factory):
    found = made(tender, tmp_path_factory.mktemp("first") / "T", {})
    assert {"annex.pdf", "results/evaluation.pdf", "results/statistics.pdf", "results/bid-00/report.pdf"} <= set(found)
    assert any(name.startswith("own/") for name in found)
    return found


@pytest.mark.parametrize("machine", MACHINES)
def test_every_file_is_the_same(tender, first, tmp_path, machine):
    again = made(tender, tmp_path / "deeper" / "another name", MACHINES[machine])
    assert [name for name in {*first, *again} if first.get(name) != again.get(name)] == []


def test_no_file_names_the_machine_or_the_day(first):
    """Neither the folder's place nor the year of a clock stands in what is written: dates come from the documents."""
    manifest = json.loads(first["results/manifest.json"])
    assert manifest["format"] == "selfassess/manifest@1"
    for name, data in first.items():
        assert str(Path.home()).encode() not in data or str(Path.home()) == "/", name
        assert b"/tmp/" not in data, name
