"""Questions by bids: tables that stay readable, cut into as many parts as there are pages of bids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from selfassess import limits
from selfassess.languages import Words, message, written_number
from selfassess.model.assessment import Finding, Measure, Outcome, State
from selfassess.model.ranking import Standing
from selfassess.plan import PlannedQuestion, ScoringPlan
from selfassess.scorecard.cards import Cell, Matrix, Row
from selfassess.scorecard.figures import Figures, cut
from selfassess.scorecard.sheet import Sheet

BIDS_A_PAGE = 12
NAME_SHOWN = 60  # characters of a name in a sentence
TEXT_SHOWN = 90  # characters of a question beside its figures
UNKNOWN = 10**9  # what has no value comes last, however a table is sorted
NOT_ANSWERED, NOT_APPLICABLE, NOT_ASKED = message("missing"), message("N/A"), message("not asked")
JUDGED = {
    Outcome.PASS: (message("✓ met"), "good"),
    Outcome.FAIL: (message("✗ fails"), "bad"),
    Outcome.UNKNOWN: (message("? open"), "open"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered:
    """A bid of a lot with the number that charts and tables call it by."""

    number: str
    standing: Standing
    sheet: Sheet | None

    @property
    def name(self) -> str:
        """Return the supplier's own name, empty where the bid could not be read."""
        return self.sheet.name if self.sheet else ""

    @property
    def said(self) -> str:
        """Return the supplier's id with its name."""
        return f"{self.standing.supplier} ({cut(self.name, NAME_SHOWN)})" if self.name else self.standing.supplier

    @property
    def conservative(self) -> Fraction | None:
        """Return the reviewed total in which every N/A counts 0."""
        return self.sheet.assessment.conservative[Measure.REVIEWED].total if self.sheet else None


def bid_matrices(
    plan: ScoringPlan, numbered: Sequence[Numbered], figures: Figures
) -> tuple[tuple[Matrix, ...], tuple[Matrix, ...]]:
    """Return sections and requirements by bids, and points of every question by bids, each cut into parts."""
    bids = [bid for bid in numbered if bid.sheet is not None]
    parts = [bids[start : start + BIDS_A_PAGE] for start in range(0, len(bids), BIDS_A_PAGE)]
    overview = tuple(Matrix(heads=_heads(part), rows=tuple(_overview(plan, part, figures))) for part in parts)
    if left_out(plan, numbered, figures.words):
        return overview, ()
    comparison = tuple(Matrix(heads=_heads(part), rows=tuple(_questions(plan, part, figures))) for part in parts)
    return overview, comparison


def left_out(plan: ScoringPlan, numbered: Sequence[Numbered], words: Words) -> str:
    """Return why the points of every question are not printed, empty where they are."""
    cells = sum(bid.sheet is not None for bid in numbered) * len(plan.questions)
    if cells <= limits.MATRIX_CELLS:
        return ""
    return words.say(
        "{cells} figures are too many for a table on paper, where at most {most} are printed; "
        "each bid's own report and its assessment.json have them.",
        cells=written_number(str(cells), words.language),
        most=written_number(str(limits.MATRIX_CELLS), words.language),
    )


def whole_matrices(plan: ScoringPlan, numbered: Sequence[Numbered], figures: Figures) -> tuple[Matrix, Matrix]:
    """Return both tables uncut, for the screen: the questions without heads, and none where they are too many."""
    bids = [bid for bid in numbered if bid.sheet is not None]
    rows = () if left_out(plan, numbered, figures.words) else tuple(_questions(plan, bids, figures))
    overview = Matrix(heads=_heads(bids), rows=tuple(_overview(plan, bids, figures)))
    return overview, Matrix(heads=_heads(bids), rows=tuple(row for row in rows if row.kind != "head"))


def _heads(bids: Sequence[Numbered]) -> tuple[Cell, ...]:
    return tuple(Cell(text=bid.number, note=bid.standing.supplier) for bid in bids)


def _overview(plan: ScoringPlan, bids: Sequence[Numbered], figures: Figures) -> Iterator[Row]:
    """Yield the totals, the sections and the requirements."""
    words = figures.words
    rank = tuple(Cell(text=str(bid.standing.rank or "–"), order=bid.standing.rank or UNKNOWN) for bid in bids)
    yield Row(label=words.say("Rank"), cells=rank, kind="strong")
    labels = {Measure.CLAIMED: words.say("Total as claimed"), Measure.REVIEWED: words.say("Total after review")}
    for measure, label in labels.items():
        totals = [bid.sheet.assessment.totals[measure].total for bid in bids if bid.sheet]
        yield _values(label, words.say("of 100"), totals, figures.total)
    for number, planned in enumerate(plan.sections):
        if planned.weight:
            values = [bid.sheet.section(number, Measure.REVIEWED) for bid in bids if bid.sheet]
            note = words.say("of 100; weighs {points}", points=figures.points(planned.published_weight))
            least = plan.profile.minima.sections.get(planned.section.id)
            known = [value for value in (*values, None if least is None else Fraction(least)) if value is not None]
            said = partial(figures.share, beside=known)
            yield _with_minima(_values(planned.section.title, note, values, said), planned.section.id, bids)
    for gated in plan.gated:
        outcomes = [bid.sheet.assessment.gates.get(gated.id) if bid.sheet else None for bid in bids]
        cells = tuple(
            Cell(text=words.say(NOT_ASKED))
            if outcome is None
            else Cell(text=words.say(JUDGED[outcome][0]), tone=JUDGED[outcome][1])
            for outcome in outcomes
        )
        yield Row(label=gated.id, note=cut(gated.question.text, TEXT_SHOWN), cells=cells)


def _values(label: str, note: str, values: Sequence[Fraction | None], said: Callable[[Fraction | None], str]) -> Row:
    cells = tuple(Cell(text=said(value), order=_order(value)) for value in values)
    return Row(label=label, note=note, cells=cells, kind="strong")


def _with_minima(row: Row, section: str, bids: Sequence[Numbered]) -> Row:
    """Return a section's row with what became of its minimum."""
    outcomes = [bid.sheet.assessment.minima.get(section) if bid.sheet else None for bid in bids]
    cells = tuple(
        cell
        if outcome is None
        else Cell(text=f"{JUDGED[outcome][0][:1]} {cell.text}", tone=JUDGED[outcome][1], order=cell.order)
        for cell, outcome in zip(row.cells, outcomes, strict=True)
    )
    return Row(label=row.label, note=row.note, cells=cells, kind=row.kind)


def _questions(plan: ScoringPlan, bids: Sequence[Numbered], figures: Figures) -> Iterator[Row]:
    """Yield every question that weighs with the points that each bid reaches, section by section."""
    for section in plan.sections:
        if not section.weight:
            continue
        points = figures.words.say("{points} points", points=figures.points(section.published_weight))
        yield Row(label=section.section.title, note=points, kind="head")
        for planned in plan.questions[section.start : section.stop]:
            if planned.weight and planned.question.is_scored:
                note = f"{cut(planned.question.text, TEXT_SHOWN)} ({figures.points(planned.published_weight)})"
                cells = tuple(_points(bid.sheet, planned, figures) for bid in bids if bid.sheet)
                yield Row(label=planned.id, note=note, cells=cells)


def _points(sheet: Sheet, planned: PlannedQuestion, figures: Figures) -> Cell:
    finding = sheet.found[planned.position]
    points = finding.points[Measure.REVIEWED]
    unvalued = {State.MISSING: NOT_ANSWERED, State.NOT_APPLICABLE: NOT_APPLICABLE, State.NOT_ASKED: NOT_ASKED}
    if finding.state in unvalued:
        return Cell(text=figures.words.say(unvalued[finding.state]), tone="quiet", order=UNKNOWN)
    return Cell(
        text=figures.points(points), note=_changed(finding, figures.words), order=min(UNKNOWN - 1, int(points * 10**6))
    )


def _changed(finding: Finding, words: Words) -> str:
    """Return by which letters a cell says that evidence or the review changed its value."""
    if finding.claimed is None or finding.supported is None or finding.reviewed is None:
        return ""
    by_evidence = words.at("lowered by evidence").say("e") if finding.supported < finding.claimed else ""
    by_review = words.at("changed by review").say("r") if finding.reviewed != finding.supported else ""
    return by_evidence + by_review


def _order(value: Fraction | None) -> int:
    """Return a whole number that sorts as a value from 0 to 100 does, to nine digits; -1 for none."""
    return -1 if value is None else int(value * 10**9)
