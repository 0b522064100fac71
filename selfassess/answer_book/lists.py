"""The hidden sheet of a workbook: what it is of, and the lists that its cells choose from."""

from __future__ import annotations

from typing import Any

from openpyxl.utils import get_column_letter

from selfassess.answer_book import looks
from selfassess.answer_book.book import LISTS, Book, Labels

IDENTITY = ("id", "version", "digest", "language", "tender", "response-language")
FIRST_COLUMN, FIRST_ROW = 4, 2  # of the lists; before them stands the identity


class Lists:
    """The lists of one workbook, each in a column; two equal ones are one."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.columns: dict[tuple[str, ...], int] = {}

    def range_of(self, choices: Labels) -> str:
        """Return where a list lies, as a rule of a cell names it."""
        entries = tuple(choices.shown.values())
        column = self.columns.setdefault(entries, FIRST_COLUMN + len(self.columns))
        letter = get_column_letter(column)
        return f"{LISTS}!${letter}${FIRST_ROW}:${letter}${FIRST_ROW + len(entries) - 1}"

    def cell_of(self, choices: Labels, value: object) -> str | None:
        """Return where one entry of a list lies, None where it has no such value."""
        if value not in choices.shown:
            return None
        self.range_of(choices)
        column = self.columns[tuple(choices.shown.values())]
        return f"{LISTS}!${get_column_letter(column)}${FIRST_ROW + list(choices.shown).index(value)}"

    def chooses(self, choices: Labels) -> Any:
        """Return the rule of a cell that chooses from a list."""
        words = self.book.say("Choose from the list"), self.book.say("Choose one of the entries that the arrow shows.")
        return looks.chooses(self.range_of(choices), words)

    def write(self, sheet: Any) -> None:
        """Write identity and lists; called last, when all lists are known."""
        book, tender, response = self.book, self.book.tender, self.book.response
        language = book.texts[0].language
        identity = {
            "id": book.named.id,
            "version": book.named.version,
            "digest": book.questionnaire.digest,
            "language": language,
            "tender": response.get("tender") if response else tender and tender.id,
            "response-language": response.get("language") if response else language,
        }
        for row, name in enumerate(IDENTITY, FIRST_ROW):
            looks.put(sheet.cell(row, 1), name)
            looks.put(sheet.cell(row, 2), identity[name])
        for entries, column in self.columns.items():
            for row, entry in enumerate(entries, FIRST_ROW):
                looks.put(sheet.cell(row, column), entry)
        sheet.sheet_state = "veryHidden"
        looks.protect(sheet)
