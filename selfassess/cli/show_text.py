"""A prospectus for the terminal: contents first, then every question with what it takes and what it is worth."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import click

from selfassess.cli.laying import columns, headline, labelled, table, wrapped
from selfassess.prospectus.cards import (
    Choice,
    CoverageCard,
    Fact,
    MatrixCell,
    Prospectus,
    QuestionPage,
    SectionPage,
    Worth,
)

INDENT, ROOM = 5, 14
BROKEN = {
    "environment": ("environ-", "ment"),
    "circularity": ("circu-", "larity"),
    "transparency": ("transpa-", "rency"),
}


def lines_of(shown: Prospectus) -> Iterator[str]:
    """Yield a prospectus line by line."""
    if not shown.is_part:
        yield from headline(f"{shown.title} · {shown.subtitle}", "═")
        yield from _front(shown)
    for number, section in enumerate(shown.sections):
        if number or not shown.is_part:
            yield ""
        yield from _section(section, is_part=shown.is_part)
    if not shown.is_part:
        yield ""
        yield from _facts("Documents", shown.digests)


def _front(shown: Prospectus) -> Iterator[str]:
    if shown.description:
        yield ""
        yield from wrapped(shown.description)
    yield ""
    for fact in shown.facts:
        yield from labelled(fact.label, fact.value)
    yield from _contents(shown)
    if shown.requirements:
        yield from _head("What every bid must meet")
        for required in shown.requirements:
            yield from labelled(
                required.question, f"{required.text} Asked: {required.asked}. {required.lots}", room=ROOM
            )
    yield from _facts("How answers become points", shown.method)
    yield from _facts("Grades of evidence", shown.grades)
    yield from _facts("Kinds of documents", shown.kinds)
    if shown.reasons:
        yield from _facts("Reasons why a question may not apply", shown.reasons)


def _head(text: str) -> Iterator[str]:
    yield ""
    yield click.style(text, bold=True)


def _facts(title: str, facts: Sequence[Fact]) -> Iterator[str]:
    yield from _head(title)
    room = min(20, max((len(fact.label) for fact in facts), default=0) + 2)
    for fact in facts:
        yield from labelled(fact.label, fact.value, room=room)


def _contents(shown: Prospectus) -> Iterator[str]:
    yield from _head("Contents (show a part with --section ID or --question ID)")
    for section in shown.sections:
        worth = "; ".join(_in_lot(worth) for worth in section.worths)
        yield from labelled(section.id, f"{section.title}: {worth}, {section.counted}", room=20)
        yield from labelled("", ", ".join(question.id for question in section.questions), room=20)


def _in_lot(worth: Worth) -> str:
    said = f"{worth.points} of 100 points" if worth.points else worth.said
    return f"{worth.lot} {said}" if worth.lot else said


def _section(section: SectionPage, *, is_part: bool) -> Iterator[str]:
    yield from headline(f"{section.title} · {'; '.join(_in_lot(worth) for worth in section.worths)}")
    if section.intro and not is_part:
        yield from wrapped(section.intro)
    weights = [f"{worth.said}{' in ' + worth.lot if worth.lot else ''}" for worth in section.worths if worth.points]
    if weights:
        yield from wrapped(f"Weight: {'; '.join(weights)}. {section.counted}.")
    for question in section.questions:
        yield ""
        yield from _question(question)


def _question(question: QuestionPage) -> Iterator[str]:
    hanging = max(INDENT, len(question.id) + 2)
    for line in wrapped(f"{question.id.ljust(hanging - 2)}  {question.text}", hanging=hanging):
        yield click.style(line, bold=True)
    if question.help:
        yield from wrapped(question.help, indent=INDENT)
    yield from _said("weight", " / ".join(_worth(worth) for worth in question.worths) or "no points")
    yield from _said("answer", question.answer)
    for option in question.options:
        yield from _option(option, INDENT + ROOM)
    for column in question.columns:
        yield from wrapped(f"· {column.id}: {column.text}; {column.takes}", indent=INDENT + ROOM, hanging=2)
        for option in column.options:
            yield from _option(option, INDENT + ROOM + 2)
    yield from _said("scored by", question.rule)
    for line in question.rule_lines:
        yield from wrapped(f"- {line}", indent=INDENT + ROOM, hanging=2)
    yield from _terms(question)


def _terms(question: QuestionPage) -> Iterator[str]:
    """Yield what holds for a question besides its answer; what it does not have is left out."""
    yield from _said("must be met", question.gate)
    yield from _said("asked only", f"when {question.condition}" if question.condition else "")
    yield from _said("may not apply", "; ".join(question.not_applicable))
    yield from _said("evidence", question.evidence)
    for check in question.checks:
        yield from _said("checked", check)
    for ground in question.grounds:
        doubt = "confirmed" if ground.is_confirmed else "not confirmed in its source"
        yield from _said("reference", f"{ground.text} ({doubt})")
    yield from _said("about", question.place)


def _option(option: Choice, indent: int) -> Iterator[str]:
    worth = f" ({option.worth})" if option.worth else ""
    text = option.text if option.text == option.id else f"{option.id}: {option.text}"
    yield from wrapped(f"- {text}{worth}", indent=indent, hanging=2)


def _worth(worth: Worth) -> str:
    lot = f"{worth.lot}: " if worth.lot else ""
    return f"{lot}{worth.points} of 100 points; {worth.said}" if worth.points else f"{lot}{worth.said}"


def _said(label: str, text: str) -> Iterator[str]:
    if text:
        yield from labelled(label, text, indent=INDENT, room=ROOM)


def coverage_lines(card: CoverageCard) -> Iterator[str]:
    """Yield the matrix of stages and topics, the points of the joint statement, and what is empty."""
    if card.lot:
        yield from headline(f"Lot {card.lot}")
    yield click.style("Points of 100 (and scored questions) by life-cycle stage and topic", bold=True)
    body = [[line.label, *map(_cell, line.cells)] for line in card.lines]
    foot = ["all stages", *map(_cell, card.sums), ""]
    whole = [["", *card.topics, "all topics"], *body, foot]
    yield from _fitting(whole)
    yield ""
    yield click.style("By point of the joint statement", bold=True)
    rows = [(line.label, line.cells[0].points or "-", line.cells[0].count or "-", line.note) for line in card.points]
    room = max(len(row[0]) for row in rows) + 2
    for label, points, count, note in rows:
        yield from labelled(label, f"{points.rjust(6)} ({count.rjust(2)})  {note}", room=room)
    yield ""
    yield click.style("Without points", bold=True)
    yield from wrapped(", ".join(card.empty) or "no cell")
    for line in card.lines:
        if line.note:
            yield from labelled(line.label, line.note)
    yield ""
    yield from wrapped(card.rule)


def _cell(cell: MatrixCell) -> str:
    return f"{cell.points} ({cell.count})" if cell.points else "-"


def _fitting(rows: list[list[str]]) -> Iterator[str]:
    """Yield a table of figures as wide as it may be: heads are broken, then the last column moves below."""
    figures = range(1, len(rows[0]))
    if _width(rows) <= columns():
        yield from table(rows, right=figures)
        return
    heads = [_broken(head) for head in rows[0]]
    low = [[head[1] for head in heads], *rows[1:]]
    high = [head[0] for head in heads]
    if _width([high, *low]) > columns():
        sums = [f"{row[0]} {row[-1]}" for row in rows[1:-1]]
        rest = [row[:-1] for row in (high, *low)]
        yield from _two_heads(rest)
        yield from wrapped(f"all topics: {', '.join(sums)}", hanging=2)
    else:
        yield from _two_heads([high, *low])


def _two_heads(rows: list[list[str]]) -> Iterator[str]:
    figures = range(1, len(rows[0]))
    for number, line in enumerate(table(rows, right=figures)):
        yield click.style(line, bold=True) if number == 1 else line


def _width(rows: list[list[str]]) -> int:
    return sum(max(len(row[column]) for row in rows) for column in range(len(rows[0]))) + 2 * (len(rows[0]) - 1)


def _broken(head: str) -> tuple[str, str]:
    """Return a head on two lines: at a space, or hyphenated where it is long."""
    high, _, low = head.rpartition(" ")
    return BROKEN.get(head, (high, low))
