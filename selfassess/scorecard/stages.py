"""What a bid reaches in each life-cycle stage and topic; a question of m stages and k topics counts 1/(m·k) to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from selfassess.languages import message
from selfassess.model.assessment import Measure
from selfassess.numbers import shown
from selfassess.plan import ScoringPlan
from selfassess.scorecard.cards import MapCell, MapRow, StageMap
from selfassess.scorecard.figures import Figures
from selfassess.scorecard.sheet import Sheet
from selfassess.wording import figure

STAGES = {
    "raw-material": message("Raw material"),
    "manufacturing": message("Manufacturing"),
    "delivery": message("Delivery"),
    "use": message("Use"),
    "repair": message("Repair"),
    "reuse": message("Reuse"),
    "recycling": message("Recycling"),
    "disposal": message("Disposal"),
}
TOPICS = {
    "environment": message("Environment"),
    "circularity": message("Circularity"),
    "social": message("Social"),
    "security": message("Security"),
    "quality": message("Quality"),
    "transparency": message("Transparency"),
}
TWENTIETHS = 20


@dataclass(slots=True)
class _Sum:
    """What a cell adds up to."""

    points: Fraction = Fraction(0)
    weight: Fraction = Fraction(0)
    questions: int = 0

    def add(self, points: Fraction, weight: Fraction, questions: int) -> None:
        self.points += points
        self.weight += weight
        self.questions += questions


def stage_map(sheet: Sheet) -> StageMap:
    """Return the map of a bid: points reached of those possible, and how many scored questions."""
    points = [finding.points[Measure.REVIEWED] for finding in sheet.found]
    return _mapped(sheet.plan, sheet.figures, points, sheet.possible[Measure.REVIEWED])


def coverage_map(plan: ScoringPlan, figures: Figures) -> StageMap:
    """Return the map of what a lot asks: published weights, and how many scored questions."""
    weights = [planned.published_weight for planned in plan.questions]
    return _mapped(plan, figures, weights, weights)


def _mapped(plan: ScoringPlan, figures: Figures, points: Sequence[Fraction], weights: Sequence[Fraction]) -> StageMap:
    cells: dict[tuple[str, str], _Sum] = {}
    for planned in plan.questions:
        if not planned.question.is_scored or not planned.weight:
            continue
        stages, about = planned.question.stages, planned.question.topics
        parts, at = len(stages) * len(about), planned.position
        for stage in {*stages, ""}:
            for topic in {*about, ""}:
                share = Fraction((len(stages) if not stage else 1) * (len(about) if not topic else 1), parts)
                cells.setdefault((stage, topic), _Sum()).add(points[at] * share, weights[at] * share, 1)
    words = figures.words
    topics = [topic for topic in TOPICS if ("", topic) in cells]
    rows = tuple(_row(cells, stage, words.say(title), topics, figures) for stage, title in STAGES.items())
    empty = [words.say(title) for stage, title in STAGES.items() if (stage, "") not in cells]
    return StageMap(
        topics=tuple(words.say(TOPICS[topic]) for topic in topics),
        rows=rows,
        totals=_row(cells, "", words.say("All stages"), topics, figures),
        empty=", ".join(empty),
        span=len(topics) + 1,
    )


def _row(
    cells: Mapping[tuple[str, str], _Sum], stage: str, title: str, topics: Sequence[str], figures: Figures
) -> MapRow:
    return MapRow(
        label=title,
        cells=tuple(_cell(cells.get((stage, topic)), figures) for topic in topics),
        total=_cell(cells.get((stage, "")), figures),
    )


def _cell(found: _Sum | None, figures: Figures) -> MapCell | None:
    if found is None:
        return None
    return MapCell(
        points=figure(shown(found.points, 1), figures.language),
        weight=figure(shown(found.weight, 1), figures.language),
        questions=figures.words.say_many("{n} question", "{n} questions", found.questions),
        fill=filled(found.points, found.weight),
    )


def filled(points: Fraction, weight: Fraction) -> int:
    """Return how full a cell is, in twentieths: 0 only where nothing is reached, 20 only where all is."""
    if not weight or not points:
        return 0
    if points == weight:
        return TWENTIETHS
    return min(TWENTIETHS - 1, max(1, int(points * TWENTIETHS / weight)))
