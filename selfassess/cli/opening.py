"""Find what a file on the command line stands on: the library, and a tender's own questionnaires above it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.options import named_version

if TYPE_CHECKING:
    from selfassess.library import Library


def library_for(path: Path) -> Library:
    """Return the library for a file or folder, with what belongs to the tender in whose folder it lies before it."""
    from selfassess.library import standard, tender_around

    tender = tender_around(path)
    return standard() if tender is None else standard().beside(tender)


def version_folder(what: str) -> Path:
    """Return the folder of a questionnaire's version: where its file lies, or where the library has ID@VERSION."""
    from selfassess import content
    from selfassess.errors import UnknownVersion
    from selfassess.library import QUESTIONNAIRE, standard

    path = Path(what)
    folder = path.parent if path.is_file() else path
    if (folder / QUESTIONNAIRE).is_file():
        return folder.resolve()
    if "@" not in what:
        raise click.UsageError(f"{what} is no tender's folder and no questionnaire; write ID@VERSION or name its file.")
    id_, version = named_version(what)
    folder = content.questionnaires() / id_ / version
    if not (folder / QUESTIONNAIRE).is_file():
        raise UnknownVersion(what, tuple(f"{one}@{other}" for one, other in standard().versions()))
    return folder
