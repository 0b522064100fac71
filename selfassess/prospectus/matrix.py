"""The coverage of a plan becomes a matrix to print: stage by topic, and the points of the joint statement."""

from __future__ import annotations

from fractions import Fraction

from selfassess.coverage import RULE, Cell, coverage
from selfassess.numbers import shown
from selfassess.plan import ScoringPlan
from selfassess.prospectus.cards import CoverageCard, MatrixCell, MatrixLine
from selfassess.prospectus.words import plain

SHADES = 4


def coverage_card(plan: ScoringPlan, lot: str) -> CoverageCard:
    """Return where a plan's points lie, as printed; shades compare a cell with the heaviest one."""
    covered, places = coverage(plan), plan.profile.decimals
    most = max((cell.weight for cell in covered.cells.values()), default=Fraction(0))
    return CoverageCard(
        lot=lot,
        topics=tuple(map(plain, covered.topics)),
        lines=tuple(
            MatrixLine(
                label=plain(stage),
                cells=(
                    *(_cell(covered.cells[stage, topic], places, most) for topic in covered.topics),
                    _cell(covered.by_stage[stage], places, Fraction(0)),
                ),
                note=_unscored(covered.by_stage[stage]),
            )
            for stage in covered.stages
        ),
        sums=tuple(_cell(covered.by_topic[topic], places, Fraction(0)) for topic in covered.topics),
        points=(
            *(_point(point, covered.by_point[point], places) for point in covered.points),
            _point("none of them", covered.unstated, places),
        ),
        empty=tuple(f"{plain(stage)} × {plain(topic)}" for stage, topic in covered.empty()),
        rule=RULE,
    )


def _cell(cell: Cell, places: int, most: Fraction) -> MatrixCell:
    if cell.is_empty:
        return MatrixCell(points="", count="", shade=0)
    shade = 1 + int(cell.weight * SHADES / most * Fraction(999, 1000)) if most else 0
    return MatrixCell(points=shown(cell.weight, places), count=str(len(cell.scored)), shade=min(shade, SHADES))


def _point(label: str, cell: Cell, places: int) -> MatrixLine:
    return MatrixLine(label=label, cells=(_cell(cell, places, Fraction(0)),), note=", ".join(cell.scored))


def _unscored(cell: Cell) -> str:
    return f"asked without points: {', '.join(cell.unscored)}" if cell.unscored else ""
