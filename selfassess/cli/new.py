"""selfassess new: a blank response, a tender's folder to start from, or the catalogue of a translation."""

from __future__ import annotations

from pathlib import Path

import click

from selfassess.cli.opening import asked_by
from selfassess.cli.options import named_version


@click.group(name="new")
def command() -> None:
    """Start a response, a tender or a translation; only a translation is brought up to date where it is there."""


@command.command(name="response")
@click.argument("subject", metavar="ID@VERSION|TENDER_FOLDER")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("response.json"), show_default=True)
def response(subject: str, output: Path) -> None:
    """Write a blank response and beside it questions.md, which says what each question asks."""
    from selfassess.blank import blank_response, questions_page
    from selfassess.cli.printing import print_path
    from selfassess.cli.writing import refuse_existing
    from selfassess.durable import write_file
    from selfassess.exchange import json_bytes, json_text

    asked = asked_by(subject)
    questionnaire, profile = asked.questionnaire, asked.settings
    plain = blank_response(questionnaire, tender=asked.tender)
    if str(output) == "-":
        click.echo(json_text(plain), nl=False)
        return
    page = output.with_name("questions.md")
    refuse_existing(output, page)
    write_file(output, json_bytes(plain), may_replace=False)
    write_file(page, questions_page(questionnaire.content, profile).encode(), may_replace=False)
    for path in (output, page):
        print_path(path)


@command.command(name="tender")
@click.argument("subject", metavar="ID@VERSION")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def tender(subject: str, folder: Path) -> None:
    """Write a tender's folder to start from: tender.yaml, profile.yaml, prices.csv, bids/ and reviews/."""
    from selfassess.blank import tender_files
    from selfassess.cli.printing import print_path
    from selfassess.durable import write_file
    from selfassess.library import standard

    library = standard()
    questionnaire = library.questionnaire(*named_version(subject))
    profile = library.default_profile(questionnaire)
    if folder.exists() and not folder.is_dir():
        raise FileExistsError(f"{folder} is a file; name a folder")
    if folder.exists() and any(folder.iterdir()):
        raise FileExistsError(f"{folder} is there already and not empty; name another folder")
    for name in ("bids", "reviews"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, data in tender_files(folder.resolve().name, questionnaire, profile).items():
        write_file(folder / name, data, may_replace=False)
        print_path(folder / name)


@command.command(name="translation")
@click.argument("subject", metavar="ID@VERSION|QUESTIONNAIRE.yaml")
@click.option("--language", required=True, help="The language to translate to: sv, nb, da, fi or another.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="The PO file to write or to bring up to date; default: i18n/LANGUAGE.po here.",
)
def translation(subject: str, language: str, output: Path | None) -> None:
    """Write the PO file of a translation, or bring it up to date: what is translated is kept, changed texts fuzzy."""
    from selfassess.cli.printing import print_path
    from selfassess.durable import write_file
    from selfassess.languages.po import read_catalogue
    from selfassess.languages.po_text import catalogue_text
    from selfassess.languages.shown import is_language
    from selfassess.languages.updating import updated
    from selfassess.library import standard
    from selfassess.schemas import load_questionnaire
    from selfassess.sources import read_file

    if not is_language(language):
        raise click.BadParameter(f"{language!r} is no language that is known; write sv, nb, da, fi or another")
    if subject.endswith((".yaml", ".yml")):
        questionnaire = load_questionnaire(read_file(Path(subject))).content
    else:
        questionnaire = standard().questionnaire(*named_version(subject)).content
    if language == questionnaire.language:
        raise click.BadParameter(f"{language} is the language that the questionnaire is written in")
    path = output or Path("i18n") / f"{language}.po"
    to_stdout = str(path) == "-"
    before = read_catalogue(path) if not to_stdout and path.exists() else None
    text = catalogue_text(updated(questionnaire, language, before))
    if to_stdout:
        click.echo(text, nl=False)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    write_file(path, text.encode(), may_replace=True)
    print_path(path)
