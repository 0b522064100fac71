"""Workbooks of answers as suppliers and attackers make them."""

from __future__ import annotations

import io
import zipfile

from openpyxl import load_workbook

from selfassess.answer_book import Book, workbook_of
from selfassess.languages import LANGUAGES, texts, words
from selfassess.schemas import load_questionnaire
from selfassess.sources import read_file


def book_of(document, *, language="en", tender=None, response=None):
    """What a workbook is made of."""
    codes = dict.fromkeys([language, *LANGUAGES])
    return Book(
        questionnaire=document,
        tender=tender,
        texts=[texts(document, code) for code in codes],
        words=[words("workbook", code) for code in codes],
        response=response or {},
    )


def blank(folder):
    """The empty workbook of the questionnaire in a tender's folder of the problems."""
    document = load_questionnaire(read_file(folder / "questionnaires/phones/1.0.0/questionnaire.yaml"))
    return workbook_of(book_of(document))


def filled(data, answers, *, beside=None, again=()):
    """A workbook with answers typed into their cells, a remark where nothing is asked, and a line copied."""
    book = load_workbook(io.BytesIO(data))
    sheet = next(one for one in book if one["A1"].value == "selfassess answers")
    rows = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
    for id_, value in answers.items():
        sheet.cell(rows[id_], 4).value = value
    end = sheet.max_row + 1
    if beside:
        sheet.cell(end, 4).value = beside
    for id_, value in dict(again).items():
        sheet.cell(end, 1).value, sheet.cell(end, 4).value = id_, value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_part(data, name, part, *, instead=False):
    """A workbook with one more part, or another one instead of the one of that name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            if not (instead and info.filename == name):
                target.writestr(info, source.read(info))
        target.writestr(name, part)
    return out.getvalue()
