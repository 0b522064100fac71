"""What check and import tell suppliers, in their language: the same problems at the same places, in other words."""

from __future__ import annotations

import json
import re

import pytest
import tenders
from commands import call

from selfassess.languages import LANGUAGES, SOURCE
from selfassess.languages.po import read_catalogue
from selfassess.languages.words import FOLDER, placeholders
from selfassess.problems import Code

OTHERS = [language for language in LANGUAGES if language != SOURCE]
TEXTS = {text for code in Code for text in (code.message, code.hint) if text}
PRINTED = {"See {place}.", "{files} checked, {errors} to mend, {rest} to read", "and {n} more"}
LINE = re.compile(r"^(\S+): ([a-z-]+)  .*?(  \(at [^)]*\))?$", re.MULTILINE)


@pytest.fixture
def response(tmp_path):
    """A response in which an answer is out of range, one is of another type, and one belongs to no question."""
    tender = tenders.write(tmp_path / "T", questions=9, sections=2, bids=1, rows=1)
    path = tender / "bids/bid-00/response.json"
    plain = json.loads(path.read_text("utf-8"))
    plain["answers"].update(Q003=-5, Q004=["nothing"], Q999="an object")
    path.write_text(json.dumps(plain, indent=1), "utf-8")
    return path


def told(path, *options):
    outcome = call("check", path, *options)
    return outcome.code, outcome.out


@pytest.mark.parametrize("language", OTHERS)
class TestInEachLanguage:
    def test_the_same_problems_are_told_at_the_same_places(self, language, response):
        code, english = told(response)
        other_code, other = told(response, "--language", language)
        assert (code, LINE.findall(english)) == (other_code, LINE.findall(other))
        assert len(LINE.findall(english)) >= 3

    def test_the_last_line_counts_them_in_the_language(self, language, response):
        english, other = call("check", response).err, call("check", response, "--language", language).err
        assert re.findall(r"\d+", english) == re.findall(r"\d+", other)
        assert english != other

    def test_messages_are_in_the_language_and_values_as_they_were(self, language, response):
        other = told(response, "--language", language)[1]
        for code in (Code.ANSWER_RANGE, Code.ANSWER_TYPE):
            start = code.message.partition("{")[0]
            assert f": {code}  " in other
            assert not start or start not in other
        assert "Q999" in other

    def test_every_translation_is_of_something_that_is_said_and_takes_its_values(self, language):
        catalogue = read_catalogue(FOLDER / "terminal" / f"{language}.po")
        words_in_messages = PRINTED | {entry.source for entry in catalogue.entries if "{" not in entry.source}
        for entry in catalogue.entries:
            assert entry.source in TEXTS | words_in_messages
            assert placeholders(entry.translations[0]) == placeholders(entry.source)

    def test_every_language_translates_the_same(self, language):
        sources = {code: {e.source for e in read_catalogue(FOLDER / "terminal" / f"{code}.po").entries}
                   for code in OTHERS}  # fmt: skip
        assert sources[language] == set.union(*sources.values())

    def test_whatever_a_responses_problem_can_say_is_translated(self, language):
        sources = {entry.source for entry in read_catalogue(FOLDER / "terminal" / f"{language}.po").entries}
        met = [code for code in Code if str(code).startswith(("answer-", "workbook-", "claim-"))]
        assert {text for code in met for text in (code.message, code.hint) if text} <= sources


def test_english_is_what_is_said_without_the_option(response):
    assert told(response, "--language", "en") == told(response)


@pytest.mark.parametrize("language", ["de", "SV", "", "sv_SE"])
def test_a_language_that_there_is_not_is_refused(language, response):
    outcome = call("check", response, "--language", language)
    assert (outcome.code, outcome.out) == (2, "")
    assert "en, sv, nb, da, fi" in outcome.err


@pytest.mark.parametrize("form", ["json", "github"])
def test_what_programs_read_stays_in_english(form, response):
    outcome = call("check", response, "--format", form, "--language", "fi")
    assert (outcome.code, outcome.out) == (2, "")


@pytest.mark.parametrize("language", OTHERS)
def test_packing_and_unpacking_tell_what_is_wrong_in_the_language_too(language, response, tmp_path):
    english, other = call("pack", response.parent), call("pack", response.parent, "--language", language)
    assert (english.code, LINE.findall(english.err)) == (other.code, LINE.findall(other.err))
    assert english.code == 1
    assert english.err != other.err
    (tmp_path / "a.zip").write_bytes(b"PK no archive")
    told_of = [call("unpack", tmp_path / "a.zip", "-o", tmp_path, *more) for more in ((), ("--language", language))]
    assert [outcome.code for outcome in told_of] == [1, 1]
    assert "archive-damaged" in told_of[1].err
    assert told_of[0].err != told_of[1].err


def test_names_that_somebody_gave_stay_as_they_are_whatever_they_look_like():
    """A key called lot and an option called question are no words of the program."""
    from selfassess.languages import words  # noqa: PLC0415
    from selfassess.languages.problems import said_in  # noqa: PLC0415
    from selfassess.sources import of_file  # noqa: PLC0415

    missing = of_file("a.yaml", Code.MISSING_KEY, key="lot")
    assert "lot" in said_in(missing, words("terminal", "sv"))[0]
    weight = of_file("a.yaml", Code.WEIGHT_MISSING, kind="question", id="question")
    assert "question" in said_in(weight, words("terminal", "sv"))[0].split()
    assert "frågan question" in said_in(weight, words("terminal", "sv"))[0]
