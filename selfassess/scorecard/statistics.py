"""Statistics of a draft questionnaire become a page that may be shared with all: no name, no text of a bidder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from selfassess.languages import message
from selfassess.model.questionnaire import Kind, Question
from selfassess.model.statistics import Count, LotStatistics, QuestionStatistics
from selfassess.model.tender import Tender
from selfassess.numbers import shown
from selfassess.plan import ScoringPlan
from selfassess.scorecard.cards import Line
from selfassess.scorecard.figures import Figures
from selfassess.wording import STATES, figure

HIDDEN = message("hidden")


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
    questionnaire, figures = lots[0][0].questionnaire, Figures(language, lots[0][0].profile.decimals)
    words = figures.words
    shared = words.say("all who take part (Directive 2014/24/EU, art. 40 and 41)")
    facts = (
        Line(label=words.say("Tender"), value=tender.id),
        Line(label=words.say("Questionnaire"), value=f"{questionnaire.title}, {questionnaire.version}"),
        Line(label=words.say("Digest of the questionnaire"), value=tender.questionnaire.digest),
        Line(label=words.say("Shared with"), value=shared),
    )
    return StatisticsReport(
        language=language,
        title=words.say("Statistics of answers"),
        subtitle=tender.title,
        facts=facts,
        rule=words.again(rule),
        notice=words.say(notice),
        lots=tuple(_lot(plan, own, titles.get(own.lot, own.lot), figures) for plan, own in lots),
    )


def _lot(plan: ScoringPlan, own: LotStatistics, title: str, figures: Figures) -> StatisticsLot:
    said = figures.words.say_many("{n} bid.", "{n} bids.", own.bids)
    if not own.questions:
        said = figures.words.say_many(
            "{n} bid: too few to say anything without saying who.",
            "{n} bids: too few to say anything without saying who.",
            own.bids,
        )
    rows = tuple(_row(plan.questions[plan.positions[q.question]].question, q, own.bids, figures) for q in own.questions)
    return StatisticsLot(title=title, said=said, rows=rows)


def _row(question: Question, own: QuestionStatistics, bids: int, figures: Figures) -> StatisticsRow:
    words, stood = figures.words, (own.answered, own.not_applicable, own.missing, own.not_asked)
    stand = [
        Line(label=words.say(state), value=_cell(count, bids, figures))
        for state, count in zip(STATES.values(), stood, strict=True)
        if count != 0
    ]
    texts = {option.id: option.text for option in question.options}
    if question.type is Kind.BOOLEAN:
        texts = {"yes": words.say("yes"), "no": words.say("no")}
    options = [
        Line(label=texts.get(id_, id_), value=_cell(count, own.answered, figures)) for id_, count in own.options.items()
    ]
    spread = []
    if own.spread is not None:
        separation = own.spread.separation
        apart = words.say(HIDDEN) if separation is None else f"{_percent(separation, figures)} %"
        spread = [
            Line(label=words.say("at full marks"), value=_cell(own.spread.best, own.answered, figures)),
            Line(label=words.say("at nothing"), value=_cell(own.spread.worst, own.answered, figures)),
            Line(label=words.say("pairs of bids told apart"), value=apart),
        ]
    text = question.text
    if question.type is Kind.TABLE:
        text = words.say("{question} (a table)", question=question.text)
    return StatisticsRow(id=question.id, text=text, stand=tuple(stand), options=tuple(options), spread=tuple(spread))


def _percent(share: Fraction, figures: Figures) -> str:
    return figure(shown(100 * share, 1), figures.language)


def _cell(count: Count, of: Count, figures: Figures) -> str:
    if count is None:
        return figures.words.say(HIDDEN)
    return f"{count} ({_percent(Fraction(count, of), figures)} %)" if of else str(count)
