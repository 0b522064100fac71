"""Reviews: entries are appended and chained, nothing else of a text is changed, and what cannot stand is refused."""

from __future__ import annotations

import json
import re

import pytest
from commands import call

from selfassess.digests import digest
from selfassess.schemas import load_review, load_tender
from selfassess.sources import read_file

WHO = ("--person", "Eva Ek", "--role", "evaluator", "--reason", "Seen in the contract.", "--date", "2026-11-27")
MONITOR = ("--person", "Minh", "--role", "monitor", "--reason", "Talks off site.", "--date", "2026-11-27")


def add(folder, supplier, *args, who=WHO):
    return call("review", "add", folder, supplier, *args, *who)


def text_of(folder, supplier):
    return (folder / "reviews" / f"{supplier}.yaml").read_text("utf-8")


def review(folder, supplier):
    return load_review(read_file(folder / "reviews" / f"{supplier}.yaml"))


def evaluated(folder):
    return json.loads(call("evaluate", folder, "--no-pdf", "--format", "json").out)


def assessment(folder, supplier, lot="new-devices"):
    return json.loads((folder / "results" / supplier / lot / "assessment.json").read_text("utf-8"))


def question(folder, supplier, id_, lot="new-devices"):
    return next(q for q in assessment(folder, supplier, lot)["questions"] if q["id"] == id_)


class TestAdd:
    """An entry more, and everything before it byte for byte."""

    def test_an_entry_is_appended_and_chained(self, example):
        before, entries = text_of(example, "kanskje"), review(example, "kanskje").written["entries"]
        assert add(example, "kanskje", "--question", "L11", "--action", "confirm").code == 0
        after = text_of(example, "kanskje")
        assert after.startswith(before)
        new = review(example, "kanskje").written["entries"]
        assert new[:-1] == entries
        assert new[-1] == {
            "id": "r-1",
            "question": "L11",
            "action": "confirm",
            "person": "Eva Ek",
            "role": "evaluator",
            "reason": "Seen in the contract.",
            "date": "2026-11-27",
            "previous": digest(entries[-1]),
        }
        assert call("check", example / "reviews/kanskje.yaml").code == 0

    def test_it_counts_at_the_next_evaluation(self, example):
        add(example, "kanskje", "--question", "L11", "--action", "reject")
        evaluated(example)
        assert question(example, "kanskje", "L11", "second-life")["reviewed"]["exact"] == "0"

    def test_a_review_begins_where_there_is_none(self, example):
        (example / "reviews/kanskje.yaml").unlink()
        assert add(example, "kanskje", "--question", "L11", "--action", "confirm").code == 0
        found = review(example, "kanskje").content
        assert (found.supplier, found.entries[0].previous) == ("kanskje", found.origin)

    @pytest.mark.parametrize("tail", ["\n\n# the end\n", "", "   # said\n", "\n...\n"])
    def test_the_end_of_the_text_may_be_anything(self, example, tail):
        path = example / "reviews/kanskje.yaml"
        text = path.read_text("utf-8").rstrip("\n") + tail
        path.write_text(text, "utf-8")
        outcome = add(example, "kanskje", "--question", "L11", "--action", "confirm")
        assert outcome.code in (0, 1, 2)
        if outcome.code:
            assert path.read_text("utf-8") == text
        else:
            assert path.read_text("utf-8").startswith(text)

    def test_keys_behind_the_entries_stay_behind_them(self, example):
        path = example / "reviews/kanskje.yaml"
        text = path.read_text("utf-8")
        head = "format: selfassess/review@1\n"
        path.write_text(text.replace(head, "") + "# which format\n" + head, "utf-8")
        assert add(example, "kanskje", "--question", "L11", "--action", "confirm").code == 0
        assert text_of(example, "kanskje").endswith("# which format\n" + head)

    def test_any_text_is_kept_as_it_is(self, example):
        reason = 'He said: "no" # and\\n left; Ærlig talt, 50 % – yes: [x] {y} & *z'
        who = ("--person", "- Eva: Ek", "--role", "auditor", "--reason", reason, "--source", "p. 3\tand 4")
        outcome = add(example, "kanskje", "--question", "L11", "--action", "confirm", who=(*who[:6],))
        assert outcome.code == 0, outcome.err
        entry = review(example, "kanskje").content.entries[-1]
        assert (entry.reason, entry.person) == (reason, "- Eva: Ek")

    @pytest.mark.parametrize(
        ("args", "code", "said"),
        [
            (("--question", "L111", "--action", "confirm"), 1, "did you mean"),
            (("--question", "L11", "--action", "approve"), 1, "review-use"),
            (("--question", "L11", "--action", "confirm", "--row", "vn-1"), 1, "has no row"),
            (("--question", "L11", "--action", "confirm", "--lot", "new-device"), 1, "did you mean new-devices"),
            (("--question", "L11", "--action", "confirm", "--document", "sael"), 1, "did you mean seal"),
            (("--question", "L11", "--action", "adjust"), 1, "review-value"),
            (("--question", "L11", "--action", "adjust", "--value", "1.5"), 1, "review-value"),
            (("--question", "L11", "--action", "adjust", "--value", "half"), 2, "number"),
            (("--question", "L11", "--action", "confirm", "--value", "1"), 1, "review-value"),
            (("--question", "L11", "--action", "reply"), 1, "only a supplier"),
            (("--question", "L11", "--action", "reject", "--grade", "E4"), 1, "only confirm"),
            (("--question", "L11", "--action", "reject", "--id", "a-1"), 1, "duplicate-id"),
        ],
    )
    def test_what_could_not_stand_is_refused_before_it_is_written(self, example, args, code, said):
        before = text_of(example, "kanskje")
        outcome = add(example, "kanskje", *args)
        assert outcome.code == code
        assert said in outcome.err
        assert text_of(example, "kanskje") == before

    @pytest.mark.parametrize("reason", ["", "   "])
    def test_an_entry_without_a_reason_is_refused(self, example, reason):
        who = ("--person", "Eva Ek", "--role", "evaluator", "--reason", reason)
        outcome = add(example, "kanskje", "--question", "L11", "--action", "reject", who=who)
        assert outcome.code == 2
        assert "reason" in outcome.err

    @pytest.mark.parametrize(("name", "said"), [("kanskj", "did you mean kanskje?"), ("../x", "cannot be the name")])
    def test_there_must_be_such_a_bid(self, example, name, said):
        outcome = add(example, name, "--question", "L11", "--action", "confirm")
        assert outcome.code == 2
        assert said in outcome.err

    def test_a_bid_that_cannot_be_read_cannot_be_reviewed(self, example):
        assert add(example, "trasig", "--question", "L11", "--action", "confirm").code == 1
        assert not (example / "reviews/trasig.yaml").exists()

    def test_a_changed_response_is_another_response(self, example):
        path = example / "bids/kanskje/response.json"
        path.write_text(path.read_text("utf-8").replace('"name": "', '"name": "Ny ', 1), "utf-8")
        outcome = add(example, "kanskje", "--question", "L11", "--action", "confirm")
        assert (outcome.code, "pin-mismatch" in outcome.err) == (1, True)

    def test_an_unsealed_review_is_sealed_first(self, example):
        path = example / "reviews/kanskje.yaml"
        path.write_text(re.sub(r"    previous: .*\n", "", path.read_text("utf-8")), "utf-8")
        outcome = add(example, "kanskje", "--question", "L11", "--action", "confirm")
        assert (outcome.code, "review seal" in outcome.err) == (2, True)


class TestSeal:
    """Entries written by hand get the digest of the one before, and nothing else changes."""

    def unsealed(self, example, name="kanskje"):
        path = example / "reviews" / f"{name}.yaml"
        path.write_text(re.sub(r"    previous: .*\n", "", path.read_text("utf-8")), "utf-8")
        return path

    @pytest.mark.parametrize("name", ["kanskje", "nordfon", "andra-liv", "kestava"])
    def test_the_chain_is_the_one_that_was_there(self, example, name):
        chained = review(example, name)
        path = self.unsealed(example, name)
        unchained = path.read_text("utf-8")
        assert call("review", "seal", path).code == 0
        assert review(example, name).written == chained.written
        assert re.sub(r" *previous: .*\n", "", path.read_text("utf-8")) == unchained
        assert call("check", path).code == 0

    def test_what_is_sealed_stays_as_it_is(self, example):
        before = text_of(example, "kanskje")
        assert "0 entries" in call("review", "seal", example / "reviews/kanskje.yaml").out
        assert text_of(example, "kanskje") == before

    def test_entries_on_one_line_are_chained_too(self, example):
        path = self.unsealed(example)
        line = "  - {id: a-9, question: L11, action: confirm, person: E, role: auditor, reason: r, date: 2026-11-28}\n"
        path.write_text(path.read_text("utf-8") + line, "utf-8")
        assert "4 entries" in call("review", "seal", path).out
        assert call("check", path).out == ""

    def test_a_broken_chain_is_not_mended(self, example):
        path = example / "reviews/kanskje.yaml"
        text = path.read_text("utf-8").replace("renewed every two years", "renewed every year")
        path.write_text(text, "utf-8")
        outcome = call("review", "seal", path)
        assert (outcome.code, "review-chain" in outcome.err) == (1, True)
        assert path.read_text("utf-8") == text


class TestReply:
    """The supplier's own words: recorded, shown, without any effect."""

    def test_a_reply_changes_no_number_and_is_shown(self, example):
        add(example, "kanskje", "--question", "L11", "--action", "reject")
        before = evaluated(example)
        who = ("--person", "K. Kanskje", "--role", "supplier", "--reason", "The seal was renewed.")
        assert add(example, "kanskje", "--question", "L11", "--action", "reply", who=who).code == 0
        after = evaluated(example)
        assert [lot["bids"] for lot in after["lots"]] == [lot["bids"] for lot in before["lots"]]
        assert "r-2" in question(example, "kanskje", "L11", "second-life")["entries"]
        assert "The seal was renewed." in (example / "results/evaluation.html").read_text("utf-8")

    def test_a_reply_does_not_reopen_a_moderation(self, example):
        other = ("--person", "Odd", "--role", "auditor", "--reason", "No.", "--date", "2026-11-28")
        add(example, "nordfon", "--question", "C21", "--action", "confirm")
        add(example, "nordfon", "--question", "C21", "--action", "reject", who=other)
        evaluated(example)
        assert any("C21" in why for why in assessment(example, "nordfon")["unsettled"])
        add(example, "nordfon", "--question", "C21", "--action", "confirm", "--moderate", who=other)
        reply = ("--person", "N", "--role", "supplier", "--reason", "Thanks.", "--date", "2026-11-29")
        add(example, "nordfon", "--question", "C21", "--action", "reply", who=reply)
        evaluated(example)
        assert not any("C21" in why for why in assessment(example, "nordfon")["unsettled"])


def test_a_confirmation_may_lift_the_evidence_to_the_grade_that_only_a_review_gives(example):
    assert add(example, "nordfon", "--question", "C21", "--action", "confirm", "--grade", "E4").code == 0
    evaluated(example)
    assert review(example, "nordfon").content.entries[-1].grade.name == "E4"
    assert "evidence lifted to E4" in (example / "results/evaluation.html").read_text("utf-8")
    told = call("explain", example / "results/nordfon/new-devices/assessment.json", "C21").out
    assert "evidence lifted to E4" in " ".join(told.split())


class TestMonitoring:
    """A monitor's findings on sites act on every bid whose table names the site."""

    def site(self, example, *args, who=MONITOR):
        args = args or ("--question", "W12", "--row", "vn-01", "--action", "reject", "--monitor", "The Watch")
        return add(example, "the-watch", *args, who=who)

    def test_a_finding_acts_on_every_bid_that_names_the_site(self, example):
        for path in (example / "reviews").iterdir():
            path.unlink()
        naming = {
            path.parent.name
            for path in example.glob("bids/*/response.json")
            if '"vn-01"' in path.read_text("utf-8", "replace") and path.parent.name != "trasig"
        }
        assert naming
        assert self.site(example).code == 0
        found = review(example, "the-watch").content
        assert found.origin == found.entries[0].previous == load_tender(read_file(example / "tender.yaml")).digest
        evaluated(example)
        for path in example.glob("results/*/new-devices/assessment.json"):
            w12 = next(q for q in json.loads(path.read_text("utf-8"))["questions"] if q["id"] == "W12")
            rows = {row["key"]: row["reviewed"]["exact"] for row in w12.get("rows", [])}
            if "vn-01" in rows:
                assert path.parents[1].name in naming
                assert rows["vn-01"] == "0"
                assert w12["entries"] == ["r-1"]

    def test_further_findings_are_chained(self, example):
        self.site(example)
        assert self.site(example, "--question", "W11", "--row", "vn-01", "--action", "confirm").code == 0
        assert call("check", example / "reviews/the-watch.yaml").code == 0
        assert len(review(example, "the-watch").content.entries) == 2

    @pytest.mark.parametrize(
        ("args", "who"),
        [
            (("--question", "W12", "--row", "zz-99", "--action", "reject"), MONITOR),
            (("--question", "W12", "--action", "reject"), MONITOR),
            (("--question", "W12", "--row", "vn-01", "--action", "refuse"), MONITOR),
            (("--question", "W12", "--row", "vn-01", "--action", "reject"), WHO),
        ],
    )
    def test_what_is_no_finding_on_a_site_that_a_bid_names_is_refused(self, example, args, who):
        outcome = self.site(example, *args, "--monitor", "The Watch", who=who)
        assert (outcome.code, "review-use" in outcome.err) == (1, True)
        assert not (example / "reviews/the-watch.yaml").exists()

    def test_it_does_not_lie_under_the_name_of_a_bid(self, example):
        (example / "reviews/lovande.yaml").unlink(missing_ok=True)
        args = ("--question", "W12", "--row", "vn-01", "--action", "reject", "--monitor", "The Watch")
        outcome = add(example, "lovande", *args, who=MONITOR)
        assert (outcome.code, "review-supplier" in outcome.err) == (1, True)

    @pytest.mark.parametrize(
        ("old", "new", "code"),
        [
            (r"digest: sha256:\w+", "digest: sha256:" + "0" * 64, "pin-mismatch"),
            (r"  id: [\w-]+\n  digest", "  id: other\n  digest", "tender-mismatch"),
            (r"monitor:\n  name: .*\n", "", "missing-key"),
            (r"monitor:", "supplier: kanskje\nmonitor:", "unknown-key"),
        ],
    )
    def test_one_that_cannot_be_used_leaves_no_bid_settled(self, example, old, new, code):
        self.site(example)
        path = example / "reviews/the-watch.yaml"
        path.write_text(re.sub(old, new, path.read_text("utf-8"), count=1), "utf-8")
        plain = evaluated(example)
        assert code in {problem["code"] for problem in plain["problems"]}
        for path in example.glob("results/*/*/assessment.json"):
            assert any("the-watch" in why for why in json.loads(path.read_text("utf-8"))["unsettled"])


def test_the_last_entry_of_each_review_stands_in_the_results_and_changes_when_one_is_cut_off(example):
    before = {review["name"]: review for review in evaluated(example)["reviews"]}
    assert set(before) == {"andra-liv", "kanskje", "kestava", "nordfon"}
    path = example / "reviews" / "kanskje.yaml"
    assert before["kanskje"]["last"] == digest(load_review(read_file(path)).written["entries"][-1])
    text = path.read_text("utf-8")
    path.write_text(text[: text.rindex("  - id:")], "utf-8")
    after = {review["name"]: review for review in evaluated(example)["reviews"]}
    assert int(after["kanskje"]["entries"]) == int(before["kanskje"]["entries"]) - 1
    assert after["kanskje"]["last"] != before["kanskje"]["last"]
    assert after["nordfon"] == before["nordfon"]
