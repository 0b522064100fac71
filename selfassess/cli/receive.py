"""selfassess receive: receipts for every byte of every bid."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from selfassess.cli.endings import FINE, NOT_MET
from selfassess.cli.options import Moment


@click.command(name="receive")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="TENDER_FOLDER")
@click.option("--at", "moment", type=Moment(), help="When the files came in, with offset; default: now.")
def command(folder: Path, *, moment: datetime | None) -> int:
    """Give receipts for every file of every bid and the prices, each bound to the one before.

    Run again it adds receipts for what is new, changed or withdrawn. From then on evaluate takes only what lay there
    at the deadline. Publish the last digest, or send it to all bidders.
    """
    from selfassess import digests
    from selfassess.cli.printing import print_problems
    from selfassess.durable import locked, write_file
    from selfassess.exchange import json_bytes
    from selfassess.library import standard
    from selfassess.receipts import FILE, NotAsReceived, read_receipts, received_anew
    from selfassess.tenders import open_tender

    now = datetime.now(UTC).astimezone().replace(microsecond=0) if moment is None else moment
    with locked(folder):
        opened = open_tender(folder, standard())
        tender, deadline = opened.tender, opened.tender.content.deadline
        try:
            received = read_receipts(folder, opened.name, tender.digest, deadline)
        except NotAsReceived as broken:
            print_problems(broken.problems, err=True)
            return NOT_MET
        named = {"id": tender.content.id, "digest": tender.digest}
        plain, count = received_anew(folder, opened.name, named, received, now)
        if count or received is None:
            write_file(folder / FILE, json_bytes(plain))
    receipts = plain["receipts"]
    tip = digests.digest(receipts[-1]) if receipts else tender.digest
    click.echo(f"{count} new of {len(receipts)} receipts, {_said(now)}; the deadline is {_said(deadline)}")
    if count and now > deadline:
        click.echo("after the deadline: evaluate does not take what is new", err=True)
    click.echo(f"last receipt: {tip}")
    return FINE


def _said(moment: datetime) -> str:
    return f"{moment.isoformat()} ({moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC)"
