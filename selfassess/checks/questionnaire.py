"""Rules across a questionnaire: ids, conditions, scoring rules, tables, gates, evidence, cross-checks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from selfassess.checks.comparisons import Asked, comparison_faults
from selfassess.checks.forms import form_faults
from selfassess.checks.rules import best_value, rule_faults
from selfassess.checks.walking import folded_repeats, questions_of, unknown
from selfassess.model.conditions import EveryRow, Gate, Subject, comparisons
from selfassess.model.questionnaire import Aggregate, Kind, Question, Questionnaire
from selfassess.problems import Code, Fault

Check = Callable[[Questionnaire], Iterable[Fault]]


def check_questionnaire(questionnaire: Questionnaire) -> tuple[Fault, ...]:
    """Return everything that is wrong across a questionnaire, in the order of the checks."""
    return tuple(fault for check in CHECKS for fault in check(questionnaire))


def ids_are_unique(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Ids are unique when capitals are ignored, questions' over the whole questionnaire."""
    placed = list(questions_of(questionnaire))
    groups: list[tuple[str, list[tuple[str, str]]]] = [
        ("question", [(f"{q.pointer}/id", q.question.id) for q in placed]),
        ("section", [(f"/sections/{i}/id", section.id) for i, section in enumerate(questionnaire.sections)]),
        ("evidence kind", _listed("/evidence_kinds", questionnaire.evidence_kinds)),
        ("reason", _listed("/not_applicable_reasons", questionnaire.not_applicable_reasons)),
        ("role", _listed("/roles", questionnaire.roles)),
        ("check", _listed("/checks", questionnaire.checks)),
    ]
    for q in placed:
        groups.append(("option", _listed(f"{q.pointer}/options", q.question.options)))
        for index, column in enumerate(q.question.table.columns if q.question.table else ()):
            groups.append(("option", _listed(f"{q.pointer}/columns/{index}/options", column.options)))
        groups.append(("column", _listed(f"{q.pointer}/columns", q.question.table.columns if q.question.table else ())))
    for kind, ids in groups:
        yield from folded_repeats(kind, ids)


def _listed(pointer: str, things: Iterable[object]) -> list[tuple[str, str]]:
    return [(f"{pointer}/{index}/id", thing.id) for index, thing in enumerate(things)]  # type: ignore[attr-defined]


def conditions_look_back(questionnaire: Questionnaire) -> Iterator[Fault]:
    """A condition looks only at earlier questions, and asks of each what its type can answer."""
    earlier: dict[str, Asked] = {}
    everything = {q.question.id for q in questions_of(questionnaire)}
    roles = [role.id for role in questionnaire.roles]
    for q in questions_of(questionnaire):
        at = f"{q.pointer}/enable_when"
        for comparison in comparisons(q.question.enable_when) if q.question.enable_when else ():
            if comparison.subject is Subject.ROLE:
                for role in comparison.operands:
                    if role not in roles:
                        yield unknown(at, Code.UNKNOWN_ROLE, str(role), roles)
            elif comparison.subject is Subject.QUESTION and comparison.target not in everything:
                yield unknown(at, Code.UNKNOWN_QUESTION, comparison.target, sorted(everything))
            elif comparison.subject is Subject.QUESTION and comparison.target not in earlier:
                values = {"question": q.question.id, "target": comparison.target}
                yield Fault(pointer=at, code=Code.CONDITION_LOOKS_AHEAD, values=values)
            elif comparison.subject is Subject.QUESTION:
                yield from comparison_faults(at, comparison, earlier[comparison.target])
        earlier[q.question.id] = q.question


def rules_fit(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Every scoring rule fits its type; a best value that is not 1 is warned of."""
    for q in questions_of(questionnaire):
        yield from rule_faults(q.pointer, q.question, q.question.score)
        best = best_value(q.question)
        if q.question.is_scored and best is not None and best != 1:
            values = {"question": q.question.id, "best": str(best)}
            yield Fault(pointer=q.pointer, code=Code.BEST_NOT_ONE, values=values)


def bounds_leave_answers(questionnaire: Questionnaire) -> Iterator[Fault]:
    """A minimum does not exceed its maximum."""
    for q in questions_of(questionnaire):
        asked: list[tuple[str, str, Decimal | None, Decimal | None]] = [
            (q.pointer, q.question.id, q.question.minimum, q.question.maximum)
        ]
        for index, column in enumerate(q.question.table.columns if q.question.table else ()):
            asked.append((f"{q.pointer}/columns/{index}", column.id, column.minimum, column.maximum))
        for pointer, id_, minimum, maximum in asked:
            if minimum is not None and maximum is not None and minimum > maximum:
                reason = f"{minimum} is more than {maximum}"
                yield Fault(
                    pointer=f"{pointer}/minimum", code=Code.NUMBER_BOUNDS, values={"question": id_, "reason": reason}
                )


def tables_are_complete(questionnaire: Questionnaire) -> Iterator[Fault]:
    """A table's key is a text column; a scored one says how its rows become one value."""
    for q in questions_of(questionnaire):
        for reason, step in _table_reasons(q.question):
            values = {"question": q.question.id, "reason": reason}
            yield Fault(pointer=f"{q.pointer}{step}", code=Code.TABLE_RULE, values=values)


def _table_reasons(question: Question) -> Iterator[tuple[str, str]]:
    table = question.table
    if table is None:
        return
    columns = {column.id: column for column in table.columns}
    for index, column in enumerate(table.columns):
        if bool(column.options) != (column.type in (Kind.CHOICE, Kind.CHOICES)):
            yield f"column {column.id} must have options exactly when it is a choice", f"/columns/{index}"
    if table.key not in columns or columns[table.key].type is not Kind.TEXT:
        yield "its key must name a text column", "/key"
    if question.is_scored and table.aggregate is None:
        yield "it is scored and says no aggregate", ""
    if not question.is_scored and table.aggregate is not None:
        yield "it is not scored and says an aggregate", "/aggregate"
    if (table.aggregate is Aggregate.WEIGHTED_SHARE) != (table.weight is not None):
        yield "weighted_share, and only that, names a weight column", ""
    if table.weight is not None:
        weight = columns.get(table.weight)
        usable = weight is not None and (
            weight.type is Kind.PERCENT
            or (weight.type is Kind.NUMBER and weight.minimum is not None and weight.minimum >= 0)
        )
        if not usable:
            yield "its weight must name a percent column, or a number column of minimum 0 or more", "/weight"


def gates_fit(questionnaire: Questionnaire) -> Iterator[Fault]:
    """A gate asks what the own answer can say; its question permits no N/A."""
    for q in questions_of(questionnaire):
        if q.question.gate is not None:
            yield from gate_faults(f"{q.pointer}/gate", q.question, q.question.gate)


def gate_faults(at: str, question: Question, gate: Gate) -> Iterator[Fault]:
    """Yield what does not fit about a gate on a question, its own or a profile's."""
    if question.not_applicable or (question.table and question.table.empty_is_not_applicable):
        yield Fault(pointer=at, code=Code.GATE_ALLOWS_NOT_APPLICABLE, values={"question": question.id})
    if question.type is Kind.TEXT:
        yield Fault(pointer=at, code=Code.GATE_ON_TEXT, values={"question": question.id})
        return
    if isinstance(gate, EveryRow):
        if question.table is None:
            yield Fault(pointer=at, code=Code.CONDITION_FORM, values={"reason": "every_row is for tables"})
            return
        for comparison in comparisons(gate):
            yield from _cell_faults(at, question, comparison)
        return
    for comparison in comparisons(gate):
        yield from comparison_faults(at, comparison, question)


def _cell_faults(at: str, question: Question, comparison: object) -> Iterator[Fault]:
    columns = {column.id: column for column in question.table.columns} if question.table else {}
    target = comparison.target  # type: ignore[attr-defined]
    if target not in columns:
        yield unknown(at, Code.UNKNOWN_COLUMN, target, list(columns), question=question.id)
    else:
        yield from comparison_faults(at, comparison, columns[target])  # type: ignore[arg-type]


def evidence_is_known(questionnaire: Questionnaire) -> Iterator[Fault]:
    """Kinds and reasons are declared, ``equivalent`` among the kinds; a scored question asks for evidence."""
    kinds = [kind.id for kind in questionnaire.evidence_kinds]
    reasons = [reason.id for reason in questionnaire.not_applicable_reasons]
    if "equivalent" not in kinds:
        yield unknown("/evidence_kinds", Code.UNKNOWN_KIND, "equivalent", kinds)
    for q in questions_of(questionnaire):
        rule = q.question.evidence
        for index, kind in enumerate((rule.accepts or ()) if rule else ()):
            if kind not in kinds:
                yield unknown(f"{q.pointer}/evidence/accepts/{index}", Code.UNKNOWN_KIND, kind, kinds)
        for index, reason in enumerate(q.question.not_applicable):
            if reason not in reasons:
                yield unknown(f"{q.pointer}/not_applicable/{index}", Code.UNKNOWN_REASON, reason, reasons)
        if q.question.is_scored and rule is None:
            yield Fault(pointer=q.pointer, code=Code.EVIDENCE_RULE_MISSING, values={"question": q.question.id})


def cross_checks_fit(questionnaire: Questionnaire) -> Iterator[Fault]:
    """A cross-check names questions and columns that are there."""
    known = {q.question.id: q.question for q in questions_of(questionnaire)}
    for index, check in enumerate(questionnaire.checks):
        yield from form_faults(f"/checks/{index}", check, known)


CHECKS: tuple[Check, ...] = (
    ids_are_unique,
    conditions_look_back,
    rules_fit,
    bounds_leave_answers,
    tables_are_complete,
    gates_fit,
    evidence_is_known,
    cross_checks_fit,
)
