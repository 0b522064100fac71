"""selfassess check: all problems of any documents, at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from selfassess.cli.endings import FINE, PROBLEMS
from selfassess.cli.options import Day


@click.command(name="check")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--date", "day", type=Day(), help="The day on which evidence must be valid; default: the declaration's.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to print; github: as annotations of a change.",
)
def command(files: tuple[str, ...], day: date | None, form: str) -> int:
    """Print all problems of documents, bids' folders or a tender's folder; - reads a response from stdin."""
    from selfassess.checking import problems_of, problems_of_source
    from selfassess.cli.printing import print_problems, print_problems_as_annotations, print_problems_as_json
    from selfassess.cli.reading import STDIN, check_stdin, stdin_source
    from selfassess.library import standard
    from selfassess.problems import InvalidDocument, Problem, has_errors

    check_stdin(files)
    library = standard()
    found: list[Problem] = []
    for file in files:
        try:
            if file == STDIN:
                found += problems_of_source(stdin_source(), library, day)
            else:
                found += problems_of(Path(file), library, day)
        except InvalidDocument as invalid:
            found += invalid.problems
    if form == "json":
        print_problems_as_json(found)
    elif form == "github":
        print_problems_as_annotations(found)
    else:
        print_problems(found)
        errors = sum(has_errors([problem]) for problem in found)
        click.echo(f"{len(files)} checked, {errors} to mend, {len(found) - errors} to read", err=True)
    return PROBLEMS if has_errors(found) else FINE
