"""selfassess pack: a bid as one archive."""

from __future__ import annotations

from pathlib import Path

import click

from selfassess.cli.endings import FINE, PROBLEMS
from selfassess.cli.options import in_language


@click.command(name="pack")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="BID_FOLDER")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write; default: BID_FOLDER.zip.")
@click.option("--supplier", metavar="ID", help="The supplier's id; default: the folder's name.")
@in_language
def command(folder: Path, *, output: Path | None, supplier: str | None, language: str | None) -> int:
    """Write a bid's response and evidence as one archive with the digest of every file.

    A bid with problems is not packed. The same bid gives the same bytes everywhere.
    """
    from selfassess.archives import packed
    from selfassess.checking import bid_at
    from selfassess.cli.printing import print_path, print_problems
    from selfassess.cli.writing import refuse_existing
    from selfassess.durable import whole_file
    from selfassess.identifiers import is_supplier_id
    from selfassess.library import standard
    from selfassess.problems import has_errors

    whole = folder.resolve()
    id_ = whole.name if supplier is None else supplier
    if not is_supplier_id(id_):
        raise click.UsageError(
            f"{id_!r} is no supplier's id (lower case, digits, dots, hyphens); name one by --supplier"
        )
    files, problems = bid_at(folder, standard())
    print_problems(problems, err=True, language=language)
    if has_errors(problems):
        return PROBLEMS
    target = whole.parent / f"{whole.name}.zip" if output is None else output
    refuse_existing(target)
    with whole_file(target, may_replace=False) as out:
        packed(folder, id_, files, out)
    print_path(target)
    return FINE
