"""The runner of mutants makes the edits that it says, and tells a test that fails from none."""

from __future__ import annotations

from pathlib import Path

from tests.mutants import run

SOURCE = """def f(a: int | None, b: int) -> bool:
    if a is None or b < 3:
        return False
    return min(a, b) + 1 > 0
"""


def test_every_operator_comparison_number_and_condition_is_edited_and_no_type() -> None:
    edits = {str(mutant) for mutant in run.mutants_of(SOURCE, "f.py")}
    assert edits == {
        "f.py:2: 'is' -> 'is not'",
        "f.py:2: 'or' -> 'and'",
        "f.py:2: '<' -> '<='",
        "f.py:2: '3' -> '4'",
        "f.py:2: 'a is None or b < 3' -> 'not (a is None or b < 3)'",
        "f.py:3: 'False' -> 'True'",
        "f.py:4: 'min' -> 'max'",
        "f.py:4: '+' -> '-'",
        "f.py:4: '1' -> '2'",
        "f.py:4: '>' -> '>='",
        "f.py:4: '0' -> '1'",
    }


def test_a_mutant_is_killed_by_a_test_that_fails_and_the_file_is_restored(tmp_path: Path, monkeypatch) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "conftest.py").write_text(
        "from hypothesis import settings\nsettings.register_profile('mutants')\n"
    )
    (tmp_path / "room.py").write_text("def f(a):\n    return a + 1 if a else 5\n")
    (tmp_path / "tests" / "test_room.py").write_text("from room import f\n\ndef test_f():\n    assert f(1) == 2\n")
    monkeypatch.setattr(run, "STAGES", (("test_room.py",), ()))
    before = (tmp_path / "room.py").read_text()
    mutants = {m.old: m for m in run.mutants_of(before, "room.py")}
    assert run.verdict(mutants["+"], tmp_path) == run.KILLED
    assert run.verdict(mutants["5"], tmp_path) == run.SURVIVED
    assert (tmp_path / "room.py").read_text() == before


def test_a_broken_tree_passes_nothing(tmp_path: Path) -> None:
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_room.py").write_text("import nothing_of_that_name\n")
    assert run.ended(("test_room.py",), tmp_path) == run.KILLED
    assert run.ended(("test_gone.py",), tmp_path) == run.KILLED
