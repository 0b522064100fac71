"""selfassess report: PDF reports of assessments."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.endings import FINE, MACHINE, NOT_MET, PROBLEMS, worst

if TYPE_CHECKING:
    from selfassess.assessments import Opened
    from selfassess.scorecard import SupplierReport


@click.command(name="report")
@click.argument("assessments", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="ASSESSMENT...")
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Where to write.")
def command(assessments: tuple[Path, ...], output: Path) -> int:
    """Write a PDF for each assessment, computed again from its own documents; a file that is there is kept."""
    from selfassess.assessments import reopen
    from selfassess.cli.opening import library_for
    from selfassess.cli.printing import print_problems
    from selfassess.durable import write_file
    from selfassess.problems import InvalidDocument
    from selfassess.rendering import Job, render_html, render_many
    from selfassess.sources import read_file

    jobs, codes = [], []
    for path in assessments:
        try:
            opened = reopen(read_file(path), library_for(path))
        except InvalidDocument as invalid:
            print_problems(invalid.problems, err=True)
            codes.append(PROBLEMS)
            continue
        if not opened.matches:
            click.echo(f"{path}: its totals are not those that its own documents give; no report is made", err=True)
            codes.append(NOT_MET)
            continue
        card, created = _card(opened)
        jobs.append(Job(_name(opened), render_html(card, created=created)))
    output.mkdir(parents=True, exist_ok=True)
    for done in render_many(jobs):
        if done.pdf is None:
            click.echo(f"Error: {done.name} could not be made: {done.reason}", err=True)
            codes.append(MACHINE)
            continue
        write_file(output / done.name, done.pdf, may_replace=False)
        click.echo(str(output / done.name))
    return worst(codes) if codes else FINE


def _name(opened: Opened) -> str:
    from selfassess.identifiers import is_supplier_id

    supplier = Path(opened.assessment.supplier).stem
    plain = supplier if is_supplier_id(supplier) else f"assessment-{opened.read.digest[7:19]}"
    lot = f"-{opened.assessment.lot}" if opened.assessment.lot else ""
    return f"{plain}{lot}.pdf"


def _card(opened: Opened) -> tuple[SupplierReport, datetime]:
    from selfassess import digests
    from selfassess.plan import readable
    from selfassess.scorecard import Context, supplier_report

    assessment, tender = opened.assessment, opened.tender
    pins = [("questionnaire", opened.questionnaire.digest), ("profile", opened.profile.digest)]
    context = Context(
        plans={assessment.lot: opened.plan},
        fingerprints={assessment.lot: digests.digest(readable(opened.plan))},
        digests=[*pins, *([("tender", tender.digest)] if tender else [])],
        tender=tender.content if tender else None,
        is_published=bool(opened.plain["method"].get("published")),
        day=assessment.day.isoformat(),
    )
    own = [("response", opened.read.digest)]
    name = assessment.response.supplier.name
    card = supplier_report(context, assessment.supplier, name, {assessment.lot: assessment}, opened.read.problems, own)
    created = tender.content.deadline if tender else datetime.combine(assessment.day, time(), UTC)
    return card, created
