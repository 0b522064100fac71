"""The program's words, a questionnaire's texts, numbers and dates in every language that there is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from selfassess.languages import (
    AREAS,
    LANGUAGES,
    SOURCE,
    Said,
    name_of,
    nearest,
    shown_date,
    shown_number,
    texts,
    words,
)
from selfassess.languages.faults import faults_of
from selfassess.languages.po import parse_catalogue, read_catalogue
from selfassess.languages.words import FOLDER, Words
from selfassess.library import standard
from selfassess.problems import InvalidDocument
from selfassess.schemas import load_questionnaire
from selfassess.sources import read_file

HEADER = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n'
HEADER += '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
BASE = Path(__file__).parent / "problems/_base/questionnaires/phones/1.0.0"


def swedish(body):
    catalogue = parse_catalogue(HEADER + body, "sv.po")
    return Words("form", "sv", {entry.key: entry for entry in catalogue.entries}, catalogue.plural("sv"))


def test_there_are_five_languages_and_each_says_its_own_name():
    assert [name_of(code) for code in LANGUAGES] == ["English", "svenska", "norsk bokmål", "dansk", "suomi"]


def test_who_asks_for_a_language_near_to_one_is_served_in_it():
    asked = {"sv-FI": "sv", "no": "nb", "nn": "nb", "NB": "nb", "de": "en", None: "en", "": "en"}
    assert {code: nearest(code) for code in asked} == asked


def test_a_message_is_said_in_the_language_and_else_in_english_which_it_owns_to():
    own = swedish('msgid "Save {name}"\nmsgstr "Spara {name}"\n\n#, fuzzy\nmsgid "Open"\nmsgstr "Stäng"\n')
    assert own.said("Save {name}", name="{a} \\1") == Said("Spara {a} \\1", "sv")
    assert own.said("Open") == Said("Open", "en")
    assert own.said("Print {name}", name="it") == Said("Print it", "en")


def test_a_context_parts_equal_texts():
    own = swedish('msgid "Open"\nmsgstr "Öppna"\n\nmsgctxt "matter"\nmsgid "Open"\nmsgstr "Öppen"\n')
    assert (own.say("Open"), own.at("matter").say("Open")) == ("Öppna", "Öppen")


def test_a_number_takes_the_form_of_the_language():
    own = swedish('msgid "{n} bid"\nmsgid_plural "{n} bids"\nmsgstr[0] "{n} anbud, ett"\nmsgstr[1] "{n} anbud"\n')
    assert [own.say_many("{n} bid", "{n} bids", n) for n in (0, 1, 2)] == ["0 anbud", "1 anbud, ett", "2 anbud"]
    assert own.said_many("{n} lot", "{n} lots", 1) == Said("1 lot", "en")


def test_a_value_that_is_missing_is_a_fault_and_an_unknown_area_too():
    with pytest.raises(KeyError):
        words("form", "sv").say("no such message {here}")
    with pytest.raises(LookupError):
        words("nowhere", "sv")


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("12345678901234567890.10", "sv", "12 345 678 901 234 567 890,10"),
        ("-1234.5", "fi", "−1234,5"),
        ("1234567", "da", "1.234.567"),
        ("-0.25", "nb", "−0,25"),
        ("12345.6", "en", "12 345.6"),
        ("12345.6", "tlh", "12 345.6"),
    ],
)
def test_numbers_keep_all_their_digits(text, language, said):
    assert shown_number(text, language).replace("\u00a0", " ") == said


def test_dates_are_said_with_the_month_in_words():
    said = {code: shown_date(date(2026, 11, 4), code) for code in LANGUAGES}
    assert said == {
        "en": "4 November 2026",
        "sv": "4 november 2026",
        "nb": "4. november 2026",
        "da": "4. november 2026",
        "fi": "4. marraskuuta 2026",
    }


def test_a_questionnaires_text_is_the_translation_of_its_present_source(tmp_path):
    path = tmp_path / "questionnaire.yaml"
    path.write_bytes((BASE / "questionnaire.yaml").read_bytes())
    title = load_questionnaire(read_file(path)).content.title
    (tmp_path / "i18n").mkdir()
    body = f'msgctxt "title"\nmsgid "{title}"\nmsgstr "Telefoner"\n'
    for changed, expected in (
        (body, Said("Telefoner", "sv")),
        (f"#, fuzzy\n{body}", Said(title, "en")),
        (body.replace(title, f"{title} of old"), Said(title, "en")),
        (body.replace("Telefoner", ""), Said(title, "en")),
    ):
        (tmp_path / "i18n/sv.po").write_text(HEADER + changed, "utf-8")
        found = texts(load_questionnaire(read_file(path)), "sv")
        assert found("title") == expected
    with pytest.raises(KeyError):
        found("W99/text")


def test_every_text_of_the_librarys_questionnaires_has_a_context_of_its_own():
    for named in standard().versions():
        document = standard().questionnaire(*named)
        found = texts(document, "en")
        strings = set()
        for question in document.content.questions():
            strings |= {question.text, question.help, question.unit}
            strings |= {option.text for option in question.options}
            for column in question.table.columns if question.table else ():
                strings |= {column.text, column.unit, *(option.text for option in column.options)}
        assert strings - {None} <= {said.text for said in found.found.values()}


@pytest.mark.parametrize(
    "text",
    [
        'msgid "a"',
        'msgstr "b"',
        'msgid "a"\nmsgstr "b',
        'msgid "a" x\nmsgstr "b"',
        'msgid "a"\nmsgstr "\\q"',
        'msgid "a"\nmsgid "b"\nmsgstr ""',
        'msgid "a"\nmsgctxt "b"\nmsgstr ""',
        'msgid "a"\n# note\nmsgstr "b"',
        'msgid "a"\nmsgid_plural "b"\nmsgstr "c"',
        'msgid "a"\nmsgid_plural "b"\nmsgstr[1] "c"',
        'msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"',
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=latin1\\n"',
        'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=__import__;\\n"',
        'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=5;\\n"',
        'msgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=n/0;\\n"',
        'msgctxt "a"\nmsgid ""\nmsgstr ""',
        "hello",
        '"hello"',
    ],
)
def test_what_is_no_catalogue_is_refused_with_its_place(text):
    with pytest.raises(InvalidDocument) as refused:
        parse_catalogue(text, "sv.po")
    assert [problem.code.word for problem in refused.value.problems] == ["translation-syntax"]


@pytest.mark.parametrize("area", AREAS)
def test_the_programs_words_are_whole_and_sound_in_every_language(area):
    keys = {}
    for path in sorted((FOLDER / area).glob("*.po")):
        catalogue = read_catalogue(path)
        assert catalogue.fields["Language"] == path.stem
        keys[path.stem] = [entry.key for entry in catalogue.entries]
        for entry in catalogue.entries:
            assert entry.is_translated, (path.name, entry.key)
            assert list(faults_of(entry)) == [], (path.name, entry.key)
    assert set(keys) == set(LANGUAGES) - {SOURCE}
    assert all(sorted(own, key=str) == sorted(keys["sv"], key=str) for own in keys.values())
