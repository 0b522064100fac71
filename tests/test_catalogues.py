"""PO files of translations: written and read again the same, read alike by others, brought up to date with care."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from commands import call
from hypothesis import given
from hypothesis import strategies as st

from selfassess.content import questionnaires
from selfassess.languages import texts_of
from selfassess.languages.contexts import source_texts
from selfassess.languages.faults import numbers
from selfassess.languages.po import Catalogue, Entry, parse_catalogue, read_catalogue
from selfassess.languages.po_text import catalogue_text
from selfassess.languages.updating import updated
from selfassess.library import standard
from selfassess.problems import InvalidDocument
from selfassess.schemas import load_questionnaire
from selfassess.sources import read_file

PHONES = Path(__file__).parent / "problems/_base/questionnaires/phones/1.0.0/questionnaire.yaml"
TEXTS = st.text(st.characters(codec="utf-8"), max_size=120) | st.text('ab "\\\n\t', max_size=300)
NOTES = st.lists(st.from_regex(r"[a-z,.:|~#][a-z ]{0,9}[a-z]", fullmatch=True), max_size=2).map(tuple)
FLAGS = st.lists(st.sampled_from(["fuzzy", "no-wrap"]), unique=True).map(tuple)
PREVIOUS = st.sampled_from([(), ('msgid "old"',), ('msgid ""', '"old and "', '"older"')])
SINGLE = {"many": st.none(), "translations": st.tuples(TEXTS)}
PLURAL = {"many": TEXTS, "translations": st.tuples(TEXTS, TEXTS)}
OTHERS = {"notes": NOTES, "comments": NOTES, "references": NOTES, "previous": PREVIOUS, "flags": FLAGS}
OTHERS |= {"context": st.none() | TEXTS, "source": TEXTS.filter(bool), "is_obsolete": st.booleans()}
ENTRIES = st.builds(Entry, **OTHERS, **SINGLE) | st.builds(Entry, **OTHERS, **PLURAL)
HEADER = Entry(source="", translations=("Language: sv\nPlural-Forms: nplurals=2; plural=(n != 1);\n",))


@given(st.lists(ENTRIES, max_size=4, unique_by=lambda entry: entry.key))
def test_what_is_written_is_read_again_the_same(entries):
    catalogue = Catalogue(header=HEADER, entries=tuple(entries))
    text = catalogue_text(catalogue)
    assert parse_catalogue(text, "sv.po") == catalogue
    assert catalogue_text(parse_catalogue(text.replace("\n", "\r\n"), "sv.po")) == text


def questionnaire():
    return load_questionnaire(read_file(PHONES)).content


def translated(catalogue):
    entries = (replace(entry, translations=(f"«{entry.source}»",)) for entry in catalogue.entries)
    return Catalogue(header=catalogue.header, entries=tuple(entries))


def test_others_read_the_same_of_it():
    named = standard().questionnaire("fair-smartphones", "1.0.0").content
    catalogue = translated(updated(named, "fi"))
    read = read_po(io.BytesIO(catalogue_text(catalogue).encode()), abort_invalid=True)
    assert {(m.context, m.id, m.string) for m in read if m.id} == {
        (entry.context, entry.source, entry.translations[0]) for entry in catalogue.entries
    }


def test_an_update_keeps_what_is_translated_and_marks_what_has_changed():
    before, named = translated(updated(questionnaire(), "sv")), questionnaire()
    assert updated(named, "sv", before) == before
    changed = replace(named, title="Other phones")
    after = updated(changed, "sv", before)
    entry = after.entries[0]
    assert (entry.flags, entry.translations) == (("fuzzy",), (f"«{named.title}»",))
    assert entry.previous == (f'msgid "{named.title}"',)
    assert after.entries[1:] == before.entries[1:]
    assert parse_catalogue(catalogue_text(after), "sv.po") == after
    assert texts_of(changed, after, "sv")("title").language == "en"
    once_more = updated(replace(named, title="Yet other phones"), "sv", after)
    assert once_more.entries[0].previous == entry.previous, "what the translator read stays beside it"


def test_a_text_that_goes_is_kept_as_obsolete_and_comes_back_fuzzy():
    named = questionnaire()
    before = translated(updated(named, "sv"))
    without = updated(replace(named, sections=named.sections[1:]), "sv", before)
    gone = [entry for entry in without.entries if entry.is_obsolete]
    assert gone
    assert {entry.context for entry in gone} == {entry.context for entry in before.entries} - {
        source.context for source in source_texts(replace(named, sections=named.sections[1:]))
    }
    back = updated(named, "sv", without)
    assert [entry.translations for entry in back.entries] == [entry.translations for entry in before.entries]
    assert {entry.context for entry in back.entries if entry.is_fuzzy} == {entry.context for entry in gone}


def test_the_command_writes_a_catalogue_and_brings_it_up_to_date(tmp_path):
    path = tmp_path / "i18n/sv.po"
    arguments = ("new", "translation", str(PHONES), "--language", "sv", "-o", str(path))
    assert call(*arguments).code == 0
    first = read_catalogue(path)
    assert [entry.context for entry in first.entries] == [source.context for source in source_texts(questionnaire())]
    path.write_text(catalogue_text(translated(first)), "utf-8")
    assert call(*arguments).code == 0
    assert read_catalogue(path) == translated(first)


def test_wrong_use_of_the_command_is_said():
    for language in ("klingon", "en", "../sv", ""):
        assert call("new", "translation", str(PHONES), "--language", language, "-o", "-").code == 2


def test_the_librarys_catalogues_have_every_text_in_its_order():
    for named in standard().versions():
        document = standard().questionnaire(*named)
        sources = [(source.context, source.text) for source in source_texts(document.content)]
        for path in sorted((questionnaires() / named[0] / named[1] / "i18n").glob("*.po")):
            entries = [entry for entry in read_catalogue(path).entries if not entry.is_obsolete]
            assert [(entry.context, entry.source) for entry in entries] == sources, path.name


@pytest.mark.parametrize(
    ("source", "translation", "alike"),
    [
        ("at least 12.5 percent", "minst 12,5 procent", True),
        ("more than 10,000 in W01", "fler än 10 000 i W01", True),
        ("more than 10000", "mer enn 10\u00a0000", True),
        ("5 or 6", "6 eller 5", True),
        ("24 months", "12 månader", False),
        ("W01 and W02", "W01", False),
        ("no number", "1 nummer", False),
    ],
)
def test_numbers_are_the_same_however_a_language_writes_them(source, translation, alike):
    assert (numbers(source) == numbers(translation)) is alike


@pytest.mark.parametrize(
    "bad", ["Tele\u202efoner", "Tele\x07foner", "<i>Telefoner</i>", "Telefoner 2", "{n} telefoner"]
)
def test_a_translation_with_a_fault_is_never_shown(bad):
    named = questionnaire()
    whole = translated(updated(named, "sv"))
    entries = (replace(whole.entries[0], translations=(bad,)), *whole.entries[1:])
    found = texts_of(named, Catalogue(header=whole.header, entries=entries), "sv")
    assert (found("title").text, found("title").language) == (named.title, "en")
    assert {said.language for context, said in found.found.items() if context != "title"} == {"sv"}


WRITTEN = '''msgid "a"
msgid ""
msgctxt "b"
msgid_plural "c"
msgstr "d"
msgstr[0] "e"
msgstr[1] "f"
"g"

#
#, fuzzy
#| x
#~ msgid "h"
#~ msgstr "i"
#~|
#~
"Plural-Forms: nplurals=1; plural=n;"'''
LINES = st.sampled_from(WRITTEN.split("\n"))


@given(st.lists(LINES | st.text(max_size=20), max_size=12).map("\n".join))
def test_any_text_is_a_catalogue_or_is_refused_with_its_line(text):
    try:
        catalogue = parse_catalogue(text, "sv.po")
    except InvalidDocument as refused:
        (problem,) = refused.problems
        assert problem.code.word == "translation-syntax"
        assert 1 <= problem.place.line <= text.count("\n") + 1
    else:
        assert parse_catalogue(catalogue_text(catalogue), "sv.po") == catalogue


@pytest.mark.parametrize("line", ['"g"\n', "# a note\n", "#, fuzzy\n"])
def test_a_message_without_end_is_refused_soon(line):
    start = "" if line.startswith("#") else 'msgid "a"\n'
    with pytest.raises(InvalidDocument):
        parse_catalogue(start + line * 200_000 + 'msgid "a"\nmsgstr "b"\n', "sv.po")
