"""Statistics of a draft questionnaire become a page that may be shared with all: no name, no text of a bidder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from selfassess.model.questionnaire import Kind, Question
from selfassess.model.statistics import Count, LotStatistics, QuestionStatistics
from selfassess.model.tender import Tender
from selfassess.numbers import shown
from selfassess.plan import ScoringPlan
from selfassess.scorecard.cards import Line
from selfassess.wording import figure

HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsRow:
    """One question: how bids stand, how often each option was chosen, and how claimed values lie."""

    id: str
    text: str
    stand: tuple[Line, ...]
    options: tuple[Line, ...]
    spread: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsLot:
    """One lot's statistics."""

    title: str
    said: str
    rows: tuple[StatisticsRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticsReport:
    """The anonymised statistics of a questionnaire's answers."""

    language: str
    title: str
    subtitle: str
    facts: tuple[Line, ...]
    rule: str
    notice: str
    lots: tuple[StatisticsLot, ...]
    foreign: tuple[tuple[str, str], ...] = ()


def statistics_report(
    tender: Tender,
    lots: Sequence[tuple[ScoringPlan, LotStatistics]],
    *,
    rule: str,
    notice: str = "",
    language: str = "en",
) -> StatisticsReport:
    """Return the page of a tender's statistics.

    ``rule`` says how small numbers are protected, ``notice`` what stands on every page.
    """
    titles = {lot.id: lot.title for lot in tender.lots}
    questionnaire = lots[0][0].questionnaire
    facts = (
        Line(label="Tender", value=tender.id),
        Line(label="Questionnaire", value=f"{questionnaire.title}, {questionnaire.version}"),
        Line(label="Digest of the questionnaire", value=tender.questionnaire.digest),
        Line(label="Shared with", value="all who take part (Directive 2014/24/EU, art. 40 and 41)"),
    )
    return StatisticsReport(
        language=language,
        title="Statistics of answers",
        subtitle=tender.title,
        facts=facts,
        rule=rule,
        notice=notice,
        lots=tuple(_lot(plan, own, titles.get(own.lot, own.lot), language) for plan, own in lots),
    )


def _lot(plan: ScoringPlan, own: LotStatistics, title: str, language: str) -> StatisticsLot:
    said = f"{own.bids} bids." if own.questions else f"{own.bids} bids: too few to say anything without saying who."
    rows = tuple(
        _row(plan.questions[plan.positions[q.question]].question, q, own.bids, language) for q in own.questions
    )
    return StatisticsLot(title=title, said=said, rows=rows)


def _row(question: Question, own: QuestionStatistics, bids: int, language: str) -> StatisticsRow:
    stand = [
        Line(label=label, value=_cell(count, bids, language))
        for label, count in (
            ("answered", own.answered),
            ("does not apply", own.not_applicable),
            ("not answered", own.missing),
            ("not asked", own.not_asked),
        )
        if count != 0
    ]
    texts = {option.id: option.text for option in question.options}
    options = [
        Line(label=texts.get(id_, id_), value=_cell(count, own.answered, language))
        for id_, count in own.options.items()
    ]
    spread = []
    if own.spread is not None:
        separation = own.spread.separation
        spread = [
            Line(label="at full marks", value=_cell(own.spread.best, own.answered, language)),
            Line(label="at nothing", value=_cell(own.spread.worst, own.answered, language)),
            Line(
                label="pairs of bids told apart",
                value=HIDDEN if separation is None else f"{_percent(separation, language)} %",
            ),
        ]
    text = question.text if question.type is not Kind.TABLE else f"{question.text} (a table)"
    return StatisticsRow(id=question.id, text=text, stand=tuple(stand), options=tuple(options), spread=tuple(spread))


def _percent(share: Fraction, language: str) -> str:
    return figure(shown(100 * share, 1), language)


def _cell(count: Count, of: Count, language: str) -> str:
    if count is None:
        return HIDDEN
    return f"{count} ({_percent(Fraction(count, of), language)} %)" if of else str(count)
