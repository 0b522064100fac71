"""selfassess report: PDF reports of assessments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.endings import FINE, MACHINE, NOT_MET, PROBLEMS, USAGE, worst
from selfassess.text import show

if TYPE_CHECKING:
    from selfassess.assessments import Opened
    from selfassess.rendering import Rendered


@click.command(name="report")
@click.argument("assessments", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="ASSESSMENT...")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Where to write.")
def command(assessments: tuple[Path, ...], output: Path) -> int:
    """Write a PDF for each assessment, computed again from its own documents; a file that is there is kept."""
    from selfassess.assessments import reopen
    from selfassess.cli.opening import library_for
    from selfassess.cli.printing import print_problems
    from selfassess.problems import InvalidDocument
    from selfassess.rendering import render_many
    from selfassess.reporting import assessment_job
    from selfassess.sources import read_file

    found, codes = [], []
    for path in assessments:
        try:
            source = read_file(path)
            opened = reopen(source, library_for(path))
        except InvalidDocument as invalid:
            print_problems(invalid.problems, err=True)
            codes.append(PROBLEMS)
            continue
        if not opened.matches:
            print_problems(opened.differences, err=True)
            click.echo(f"{show(str(path))}: it is not what its own documents give; no report is made", err=True)
            codes.append(NOT_MET)
            continue
        found.append((source.raw, opened))
    jobs = []
    for name, opened in _named(found).items():
        jobs.append(assessment_job(name, opened))
    if jobs:
        output.mkdir(parents=True, exist_ok=True)
        codes += [_write(output / done.name, done) for done in render_many(jobs)]
    return worst(codes)


def _named(found: Sequence[tuple[bytes, Opened]]) -> dict[str, Opened]:
    """Return assessments by the names of their reports; those that would share one carry their digests as well."""
    from selfassess.digests import PREFIX, digest_bytes

    different = dict(found)  # one that is named twice is one
    taken = Counter(_stem(opened).casefold() for opened in different.values())
    named = {}
    for raw, opened in different.items():
        stem, own = _stem(opened), digest_bytes(raw).removeprefix(PREFIX)[:12]
        named[f"{stem}.pdf" if taken[stem.casefold()] == 1 else f"{stem}-{own}.pdf"] = opened
    return named


def _stem(opened: Opened) -> str:
    from selfassess.identifiers import is_supplier_id

    supplier = Path(opened.assessment.supplier).stem
    plain = supplier if is_supplier_id(supplier) else f"assessment-{opened.read.digest[7:19]}"
    lot = f"-{opened.assessment.lot}" if opened.assessment.lot else ""
    return f"{plain}{lot}"


def _write(path: Path, done: Rendered) -> int:
    """Write a report where none is, and return the exit code that its end gives."""
    from selfassess.cli.printing import print_path
    from selfassess.durable import write_file

    if done.pdf is None:
        click.echo(f"Error: {done.name} could not be made: {show(done.reason)}", err=True)
        return MACHINE
    try:
        write_file(path, done.pdf, may_replace=False)
    except FileExistsError:
        click.echo(f"Error: {show(str(path))} is there already and is kept", err=True)
        return USAGE
    print_path(path)
    return FINE
