"""A workbook keeps every cell as it is, computes nothing, links to nothing, and is the same every time (X5, X6)."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from selfassess.text import show
from selfassess.workbook import Sheet, is_exact, sheet_bytes, workbook_bytes

CREATED = datetime(2026, 11, 20, 12, tzinfo=timezone(timedelta(hours=1)))
PAYLOADS = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")', "http://example.org",
    "https://example.org/a", "ftp://x", "mailto:a@b.se", "internal:Sheet2!A1", "external:c:\\x.xlsx", "=WEBSERVICE(1)",
    "{=SUM(A1:A2)}", "＝1+1", "＋1", "－1", "＠x", "|x", "%x", "\t=1", "\r=1", "\n=1", " =1", "'=1", "007", "1E5",
    "MARCH1", "12:30", "_x0041_", "1.5", "true", "&lt;f&gt;", "<f>1</f>", "]]>",
]  # fmt: skip


def parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def read_back(data):
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book}


def table(*cells, head="value"):
    return sheet_bytes([head], [[cell] for cell in cells], title="Table", created=CREATED)


class TestItIsInert:
    def test_no_payload_becomes_a_formula_or_a_link(self):
        assert len(PAYLOADS) >= 30
        for name, text in parts(table(*PAYLOADS)).items():
            assert "<f>" not in text, name
            assert "<f " not in text, name
            assert "<hyperlink" not in text, name
            assert "/hyperlink" not in text, name
            assert "externalLink" not in text, name

    def test_every_payload_is_read_back_as_the_text_that_it_is(self):
        book = openpyxl.load_workbook(io.BytesIO(table(*PAYLOADS)))
        cells = [row[0] for row in book["Table"].iter_rows(min_row=2)]
        assert [cell.data_type for cell in cells] == ["s"] * len(PAYLOADS)
        assert [cell.value for cell in cells] == [show(payload) for payload in PAYLOADS]

    @settings(max_examples=30)
    @given(st.text(min_size=1, max_size=60))
    def test_any_text_is_kept_as_it_is_shown_and_is_never_a_formula(self, text):
        data = table("before", text)
        assert read_back(data)["Table"][2][0] == show(text)
        assert "<f>" not in parts(data)["xl/worksheets/sheet1.xml"]


class TestNumbers:
    @settings(max_examples=30)
    @given(st.decimals(min_value=-(10**9), max_value=10**9, places=4))
    def test_a_number_keeps_every_digit_and_its_places(self, number):
        book = openpyxl.load_workbook(io.BytesIO(table(number)))
        cell = book["Table"]["A2"]
        assert cell.data_type == "n"
        assert Decimal(repr(cell.value)) == number
        assert cell.number_format == "0.0000"

    @given(st.integers(1, 15), st.data())
    def test_fifteen_digits_come_back_whole(self, digits, data):
        units = data.draw(st.integers(10 ** (digits - 1), 10**digits - 1))
        number = Decimal(units).scaleb(-data.draw(st.integers(0, 12)))
        assert is_exact(number)
        xml = parts(table(number))["xl/worksheets/sheet1.xml"]
        written = re.findall(r"<v>([^<]+)</v>", xml)[-1]
        assert f"{float(written):.15g}" == f"{float(number):.15g}"

    def test_a_number_with_more_digits_is_a_text_of_all_of_them(self):
        number = Decimal("1234567890123.4567")
        assert not is_exact(number)
        assert read_back(table(number))["Table"][1] == ["1234567890123.4567"]

    def test_negative_numbers_stay_numbers(self):
        assert read_back(table(Decimal("-5.00")))["Table"][1] == [-5]

    def test_what_is_absent_is_empty(self):
        assert read_back(table(None, Decimal(0)))["Table"][1:] == [[None], [0]]


class TestNothingIsCut:
    @pytest.mark.parametrize("text", ["x" * 32_768, "\U0001f642" * 16_384])
    def test_what_fits_no_cell_is_an_error(self, text):
        with pytest.raises(ValueError, match="fits no cell"):
            table(text)

    def test_the_longest_cell_is_whole(self):
        assert read_back(table("x" * 32_767))["Table"][1] == ["x" * 32_767]

    @pytest.mark.parametrize("title", ["", "x" * 32, "a/b", "a:b", "[a]", "a*", "a?", "a\\b", "'a'"])
    def test_a_bad_title_is_refused(self, title):
        with pytest.raises(ValueError, match="title"):
            sheet_bytes(["a"], [], title=title, created=CREATED)

    def test_a_row_of_another_length_is_refused(self):
        with pytest.raises(ValueError, match="zip"):
            sheet_bytes(["a", "b"], [["1"]], title="T", created=CREATED)


class TestItIsTheSame:
    def test_the_same_tables_give_the_same_bytes_wherever_the_clock_stands(self):
        sheets = [Sheet(title=name, head=["a", "b"], rows=[["1", Decimal("1.5")]]) for name in ("One", "Two")]
        first = workbook_bytes(sheets, created=CREATED)
        assert first == workbook_bytes(sheets, created=CREATED.astimezone(UTC))
        assert list(read_back(first)) == ["One", "Two"]
        assert "2026-11-20T11:00:00Z" in parts(first)["docProps/core.xml"]
