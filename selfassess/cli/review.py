"""selfassess review: append an entry, chain entries written by hand, list what is still to verify."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from selfassess.cli.options import Day, Exact

ACTIONS = ("confirm", "adjust", "reject", "accept-equivalent", "approve", "refuse", "reply")
ROLES = ("evaluator", "auditor", "monitor", "supplier")
FOLDER = click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="TENDER_FOLDER"
)


@click.group(name="review")
def command() -> None:
    """Record what was found about the bids; entries are only ever appended, each bound to the one before."""


@command.command(name="add")
@FOLDER
@click.argument("name", metavar="SUPPLIER")
@click.option("--question", required=True, metavar="ID", help="The question that it is about.")
@click.option("--action", required=True, type=click.Choice(ACTIONS), help="What the entry does.")
@click.option("--person", required=True, help="Who found it.")
@click.option("--role", required=True, type=click.Choice(ROLES), help="As what the person acts.")
@click.option("--reason", required=True, help="What was seen, and where; an entry without a reason is refused.")
@click.option("--value", type=Exact(), help="The value from 0 to 1 that adjust sets.")
@click.option("--row", metavar="KEY", help="One row of a table, such as a site.")
@click.option("--lot", metavar="ID", help="One lot; default: all.")
@click.option("--document", metavar="ID", help="The document of the bid that shows it.")
@click.option("--source", help="Where it was seen: a page, a visit, an answer.")
@click.option("--grade", type=click.Choice(["E4"]), help="The grade to which confirm lifts the evidence.")
@click.option("--moderate", is_flag=True, help="Decide alone, where persons differ.")
@click.option("--date", "day", type=Day(), help="When it was found; default: today.")
@click.option("--id", "id_", metavar="ID", help="The entry's id; default: the next r-1, r-2 …")
@click.option(
    "--monitor", metavar="NAME", help="Begin a file of a monitor's findings on sites, under the name SUPPLIER."
)
def add(folder: Path, name: str, day: date | None, id_: str | None, monitor: str | None, **said: Any) -> None:
    """Append an entry to the review of SUPPLIER, begun where there is none; what could not stand is refused.

    A supplier's reply to what was found is action reply, role supplier: it is recorded and shown, and changes no value.
    """
    from selfassess.durable import locked, write_file
    from selfassess.errors import UsageError
    from selfassess.identifiers import is_supplier_id
    from selfassess.library import standard
    from selfassess.reviews import with_entry

    if not is_supplier_id(name):
        raise UsageError(f"{name!r} cannot be the name of a bid")
    if not said["reason"].strip():
        raise UsageError("an entry without a reason is refused; say what was seen, and where")
    order = ("lot", "question", "row", "action", "value", "document", "person", "role", "reason", "source", "grade")
    entry: dict[str, Any] = {"id": id_} if id_ else {}
    entry |= {key: said[key] for key in order if said[key] is not None}
    entry |= {"date": (day or datetime.now(UTC).astimezone().date()).isoformat()}
    entry |= {"moderate": True} if said["moderate"] else {}
    path = folder / "reviews" / f"{name}.yaml"
    with locked(folder):
        text = with_entry(folder, standard(), name, entry, monitor)
        path.parent.mkdir(exist_ok=True)
        write_file(path, text)
    click.echo(str(path))


@command.command(name="seal")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
def seal(files: tuple[Path, ...]) -> None:
    """Chain entries that were written by hand; nothing else of a file is changed."""
    from selfassess.durable import write_file
    from selfassess.reviews import sealed
    from selfassess.schemas import load_review
    from selfassess.sources import read_file

    for path in files:
        text, count = sealed(load_review(read_file(path)))
        if count:
            write_file(path, text)
        click.echo(f"{path}: {count} entries chained")


@command.command(name="worksheet")
@FOLDER
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="DIR", help="Where; default: that folder.")
@click.option("--no-pdf", is_flag=True, help="Leave the PDF out.")
def worksheet(folder: Path, output: Path | None, *, no_pdf: bool) -> None:
    """Write what is still to verify as worksheet.csv and .xlsx and, to write on, worksheet.pdf.

    Decisive claims stand first, then what carries the most points.
    """
    from selfassess.durable import write_file
    from selfassess.evaluation import evaluate
    from selfassess.library import standard
    from selfassess.rendering import render_pdf, render_worksheet
    from selfassess.worksheet import rows_of, still_to_verify, worksheet_card, worksheet_csv, worksheet_xlsx

    evaluation = evaluate(folder, standard())
    items = still_to_verify(evaluation)
    places = next(iter(evaluation.plans.values())).profile.decimals
    rows, created = rows_of(items, places), evaluation.tender.content.deadline
    files = {"worksheet.csv": worksheet_csv(rows), "worksheet.xlsx": worksheet_xlsx(rows, created)}
    if not no_pdf:
        card = worksheet_card(evaluation, items, places)
        files["worksheet.pdf"] = render_pdf(render_worksheet(card, created=created))
    where = output or folder
    where.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        write_file(where / name, data)
        click.echo(str(where / name))
    decisive = sum(bool(item.decides) for item in items)
    click.echo(f"{len(items)} claims to verify, {decisive} of them decisive", err=True)
