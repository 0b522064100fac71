"""Evaluate the example tender as it is and as it might have been, and print figures as its story prints them."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from pathlib import Path

from commands import call
from copies import copy_example

from selfassess.library import standard
from selfassess.numbers import shown
from selfassess.schemas import load_tender
from selfassess.sources import read_file

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "nordic-smartphones"
PAGE = (EXAMPLE / "README.md").read_text("utf-8")
STORY = " ".join(PAGE.split())
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
NEW, USED = "new-devices", "second-life"
PLACES = {1: "1st", 2: "2nd", 3: "3rd"}

# What might have been, as changes of a copy: a file, what stands in it, and what would have stood there.
CASES = {
    "as it is": (),
    "the bids had closed five days earlier, when the certificate was valid": (
        ("tender.yaml", "deadline: 2026-11-20", "deadline: 2026-11-15"),
    ),
    "the N/A of E15 had been approved": (("reviews/kestava.yaml", "action: refuse", "action: approve"),),
    "nobody had reviewed anything": (("reviews", None, None),),
    "the N/A of L17 had been approved": (("reviews/kanskje.yaml", "action: refuse", "action: approve"),),
    "there were no gate on updates": (
        ("tender.yaml", "profile_changes:\n", 'profile_changes:\n  gates: {C14: "off"}\n'),
    ),
}


@dataclass(frozen=True)
class Outcome:
    """The results of one evaluation, by lot and bid."""

    folder: Path
    assessments: dict = field(default_factory=dict)

    @cached_property
    def ranking(self):
        return json.loads((self.folder / "results" / "ranking.json").read_text("utf-8"))

    def bids(self, lot):
        return {bid["supplier"]: bid for found in self.ranking["lots"] if found["lot"] == lot for bid in found["bids"]}

    def winners(self, lot):
        return next(found["winners"] for found in self.ranking["lots"] if found["lot"] == lot)

    def figure(self, lot, supplier):
        return Fraction(self.bids(lot)[supplier]["figure"]["exact"])

    def assessment(self, lot, supplier):
        path = self.folder / "results" / supplier / lot / "assessment.json"
        return self.assessments.setdefault(path, json.loads(path.read_text("utf-8")))

    def question(self, lot, supplier, id_):
        return next(found for found in self.assessment(lot, supplier)["questions"] if found["id"] == id_)

    def points(self, lot, supplier, id_, measure):
        return Fraction(self.question(lot, supplier, id_)["points"][measure]["exact"])

    def lost(self, lot, supplier, id_, before="supported", after="reviewed"):
        """What a question loses between two measures, as the story prints it."""
        return shown(self.points(lot, supplier, id_, before) - self.points(lot, supplier, id_, after), 2)


def evaluated(name, folder):
    """Evaluate a copy of the example in which one case is so."""
    copy_example(folder, is_draft=bool(CASES[name]))
    for file, old, new in CASES[name]:
        if old is None:
            shutil.rmtree(folder / file)
            continue
        text = (folder / file).read_text("utf-8")
        assert text.count(old) == 1, (file, old)
        (folder / file).write_text(text.replace(old, new), "utf-8")
    call("evaluate", folder, "--no-pdf")
    return Outcome(folder)


def kronor(amount, places=2):
    """An amount as the story prints it: 35 475 363.03."""
    whole, _, cents = shown(amount, places).partition(".")
    return re.sub(r"(?<=\d)(?=(\d{3})+$)", " ", whole) + (f".{cents}" if cents else "")


def day(text):
    year, month, number = text.split("-")
    return f"{int(number)} {MONTHS[int(month) - 1]} {year}"


def tables():
    """Every table of the story as lists of cells, without its head and rule."""
    found, rows = [], []
    for line in [*PAGE.splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        elif rows:
            found.append(rows[2:])
            rows = []
    return found


def row_of(bid):
    outcome = PLACES.get(bid["rank"], bid["status"])
    values = [bid[measure]["shown"] if bid[measure] else "–" for measure in ("claimed", "supported", "reviewed")]
    price = kronor(Fraction(bid["price"]), 0) if bid["price"] else "–"
    figure = kronor(Fraction(bid["figure"]["exact"])) if bid["figure"] else "–"
    return [bid["supplier"], *values, price, figure, outcome]


QUESTIONNAIRE = standard().questionnaire("fair-smartphones", "1.0.0")
QUESTIONS = {question.id: question for question in QUESTIONNAIRE.content.questions()}
TENDER = load_tender(read_file(EXAMPLE / "tender.yaml")).content
MINIMA = TENDER.profile_changes["minima"].sections


def weights_of(section):
    """The published weights of a section's scored questions."""
    profile = standard().default_profile(QUESTIONNAIRE).content
    own = next(found.questions for found in QUESTIONNAIRE.content.sections if found.id == section)
    return {question.id: profile.question_weights.weights[question.id] for question in own if question.is_scored}


def response(supplier):
    return json.loads((EXAMPLE / "bids" / supplier / "response.json").read_text("utf-8"))


def expiry(supplier, id_):
    return next(day(document["expires"]) for document in response(supplier)["evidence"] if document["id"] == id_)
