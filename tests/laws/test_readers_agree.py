"""A response is read fast, and slowly only when something is wrong with it: both readers accept exactly the same."""

from __future__ import annotations

import copy
from decimal import Decimal

import strategies
import writing
from hypothesis import given, settings
from hypothesis import strategies as st

from selfassess.exchange import json_bytes
from selfassess.schemas import load_questionnaire
from selfassess.schemas.response import ResponseReader
from selfassess.sources import OddNumber, read_json

GONE = "gone"
ODD = OddNumber("1e5", "has an exponent")
TEXTS = [
    "",
    "x",
    " ",
    "a",
    "\u00c4",
    "A\u0308",
    "a\nb",
    "a\u202eb",
    "\ud800",
    "l1",
    "E3",
    "Q1/R1",
    "x" * 201,
    "x" * 4001,
]
TEXTS += ["2026-11-20", "2026-02-30", "sha256:" + "0" * 64]
NUMBERS = [Decimal(0), Decimal(1), Decimal("-0.5"), Decimal(10) ** 14, Decimal("0.000001")]
LISTS = [[], [None], ["a", "a"], ["A", "a"], ["l1"], ["l1", "L1"], ["Q1/", "Q1/R1", "Q9"]]
OBJECTS = [{}, {"x": "y"}, {"Q1": "x"}, {"Q1": None}, {"l1": {"Q1": True}}]
PARTS = st.sampled_from([GONE, None, True, False, *TEXTS, ODD, *NUMBERS, *LISTS, *OBJECTS])
KEYS = ["Q1", "Q2", "l1", "x", "tender", "lots", "comments", "confidential", "issuer", "country"]


def steps(part, above=()):
    """The path of every part of a plain document."""
    yield above
    entries = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    for key, below in entries:
        yield from steps(below, (*above, key))


@st.composite
def damaged(draw):
    """A questionnaire, and a response in which some parts were put in the place of others."""
    case = draw(strategies.cases())
    response = read_json(json_bytes(case.response), "response.json").data
    for _ in range(draw(st.integers(0, 2))):
        path = draw(st.sampled_from(list(steps(response))[1:]))
        part, place = draw(PARTS), response
        part = copy.deepcopy(part) if isinstance(part, dict | list) else part
        for step in path[:-1]:
            place = place[step]
        if isinstance(place, dict) and draw(st.booleans()) and part is not GONE:
            place[draw(st.sampled_from(KEYS))] = part
        elif part is GONE:
            del place[path[-1]]
        else:
            place[path[-1]] = part
    return case.questionnaire, response


@settings(max_examples=250)
@given(damaged())
def test_both_readers_accept_exactly_the_same(pair):
    questionnaire, response = pair
    document = writing.loaded(load_questionnaire, questionnaire)
    reader = ResponseReader(document.content, document.digest)
    fast, slow = reader.fast(response), reader.slow(response)
    assert (fast is None) == bool(slow.faults)
    assert fast is None or fast == slow.response


def whole_response():
    """A questionnaire in which an id looks like a number that cannot be used, and a response that fills every part."""
    options = [{"id": "1e5", "text": "Some", "score": 0}, {"id": "b", "text": "All", "score": 1}]
    document = writing.questionnaire(writing.question("Q1"), writing.question("1e5", "choice", options=options))
    document["roles"].append({"id": "1e5", "text": "Repairer"})
    document["evidence_kinds"].append({"id": "1e5", "title": "Test report", "grade": "E3"})
    paper = {
        "id": "e1", "title": "Report", "kind": "own", "grade": "E2", "file": "report.pdf", "sha256": writing.ZERO,
        "issuer": "Lab", "issued": "2026-01-01", "expires": "2027-01-01", "supports": ["Q1"],
    }  # fmt: skip
    response = writing.response(
        document, {"Q1": True, "1e5": "b"}, tender="t", lots=["l1"], language="sv", not_applicable={},
        lot_answers={"l1": {"Q1": True}}, lot_not_applicable={"l1": {}}, comments={"Q1": "Yes."},
        confidential={"1e5": "Our recipe."}, evidence=[paper],
    )  # fmt: skip
    identifier = {"scheme": "SE-ORG", "id": "1"}
    response["supplier"] = {"name": "Testphone", "identifier": identifier, "country": "SE", "role": "maker"}
    return document, read_json(json_bytes(response), "response.json").data


def test_they_do_whatever_stands_in_the_place_of_any_part():
    questionnaire, response = whole_response()
    document = writing.loaded(load_questionnaire, questionnaire)
    reader = ResponseReader(document.content, document.digest)
    assert reader.fast(response) is not None
    for path in list(steps(response))[1:]:
        for part in [GONE, None, True, False, *TEXTS, ODD, *NUMBERS, *LISTS, *OBJECTS]:
            damaged_one = copy.deepcopy(response)
            place = damaged_one
            for step in path[:-1]:
                place = place[step]
            if part is GONE:
                del place[path[-1]]
            else:
                place[path[-1]] = part
            fast, slow = reader.fast(damaged_one), reader.slow(damaged_one)
            assert (fast is None) == bool(slow.faults), (path, part)
            assert fast is None or fast == slow.response


def test_an_answer_stays_a_trade_secret_when_its_reason_cannot_be_used():
    questionnaire, response = whole_response()
    document = writing.loaded(load_questionnaire, questionnaire)
    reader = ResponseReader(document.content, document.digest)
    for reason, code in [("", "empty"), (None, "type"), ("a\u202eb", "text-bidi")]:
        explained = reader.slow(response | {"confidential": {"Q1": reason}})
        assert [fault.code.word for fault in explained.faults] == [code]
        assert explained.response.confidential == {"Q1": ""}
        assert explained.response.answers["Q1"] is True
