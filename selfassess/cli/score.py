"""selfassess score: assessments of responses, one by one or in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.endings import FINE, NOT_MET, PROBLEMS, worst
from selfassess.cli.options import Day

if TYPE_CHECKING:
    from selfassess.cli.reading import Opening
    from selfassess.library import Library
    from selfassess.scorer import Scored, Scorer

BULK = ".ndjson"


@click.command(name="score")
@click.argument("responses", nargs=-1, required=True, metavar="RESPONSE...")
@click.option("--profile", help="A profile as ID@VERSION, or its file; default: the questionnaire's own.")
@click.option("--date", "day", type=Day(), help="The day on which evidence must be valid; default: the declaration's.")
@click.option("--what-if", is_flag=True, help="Score a bid of a published tender by another method, marked as such.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "ndjson"]), default=None,
    help="How to print; default: text, and ndjson for .ndjson files.",
)  # fmt: skip
def command(
    responses: tuple[str, ...], *, profile: str | None, day: date | None, what_if: bool, form: str | None
) -> int:
    """Score responses and print their assessments; - reads one from stdin, .ndjson holds one on each line.

    A bid of a published tender is scored by the published method, lot by lot; another profile or day is refused,
    unless it is a --what-if.
    """
    from selfassess.cli.printing import print_json, print_problems
    from selfassess.cli.reading import check_stdin
    from selfassess.exchange import json_line
    from selfassess.problems import InvalidDocument, Mismatch, has_errors
    from selfassess.scorer import Scorer

    check_stdin(responses)
    scorers: dict[Library, Scorer] = {}
    bulk = form or ("ndjson" if any(name.endswith(BULK) for name in responses) else "text")
    codes, found = [], []
    for name, library, open_ in _named(responses):
        scorer = scorers.setdefault(library, Scorer(library, profile=profile, day=day))
        try:
            scores = _scores(scorer, name, open_, what_if=what_if)
        except InvalidDocument as invalid:
            print_problems(invalid.problems, err=True)
            codes.append(NOT_MET if isinstance(invalid, Mismatch) else PROBLEMS)
            continue
        for scored in scores:
            codes.append(
                PROBLEMS if has_errors(scored.problems) else NOT_MET if scored.assessment.excluded_by else FINE
            )
            if bulk == "ndjson":
                click.echo(json_line(scored.plain()), nl=False)
            elif bulk == "json":
                found.append(scored.plain())
            else:
                _print(scored, name)
        if bulk == "text":
            print_problems(scores[-1].problems, err=True)
    if bulk == "json":
        is_one = len(responses) == 1 and len(found) <= 1 and not responses[0].endswith(BULK)
        print_json(next(iter(found), None) if is_one else found)
    return worst(codes)


def _scores(scorer: Scorer, name: str, open_: Opening, *, what_if: bool) -> tuple[Scored, ...]:
    """Return a response's assessment; of a bid of a published tender one for each lot, by the published method."""
    from dataclasses import replace

    from selfassess.scorer import published_tender

    at = published_tender(Path(name))
    if at is not None and not what_if:
        return scorer.in_tender(*at)
    source, folder = open_()
    scored = scorer.score(source, name, folder)
    return (replace(scored, is_what_if=at is not None),)


def _named(responses: tuple[str, ...]) -> Iterator[tuple[str, Library, Opening]]:
    """Yield each response with its library and what reads it: a file, stdin, or a line of a bulk file."""
    from selfassess.cli.opening import library_for
    from selfassess.cli.reading import STDIN, lines_of, response_at, response_from_stdin
    from selfassess.library import standard

    for name in responses:
        if name == STDIN:
            yield "stdin", standard(), response_from_stdin
            continue
        library = library_for(Path(name))
        if name.endswith(BULK):
            yield from ((line, library, open_) for line, open_ in lines_of(Path(name)))
        else:
            yield name, library, response_at(Path(name))


def _print(scored: Scored, name: str) -> None:
    from fractions import Fraction

    from selfassess.cli.printing import print_table
    from selfassess.model.assessment import Measure
    from selfassess.numbers import shown_apart
    from selfassess.text import show

    plan, assessment = scored.plan, scored.assessment
    lot = f", {assessment.lot}" if assessment.lot else ""
    click.echo(click.style(f"{show(name)}: {show(assessment.response.supplier.name)}{lot}", bold=True))
    if scored.is_what_if:
        click.echo("what if: not the published method")
    rows = []
    for label, at in (("total", None), *((s.section.title, i) for i, s in enumerate(plan.sections))):
        cells = []
        minimum = None if at is None else plan.profile.minima.sections.get(plan.sections[at].section.id)
        least = plan.profile.thresholds if at is None else () if minimum is None else (100 * Fraction(minimum),)
        for measure in Measure:
            totals = assessment.totals[measure]
            value = totals.total if at is None else totals.sections[at]
            scale = 1 if at is None else 100
            cells.append("-" if value is None else shown_apart(value * scale, least, plan.profile.decimals))
        rows.append((str(label), *cells))
    print_table(("", *(measure.value for measure in Measure)), rows, right=(1, 2, 3))
    for id_, outcome in assessment.gates.items():
        if outcome.value != "pass":
            click.echo(f"gate {id_}: {outcome.value}")
    if assessment.incomplete:
        click.echo("incomplete: some questions are not answered")
