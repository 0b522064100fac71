"""Forms as the tests need them: written by the command, unpacked, and open in a browser."""

from __future__ import annotations

import base64
import json
import re
import time
import zlib
from contextlib import contextmanager
from pathlib import Path

import browser
from commands import call

from selfassess.form.lots import page_plan
from selfassess.library import standard
from selfassess.model.assessment import Measure
from selfassess.numbers import shown
from selfassess.plan import compile_plan
from selfassess.schemas.response import ResponseReader
from selfassess.scoring import score
from selfassess.sources import read_file
from selfassess.tenders import open_tender

HERE = Path(__file__).resolve().parent
NAME = "fair-smartphones@1.0.0"
READY = "document.querySelector('.card') && !document.body.hasAttribute('aria-busy')"


def written(folder, *args, subject=NAME):
    """The file that the command writes."""
    path = folder / "form.html"
    outcome = call("form", subject, "-o", path, *args)
    assert outcome.code == 0, outcome.err
    return path


def unpacked(html):
    """The program and the data that a form has in it."""
    (packed,) = re.findall(r'id="packed">([^<]*)<', html)
    deflated = base64.b85decode(packed.translate(str.maketrans(".,:", "&<>")))
    return json.loads(zlib.decompress(deflated))


def plan_of_library():
    """The plan of the library's questionnaire as the form has it, texts as their contexts."""
    library = standard()
    questionnaire = library.questionnaire(*NAME.split("@"))
    profile = library.default_profile(questionnaire).content
    return page_plan(questionnaire.content, profile, [None], lambda context: context, shows_score=True)


def claimed_totals(folder, path):
    """What a response to a tender is worth as claimed, lot by lot, as the program prints it."""
    tender = open_tender(folder, standard())
    questionnaire, lots = tender.questionnaire, tender.tender.content.lots
    response = ResponseReader(questionnaire.content, questionnaire.digest).slow(read_file(path).data).response
    profile = tender.tender.content.changed(tender.profile.content)
    plans = [compile_plan(questionnaire.content, profile, lot) for lot in lots]
    found = [score(plan, response, supplier="bid", day=tender.tender.content.day) for plan in plans]
    return [shown(one.totals[Measure.CLAIMED].total, 2) for one in found]


@contextmanager
def opened(path, width=1280, *, scheme="light"):
    """Yield a page with the form open and drawn."""
    with browser.page(path) as page:
        page.resize(width, scheme=scheme)
        page.until(READY)
        yield page


def take(page, path):
    """Open a response in the form."""
    page.attach("#open-file", path)
    page.until(READY)
    page.settle()


def saved(page, folder):
    """Press Save and return what was saved."""
    folder.mkdir(exist_ok=True)
    page.save_to(folder)
    page.value("document.getElementById('save').focus()")
    page.press("Enter")
    path = folder / "response.json"
    wait_for(path)
    return path


def wait_for(path):
    """Wait until a download is there."""
    for _ in range(200):
        if path.is_file() and path.stat().st_size:
            return
        time.sleep(0.05)
    raise AssertionError("nothing was saved")
