"""selfassess import: a filled-in workbook becomes a response."""

from __future__ import annotations

from pathlib import Path

import click

from selfassess.cli.endings import PROBLEMS
from selfassess.cli.options import in_language


@click.command(name="import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("response.json"), show_default=True,
    help="Where to write, never over a file; - is stdout.",
)  # fmt: skip
@click.option(
    "--tender", "folder", type=click.Path(path_type=Path), metavar="TENDER_FOLDER",
    help="Look for the questionnaire in this tender's folder as well.",
)  # fmt: skip
@in_language
def command(file: Path, output: Path, folder: Path | None, language: str | None) -> int:
    """Turn a workbook that export --xlsx wrote, and a supplier filled in, into response.json.

    FILE is an .xlsx, also after another program has saved it, or an .ods or .xls saved from it. Problems are named by
    their cell. What cannot be read as an answer stays in the response as it was typed, so that nothing is lost.
    """
    from selfassess.answer_book import import_workbook, source_of
    from selfassess.cli.printing import print_problems
    from selfassess.cli.writing import refuse_existing, write_new
    from selfassess.library import standard, tender_around
    from selfassess.problems import has_errors

    refuse_existing(output)
    around = tender_around(file) if folder is None else folder
    library = standard() if around is None else standard().beside(around)
    imported = import_workbook(file, source_of(library.questionnaire))
    print_problems(imported.problems, err=True, language=language)
    write_new(output, imported.data)
    return PROBLEMS if has_errors(imported.problems) else 0
