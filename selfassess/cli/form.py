"""selfassess form: a questionnaire as one HTML file, which a supplier fills in without a network."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.options import named_version

if TYPE_CHECKING:
    from selfassess.model.profile import ScoringProfile
    from selfassess.model.questionnaire import Questionnaire
    from selfassess.model.tender import Tender
    from selfassess.schemas import Document


@click.command(name="form")
@click.argument("subject", metavar="ID@VERSION|TENDER_FOLDER")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("form.html"), show_default=True,
    help="Where to write, never over a file; - is stdout.",
)  # fmt: skip
@click.option("--language", metavar="LANGUAGE", help="What the page opens in; default: what the browser asks for.")
@click.option(
    "--no-score", is_flag=True, help="Leave points and weights out of the file, also where bidders may see them."
)
@click.option("--no-autosave", is_flag=True, help="Keep nothing in the browser, such as on shared computers.")
def command(subject: str, *, output: Path, language: str | None, no_score: bool, no_autosave: bool) -> None:
    """Write a questionnaire, or a tender's, as one HTML file to answer in.

    The file holds everything, in all languages, and asks nobody for anything. It opens and saves response.json. Of a
    tender it holds points and weights only where the tender's scores are seen by bidders.
    """
    from selfassess.cli.printing import print_path
    from selfassess.durable import write_file
    from selfassess.form import Asking, form_page
    from selfassess.languages import LANGUAGES, nearest, texts, words
    from selfassess.rendering.forms import render_form

    if str(output) != "-" and output.exists():
        raise FileExistsError(f"{output} is there already; name another file with -o")
    questionnaire, profile, tender = _asked(subject)
    named = questionnaire.content
    wanted = named.language if language is None else nearest(language)
    ordered = dict.fromkeys([wanted, named.language, *LANGUAGES])
    shows_score = not no_score and (tender is None or tender.scores_are_seen_by in ("public", "bidders"))
    asking = Asking(
        questionnaire=questionnaire,
        profile=profile,
        tender=tender,
        texts=[texts(questionnaire, code) for code in ordered],
        words=[words("form", code) for code in ordered],
        is_chosen=language is not None,
        shows_score=shows_score,
        keeps_drafts=not no_autosave,
    )
    html = render_form(form_page(asking))
    if str(output) == "-":
        click.echo(html, nl=False)
        return
    write_file(output, html.encode(), may_replace=False)
    print_path(output)


def _asked(subject: str) -> tuple[Document[Questionnaire], ScoringProfile, Tender | None]:
    """Return the questionnaire, the profile that weighs it, and the tender if one is named."""
    from selfassess.library import standard
    from selfassess.tenders import open_tender

    library = standard()
    if Path(subject).is_dir():
        opened = open_tender(Path(subject), library)
        tender = opened.tender.content
        return opened.questionnaire, tender.changed(opened.profile.content), tender
    questionnaire = library.questionnaire(*named_version(subject))
    return questionnaire, library.default_profile(questionnaire).content, None
