"""The charts of one bid: its sections with minima, and its topics by each measure, beside the ranked bids."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from selfassess.languages import ENGLISH, Words
from selfassess.model.assessment import Measure, Outcome
from selfassess.numbers import shown_apart
from selfassess.scorecard.cards import Cell, Chart, Strip, Strips
from selfassess.scorecard.drawing import Span, axis, dots_strip, key_mark, section_strip
from selfassess.scorecard.figures import HUNDRED
from selfassess.scorecard.saying import OUTCOMES, UNSAID
from selfassess.scorecard.sheet import Field, Sheet, by_topic
from selfassess.scorecard.stages import TOPICS
from selfassess.wording import figure

RANGE = "range of the ranked bids"
SECTION_MARKS = (("reviewed", "after review"), ("claimed", "as claimed"), ("minimum", "minimum"), ("field", RANGE))
TOPIC_MARKS = (
    ("dot-reviewed", "after review"),
    ("tick-supported", "with evidence"),
    ("dot-claimed", "as claimed"),
    ("field", RANGE),
)


def sections_chart(sheet: Sheet, field: Field) -> Strips:
    """Return the sections as bars, each with its minimum and the range of the ranked bids."""
    figures, rows = sheet.figures, []
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
        said = f"{title}: {figures.share(reviewed)} of 100 after review, {figures.share(claimed)} as claimed"
        said += "" if minimum is None else f", at least {figures.plain(minimum * HUNDRED)} required"
        said += "" if span is None else f"; the ranked bids reach from {_span(sheet, span)}"
        strip = section_strip(said, reviewed, claimed, minimum, span)
        note = f"{figures.points(planned.published_weight)} points"
        rows.append(Strip(label=title, note=note, chart=strip, cells=cells))
    without = set() if sheet.plan.profile.minima.sections else {"minimum"}
    without |= set() if field.sections else {"field"}
    heads = ("Reviewed", "Claimed", "Minimum", *(["Ranked bids"] if field.sections else []))
    return Strips(heads=heads, axis=axis(), rows=tuple(rows), key=key_of(SECTION_MARKS, without))


def key_of(
    marks: Sequence[tuple[str, str]],
    without: set[str],
    words: Words = ENGLISH,  # noqa: ARG001
) -> tuple[tuple[Chart, str], ...]:
    """Return the key to the marks of a chart, but for those that do not occur in it."""
    return tuple((key_mark(paint, said), said) for paint, said in marks if paint not in without)


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
    return UNSAID if span is None else f"{sheet.figures.share(span.low)} to {sheet.figures.share(span.high)}"


def profile_chart(sheet: Sheet, field: Field) -> Strips:
    """Return what the bid reaches in each topic by each measure."""
    figures, values = sheet.figures, {measure: by_topic(sheet, measure) for measure in Measure}
    rows = []
    for topic, title in TOPICS.items():
        claimed, supported, reviewed = (values[measure].get(topic) for measure in Measure)
        if claimed is None and reviewed is None:
            continue
        span = field.topics.get(topic)
        weight = sum(
            (q.published_weight / len(q.question.topics) for q in sheet.plan.questions if topic in q.question.topics),
            Fraction(0),
        )
        said = f"{title}: {figures.share(claimed)} of 100 as claimed, {figures.share(supported)} with evidence, "
        said += f"{figures.share(reviewed)} after review"
        said += "" if span is None else f"; the ranked bids reach from {_span(sheet, span)}"
        cells = (
            Cell(text=figures.share(reviewed), tone="strong"),
            Cell(text=figures.share(supported)),
            Cell(text=figures.share(claimed)),
            *([Cell(text=_span(sheet, span))] if field.sections else []),
        )
        strip = dots_strip(said, reviewed, supported, claimed, span)
        rows.append(Strip(label=title, note=f"{figures.points(weight)} points", chart=strip, cells=cells))
    heads = ("Reviewed", "Evidence", "Claimed", *(["Ranked bids"] if field.topics else []))
    return Strips(
        heads=heads, axis=axis(), rows=tuple(rows), key=key_of(TOPIC_MARKS, set() if field.topics else {"field"})
    )
