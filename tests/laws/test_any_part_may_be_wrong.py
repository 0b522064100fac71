"""Whatever is put in the place of a part of an authored document, the outcome is a verdict and never a crash."""

from __future__ import annotations

import copy
import random
from decimal import Decimal
from pathlib import Path

import pytest

from selfassess.checks import check_profile, check_questionnaire, check_review, check_tender
from selfassess.exchange import json_bytes
from selfassess.problems import InvalidDocument
from selfassess.schemas import load_profile, load_questionnaire, load_review, load_tender
from selfassess.sources import read_file, read_json

ROOT = Path(__file__).resolve().parents[2]
VERSION = ROOT / "questionnaires" / "fair-smartphones" / "1.0.0"
TENDER = ROOT / "examples" / "nordic-smartphones"
GONE = object()
PARTS = (
    GONE, None, True, "x", "", [], {}, Decimal(5), Decimal(-1), [None], {"x": "y"}, [[]], "none", {"all": []},
    {"all": True}, {"not": []}, [{"id": "A"}], "2026-13-01", {"every_row": {}}, [[Decimal(1), Decimal(2)]],
    {"curve": [[Decimal(1)]]}, {"steps": [["x", Decimal(1)]]}, {"column": "x", "rule": "options"},
)  # fmt: skip


def loaded(load, path):
    return load(read_file(path))


QUESTIONNAIRE = loaded(load_questionnaire, VERSION / "questionnaire.yaml")
PROFILE = loaded(load_profile, VERSION / "profile.yaml")
DOCUMENTS = {
    "questionnaire": (QUESTIONNAIRE, load_questionnaire, check_questionnaire),
    "profile": (PROFILE, load_profile, lambda p: check_profile(p, QUESTIONNAIRE.content)),
    "tender": (
        loaded(load_tender, TENDER / "tender.yaml"),
        load_tender,
        lambda t: check_tender(t, QUESTIONNAIRE.content, PROFILE.content),
    ),
    "review": (
        loaded(load_review, TENDER / "reviews" / "nordfon.yaml"),
        load_review,
        lambda r: check_review(r, QUESTIONNAIRE.content, {"new-devices": (), "second-life": ()}),
    ),
}


def steps(part, above=()):
    if above:
        yield above
    entries = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, below in entries:
        yield from steps(below, (*above, key))


def changed(document, path, part):
    document = copy.deepcopy(document)
    place = document
    for step in path[:-1]:
        place = place[step]
    if part is GONE:
        del place[path[-1]]
    else:
        place[path[-1]] = part
    return document


@pytest.mark.parametrize("kind", DOCUMENTS)
def test_any_part_may_be_wrong(kind):
    document, load, check = DOCUMENTS[kind]
    chance = random.Random(kind)  # noqa: S311  a sample, not a secret
    paths = list(steps(document.written))
    pairs = [(path, part) for path in paths for part in PARTS]
    refused = 0
    for path, part in chance.sample(pairs, min(len(pairs), 150)):
        try:
            source = read_json(json_bytes(changed(document.written, path, part)), "changed.json")
            tuple(check(load(source).content))
        except InvalidDocument as invalid:
            refused += len(invalid.problems) > 0
    assert refused > 10
