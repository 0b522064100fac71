"""Say where each number of an assessment comes from: the rule, its reference, and the numbers it was made from."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from selfassess.model.assessment import Assessment, Finding, Measure
from selfassess.model.questionnaire import Reference
from selfassess.model.trace import TraceNode
from selfassess.numbers import exactly
from selfassess.plan import PlannedQuestion, ScoringPlan
from selfassess.scoring.findings import findings

WORDS = {
    Measure.CLAIMED: "the answers as stated",
    Measure.SUPPORTED: "as far as evidence supports them",
    Measure.REVIEWED: "after the review",
}


def trace(plan: ScoringPlan, assessment: Assessment, question: str | None = None) -> TraceNode:
    """Return the reviewed total with all that it was made from, or one question's value; ``KeyError`` if not asked."""
    found = findings(plan, assessment)
    if question is not None:
        position = plan.positions[question]
        return _question(plan, plan.questions[position], found[position])
    totals = assessment.totals[Measure.REVIEWED]
    sections = tuple(
        TraceNode(
            name=f"section {section.section.id}",
            rule="sum of weight x value / (weights less N/A that leaves)",
            value=value,
            said="" if value is not None else "nothing is left to sum; it leaves the total",
            reference="method selfassess/1, 3.5",
            children=tuple(
                _question(plan, planned, found[planned.position])
                for planned in plan.questions[section.start : section.stop]
            ),
        )
        for section, value in zip(plan.sections, totals.sections, strict=True)
    )
    return TraceNode(
        name="total",
        rule="100 x sum of section weight x section value / section weights",
        value=totals.total,
        reference="method selfassess/1, 3.5",
        children=sections,
    )


def _question(plan: ScoringPlan, planned: PlannedQuestion, finding: Finding) -> TraceNode:
    children: list[TraceNode] = [_state(plan, finding)]
    if finding.claimed is not None:
        children.append(
            TraceNode(
                name="claimed value",
                rule=WORDS[Measure.CLAIMED],
                value=finding.claimed,
                reference=_sources(planned.question.references),
                children=_rows(finding),
            )
        )
        children.append(_supported(plan, planned, finding))
        children.append(_reviewed(finding))
    if planned.question.is_scored:
        children.append(
            TraceNode(
                name="weight",
                rule="points of the total that full marks bring, after N/A",
                value=finding.effective_weight,
                said=f"published: {exactly(finding.published_weight)} of 100",
                reference="method selfassess/1, 3.6",
            )
        )
    if finding.gate is not None:
        children.append(TraceNode(name="gate", rule="minimum requirement", said=finding.gate.value))
    return TraceNode(
        name=planned.question.id,
        rule="weight x reviewed value",
        value=finding.points[Measure.REVIEWED],
        reference="method selfassess/1, 3.9",
        children=tuple(children),
    )


def _state(plan: ScoringPlan, finding: Finding) -> TraceNode:
    said = finding.state.value.replace("_", " ")
    if finding.reason:
        said += f" ({finding.reason})"
    if finding.inherited:
        causes = plan.questions[plan.positions[finding.question]].condition
        said += " like the questions that its condition looks at" if causes else ""
    if finding.approval is not None:
        said += f"; approval: {finding.approval.value}"
    return TraceNode(name="state", rule="is it asked, and is it answered", said=said, reference="method, 3.1 and 3.2")


def _rows(finding: Finding) -> tuple[TraceNode, ...]:
    return tuple(
        TraceNode(
            name=f"row {row.key}",
            rule="value of the row" + ("; a cell cannot be used" if row.is_bad else ""),
            value=row.claimed,
            said=f"supported {exactly(row.supported)} by {row.grade.name}, reviewed {exactly(row.reviewed)}"
            + ("" if row.weight is None else f", weight {exactly(row.weight)}"),
            reference="method selfassess/1, 3.4",
        )
        for row in finding.rows
    )


def _supported(plan: ScoringPlan, planned: PlannedQuestion, finding: Finding) -> TraceNode:
    documents = tuple(
        TraceNode(
            name=f"document {document.id}" + (f" for row {document.row}" if document.row else ""),
            rule="the lower of its grade and its kind's ceiling",
            said=f"does not count: {document.reason}" if document.reason else f"counts {document.grade.name}",
            reference="method selfassess/1, 3.3",
        )
        for document in finding.documents
    )
    mode = plan.profile.evidence_mode.value
    return TraceNode(
        name="supported value",
        rule=f"claimed value x support; mode {mode}, {planned.minimum.name} asked, {finding.grade.name} counted",
        value=finding.supported,
        reference="method selfassess/1, 3.3",
        children=documents,
    )


def _reviewed(finding: Finding) -> TraceNode:
    entries = tuple(
        TraceNode(
            name=f"entry {entry.id}",
            rule=f"{entry.action.value} by {entry.person} ({entry.role})",
            value=None if entry.value is None else Fraction(entry.value),
            said=entry.reason,
            reference=entry.source or "",
        )
        for entry in finding.entries
    )
    rule = "the supported value; no entry stands" if not entries else "the entry that stands"
    if finding.persons_differ:
        rule = "persons differ; the lowest stands until a moderation decides"
    return TraceNode(
        name="reviewed value", rule=rule, value=finding.reviewed, reference="method selfassess/1, 3.8", children=entries
    )


def _sources(references: Sequence[Reference]) -> str:
    return "; ".join(
        f"{ref.instrument}{', ' + ref.item if ref.item else ''}{'' if ref.confirmed else ' (not confirmed)'}"
        for ref in references
    )
