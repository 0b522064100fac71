"""Reports in other languages than English: every word, the same figures, and computed again in the language."""

from __future__ import annotations

import io
import json
import re
import sys
from dataclasses import replace
from datetime import date

import forging
import messages
import pages
import pypdf
import pytest
import tenders
from commands import call
from folders import lay_out_tender

from selfassess.digests import digest_bytes
from selfassess.languages import LANGUAGES, SOURCE, shown_date, words
from selfassess.languages.contexts import source_texts
from selfassess.languages.po import Catalogue, Entry, read_catalogue
from selfassess.languages.po_text import catalogue_text
from selfassess.languages.words import FOLDER, TOLD_CONTEXT, placeholders
from selfassess.problems import Code
from selfassess.schemas import load_questionnaire
from selfassess.scorecard.as_data import plain_of
from selfassess.sources import read_file
from selfassess.verification import verify_report

OTHERS = [language for language in LANGUAGES if language != SOURCE]
PRICES = {
    "deduction": {"full_quality": 1200000},
    "absolute_linear": {"price_points": 50, "quality_points": 50, "low": 2000000, "high": 6000000, "clamp": "both"},
    "surcharge": {"price_points": 60, "quality_points": 40},
    "fixed_price": {},
    "threshold_lowest_price": {"minimum_quality": 45},
    "admit_all_above": {"minimum_quality": 30},
    "relative_proportional": {"price_points": 50, "quality_points": 50},
    "relative_range": {"price_points": 50, "quality_points": 50},
}
BID = {
    "cycles": 700,
    "comments": {"how": "Por carta."},
    "confidential": {"recycled": "Our recipe"},
    "evidence": [
        {"id": "own", "title": "T", "kind": "own-document", "grade": "E2", "file": "evidence/x.pdf",
         "issued": "2024-01-31", "expires": "2026-03-01", "supports": ["recycled", "sites"]},
    ],
}  # fmt: skip


def tender_with(folder, name, price):
    """A tender with that price model: bids that are weak, incomplete, unreadable and without a price."""
    model = {"model": name, "currency": "SEK", "vat": "excluded", **price}
    mode = "dialogue" if len(name) % 2 else "award"
    return tenders.write(folder, questions=24, sections=3, bids=6, price=model, mode=mode)


class TestWords:
    @pytest.mark.parametrize("language", OTHERS)
    def test_every_message_of_reports_is_translated_and_no_other(self, language):
        found = {entry.key: entry for entry in read_catalogue(FOLDER / "report" / f"{language}.po").entries}
        said = messages.in_reports()
        assert set(found) == {(context, text) for context, text, _ in said}
        for context, text, many in said:
            entry = found[context, text]
            assert entry.many == many, text
            for translation in entry.translations:
                assert placeholders(translation) == placeholders(many or text), (text, translation)

    def test_what_is_told_as_data_can_be_found_again(self):
        """Each value has one place, and no sentence is another one with a value in it."""
        told = [text for context, text, _ in messages.in_reports() if context == TOLD_CONTEXT]
        swedish = words("report", "sv")
        for text in told:
            names = sorted(placeholders(text))
            assert len(names) == text.count("{"), text
            values = {name: f"X{at}x" for at, name in enumerate(names)}
            english = text
            for name, value in values.items():
                english = english.replace(f"{{{name}}}", value)
            assert swedish.again(english) == swedish.at(TOLD_CONTEXT).say(text, **values), english

    def test_days_and_amounts_inside_what_is_told_are_the_languages_own(self):
        danish = words("report", "da")
        said = danish.again("it expired on 2026-11-15")
        assert "15. november 2026" in said
        assert "expired" not in said
        said = danish.again("under fixed_price quality has no weight beside the price; explain")
        assert "fixed_price" in said
        assert "weight" not in said
        assert danish.again("something that nobody says") == "something that nobody says"

    @pytest.mark.parametrize("language", OTHERS)
    def test_whatever_can_be_wrong_is_said(self, language):
        sources = {entry.source for entry in read_catalogue(FOLDER / "terminal" / f"{language}.po").entries}
        assert {text for code in Code for text in (code.message, code.hint) if text} <= sources


SIXTH, FOLDERS_HOME = "is", "selfassess.languages.words"
HEADER = Entry(source="", translations=(f"Language: {SIXTH}\nPlural-Forms: nplurals=2; plural=(n != 1);\n",))
INNERMOST = re.compile("⟦[^⟦⟧]*⟧")
CUT = re.compile("⟦[^⟦⟧]*…")
ATTRIBUTES = re.compile(r'(?:data-chapter|data-running|data-footing|aria-label|title)="([^"]*)"')
DATA = re.compile(r"sha256:[0-9a-f]+|\b[0-9a-f]{12}\b|[\w./-]+\.(?:json|pdf|csv|yaml|html)[:0-9]*")
# Ids that stand for themselves, and months, which the language's own names are for.
KEPT = " ".join(["selfassess SHA", *(shown_date(date(2026, month, 1), "is") for month in range(1, 13))])


def marked(text):
    return f"⟦{text}⟧"


def in_brackets(context, text, many=None):
    translations = (marked(text),) if many is None else (marked(text), marked(many))
    return Entry(context=context, source=text, many=many, translations=translations)


@pytest.fixture(scope="module")
def sixth(tmp_path_factory):
    """A sixth language, which is English in brackets: added by files alone."""
    folder = tmp_path_factory.mktemp("words")
    for area in ("report", "terminal"):
        (folder / area).mkdir()
    own = Catalogue(header=HEADER, entries=tuple(in_brackets(*key) for key in messages.in_reports()))
    (folder / f"report/{SIXTH}.po").write_text(catalogue_text(own), "utf-8")
    swedish = read_catalogue(FOLDER / "terminal/sv.po").entries
    told = Catalogue(header=HEADER, entries=tuple(in_brackets(e.context, e.source, e.many) for e in swedish))
    (folder / f"terminal/{SIXTH}.po").write_text(catalogue_text(told), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[FOLDERS_HOME], "FOLDER", folder)
        patch.setattr(sys.modules[FOLDERS_HOME], "LANGUAGES", (*LANGUAGES, SIXTH))
        words.cache_clear()
        yield SIXTH
    words.cache_clear()


def translated(folder, language=SIXTH, only=None):
    """The folder's questionnaire, its texts (``only`` so many) in brackets in a language."""
    (path,) = folder.glob("questionnaires/*/*/questionnaire.yaml")
    document = load_questionnaire(read_file(path))
    entries = tuple(in_brackets(source.context, source.text) for source in source_texts(document.content))
    header = Entry(source="", translations=(f"Language: {language}\n",))
    (path.parent / "i18n").mkdir(exist_ok=True)
    catalogue = Catalogue(header=header, entries=entries[:only])
    (path.parent / f"i18n/{language}.po").write_text(catalogue_text(catalogue), "utf-8")
    return folder


def left_in_english(html, known):
    """The words that stand outside of all brackets on a page and are not known as data."""
    text = "\n".join((*pages.read(html).texts, *ATTRIBUTES.findall(html)))
    while INNERMOST.search(text):
        text = INNERMOST.sub(" ", text)
    return set(re.findall(r"[^\W\d_]{2,}", DATA.sub(" ", CUT.sub(" ", text)))) - known


def words_of(folder):
    """The words of what buyers and bidders wrote, of ids and of codes: they stay as they are in every language."""
    files = [folder / "tender.yaml", folder / "profile.yaml", *folder.glob("bids/*/response.json")]
    said = [path.read_text("utf-8", "replace") for path in files]
    said += [code.word for code in Code] + [KEPT, "Directive 2014/24/EU, art.", *PRICES]
    return frozenset(re.findall(r"[^\W\d_]{2,}", " ".join(said)))


# The words that a sentence of English cannot do without; none of them is data of the tenders here.
GRAMMAR = frozenset(["is", "are", "was", "has", "than", "which", "what", "every", "each", "nothing", "where", "there"])


class TestASixthLanguage:
    @pytest.mark.parametrize("name", PRICES)
    def test_it_takes_files_alone_and_no_word_of_a_report_stays_english(self, name, sixth, tmp_path):
        folder = translated(tender_with(tmp_path / "T", name, PRICES[name]))
        known = words_of(folder)
        for page, html in pages.all_html(folder, sixth).items():
            assert left_in_english(html, known) == set(), page
            assert left_in_english(html, frozenset()) & GRAMMAR <= {"what", "is", "are"} & known, page


def figures_in(text):
    """The figures in a text, a day as English writes it like one with its month in words."""
    days = re.sub(r"\b(\d{4})-(\d\d)-(\d\d)\b", lambda day: f"{int(day.group(3))} {day.group(1)}", text)
    return sorted(re.findall(r"\d+", re.sub(r"(?<=\d)[\u00a0\u202f.,](?=\d)", "", days)))


def strings(plain, at=""):
    """Every text of a card with its place."""
    if isinstance(plain, str):
        yield at, plain
    elif isinstance(plain, dict):
        for key, part in plain.items():
            yield from strings(part, f"{at}/{key}")
    elif isinstance(plain, list):
        for number, part in enumerate(plain):
            yield from strings(part, f"{at}/{number}")


def texts_of(card):
    """Every text of a card with its place, but for the list of those that are not translated."""
    return strings(plain_of(replace(card, foreign=())))


class TestFigures:
    @pytest.mark.parametrize("name", ["deduction", "absolute_linear", "fixed_price", "relative_range"])
    def test_every_language_says_the_same_figures_at_the_same_place(self, name, tmp_path):
        folder = tender_with(tmp_path / "T", name, PRICES[name])
        own, whole = pages.cards(folder)
        english = {**own, "whole": whole}
        for language in OTHERS:
            own, whole = pages.cards(folder, language)
            for card, other in {**own, "whole": whole}.items():
                pairs = zip(texts_of(english[card]), texts_of(other), strict=True)
                for (at, said), (place, told) in pairs:
                    assert at == place
                    assert figures_in(said) == figures_in(told), (language, card, at, said, told)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A small tender whose questionnaire is translated into Swedish but for its last texts."""
    folder = lay_out_tender(tmp_path_factory.mktemp("spoken") / "tender", {"alfa": BID, "beta": {}})
    translated(folder, "sv", only=-4)
    assert call("evaluate", folder, "--statistics", "--language", "sv").code in (0, 1, 3)
    return folder


@pytest.fixture(scope="module")
def reports(folder):
    results = folder / "results"
    names = ("evaluation.pdf", "statistics.pdf", "alfa/report.pdf")
    found = {name: (results / name).read_bytes() for name in names}
    one = results / "alfa/phones/assessment.json"
    for name, flags in (("own", ()), ("public", ("--public",))):
        assert call("report", one, *flags, "--language", "sv", "-o", folder / name).code == 0
        (path,) = (folder / name).glob("*.pdf")
        found[name] = path.read_bytes()
    return found


KINDS = ("evaluation.pdf", "statistics.pdf", "alfa/report.pdf", "own", "public")


def record_in(raw):
    return json.loads(forging.attached(raw)["record.json"])


class TestVerifying:
    @pytest.mark.parametrize("kind", KINDS)
    def test_a_report_is_computed_again_in_its_language(self, kind, reports):
        findings, record = verify_report(reports[kind])
        assert findings.match, [found.said for found in findings.found]
        assert any(path.endswith("i18n/sv.po") for path in record.files)

    @pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "public"])
    def test_another_language_in_the_record_is_found(self, kind, reports):
        raw = reports[kind]
        assert record_in(raw)["given"]["language"] == "sv"
        for language in ("fi", "xx", 7):
            record = record_in(raw)
            record["given"]["language"] = language
            assert not verify_report(forging.with_record(raw, record))[0].match

    @pytest.mark.parametrize("kind", ["evaluation.pdf", "alfa/report.pdf", "own"])
    def test_another_translation_is_found(self, kind, reports):
        raw = reports[kind]
        (name,) = (name for name in forging.attached(raw) if name.endswith("sv.po"))
        data = forging.attached(raw)[name]
        changed = data.replace(b'msgstr "\xe2\x9f\xa6', b'msgstr "\xe2\x9f\xa6\xe2\x9f\xa6', 40)
        assert changed != data
        assert digest_bytes(changed) != digest_bytes(data)
        assert not verify_report(forging.consistent(raw, {name: changed}))[0].match

    def test_a_report_of_before_languages_is_english(self, folder, tmp_path):
        one = folder / "results/alfa/phones/assessment.json"
        assert call("report", one, "-o", tmp_path).code == 0
        raw = next(tmp_path.glob("*.pdf")).read_bytes()
        assert record_in(raw)["given"]["language"] == "en"


class TestLanguagesOfTexts:
    def test_the_report_names_its_language_and_that_of_what_is_not_translated(self, reports):
        reader = pypdf.PdfReader(io.BytesIO(reports["own"]))
        assert reader.root_object["/Lang"] == "sv"
        named = [element["/Lang"] for element in every_element(reader) if "/Lang" in element]
        assert set(named) == {"en"}

    def test_a_report_in_the_language_of_its_questionnaire_names_no_other(self, folder, tmp_path):
        one = folder / "results/beta/phones/assessment.json"
        assert call("report", one, "-o", tmp_path).code == 0
        reader = pypdf.PdfReader(next(tmp_path.glob("*.pdf")))
        assert reader.root_object["/Lang"] == "en"
        assert [element for element in every_element(reader) if "/Lang" in element] == []


def every_element(reader):
    waiting = [reader.root_object["/StructTreeRoot"]["/K"][0].get_object()]
    while waiting:
        element = waiting.pop()
        yield element
        kids = element.get("/K", [])
        kids = kids if isinstance(kids, list) else [kids]
        found = [kid.get_object() for kid in kids if not isinstance(kid, int)]
        waiting += [kid for kid in found if kid.get("/Type") == "/StructElem"]


class TestAsking:
    @pytest.mark.parametrize("command", [("evaluate", "{folder}"), ("report", "{one}", "-o", "{out}"),
                                         ("publish", "{folder}")])  # fmt: skip
    def test_a_language_that_there_is_not_is_refused(self, command, folder, tmp_path):
        places = {"folder": folder, "one": folder / "results/alfa/phones/assessment.json", "out": tmp_path / "out"}
        asked = [part.format(**{name: str(path) for name, path in places.items()}) for part in command]
        outcome = call(*asked, "--language", "de")
        assert (outcome.code, outcome.out) == (2, "")
        assert "none of the languages that there are: en, sv, nb, da, fi" in outcome.err
        assert not (tmp_path / "out").exists()

    def test_the_annex_is_written_in_english_and_in_every_language_that_is_asked_for(self, tmp_path):
        tender = translated(lay_out_tender(tmp_path / "T", {}), "fi")
        asked = ("--language", "fi", "--language", "sv", "--language", "fi", "--at", "2026-10-01T12:00:00+02:00")
        assert call("publish", tender, *asked).code == 0
        names = {path.name for path in tender.glob("annex*")}
        assert names == {"annex.json", "annex.pdf", "annex.fi.pdf", "annex.sv.pdf"}
        published = json.loads((tender / "publication.json").read_text("utf-8"))["annex"]
        assert published == {name: digest_bytes((tender / name).read_bytes()) for name in names}
        for name in names - {"annex.json"}:
            raw = (tender / name).read_bytes()
            findings, _ = verify_report(raw)
            assert findings.match, [found.said for found in findings.found]
        same = {forging.attached((tender / name).read_bytes())["results_annex.json"] for name in names - {"annex.json"}}
        assert same == {(tender / "annex.json").read_bytes()}
        assert call("verify", tender / "annex.fi.pdf").code == 0

    def test_a_report_that_is_printed_has_its_language(self, folder, tmp_path):
        outcome = call("report", folder / "results/evaluation.pdf", "--sign", tmp_path / "k.p12", "--language", "fi",
                       "-o", tmp_path)  # fmt: skip
        assert outcome.code == 2
        assert "is a report already, in the language that it is in" in outcome.err

    def test_a_catalogue_that_cannot_be_read_is_a_problem_and_nothing_is_written(self, tmp_path):
        tender = lay_out_tender(tmp_path / "T", {"alfa": {}})
        (path,) = tender.glob("questionnaires/*/*")
        (path / "i18n").mkdir()
        (path / "i18n/nb.po").write_bytes(b"\xff")
        outcome = call("evaluate", tender, "--language", "nb")
        assert outcome.code == 1
        assert "translation-syntax" in outcome.err
        assert not (tender / "results").exists()
