"""selfassess export: what other programs take of a questionnaire."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfassess.cli.opening import asked_by
from selfassess.cli.options import Language

if TYPE_CHECKING:
    from selfassess.model.questionnaire import Questionnaire
    from selfassess.model.tender import Tender
    from selfassess.schemas import Document


@click.command(name="export")
@click.argument("subject", metavar="ID@VERSION|TENDER_FOLDER|KIND")
@click.option("--xlsx", is_flag=True, help="A workbook to fill in, which import turns into a response.")
@click.option("--schema", is_flag=True, help="The JSON Schema of responses, by which an editor completes and explains.")
@click.option(
    "--language", type=Language(), metavar="LANGUAGE", help="Of titles and explanations; default: the questionnaire's."
)
@click.option(
    "--response", type=click.Path(path_type=Path), metavar="FILE", help="Fill the workbook in with this response."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Where to write, never over a file; - is stdout. Default: response.xlsx; a schema: -.",
)
def command(
    subject: str, *, xlsx: bool, schema: bool, language: str | None, response: Path | None, output: Path | None
) -> None:
    """Write what other programs take of a questionnaire, or of the one that a tender asks.

    With --xlsx a supplier answers in a spreadsheet: lists to choose from, limits, tables on sheets of their own.
    With --schema an editor such as VS Code completes the ids of questions and options of a response.json, shows their
    texts, and marks what has another type; check says everything else. KIND is questionnaire, profile, tender, review,
    receipts or publication: with --schema, the schema of such documents.
    """
    if xlsx is schema:
        raise click.UsageError("say what to export: --xlsx or --schema.")
    if response is not None and not xlsx:
        raise click.UsageError("--response fills in a workbook; say --xlsx.")
    if schema and "@" not in subject and not Path(subject).is_dir():
        _write_schema(_kind(subject), Path("-") if output is None else output)
        return
    asked = asked_by(subject)
    questionnaire = asked.questionnaire
    wanted = language or questionnaire.content.language
    if schema:
        from selfassess.editor_schema import response_schema
        from selfassess.languages import texts

        plain = response_schema(questionnaire, texts(questionnaire, wanted))
        _write_schema(plain, Path("-") if output is None else output)
    else:
        path = Path("response.xlsx") if output is None else output
        _write_workbook(questionnaire, asked.tender, wanted, response, path)


def _kind(subject: str) -> dict[str, Any]:
    """Return the schema of a kind of document; what is none is wrong usage."""
    from selfassess.schemas.for_editors import KINDS, document_schema

    if subject not in KINDS:
        raise click.UsageError(f"{subject} is no ID@VERSION, no folder, and no kind of document: {', '.join(KINDS)}.")
    return document_schema(subject)


def _write_schema(plain: dict[str, Any], output: Path) -> None:
    from selfassess.cli.writing import refuse_existing, write_new
    from selfassess.exchange import json_bytes

    refuse_existing(output)
    write_new(output, json_bytes(plain))


def _write_workbook(
    questionnaire: Document[Questionnaire], tender: Tender | None, language: str, response: Path | None, output: Path
) -> None:
    from selfassess.answer_book import Book, workbook_of
    from selfassess.cli.writing import refuse_existing, write_new
    from selfassess.languages import LANGUAGES, texts, words
    from selfassess.problems import InvalidDocument
    from selfassess.schemas.response import ResponseReader
    from selfassess.sources import read_file

    refuse_existing(output)
    plain = {}
    if response is not None:
        read = ResponseReader(questionnaire.content, questionnaire.digest).read(read_file(response))
        if read.problems:
            raise InvalidDocument(read.problems)
        plain = read.source.data
    ordered = dict.fromkeys([language, *LANGUAGES])
    book = Book(
        questionnaire=questionnaire,
        tender=tender,
        texts=[texts(questionnaire, code) for code in ordered],
        words=[words("workbook", code) for code in ordered],
        response=plain,
    )
    write_new(output, workbook_of(book))
