"""What assessments and rankings look like as plain data: numbers exact, their shown form beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from selfassess import __version__
from selfassess.award import remarks
from selfassess.model.assessment import Assessment, DocumentFinding, Finding, Measure, RowFinding
from selfassess.model.profile import Pin
from selfassess.model.ranking import LotRanking, Standing
from selfassess.model.response import Answer, Row
from selfassess.model.review import Entry
from selfassess.numbers import exactly, shown_apart
from selfassess.plan import METHOD, ScoringPlan
from selfassess.problems import Problem
from selfassess.scoring import findings

FORMAT = "selfassess/assessment@1"
RANKING_FORMAT = "selfassess/ranking@1"


def number(value: Fraction | Decimal | None, places: int, beside: Sequence[Fraction] = ()) -> dict[str, str] | None:
    """Return a number exactly and as shown, told from those ``beside`` it; None where there is none."""
    if value is None:
        return None
    return {"exact": exactly(value), "shown": shown_apart(Fraction(value), beside, places)}


def pin_plain(pin: Pin) -> dict[str, str]:
    """Return a pin as plain data."""
    return {"id": pin.id, "version": pin.version, "digest": pin.digest}


def problem_plain(problem: Problem) -> dict[str, Any]:
    """Return a problem as plain data, with its place."""
    place = problem.place
    return {
        "place": {"file": place.file, "line": place.line, "column": place.column}
        | ({"cell": place.cell} if place.cell else {}),
        "pointer": problem.pointer,
        "code": str(problem.code),
        "severity": problem.severity.value,
        "message": problem.message,
        "hint": problem.hint,
        "related": [{"file": at.file, "line": at.line, "column": at.column} for at in problem.related],
    }


def entry_plain(entry: Entry) -> dict[str, Any]:
    """Return a review entry as plain data; what is absent stays absent."""
    names = ("id", "lot", "question", "row", "value", "document", "person", "role", "reason", "source", "previous")
    plain: dict[str, Any] = {name: said for name in names if (said := getattr(entry, name)) is not None}
    plain |= {"action": entry.action.value, "date": entry.date.isoformat()}
    plain |= {"grade": entry.grade.name} if entry.grade else {}
    return plain | ({"moderate": True} if entry.moderate else {})


def assessment_plain(
    plan: ScoringPlan,
    assessment: Assessment,
    *,
    method: Mapping[str, Any],
    status: str,
    reasons: Sequence[str],
    problems: Sequence[Problem],
    documents: Mapping[str, Any],
) -> dict[str, Any]:
    """Return an assessment as plain data.

    ``method`` holds the pins of everything it rests on; ``documents`` the plain documents that are needed to compute
    it again (response, profile, lot, review entries).
    """
    places = plan.profile.decimals
    return {
        "format": FORMAT,
        "program": {"name": "selfassess", "version": __version__, "method": METHOD},
        "method": dict(method),
        "supplier": assessment.supplier,
        "lot": assessment.lot,
        "day": assessment.day.isoformat(),
        "status": status,
        "reasons": list(reasons),
        "incomplete": assessment.incomplete,
        "unsettled": list(assessment.unsettled),
        "totals": {measure.value: _totals(plan, assessment, measure, places) for measure in Measure},
        "band": band_of(plan, assessment.total),
        "gates": {id_: outcome.value for id_, outcome in assessment.gates.items()},
        "minima": {id_: outcome.value for id_, outcome in assessment.minima.items()},
        "questions": [_finding(finding, places) for finding in findings(plan, assessment)],
        "problems": [problem_plain(problem) for problem in problems],
        "documents": dict(documents),
    }


def band_of(plan: ScoringPlan, total: Fraction | None) -> str | None:
    """Return the label of the first band that a total reaches; a band is never an input."""
    if total is None:
        return None
    return next((band.label for band in plan.profile.bands if band.holds(total)), None)


def _totals(plan: ScoringPlan, assessment: Assessment, measure: Measure, places: int) -> dict[str, Any]:
    own, twin = assessment.totals[measure], assessment.conservative[measure]
    ids, beside = [section.section.id for section in plan.sections], plan.profile.thresholds
    minima = plan.profile.minima

    def by_section(values: Sequence[Fraction | None]) -> dict[str, dict[str, str] | None]:
        least = [[Fraction(minima.sections[id_])] if id_ in minima.sections else [] for id_ in ids]
        return {id_: number(value, places + 2, at) for id_, value, at in zip(ids, values, least, strict=True)}

    return {
        "total": number(own.total, places, beside),
        "conservative": number(twin.total, places, beside),
        "sections": by_section(own.sections),
        "conservative_sections": by_section(twin.sections),
    }


def answer_plain(answer: Answer | None) -> Any:
    """Return a usable answer as it stood in the response."""
    if isinstance(answer, date):
        return answer.isoformat()
    if not isinstance(answer, tuple):
        return answer
    return [
        {id_: answer_plain(cell) for id_, cell in item.cells.items()} if isinstance(item, Row) else item
        for item in answer
    ]


def _finding(finding: Finding, places: int) -> dict[str, Any]:
    plain: dict[str, Any] = {"id": finding.question, "section": finding.section, "state": finding.state.value}
    if finding.answer is not None:
        plain["answer"] = answer_plain(finding.answer)
    if finding.reason:
        plain["reason"] = finding.reason
    if finding.inherited:
        plain["inherited"] = True
    if finding.approval is not None:
        plain["approval"] = finding.approval.value
    plain |= {
        "claimed": number(finding.claimed, places + 2),
        "supported": number(finding.supported, places + 2),
        "reviewed": number(finding.reviewed, places + 2),
        "grade": finding.grade.name,
        "grade_asked": finding.minimum.name,
        "published_weight": number(finding.published_weight, places),
        "effective_weight": number(finding.effective_weight, places),
        "points": {measure.value: number(points, places) for measure, points in finding.points.items()},
        "missing": number(finding.missing, places),
        "documents": [_document(document) for document in finding.documents],
        "entries": [entry.id for entry in finding.entries],
    }
    if finding.gate is not None:
        plain["gate"] = finding.gate.value
    if finding.persons_differ:
        plain["persons_differ"] = True
        plain["spread"] = [
            {"person": person, **({"row": row} if row else {}), "value": number(value, places)}
            for person, row, value in finding.spread
        ]
    if finding.rows:
        plain["rows"] = [_row(row, places + 2) for row in finding.rows]
    return plain


def _document(document: DocumentFinding) -> dict[str, Any]:
    plain = {"id": document.id, "counted": document.grade.name}
    if document.row is not None:
        plain["row"] = document.row
    if document.reason:
        plain["does_not_count"] = document.reason
    return plain


def _row(row: RowFinding, places: int) -> dict[str, Any]:
    plain: dict[str, Any] = {"key": row.key, "grade": row.grade.name}
    plain |= {name: number(getattr(row, name), places) for name in ("claimed", "supported", "reviewed")}
    if row.weight is not None:
        plain["weight"] = exactly(row.weight)
    return plain


def lot_plain(ranking: LotRanking, places: int, thresholds: Sequence[Fraction] = ()) -> dict[str, Any]:
    """Return the ranking of one lot as plain data, every bid in it; ``thresholds`` are those of its profile."""
    totals, figures = (*ranking.totals, *thresholds), ranking.figures
    return {
        "lot": ranking.lot,
        "price_model": ranking.model,
        "lowest_figure_wins": ranking.lowest_wins,
        "final": ranking.is_final,
        "winners": list(ranking.winners) if ranking.is_final else [],
        "places": None if ranking.places is None else str(ranking.places),
        "tied_at_border": list(ranking.tied_at_border),
        "warnings": list(ranking.warnings),
        "bids": [_standing(standing, places, totals, figures) for standing in ranking.standings],
    }


def _standing(
    standing: Standing, places: int, totals: Sequence[Fraction], figures: Sequence[Fraction]
) -> dict[str, Any]:
    return {
        "supplier": standing.supplier,
        "status": standing.status.value,
        "rank": standing.rank,
        "reviewed": number(standing.quality, places, totals),
        "supported": number(standing.supported, places, totals),
        "claimed": number(standing.claimed, places, totals),
        "price": None if standing.price is None else exactly(standing.price),
        "figure": number(standing.figure, places, figures),
        "tied_with": list(standing.tied_with),
        "decided_by": standing.decided_by,
        "reasons": list(standing.reasons),
        "remarks": list(remarks(standing)),
        "low_price": None
        if standing.low_price is None
        else {"median": number(standing.low_price.median, 2), "share": number(standing.low_price.share, 4)},
    }
