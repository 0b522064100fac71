"""Print problems and tables: foreign text made safe, colours on terminals only."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from selfassess import limits
from selfassess.exchange import json_text
from selfassess.languages import SOURCE
from selfassess.languages import words as words_of
from selfassess.languages.problems import said_in
from selfassess.problems import Problem, Severity, has_errors
from selfassess.results import problem_plain
from selfassess.text import show, width


def print_problems(problems: Sequence[Problem], *, err: bool = False, language: str | None = None) -> None:
    """Print problems in reading order, a line each, with the excerpt and what to do, in a language.

    Problems of one kind at one place, such as answers that are missing, share their excerpt.
    """
    words = words_of("terminal", language or SOURCE)
    printed = problems[: limits.PROBLEMS_PRINTED]
    for problem, following in zip(printed, [*printed[1:], None], strict=False):
        colour = "red" if problem.severity is Severity.ERROR else "yellow"
        place = show(str(problem.place))
        where = f"  (at {problem.pointer})" if problem.pointer else ""
        code = click.style(str(problem.code), fg=colour, bold=True)
        message, hint = said_in(problem, words)
        click.echo(f"{place}: {code}  {message}{where}", err=err)
        if following is not None and _explanation(following) == _explanation(problem):
            continue
        for line in problem.excerpt.splitlines():
            click.echo(f"    {line}", err=err)
        said = [words.say("See {place}.", place=show(str(place))) for place in problem.related]
        if whole := " ".join([*said, hint]).strip():
            click.echo(f"    {whole}", err=err)
    if len(problems) > limits.PROBLEMS_PRINTED:
        click.echo(words.say("and {n} more", n=len(problems) - limits.PROBLEMS_PRINTED), err=err)


def print_counts(files: int, problems: Sequence[Problem], *, language: str | None) -> None:
    """Print, as the last line of a check, how many files were looked at and how many problems are of which kind."""
    errors = sum(has_errors([problem]) for problem in problems)
    said = words_of("terminal", language or SOURCE).say(
        "{files} checked, {errors} to mend, {rest} to read", files=files, errors=errors, rest=len(problems) - errors
    )
    click.echo(said, err=True)


def print_problems_in_short(problems: Sequence[Problem]) -> None:
    """Print errors in full, and of the warnings of a kind in a file the first, with how many more there are."""
    errors = [problem for problem in problems if problem.severity is Severity.ERROR]
    print_problems(errors, err=True)
    kinds: dict[tuple[str, object], list[Problem]] = {}
    for problem in problems:
        if problem.severity is not Severity.ERROR:
            kinds.setdefault((problem.place.file, problem.code), []).append(problem)
    for (file, code), found in kinds.items():
        print_problems(found[:1], err=True)
        if len(found) > 1:
            click.echo(f"    and {len(found) - 1} more of {code} in {show(file)}", err=True)


def _explanation(problem: Problem) -> tuple[object, ...]:
    """Return what is printed under a problem's line."""
    return problem.code, problem.place, problem.excerpt, problem.related, problem.hint


def print_problems_as_json(problems: Sequence[Problem]) -> None:
    """Print all problems as a JSON list."""
    click.echo(json_text([problem_plain(problem) for problem in problems]), nl=False)


ANNOTATIONS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def print_problems_as_annotations(problems: Sequence[Problem]) -> None:
    """Print problems as commands to a workflow on GitHub, which shows each beside the line of the change.

    ``%``, line ends, and in properties ``:`` and ``,`` are written as the workflow reads them back.
    """
    for problem in problems:
        place = problem.place
        where = f" (at {problem.pointer})" if problem.pointer else ""
        fields = {"file": place.file, "line": place.line, "col": place.column, "title": problem.code}
        properties = ",".join(f"{name}={_escaped(str(value), in_property=True)}" for name, value in fields.items())
        said = _escaped(f"{problem.message}{where}\n{problem.hint}".strip())
        click.echo(f"::{ANNOTATIONS[problem.severity]} {properties}::{said}")


def _escaped(text: str, *, in_property: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text


def print_path(path: Path) -> None:
    """Print the name of a file that was written, which may have come from anywhere."""
    click.echo(show(str(path)))


def print_json(data: Any) -> None:
    """Print plain data as JSON."""
    click.echo(json_text(data), nl=False)


def cut(text: str, cells: int) -> str:
    """Return a text that takes at most so many cells, with an ellipsis where something is gone."""
    if width(text) <= cells:
        return text
    kept = ""
    for character in text:
        if width(kept + character) > cells - 1:
            break
        kept += character
    return kept + "…"


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[int] = ()) -> None:
    """Print rows under a head, columns aligned; ``right`` are the columns of figures."""
    shown = [[cut(show(cell), 60) for cell in row] for row in [head, *rows]]
    widths = [max(width(row[column]) for row in shown) for column in range(len(head))]
    for number, row in enumerate(shown):
        cells = []
        for column, cell in enumerate(row):
            space = " " * (widths[column] - width(cell))
            cells.append(space + cell if column in right else cell + space)
        line = "  ".join(cells).rstrip()
        click.echo(click.style(line, bold=True) if number == 0 else line)
