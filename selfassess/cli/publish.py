"""selfassess publish: freeze a tender's method with its annex, or a questionnaire's version."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.endings import FINE, NOT_MET
from selfassess.cli.options import Moment, annex_in

if TYPE_CHECKING:
    from selfassess.problems import Problem
    from selfassess.publishing import Frozen


@click.command(name="publish")
@click.argument("what", metavar="TENDER_FOLDER|QUESTIONNAIRE")
@click.option("--seed", type=click.Path(path_type=Path), metavar="FILE", help="The secret seed of a draw.")
@click.option("--at", "moment", type=Moment(), help="When it is published, with offset; default: now.")
@click.option("--no-pdf", is_flag=True, help="Leave the annex as PDF out.")
@annex_in
def command(what: str, *, seed: Path | None, moment: datetime | None, no_pdf: bool, languages: tuple[str, ...]) -> int:
    """Freeze the method of a tender, before bids come in, or a version of a questionnaire.

    Of a TENDER_FOLDER it writes publication.json, which freezes questionnaire, profile and tender by digest, and the
    annex of the method as annex.json and annex.pdf, to be put among the tender documents; with --language sv also
    annex.sv.pdf, which says the same in Swedish. From then on evaluate and score refuse any other method. A method is
    published once: a changed one is another tender, in a folder of its own.

    Of a QUESTIONNAIRE (its file, its folder, or ID@VERSION) it adds the digests of the version's files to
    published.json beside the questionnaires.
    """
    path = Path(what)
    if (path / "tender.yaml").exists():
        now = datetime.now(UTC).astimezone().replace(microsecond=0) if moment is None else moment
        return _tender(path, now, seed, languages, with_pdf=not no_pdf)
    return _questionnaire(what)


def _tender(folder: Path, moment: datetime, seed: Path | None, languages: tuple[str, ...], *, with_pdf: bool) -> int:
    from selfassess.cli.printing import print_path, print_problems
    from selfassess.durable import locked, write_file
    from selfassess.library import standard
    from selfassess.publications import read_seed
    from selfassess.publishing import freeze

    with locked(folder):
        secret = None if seed is None else read_seed(seed)
        frozen = freeze(folder, standard(), moment, seed=secret, with_pdf=with_pdf, languages=languages)
        for name, data in frozen.files.items():
            write_file(folder / name, data)
    print_problems(_to_read(frozen), err=True)
    for name in frozen.files:
        print_path(folder / name)
    if not frozen.is_new:
        click.echo("this very method was published before; nothing is written", err=True)
    elif _has_bids(folder):
        click.echo("there are bids already: nothing shows that the method was fixed before they came in", err=True)
    click.echo(f"publication: {frozen.digest}")
    return FINE


def _to_read(frozen: Frozen) -> list[Problem]:
    from selfassess.problems import Code, Severity

    said = (Code.METHOD_NOT_PUBLISHED,)
    return [p for p in frozen.warnings if p.code not in said and p.severity is not Severity.NOTE]


def _has_bids(folder: Path) -> bool:
    from selfassess.sources import names_in

    return bool(names_in(folder / "bids", f"{folder}/bids"))


def _questionnaire(what: str) -> int:
    from selfassess.cli.opening import version_folder
    from selfassess.cli.printing import print_path, print_problems
    from selfassess.durable import write_file
    from selfassess.library import changed_since_publication
    from selfassess.publishing import freeze_questionnaire

    path, data = freeze_questionnaire(version_folder(what))
    changed = changed_since_publication(path.parent) if path.exists() else ()
    print_problems(changed, err=True)
    if changed:
        return NOT_MET
    if data is None:
        click.echo("this very version was published before; nothing is written", err=True)
    else:
        write_file(path, data)
    print_path(path)
    return FINE
