"""Reports in other languages than English: every word of theirs, the same figures, and whose language is another."""

from __future__ import annotations

import re
import sys

import messages
import pages
import pytest
import tenders

from selfassess.languages import LANGUAGES, SOURCE, words
from selfassess.languages.contexts import source_texts
from selfassess.languages.po import Catalogue, Entry, read_catalogue
from selfassess.languages.po_text import catalogue_text
from selfassess.languages.words import FOLDER
from selfassess.schemas import load_questionnaire
from selfassess.sources import read_file

PRICES = {
    "deduction": {"full_quality": 1200000},
    "absolute_linear": {"price_points": 50, "quality_points": 50, "low": 2000000, "high": 6000000, "clamp": "both"},
    "surcharge": {"price_points": 60, "quality_points": 40},
    "fixed_price": {},
    "threshold_lowest_price": {"minimum_quality": 45},
    "admit_all_above": {"minimum_quality": 30},
    "relative_proportional": {"price_points": 50, "quality_points": 50},
    "relative_linear": {"price_points": 50, "quality_points": 50},
    "relative_range": {"price_points": 50, "quality_points": 50},
}
OTHERS = [language for language in LANGUAGES if language != SOURCE]
SIXTH, FOLDERS_HOME = "is", "selfassess.languages.words"
HEADER = Entry(source="", translations=(f"Language: {SIXTH}\nPlural-Forms: nplurals=2; plural=(n != 1);\n",))
INNERMOST = re.compile("⟦[^⟦⟧]*⟧")


def marked(text):
    return f"⟦{text}⟧"


def in_brackets(context, text, many=None):
    return Entry(context=context, source=text, many=many, translations=(marked(text),) if many is None else
                 (marked(text), marked(many)))  # fmt: skip


@pytest.fixture(scope="module")
def sixth(tmp_path_factory):
    """A sixth language, which is English in brackets: added by files alone."""
    folder = tmp_path_factory.mktemp("words")
    for area in ("report", "terminal"):
        (folder / area).mkdir()
    own = Catalogue(header=HEADER, entries=tuple(in_brackets(*key) for key in messages.in_reports()))
    (folder / f"report/{SIXTH}.po").write_text(catalogue_text(own), "utf-8")
    swedish = read_catalogue(FOLDER / "terminal/sv.po").entries
    told = Catalogue(header=HEADER, entries=tuple(in_brackets(e.context, e.source) for e in swedish))
    (folder / f"terminal/{SIXTH}.po").write_text(catalogue_text(told), "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys.modules[FOLDERS_HOME], "FOLDER", folder)
        patch.setattr(sys.modules[FOLDERS_HOME], "LANGUAGES", (*LANGUAGES, SIXTH))
        words.cache_clear()
        yield SIXTH
    words.cache_clear()


def left_in_english(html, known):
    """What stands outside of all brackets on a page and is not one of the known names, ids and numbers."""
    text = "\n".join((*pages.read(html).texts, *ATTRIBUTES.findall(html)))
    while INNERMOST.search(text):
        text = INNERMOST.sub(" ", text)
    return [word for word in re.findall(r"[^\W\d_]{2,}", text) if word not in known]


ATTRIBUTES = re.compile(r'(?:data-chapter|data-running|data-footing|aria-label|title)="([^"]*)"')
# What stays as it is in every language: names of formats and of the program, ids, and what the documents say.
KEPT = {
    *("selfassess", "sha", "SHA", "response", "json", "yaml", "csv", "reviews", "tender", "bid", "all", "test", "equal"),
    *("EU", "SEK", "EUR"),
}


def translated(folder):
    """The folder's questionnaire, every text of which is in brackets in the sixth language."""
    (path,) = folder.glob("questionnaires/*/*/questionnaire.yaml")
    document = load_questionnaire(read_file(path))
    entries = tuple(in_brackets(source.context, source.text) for source in source_texts(document.content))
    (path.parent / "i18n").mkdir()
    (path.parent / f"i18n/{SIXTH}.po").write_text(catalogue_text(Catalogue(header=HEADER, entries=entries)), "utf-8")
    return folder


@pytest.mark.parametrize("name", PRICES)
def test_no_word_of_a_report_stays_english(name, sixth, tmp_path):
    price = {"model": name, "currency": "SEK", "vat": "excluded", **PRICES[name]}
    mode = "dialogue" if len(name) % 2 else "award"
    folder = translated(tenders.write(tmp_path / "T", questions=24, sections=3, bids=6, price=price, mode=mode))
    for page, html in pages.all_html(folder, sixth).items():
        assert left_in_english(html, KEPT) == [], page
