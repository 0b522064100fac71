"""Which questions are asked, answered, missing or not applicable (method, 3.1 and 3.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from selfassess.conditions import Facts, compiled, on_questions, open_targets
from selfassess.model.assessment import State
from selfassess.model.response import Response, Void
from selfassess.plan import PlannedQuestion, ScoringPlan

_SPECIAL = frozenset({type(None), Void, tuple})  # what needs a second look: no answer, an unusable one, a list
EMPTY_TABLE = "empty-table"  # the reason of a table without rows that says so


@dataclass(slots=True)
class Standings:
    """How each question stands, in the plan's order, while it is found out.

    ``reasons`` and ``causes`` (the questions that an inherited state comes from) are by position.
    """

    states: list[State]
    answers: list[Any]
    reasons: dict[int, str] = field(default_factory=dict)
    causes: dict[int, tuple[int, ...]] = field(default_factory=dict)
    incomplete: bool = False


def standings(plan: ScoringPlan, response: Response) -> Standings:
    """Return how each question of the plan stands in a response."""
    given, claims = said_in(response, plan.lot)
    answers = list(map(given.get, plan.positions))
    states = [State.ANSWERED] * len(answers)
    stand = Standings(states, answers)
    facts: Facts = (states, answers, response.supplier.role)
    for position in _to_look_at(plan, answers, claims):
        planned = plan.questions[position]
        truth = True if planned.ask is None else planned.ask(facts)
        if truth is True:
            states[position], answers[position] = _own(planned, given, claims, stand)
        elif truth is False:
            states[position], answers[position] = State.NOT_ASKED, None
        else:
            states[position], answers[position] = _inherited(plan, planned, facts, stand), None
    stand.incomplete = State.MISSING in states
    return stand


def _to_look_at(plan: ScoringPlan, answers: Sequence[Any], claims: Mapping[str, Any]) -> list[int]:
    """Return in order the questions that are not simply asked and answered: a condition looks at earlier ones only."""
    special = {
        position
        for position, answer in enumerate(answers)
        if answer.__class__ in _SPECIAL and (not answer or answer is Void.VOID)
    }
    claimed = {plan.positions[id_] for id_ in claims if id_ in plan.positions} if claims else ()
    return sorted(special.union(plan.conditional, claimed))


def said_in(response: Response, lot: str | None) -> tuple[Mapping[str, Any], Mapping[str, Any]]:
    """Return the answers and the N/A claims that hold in a lot: a lot's own replace both general ones."""
    own_answers = response.lot_answers.get(lot or "", {})
    own_claims = response.lot_not_applicable.get(lot or "", {})
    if not own_answers and not own_claims:
        return response.answers, response.not_applicable
    own = own_answers.keys() | own_claims.keys()
    answers = {id_: answer for id_, answer in response.answers.items() if id_ not in own}
    claims = {id_: reason for id_, reason in response.not_applicable.items() if id_ not in own}
    return answers | dict(own_answers), claims | dict(own_claims)


def _own(
    planned: PlannedQuestion, given: Mapping[str, Any], claims: Mapping[str, Any], stand: Standings
) -> tuple[State, Any]:
    """Return the state of an asked question by what is said of it, and its usable answer."""
    id_ = planned.question.id
    answer, claim = given.get(id_), claims.get(id_)
    if claim is not None and answer == () and planned.table is not None:
        answer = None  # a table without rows says nothing
    if claim is not None:
        if answer is not None or claim not in planned.question.not_applicable:
            return State.MISSING, None
        stand.reasons[planned.position] = claim
        return State.NOT_APPLICABLE, None
    if answer == ():
        if planned.table is not None:
            return _without_rows(planned, stand), None
    elif answer is None or answer is Void.VOID:
        return State.MISSING, None
    return State.ANSWERED, answer


def _without_rows(planned: PlannedQuestion, stand: Standings) -> State:
    if planned.table is None or not planned.table.empty_is_not_applicable:
        return State.MISSING
    stand.reasons[planned.position] = EMPTY_TABLE
    return State.NOT_APPLICABLE


def _inherited(plan: ScoringPlan, planned: PlannedQuestion, facts: Facts, stand: Standings) -> State:
    """Return missing or N/A like the open comparisons' questions (of both: missing) and note them."""
    if planned.condition is None:
        raise ValueError("a question without a condition inherits nothing")
    kinds = {question.question.id: question.question.type for question in plan.questions}
    compile_comparison = on_questions(plan.positions, kinds, plan.lot)
    targets = open_targets(planned.condition, lambda part: compiled(part, compile_comparison)(facts))
    causes = tuple(dict.fromkeys(plan.positions[target] for target in targets))
    stand.causes[planned.position] = causes
    if any(stand.states[cause] is State.MISSING for cause in causes):
        return State.MISSING
    return State.NOT_APPLICABLE
