"""What a selected bid has over another one: its name, total, figure and sections, and nothing of its answers.

A bidder whose tender was admissible is told the name of the selected one with its characteristics and relative
advantages (Directive 2014/24/EU, art. 55(2)(c)); the buyer may withhold what would harm it (art. 55(3)).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from selfassess.languages import message
from selfassess.model.assessment import Measure
from selfassess.model.ranking import LotRanking, Standing
from selfassess.numbers import shown_apart
from selfassess.scorecard.figures import cut
from selfassess.scorecard.further_cards import TableCard
from selfassess.scorecard.sheet import Sheet, standing_in
from selfassess.wording import figure

MOST = 4  # selected bids in one table
NAME = 40
TITLE = message("The selected bid beside this one")
SAID = message(
    "After review, of 100 points in each section and in all. A bidder is told what the selected bid has over its own "
    "(Directive 2014/24/EU, art. 55(2)(c)); its answers are not shown."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """A bid that was selected, as another bidder is told of it; values are exact, sections from 0 to 1 by id."""

    supplier: str
    name: str
    total: Fraction | None
    figure: Fraction | None
    sections: Mapping[str, Fraction | None] = field(default_factory=dict)


def selected_in(ranking: LotRanking, supplier: str, sheets: Mapping[str, Sheet]) -> tuple[Selected, ...]:
    """Return the selected bids that a supplier is told of: where the result is final, to others that are ranked."""
    own = standing_in(ranking, supplier)
    if not ranking.is_final or own is None or own.rank is None or supplier in ranking.winners:
        return ()
    found = [standing_in(ranking, winner) for winner in ranking.winners[:MOST]]
    return tuple(_selected(standing, sheets[standing.supplier]) for standing in found if standing is not None)


def _selected(standing: Standing, sheet: Sheet) -> Selected:
    sections = sheet.assessment.totals[Measure.REVIEWED].sections
    return Selected(
        supplier=standing.supplier,
        name=sheet.name,
        total=standing.quality,
        figure=standing.figure,
        sections={planned.section.id: value for planned, value in zip(sheet.plan.sections, sections, strict=True)},
    )


def selected_card(sheet: Sheet, ranking: LotRanking | None, selected: Sequence[Selected]) -> TableCard | None:
    """Return the table of selected bids beside a bid; None where there are none to tell of."""
    own = standing_in(ranking, sheet.assessment.supplier)
    if not selected or own is None:
        return None
    words = sheet.figures.words
    rows = [(words.say("All sections"), *_row(sheet, own.quality, [one.total for one in selected]))]
    for number, planned in enumerate(sheet.plan.sections):
        values = [_points(one.sections.get(planned.section.id)) for one in selected]
        rows.append((planned.section.title, *_row(sheet, _points(sheet.section(number, Measure.REVIEWED)), values)))
    if own.figure is not None and all(one.figure is not None for one in selected):
        figures = [own.figure, *(one.figure for one in selected if one.figure is not None)]
        printed = (figure(shown_apart(value, figures, 2), sheet.figures.language) for value in figures)
        rows.append((words.say("Comparison figure"), *printed))
    of = words.at("the column of sections").say("Of")
    return TableCard(
        title=words.say(TITLE),
        said=words.say(SAID),
        head=(of, words.say("This bid"), *(cut(f"{one.name} ({one.supplier})", NAME) for one in selected)),
        rows=tuple(rows),
        empty="",
    )


def _points(value: Fraction | None) -> Fraction | None:
    return None if value is None else value * 100


def _row(sheet: Sheet, own: Fraction | None, others: Sequence[Fraction | None]) -> list[str]:
    """Return a bid's points and those of others, each with what it has more or less."""
    known = [value for value in (own, *others) if value is not None]
    nothing = sheet.figures.words.say("nothing to sum")
    said = [nothing if own is None else sheet.figures.points_apart(own, known)]
    for other in others:
        if other is None:
            said.append(nothing)
        elif own is None:
            said.append(sheet.figures.points_apart(other, known))
        else:
            more = sheet.figures.points_apart(other - own, [Fraction(0)])
            said.append(f"{sheet.figures.points_apart(other, known)} ({'+' if other > own else ''}{more})")
    return said
