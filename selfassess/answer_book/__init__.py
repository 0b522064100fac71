"""A response as a workbook that a supplier fills in, and back: every cell is found by an id, never by its place."""

from selfassess.answer_book.book import Book
from selfassess.answer_book.importing import Imported, import_workbook, source_of
from selfassess.answer_book.writing import workbook_of

__all__ = ["Book", "Imported", "import_workbook", "source_of", "workbook_of"]
