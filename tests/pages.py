"""Reports as tests look at them: made from a tender's folder without printing, and read as elements and text."""

from __future__ import annotations

import subprocess
from datetime import UTC, datetime
from html.parser import HTMLParser

from selfassess.evaluation import evaluate
from selfassess.further import Wanted, with_further
from selfassess.languages import translation
from selfassess.library import standard
from selfassess.outcome import as_in_folder, context_of, evaluation_card
from selfassess.rendering import render_html, render_screen
from selfassess.scorecard import supplier_report
from selfassess.stabilities import stabilities_of

CREATED = datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
VOID = {"meta", "br", "rect", "line", "circle", "polygon"}


class Digests(dict):
    """A digest for every file."""

    def __missing__(self, name):
        return "sha256:" + "0" * 64


def cards(folder, language="en"):
    """The cards of a tender's folder in a language: of each bid by its id, and of the whole."""
    evaluation = as_in_folder(evaluate(folder, standard()))
    said = translation(evaluation.questionnaire, language)
    context = context_of(evaluation, said)
    own = {}
    for supplier, bid in evaluation.bids.items():
        if bid.response is not None:
            found = {lot: a for (name, lot), a in evaluation.assessments.items() if name == supplier}
            digests = [("response", bid.read.digest), *bid.files.items()]
            name = bid.response.supplier.name
            own[supplier] = supplier_report(context, supplier, name, found, bid.problems, digests, context.fields())
    whole = evaluation_card(evaluation, context, Digests())
    return own, with_further(whole, evaluation, Wanted(translation=said), stabilities_of(evaluation))


def html_of(card):
    """A card as HTML for paper."""
    return render_html(card, created=CREATED)


def all_html(folder, language="en"):
    """Every report of a tender as HTML in a language, the screen's among them, by name."""
    own, whole = cards(folder, language)
    pages = {f"{supplier}.html": html_of(card) for supplier, card in own.items()}
    return pages | {"evaluation.html": html_of(whole), "screen.html": render_screen(whole)}


class Elements(HTMLParser):
    """The elements of a page with the names of their attributes, and its texts."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.elements, self.texts, self.open = [], [], []
        self.titles = []

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, tuple(name for name, _ in attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, tuple(name for name, _ in attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag, tag

    def handle_data(self, text):
        if self.open and self.open[-1] in ("style", "script"):
            return
        self.texts.append(text)
        if self.open[-2:] == ["svg", "title"]:
            self.titles.append(text)


def read(html):
    """Parse a page; every element must be closed by its own end."""
    elements = Elements()
    elements.feed(html)
    elements.close()
    assert elements.open == []
    return elements


def said(html):
    """The text of a page, a line for each run of it."""
    lines = (" ".join(text.split()) for text in read(html).texts)
    return "\n".join(line for line in lines if line) + "\n"


def text_of(pdf, path):
    """The text of a PDF as poppler reads it."""
    path.write_bytes(pdf)
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True).stdout.decode()
