"""selfassess form: a questionnaire as one HTML file, which a supplier fills in without a network."""

from __future__ import annotations

from pathlib import Path

import click

from selfassess.cli.opening import asked_by
from selfassess.cli.options import Language


@click.command(name="form")
@click.argument("subject", metavar="ID@VERSION|TENDER_FOLDER")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path("form.html"), show_default=True,
    help="Where to write, never over a file; - is stdout.",
)  # fmt: skip
@click.option(
    "--language",
    type=Language(),
    metavar="LANGUAGE",
    help="What the page opens in; default: what the browser asks for.",
)
@click.option(
    "--no-score", is_flag=True, help="Leave points and weights out of the file, also where bidders may see them."
)
@click.option("--no-autosave", is_flag=True, help="Keep nothing in the browser, such as on shared computers.")
def command(subject: str, *, output: Path, language: str | None, no_score: bool, no_autosave: bool) -> None:
    """Write a questionnaire, or a tender's, as one HTML file to answer in.

    The file holds everything, in all languages, and asks nobody for anything. It opens and saves response.json. Of a
    tender it holds points and weights only where the tender's scores are seen by bidders.
    """
    from selfassess.cli.writing import refuse_existing, write_new
    from selfassess.form import Asking, form_page
    from selfassess.languages import LANGUAGES, texts, words
    from selfassess.rendering.forms import render_form

    refuse_existing(output)
    asked = asked_by(subject)
    questionnaire, tender, source = asked.questionnaire, asked.tender, asked.questionnaire.content.language
    wanted = language or source
    ordered = dict.fromkeys([wanted, source, *LANGUAGES])
    shows_score = not no_score and (tender is None or tender.scores_are_seen_by in ("public", "bidders"))
    asking = Asking(
        questionnaire=questionnaire,
        profile=asked.settings,
        tender=tender,
        texts=[texts(questionnaire, code) for code in ordered],
        words=[words("form", code) for code in ordered],
        is_chosen=language is not None,
        shows_score=shows_score,
        keeps_drafts=not no_autosave,
    )
    write_new(output, render_form(form_page(asking)).encode())
