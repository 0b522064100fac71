"""selfassess score: assessments of responses, one by one or in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfassess.cli.endings import FINE, NOT_MET, PROBLEMS, worst
from selfassess.cli.options import Day

if TYPE_CHECKING:
    from selfassess.scorer import Scored, Scorer
    from selfassess.sources import Source


@click.command(name="score")
@click.argument("responses", nargs=-1, required=True, metavar="RESPONSE...")
@click.option("--profile", help="A profile as ID@VERSION, or its file; default: the questionnaire's own.")
@click.option("--date", "day", type=Day(), help="The day on which evidence must be valid; default: the declaration's.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "ndjson"]), default=None,
    help="How to print; default: text, and ndjson for .ndjson files.",
)  # fmt: skip
def command(responses: tuple[str, ...], profile: str | None, day: date | None, form: str | None) -> int:
    """Score responses and print their assessments; - reads one from stdin, .ndjson holds one on each line."""
    from selfassess.cli.printing import print_json, print_problems
    from selfassess.exchange import json_line
    from selfassess.library import standard
    from selfassess.problems import InvalidDocument, has_errors
    from selfassess.scorer import Scorer

    scorer = Scorer(standard(), profile=profile, day=day)
    is_bulk = any(name.endswith(".ndjson") for name in responses)
    bulk = form or ("ndjson" if is_bulk else "text")
    codes, found = [], []
    for name, open_ in _named(responses):
        try:
            scored = _scored(scorer, open_, name)
        except InvalidDocument as invalid:
            print_problems(invalid.problems, err=True)
            codes.append(PROBLEMS)
            continue
        codes.append(PROBLEMS if has_errors(scored.problems) else NOT_MET if scored.assessment.excluded_by else FINE)
        if bulk == "ndjson":
            click.echo(json_line(scored.plain()), nl=False)
        elif bulk == "json":
            found.append(scored.plain())
        else:
            _print(scored, name)
            print_problems(scored.problems, err=True)
    if bulk == "json":
        print_json(found[0] if len(codes) == len(found) == 1 and not is_bulk else found)
    return worst(codes)


def _named(responses: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Yield each response with what reads it: a file, stdin, or a line of a bulk file."""
    from selfassess.cli.reading import lines_of, response_at, response_from_stdin

    for name in responses:
        if name == "-":
            yield "stdin", response_from_stdin
        elif name.endswith(".ndjson"):
            yield from lines_of(Path(name))
        else:
            yield name, response_at(Path(name))


def _scored(scorer: Scorer, open_: Any, name: str) -> Scored:
    source: Source
    source, folder = open_()
    return scorer.score(source, name, folder)


def _print(scored: Scored, name: str) -> None:
    from selfassess.cli.printing import print_table
    from selfassess.model.assessment import Measure
    from selfassess.numbers import shown
    from selfassess.text import show

    plan, assessment = scored.plan, scored.assessment
    click.echo(click.style(f"{show(name)}: {show(assessment.response.supplier.name)}", bold=True))
    rows = []
    for label, at in (("total", None), *((s.section.title, i) for i, s in enumerate(plan.sections))):
        cells = []
        for measure in Measure:
            totals = assessment.totals[measure]
            value = totals.total if at is None else totals.sections[at]
            scale = 1 if at is None else 100
            cells.append("-" if value is None else shown(value * scale, plan.profile.decimals))
        rows.append((str(label), *cells))
    print_table(("", *(measure.value for measure in Measure)), rows, right=(1, 2, 3))
    for id_, outcome in assessment.gates.items():
        if outcome.value != "pass":
            click.echo(f"gate {id_}: {outcome.value}")
    if assessment.incomplete:
        click.echo("incomplete: some questions are not answered")
