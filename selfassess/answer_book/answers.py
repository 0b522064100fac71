"""The sheet of answers: a row for each question, and one for each option where several can be ticked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from selfassess.answer_book import looks
from selfassess.answer_book.book import Book, Labels
from selfassess.answer_book.greying import Greying
from selfassess.answer_book.lists import Lists
from selfassess.answer_book.sentences import sentence
from selfassess.answer_book.values import is_ticked, shown_value
from selfassess.model.questionnaire import Kind, Question
from selfassess.model.tender import Lot
from selfassess.plan import asked_in

ID, NUMBER, TEXT, ANSWER, UNIT, CLAIM, COMMENT, SECRET = range(1, 9)
COLUMNS = {ANSWER: "answer", CLAIM: "not_applicable", COMMENT: "comment", SECRET: "confidential"}
WIDTHS = {NUMBER: 13, TEXT: 70, ANSWER: 30, UNIT: 18, CLAIM: 30, COMMENT: 36, SECRET: 30}
FIRST_ROW = 4


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: a head of a section, a question, its help, or an option."""

    kind: str
    id: str = ""
    text: str = ""
    question: Question | None = None
    option: str | None = None


def _rows(book: Book, asked: frozenset[str], said_none: frozenset[str]) -> Iterator[_Row]:
    for section in book.named.sections:
        questions = [question for question in section.questions if question.id in asked]
        if not questions:
            continue
        yield _Row("section", text=book.text(f"section/{section.id}/title"))
        if section.intro:
            yield _Row("help", text=book.text(f"section/{section.id}/intro"))
        for question in questions:
            yield _Row("question", question.id, book.text(f"{question.id}/text"), question)
            if question.help:
                yield _Row("help", text=book.text(f"{question.id}/help"))
            if question.type is Kind.CHOICES:
                for option in question.options:
                    text = book.text(f"{question.id}/{option.id}/text")
                    yield _Row("option", f"{question.id}/{option.id}", text, question, option.id)
                if question.id in said_none or not any(option.exclusive for option in question.options):
                    yield _Row("option", f"{question.id}/", book.say("None of these"), question, "")


def write_answers(
    sheet: Any,
    book: Book,
    lists: Lists,
    tables: Mapping[str, str],
    *,
    lot: str | None = None,
) -> None:
    """Write the answers to all lots, or those that differ in one ``lot``; ``tables`` are titles of tables' sheets.

    A question that is not asked has a row where it is answered nevertheless: no answer is lost.
    """
    lots = {one.id: one for one in book.tender.lots} if book.tender else {}
    wanted: list[Lot | None] = [lots.get(lot)] if lot else [*lots.values()] or [None]
    response = book.response
    own = [response.get(key, {}) for key in ("answers", "not_applicable", "comments", "confidential")]
    if lot:
        own = [response.get(key, {}).get(lot, {}) for key in ("lot_answers", "lot_not_applicable")]
    asked = frozenset[str]().union(*(asked_in(book.named, one) for one in wanted), *own)
    said_none = frozenset(id_ for id_, answer in own[0].items() if answer == [])
    rows = list(_rows(book, asked, said_none))
    places = {row.id: at for at, row in enumerate(rows, FIRST_ROW) if row.id}
    _Answers(sheet, book, lists, tables, lot).write(rows, places)


class _Answers:
    def __init__(self, sheet: Any, book: Book, lists: Lists, tables: Mapping[str, str], lot: str | None) -> None:
        response = book.response
        self.sheet, self.book, self.lists, self.lot, self.tables = sheet, book, lists, lot, tables
        if lot is None:
            self.answers, self.claims = response.get("answers", {}), response.get("not_applicable", {})
        else:
            self.answers = response.get("lot_answers", {}).get(lot, {})
            self.claims = response.get("lot_not_applicable", {}).get(lot, {})
        self.comments, self.secrets = response.get("comments", {}), response.get("confidential", {})
        self.columns = COLUMNS if lot is None else {ANSWER: COLUMNS[ANSWER], CLAIM: COLUMNS[CLAIM]}
        self.rules: dict[str, Any] = {}

    def write(self, rows: list[_Row], places: Mapping[str, int]) -> None:
        self._heads()
        for at, row in enumerate(rows, FIRST_ROW):
            if row.question is None:
                (self._section if row.kind == "section" else self._help)(at, row)
            elif row.option is None:
                self._question(at, row.text, row.question)
            else:
                self._option(at, row, row.question)
        self._grey(rows, places)
        for rule in self.rules.values():
            self.sheet.add_data_validation(rule)
        self.sheet.freeze_panes = self.sheet.cell(FIRST_ROW, ANSWER)
        looks.protect(self.sheet)

    def _heads(self) -> None:
        sheet, say = self.sheet, self.book.say
        for column, id_ in self.columns.items():
            looks.put(sheet.cell(1, column), id_)
        for column, width in WIDTHS.items():
            sheet.column_dimensions["ABCDEFGH"[column - 1]].width = width
        title = say("Answers") if self.lot is None else self.book.lot_titles.of(self.lot)
        looks.put(sheet.cell(2, NUMBER), title)
        looks.title(sheet.cell(2, NUMBER), wraps=False)
        sheet.row_dimensions[2].height = 26
        if self.lot is not None:
            looks.put(
                sheet.cell(2, ANSWER), say("Only what differs in this lot; an empty cell is answered as for all lots.")
            )
            looks.quiet(sheet.cell(2, ANSWER), wraps=False)
        names = {
            NUMBER: say("No."), TEXT: say("Question"), ANSWER: say("Answer"), UNIT: say("Unit"),
            CLAIM: say("Does not apply, because"), COMMENT: say("Comment"), SECRET: say("Trade secret, because"),
        }  # fmt: skip
        for column, name in names.items():
            if column in self.columns or column in (NUMBER, TEXT, UNIT):
                looks.put(sheet.cell(FIRST_ROW - 1, column), name)
                looks.head(sheet.cell(FIRST_ROW - 1, column))

    def _section(self, at: int, row: _Row) -> None:
        cell = self.sheet.cell(at, NUMBER)
        looks.put(cell, row.text)
        looks.title(cell, size=14, wraps=False)
        self.sheet.row_dimensions[at].height = 30

    def _help(self, at: int, row: _Row) -> None:
        cell = self.sheet.cell(at, TEXT)
        looks.put(cell, row.text)
        looks.quiet(cell)
        self.sheet.row_dimensions[at].height = looks.height([(row.text, WIDTHS[TEXT] * 1.08)])

    def _question(self, at: int, asked: str, question: Question) -> None:
        sheet, id_ = self.sheet, question.id
        looks.put(sheet.cell(at, ID), id_)
        looks.put(sheet.cell(at, NUMBER), id_)
        looks.strong(sheet.cell(at, NUMBER))
        if question.enable_when is not None:
            asked += "\n" + self.book.say(
                "Asked when {condition}.", condition=sentence(self.book, question.enable_when)
            )
        looks.put(sheet.cell(at, TEXT), asked)
        looks.strong(sheet.cell(at, TEXT))
        sheet.row_dimensions[at].height = looks.height([(asked, WIDTHS[TEXT] * 0.95)]) + 6
        self._answer(at, question)
        if question.not_applicable:
            reasons = self.book.terms("reason", question.not_applicable)
            self._field(at, CLAIM, shown_value(Kind.CHOICE, self.claims.get(id_), reasons), reasons)
        for column, said in ((COMMENT, self.comments), (SECRET, self.secrets)):
            if column in self.columns:
                self._field(at, column, said.get(id_) or None)

    def _answer(self, at: int, question: Question) -> None:
        plain = self.answers.get(question.id)
        if question.table is not None:
            self._field(at, ANSWER, self.book.no_rows.of("none") if plain == [] else None, self.book.no_rows)
            cell = self.sheet.cell(at, UNIT)
            looks.put(cell, self.book.say("sheet {title}", title=self.tables[question.id]))
            looks.quiet(cell)
            cell.hyperlink = f"#'{self.tables[question.id]}'!A1"
            return
        if question.type is Kind.CHOICES:
            return
        choices = self.book.values(question, question.id)
        self._field(at, ANSWER, shown_value(question.type, plain, choices), choices, question)
        unit = (
            "%" if question.type is Kind.PERCENT else self.book.text(f"{question.id}/unit") if question.unit else None
        )
        looks.put(self.sheet.cell(at, UNIT), unit)
        looks.quiet(self.sheet.cell(at, UNIT))

    def _option(self, at: int, row: _Row, question: Question) -> None:
        looks.put(self.sheet.cell(at, ID), row.id)
        looks.put(self.sheet.cell(at, TEXT), row.text)
        self.sheet.cell(at, TEXT).alignment = looks.TOP
        is_held = row.option is not None and is_ticked(self.answers.get(question.id), row.option)
        self._field(at, ANSWER, self.book.ticked.of(True) if is_held else None, self.book.ticked)
        self.sheet.row_dimensions[at].height = looks.height([(row.text, WIDTHS[TEXT])])

    def _field(
        self, at: int, column: int, value: Any, choices: Labels | None = None, asked: Question | None = None
    ) -> None:
        cell = self.sheet.cell(at, column)
        looks.field(cell)
        looks.put(cell, value)
        rule = self._rule(choices, asked)
        if rule is not None:
            rule.add(cell)

    def _rule(self, choices: Labels | None, asked: Question | None) -> Any:
        if choices is not None:
            key = self.lists.range_of(choices)
            return self.rules.setdefault(key, self.lists.chooses(choices))
        rule = looks.written(asked, rule_words(self.book)) if asked is not None else None
        return None if rule is None else self.rules.setdefault(f"{rule.type} {rule.formula1} {rule.formula2}", rule)

    def _grey(self, rows: list[_Row], places: Mapping[str, int]) -> None:
        if self.lot is not None:
            return  # an empty cell there means the answer to all lots, which stands on another sheet

        def cell_of(target: str, option: object) -> str | None:
            at = places.get(target if option is None else f"{target}/{option}")
            return f"$D${at}" if at else None

        def label_of(target: str, value: object) -> str | None:
            question = questions[target]
            choices = self.book.values(question, target)
            return self.lists.cell_of(choices, value) if choices is not None else None

        questions = {question.id: question for question in self.book.named.questions()}
        greying = Greying(questions, cell_of, label_of)
        for at, row in enumerate(rows, FIRST_ROW):
            question = row.question
            if question is not None and question.enable_when is not None:
                formula = greying.formula(question.enable_when)
                if formula is not None:
                    looks.grey(self.sheet, f"B{at}:H{at}", formula)


def rule_words(book: Book) -> dict[str, tuple[str, str]]:
    """Return what cells say of what cannot be typed into them, title and text."""
    return {
        "number": (book.say("A number"), book.say("Type a number within the bounds of the question.")),
        "date": (book.say("A date"), book.say("Type a date, such as 2026-11-20.")),
        "text": (book.say("Too long"), book.say("Type a shorter text.")),
    }
