"""The charts of one bid: its sections with minima, and its topics by each measure, beside the ranked bids."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from selfassess.languages import ENGLISH, Words, message
from selfassess.model.assessment import Measure, Outcome
from selfassess.numbers import shown_apart
from selfassess.scorecard.cards import Cell, Chart, Strip, Strips
from selfassess.scorecard.drawing import Span, axis, dots_strip, key_mark, section_strip
from selfassess.scorecard.figures import HUNDRED
from selfassess.scorecard.saying import OUTCOMES, UNSAID
from selfassess.scorecard.sheet import Field, Sheet, by_topic
from selfassess.scorecard.stages import TOPICS
from selfassess.wording import figure

RANGE = message("range of the ranked bids")
SECTION_MARKS = (
    ("reviewed", message("after review")),
    ("claimed", message("as claimed")),
    ("minimum", message("minimum")),
    ("field", RANGE),
)
TOPIC_MARKS = (
    ("dot-reviewed", message("after review")),
    ("tick-supported", message("with evidence")),
    ("dot-claimed", message("as claimed")),
    ("field", RANGE),
)


def sections_chart(sheet: Sheet, field: Field) -> Strips:
    """Return the sections as bars, each with its minimum and the range of the ranked bids."""
    figures, words, rows = sheet.figures, sheet.figures.words, []
    for number, planned in enumerate(sheet.plan.sections):
        if not planned.weight:
            continue
        id_, title = planned.section.id, planned.section.title
        reviewed, claimed = (sheet.section(number, measure) for measure in (Measure.REVIEWED, Measure.CLAIMED))
        least, span = sheet.plan.profile.minima.sections.get(id_), field.sections.get(id_)
        minimum = None if least is None else Fraction(least)
        outcome = sheet.assessment.minima.get(id_)
        cells = (
            _own(sheet, reviewed, minimum),
            Cell(text=figures.share(claimed)),
            Cell(text=UNSAID)
            if minimum is None or outcome is None
            else _least(figures.plain(minimum * HUNDRED), outcome),
            *([Cell(text=_span(sheet, span))] if field.sections else []),
        )
        said = words.say(
            "{section}: {reviewed} of 100 after review, {claimed} as claimed",
            section=title,
            reviewed=figures.share(reviewed),
            claimed=figures.share(claimed),
        )
        if minimum is not None:
            said += f", {words.say('at least {least} required', least=figures.plain(minimum * HUNDRED))}"
        strip = section_strip(said + _reach(sheet, span), reviewed, claimed, minimum, span)
        note = words.say("{points} points", points=figures.points(planned.published_weight))
        rows.append(Strip(label=title, note=note, chart=strip, cells=cells))
    without = set() if sheet.plan.profile.minima.sections else {"minimum"}
    without |= set() if field.sections else {"field"}
    heads = [words.say("Reviewed"), words.say("Claimed"), words.say("Minimum")]
    heads += [words.say("Ranked bids")] if field.sections else []
    key = key_of(SECTION_MARKS, without, words)
    return Strips(heads=tuple(heads), axis=axis(words=words), rows=tuple(rows), key=key)


def key_of(
    marks: Sequence[tuple[str, str]], without: set[str], words: Words = ENGLISH
) -> tuple[tuple[Chart, str], ...]:
    """Return the key to the marks of a chart, but for those that do not occur in it."""
    meanings = ((paint, words.say(said)) for paint, said in marks if paint not in without)
    return tuple((key_mark(paint, meaning, words), meaning) for paint, meaning in meanings)


def _own(sheet: Sheet, reviewed: Fraction | None, minimum: Fraction | None) -> Cell:
    """Return a section's own figure, with more decimals where it would print as equal to its minimum."""
    if reviewed is None or minimum is None:
        return Cell(text=sheet.figures.share(reviewed), tone="strong")
    text = shown_apart(reviewed * HUNDRED, [minimum * HUNDRED], 1)
    return Cell(text=figure(text, sheet.figures.language), tone="strong")


def _least(minimum: str, outcome: Outcome) -> Cell:
    word, tone = OUTCOMES[outcome]
    return Cell(text=f"{word[:1]} {minimum}", tone=tone)


def _span(sheet: Sheet, span: Span | None) -> str:
    figures = sheet.figures
    if span is None:
        return UNSAID
    return figures.words.say("{low} to {high}", low=figures.share(span.low), high=figures.share(span.high))


def _reach(sheet: Sheet, span: Span | None) -> str:
    """Return the clause that says what the ranked bids reach, empty where that is not shown."""
    if span is None:
        return ""
    low, high = sheet.figures.share(span.low), sheet.figures.share(span.high)
    return f"; {sheet.figures.words.say('the ranked bids reach from {low} to {high}', low=low, high=high)}"


def profile_chart(sheet: Sheet, field: Field) -> Strips:
    """Return what the bid reaches in each topic by each measure."""
    figures, words = sheet.figures, sheet.figures.words
    values, rows = {measure: by_topic(sheet, measure) for measure in Measure}, []
    for topic, named in TOPICS.items():
        title = words.say(named)
        claimed, supported, reviewed = (values[measure].get(topic) for measure in Measure)
        if claimed is None and reviewed is None:
            continue
        span = field.topics.get(topic)
        weight = sum(
            (q.published_weight / len(q.question.topics) for q in sheet.plan.questions if topic in q.question.topics),
            Fraction(0),
        )
        said = words.say(
            "{topic}: {claimed} of 100 as claimed, {supported} with evidence, {reviewed} after review",
            topic=title,
            claimed=figures.share(claimed),
            supported=figures.share(supported),
            reviewed=figures.share(reviewed),
        )
        cells = (
            Cell(text=figures.share(reviewed), tone="strong"),
            Cell(text=figures.share(supported)),
            Cell(text=figures.share(claimed)),
            *([Cell(text=_span(sheet, span))] if field.sections else []),
        )
        strip = dots_strip(said + _reach(sheet, span), reviewed, supported, claimed, span)
        note = words.say("{points} points", points=figures.points(weight))
        rows.append(Strip(label=title, note=note, chart=strip, cells=cells))
    heads = [words.say("Reviewed"), words.say("Evidence"), words.say("Claimed")]
    heads += [words.say("Ranked bids")] if field.topics else []
    key = key_of(TOPIC_MARKS, set() if field.topics else {"field"}, words)
    return Strips(heads=tuple(heads), axis=axis(words=words), rows=tuple(rows), key=key)
