"""A table of the questionnaire as a sheet: a column for each column, several where ticks are asked, and empty rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl.utils import get_column_letter

from selfassess.answer_book import looks
from selfassess.answer_book.answers import rule_words
from selfassess.answer_book.book import HEAD, LOT_COLUMN, Book, Labels
from selfassess.answer_book.lists import Lists
from selfassess.answer_book.values import is_ticked, shown_value
from selfassess.model.questionnaire import Column, Kind, Question, Table

HEAD_ROW, FIRST_ROW, FIRST_COLUMN = 4, 5, 2
SPARE_ROWS = 40  # that can be typed into, below those that are filled in
WIDTH, TEXT_WIDTH, WIDEST, TITLE_WIDTH = 16, 28, 48, 120


@dataclass(frozen=True, slots=True)
class _Column:
    """A column of the sheet: that of the table, or one option of it."""

    id: str
    text: str
    column: Column | None
    choices: Labels | None
    option: str | None = None


def _columns(book: Book, question: Question, table: Table) -> Iterator[_Column]:
    if book.lots:
        yield _Column(LOT_COLUMN, book.say("Only for the lot"), None, book.lot_titles)
    for column in table.columns:
        at = f"{question.id}/columns/{column.id}"
        text = book.text(f"{at}/text")
        if column.unit:
            text += f" ({book.text(f'{at}/unit')})"
        if column.required or column.id in (table.key, table.weight):
            text += f" ({book.say('needed')})"
        if column.type is not Kind.CHOICES:
            yield _Column(column.id, text, column, book.values(column, at))
            continue
        for option in column.options:
            said = f"{text}: {book.text(f'{at}/{option.id}/text')}"
            yield _Column(f"{column.id}/{option.id}", said, column, book.ticked, option.id)
        says_none = any(row.get(column.id) == [] for _, row in _rows(book.response, question.id))
        if says_none or not any(option.exclusive for option in column.options):
            yield _Column(f"{column.id}/", f"{text}: {book.say('None of these')}", column, book.ticked, "")


def write_table(sheet: Any, book: Book, lists: Lists, question: Question, table: Table) -> None:
    """Write the sheet of one question that is a table, with the rows that the response has."""
    columns = list(_columns(book, question, table))
    looks.put(sheet.cell(2, FIRST_COLUMN), f"{question.id}  {book.text(f'{question.id}/text')}")
    looks.title(sheet.cell(2, FIRST_COLUMN), size=14)
    last = max(FIRST_COLUMN + len(columns) - 1, FIRST_COLUMN + 3)
    widths = [_width(one) for one in columns]
    whole = min(TITLE_WIDTH, sum(widths) + WIDTH * max(0, last - FIRST_COLUMN + 1 - len(widths)))
    sheet.merge_cells(start_row=2, start_column=FIRST_COLUMN, end_row=2, end_column=last)
    sheet.row_dimensions[2].height = looks.height([(book.text(f"{question.id}/text"), whole * 0.7)]) + 10
    if question.help:
        help_ = book.text(f"{question.id}/help")
        looks.put(sheet.cell(3, FIRST_COLUMN), help_)
        looks.quiet(sheet.cell(3, FIRST_COLUMN))
        sheet.merge_cells(start_row=3, start_column=FIRST_COLUMN, end_row=3, end_column=last)
        sheet.row_dimensions[3].height = looks.height([(help_, whole)]) + 4
    looks.put(sheet.cell(HEAD_ROW, 1), HEAD)
    for number, (one, width) in enumerate(zip(columns, widths, strict=True), FIRST_COLUMN):
        looks.put(sheet.cell(1, number), one.id)
        looks.put(sheet.cell(HEAD_ROW, number), one.text)
        looks.head(sheet.cell(HEAD_ROW, number))
        sheet.column_dimensions[get_column_letter(number)].width = width
    heads = [(one.text, width * 0.85) for one, width in zip(columns, widths, strict=True)]
    sheet.row_dimensions[HEAD_ROW].height = looks.height(heads) + 4
    rows = list(_rows(book.response, question.id))
    _write_rows(sheet, book, lists, columns, rows)
    for at in range(FIRST_ROW, FIRST_ROW + len(rows)):
        said = [str(sheet.cell(at, FIRST_COLUMN + number).value or "") for number in range(len(columns))]
        sheet.row_dimensions[at].height = looks.height(list(zip(said, widths, strict=True)))
    sheet.freeze_panes = sheet.cell(FIRST_ROW, FIRST_COLUMN + (2 if book.lots else 1))
    looks.protect(sheet)


def _width(one: _Column) -> float:
    """Return how wide a column is: a list as wide as its labels, a text wide, a number narrow."""
    if one.choices is not None and one.option is None:
        return min(WIDEST, max(WIDTH, *(len(label) + 4 for label in one.choices.shown.values())))
    return TEXT_WIDTH if one.column is not None and one.column.type is Kind.TEXT else WIDTH


def _rows(response: Mapping[str, Any], id_: str) -> Iterator[tuple[str | None, Mapping[str, Any]]]:
    """Yield the rows of a table, those of single lots with the lot."""
    for row in response.get("answers", {}).get(id_) or []:
        yield None, row
    for lot, answers in response.get("lot_answers", {}).items():
        for row in answers.get(id_) or []:
            yield lot, row


def _write_rows(
    sheet: Any, book: Book, lists: Lists, columns: list[_Column], rows: list[tuple[str | None, Mapping[str, Any]]]
) -> None:
    end = FIRST_ROW + len(rows) + SPARE_ROWS - 1
    words = rule_words(book)
    for number, one in enumerate(columns, FIRST_COLUMN):
        for at in range(FIRST_ROW, end + 1):
            cell = sheet.cell(at, number)
            looks.field(cell)
            if at - FIRST_ROW < len(rows):
                looks.put(cell, _value(one, *rows[at - FIRST_ROW]))
        rule = lists.chooses(one.choices) if one.choices is not None else None
        if rule is None and one.column is not None:
            rule = looks.written(one.column, words)
        if rule is not None:
            letter = get_column_letter(number)
            rule.add(f"{letter}{FIRST_ROW}:{letter}{end}")
            sheet.add_data_validation(rule)


def _value(one: _Column, lot: str | None, row: Mapping[str, Any]) -> Any:
    if one.column is None:
        return one.choices.of(lot) if lot is not None and one.choices is not None else None
    plain = row.get(one.column.id)
    if one.option is None:
        return shown_value(one.column.type, plain, one.choices)
    return one.choices.of(True) if is_ticked(plain, one.option) and one.choices is not None else None
