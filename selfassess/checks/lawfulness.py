"""What in a tender may be unlawful: warnings, each with its reference. The tool explains; the buyer decides."""

from __future__ import annotations

from collections.abc import Iterator

from selfassess.checks.cases import Case, Check
from selfassess.checks.monotony import pairs_of
from selfassess.checks.shares import is_norwegian, share_of
from selfassess.model.conditions import Combination, Comparison, Gate, Junction, Operator
from selfassess.model.profile import EvidenceMode
from selfassess.model.questionnaire import Question
from selfassess.plan import compile_plan, gate_of
from selfassess.problems import Code, Fault

UNORDERED = frozenset({Operator.ANSWERED, Operator.INCLUDES})


def price_is_lawful(case: Case) -> Iterator[Fault]:
    """Relative formulas and clamps are warned of."""
    for lot in case.tender.lots:
        if lot.price.model.startswith("relative"):
            yield Fault(pointer="/price/model", code=Code.PRICE_MODEL_RELATIVE, values={"model": lot.price.model})
        for end in ("cheap", "dear"):
            if lot.price.clamp in (end, "both"):
                yield Fault(pointer="/price/clamp", code=Code.PRICE_CLAMP, values={"end": end})


def not_applicable_can_leave(case: Case) -> Iterator[Fault]:
    """In an award, N/A that can leave the sums is warned of."""
    claimable = any(
        question.not_applicable or (question.table is not None and question.table.empty_is_not_applicable)
        for question in case.questionnaire.questions()
    )
    if case.profile.evidence_mode is EvidenceMode.AWARD and case.profile.not_applicable_cap > 0 and claimable:
        yield Fault(pointer="", code=Code.NOT_APPLICABLE_CAN_LEAVE)


def questions_are_lawful(case: Case) -> Iterator[Fault]:
    """Questions with weight on the whole company, without an evidence rule, or with a best that all must reach.

    Of missing evidence rules the questionnaire's own check warns, but for questions that the tender makes scored.
    """
    own = {question.id: question.is_scored for question in case.questionnaire.questions()}
    seen: set[tuple[Code, str]] = set()
    for lot in case.tender.lots:
        for planned in compile_plan(case.questionnaire, case.profile, lot).questions:
            question = planned.question
            if not planned.published_weight:
                continue
            if question.scope == "company":
                seen.add((Code.COMPANY_SCOPE_AWARD, question.id))
            if question.evidence is None and not own[question.id]:
                seen.add((Code.EVIDENCE_RULE_MISSING, question.id))
            if best_is_asked(question, gate_of(question, case.profile)):
                seen.add((Code.BEST_IS_LEGAL_MINIMUM, question.id))
    for code, id_ in sorted(seen, key=str):
        yield Fault(pointer="/questionnaire", code=code, values={"question": id_})


def best_is_asked(question: Question, gate: Gate | None) -> bool:
    """Return whether every answer that passes a gate is already worth the best.

    Of several conditions that must all hold it is enough that one alone lets only such answers pass.
    """
    if isinstance(gate, Combination) and gate.junction is Junction.ALL:
        return any(best_is_asked(question, part) for part in gate.parts)
    if not isinstance(gate, Comparison) or gate.operator in UNORDERED:
        return False
    pairs = pairs_of(gate, question)
    passing = [value for truth, value in pairs if truth]
    return bool(passing) and min(passing) == max(value for _, value in pairs)


def environment_is_weighed(case: Case) -> Iterator[Fault]:
    """The share of environment and circularity is said for every lot; Norwegian buyers are warned below 30 %."""
    norwegian = is_norwegian(case.tender)
    for index, lot in enumerate(case.tender.lots):
        share = share_of(case.tender, lot, compile_plan(case.questionnaire, case.profile, lot))
        values = {"lot": lot.id, "share": share.figure, "said": share.said}
        yield Fault(pointer=f"/lots/{index}", code=Code.ENVIRONMENT_WEIGHT, values=values)
        if norwegian and share.must_be_explained:
            yield Fault(pointer=f"/lots/{index}", code=Code.ENVIRONMENT_SHARE, values=values)


WARNINGS: tuple[Check, ...] = (
    price_is_lawful,
    not_applicable_can_leave,
    questions_are_lawful,
    environment_is_weighed,
)
