"""Lay the weight of a plan over the life cycle: stage by topic, and by the points of the joint statement.

A question with k topics counts 1/k to each and with m stages 1/m to each, so that a plan's cells add up to 100; the
number of questions counts it whole wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from selfassess.model.questionnaire import STAGES, TOPICS
from selfassess.plan import PlannedQuestion, ScoringPlan

RULE = (
    "A question with k topics counts 1/k of its points to each, with m stages 1/m to each, and with several points of "
    "the joint statement an equal part to each. The number of questions counts a question wherever it stands."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What lies in one place: points out of 100, the questions that carry them, and those asked without points."""

    weight: Fraction
    scored: tuple[str, ...]
    unscored: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Return whether no points lie here."""
        return self.weight == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The cells of a plan by (stage, topic), and their sums by stage, by topic and by point of the joint statement.

    ``unstated`` holds what serves no point of the statement. All eight stages are there, and the topics that the
    questionnaire uses, in the order of the vocabulary.
    """

    stages: tuple[str, ...]
    topics: tuple[str, ...]
    points: tuple[str, ...]
    cells: dict[tuple[str, str], Cell]
    by_stage: dict[str, Cell]
    by_topic: dict[str, Cell]
    by_point: dict[str, Cell]
    unstated: Cell

    def empty(self) -> tuple[tuple[str, str], ...]:
        """Return the cells without points, stage by stage."""
        return tuple(at for at, cell in self.cells.items() if cell.is_empty)


def coverage(plan: ScoringPlan) -> Coverage:
    """Return where the published weight of a plan lies."""
    asked = plan.questions
    every = tuple(plan.questionnaire.questions())
    topics = tuple(topic for topic in TOPICS if any(topic in question.topics for question in every))
    points = tuple(sorted({point for question in every for point in question.statement}))
    return Coverage(
        stages=STAGES,
        topics=topics,
        points=points,
        cells={(stage, topic): _cell(_in(asked, (stage,), (topic,))) for stage in STAGES for topic in topics},
        by_stage={stage: _cell(_in(asked, (stage,), topics)) for stage in STAGES},
        by_topic={topic: _cell(_in(asked, STAGES, (topic,))) for topic in topics},
        by_point={point: _cell(_stated(asked, point)) for point in points},
        unstated=_cell((planned, Fraction(1)) for planned in asked if not planned.question.statement),
    )


def _in(
    asked: Iterable[PlannedQuestion], stages: tuple[str, ...], topics: tuple[str, ...]
) -> Iterator[tuple[PlannedQuestion, Fraction]]:
    """Yield the questions of some stages and topics with the part of each that counts there."""
    for planned in asked:
        question = planned.question
        held = len({*question.stages}.intersection(stages)) * len({*question.topics}.intersection(topics))
        if held:
            yield planned, Fraction(held, len({*question.stages}) * len({*question.topics}))


def _stated(asked: Iterable[PlannedQuestion], point: str) -> Iterator[tuple[PlannedQuestion, Fraction]]:
    for planned in asked:
        if point in planned.question.statement:
            yield planned, Fraction(1, len({*planned.question.statement}))


def _cell(held: Iterable[tuple[PlannedQuestion, Fraction]]) -> Cell:
    there = tuple(held)
    return Cell(
        weight=sum((planned.published_weight * part for planned, part in there), Fraction(0)),
        scored=tuple(planned.id for planned, _ in there if planned.published_weight),
        unscored=tuple(planned.id for planned, _ in there if not planned.published_weight),
    )
