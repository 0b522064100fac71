"""A response goes into a workbook and comes back the same: through every language, and through another program."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
import strategies
import workbooks
import writing
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from selfassess.answer_book import import_workbook, source_of, workbook_of
from selfassess.digests import digest
from selfassess.languages import LANGUAGES
from selfassess.library import standard
from selfassess.model.questionnaire import Kind
from selfassess.schemas import load_questionnaire
from selfassess.schemas.response import ResponseReader
from selfassess.sources import read_file, read_json
from selfassess.tenders import open_tender

ROOT = Path(__file__).resolve().parent.parent.parent
EXAMPLES = ROOT / "questionnaires/fair-smartphones/1.0.0/examples"
TENDER = ROOT / "examples/nordic-smartphones"
SOFFICE = shutil.which("soffice")


def settled(document, plain):
    """A response as a workbook gives it back: nothing that says nothing, and ticks in the questionnaire's order."""
    questions = {question.id: question for question in document.content.questions()}

    def in_order(asked, ticks):
        order = [option.id for option in asked.options]
        return sorted(ticks, key=order.index)

    def answer(id_, given_):
        question = questions[id_]
        if question.type is Kind.CHOICES:
            return in_order(question, given_)
        if question.table is None:
            return given_
        columns = {column.id: column for column in question.table.columns}
        return [
            {
                key: in_order(columns[key], cell) if columns[key].type is Kind.CHOICES else cell
                for key, cell in row.items()
                if cell not in (None, "")
            }
            for row in given_
        ]

    def answers(said):
        return {id_: answer(id_, one) for id_, one in said.items() if one not in (None, "")}

    made = dict(plain)
    for key in ("answers", "not_applicable", "comments", "confidential"):
        if key in made:
            made[key] = (answers if key == "answers" else lambda said: {k: v for k, v in said.items() if v})(made[key])
    for key in ("lot_answers", "lot_not_applicable"):
        if key in made:
            own = {lot: answers(said) if key == "lot_answers" else said for lot, said in made[key].items()}
            made[key] = {lot: said for lot, said in own.items() if said}
    return {key: value for key, value in made.items() if key in ("answers", "declaration") or value not in ({}, [])}


def there_and_back(folder, document, plain, *, language="en"):
    """What a workbook gives back of a response, and what it says to be wrong with it."""
    path = folder / "answers.xlsx"
    path.write_bytes(workbook_of(workbooks.book_of(document, language=language, response=plain)))
    found = import_workbook(path, source_of(lambda *_: document))
    return read_json(found.data, "response.json").data, found.problems


def problems_of(document, plain):
    """What is wrong with a response."""
    source = read_json(writing.json_bytes(plain), "response.json")
    return ResponseReader(document.content, document.digest).read(source).problems


@settings(max_examples=80)
@given(strategies.cases(), st.sampled_from(LANGUAGES))
def test_a_response_without_errors_comes_back_the_same(tmp_path_factory, case, language):
    document = writing.loaded(load_questionnaire, case.questionnaire)
    plain = read_json(writing.json_bytes(case.response), "response.json").data
    assume(not problems_of(document, case.response))
    found, problems = there_and_back(tmp_path_factory.mktemp("book"), document, plain, language=language)
    assert problems == ()
    assert found == settled(document, plain)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["strong", "second-life", "weak", "empty"])
def test_the_examples_come_back_with_the_same_digest_in_every_language(tmp_path, name, language):
    document = standard().questionnaire("fair-smartphones", "1.0.0")
    plain = read_file(EXAMPLES / f"{name}.response.json").data
    found, problems = there_and_back(tmp_path, document, plain, language=language)
    assert problems == ()
    assert digest(found) == digest(settled(document, plain))
    if name == "strong":
        assert digest(found) == digest(plain)


def saved_by_libreoffice(path, suffix):
    """The same workbook as LibreOffice saves it."""
    folder = path.parent / f"saved{suffix}"
    home = path.parent / "home"
    words = [SOFFICE, f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", suffix[1:]]
    subprocess.run([*words, "--outdir", folder, path], check=True, capture_output=True, timeout=120)
    return folder / f"{path.stem}{suffix}"


@pytest.mark.skipif(SOFFICE is None, reason="./run test installs LibreOffice")
@pytest.mark.parametrize("suffix", [".xlsx", ".ods", ".xls"])
def test_so_it_does_after_libreoffice_has_saved_it(tmp_path, suffix):
    opened = open_tender(TENDER, standard())
    plain = read_file(TENDER / "bids/nordfon/response.json").data
    path = tmp_path / "answers.xlsx"
    book = workbooks.book_of(opened.questionnaire, language="fi", tender=opened.tender.content, response=plain)
    path.write_bytes(workbook_of(book))
    found = import_workbook(saved_by_libreoffice(path, suffix), source_of(lambda *_: opened.questionnaire))
    assert found.problems == ()
    assert read_json(found.data, "response.json").data == settled(opened.questionnaire, plain)


TEXTS = [
    "=1+1",
    "+1",
    "@x",
    "-",
    "#N/A",
    "'quoted",
    " spaces  inside ",
    "a\nb",
    "_x0041_",
    "_x005F_",
    "<b>&amp;",
    "1e5",
]
TEXTS += ["007", "TRUE"]
ASKED = writing.questionnaire(writing.question("A", "text", score="unscored"))


@given(st.lists(st.sampled_from(TEXTS) | st.text("aå=+-@_x0Ω€ \n", min_size=1, max_size=20), min_size=1, max_size=3))
def test_no_text_becomes_a_formula_a_number_or_another_text(tmp_path_factory, said):
    document, text = writing.loaded(load_questionnaire, ASKED), "\n".join(said)
    plain = writing.response(ASKED, {"A": text})
    assume(text.strip() and not problems_of(document, plain))  # a cell of spaces alone is an empty one
    found, problems = there_and_back(tmp_path_factory.mktemp("book"), document, plain)
    assert problems == ()
    assert found["answers"] == {"A": text}
