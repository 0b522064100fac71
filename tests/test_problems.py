"""Every problem has a folder that shows it: what was written, the command, and what the user then reads.

A folder's ``case.txt`` begins with the command and says how the files of ``_base`` are changed: under ``--- FILE`` a
line ``- text`` is replaced by the lines ``+ text`` after it, under ``+++ FILE`` stands a new file. ``make.py`` makes
what no text can say. ``expected.txt`` is what is printed; ``pytest --rewrite-golden`` writes it anew.
"""

from __future__ import annotations

import json
import re
import runpy
import shutil
from pathlib import Path

import pytest
from commands import call

from selfassess import limits
from selfassess.digests import digest, digest_bytes
from selfassess.problems import Code, InvalidDocument, Severity
from selfassess.schemas import load_profile, load_questionnaire
from selfassess.sources import read_file

FOLDER = Path(__file__).parent / "problems"
BASE = FOLDER / "_base"
CASES = sorted(path.name for path in FOLDER.iterdir() if path.is_dir() and not path.name.startswith("_"))
CODES = {code.word: code for code in Code}
QUESTIONNAIRE = Path("questionnaires/phones/1.0.0/questionnaire.yaml")
LINE = re.compile(r"(?P<place>[^:\n]+:(?:\d+:\d+|[^:\n!]+![A-Z]+\d+)): (?P<code>[a-z-]+)  .*")


def changed(text, pairs):
    """A text with each old part, which stands in it once, replaced by the new one."""
    for old, new in pairs:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the file"
        text = text.replace(old, new)
    return text


def pairs_of(lines):
    """The old and new parts that the lines under ``--- FILE`` say; an empty line parts two of them."""
    pairs = [([], [])]
    for line in lines:
        if line.startswith("- ") and pairs[-1][1]:
            pairs.append(([], []))
        if line.startswith(("- ", "+ ")):
            pairs[-1][line[0] == "+"].append(line[2:])
        elif pairs[-1][0]:
            pairs.append(([], []))
    return [("\n".join(old), "\n".join(new)) for old, new in pairs if old]


def lay_out(case, folder):
    """Lay the base out in a folder, changed as the case says; return the command's arguments."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    command, *rest = (FOLDER / case / "case.txt").read_text("utf-8").split("\n")
    blocks = re.split(r"^(---|\+\+\+) (.+)\n", "\n".join(rest), flags=re.MULTILINE)[1:]
    for sign, name, body in zip(blocks[::3], blocks[1::3], blocks[2::3], strict=True):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        text = body if sign == "+++" else changed(path.read_text("utf-8"), pairs_of(body.split("\n")))
        path.write_text(text, "utf-8")
    pin(folder)
    make = FOLDER / case / "make.py"
    if make.exists():
        runpy.run_path(str(make))["make"](folder)
    return command.removeprefix("$ selfassess ").split()


def pin(folder):
    """Put the digests of what is there in the place of their names, each document before those that name it."""
    name_digest(folder, "@audit@", digest_bytes((folder / "bids/alfa/evidence/audit.txt").read_bytes()))
    name_digest(folder, "@questionnaire@", digest_of(load_questionnaire, folder / QUESTIONNAIRE))
    name_digest(folder, "@profile@", digest_of(load_profile, folder / "profile.yaml"))
    try:
        response = digest(read_file(folder / "bids/alfa/response.json").data)
    except (InvalidDocument, ValueError):
        response = "sha256:" + "0" * 64
    name_digest(folder, "@alfa@", response)


def digest_of(load, path):
    try:
        return load(read_file(path)).digest
    except InvalidDocument:
        return "sha256:" + "0" * 64


def name_digest(folder, name, value):
    for path in sorted(folder.rglob("*")):
        if path.is_file() and name in (text := path.read_text("utf-8")):
            path.write_text(text.replace(name, value), "utf-8")


def tree(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.stat().st_size < 2**24}


@pytest.fixture
def laid_out(request, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return request.param, lay_out(request.param, tmp_path)


def test_every_code_has_a_folder_and_every_folder_a_code():
    assert sorted(CODES) == CASES


@pytest.mark.parametrize("laid_out", CASES, indirect=True)
def test_the_user_reads_what_is_expected(laid_out, golden, tmp_path):
    case, args = laid_out
    before = tree(tmp_path)
    found = call(*args)
    severity = CODES[case].severity
    assert case in found.out + found.err
    assert found.code == (1 if severity is Severity.ERROR else 0)
    assert "Traceback" not in found.out + found.err
    after = {path: data for path, data in tree(tmp_path).items() if "results" not in path.parts}
    assert after == before, "input files are as they were"
    golden(f"tests/problems/{case}/expected.txt", f"exit {found.code}\n{found.out}{found.err}")


@pytest.mark.parametrize("laid_out", CASES, indirect=True)
def test_every_place_lies_in_its_file_and_as_json_the_same_is_said(laid_out):
    case, (command, *args) = laid_out
    is_of_two_rounds = "--previous" in args
    args = ["check", args[0], *(args[1:] if command == "check" else [])]
    said = [match for line in call(*args).out.split("\n") if (match := LINE.fullmatch(line))]
    plain = json.loads(call(*args, "--format", "json").out)
    assert [(m["place"], m["code"]) for m in said] == [
        (":".join([at["file"], at.get("cell", f"{at['line']}:{at['column']}")]), p["code"])
        for p in plain[: limits.PROBLEMS_PRINTED]
        for at in [p["place"]]
    ]
    if not is_of_two_rounds:  # only a comparison reads an earlier round
        assert case in {problem["code"] for problem in plain}
    for problem in plain:
        at = problem["place"]
        path = Path(at["file"])
        if path.is_file() and at["line"] > 1:
            lines = path.read_bytes().split(b"\n")
            assert at["line"] <= len(lines)
            assert at["column"] <= len(lines[at["line"] - 1]) + 1
