"""How far evidence supports each claim: the best single valid document that covers it (method, 3.3)."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from selfassess.languages import TOLD
from selfassess.model.assessment import DocumentFinding
from selfassess.model.questionnaire import EvidenceRule, Grade, Question
from selfassess.model.response import Evidence, Response
from selfassess.plan import PlannedQuestion, ScoringPlan

EQUIVALENTS = frozenset({"equivalent", "dossier"})  # count once a review accepts them
_NO_RULE = EvidenceRule()


@dataclass(slots=True)
class Support:
    """The best counted grade of each question that documents cover, and of each row, by position.

    ``declared`` is the grade that the declaration gives to everything; ``pending`` are the targets (position, row key
    or None) that a valid equivalent covers; ``is_plain`` says that every document counts for every question it names.
    """

    declared: Grade
    questions: dict[int, Grade] = field(default_factory=dict)
    rows: dict[int, dict[str, Grade]] = field(default_factory=dict)
    pending: set[tuple[int, str | None]] = field(default_factory=set)
    is_plain: bool = True

    def tenths(self, planned: PlannedQuestion) -> int:
        """Return what a claim counts, in tenths, for a question that is no table."""
        return planned.support[self.questions.get(planned.position, self.declared)]

    def grade_of_row(self, position: int, key: str) -> Grade:
        """Return the counted grade of one row of a table: that of a document that names it, else the declaration's."""
        return self.rows.get(position, {}).get(key, self.declared)


def supported_by(plan: ScoringPlan, response: Response, day: date) -> Support:
    """Return the support that a response's documents give on ``day``."""
    support = Support(Grade.E1 if response.declaration is not None else Grade.E0)
    for document in response.evidence:
        if document.lot is not None and document.lot != plan.lot:
            continue
        kind = plan.kinds.get(document.kind)
        grade = Grade.E0 if kind is None else min(document.grade, kind.grade, Grade.E3)
        validity: dict[int | None, bool] = {}
        for target in document.supports:
            position = plan.positions.get(target)
            planned = None if position is None else plan.questions[position]
            if planned is None or planned.table is not None or kind is None or document.kind in EQUIVALENTS:
                _support_closely(plan, document, target, day, support)
                continue
            months = planned.valid_months
            if months not in validity:
                validity[months] = not not_valid(document, months, day)
            if not validity[months] or (planned.accepts is not None and document.kind not in planned.accepts):
                support.is_plain = False
            elif grade > support.questions.get(planned.position, support.declared):
                support.questions[planned.position] = grade
    return support


def _support_closely(plan: ScoringPlan, document: Evidence, target: str, day: date, support: Support) -> None:
    """Note what a document counts for a row, as an equivalent, or not at all."""
    support.is_plain = False
    for planned, finding in considered(plan, replace(document, supports=(target,)), day):
        _note(support, planned, finding)


def considered(plan: ScoringPlan, document: Evidence, day: date) -> Iterator[tuple[PlannedQuestion, DocumentFinding]]:
    """Yield what a document counts for each question and row that it names; nothing where it is about another lot."""
    if document.lot is not None and document.lot != plan.lot:
        return
    for target in document.supports:
        id_, _, row = target.partition("/")
        position = plan.positions.get(id_)
        if position is None:
            continue
        planned = plan.questions[position]
        reason = refusal(plan, planned.question, document, day, row or None)
        ceiling = plan.kinds[document.kind].grade if document.kind in plan.kinds else Grade.E0
        grade = Grade.E0 if reason else min(document.grade, ceiling, Grade.E3)
        yield (
            planned,
            DocumentFinding(
                id=document.id,
                grade=grade,
                reason=reason,
                row=row or None,
                is_equivalent=document.kind in EQUIVALENTS,
            ),
        )


def refusal(plan: ScoringPlan, question: Question, document: Evidence, day: date, row: str | None) -> str:
    """Return why a document counts for nothing for a question, empty when it counts."""
    rule = question.evidence or _NO_RULE
    if document.kind not in plan.kinds:
        return TOLD.say("its kind {kind} is not declared", kind=document.kind)
    if rule.accepts is not None and document.kind != "equivalent" and document.kind not in rule.accepts:
        return TOLD.say("{question} does not accept its kind {kind}", question=question.id, kind=document.kind)
    if question.table is not None and row is None:
        return TOLD.say("it names no row of the table {question}", question=question.id)
    return not_valid(document, rule.valid_months, day)


def not_valid(document: Evidence, valid_months: int | None, day: date) -> str:
    """Return why a document is not valid on ``day``, empty when it is: issued ≤ day ≤ the earlier of both ends."""
    if document.issued is None and valid_months is not None:
        return TOLD.say("it has no date of issue")
    if document.issued is not None and document.issued > day:
        return TOLD.say("it was issued on {day}", day=document.issued)
    if document.expires is not None and document.expires < day:
        return TOLD.say("it expired on {day}", day=document.expires)
    if document.issued is not None and valid_months is not None:
        end = months_after(document.issued, valid_months)
        if end < day:
            return TOLD.say("it is older than {months} months, counted until {day}", months=valid_months, day=end)
    return ""


def months_after(start: date, months: int) -> date:
    """Return the same day so many months later, clipped to the month's end."""
    years, month = divmod(start.month - 1 + months, 12)
    year = min(start.year + years, date.max.year)
    return date(year, month + 1, min(start.day, calendar.monthrange(year, month + 1)[1]))


def _note(support: Support, planned: PlannedQuestion, finding: DocumentFinding) -> None:
    position = planned.position
    if finding.is_equivalent:
        if not finding.reason:
            support.pending.add((position, finding.row))
        return
    if finding.row is None:
        best = max(support.questions.get(position, support.declared), finding.grade)
        support.questions[position] = best
    elif planned.table is not None:
        rows = support.rows.setdefault(position, {})
        rows[finding.row] = max(rows.get(finding.row, support.declared), finding.grade)
