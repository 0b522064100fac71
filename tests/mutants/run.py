"""Change one thing of the scoring rooms at a time, and see whether the tests notice.

    python tests/mutants/run.py --sample 240 --seed 1 --workers 2
    python tests/mutants/run.py --room award

Each mutant is one edit of one operator, comparison, whole number, truth value, condition or aggregate. Texts are not
changed, since messages are held by golden files, nor flags of dataclasses and of ``zip``. The tests
run in stages, the quickest first, the third for the rooms of scoring alone, and the first failure kills; a run that
takes too long is counted by itself. Nothing is run unless the unchanged tree passes. What survives is printed with its
place; ``docs/mutants.md`` says why it may.
"""

from __future__ import annotations

import argparse
import ast
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import Queue

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("numbers.py", "scoring", "award", "stability")
STAGES = (
    ("test_corners.py", "test_scoring.py", "test_award.py", "test_price_models.py", "test_stability.py"),
    ("laws/test_second_scorer_agrees.py", "laws/test_stability_laws.py", "laws/test_scoring_laws.py"),
    ("test_evidence.py", "test_reviews.py"),
)
SECONDS = 120  # of one stage; who waits longer for the tests notices too, but no test has failed
FLAGS = ("strict", "frozen", "slots", "kw_only")  # of a zip over rows of one length, and of dataclasses
KILLED, SLOW, SURVIVED = "killed", "too slow", "survived"
SWAPS = {
    ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">", ast.Eq: "!=", ast.NotEq: "==",
    ast.Is: "is not", ast.IsNot: "is", ast.In: "not in", ast.NotIn: "in",
    ast.Add: "-", ast.Sub: "+", ast.Mult: "//", ast.Div: "*", ast.FloorDiv: "*", ast.Mod: "*", ast.Pow: "*",
    ast.And: "or", ast.Or: "and",
}  # fmt: skip
NAMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


@dataclass(frozen=True)
class Mutant:
    """One edit of a file: what stands between two offsets becomes something else."""

    file: str
    line: int
    start: int
    stop: int
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.old!r} -> {self.new!r}"


class Edits:
    """The mutants of one file, by the kinds of its nodes."""

    def __init__(self, text: str, file: str) -> None:
        self.text, self.file = text, file
        self.lines = text.splitlines(keepends=True)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))

    def all(self) -> Iterator[Mutant]:
        """Yield every mutant."""
        tree = ast.parse(self.text)
        guards = {id(word.value) for word in ast.walk(tree) if isinstance(word, ast.keyword) and word.arg in FLAGS}
        for node in ast.walk(tree):
            if id(node) not in guards:
                yield from self.swapped(node)
                yield from self.turned(node)

    def swapped(self, node: ast.AST) -> Iterator[Mutant]:
        """Yield an operator in place of another."""
        if isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            for op, left, right in zip(node.ops, sides, sides[1:], strict=False):
                yield self.between(left, right, SWAPS[type(op)])
        elif isinstance(node, ast.BoolOp):
            for left, right in zip(node.values, node.values[1:], strict=False):
                yield self.between(left, right, SWAPS[type(node.op)])
        elif isinstance(node, ast.BinOp) and type(node.op) in SWAPS:
            if not isinstance(node.left, ast.JoinedStr) and not isinstance(getattr(node.left, "value", None), str):
                yield self.between(node.left, node.right, SWAPS[type(node.op)])
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in NAMES:
            yield self.edit(*self.span(node.func), NAMES[node.func.id])

    def turned(self, node: ast.AST) -> Iterator[Mutant]:
        """Yield a condition or a truth value turned round, a whole number one higher, a sign or a not left out."""
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
            yield self.edit(self.span(node)[0], self.span(node.operand)[0], "")
        elif isinstance(node, ast.Constant) and isinstance(node.value, int):
            new = not node.value if isinstance(node.value, bool) else node.value + 1
            yield self.edit(*self.span(node), str(new))
        elif isinstance(node, ast.IfExp | ast.If):
            start, stop = self.span(node.test)
            yield self.edit(start, stop, f"not ({self.text[start:stop]})")

    def span(self, node: ast.expr) -> tuple[int, int]:
        """Return where a node begins and ends, in characters."""
        ends = ((node.lineno, node.col_offset), (node.end_lineno or 0, node.end_col_offset or 0))
        start, stop = (
            self.starts[line - 1] + len(self.lines[line - 1].encode()[:column].decode()) for line, column in ends
        )
        return start, stop

    def edit(self, start: int, stop: int, new: str) -> Mutant:
        """Return the mutant that has something else between two offsets."""
        return Mutant(self.file, self.text.count("\n", 0, start) + 1, start, stop, self.text[start:stop], new)

    def between(self, left: ast.expr, right: ast.expr, new: str) -> Mutant:
        """Return the mutant that has another operator between two operands."""
        start, stop = self.span(left)[1], self.span(right)[0]
        inner = self.text[start:stop]
        lead = len(inner) - len(inner.lstrip(" )\n"))
        tail = len(inner) - len(inner.rstrip(" (\n"))
        return self.edit(start + lead, stop - tail, new)


def all_mutants(rooms: Sequence[str] = ROOMS) -> list[Mutant]:
    """Return every mutant of rooms that compiles, annotations and slices of text left alone."""
    found = []
    for room in rooms:
        path = ROOT / "selfassess" / room
        for file in [path] if path.is_file() else sorted(path.glob("*.py")):
            found += mutants_of(file.read_text("utf-8"), str(file.relative_to(ROOT)))
    return sorted(set(found), key=lambda mutant: (mutant.file, mutant.start, mutant.new))


def mutants_of(source: str, file: str) -> Iterator[Mutant]:
    """Yield every mutant of one file that compiles."""
    for mutant in Edits(source, file).all():
        if mutant.old == mutant.new or is_annotation(source, mutant):
            continue
        try:
            compile(changed(source, mutant), mutant.file, "exec")
        except SyntaxError:
            continue
        yield mutant


def is_annotation(source: str, mutant: Mutant) -> bool:
    """Return whether an edit lies in a type, such as the bar in ``int | None``, or in no code at all."""
    for node in ast.walk(ast.parse(source)):
        types = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        for type_ in types:
            if isinstance(type_, ast.expr) and type_.lineno <= mutant.line <= (type_.end_lineno or 0):
                segment = ast.get_source_segment(source, type_) or ""
                offset = source.find(segment, source.rfind("\n", 0, mutant.start) + 1)
                if offset <= mutant.start < offset + len(segment):
                    return True
    return False


def changed(source: str, mutant: Mutant) -> str:
    """Return a file with one edit."""
    return source[: mutant.start] + mutant.new + source[mutant.stop :]


def verdict(mutant: Mutant, tree: Path) -> str:
    """Return what becomes of a mutant in a copy of the tree."""
    path = tree / mutant.file
    source = path.read_text("utf-8")
    path.write_text(changed(source, mutant), "utf-8")
    try:
        stages = STAGES if "/scoring/" in mutant.file else STAGES[:2]
        return next((end for end in (ended(stage, tree) for stage in stages) if end != SURVIVED), SURVIVED)
    finally:
        path.write_text(source, "utf-8")


def ended(stage: tuple[str, ...], tree: Path) -> str:
    """Return how the tests of a stage end: none fails (the mutant survives), one fails, or they take too long."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider"]
    command += ["--hypothesis-profile", "mutants", *(f"tests/{name}" for name in stage)]
    environment = {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1", "PATH": "/usr/local/bin:/usr/bin:/bin"}
    try:
        done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return SLOW
    return KILLED if done.returncode else SURVIVED


def main() -> int:
    """Run a sample of the mutants; 0 when a failing test kills at least nine in ten."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sample", type=int, default=0, help="how many; 0: all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--room", choices=ROOMS, action="append", help="this room alone; may be repeated")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--again", type=Path, help="what an earlier run printed: only what survived it is run")
    asked = parser.parse_args()
    whole = all_mutants(asked.room or ROOMS)
    if asked.again:
        before = asked.again.read_text("utf-8").splitlines()
        whole = [mutant for mutant in whole if f"{SURVIVED} {mutant}" in before]
    chosen = random.Random(asked.seed).sample(whole, asked.sample) if asked.sample else whole  # noqa: S311
    with tempfile.TemporaryDirectory() as folder:
        trees = [copied(Path(folder) / str(worker)) for worker in range(asked.workers)]
        broken = [stage for stage in STAGES if ended(stage, trees[0]) != SURVIVED]
        if broken:
            sys.stdout.write(f"the unchanged tree fails: {broken}\n")
            return 2
        counts = Counter(judged(chosen, trees))
    sys.stdout.write(f"{len(whole)} mutants, {len(chosen)} run, {counts[KILLED]} killed, {counts[SLOW]} too slow, ")
    sys.stdout.write(f"{counts[SURVIVED]} survived: {100 * counts[KILLED] / max(1, len(chosen)):.1f} % killed\n")
    return 0 if counts[KILLED] * 10 >= len(chosen) * 9 else 1


def copied(tree: Path) -> Path:
    """Copy the tree, so that a mutant harms no other."""
    left = shutil.ignore_patterns(".venv", ".git", "results*", ".hypothesis", "__pycache__")
    return shutil.copytree(ROOT, tree, ignore=left)


def judged(chosen: Sequence[Mutant], trees: Sequence[Path]) -> Iterator[str]:
    """Yield what becomes of each mutant, and print it; as many run at once as there are trees."""
    free: Queue[Path] = Queue()
    for tree in trees:
        free.put(tree)

    def judge(mutant: Mutant) -> str:
        tree = free.get()
        try:
            said = verdict(mutant, tree)
        finally:
            free.put(tree)
        sys.stdout.write(f"{said} {mutant}\n")
        sys.stdout.flush()
        return said

    with ThreadPoolExecutor(len(trees)) as pool:
        yield from pool.map(judge, chosen)


if __name__ == "__main__":
    sys.exit(main())
