"""Assessments as files: computed again from their own documents, and every edit shows."""

from __future__ import annotations

import json
import shutil
from decimal import Decimal

import pytest
import tenders
import writing
from commands import call

from selfassess.schemas import load_profile


@pytest.fixture(scope="module")
def evaluated(tmp_path_factory):
    """A tender of three bids, one of them reviewed, with its results."""
    folder = tenders.write(tmp_path_factory.mktemp("evaluated") / "T", questions=9, sections=2, bids=3, rows=1)
    response = folder / "bids/bid-00/response.json"
    entry = {"id": "n1", "question": "Q001", "action": "confirm", "person": "A. Reader", "role": "evaluator",
             "reason": "Seen on site.", "date": "2026-11-21"}  # fmt: skip
    review = {"format": "selfassess/review@1", "supplier": "bid-00", "response": digest_of(response)}
    (folder / "reviews").mkdir()
    (folder / "reviews/bid-00.yaml").write_text(json.dumps(review | {"entries": [entry]}), "utf-8")
    assert call("evaluate", folder, "--no-pdf").code == 0
    return folder


def digest_of(path):
    from selfassess.digests import digest  # noqa: PLC0415
    from selfassess.sources import read_file  # noqa: PLC0415

    return {"digest": digest(read_file(path).data)}


@pytest.fixture
def edited(evaluated):
    """Write an assessment of the tender, changed, beside the one that it was."""
    made = evaluated / "results/bid-00/all/assessment.json"
    target = evaluated / "edited.json"

    def edit(change, path=made):
        plain = json.loads(path.read_text("utf-8"))
        change(plain)
        target.write_text(json.dumps(plain, indent=2), "utf-8")
        return target

    yield edit
    target.unlink(missing_ok=True)


def put(pointer, value):
    """What sets the value at a pointer."""

    def change(plain):
        *way, last = pointer.split("/")[1:]
        for step in way:
            plain = plain[int(step) if isinstance(plain, list) else step]
        plain[int(last) if isinstance(plain, list) else last] = value

    return change


def drop(pointer):
    def change(plain):
        *way, last = pointer.split("/")[1:]
        for step in way:
            plain = plain[step]
        del plain[last]

    return change


def found(path):
    """The code and pointer of each problem of a file."""
    outcome = call("check", path, "--format", "json")
    problems = json.loads(outcome.out)
    assert outcome.code == (1 if problems else 0)
    return [(problem["code"], problem["pointer"]) for problem in problems]


def test_assessments_as_they_are_written_hold_what_their_documents_give(evaluated, tmp_path):
    for path in evaluated.glob("results/*/*/assessment.json"):
        assert found(path) == []
    alone = evaluated / "alone.json"
    alone.write_text(call("score", evaluated / "bids/bid-01", "--format", "json").out, "utf-8")
    assert found(alone) == []
    elsewhere = shutil.copy(alone, tmp_path / "alone.json")
    assert found(elsewhere) == [("pin-unknown", "/documents/profile/questionnaire")]


@pytest.mark.parametrize(
    ("change", "code", "pointer"),
    [
        (put("/day", "2026-13-01"), "type", "/day"),
        (put("/day", 20261120), "type", "/day"),
        (put("/supplier", 5), "type", "/supplier"),
        (put("/supplier", ["x"]), "type", "/supplier"),
        (put("/lot", ["x"]), "type", "/lot"),
        (put("/status", None), "type", "/status"),
        (put("/reasons", 5), "type", "/reasons"),
        (put("/unsettled", [5]), "type", "/unsettled"),
        (drop("/method"), "missing-key", ""),
        (put("/method", []), "type", "/method"),
        (drop("/method/response"), "missing-key", "/method"),
        (put("/method/response", "sha256:0"), "type", "/method/response"),
        (drop("/program"), "missing-key", ""),
        (put("/documents", 3), "type", "/documents"),
        (drop("/documents/response"), "missing-key", "/documents"),
        (put("/documents/response", []), "type", "/documents/response"),
        (put("/documents/profile", None), "type", "/documents/profile"),
        (put("/documents/tender", []), "type", "/documents/tender"),
        (put("/documents/unusable_evidence", {}), "type", "/documents/unusable_evidence"),
        (put("/documents/review_entries", {}), "type", "/documents/review_entries"),
        (put("/documents/more", {}), "unknown-key", "/documents/more"),
    ],
)
def test_what_an_assessment_lacks_is_a_problem_with_its_place(change, code, pointer, edited, tmp_path):
    path = edited(change)
    assert (code, pointer) in found(path)
    for args in (["explain", path], ["explain", path, "Q001"], ["report", path, "-o", tmp_path / "out"]):
        outcome = call(*args)
        assert outcome.code == 1, args
        assert code in outcome.err


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (put("/status", "ranked"), "/status"),
        (put("/reasons", []), "/reasons"),
        (put("/incomplete", True), "/incomplete"),
        (put("/unsettled", ["something"]), "/reasons"),
        (put("/day", "2025-01-01"), "/day"),
        (put("/band", "excellent"), "/band"),
        (put("/totals/claimed/total/exact", "100"), "/totals/claimed/total/exact"),
        (put("/totals/claimed/total/shown", "100.00"), "/totals/claimed/total/shown"),
        (put("/gates/Q000", "fail"), "/gates/Q000"),
        (put("/minima/total", "fail"), "/minima/total"),
        (drop("/minima/total"), "/minima/total"),
        (put("/minima/s9", "pass"), "/minima/s9"),
        (put("/questions/0/points/reviewed", {"exact": "1", "shown": "1.00"}), "/questions/0/points/reviewed/exact"),
        (put("/questions/1/answer", "none"), "/questions/1/answer"),
        (put("/questions/1/entries", []), "/questions/1/entries"),
        (put("/questions", []), "/questions"),
        (put("/more", "something"), "/more"),
        (put("/documents/unusable_evidence", ["e1"]), "/totals/reviewed/total/exact"),
        (put("/documents/review_entries/0/action", "reject"), "/totals/reviewed/total/exact"),
    ],
)
def test_a_figure_that_was_edited_is_named_beside_what_the_documents_give(change, pointer, edited, tmp_path):
    path = edited(change)
    assert ("assessment-differs", pointer) in found(path)
    explained = call("explain", path)
    assert explained.code == 3
    assert "assessment-differs" in explained.err
    out = tmp_path / "out"
    assert call("report", path, "-o", out).code == 3
    assert not out.exists()


def test_what_only_prices_decide_may_lower_a_standing_and_nothing_else(edited):
    made = ["Q008 is not known"]
    for why in ("there is no price", "its price cannot be used"):
        assert found(edited(lambda plain, why=why: plain.update(status="unpriced", reasons=[*made, why]))) == []
    for status, reasons, pointer in (
        ("unpriced", [], "/reasons"),
        ("unpriced", ["there is no price"], "/reasons"),
        ("unpriced", [*made, "its yearly costs are not known"], "/reasons"),
        ("unpriced", [*made, "the buyer does not like it"], "/reasons"),
        ("excluded", [*made, "the quality is too low"], "/status"),
        ("excluded", ["the supplier's role may not bid for this lot"], "/status"),
        ("ranked", [], "/status"),
        ("refused", made, "/status"),
    ):
        path = edited(lambda plain, status=status, reasons=reasons: plain.update(status=status, reasons=reasons))
        [(code, where)] = found(path)
        assert code == "assessment-differs"
        assert where.startswith(pointer)
    doubt = "the buyer doubts it"
    doubted = edited(lambda plain: plain.update(unsettled=[doubt], reasons=[*made, doubt]))
    assert found(doubted) == [("assessment-differs", "/unsettled")]


@pytest.mark.parametrize(
    ("least", "first", "why"),
    [
        (50, "provisional", "Q008 is not known"),
        (99, "excluded", "the quality does not reach the 99.00 that the price model asks"),
    ],
)
def test_every_standing_of_a_ranking_is_one_that_its_assessment_can_have(least, first, why, tmp_path):
    """Roles, least qualities and prices exclude bids; the file of each is as it was computed all the same."""
    folder = tenders.write(tmp_path / "T", questions=9, sections=2, bids=6, rows=1)
    tender = folder / "tender.yaml"
    plain = json.loads(tender.read_text("utf-8"))
    plain["lots"][0]["bid_when"] = {"role": ["maker"]}
    del plain["price"]["full_quality"]
    plain["price"] |= {"model": "threshold_lowest_price", "minimum_quality": least}
    tender.write_text(json.dumps(plain), "utf-8")
    (folder / "prices.csv").write_text("supplier,lot,price,currency\nbid-01,all,100,SEK\nbid-02,all,x,SEK\n", "utf-8")
    reseller = folder / "bids/bid-03/response.json"
    reseller.write_text(reseller.read_text("utf-8").replace('"maker"', '"reseller"', 1), "utf-8")
    call("evaluate", folder, "--no-pdf")
    standings = json.loads((folder / "results/ranking.json").read_text("utf-8"))["lots"][0]["bids"]
    assert {bid["supplier"]: (bid["status"], bid["reasons"][-1]) for bid in standings} | {"bid-04": ""} == {
        "bid-00": ("unpriced", "its price cannot be used"),
        "bid-01": (first, why),
        "bid-02": ("unpriced", "its price cannot be used"),
        "bid-03": ("excluded", "the supplier's role may not bid for this lot"),
        "bid-04": "",
        "bid-05": ("excluded", "Q008 is not met"),
    }
    for path in sorted(folder.glob("results/*/all/assessment.json")):
        assert call("check", path).out == ""


def test_an_earlier_version_of_the_program_may_have_said_less_but_nothing_else(edited):
    def change(plain):
        plain["program"]["version"] = "0.0.1"
        del plain["band"], plain["questions"][0]["grade"]

    assert found(edited(change)) == []
    path = edited(lambda plain: change(plain) or plain["questions"][0].update(missing=None))
    assert found(path) == [("assessment-differs", "/questions/0/missing")]


@pytest.mark.parametrize("lot", ["zz", None])
def test_a_lot_that_the_tender_does_not_have_is_no_lot(lot, edited):
    assert found(edited(put("/lot", lot))) == [("unknown-lot", "/lot")]


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (put("/documents/profile/title", "Another"), "/profile/digest"),
        (put("/documents/tender/title", "Another"), "/method/tender/digest"),
        (put("/documents/response/answers/Q003", 999), "/method/response/digest"),
        (put("/method/profile/digest", writing.ZERO), "/method/profile/digest"),
        (put("/method/questionnaire/digest", writing.ZERO), "/method/questionnaire/digest"),
        (put("/method/response/digest", writing.ZERO), "/method/response/digest"),
        (put("/program/method", "selfassess/2"), "/program/method"),
        (put("/documents/profile/questionnaire/digest", writing.ZERO), "/documents/profile/questionnaire/digest"),
    ],
)
def test_a_document_that_has_not_the_digest_named_is_refused_and_both_are_shown(change, pointer, edited, evaluated):
    path = edited(change)
    problems = json.loads(call("check", path, "--format", "json").out)
    assert {problem["code"] for problem in problems} == {"pin-mismatch"}
    assert any(problem["pointer"].endswith(pointer) for problem in problems)
    if pointer.endswith("digest"):
        assert all(problem["message"].count("sha256:") == 2 for problem in problems)
    assert call("explain", path).code == 1


def test_the_rules_of_a_profile_hold_inside_an_assessment(evaluated, edited):
    alone = evaluated / "alone.json"
    alone.write_text(call("score", evaluated / "bids/bid-01", "--format", "json").out, "utf-8")

    def change(plain):
        plain["documents"]["profile"]["scores"] = {"Q000": {"curve": [[0, 0], [1, 1]]}}
        profile = json.loads(json.dumps(plain["documents"]["profile"]), parse_float=Decimal)
        plain["method"]["profile"]["digest"] = writing.loaded(load_profile, profile).digest

    assert found(edited(change, alone)) == [("score-rule", "/documents/profile/scores/Q000")]


@pytest.mark.parametrize(
    ("change", "code", "pointer", "said"),
    [
        (put("/documents/review_entries/0/action", "praise"), "unknown-word", "/documents/review_entries/0/action",
         '"action": "praise"'),
        (put("/documents/profile/more", 1), "unknown-key", "/documents/profile/more", '"more": 1'),
        (put("/documents/tender/lots/0/more", 1), "unknown-key", "/documents/tender/lots/0/more", '"more": 1'),
        (put("/documents/response/answers/Q999", 1), "unknown-question", "/documents/response/answers/Q999",
         '"Q999": 1'),
    ],
)  # fmt: skip
def test_a_problem_inside_is_placed_in_the_file_itself(change, code, pointer, said, edited):
    path = edited(change)
    (problem,) = json.loads(call("check", path, "--format", "json").out)
    assert (problem["code"], problem["pointer"]) == (code, pointer)
    assert said in path.read_text("utf-8").split("\n")[problem["place"]["line"] - 1]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"We keep a procedure in writing and train our staff once a year."', "12345678901234567890"),
        ('"Supplier 0 Ltd"', '"Supplier 0 \\ud800"'),
    ],
    ids=["a number too long where a text is asked", "half a character"],
)
def test_what_could_not_be_used_is_as_unusable_when_the_file_is_opened(old, new, evaluated):
    response = evaluated / "bids/bid-00/response.json"
    text = response.read_text("utf-8")
    assert old in text
    odd = evaluated / "odd.json"
    odd.write_text(text.replace(old, new), "utf-8")
    made = evaluated / "assessed.json"
    made.write_text(call("score", odd, "--format", "json").out, "utf-8")
    assert found(made) == []


def test_an_assessment_in_yaml_is_none(evaluated, tmp_path):
    path = tmp_path / "assessment.yaml"
    shutil.copy(evaluated / "results/bid-00/all/assessment.json", path)
    assert found(path) == [("format", "/format")]
