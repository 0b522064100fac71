"""selfassess list: which questionnaires there are."""

from __future__ import annotations

import click

from selfassess.cli.options import as_format


@click.command(name="list")
@as_format
def command(form: str) -> None:
    """Print the questionnaires that there are, with their digests."""
    from selfassess.cli.printing import print_json, print_table
    from selfassess.library import standard

    library = standard()
    documents = [library.questionnaire(id_, version) for id_, version in library.versions()]
    if form == "json":
        print_json(
            [
                {"id": d.content.id, "version": d.content.version, "title": d.content.title, "digest": d.digest}
                for d in documents
            ]
        )
        return
    rows = [
        (
            f"{document.content.id}@{document.content.version}",
            document.content.title,
            str(sum(1 for _ in document.content.questions())),
            document.digest,
        )
        for document in documents
    ]
    print_table(("questionnaire", "title", "questions", "digest"), [(a, b, c, d[:19] + "…") for a, b, c, d in rows])
