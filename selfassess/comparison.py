"""Two rounds of assessments become what changed between them, over the part that is the same in both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from selfassess.languages import TOLD
from selfassess.model.assessment import Approval, Assessment, Measure, State
from selfassess.model.comparison import (
    BidComparison,
    Direction,
    Promise,
    PromiseState,
    QuestionChange,
    RoundComparison,
    Side,
)
from selfassess.model.questionnaire import Kind, Question
from selfassess.model.response import Row, Supplier
from selfassess.plan import PlannedQuestion, ScoringPlan, readable

Key = tuple[str, str]  # supplier, lot
Place = tuple[str, str | None, str | None]  # question, row (capitals ignored), column


class _Stated(NamedTuple):
    """A date that a bid states: its place, the row's key as written, and the date."""

    place: Place
    row: str | None
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One round: every bid found, and of those that were scored the plan and the assessment in each lot."""

    bids: frozenset[str]
    scored: Mapping[Key, tuple[ScoringPlan, Assessment]]

    def assessed(self, supplier: str) -> list[str]:
        """Return the lots in which a bid was scored."""
        return [lot for name, lot in self.scored if name == supplier]


def compare(earlier: Round, later: Round) -> RoundComparison:
    """Return what changed from one round to the next."""
    bids, apart = [], []
    for supplier in sorted(earlier.bids & later.bids):
        lots = [lot for lot in later.assessed(supplier) if (supplier, lot) in earlier.scored]
        reason = _reason(supplier, lots, earlier, later)
        if reason:
            apart.append((supplier, reason))
            continue
        bids += [_bid((supplier, lot), earlier, later) for lot in lots]
    return RoundComparison(
        bids=tuple(bids),
        new=tuple(sorted(later.bids - earlier.bids)),
        gone=tuple(sorted(earlier.bids - later.bids)),
        apart=tuple(apart),
    )


def _reason(supplier: str, lots: list[str], earlier: Round, later: Round) -> str:
    """Return why a bid that is in both rounds cannot be compared, empty where it can."""
    if not earlier.assessed(supplier):
        return TOLD.say("it could not be scored, or not be read again, in the earlier round")
    if not later.assessed(supplier):
        return TOLD.say("it could not be scored, or not be read again, in the present round")
    if not lots:
        return TOLD.say("it bids for no lot that it bid for before")
    before, now = (round_.scored[supplier, lots[0]][1].response.supplier for round_ in (earlier, later))
    if _identity(before) is not None and _identity(now) is not None and _identity(before) != _identity(now):
        return TOLD.say("another supplier's identifier stands in it")
    return ""


def _identity(supplier: Supplier) -> tuple[str | None, str] | None:
    return None if supplier.identifier is None else (supplier.scheme, supplier.identifier)


def _bid(key: Key, earlier: Round, later: Round) -> BidComparison:
    (old_plan, old), (plan, new) = earlier.scored[key], later.scored[key]
    changes, apart = [], []
    for planned in plan.questions:
        position = old_plan.positions.get(planned.id)
        if position is None:
            apart.append((planned.id, TOLD.say("it was not asked in the earlier round")))
            continue
        reason = _differs(old_plan.questions[position].question, planned.question)
        if reason:
            apart.append((planned.id, reason))
        else:
            changes.append(_change((old_plan, old, old_plan.questions[position]), (plan, new, planned)))
    gone = TOLD.say("it is not asked any more")
    apart += [(question.id, gone) for question in old_plan.questions if question.id not in plan.positions]
    is_same = readable(old_plan) == readable(plan)
    then, today = (
        {stated.place: stated for stated in _stated(p, assessment)} for p, assessment in ((old_plan, old), (plan, new))
    )
    return BidComparison(
        supplier=key[0],
        lot=key[1],
        changes=tuple(changes),
        apart=tuple(apart),
        before=old.total if is_same else None,
        now=new.total if is_same else None,
        same_method=is_same,
        kept=tuple(
            _kept(plan, stated, today.get(stated.place), new.day) for stated in then.values() if stated.day > old.day
        ),
        made=tuple(
            _promise(plan, stated, stated.day, PromiseState.OPEN)
            for stated in today.values()
            if stated.day > new.day and stated.place not in then
        ),
    )


def _differs(before: Question, now: Question) -> str:
    """Return in what a question is not the same as before, empty where type, rule and what they rest on agree."""
    if before.type is not now.type:
        return TOLD.say("its type was {before} and is {now}", before=before.type.value, now=now.type.value)
    if before.unit is None and now.unit is not None:
        return TOLD.say("it had no unit and has {now}", now=now.unit)
    if now.unit is None and before.unit is not None:
        return TOLD.say("its unit was {before} and it has none", before=before.unit)
    if before.unit != now.unit:
        return TOLD.say("its unit was {before} and is {now}", before=before.unit, now=now.unit)
    if _rule(before) != _rule(now):
        return TOLD.say("its scoring rule is another")
    return ""


def _rule(question: Question) -> object:
    """Return all that an answer's value rests on."""
    table = question.table
    columns = tuple(
        (column.id, column.type, column.unit, tuple((option.id, option.score) for option in column.options))
        for column in (table.columns if table else ())
    )
    summed = (table.key, table.aggregate, table.weight, table.empty_is_not_applicable) if table else None
    options = tuple((option.id, option.score, option.exclusive) for option in question.options)
    return question.score, options, columns, summed


Answered = tuple[ScoringPlan, Assessment, PlannedQuestion]


def _change(earlier: Answered, later: Answered) -> QuestionChange:
    old, new = earlier[2], later[2]
    asked = ((q.minimum, q.support, q.accepts, q.valid_months) for q in (old, new))
    measure = Measure.REVIEWED if next(asked) == next(asked) else Measure.CLAIMED
    before, now = _side(*earlier, measure), _side(*later, measure)
    direction = None
    if before.value is not None and now.value is not None:
        direction = (
            Direction.SAME
            if before.value == now.value
            else Direction.IMPROVED
            if now.value > before.value
            else Direction.REGRESSED
        )
    return QuestionChange(question=new.id, before=before, now=now, measure=measure, direction=direction)


def _side(plan: ScoringPlan, assessment: Assessment, planned: PlannedQuestion, measure: Measure) -> Side:
    """Return one question in one round; missing is worth 0, as in the sums."""
    position = planned.position
    state = assessment.states[position]
    values = assessment.reviewed if measure is Measure.REVIEWED else assessment.claimed
    value: Fraction | None = None
    if planned.question.is_scored and state in (State.ANSWERED, State.MISSING):
        value = Fraction(values[position]) / plan.scale if state is State.ANSWERED else Fraction(0)
    is_claim = state is State.NOT_APPLICABLE
    return Side(
        state=state,
        answer=assessment.answers[position],
        value=value,
        approval=assessment.approvals.get(position, Approval.OPEN) if is_claim else None,
    )


def _stated(plan: ScoringPlan, assessment: Assessment) -> Iterator[_Stated]:
    """Yield every date that a bid states. One after the day of its round cannot be a fact yet: it is a promise."""
    for planned in plan.questions:
        answer = assessment.answers[planned.position]
        if planned.question.type is Kind.DATE and isinstance(answer, date):
            yield _Stated((planned.id, None, None), None, answer)
        elif planned.question.type is Kind.TABLE and isinstance(answer, tuple):
            for row in answer:
                if isinstance(row, Row):
                    for column, cell in row.cells.items():
                        if isinstance(cell, date):
                            yield _Stated((planned.id, row.key.casefold(), column), row.key, cell)


def _kept(plan: ScoringPlan, before: _Stated, now: _Stated | None, day: date) -> Promise:
    """Return what became of a date by the day of the present round."""
    if now is None:
        state = PromiseState.WITHDRAWN
    elif before.day <= day:
        state = PromiseState.MISSED if now.day > before.day else PromiseState.MET
    elif now.day == before.day:
        state = PromiseState.OPEN
    else:
        state = PromiseState.MOVED_LATER if now.day > before.day else PromiseState.MOVED_EARLIER
    return _promise(plan, before, None if now is None else now.day, state)


def _promise(plan: ScoringPlan, stated: _Stated, now: date | None, state: PromiseState) -> Promise:
    question, _, column = stated.place
    position = plan.positions.get(question)
    return Promise(
        question=question,
        row=stated.row,
        column=column,
        in_clause=position is not None and "clause" in plan.questions[position].question.use,
        stated=stated.day,
        now=now,
        state=state,
    )
