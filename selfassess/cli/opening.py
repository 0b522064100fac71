"""Find what a file on the command line stands on: the library, and a tender's own questionnaires above it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.options import named_version

if TYPE_CHECKING:
    from selfassess.library import Library
    from selfassess.model.profile import ScoringProfile
    from selfassess.model.questionnaire import Questionnaire
    from selfassess.model.tender import Tender
    from selfassess.schemas import Document
    from selfassess.tenders import Opened


@dataclass(frozen=True, slots=True)
class Asked:
    """The questionnaire that a command is about, and the tender that asks it where a tender's folder was named."""

    questionnaire: Document[Questionnaire]
    library: Library
    opened: Opened | None

    @property
    def tender(self) -> Tender | None:
        """Return the tender, None where nobody buys."""
        return None if self.opened is None else self.opened.tender.content

    @property
    def profile(self) -> Document[ScoringProfile]:
        """Return the profile that weighs it: the tender's, or the questionnaire's default."""
        return self.library.default_profile(self.questionnaire) if self.opened is None else self.opened.profile

    @property
    def settings(self) -> ScoringProfile:
        """Return the profile with what the tender changes in it."""
        return self.profile.content if self.tender is None else self.tender.changed(self.profile.content)


def asked_by(subject: str) -> Asked:
    """Return what ``ID@VERSION`` or a tender's folder asks."""
    from selfassess.library import standard
    from selfassess.tenders import open_tender

    library = standard()
    if Path(subject).is_dir():
        opened = open_tender(Path(subject), library)
        return Asked(opened.questionnaire, library, opened)
    return Asked(library.questionnaire(*named_version(subject)), library, None)


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
