"""The sheets of who answers and signs, and of the evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from openpyxl.utils import get_column_letter

from selfassess.answer_book import looks
from selfassess.answer_book.book import EVIDENCE_COLUMNS, HEAD, Book, Labels
from selfassess.answer_book.lists import Lists
from selfassess.answer_book.values import shown_value
from selfassess.model.questionnaire import Kind

LABEL, VALUE = 2, 3
HEAD_ROW, FIRST_ROW, FIRST_COLUMN, SPARE_ROWS = 4, 5, 2, 60
WIDTHS = {"title": 34, "kind": 34, "grade": 24, "file": 34, "sha256": 30, "issuer": 24, "supports": 34, "lot": 20}
SUPPORTS_BETWEEN = "\n"
DAYS = ("issued", "expires")


def write_supplier(sheet: Any, book: Book, lists: Lists) -> None:
    """Write who answers, which lots, and who signs."""
    looks.put(sheet.cell(1, VALUE), "value")
    looks.put(sheet.cell(2, LABEL), book.say("Supplier"))
    looks.title(sheet.cell(2, LABEL))
    sheet.column_dimensions["B"].width, sheet.column_dimensions["C"].width = 56, 52
    for at, (id_, text, choices, value) in enumerate(_fields(book), 4):
        cell = sheet.cell(at, LABEL)
        looks.put(cell, text)
        sheet.row_dimensions[at].height = looks.height([(text, 52)]) + 4
        if not id_:
            looks.title(cell, size=14)
            continue
        looks.strong(cell)
        looks.put(sheet.cell(at, 1), id_)
        looks.field(sheet.cell(at, VALUE))
        looks.put(sheet.cell(at, VALUE), value)
        if choices is not None:
            rule = lists.chooses(choices)
            rule.add(sheet.cell(at, VALUE))
            sheet.add_data_validation(rule)
    looks.protect(sheet)


def _fields(book: Book) -> Iterator[tuple[str, str, Labels | None, Any]]:
    """Yield id, label, list and value of each line; a title has no id."""
    say, response = book.say, book.response
    supplier, signed = response.get("supplier", {}), response.get("declaration") or {}
    identifier = supplier.get("identifier", {})
    roles = book.terms("role", [role.id for role in book.named.roles])
    yield "supplier/name", say("Name of the supplier"), None, supplier.get("name")
    if roles.shown:
        role = supplier.get("role")
        yield "supplier/role", say("Your role"), roles, None if role is None else roles.of(role)
    yield "supplier/country", say("Country, as two letters such as SE"), None, supplier.get("country")
    yield "supplier/identifier/scheme", say("Register of companies, such as SE-ORG"), None, identifier.get("scheme")
    yield "supplier/identifier/id", say("Number in that register"), None, identifier.get("id")
    if book.all_lots:
        yield "", say("Which lots do you bid for?"), None, None
    for id_, title in book.all_lots:
        is_bid = id_ in response.get("lots", []) or (not response and len(book.all_lots) == 1)
        yield f"lots/{id_}", title, book.ticked, book.ticked.of(True) if is_bid else None
    yield "", say("Declaration"), None, None
    yield "declaration/name", say("Name of who signs"), None, signed.get("name")
    yield "declaration/position", say("Position"), None, signed.get("position")
    day = signed.get("date")
    yield "declaration/date", say("Date"), None, shown_value(Kind.DATE, day, None)


def write_evidence(sheet: Any, book: Book, lists: Lists) -> None:
    """Write the list of documents."""
    say = book.say
    columns = [id_ for id_ in EVIDENCE_COLUMNS if id_ != "lot" or book.all_lots]
    names = {
        "id": say("Short id"), "title": say("Title"), "kind": say("Kind of document"), "grade": say("How strong it is"),
        "file": say("File, such as evidence/report.pdf"), "sha256": say("SHA-256 of the file"),
        "issuer": say("Who issued it"), "issued": say("Issued on"), "expires": say("Valid until"),
        "lot": say("It concerns this lot alone"),
        "supports": say("It proves the answers to: W01, or W01/vn-01 for a row; one in a line"),
    }  # fmt: skip
    kinds = book.terms("evidence", [kind.id for kind in book.named.evidence_kinds])
    choices = {"kind": kinds, "grade": book.grades, "lot": book.lot_titles}
    looks.put(sheet.cell(2, FIRST_COLUMN), say("Evidence"))
    looks.title(sheet.cell(2, FIRST_COLUMN))
    looks.put(sheet.cell(HEAD_ROW, 1), HEAD)
    documents = book.response.get("evidence", [])
    end = FIRST_ROW + len(documents) + SPARE_ROWS - 1
    for number, id_ in enumerate(columns, FIRST_COLUMN):
        letter = get_column_letter(number)
        looks.put(sheet.cell(1, number), id_)
        looks.put(sheet.cell(HEAD_ROW, number), names[id_])
        looks.head(sheet.cell(HEAD_ROW, number))
        sheet.column_dimensions[letter].width = WIDTHS.get(id_, 14)
        for at in range(FIRST_ROW, end + 1):
            looks.field(sheet.cell(at, number))
            if at - FIRST_ROW < len(documents):
                looks.put(sheet.cell(at, number), _value(id_, documents[at - FIRST_ROW].get(id_), choices.get(id_)))
        if id_ in choices:
            rule = lists.chooses(choices[id_])
            rule.add(f"{letter}{FIRST_ROW}:{letter}{end}")
            sheet.add_data_validation(rule)
    sheet.row_dimensions[HEAD_ROW].height = looks.height([(names[id_], WIDTHS.get(id_, 14) * 0.85) for id_ in columns])
    sheet.freeze_panes = sheet.cell(FIRST_ROW, FIRST_COLUMN + 1)
    looks.protect(sheet)


def _value(id_: str, plain: Any, choices: Labels | None) -> Any:
    if plain is None:
        return None
    if id_ == "supports":
        return SUPPORTS_BETWEEN.join(plain) or None
    if id_ in DAYS:
        return shown_value(Kind.DATE, plain, None)
    return choices.of(plain) if choices is not None else plain
