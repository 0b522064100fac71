"""What check says of a document that lies anywhere: beside a tender, in it under another name, or all alone."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
import tenders
from commands import call
from test_problems import lay_out

from selfassess.digests import digest_bytes

HEAD = "supplier,lot,price,currency\r\n"


@pytest.fixture
def tender(tmp_path):
    """A small tender that brings its own questionnaire and its own profile."""
    return tenders.write(tmp_path / "T", questions=9, sections=2, bids=2, rows=1)


def found(*paths):
    """The exit code of a check, and file, code and pointer of each problem but for the gaps of thin evidence."""
    outcome = call("check", *paths, "--format", "json")
    problems = [problem for problem in json.loads(outcome.out) if problem["code"] != "evidence-gap"]
    return outcome.code, [(p["place"]["file"], p["code"], p["pointer"]) for p in problems]


def draft_in(tender, name, change=lambda _: None):
    """Copy a bid's response to another place of the tender's folder, changed."""
    target = tender / name
    target.parent.mkdir(parents=True, exist_ok=True)
    plain = json.loads((tender / "bids/bid-00/response.json").read_text("utf-8"))
    plain["evidence"] = []
    change(plain)
    target.write_text(json.dumps(plain, indent=1), "utf-8")
    return target


def change_tender(tender, change):
    plain = json.loads((tender / "tender.yaml").read_text("utf-8"))
    change(plain)
    (tender / "tender.yaml").write_text(json.dumps(plain, indent=1), "utf-8")


class TestResponses:
    @pytest.mark.parametrize("name", ["draft.json", "drafts/x/draft.json", "a/b/c/d/draft.json", "bids/b9/other.json"])
    def test_a_draft_anywhere_in_a_tenders_folder_is_checked_and_stops_no_other_file(self, name, tender):
        path = draft_in(tender, name, lambda plain: plain["answers"].update(Q003=-5))
        code, problems = found(path, tender / "bids/bid-01", path)
        assert code == 1
        assert [problem[1:] for problem in problems] == [("answer-range", "/answers/Q003")] * 2

    def test_a_new_response_can_be_checked_where_it_was_written(self, tender):
        path = tender / "response.json"
        assert call("new", "response", tender, "-o", path).code == 0
        code, problems = found(path)
        assert code == 1
        assert {"missing-answer", "declaration-incomplete"} <= {problem[1] for problem in problems}

    def test_a_draft_is_asked_what_its_lot_asks_and_dated_by_its_deadline(self, tender):
        path = draft_in(tender, "draft.json", lambda plain: plain["answers"].pop("Q001") and plain.pop("evidence"))
        assert [problem[1:] for problem in found(path)[1]] == [("missing-answer", "/answers")]
        draft_in(tender, "draft.json", lambda plain: plain["answers"].pop("Q001") and plain.update(declaration=None))
        assert [problem[1:] for problem in found(path)[1]] == [("missing-answer", "/answers")]
        change_tender(tender, lambda plain: plain["lots"][0].update(without=["Q001"]))
        assert found(path) == (0, [])

    def test_a_response_needs_no_profile_to_be_checked(self, tender):
        path = draft_in(tender, "draft.json", lambda plain: plain.pop("tender"))
        (tender / "profile.yaml").unlink()
        assert found(path) == (0, [])

    def test_a_questionnaire_that_breaks_its_rules_is_named_and_nothing_is_asked_by_it(self, tender):
        path = tender / "questionnaires/test/1.0.0/questionnaire.yaml"
        plain = json.loads(path.read_text("utf-8"))
        plain["sections"][1]["questions"][0]["weight"] = "nosuch"
        path.write_text(json.dumps(plain, indent=1), "utf-8")
        draft = draft_in(tender, "draft.json")
        code, problems = found(draft)
        assert code == 1
        assert {problem[0] for problem in problems} == {str(path)}
        assert call("score", draft).code == 1

    def test_without_a_day_everything_is_told_that_no_date_decides(self, tender):
        def change(plain):
            plain.pop("tender")
            plain["declaration"] = None
            plain["answers"].pop("Q001")
            plain["not_applicable"]["Q004"] = "none-made"
            plain["evidence"] = [
                {"id": "old", "title": "Expired", "kind": "certificate", "grade": "E3", "file": "old.pdf",
                 "sha256": digest_bytes(b""), "expires": "2001-01-01", "supports": ["Q005/no-such-row", "Q005"]}
            ]  # fmt: skip

        path = draft_in(tender, "draft.json", change)
        (tender / "old.pdf").write_bytes(b"")
        codes = {problem[1:] for problem in found(path)[1]}
        assert ("day-missing", "/declaration") in codes
        assert ("missing-answer", "/answers") in codes
        assert ("not-applicable-and-answer", "/not_applicable/Q004") in codes
        assert {"evidence-no-row", "evidence-supports"} <= {code for code, _ in codes}
        assert "evidence-not-valid" not in {code for code, _ in codes}
        dated = json.loads(call("check", path, "--date", "2026-11-20", "--format", "json").out)
        assert {"evidence-not-valid"} == {problem["code"] for problem in dated} - {"evidence-gap", *dict(codes)}


class TestTenders:
    def test_the_tender_that_is_named_is_the_one_that_is_checked(self, tender):
        other = tender / "mytender.yaml"
        other.write_text((tender / "tender.yaml").read_text("utf-8").replace('"quality"', '"zz"'), "utf-8")
        assert (str(other), "unknown-word", "/tie_rule/0") in found(other)[1]
        assert found(tender / "tender.yaml")[0] == 0

    def test_a_tender_under_another_name_needs_no_other_beside_it(self, tender):
        (tender / "tender.yaml").rename(tender / "ours.yaml")
        code, problems = found(tender / "ours.yaml")
        assert code == 0
        assert {problem[0] for problem in problems} == {str(tender / "ours.yaml")}

    def test_a_tender_from_standard_input_is_checked_as_if_it_lay_here(self, tender, monkeypatch):
        monkeypatch.chdir(tender)
        text = (tender / "tender.yaml").read_bytes()
        assert call("check", "-", stdin=text).code == 0
        assert "unknown-word" in call("check", "-", stdin=text.replace(b'"quality"', b'"zz"')).out


class TestPrices:
    @pytest.mark.parametrize(
        ("lines", "code"),
        [
            ("a,lot,100.00,SEK\r\nb,lot,200.00,SEK\r\n", None),
            ("a,lot,100,00,SEK\r\n", "prices-form"),
            ("a,lot,1e3,SEK\r\n", "price-form"),
            ("a,lot,0,SEK\r\n", "price-not-positive"),
            ("a,lot,100,SEK\r\na,lot,100,SEK\r\n", "price-repeated"),
            ("a,lot,100,SEK\r\nb,lot,100,NOK\r\n", "price-foreign"),
        ],
    )
    def test_prices_far_from_any_tender_are_read_and_their_bids_not_asked_for(self, lines, code, tmp_path):
        path = tmp_path / "prices.csv"
        path.write_text(HEAD + lines, "utf-8")
        assert [problem[1] for problem in found(path)[1]] == ([code] if code else [])

    def test_another_table_in_a_tenders_folder_is_read_as_well(self, tender):
        (tender / "old.csv").write_text("what;ever\r\n", "utf-8")
        assert found(tender / "old.csv") == (1, [(str(tender / "old.csv"), "prices-form", "")])
        shutil.copy(tender / "prices.csv", tender / "copy.csv")
        assert found(tender / "copy.csv") == (0, [])

    def test_the_prices_of_a_tender_are_held_against_its_bids(self, tender):
        (tender / "prices.csv").write_text(HEAD + "stranger,all,100,SEK\r\n", "utf-8")
        assert "price-unknown-bid" in {problem[1] for problem in found(tender / "prices.csv")[1]}


def test_a_name_that_no_file_can_have_is_a_problem_and_stops_no_other(tender):
    name = "x" * 300 + ".json"
    code, problems = found(name, tender / "bids/bid-01")
    assert code == 1
    assert [problem[:2] for problem in problems] == [(name, "file-unreadable")]


def test_annotations_of_a_change_say_the_same_problems_at_the_same_places(tmp_path, monkeypatch, golden):
    """As a workflow on GitHub reads them: one command a line, and no text of a supplier can begin another."""
    monkeypatch.chdir(tmp_path)
    lay_out("answer-type", tmp_path)
    response = tmp_path / "bids/alfa/response.json"
    response.write_text(
        response.read_text("utf-8").replace('"answers": {', '"a,b:c%\\n::error::x": 1, "answers": {', 1), "utf-8"
    )
    outcome = call("check", "bids/alfa", "--format", "github")
    assert outcome.code == 1
    plain = json.loads(call("check", "bids/alfa", "--format", "json").out)
    lines = outcome.out.splitlines()
    assert len(lines) == len(plain)
    assert all(
        re.match(r"::(error|warning|notice) file=[^,:]+,line=\d+,col=\d+,title=[a-z-]+::", line) for line in lines
    )
    golden("tests/golden/annotations.txt", outcome.out)


def test_a_version_is_checked_by_its_name_with_its_profiles_and_translations():
    done = call("check", "fair-smartphones@1.0.0", "--format", "json")
    assert done.code == 0
    files = {Path(problem["place"]["file"]).name for problem in json.loads(done.out)}
    assert files == set()  # all of its texts are translated, and no translation has a fault
    assert "4 checked, 0 to mend, 0 to read" in call("check", "fair-smartphones@1.0.0").err
    unknown = call("check", "fair-smartphones@9.9.9")
    assert unknown.code != 0
    assert "fair-smartphones@1.0.0" in unknown.err
