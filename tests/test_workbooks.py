"""The workbook of answers: what may be typed into it, how it is read, and what is refused."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime

import forms
import pytest
import workbooks
import writing
from commands import call
from openpyxl import load_workbook

from selfassess import limits
from selfassess.answer_book import import_workbook, source_of, workbook_of
from selfassess.languages import LANGUAGES
from selfassess.languages.po import read_catalogue
from selfassess.languages.words import FOLDER
from selfassess.problems import Code, InvalidDocument
from selfassess.schemas import load_questionnaire
from selfassess.sources import read_json
from selfassess.spreadsheet import read_grids
from selfassess.typed import readings

SHARE = {
    "options": [{"id": i, "text": f"Tick {i}"} for i in "abc"] + [{"id": "none", "text": "None", "exclusive": True}]
}
CHOICE = {"options": [{"id": "low", "text": "Low", "score": 0}, {"id": "high", "text": "High", "score": 1}]}
PLAIN = writing.questionnaire(
    writing.question("B", not_applicable=["none-made"]),
    writing.question("C", "choice", enable_when={"question": "B", "is": True}, **CHOICE),
    writing.question("N", "number", decimals=1, score={"curve": [[0, 0], [300, 1]]}),
    writing.question("P", "percent", score={"curve": [[0, 0], [100, 1]]}),
    writing.question("S", "choices", score="share", **SHARE),
    writing.question("D", "date", score={"steps": [["2026-01-01", 1]]}),
    writing.question("X", "text", score="unscored"),
    writing.question("T", "table", **writing.SITES),
)


@pytest.fixture(scope="module")
def document():
    return writing.loaded(load_questionnaire, PLAIN)


@pytest.fixture(scope="module")
def blank(document):
    return workbook_of(workbooks.book_of(document))


def typed(tmp_path, document, blank, cells, *, rows=(), formats=()):
    """Answers and problems of a workbook into which somebody has typed."""
    book = load_workbook(io.BytesIO(blank))
    sheet = next(one for one in book if one["A1"].value == "selfassess answers")
    lines = {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}
    for id_, value in cells.items():
        sheet.cell(lines[id_], 4).value = value
    for id_, form in dict(formats).items():
        sheet.cell(lines[id_], 4).number_format = form
    table = next(one for one in book if one["A1"].value == "selfassess table T")
    for at, row in enumerate(rows, 5):
        for column, value in enumerate(row, 2):
            table.cell(at, column).value = value
    supplier = next(one for one in book if one["A1"].value == "selfassess supplier")
    supplier["C4"] = "Testphone"
    path = tmp_path / "answers.xlsx"
    book.save(path)
    found = import_workbook(path, source_of(lambda *_: document))
    return read_json(found.data, "response.json").data, [(str(p.place).split(":")[-1], p.code) for p in found.problems]


class TestWhatIsTyped:
    @pytest.mark.parametrize(
        ("cell", "number"),
        [
            (12.5, "12.5"),
            ("12,5", "12.5"),
            ("1 200", None),
            (0.1 + 0.2, "0.3"),
            (7, "7"),
            ("7,0", "7.0"),
            (" 12.5 ", "12.5"),
        ],
    )
    def test_a_number_is_read_as_people_write_it(self, tmp_path, document, blank, cell, number):
        found, problems = typed(tmp_path, document, blank, {"N": cell})
        if number is None:  # beyond the bounds of the question: a number nevertheless, and told
            assert (str(found["answers"]["N"]), problems) == ("1200", [("Answers!D7", Code.ANSWER_RANGE)])
        else:
            assert (str(found["answers"]["N"]), problems) == (number, [])

    @pytest.mark.parametrize(
        ("cell", "form", "percent"),
        [
            (0.875, "0.0%", "87.5"),
            (87.5, "General", "87.5"),
            ("87,5 %", "General", "87.5"),
            (1, "0%", "100"),
            (0.07, "0%", "7"),
        ],
    )
    def test_a_percentage_is_what_its_cell_shows(self, tmp_path, document, blank, cell, form, percent):
        found, problems = typed(tmp_path, document, blank, {"P": cell}, formats={"P": form})
        assert (format(found["answers"]["P"], "f"), problems) == (percent, [])

    @pytest.mark.parametrize(
        "cell",
        [date(2026, 9, 3), datetime.fromisoformat("2026-09-03T00:00"), "2026-09-03", "3.9.2026", "03. 09. 2026"],
    )
    def test_a_date_is_read_in_whatever_form(self, tmp_path, document, blank, cell):
        found, problems = typed(tmp_path, document, blank, {"D": cell})
        assert (found["answers"]["D"], problems) == ("2026-09-03", [])

    @pytest.mark.parametrize(
        ("cell", "answer"), [("Yes", True), ("ja", True), ("KYLLÄ", True), ("ei", False), (True, True), ("nej", False)]
    )
    def test_yes_and_no_are_read_in_every_language(self, tmp_path, document, blank, cell, answer):
        assert typed(tmp_path, document, blank, {"B": cell})[0]["answers"]["B"] is answer

    @pytest.mark.parametrize("cell", ["High", "high", " HIGH "])
    def test_a_choice_is_read_by_label_or_id(self, tmp_path, document, blank, cell):
        assert typed(tmp_path, document, blank, {"B": "Yes", "C": cell})[0]["answers"]["C"] == "high"

    def test_what_cannot_be_read_stays_as_it_was_typed_and_is_told_at_its_cell(self, tmp_path, document, blank):
        cells = {"N": "about 30", "C": "Middling", "D": "May", "S/a": "perhaps"}
        found, problems = typed(tmp_path, document, blank, cells, rows=[["vn-01", "half", "Yes"]])
        kept = {"C": "Middling", "N": "about 30", "S": ["perhaps"], "D": "May"}
        assert found["answers"] == kept | {"T": [{"site": "vn-01", "share": "half", "met": True}]}
        assert set(problems) == {
            ("Answers!D6", Code.ANSWER_OPTION),
            ("Answers!D7", Code.ANSWER_TYPE),
            ("Answers!D10", Code.ANSWER_OPTION),
            ("Answers!D14", Code.DATE_FORM),
            ("T!C5", Code.ANSWER_TYPE),
            ("T!B5", Code.ANSWER_WEIGHTS),
        }

    def test_ticks_rows_and_claims_come_from_their_lines(self, tmp_path, document, blank):
        rows = [["vn-01", 60, "Yes"], [], ["cn-02", "40", "No"]]
        found, problems = typed(tmp_path, document, blank, {"S/a": "Yes", "S/c": "Yes", "S/b": "No"}, rows=rows)
        sites = [{"site": "vn-01", "share": 60, "met": True}, {"site": "cn-02", "share": 40, "met": False}]
        assert found["answers"] == {"S": ["a", "c"], "T": sites}
        assert problems == []

    def test_lines_are_found_by_their_ids_wherever_they_are_moved(self, tmp_path, document, blank):
        book = load_workbook(io.BytesIO(workbooks.filled(blank, {"N": 7, "X": "text"})))
        for sheet in book:
            sheet.title = f"renamed {sheet.title}"[:31]
        answers = next(one for one in book if one["A1"].value == "selfassess answers")
        answers.insert_rows(5, 3)
        answers.insert_cols(3, 2)
        book.move_sheet(answers, 3)
        book.save(tmp_path / "moved.xlsx")
        found = import_workbook(tmp_path / "moved.xlsx", source_of(lambda *_: document))
        assert read_json(found.data, "r.json").data["answers"] == {"N": 7, "X": "text"}


class TestTheSheets:
    def test_are_the_same_bytes_each_time(self, document, blank):
        assert workbook_of(workbooks.book_of(document)) == blank

    def test_offer_lists_guard_against_slips_and_hide_ids(self, blank):
        book = load_workbook(io.BytesIO(blank))
        answers = next(one for one in book if one["A1"].value == "selfassess answers")
        lines = {answers.cell(row, 1).value: row for row in range(2, answers.max_row + 1)}
        kinds = {str(cell): rule.type for rule in answers.data_validations.dataValidation for cell in rule.sqref.ranges}
        assert kinds[f"D{lines['B']}"] == kinds[f"D{lines['C']}"] == "list"
        assert kinds[f"D{lines['N']}"] == "decimal"
        assert kinds[f"D{lines['D']}"] == "date"
        assert answers.protection.sheet
        assert answers.protection.password is None
        assert answers.column_dimensions["A"].hidden
        assert answers.row_dimensions[1].hidden
        assert not answers.cell(lines["N"], 4).protection.locked
        assert answers.cell(lines["N"], 3).protection.locked
        assert book["lists"].sheet_state == "veryHidden"
        grey = [str(cells.sqref) for cells in answers.conditional_formatting]
        assert grey == [f"B{lines['C']}:H{lines['C']}"]

    def test_hold_no_formula_in_a_cell(self, blank):
        cells = [cell for sheet in load_workbook(io.BytesIO(blank)) for row in sheet.iter_rows() for cell in row]
        assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


class TestWhatIsRefused:
    """security.md 1C: what a workbook can do to who opens it."""

    def _refusal(self, tmp_path, data, suffix=".xlsx"):
        path = tmp_path / f"answers{suffix}"
        path.write_bytes(data)
        with pytest.raises(InvalidDocument) as refused:
            read_grids(path)
        (problem,) = refused.value.problems
        assert problem.code is Code.WORKBOOK_UNREADABLE
        return problem.message

    def test_entities(self, tmp_path, blank):
        for text in (
            b"<!DOCTYPE x><x/>",
            b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>',
            "<!DOCTYPE x><x/>".encode("utf-16"),
        ):
            said = self._refusal(tmp_path, workbooks.with_part(blank, "xl/more.xml", text))
            assert "declares a document type" in said

    def test_more_than_a_workbook_holds_before_it_is_unpacked(self, tmp_path, blank):
        many = workbooks.with_part(blank, "xl/more.xml", b" " * (limits.WORKBOOK_BYTES + 1))
        assert "when unpacked" in self._refusal(tmp_path, many)

    def test_a_cell_far_out(self, tmp_path, blank):
        for place in (b'<row r="1048576"><c r="A1048576"/></row>', b'<row r="1"><c r="XFD1"/></row>'):
            sheet = b"<x><sheetData>" + place + b"</sheetData></x>"
            assert "too far out" in self._refusal(tmp_path, workbooks.with_part(blank, "xl/worksheets/more.xml", sheet))

    def test_a_size_that_a_sheet_only_claims_costs_nothing(self, tmp_path, blank):
        with zipfile.ZipFile(io.BytesIO(blank)) as source:
            name = next(name for name in source.namelist() if name.endswith("sheet2.xml"))
            sheet = re.sub(rb'<dimension ref="[^"]*"/>', b'<dimension ref="A1:XFD1048576"/>', source.read(name))
        path = tmp_path / "answers.xlsx"
        path.write_bytes(workbooks.with_part(blank, name, sheet, instead=True))
        assert len(read_grids(path)) == len(load_workbook(io.BytesIO(blank)).sheetnames)

    def test_macros_and_what_is_no_workbook(self, tmp_path, blank):
        assert "macros" in self._refusal(tmp_path, workbooks.with_part(blank, "xl/vbaProject.bin", b"x"))
        assert self._refusal(tmp_path, b"PK\x03\x04 no archive")
        assert self._refusal(tmp_path, b"")
        assert self._refusal(tmp_path, b"no workbook", ".xls")
        assert "no OpenDocument" in self._refusal(tmp_path, blank, ".ods")
        assert "known are .xlsx" in self._refusal(tmp_path, blank, ".csv")

    def test_an_encrypted_part(self, tmp_path, blank):
        changed = bytearray(blank)
        changed[blank.rfind(b"PK\x01\x02") + 8] |= 1
        assert "encrypted" in self._refusal(tmp_path, bytes(changed))

    def test_rows_repeated_without_end(self, tmp_path):
        table = 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        text = 'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
        cell = "<table:table-cell><text:p>x</text:p></table:table-cell>"
        row = f'<table:table-row table:number-rows-repeated="1000000">{cell}'
        content = f"<x {table} {text}><table:table table:name='a'>{row}</table:table-row></table:table></x>"
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            archive.writestr("content.xml", content)
        assert "repeats more rows" in self._refusal(tmp_path, out.getvalue(), ".ods")


class TestTheCommands:
    def test_export_and_import_never_write_over_a_file(self, tmp_path):
        path, response = tmp_path / "answers.xlsx", tmp_path / "response.json"
        assert call("export", forms.NAME, "--xlsx", "-o", path).code == 0
        assert call("export", forms.NAME, "--xlsx", "-o", path).code == 2
        outcome = call("import", path, "-o", response)
        assert outcome.code == 1  # who answers is missing yet
        assert f"{path}:Supplier!C4: missing-key" in outcome.err
        before = response.read_bytes()
        assert call("import", path, "-o", response).code == 2
        assert response.read_bytes() == before

    def test_a_response_with_errors_is_not_exported(self, tmp_path):
        bad = tmp_path / "bad.json"
        bad.write_text('{"format": "selfassess/response@1"}')
        outcome = call("export", forms.NAME, "--xlsx", "--response", bad, "-o", tmp_path / "answers.xlsx")
        assert outcome.code == 1
        assert not (tmp_path / "answers.xlsx").exists()


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_every_word_of_the_workbook_is_translated(language):
    translated = {entry.source for entry in read_catalogue(FOLDER / f"workbook/{language}.po").entries}
    texts = [path.read_text("utf-8") for path in (forms.HERE.parent / "selfassess/answer_book").glob("*.py")]
    said = {one or other for text in texts for one, other in re.findall(r"""\bsay\(\s*(?:"([^"]+)"|'([^']+)')""", text)}
    assert said <= translated
    assert len(said) > 50
    assert readings("1,5") == ("1.5",)
