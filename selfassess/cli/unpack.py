"""selfassess unpack: a bid's archive taken apart, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import click

from selfassess.cli.endings import FINE
from selfassess.cli.options import in_language


@click.command(name="unpack")
@click.argument("archives", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="ARCHIVE...")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("bids"),
    show_default=True,
    help="The folder of bids.",
)
@in_language
def command(archives: tuple[Path, ...], *, output: Path, language: str | None) -> int:
    """Write the bids in archives into the folder of bids, each under its supplier's id.

    An archive is listed completely before anything is written, and each bid is written whole or not at all. A bid that
    is there already is never replaced.
    """
    from selfassess.archives import open_archive
    from selfassess.cli.endings import PROBLEMS
    from selfassess.cli.printing import print_path, print_problems
    from selfassess.durable import whole_folder
    from selfassess.problems import InvalidDocument
    from selfassess.sources import open_plain

    code = FINE
    for path in archives:
        try:
            with open_plain(path, str(path)) as file, open_archive(file, str(path)) as archive:
                supplier, files = archive.manifest()
                with whole_folder(output / supplier) as folder:
                    archive.extract(folder, files)
                print_problems(archive.warnings, err=True, language=language)
            print_path(output / supplier)
        except InvalidDocument as invalid:
            print_problems(invalid.problems, err=True, language=language)
            code = PROBLEMS
    return code
