"""What a reader may copy is run, and what is generated is compared."""

from __future__ import annotations

import inspect
import json
import re
import shlex
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from commands import call
from copies import copy_example

from selfassess.cli import COMMANDS
from selfassess.problems import Code

ROOT = Path(__file__).resolve().parents[2]


def console_blocks(page="README.md"):
    """The commands of a page, each with the exit code that it names, 0 where it names none."""
    text = (ROOT / page).read_text("utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    lines = [line for block in blocks for line in block.splitlines()]
    commands = []
    for line in lines:
        if line.startswith("$ "):
            commands.append([shlex.split(line[2:]), 0])
        else:
            commands[-1][1] = int(line.removeprefix("exit "))
    return commands


def test_the_commands_of_the_readme_do_what_it_says(tmp_path, monkeypatch):
    examples = tmp_path / "examples"
    shutil.copytree(ROOT / "examples", examples, ignore=shutil.ignore_patterns("results*", ".*"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my-bid").mkdir()
    commands = console_blocks()
    assert len(commands) >= 10
    for (_, *args), code in commands:
        found = call(*args)
        assert found.code == code, (args, found.err)
    results = examples / "nordic-smartphones" / "results"
    assert (results / "evaluation.pdf").read_bytes().startswith(b"%PDF-")
    assert len(list(results.glob("*/report.pdf"))) == 7


def test_the_page_on_the_award_does_what_it_says(tmp_path, monkeypatch):
    copy_example(tmp_path / "examples" / "nordic-smartphones")
    monkeypatch.chdir(tmp_path)
    commands = console_blocks("docs/award-defended.md")
    assert len(commands) >= 10
    for (program, *args), code in commands:
        if program == "sed":
            before = Path(args[-1]).read_bytes()
            subprocess.run([program, *args], check=True)
            assert Path(args[-1]).read_bytes() != before, args
            continue
        found = call(*args)
        assert found.code == code, (args, found.err)


@pytest.mark.parametrize(
    "page", ["docs/packing.md", "docs/automatic-checks.md", "docs/suppliers.md", "docs/translations.md"]
)
def test_the_commands_of_a_page_do_what_it_says(page, tmp_path, monkeypatch):
    copy_example(tmp_path / "examples" / "nordic-smartphones")
    monkeypatch.chdir(tmp_path)
    for (_, *args), code in console_blocks(page):
        found = call(*args)
        assert found.code == code, (args, found.err)


def test_the_page_on_verifying_does_what_it_says(tmp_path, monkeypatch):
    """Also with tools of the system, and with a script that has nothing of ours in it."""
    example = copy_example(tmp_path / "examples" / "nordic-smartphones")
    (tmp_path / "docs").mkdir()
    shutil.copy(ROOT / "docs" / "by_hand.py", tmp_path / "docs")
    monkeypatch.chdir(tmp_path)
    said = ""
    for (program, *args), code in console_blocks("docs/verification.md"):
        if program == "selfassess":
            found = call(*args)
            assert found.code == code, (args, found.out, found.err)
            continue
        done = subprocess.run([program, *args], capture_output=True, text=True, check=True)
        said += done.stdout
    response = json.loads((example / "results/nordfon/new-devices/assessment.json").read_text("utf-8"))
    assert response["method"]["response"]["digest"].removeprefix("sha256:") in said
    assert "total: 100 x 23065092575437/323562666000 / 90 = 23065092575437/291206399400" in said
    assert said.rstrip().endswith("printed as 79.21")
    script = (ROOT / "docs" / "by_hand.py").read_text("utf-8")
    assert len(script.splitlines()) <= 50
    assert "selfassess" not in script
    other = tmp_path / "inside" / "canonical_tender.json"
    other.write_bytes(other.read_bytes().replace(b"0.1", b"0.2"))
    command = ["python3", "docs/by_hand.py", "inside", "results_nordfon_new-devices_assessment.json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "canonical_tender.json is not the file that the record names" in done.stderr


def test_the_hook_checks_the_files_that_it_names_and_no_others(example):
    """The entry is run as pre-commit runs it: with the names of files that its pattern finds."""
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    names = [str(path.relative_to(example)) for path in sorted(example.rglob("*")) if path.is_file()]
    found = [name for name in names if re.search(hook["files"], name)]
    assert {Path(name).name for name in found} >= {"response.json", "tender.yaml", "prices.csv", "nordfon.yaml"}
    assert not [name for name in found if name.endswith((".pdf", ".md", ".py"))]
    command = [Path(sys.executable).parent / hook["entry"].split()[0], *hook["entry"].split()[1:]]
    done = subprocess.run([*command, *found], cwd=example, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "bids/trasig/response.json:21:13: json-syntax" in done.stdout
    sound = [name for name in found if "nordfon" in name]
    assert subprocess.run([*command, *sound], cwd=example, capture_output=True, check=False).returncode == 0


def test_links_between_pages_lead_somewhere():
    pages = [ROOT / "README.md"]
    for pattern in ("docs/*.md", "*/README.md", "examples/*/README.md"):
        pages += ROOT.glob(pattern)
    for page in pages:
        for link in re.findall(r"\]\(([^)#]+)", page.read_text("utf-8")):
            assert link.startswith("http") or (page.parent / link).exists(), (page, link)


def problems_page():
    lines = [
        "# Problems",
        "",
        "Every problem is printed as `file:line:column: code  message  (at /pointer)` with the line and what to do.",
        "A warning never changes a number, and a note is a figure that is always said. `selfassess explain CODE` tells",
        "what stands here.",
        "",
        "| code | severity | says | what to do |",
        "|---|---|---|---|",
    ]
    for code in sorted(Code):
        cells = [cell.replace("|", "\\|") for cell in (code.severity.value, code.message, code.hint)]
        lines.append(f"| `{code.word}` | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def test_the_page_of_problems_lists_every_code(golden):
    golden("docs/problems.md", problems_page())


def help_of(*words):
    return call(*words, "--help").out.rstrip()


def command_line_page():
    parts = ["# Commands", "", "```text", help_of(), "```"]
    for name, (module, _) in COMMANDS.items():
        parts += ["", f"## {name}", "", "```text", help_of(name), "```"]
        command = import_module(f"selfassess.cli.{module}").command
        for sub in getattr(command, "commands", {}):
            parts += ["", "```text", help_of(name, sub), "```"]
    return "\n".join(parts) + "\n"


def test_the_page_of_commands_is_their_help(golden):
    golden("docs/command-line.md", command_line_page())


MODEL = (
    "conditions",
    "questionnaire",
    "profile",
    "tender",
    "response",
    "review",
    "receipts",
    "publication",
    "assessment",
    "ranking",
    "stability",
    "statistics",
    "joint",
    "comparison",
    "trace",
)


@pytest.mark.parametrize("room", MODEL)
def test_every_class_of_the_model_is_in_the_glossary(room):
    words = re.findall(r"^\| (\w+) \|", (ROOT / "docs/glossary.md").read_text("utf-8"), re.MULTILINE)
    module = import_module(f"selfassess.model.{room}")
    members = inspect.getmembers(module, inspect.isclass)
    classes = [name for name, thing in members if thing.__module__ == module.__name__]
    assert set(classes) <= {"Evidence", *words}


def test_the_price_models_and_keys_of_the_documents_page_are_those_of_the_schemas():
    from selfassess.schemas import SCHEMAS  # noqa: PLC0415

    page = (ROOT / "docs/documents.md").read_text("utf-8")
    for schema in SCHEMAS.values():
        for name, field in schema.fields.items():
            assert f"`{field.data_key or name}`" in page, name
