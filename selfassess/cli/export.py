"""selfassess export: what other programs take of a questionnaire."""

from __future__ import annotations

from pathlib import Path

import click

from selfassess.cli.options import named_version


@click.command(name="export")
@click.argument("subject", metavar="ID@VERSION|TENDER_FOLDER")
@click.option("--schema", is_flag=True, help="The JSON Schema of responses, by which an editor completes and explains.")
@click.option("--language", metavar="LANGUAGE", help="Of titles and explanations; default: the questionnaire's.")
@click.option("-o", "--output", type=click.Path(path_type=Path), default=Path("-"), help="Where to write; - is stdout.")
def command(subject: str, *, schema: bool, language: str | None, output: Path) -> None:
    """Write what other programs take of a questionnaire, or of the one that a tender asks.

    With --schema an editor such as VS Code completes the ids of questions and options of a response.json, shows their
    texts, and marks what has another type; check says everything else.
    """
    from selfassess.cli.printing import print_path
    from selfassess.durable import write_file
    from selfassess.editor_schema import response_schema
    from selfassess.exchange import json_bytes, json_text
    from selfassess.languages import nearest, texts
    from selfassess.library import standard
    from selfassess.tenders import open_tender

    if not schema:
        raise click.UsageError("say what to export: --schema.")
    library = standard()
    if Path(subject).is_dir():
        questionnaire = open_tender(Path(subject), library).questionnaire
    else:
        questionnaire = library.questionnaire(*named_version(subject))
    asked = questionnaire.content.language if language is None else nearest(language)
    plain = response_schema(questionnaire, texts(questionnaire, asked))
    if str(output) == "-":
        click.echo(json_text(plain), nl=False)
        return
    write_file(output, json_bytes(plain))
    print_path(output)
