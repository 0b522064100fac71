"""Differences of two documents in words: none is missed, none is invented, and each has its place."""

from __future__ import annotations

import copy
from decimal import Decimal

import pytest
import strategies
import writing
from hypothesis import given
from hypothesis import strategies as st

from selfassess.differences import differences
from selfassess.digests import digest
from selfassess.exchange import json_bytes
from selfassess.sources import read_json

PARTS = st.sampled_from([None, True, False, "", "x", "a b", Decimal(0), Decimal("0.5"), [], ["x"], {}, {"id": "x"}])


def steps(part, above=()):
    """The path of every part of a plain document."""
    yield above
    entries = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, below in entries:
        yield from steps(below, (*above, key))


def as_read(plain):
    return read_json(json_bytes(plain), "test.json").data


def at(plain, path):
    for key in path:
        plain = plain[key]
    return plain


@st.composite
def pairs(draw):
    """A questionnaire, or a profile, and the same with some parts changed, taken out, or moved."""
    case = draw(strategies.cases())
    before = as_read(draw(st.sampled_from([case.questionnaire, case.profile])))
    after = copy.deepcopy(before)
    for _ in range(draw(st.integers(0, 3))):
        paths = list(steps(after))[1:]
        if not paths:
            break
        *above, key = draw(st.sampled_from(paths))
        place, what = at(after, above), draw(st.sampled_from(["change", "remove", "turn round", "twice"]))
        if what == "change":
            place[key] = copy.deepcopy(draw(PARTS))  # its own: a part that holds itself would have no end
        elif what == "remove":
            del place[key]
        elif isinstance(place[key], list):
            place[key] = place[key][::-1] if what == "turn round" else [*place[key], *place[key][:1]]
    return before, after


class TestLaws:
    """Two documents of one digest have no difference, all others have one."""

    @given(pairs())
    def test_there_is_a_difference_where_the_digests_differ_and_only_there(self, pair):
        before, after = pair
        assert bool(differences(before, after)) is (digest(before) != digest(after))
        assert differences(before, before) == ()

    @given(pairs())
    def test_back_and_forth_the_same_values_are_named(self, pair):
        before, after = pair
        forth = {(found.what, found.before, found.after) for found in differences(before, after)}
        back = {(found.what, found.after, found.before) for found in differences(after, before)}
        assert forth == back

    @given(pairs())
    def test_every_difference_has_a_place_in_the_later_document(self, pair):
        before, after = pair
        for found in differences(before, after):
            part = after
            for step in found.pointer.split("/")[1:]:
                key = step.replace("~1", "/").replace("~0", "~")
                part = part[int(key)] if isinstance(part, list) else part[key]


DOCUMENT = writing.questionnaire(
    writing.question(
        "W09", "choice", options=[{"id": "none", "text": "None", "score": 0}, {"id": "all", "text": "All"}]
    ),
    writing.question("C03", "number", score={"curve": [[0, 0], [10, 1]]}, evidence={"minimum": "E2"}),
    writing.question("C04"),
)
PROFILE = writing.profile(
    writing.questionnaire(writing.question("A"), writing.question("B")),
    minima={"sections": {"s1": Decimal("0.2")}},
    lots={"new": {"section_weights": {"kind": "parts", "weights": {"s1": 2}}}},
    gates={"A": "off"},
    scores={"A": {"true": 1, "false": 0}},
)
TENDER = {
    "buyers": [{"name": "Björkby", "volume": 6}],
    "price": {"model": "deduction", "full_quality": 100},
    "tie_rule": ["quality"],
    "lots": [{"id": "new", "title": "New"}, {"id": "used", "title": "Used", "price": {"full_quality": 4}}],
}


def put(path, value):
    def change(plain):
        *above, key = path
        at(plain, above)[key] = value

    return change


@pytest.mark.parametrize(
    ("document", "change", "said"),
    [
        (
            DOCUMENT,
            put(("sections", 0, "questions", 0, "options", 0, "score"), Decimal("0.5")),
            "scoring rule of option none of question W09: 0 → 0.5",
        ),
        (
            DOCUMENT,
            put(("sections", 0, "questions", 1, "score", "curve"), [[Decimal(1), Decimal(0)]]),
            "scoring rule, curve of question C03: [[0, 0], [10, 1]] → [[1, 0]]",
        ),
        (
            DOCUMENT,
            put(("sections", 0, "questions", 1, "evidence", "minimum"), "E1"),
            "evidence rule, minimum of question C03: E2 → E1",
        ),
        (DOCUMENT, lambda plain: plain["sections"][0]["questions"].reverse(), "order of questions of section s1: "),
        (PROFILE, put(("question_weights", "weights", "A"), Decimal(3)), "weight of question A: 1 → 3"),
        (PROFILE, put(("section_weights", "weights", "s1"), Decimal(3)), "weight of section s1: 1 → 3"),
        (PROFILE, put(("section_weights", "kind"), "percent"), "weights of sections, kind: parts → percent"),
        (
            PROFILE,
            put(("lots", "new", "section_weights", "weights", "s1"), Decimal(9)),
            "weight of section s1 of lot new: 2 → 9",
        ),
        (PROFILE, put(("minima", "sections", "s1"), Decimal(1)), "minimum of section s1: 0.2 → 1"),
        (PROFILE, put(("minima", "total"), Decimal(40)), "minimum, total: nothing → 40"),
        (PROFILE, put(("gates", "A"), "on"), "minimum requirement of question A: off → on"),
        (PROFILE, put(("scores", "A", "false"), Decimal("0.1")), "scoring rule, false of question A: 0 → 0.1"),
        (PROFILE, lambda plain: plain.pop("evidence_mode"), "evidence mode: award → nothing"),
        (TENDER, put(("price", "full_quality"), Decimal(120)), "price model, full quality: 100 → 120"),
        (TENDER, put(("lots", 1, "price", "full_quality"), Decimal(5)), "price model, full quality of lot used: 4 → 5"),
        (TENDER, put(("tie_rule",), ["price", "quality"]), "rule for ties: [quality] → [price, quality]"),
        (TENDER, put(("buyers", 0, "volume"), Decimal(7)), "volume of buyer Björkby: 6 → 7"),
        (TENDER, lambda plain: plain["lots"].pop(0), "lot new: {id: new, title: New} → nothing"),
    ],
)
def test_a_difference_is_said_in_words(document, change, said):
    before, after = as_read(document), as_read(document)
    change(after)
    [found] = differences(before, after)
    assert f"{found.what}: {found.before} → {found.after}".startswith(said)


def test_long_values_are_said_by_their_beginning():
    [found] = differences({"help": "x" * 1000}, {"help": "y"})
    assert len(found.before) == 160
    assert found.before.endswith("…")
