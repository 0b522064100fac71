"""A workbook's file becomes a response document, with every problem at the cell that it is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from selfassess.answer_book.book import Book
from selfassess.answer_book.marks import Finding, Reading, identity_of
from selfassess.answer_book.reading import read_response
from selfassess.exchange import json_bytes
from selfassess.languages import LANGUAGES, Texts, Words, texts, words
from selfassess.model.questionnaire import Questionnaire
from selfassess.problems import Code, InvalidDocument, Place, Problem
from selfassess.schemas import Document
from selfassess.schemas.response import ResponseReader
from selfassess.sources import of_file, read_json
from selfassess.spreadsheet import read_grids
from selfassess.text import show


@dataclass(frozen=True, slots=True)
class Imported:
    """A response as it is written, and what is wrong with the workbook that it came from."""

    data: bytes
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What a workbook is read by: how a version is found, and its texts and the program's words in all languages."""

    questionnaire: Callable[[str, str], Document[Questionnaire]]
    texts: Callable[[Document[Questionnaire]], Sequence[Texts]]
    words: Sequence[Words]


def source_of(questionnaire: Callable[[str, str], Document[Questionnaire]]) -> Source:
    """Return what workbooks are read by, in all languages that there are."""
    return Source(
        questionnaire=questionnaire,
        texts=lambda found: [texts(found, code) for code in dict.fromkeys([found.content.language, *LANGUAGES])],
        words=[words("workbook", code) for code in LANGUAGES],
    )


def import_workbook(path: Path, source: Source) -> Imported:
    """Return the response that a workbook holds; ``InvalidDocument`` where it is no workbook of answers.

    What cannot be read as an answer stays in the response as it was typed, with a problem: nothing is lost.
    """
    name = str(path)
    grids = read_grids(path)
    identity = identity_of(grids)
    lacking = [key for key in ("id", "version", "digest") if not identity.get(key)]
    if lacking:
        reason = f"it does not say of which questionnaire ({', '.join(lacking)})"
        raise InvalidDocument([of_file(name, Code.WORKBOOK_FOREIGN, reason=reason)])
    questionnaire = source.questionnaire(identity["id"], identity["version"])
    said = source.texts(questionnaire)
    book = Book(questionnaire=questionnaire, tender=None, texts=said, words=source.words, response={})
    reading = read_response(grids, book, identity)
    data = json_bytes(_ordered(reading, questionnaire.content))
    problems = [*_found(reading, name), *_explained(data, reading, questionnaire, name)]
    return Imported(data, tuple(sorted(problems)))


KEYS = (
    *("format", "questionnaire", "tender", "lots", "language", "supplier", "answers", "lot_answers"),
    *("not_applicable", "lot_not_applicable", "comments", "confidential", "evidence", "declaration"),
)


def _ordered(reading: Reading, questionnaire: Questionnaire) -> dict[str, object]:
    """Return the response with its keys, and the questions in it, in their order."""
    order = {question.id: at for at, question in enumerate(questionnaire.questions())}

    def sort(said: dict[str, object]) -> dict[str, object]:
        return dict(sorted(said.items(), key=lambda pair: order.get(pair[0], len(order))))

    plain = {key: reading.plain[key] for key in KEYS if key in reading.plain}
    for key in ("answers", "not_applicable", "comments", "confidential"):
        if key in plain:
            plain[key] = sort(plain[key])
    for key in ("lot_answers", "lot_not_applicable"):
        if key in plain:
            plain[key] = {lot: sort(own) for lot, own in plain[key].items()}
    return plain


def _found(reading: Reading, name: str) -> list[Problem]:
    return [_problem(name, finding) for finding in reading.findings]


def _problem(name: str, finding: Finding) -> Problem:
    safe = {key: show(value) for key, value in finding.values.items()}
    message, hint = finding.code.message.format(**safe), finding.code.hint.format(**safe)
    return Problem(Place(name, cell=show(finding.cell)), "", finding.code, message, hint, values=safe)


def _explained(data: bytes, reading: Reading, questionnaire: Document[Questionnaire], name: str) -> list[Problem]:
    """Return what is wrong with the answers, each at the cell that it is about or the nearest one around it."""
    reader = ResponseReader(questionnaire.content, questionnaire.digest)
    try:
        problems: Sequence[Problem] = reader.read(read_json(data, name)).problems
    except InvalidDocument as invalid:
        problems = invalid.problems
    return [
        replace(problem, place=Place(name, cell=show(_cell_of(problem.pointer, reading))), excerpt="")
        for problem in problems
    ]  # fmt: skip


def _cell_of(pointer: str, reading: Reading) -> str:
    while pointer and pointer not in reading.cells:
        pointer = pointer.rpartition("/")[0]
    return reading.cells.get(pointer, "")
