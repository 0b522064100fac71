"""Write what a command makes: to the file that is named, never over one, or to stdout."""

from __future__ import annotations

from pathlib import Path

import click

from selfassess.cli.printing import print_path
from selfassess.durable import write_file

STDOUT = Path("-")


def refuse_existing(*paths: Path) -> None:
    """Refuse to begin where a file is there already, before any work is done."""
    for path in paths:
        if path != STDOUT and path.exists():
            raise FileExistsError(f"{path} is there already; name another file with -o")


def write_new(output: Path, data: bytes) -> None:
    """Write a new file and print its name, or the data itself where the name is ``-``."""
    if output == STDOUT:
        click.echo(data, nl=False)
        return
    write_file(output, data, may_replace=False)
    print_path(output)
