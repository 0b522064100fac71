"""One bid in one lot with all that was found out about it: what the cards of reports are made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from selfassess.model.assessment import Assessment, Finding, Measure
from selfassess.model.ranking import LotRanking, Standing, Status
from selfassess.plan import PlannedQuestion, ScoringPlan
from selfassess.scorecard.drawing import Span
from selfassess.scorecard.figures import Figures
from selfassess.scoring import findings
from selfassess.scoring.sums import points_per_value

COMPARED = (Status.RANKED, Status.PROVISIONAL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An assessment with its plan, the finding of each question, and the points that a value of 1 brings."""

    plan: ScoringPlan
    assessment: Assessment
    found: tuple[Finding, ...]
    possible: Mapping[Measure, Sequence[Fraction]]
    figures: Figures

    def pairs(self) -> list[tuple[PlannedQuestion, Finding]]:
        """Return every question of the plan with its finding, in order."""
        return list(zip(self.plan.questions, self.found, strict=True))

    def finding(self, question: str) -> Finding:
        """Return the finding of a question."""
        return self.found[self.plan.positions[question]]

    @property
    def name(self) -> str:
        """Return the supplier's own name."""
        return self.assessment.response.supplier.name

    def section(self, number: int, measure: Measure) -> Fraction | None:
        """Return a section's value from 0 to 1."""
        return self.assessment.totals[measure].sections[number]


def sheet_of(plan: ScoringPlan, assessment: Assessment, language: str, totals: Sequence[Fraction] = ()) -> Sheet:
    """Return an assessment with what its reports look at; its totals are printed beside others' ``totals``."""
    return Sheet(
        plan=plan,
        assessment=assessment,
        found=findings(plan, assessment),
        possible={measure: points_per_value(plan, assessment, measure) for measure in Measure},
        figures=Figures(language, plan.profile.decimals, (*totals, *plan.profile.thresholds)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """The bids of one lot that stand in its ranking: how many, and their range in each section and topic."""

    bids: int = 0
    sections: Mapping[str, Span] = field(default_factory=dict)
    topics: Mapping[str, Span] = field(default_factory=dict)


def field_of(ranking: LotRanking | None, sheets: Sequence[Sheet]) -> Field:
    """Return the range of the ranked bids; one bid alone has none."""
    ranked = {standing.supplier for standing in ranking.standings if standing.rank is not None} if ranking else set()
    inside = [sheet for sheet in sheets if sheet.assessment.supplier in ranked]
    if len(inside) < 2:  # noqa: PLR2004  a range needs two
        return Field(bids=len(inside))
    sections: dict[str, list[Fraction]] = {}
    topics: dict[str, list[Fraction]] = {}
    for sheet in inside:
        for number, section in enumerate(sheet.plan.sections):
            value = sheet.section(number, Measure.REVIEWED)
            if value is not None:
                sections.setdefault(section.section.id, []).append(value)
        for topic, value in by_topic(sheet, Measure.REVIEWED).items():
            topics.setdefault(topic, []).append(value)
    return Field(bids=len(inside), sections=_spans(sections), topics=_spans(topics))


def _spans(values: Mapping[str, Sequence[Fraction]]) -> dict[str, Span]:
    return {name: Span(min(found), max(found)) for name, found in values.items()}


def by_topic(sheet: Sheet, measure: Measure) -> dict[str, Fraction]:
    """Return the share of its points that a bid reaches in each topic; a question of k topics counts 1/k to each."""
    reached: dict[str, Fraction] = {}
    possible: dict[str, Fraction] = {}
    for planned, finding in sheet.pairs():
        weight = sheet.possible[measure][planned.position]
        topics = planned.question.topics
        for topic in topics if weight else ():
            possible[topic] = possible.get(topic, Fraction(0)) + weight / len(topics)
            reached[topic] = reached.get(topic, Fraction(0)) + finding.points[measure] / len(topics)
    return {topic: reached[topic] / whole for topic, whole in possible.items()}


def standing_in(ranking: LotRanking | None, supplier: str) -> Standing | None:
    """Return where a bid stands in a ranking."""
    standings = ranking.standings if ranking else ()
    return next((standing for standing in standings if standing.supplier == supplier), None)
