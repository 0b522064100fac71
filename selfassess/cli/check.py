"""selfassess check: all problems of any documents, at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from selfassess.cli.endings import FINE, PROBLEMS
from selfassess.cli.options import Day, in_language


@click.command(name="check")
@click.argument("files", nargs=-1, required=True, metavar="FILE|ID@VERSION...")
@click.option("--date", "day", type=Day(), help="The day on which evidence must be valid; default: the declaration's.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to print; github: as annotations of a change.",
)
@in_language
def command(files: tuple[str, ...], day: date | None, form: str, language: str | None) -> int:
    """Print all problems of documents, bids' folders or a tender's folder; - reads a response from stdin.

    ID@VERSION stands for that questionnaire of the library with its profiles and translations.
    """
    from selfassess.checking import problems_of, problems_of_source
    from selfassess.cli.printing import (
        print_counts,
        print_problems,
        print_problems_as_annotations,
        print_problems_as_json,
    )
    from selfassess.cli.reading import STDIN, check_stdin, stdin_source
    from selfassess.library import standard
    from selfassess.problems import InvalidDocument, Problem, has_errors

    if language is not None and form != "text":
        raise click.UsageError(f"--format {form} is for programs and stays in English; leave --language out.")
    check_stdin(files)
    library = standard()
    found: list[Problem] = []
    files = tuple(one for file in files for one in _files_of(file))
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
        print_problems(found, language=language)
        print_counts(len(files), found, language=language)
    return PROBLEMS if has_errors(found) else FINE


def _files_of(file: str) -> list[str]:
    """Return a file as it is named, or the files of a version of a questionnaire that is named instead."""
    from selfassess.cli.opening import version_folder
    from selfassess.publishing import files_of_version

    if "@" not in file or "/" in file or Path(file).exists():
        return [file]
    found = files_of_version(version_folder(file))
    return [str(path) for path in found if path.suffix == ".yaml"]  # translations are checked with their questionnaire
