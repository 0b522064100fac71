"""Buyers' plans of one lot become what they share and where they part, in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from selfassess.languages import ENGLISH, Words, message, written_number
from selfassess.model.joint import Harmony, Parting
from selfassess.model.profile import EvidenceMode
from selfassess.model.questionnaire import Question, SumOfOptions
from selfassess.numbers import shown_apart
from selfassess.plan import PlannedQuestion, ScoringPlan, gate_sentence, rule_sentence

SECTION_WEIGHT, QUESTION_WEIGHT, RULE = message("section weight"), message("question weight"), message("scoring rule")
GATE, MINIMUM, SETTING = message("minimum requirement"), message("least value"), message("setting")
ASPECTS = (SECTION_WEIGHT, QUESTION_WEIGHT, RULE, GATE, MINIMUM, SETTING)
TOTAL = message("total")
EVIDENCE, CAP = message("evidence counts"), message("N/A may take away at most")
INCOMPLETE, DECIMALS, BANDS = message("an incomplete response"), message("decimals shown"), message("bands")


class _Point(NamedTuple):
    """One point of a profile: what is compared, and how it is said; of a weight in which section it counts, if any."""

    value: object
    said: str


def harmony_of(plans: Sequence[ScoringPlan], words: Words = ENGLISH) -> Harmony:
    """Return what the plans of several buyers for one lot share and where they part, points in the plans' order.

    What each plan says is said by the words; aspects, settings and the total are named by their English messages.
    """
    points = [dict(_points(plan, words)) for plan in plans]
    shared = dict.fromkeys(ASPECTS, (0, 0))
    partings = []
    for key in dict.fromkeys(key for own in points for key in own):
        found = [own[key] for own in points]
        is_shared = all(point.value == found[0].value for point in found)
        same, every = shared[key[0]]
        shared[key[0]] = (same + is_shared, every + 1)
        if not is_shared:
            partings.append(Parting(aspect=key[0], place=key[1], said=tuple(_said(found, words))))
    return Harmony(shared={aspect: count for aspect, count in shared.items() if count[1]}, partings=tuple(partings))


def _said(points: Sequence[_Point], words: Words) -> Iterator[str]:
    """Yield what each point says, figures with the digits that tell them apart."""
    figures = [point.value for point in points if isinstance(point.value, Fraction)]
    for point in points:
        if isinstance(point.value, Fraction):
            share = written_number(shown_apart(point.value, figures, 2), words.language)
            of = point.said
            yield words.say("{share} % of {section}", share=share, section=of) if of else f"{share} %"
        else:
            yield point.said


def _points(plan: ScoringPlan, words: Words) -> Iterator[tuple[tuple[str, str], _Point]]:
    """Yield every point of a profile in one lot; the same places whatever the profile is."""
    for section in plan.sections:
        yield (SECTION_WEIGHT, section.section.id), _Point(section.published_weight, "")
    for planned in plan.questions:
        yield from _of_question(plan, planned, words)
    minima = plan.profile.minima
    yield (MINIMUM, TOTAL), _least(minima.total, words)
    for section in plan.sections:
        yield (MINIMUM, section.section.id), _least(minima.sections.get(section.section.id), words)
    yield from _settings(plan, words)


def _of_question(plan: ScoringPlan, planned: PlannedQuestion, words: Words) -> Iterator[tuple[tuple[str, str], _Point]]:
    section, id_ = plan.sections[planned.section], planned.id
    weight = Fraction(100 * section.weights[id_], section.full) if section.full else Fraction(0)
    yield (QUESTION_WEIGHT, id_), _Point(weight, section.section.id)
    yield (RULE, id_), _Point(planned.question.score, _rule(planned.question, words))
    gate = planned.gate_condition
    yield (GATE, id_), _Point(gate, _none(words) if gate is None else gate_sentence(gate, words))


def _rule(question: Question, words: Words) -> str:
    """Return a scoring rule in words that name every figure."""
    if isinstance(question.score, SumOfOptions):
        scores = ", ".join(f"{id_} {words.exactly(score)}" for id_, score in question.score.scores.items())
        return f"{rule_sentence(question, words)}: {scores}"
    return rule_sentence(question, words)


def _none(words: Words) -> str:
    return words.at("a setting").say("none")


def _least(value: Decimal | None, words: Words) -> _Point:
    return _Point(value, _none(words) if value is None else words.exactly(value))


def _mode(mode: EvidenceMode, words: Words) -> str:
    """Return how evidence counts, by the name that profiles have for it."""
    if mode is EvidenceMode.AWARD:
        return words.at("a mode of evidence").say("award")
    return words.at("a mode of evidence").say("dialogue")


def _settings(plan: ScoringPlan, words: Words) -> Iterator[tuple[tuple[str, str], _Point]]:
    profile = plan.profile
    bands = ", ".join(
        words.say("from {start} {label}", start=words.exactly(band.start), label=band.label) for band in profile.bands
    )
    cap = words.exactly(profile.not_applicable_cap * 100)
    found = {
        EVIDENCE: _mode(profile.evidence_mode, words),
        CAP: words.say("{share} % of a section's weight", share=cap),
        INCOMPLETE: words.say("is excluded") if profile.excludes_incomplete else words.say("is scored"),
        DECIMALS: str(profile.decimals),
        BANDS: bands or _none(words),
    }
    for name, said in found.items():
        yield (SETTING, name), _Point(said, said)
