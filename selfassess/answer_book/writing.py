"""A questionnaire, and a response to it if there is one, becomes a workbook; the same inputs give the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from typing import Any

from openpyxl import Workbook

from selfassess.answer_book import looks
from selfassess.answer_book.answers import write_answers
from selfassess.answer_book.book import ANSWERS, EVIDENCE, LISTS, LOT, MARK, SUPPLIER, TABLE, Book
from selfassess.answer_book.lists import Lists
from selfassess.answer_book.papers import write_evidence, write_supplier
from selfassess.answer_book.tables import write_table

CREATED = datetime(2026, 1, 1)  # noqa: DTZ001  a workbook keeps times without a zone; this one says nothing
CORE = "docProps/core.xml"
MODIFIED, SETTLED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*"), rb"\g<1>2026-01-01T00:00:00Z"
_EPOCH = (1980, 1, 1, 0, 0, 0)
TITLE_CHARACTERS = 31
NO_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def workbook_of(book: Book) -> bytes:
    """Return the workbook of a questionnaire, filled in where the book has a response."""
    made = Workbook()
    made.properties.creator, made.properties.title = "selfassess", book.text("title")
    made.properties.created = CREATED
    lists, titles = Lists(book), _Titles()
    _write_about(made.active, book, titles)
    write_supplier(_sheet(made, titles, book.say("Supplier"), SUPPLIER), book, lists)
    tables = {
        question.id: titles.of(question.id) for section in book.named.sections for question in section.questions
        if question.table is not None
    }  # fmt: skip
    answers = _sheet(made, titles, book.say("Answers"), ANSWERS)
    write_answers(answers, book, lists, tables)
    for id_, title in book.lots:
        sheet = _sheet(made, titles, title, f"{LOT} {id_}")
        write_answers(sheet, book, lists, tables, lot=id_)
    for question in book.named.questions():
        if question.table is not None:
            sheet = _sheet(made, titles, tables[question.id], f"{TABLE} {question.id}", is_named=True)
            write_table(sheet, book, lists, question, question.table)
    write_evidence(_sheet(made, titles, book.say("Evidence"), EVIDENCE), book, lists)
    lists.write(_sheet(made, titles, LISTS, LISTS))
    return _settled(made)


class _Titles:
    """The titles of sheets, each once, as a spreadsheet takes them."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    def of(self, wanted: str) -> str:
        """Return a title that no other sheet has."""
        base = wanted.translate(NO_TITLE).strip()[:TITLE_CHARACTERS] or "sheet"
        made, number = base, 2
        while made.casefold() in self.taken:
            made = f"{base[: TITLE_CHARACTERS - 4]} {number}"
            number += 1
        self.taken.add(made.casefold())
        return made


def _sheet(made: Workbook, titles: _Titles, wanted: str, kind: str, *, is_named: bool = False) -> Any:
    sheet = made.create_sheet(wanted if is_named else titles.of(wanted))
    looks.put(sheet.cell(1, 1), f"{MARK} {kind}")
    sheet.row_dimensions[1].hidden = True
    sheet.column_dimensions["A"].hidden = True
    sheet.sheet_view.showGridLines = False
    return sheet


def _write_about(sheet: Any, book: Book, titles: _Titles) -> None:
    """Write the first sheet: what this is and how it is filled in."""
    sheet.title = titles.of(book.say("Read this first"))
    sheet.sheet_view.showGridLines = False
    sheet.column_dimensions["A"].width = 100
    lines = [book.text("title"), f"{book.named.id} {book.named.version}"]
    if book.tender is not None:
        lines += [book.tender.title, ", ".join(buyer.name for buyer in book.tender.buyers)]
    if book.named.description:
        lines.append(book.text("description"))
    lines += [
        book.say("Fill in the yellow cells. A cell with an arrow offers what can be chosen."),
        book.say("Tables have sheets of their own, named after their questions: one row for each entry."),
        book.say("A grey row is not asked, as far as the answers before it say."),
        book.say("Do not type formulas: they are not read. Sheets are protected without a password, against slips."),
        book.say("Save the file as a workbook (.xlsx) and send it with the files of the evidence."),
    ]  # fmt: skip
    for row, line in enumerate(lines, 1):
        looks.put(sheet.cell(row, 1), line)
        if row == 1:
            looks.title(sheet.cell(row, 1))
        else:
            looks.quiet(sheet.cell(row, 1), size=11)
        sheet.row_dimensions[row].height = looks.height([(line, 90 if row > 1 else 60)]) + 6
    looks.protect(sheet)


def _settled(made: Workbook) -> bytes:
    """Return the workbook's bytes without the time at which they were written."""
    written, settled = io.BytesIO(), io.BytesIO()
    made.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            member = zipfile.ZipInfo(info.filename, _EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            data = source.read(info)
            target.writestr(member, MODIFIED.sub(SETTLED, data) if info.filename == CORE else data)
    return settled.getvalue()
