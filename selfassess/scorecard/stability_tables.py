"""The tables on a lot's stability: tying prices, claims, bids left out, weights that told, answers at an edge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

from selfassess.award.models import is_relative
from selfassess.languages import Words, message
from selfassess.model.ranking import LotRanking
from selfassess.model.tender import PriceModel
from selfassess.numbers import shown_apart
from selfassess.plan import ScoringPlan
from selfassess.scorecard.figures import Figures
from selfassess.scorecard.further_cards import TableCard
from selfassess.scorecard.verdicts import listed
from selfassess.wording import figure

NAME_CHARACTERS = 52
NARROWEST = 6  # questions beside the sections
LONGEST = 8  # rows of a table; all of them are in the JSON of the results
NAMED = 3  # claims of one set whose points are said
CLIFFS = {  # the gravest first
    "gate": message("the minimum requirement"),
    "condition": message("whether {of} is asked"),
    "jump": message("a jump of its score"),
    "step": message("a step of its score"),
    "row": message("a condition on its rows"),
}


class Page:
    """One lot's page: the plain data that is printed, and how names and figures are said."""

    def __init__(
        self, plain: Mapping[str, Any], plan: ScoringPlan, ranking: LotRanking, model: PriceModel, language: str
    ) -> None:
        self.plain, self.plan, self.ranking, self.model, self.language = plain, plan, ranking, model, language
        self.figures = Figures(language, plan.profile.decimals)
        self.titles = {section.section.id: section.section.title for section in plan.sections}
        self.texts = {planned.id: planned.question.text for planned in plan.questions}

    @property
    def words(self) -> Words:
        """Return the words of the report."""
        return self.figures.words

    def said(self, number: Mapping[str, str] | None) -> str:
        """Return the shown form of a number, in the report's language."""
        return self.words.say("none") if number is None else figure(number["shown"], self.language)

    def measured(self, text: str) -> str:
        """Return a number or a day that stands as a text in the data, in the report's language."""
        is_day = text[1:].count("-") == 2  # noqa: PLR2004  2027-01-31
        return self.figures.day(date.fromisoformat(text)) if is_day else figure(text, self.language)

    def name(self, id_: str) -> str:
        """Return a section's title, or a question's id with the beginning of its text."""
        return self.titles.get(id_) or f"{id_} {self.text(id_)}"

    def text(self, id_: str) -> str:
        """Return the beginning of a question's text, whole words."""
        text = self.texts[id_]
        return text if len(text) <= NAME_CHARACTERS else f"{text[:NAME_CHARACTERS].rpartition(' ')[0]} …"

    def order(self, key: str) -> list[str]:
        """Return the suppliers of a ranking in order, with their ranks, to be compared."""
        return [f"{place['rank']}. {place['supplier']}" for place in self.plain[key]]


def stability_tables(page: Page) -> tuple[TableCard, ...]:
    """Return the tables of one lot that have something to say."""
    tables = [_tying(page), *_decisive(page), _left_out(page), _without(page), _effective(page), _cliffs(page)]
    return tuple(table for table in tables if table is not None)


def _table(
    page: Page, title: str, said: str, head: Sequence[str], rows: Sequence[Sequence[str]], *, first: str = ""
) -> TableCard:
    """Return a table of at most so many rows as a page bears, and how many more there are."""
    kept = [tuple(row) for row in rows[:LONGEST]]
    if len(rows) > LONGEST:
        more = page.words.say("The first {first} of {all}; all are in stability.json.", first=LONGEST, all=len(rows))
        said = f"{said} {more}".strip()
    return TableCard(title=title, said=said, head=tuple(head), rows=tuple(kept), first=first)


def _tying(page: Page) -> TableCard | None:
    """Return which prices would make a rival's figure equal the leader's."""
    found = page.plain["tying_prices"]
    if not found:
        return None
    prices, words = {standing.supplier: standing.price for standing in page.ranking.standings}, page.words
    rows = []
    for one in found:
        cells = [words.say("{first} and {other}", first=one["leader"], other=one["rival"])]
        for who in ("leader", "rival"):
            price, now = one[f"{who}_price"], prices[one[who]]
            cells.append(words.say("no price does") if price is None or now is None else _move(page, price, now))
        rows.append(cells)
    currency = page.model.currency
    head = (
        words.say("Bids"),
        words.say("Price of the first, {currency}", currency=currency),
        words.say("Price of the other, {currency}", currency=currency),
    )
    said = words.say(
        "The one price at which the two figures would be equal, everything else unchanged, and how far it is away."
    )
    return _table(page, words.say("Prices that would tie"), said, head, rows)


def _move(page: Page, price: Mapping[str, str], now: Decimal) -> str:
    change = 100 * (Fraction(price["exact"]) - Fraction(now)) / Fraction(now) if now else Fraction(0)
    sign = "+" if change > 0 else ""
    return f"{page.said(price)} ({sign}{figure(shown_apart(change, [Fraction(0)], 1), page.language)} %)"


def _decisive(page: Page) -> list[TableCard]:
    """Return for each leader the claims without which it would lose its place."""
    tables, words = [], page.words
    said = words.say("Each row is a smallest set: all of it lost, the place is lost; one of it kept, it is kept.")
    head = (words.say("Claims"), words.say("Loses"))
    for one in page.plain["decisive_claims"]:
        claims = {claim["question"]: claim for claim in one["claims"]}
        sets = sorted(one["sets"], key=partial(_gravity, claims))
        rows = [_lost(page, each, claims) for each in (sets or [one["smallest"]]) if each]
        if rows:
            title = words.say("Claims that decide for {bid}", bid=one["supplier"])
            tables.append(_table(page, title, said, head, rows, first="c-half"))
    return tables


def _gravity(claims: Mapping[str, Mapping[str, Any]], questions: Sequence[str]) -> tuple[int, Fraction]:
    """Return what sorts sets of claims: the smallest first, and of these the heaviest."""
    return len(questions), -sum((Fraction(claims[id_]["points"]["exact"]) for id_ in questions), Fraction(0))


def _lost(page: Page, questions: Sequence[str], claims: Mapping[str, Mapping[str, Any]]) -> tuple[str, str]:
    """Return a set of claims and what each of them loses."""
    named = page.name(questions[0]) if len(questions) == 1 else listed(questions, page.words)
    what, more = [_loses(page, claims[id_]) for id_ in questions[:NAMED]], len(questions) - NAMED
    if more > 0:
        what.append(page.words.say_many("{n} more", "{n} more", more))
    return named, "; ".join(what)


def _loses(page: Page, claim: Mapping[str, Any]) -> str:
    words, points = page.words, page.said(claim["points"])
    if not Fraction(claim["points"]["exact"]):
        said = words.say("a minimum requirement") if claim["gate"] else words.say("what others rest on")
    elif claim["gate"]:
        said = words.say("{points} points and a minimum requirement", points=points)
    else:
        said = words.say("{points} points", points=points)
    return words.say("{lost} (N/A)", lost=said) if claim["not_applicable"] else said


def _place(page: Page, place: Mapping[str, Any]) -> str:
    return f"{place['rank']}. ({page.said(place['figure'])})"


def _left_out(page: Page) -> TableCard | None:
    """Return the order without each bid: always where bids are measured against each other, else where it changes."""
    found = page.plain["leave_one_out"]
    if not is_relative(page.model) and not any(one["changes_order"] for one in found):
        return None
    words = page.words
    rows = [
        (
            words.say("without {bid}", bid=one["without"]),
            words.say("✗ changes") if one["changes_order"] else words.say("✓ the same"),
            ", ".join(
                f"{place['rank']}. {place['supplier']} ({page.said(place['figure'])})" for place in one["ranking"]
            ),
        )
        for one in found
    ]
    head = (words.say("Bid"), words.say("Order of the others"), words.say("Ranking with figures"))
    return _table(page, words.say("Bids left out one by one"), "", head, rows)


def _without(page: Page) -> TableCard | None:
    """Return the ranking with every N/A as 0, where it is another."""
    before = {place["supplier"]: place for place in page.plain["ranking"]}
    after = {place["supplier"]: place for place in page.plain["without_not_applicable"]}
    if page.order("ranking") == page.order("without_not_applicable"):
        return None
    words = page.words
    rows = [
        (
            supplier,
            f"{place['rank']}. ({page.said(place['figure'])})",
            f"{after[supplier]['rank']}. ({page.said(after[supplier]['figure'])})"
            if supplier in after
            else words.say("not ranked"),
        )
        for supplier, place in before.items()
    ]
    head = (words.say("Bid"), words.say("Place and figure"), words.say("With every N/A as 0"))
    return _table(page, words.say("If every N/A counted 0"), "", head, rows)


def _effective(page: Page) -> TableCard:
    """Return by how many points the criteria really set the bids apart, the sections and the strongest questions."""
    found = page.plain["effective_weights"]
    sections = [one for one in found if one["level"] == "section"]
    questions = [one for one in found if one["level"] == "question"]
    questions.sort(key=lambda one: (-Fraction(one["effective"]["exact"]), one["id"]))
    rows = [
        (page.name(one["id"]), *(page.said(one[key]) for key in ("weight", "lowest", "highest", "effective")))
        for one in (*sections, *questions[:NARROWEST])
    ]
    words = page.words
    said = words.say(
        "A weight is what was published, the range is what the compared bids met; their product is what it did."
    )
    prices, qualities = page.plain["spread_of_prices"], page.plain["spread_of_qualities"]
    if prices and qualities:
        apart = words.say(
            "Prices set the figures {prices} apart, qualities {qualities}.",
            prices=page.said(prices),
            qualities=page.said(qualities),
        )
        said = f"{said} {apart}"
    head = (
        *(words.say("Section or question"), words.say("Weight of 100"), words.say("Lowest value")),
        *(words.say("Highest value"), words.say("Sets apart, points")),
    )
    return _table(page, words.say("What set the bids apart"), said, head, rows, first="c-half")


def _cliffs(page: Page) -> TableCard | None:
    """Return the answers that lie within one unit of a threshold, what may exclude a bid first."""
    words = page.words
    places, kinds = {place["supplier"]: place["rank"] for place in page.plain["ranking"]}, list(CLIFFS)

    def urgency(one: Mapping[str, Any]) -> tuple[int, int]:
        return kinds.index(one["cliff"]), places.get(one["supplier"], len(places) + 1)

    rows = [
        (
            one["supplier"],
            f"{one['question']}{'/' + one['row'] if one['row'] else ''}{', ' + one['column'] if one['column'] else ''}",
            page.measured(one["answer"]),
            page.measured(one["threshold"]),
            words.say(CLIFFS[one["cliff"]], of=one["of"]),
        )
        for one in sorted(page.plain["near_cliffs"], key=urgency)
    ]
    if not rows:
        return None
    said = words.say(
        "Answers within one unit of a figure at which something changes: worth a second look at their evidence."
    )
    head = (
        *(words.say("Bid"), words.say("Question"), words.say("Answer"), words.say("Threshold")),
        words.at("what a threshold belongs to").say("Of"),
    )
    return _table(page, words.say("Answers close to a threshold"), said, head, rows)
