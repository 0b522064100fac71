"""Assessments of a lot become statistics of its questions: exact, with no name, no text, and small numbers hidden.

How bids stand (answered, not applicable, missing, not asked) adds up to their number: counts below ``LEAST`` are
hidden, and with them as many others, the smallest first, as it takes that none can be computed from the rest. The
counts of answers to one question are told together or not at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from fractions import Fraction

from selfassess.model.assessment import Assessment, State
from selfassess.model.questionnaire import Kind
from selfassess.model.statistics import Count, LotStatistics, QuestionStatistics, Spread
from selfassess.plan import PlannedQuestion, ScoringPlan

LEAST = 3  # bids; a cell of fewer is hidden, and so is everything where there are fewer bids
OTHERS = (State.NOT_APPLICABLE, State.MISSING, State.NOT_ASKED)


def protected(counts: Sequence[int], least: int = LEAST) -> tuple[Count, ...]:
    """Return the cells of a whole that is known, None where hidden.

    Nothing is hidden where no cell lies between 0 and ``least``. Otherwise at least two cells are hidden, and hidden
    cells together count at least ``least`` bids, or all cells are hidden.
    """
    hidden = {place for place, count in enumerate(counts) if count < least}
    if sum(counts[place] for place in hidden) == 0:
        return tuple(counts)
    for place in sorted(range(len(counts)), key=lambda place: (counts[place], place)):
        if len(hidden) > 1 and sum(counts[hid] for hid in hidden) >= least:
            break
        hidden.add(place)
    return tuple(None if place in hidden else count for place, count in enumerate(counts))


def statistics_of(plan: ScoringPlan, assessments: Sequence[Assessment]) -> LotStatistics:
    """Return the statistics of one lot; their order, and who the bidders are, changes nothing."""
    few = len(assessments) < LEAST
    questions = () if few else tuple(_question(plan, planned, assessments) for planned in plan.questions)
    return LotStatistics(lot=plan.lot or "", bids=len(assessments), questions=questions)


def _question(plan: ScoringPlan, planned: PlannedQuestion, assessments: Sequence[Assessment]) -> QuestionStatistics:
    position = planned.position
    states = Counter(assessment.states[position] for assessment in assessments)
    answering = [a for a in assessments if a.states[position] is State.ANSWERED]
    answered, not_applicable, missing, not_asked = protected(
        [len(answering), *(states[state] for state in OTHERS)],
    )
    options = _options(planned, answering)
    values = [Fraction(assessment.claimed[position], plan.scale) for assessment in answering]
    best, worst = sum(value == 1 for value in values), sum(value == 0 for value in values)
    lying = (best, worst, len(values) - best - worst)
    is_told = answered is not None and _may_be_told(planned, options, len(answering), lying)
    shown: Mapping[str, Count] = options if is_told else dict.fromkeys(options)
    spread = Spread(
        best=lying[0] if is_told else None,
        worst=lying[1] if is_told else None,
        between=lying[2] if is_told else None,
        separation=None if answered is None or answered < LEAST else separation(values),
    )
    return QuestionStatistics(
        question=planned.id,
        answered=answered,
        not_applicable=not_applicable,
        missing=missing,
        not_asked=not_asked,
        options=shown,
        spread=spread if planned.question.is_scored else None,
    )


def _options(planned: PlannedQuestion, answering: Sequence[Assessment]) -> dict[str, int]:
    """Return how often each option was chosen or ticked; yes and no are those of a boolean."""
    answers = [assessment.answers[planned.position] for assessment in answering]
    if planned.question.type is Kind.BOOLEAN:
        return {"yes": answers.count(True), "no": answers.count(False)}
    names = [option.id for option in planned.question.options]
    if planned.question.type is Kind.CHOICES:
        return {name: sum(isinstance(answer, tuple) and name in answer for answer in answers) for name in names}
    return {name: answers.count(name) for name in names}


def _may_be_told(planned: PlannedQuestion, options: Mapping[str, int], answered: int, lying: Sequence[int]) -> bool:
    """Return whether every count of answers, and of those that answered otherwise, is 0 or not below ``LEAST``.

    The counts of one question are told together or not at all: some of them could give away the others.
    """
    counts = [*options.values()]
    if planned.question.type is Kind.CHOICES:
        counts += [answered - ticked for ticked in options.values()]
    if planned.question.is_scored:
        counts += lying
    return all(count == 0 or count >= LEAST for count in counts)


def separation(values: Sequence[Fraction]) -> Fraction:
    """Return the share of pairs with different values, exactly; 0 where there is no pair.

    >>> separation([Fraction(1), Fraction(1), Fraction(0)])
    Fraction(2, 3)
    """
    pairs = len(values) * (len(values) - 1)
    alike = sum(count * (count - 1) for count in Counter(values).values())
    return Fraction(pairs - alike, pairs) if pairs else Fraction(0)
