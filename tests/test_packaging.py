"""The wheel and the sdist hold the tree, lower bounds are kept, and `--help` is light."""

from __future__ import annotations

import configparser
import subprocess
import sys
import tarfile
import zipfile
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
HEAVY = (
    "marshmallow",
    "yaml",
    "jinja2",
    "weasyprint",
    "rfc8785",
    "xlsxwriter",
    "selfassess.schemas",
    "selfassess.scoring",
)
# The least version of each library, and why no older one will do.
LEAST = {
    "click": ("8.2", "the behaviour of lazily loaded groups that the commands rely on"),
    "MarkupSafe": ("3.0", "the line that Jinja2 takes; a page marks the language of texts with it"),
    "Babel": ("2.17", "the languages' data are of CLDR 46; docs/translations.md"),
    "Jinja2": ("3.1.6", "CVE-2024-56201, CVE-2024-56326, CVE-2025-27516"),
    "marshmallow": ("4.1.2", "CVE-2025-68480"),
    "openpyxl": ("3.1.5", "no older one was tried on hostile workbooks"),
    "PyYAML": ("6.0.3", "events that carry the marks relied on"),
    "pypdf": ("7.0", "no older one was tried on damaged and hostile files"),
    "rfc8785": ("0.1.4", "refuses numbers that readers disagree about"),
    "xlsxwriter": ("3.2", "no older one was tried with decimals and the options that make a workbook inert"),
    "zopfli": ("0.2", "comes with WeasyPrint; its zlib module has stood since"),
    "weasyprint": ("70.0", "CVE-2026-55073 and earlier ways round the fetcher"),
}
SHIPPED = {".yaml", ".json", ".md", ".html", ".css", ".js", ".ttf", ".txt", ".conf", ".po", ".py"}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A wheel and an sdist of a copy of the tree, built offline."""
    out = tmp_path_factory.mktemp("dist")
    tree = tmp_path_factory.mktemp("tree") / "selfassess"
    files = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    names = files or [str(p.relative_to(ROOT)) for p in ROOT.rglob("*") if p.is_file()]
    for name in names:
        if (ROOT / name).is_file():
            (tree / name).parent.mkdir(parents=True, exist_ok=True)
            (tree / name).write_bytes((ROOT / name).read_bytes())
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", out, tree]
    subprocess.run(command, capture_output=True, check=True)
    return tree, next(out.glob("*.whl")), next(out.glob("*.tar.gz"))


def test_the_wheel_holds_every_questionnaire_report_and_room(built):
    tree, wheel, _ = built
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder, prefix in (("questionnaires", "selfassess/questionnaires"), ("reports", "selfassess/reports")):
        for path in (tree / folder).rglob("*"):
            if path.is_file() and path.suffix in SHIPPED:
                assert f"{prefix}/{path.relative_to(tree / folder)}" in names
    for path in (tree / "selfassess").rglob("*.py"):
        assert str(path.relative_to(tree)) in names
    assert not [name for name in names if name.endswith(".pyc") or name.startswith(("tests/", "questionnaires/"))]


def test_the_sdist_holds_tests_and_examples(built):
    tree, _, sdist = built
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for name in ("README.md", "run", "tests/test_packaging.py", "examples/nordic-smartphones/tender.yaml"):
        assert name in names
    bids = [str(path.relative_to(tree)) for path in (tree / "examples").rglob("*.pdf")]
    assert set(bids) <= names


def test_a_wheel_that_is_installed_works_elsewhere(built, tmp_path):
    target = tmp_path / "installed"
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", target, built[1]]
    subprocess.run(command, capture_output=True, check=True)
    code = "import sys; sys.path.insert(0, sys.argv.pop(1)); from selfassess.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-I", "-c", code, target, "list"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "fair-smartphones@1.0.0" in done.stdout


def test_lower_bounds_are_those_with_a_reason_and_are_met():
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg")
    wanted = [Requirement(line) for line in config["options"]["install_requires"].split("\n") if line]
    assert {requirement.name for requirement in wanted} == set(LEAST)
    for requirement in wanted:
        bound = next(str(s.version) for s in requirement.specifier if s.operator == ">=")
        assert bound == LEAST[requirement.name][0], LEAST[requirement.name][1]
        assert Version(metadata.version(requirement.name)) >= Version(bound)


def test_every_package_is_listed():
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg")
    listed = set(config["options"]["packages"].split())
    found = {"selfassess"} | {
        "selfassess." + ".".join(path.parent.relative_to(ROOT / "selfassess").parts)
        for path in (ROOT / "selfassess").rglob("__init__.py")
        if path.parent != ROOT / "selfassess"
    }
    assert listed == found | {"selfassess.questionnaires", "selfassess.reports"}


def test_help_loads_nothing_heavy():
    code = (
        "import sys; from selfassess.cli import run; run(['--help']);"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.rstrip().endswith("[]")


def test_the_scripts_are_posix_and_name_the_same_command():
    assert (ROOT / "run").read_text("utf-8").startswith("#!/bin/sh\n")
    assert "./run test" in (ROOT / ".ci" / "run").read_text("utf-8")
    readme = (ROOT / "README.md").read_text("utf-8")
    assert "./run demo" in readme
    assert "./run test" in readme
    assert subprocess.run(["sh", "-n", ROOT / "run"], check=False).returncode == 0
    assert subprocess.run([ROOT / "run", "nonsense"], capture_output=True, check=False).returncode == 2
