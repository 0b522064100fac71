"""Buyers' plans of one lot become what they share and where they part, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from selfassess.model.joint import Harmony, Parting
from selfassess.model.questionnaire import Question, SumOfOptions
from selfassess.numbers import exactly, shown_apart
from selfassess.plan import PlannedQuestion, ScoringPlan, gate_sentence, rule_sentence

SECTION_WEIGHT, QUESTION_WEIGHT, RULE = "section weight", "question weight", "scoring rule"
GATE, MINIMUM, SETTING = "minimum requirement", "least value", "setting"
ASPECTS = (SECTION_WEIGHT, QUESTION_WEIGHT, RULE, GATE, MINIMUM, SETTING)


class _Point(NamedTuple):
    """One point of a profile: what is compared, and how it is said."""

    value: object
    said: str


def harmony_of(plans: Sequence[ScoringPlan]) -> Harmony:
    """Return what the plans of several buyers for one lot share and where they part, points in the plans' order."""
    points = [dict(_points(plan)) for plan in plans]
    shared = dict.fromkeys(ASPECTS, (0, 0))
    partings = []
    for key in dict.fromkeys(key for own in points for key in own):
        found = [own[key] for own in points]
        is_shared = all(point.value == found[0].value for point in found)
        same, every = shared[key[0]]
        shared[key[0]] = (same + is_shared, every + 1)
        if not is_shared:
            partings.append(Parting(aspect=key[0], place=key[1], said=tuple(_said(found))))
    return Harmony(shared={aspect: count for aspect, count in shared.items() if count[1]}, partings=tuple(partings))


def _said(points: Sequence[_Point]) -> Iterator[str]:
    """Yield what each point says, figures with the digits that tell them apart."""
    figures = [point.value for point in points if isinstance(point.value, Fraction)]
    for point in points:
        if isinstance(point.value, Fraction):
            yield f"{shown_apart(point.value, figures, 2)}{point.said}"
        else:
            yield point.said


def _points(plan: ScoringPlan) -> Iterator[tuple[tuple[str, str], _Point]]:
    """Yield every point of a profile in one lot; the same places whatever the profile is."""
    for section in plan.sections:
        yield (SECTION_WEIGHT, section.section.id), _Point(section.published_weight, " %")
    for planned in plan.questions:
        yield from _of_question(plan, planned)
    minima = plan.profile.minima
    yield (MINIMUM, "total"), _least(minima.total)
    for section in plan.sections:
        yield (MINIMUM, section.section.id), _least(minima.sections.get(section.section.id))
    yield from _settings(plan)


def _of_question(plan: ScoringPlan, planned: PlannedQuestion) -> Iterator[tuple[tuple[str, str], _Point]]:
    section, id_ = plan.sections[planned.section], planned.id
    weight = Fraction(100 * section.weights[id_], section.full) if section.full else Fraction(0)
    yield (QUESTION_WEIGHT, id_), _Point(weight, f" % of {section.section.id}")
    yield (RULE, id_), _Point(planned.question.score, _rule(planned.question))
    gate = planned.gate_condition
    yield (GATE, id_), _Point(gate, "none" if gate is None else gate_sentence(gate))


def _rule(question: Question) -> str:
    """Return a scoring rule in words that name every figure."""
    if isinstance(question.score, SumOfOptions):
        scores = ", ".join(f"{id_} {exactly(score)}" for id_, score in question.score.scores.items())
        return f"{rule_sentence(question)}: {scores}"
    return rule_sentence(question)


def _least(value: Decimal | None) -> _Point:
    return _Point(value, "none" if value is None else exactly(value))


def _settings(plan: ScoringPlan) -> Iterator[tuple[tuple[str, str], _Point]]:
    profile = plan.profile
    bands = ", ".join(f"from {exactly(band.start)} {band.label}" for band in profile.bands)
    found = {
        "evidence counts": profile.evidence_mode.value,
        "N/A may take away at most": f"{exactly(profile.not_applicable_cap * 100)} % of a section's weight",
        "an incomplete response": "is excluded" if profile.excludes_incomplete else "is scored",
        "decimals shown": str(profile.decimals),
        "bands": bands or "none",
    }
    for name, said in found.items():
        yield (SETTING, name), _Point(said, said)
