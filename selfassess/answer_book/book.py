"""What a workbook of answers is made of: a questionnaire in a language, lots, and labels in all languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from selfassess.languages import Texts, Words
from selfassess.model.questionnaire import Column, Kind, Question, Questionnaire
from selfassess.model.tender import Tender
from selfassess.schemas import Document

MARK = "selfassess"  # begins what the first cell of each sheet says, in the hidden first row and column
ANSWERS, SUPPLIER, EVIDENCE, LISTS = "answers", "supplier", "evidence", "lists"
TABLE, LOT = "table", "lot"
HEAD = "head"  # in the hidden first column: rows begin below
LOT_COLUMN = "*lot"  # no id of a column has a star
EVIDENCE_COLUMNS = (
    *("id", "title", "kind", "grade", "file", "sha256", "issuer", "issued", "expires", "lot", "supports"),
)
GRADES = ("E1", "E2", "E3", "E4")

Label = tuple[object, str]  # what an answer says in a response, and how a cell says it


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of one list: as this workbook shows them, and what each label of any language stands for."""

    shown: Mapping[object, str]
    meant: Mapping[str, object]

    def of(self, value: object) -> str:
        """Return how a cell says a value."""
        return self.shown.get(value, str(value))

    def meaning(self, text: str) -> object | None:
        """Return what a label or an id means, in whatever language and case; None where it means nothing."""
        return self.meant.get(_folded(text))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


@dataclass(frozen=True, kw_only=True)
class Book:
    """A questionnaire (or a tender's) as a workbook: ``texts`` and ``words`` begin with the language that it is in.

    ``response`` is the document that fills it in, without errors, or nothing.
    """

    questionnaire: Document[Questionnaire]
    tender: Tender | None
    texts: Sequence[Texts]
    words: Sequence[Words]
    response: Mapping[str, Any] = field(default_factory=dict)

    @property
    def named(self) -> Questionnaire:
        """Return the questionnaire."""
        return self.questionnaire.content

    @cached_property
    def all_lots(self) -> tuple[tuple[str, str], ...]:
        """Return id and title of every lot of the tender, or of the response that was made for one."""
        known = {lot.id: lot.title or lot.id for lot in self.tender.lots} if self.tender else {}
        named = [lot for lot in self.response.get("lots", []) if lot not in known]
        return (*known.items(), *((lot, lot) for lot in named))

    @cached_property
    def lots(self) -> tuple[tuple[str, str], ...]:
        """Return the lots that can be answered for by themselves: all where there are several, or some have answers."""
        has_own = any(self.response.get(key) for key in ("lot_answers", "lot_not_applicable"))
        return self.all_lots if len(self.all_lots) > 1 or has_own else ()

    def text(self, context: str) -> str:
        """Return a text of the questionnaire in the workbook's language."""
        return self.texts[0].text(context)

    def say(self, message: str, **values: object) -> str:
        """Return what the program says in the workbook's language."""
        return self.words[0].say(message, **values)

    @cached_property
    def yes_no(self) -> Labels:
        """Return the labels of yes and no."""
        said: list[Mapping[object, str]] = [{True: words.say("Yes"), False: words.say("No")} for words in self.words]
        return labels((True, False), said, known={"true": True, "false": False})

    @cached_property
    def ticked(self) -> Labels:
        """Return the labels of a tick: only yes is offered."""
        return Labels({True: self.yes_no.shown[True]}, self.yes_no.meant)

    @cached_property
    def no_rows(self) -> Labels:
        """Return the label that says that a table has no rows."""
        said: list[Mapping[object, str]] = [{"none": words.say("There are no rows")} for words in self.words]
        return labels(("none",), said)

    def options(self, asked: Question | Column, at: str) -> Labels:
        """Return the labels of a choice; ``at`` is the context of the question or column."""
        ids = [option.id for option in asked.options]
        return labels(ids, [{id_: texts.text(f"{at}/{id_}/text") for id_ in ids} for texts in self.texts])

    def values(self, asked: Question | Column, at: str) -> Labels | None:
        """Return the labels that an answer or a cell chooses from, None where it is written."""
        if asked.type is Kind.BOOLEAN:
            return self.yes_no
        return self.options(asked, at) if asked.type is Kind.CHOICE else None

    def terms(self, kind: str, ids: Sequence[str]) -> Labels:
        """Return the labels of roles (``role``), reasons (``reason``) or kinds of evidence (``evidence``)."""
        return labels(ids, [{id_: texts.text(f"{kind}/{id_}") for id_ in ids} for texts in self.texts])

    @cached_property
    def grades(self) -> Labels:
        """Return the labels of the grades of evidence."""
        return labels(GRADES, [{grade: words.say(_GRADE_WORDS[grade]) for grade in GRADES} for words in self.words])

    @cached_property
    def lot_titles(self) -> Labels:
        """Return the labels of the lots."""
        return labels([id_ for id_, _ in self.all_lots], [dict(self.all_lots)])


_GRADE_WORDS = {
    "E1": "E1 signed statement",
    "E2": "E2 own document",
    "E3": "E3 independent document",
    "E4": "E4 independent monitor",
}


def labels(
    ids: Sequence[object], said: Iterable[Mapping[object, str]], known: Mapping[str, object] | None = None
) -> Labels:
    """Return labels; of two ids that are called the same in a language both have their id behind.

    An id is read as its own label, and ``known`` are further words that mean something.
    """
    by_language = [_apart(ids, one) for one in said]
    meant: dict[str, object] = {}
    ambiguous: set[str] = set()
    for id_ in ids:
        names = {_folded(one[id_]) for one in by_language} | ({_folded(id_)} if isinstance(id_, str) else set())
        for name in names:
            if meant.get(name, id_) != id_:
                ambiguous.add(name)
            meant.setdefault(name, id_)
    kept = {name: id_ for name, id_ in meant.items() if name not in ambiguous}
    return Labels(by_language[0], dict(known or {}) | kept)


def _apart(ids: Sequence[object], said: Mapping[object, str]) -> dict[object, str]:
    count: dict[str, int] = {}
    for id_ in ids:
        count[_folded(said[id_])] = count.get(_folded(said[id_]), 0) + 1
    return {id_: said[id_] if count[_folded(said[id_])] == 1 else f"{said[id_]} ({id_})" for id_ in ids}
