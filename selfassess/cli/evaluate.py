"""selfassess evaluate: check, score and rank a tender's bids, and write its results."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.endings import FINE, MACHINE, NOT_MET, PROBLEMS, worst
from selfassess.cli.options import as_format, reports_in

if TYPE_CHECKING:
    from selfassess.evaluation import Evaluation
    from selfassess.model.ranking import LotRanking
    from selfassess.previous import Previous


@click.command(name="evaluate")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="TENDER_FOLDER")
@click.option("--no-pdf", is_flag=True, help="Leave the PDF reports out.")
@click.option("--fresh", is_flag=True, help="Print every report, also those that are unchanged since the last time.")
@click.option("--statistics", is_flag=True, help="Write anonymised statistics of the answers, as a dialogue does.")
@click.option(
    "--previous",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="RESULTS",
    help="Compare with the results folder of an earlier round.",
)
@click.option("--seed", type=click.Path(path_type=Path), metavar="FILE", help="The seed of the draw, now revealed.")
@click.option("--verbose", is_flag=True, help="Print every warning, not only the first of a kind of each bid.")
@click.option(
    "--what-if",
    is_flag=True,
    help="Take the method that lies there, published or not; write results.what-if/.",
)
@reports_in
@as_format
def command(
    folder: Path,
    *,
    no_pdf: bool,
    fresh: bool,
    statistics: bool,
    previous: Path | None,
    seed: Path | None,
    verbose: bool,
    what_if: bool,
    language: str,
    form: str,
) -> int:
    """Check, score and rank every bid, and write results/ beside them, whole or not at all.

    A report that would be the same as the one that lies there is taken over as its manifest names it. All problems
    stand in ranking.json; errors are printed in full, and of a bid's warnings of a kind the first, unless --verbose.
    """
    from selfassess.cli.printing import print_problems
    from selfassess.durable import locked, write_folder
    from selfassess.evaluation import evaluate
    from selfassess.further import Wanted
    from selfassess.languages import translation
    from selfassess.library import standard
    from selfassess.outcome import outcome_files
    from selfassess.previous import printed_before
    from selfassess.problems import Mismatch
    from selfassess.publications import read_seed
    from selfassess.text import show

    results = folder / ("results.what-if" if what_if else "results")
    with locked(folder):
        earlier = _previous(previous, folder)
        try:
            drawn = None if seed is None else read_seed(seed)
            evaluation = evaluate(folder, standard(), what_if=what_if, seed=drawn, progress=_progress)
        except Mismatch as changed:
            print_problems(changed.problems, err=True)
            return NOT_MET
        said = translation(evaluation.questionnaire, language)
        wanted = Wanted(statistics=statistics, previous=earlier, translation=said)
        kept = (lambda *_: None) if fresh else printed_before(results)
        files, failures = outcome_files(
            evaluation, progress=_progress, with_reports=not no_pdf, wanted=wanted, kept=kept
        )
        left = write_folder(results, files)
    if form == "json":
        _print_ranking(evaluation)
    else:
        _print_problems(evaluation, verbose=verbose)
        _print(evaluation, [results / name for name in files if name.endswith((".pdf", ".html"))])
    for path in left:
        click.echo(f"Warning: {show(str(path))} holds old results and could not be removed", err=True)
    for failure in failures:
        click.echo(f"Error: {failure}", err=True)
    unused = () if earlier is None else earlier.problems
    print_problems(unused, err=True)
    return worst([_code(evaluation), PROBLEMS if unused else FINE, MACHINE if failures else FINE])


def _print_ranking(evaluation: Evaluation) -> None:
    """Print what ranking.json says."""
    from selfassess.cli.printing import print_json
    from selfassess.outcome import as_in_folder, ranking_plain
    from selfassess.stabilities import stabilities_of

    print_json(ranking_plain(as_in_folder(evaluation), stabilities_of(evaluation)))


def _previous(results: Path | None, folder: Path) -> Previous | None:
    """Return the results of an earlier round; its tender's own questionnaires, and this one's, are looked up first."""
    if results is None:
        return None
    from selfassess.library import standard
    from selfassess.previous import read_previous

    return read_previous(results, standard().beside(folder).beside(results.absolute().parent))


def _progress(said: str) -> None:
    """Say on a terminal what is being done, in one line that the next one replaces."""
    if sys.stderr is not None and sys.stderr.isatty():
        from selfassess.text import show

        click.echo(f"\r\x1b[K{show(said)}\r", nl=False, err=True)


def _code(evaluation: Evaluation) -> int:
    from selfassess.model.ranking import Status
    from selfassess.problems import has_errors

    problems = [evaluation.problems, *(bid.problems for bid in evaluation.bids.values())]
    refused = any(bid.is_refused for bid in evaluation.bids.values())
    standings = [s for ranking in evaluation.rankings.values() for s in ranking.standings]
    excluded = any(standing.status is Status.EXCLUDED for standing in standings)
    return worst(
        [
            PROBLEMS if refused or any(has_errors(found) for found in problems) else FINE,
            NOT_MET if excluded else FINE,
        ]
    )


def _result(ranking: LotRanking) -> str:
    """Return who wins a lot, in one line."""
    if not ranking.is_final or not ranking.winners:
        return "no final result yet"
    named = ", ".join(ranking.winners)
    if ranking.places is None:
        return f"admitted: {named}"
    if ranking.tied_at_border:
        tied = ", ".join(ranking.tied_at_border)
        first = "" if ranking.places == 1 else f"; on the {ranking.places} places, or tied over the last: {named}"
        return f"equal, and told apart by no published rule: {tied}{first}"
    return f"first: {named}" if ranking.places == 1 else f"winners of {ranking.places} places: {named}"


def _print_problems(evaluation: Evaluation, *, verbose: bool) -> None:
    from selfassess.cli.printing import print_problems, print_problems_in_short
    from selfassess.problems import Severity

    print_problems([problem for problem in evaluation.problems if problem.severity is not Severity.NOTE], err=True)
    for bid in evaluation.bids.values():
        if verbose:
            print_problems(bid.problems, err=True)
        else:
            print_problems_in_short(bid.problems)


def _print(evaluation: Evaluation, reports: list[Path]) -> None:
    from selfassess.award import remarks
    from selfassess.cli.printing import print_path, print_table
    from selfassess.numbers import shown, shown_apart

    places = next(iter(evaluation.plans.values())).profile.decimals
    for lot in evaluation.tender.content.lots:
        ranking = evaluation.rankings[lot.id]
        click.echo(click.style(f"\n{lot.title} ({lot.id})", bold=True))
        figures, totals = ranking.figures, (*ranking.totals, *evaluation.plans[lot.id].profile.thresholds)
        rows = [
            (
                str(standing.rank or "-"),
                standing.supplier,
                standing.status.value,
                *(
                    "-" if value is None else shown_apart(value, totals, places)
                    for value in (standing.claimed, standing.quality)
                ),
                "-" if standing.price is None else shown(standing.price, 2),
                "-" if standing.figure is None else shown_apart(standing.figure, figures, 2),
                "; ".join((*standing.reasons, *remarks(standing))),
            )
            for standing in ranking.standings
        ]
        head = ("rank", "bid", "status", "claimed", "reviewed", "price", "figure", "why")
        print_table(head, rows, right=(0, 3, 4, 5, 6))
        click.echo(_result(ranking))
    if evaluation.is_what_if:
        click.echo("\nwhat if: not the published method, and never a final ranking")
    elif not evaluation.is_published:
        click.echo("\nmethod not published")
    click.echo("")
    for report in reports:
        print_path(report)
