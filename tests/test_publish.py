"""A method is published once, before bids come: any other is refused in words, or looked at as a what-if."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import zipfile
from pathlib import Path

import pytest
from commands import call
from folders import lay_out_tender
from pages import text_of

from selfassess.award import draw_order
from selfassess.digests import digest
from selfassess.library import standard
from selfassess.sources import read_file
from selfassess.tenders import open_tender

MOMENT = "2026-10-01T12:00:00+02:00"
EARLY = "2026-11-20T10:00:00+00:00"
DRAW = [("tie_rule: [quality]", "tie_rule: [quality, draw]")]
BIDS = {"alfa": {}, "beta": {"cycles": 900}, "gamma": {"audited": False}}
QUESTIONNAIRE = Path("questionnaires/phones/1.0.0/questionnaire.yaml")
SEED = b"0123456789abcdef-a-secret-seed"


def published(folder, *args):
    outcome = call("publish", folder, "--at", MOMENT, "--no-pdf", *args)
    assert outcome.code == 0, outcome.err
    return folder


@pytest.fixture
def tender(tmp_path):
    return published(lay_out_tender(tmp_path / "tender", BIDS))


def edit(folder, name, old, new):
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def plain_of(folder, name="publication.json"):
    return json.loads((folder / name).read_text("utf-8"))


def evaluated(folder, *args):
    return call("evaluate", folder, "--no-pdf", "--format", "json", *args)


class TestPublication:
    def test_it_names_everything_by_digest_and_holds_it(self, tender):
        plain = plain_of(tender)
        opened = open_tender(tender, standard())
        for name in ("tender", "profile", "questionnaire"):
            document = getattr(opened, name)
            assert plain[name]["digest"] == document.digest
            assert plain[name]["raw_digest"] == document.raw_digest
            assert digest(read_file(tender / "publication.json").data["documents"][name]) == document.digest
        assert (plain["method"], plain["published"]) == ("selfassess/1", MOMENT)
        assert plain["award"]["lots"][0]["parameters"] == {"full_quality": "100000"}
        assert plain["award"]["tie_rule"] == ["quality"]
        assert plain["annex"] == {
            "annex.json": "sha256:" + hashlib.sha256((tender / "annex.json").read_bytes()).hexdigest()
        }
        assert [entry["lot"] for entry in plain["plans"]] == ["phones"]
        assert plain["plans"][0]["fingerprint"] == plain_of(tender, "annex.json")["lots"][0]["fingerprint"]

    def test_the_same_method_gives_the_same_bytes(self, tender, tmp_path):
        other = published(lay_out_tender(tmp_path / "other", {}))
        for name in ("publication.json", "annex.json"):
            assert (tender / name).read_bytes() == (other / name).read_bytes()

    def test_published_again_nothing_is_written(self, tender):
        before = {path: path.read_bytes() for path in tender.glob("*.json")}
        outcome = call("publish", tender, "--at", "2026-10-02T12:00:00+02:00")
        assert (outcome.code, "published before" in outcome.err) == (0, True)
        assert {path: path.read_bytes() for path in tender.glob("*.json")} == before

    def test_a_changed_method_is_not_published_over_it(self, tender):
        before = (tender / "publication.json").read_bytes()
        edit(tender, "tender.yaml", "100000", "120000")
        outcome = call("publish", tender, "--at", MOMENT)
        assert (outcome.code, "method-changed" in outcome.err) == (3, True)
        assert (tender / "publication.json").read_bytes() == before

    def test_a_tender_with_errors_is_not_published(self, tmp_path):
        folder = lay_out_tender(tmp_path / "tender", {}, tender=[("model: deduction", "model: surcharge")])
        assert call("publish", folder).code == 1
        assert not list(folder.glob("*.json"))

    def test_bids_that_are_there_already_and_warnings_are_said(self, tmp_path):
        folder = lay_out_tender(
            tmp_path / "tender", BIDS, tender=[("lots:\n", "profile_changes: {evidence_mode: award}\nlots:\n")]
        )
        outcome = call("publish", folder, "--at", MOMENT, "--no-pdf")
        assert "there are bids already" in outcome.err
        assert "not-applicable-can-leave" in outcome.err
        assert "method-not-published" not in outcome.err

    def test_buyers_with_profiles_of_their_own_have_plans_of_their_own(self, example):
        plain = plain_of(published(example))
        own = [(entry["lot"], entry["buyer"]) for entry in plain["plans"] if "buyer" in entry]
        assert own == [("new-devices", "City of Fjordholm (invented)"), ("second-life", "City of Fjordholm (invented)")]
        assert len({entry["fingerprint"] for entry in plain["plans"]}) == 3, "the second lot has weights of its own"

    def test_it_can_be_checked_alone(self, tender, tmp_path):
        alone = tmp_path / "alone.json"
        shutil.copy(tender / "publication.json", alone)
        assert call("check", alone).code == 0
        edit(tmp_path, "alone.json", '"title": "Phones for a city"', '"title": "Phones for a town"')
        assert "pin-mismatch" in call("check", alone).out


CHANGES = {
    "a weight of the profile": ("profile.yaml", "audited: 2", "audited: 3", "weight of question audited: 2 was"),
    "the price model": ("tender.yaml", "100000", "120000", "price model, full quality: 100000 was"),
    "the rule for ties": ("tender.yaml", "[quality]", "[price]", "rule for ties: [quality] was"),
    "the deadline": ("tender.yaml", "12:00:00", "13:00:00", "deadline: 2026-11-20T12:00:00+01:00 was"),
    "a curve": (str(QUESTIONNAIRE), "[1600, 1]", "[1500, 1]", "scoring rule, curve of question cycles"),
    "a reason for N/A": (str(QUESTIONNAIRE), "has no battery", "has none", "text of reason no-battery"),
    "another profile": ("tender.yaml", "{id: plain,", "{id: other,", "profile, id: plain was"),
}


class TestAnotherMethod:
    """I4: another method, or a changed one, is refused with both digests and the difference in words."""

    @pytest.mark.parametrize("change", CHANGES)
    def test_it_is_refused_and_nothing_is_written(self, tender, change):
        name, old, new, said = CHANGES[change]
        before = plain_of(tender)
        edit(tender, name, old, new)
        outcome = evaluated(tender)
        assert (outcome.code, outcome.out) == (3, "")
        assert said in outcome.err
        assert re.search(rf"{re.escape(name)}:\d+:\d+: method-changed", outcome.err)
        document = {"profile.yaml": "profile", "tender.yaml": "tender"}.get(name, "questionnaire")
        assert f"pin-mismatch  {before[document]['digest']} is named here" in outcome.err
        assert not (tender / "results").exists()

    def test_what_means_the_same_is_the_same(self, tender):
        edit(tender, "tender.yaml", "title: Phones for a city", "# as before\ntitle:   Phones for a city")
        assert evaluated(tender).code == 0

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ('"full_quality": "100000"', '"full_quality": "120000"'),
            ('"full_quality": 100000', '"full_quality": 120000'),
            ('"method": "selfassess/1"', '"method": "selfassess/2"'),
            (r'"reasons_digest": "sha256:', '"reasons_digest": "sha256:0'),
        ],
    )
    def test_a_changed_publication_is_refused(self, tender, old, new):
        text = (tender / "publication.json").read_text("utf-8")
        text = text.replace(old, new, 1)
        if "reasons" in old:
            text = re.sub(r'("reasons_digest": "sha256:.{64}).', r"\1", text)
        (tender / "publication.json").write_text(text, "utf-8")
        outcome = evaluated(tender)
        assert (outcome.code, "publication.json" in outcome.err, "pin-mismatch" in outcome.err) == (3, True, True)

    def test_a_publication_of_another_shape_is_a_problem_of_the_document(self, tender):
        (tender / "publication.json").write_text("{}", "utf-8")
        outcome = evaluated(tender)
        assert (outcome.code, "missing-key" in outcome.err) == (1, True)

    def test_without_a_publication_a_wrong_pin_stops_too(self, tmp_path):
        folder = lay_out_tender(tmp_path / "tender", BIDS)
        edit(folder, "profile.yaml", "audited: 2", "audited: 3")
        outcome = evaluated(folder)
        assert (outcome.code, "pin-mismatch" in outcome.err) == (3, True)

    def test_receipts_and_reviews_are_refused_too(self, tender):
        edit(tender, "tender.yaml", "100000", "120000")
        assert call("receive", tender, "--at", EARLY).code == 3
        said = ("--question", "access", "--person", "E", "--role", "evaluator", "--reason", "Seen.")
        assert call("review", "add", tender, "alfa", "--action", "confirm", *said).code == 3
        assert call("check", tender).code == 1


class TestNotices:
    """Every page says when the method was not published, or too late."""

    def test_published_in_time_nothing_is_said(self, tender):
        assert evaluated(tender).code == 0
        html = (tender / "results/evaluation.html").read_text("utf-8")
        assert "Method" in html
        assert "Method not published" not in html
        assert "Method published after" not in html
        plain = plain_of(tender, "results/ranking.json")
        assert plain["published"] is True
        assert plain["publication"]["digest"] == digest(read_file(tender / "publication.json").data)

    def test_published_after_the_deadline_every_page_says_so(self, tmp_path):
        folder = lay_out_tender(tmp_path / "tender", {"alfa": {}})
        call("publish", folder, "--at", "2026-11-20T12:00:01+01:00", "--no-pdf")
        assert call("evaluate", folder).code == 0
        pages = text_of((folder / "results/evaluation.pdf").read_bytes(), tmp_path / "x.pdf").split("\f")[:-1]
        assert all("Method published after the deadline" in page for page in pages)
        assert "method-published-late" in {p["code"] for p in plain_of(folder, "results/ranking.json")["problems"]}


@pytest.fixture(scope="module")
def supposed(tmp_path_factory):
    folder = published(lay_out_tender(tmp_path_factory.mktemp("what-if") / "tender", BIDS))
    call("receive", folder, "--at", EARLY)
    assert evaluated(folder).code == 0
    edit(folder, "profile.yaml", "audited: 2", "audited: 4")
    edit(folder, "tender.yaml", "12:00:00", "08:00:00")
    assert evaluated(folder).code == 3
    outcome = call("evaluate", folder, "--what-if", "--statistics", "--previous", folder / "results")
    assert "what if: not the published method" in outcome.out
    assert "no final result yet" in outcome.out
    return folder


class TestWhatIf:
    """What another method would give is shown apart from the results, marked everywhere, and never final."""

    def test_it_is_written_outside_the_results(self, supposed):
        assert (supposed / "results.what-if/ranking.json").exists()
        assert plain_of(supposed, "results/ranking.json")["published"] is True
        assert "what_if" not in plain_of(supposed, "results/ranking.json")

    def test_it_is_never_final_and_has_no_winner(self, supposed):
        [lot] = plain_of(supposed, "results/ranking.json")["lots"]
        assert (lot["final"], len(lot["winners"])) == (True, 1)
        [lot] = plain_of(supposed, "results.what-if/ranking.json")["lots"]
        assert (lot["final"], lot["winners"]) == (False, [])

    def test_every_page_says_so(self, supposed, tmp_path):
        pdfs = sorted((supposed / "results.what-if").rglob("*.pdf"))
        assert len(pdfs) == 5
        for pdf in pdfs:
            pages = text_of(pdf.read_bytes(), tmp_path / "x.pdf").split("\f")[:-1]
            assert all("What if: not the published method" in page for page in pages), pdf

    def test_every_file_says_so(self, supposed):
        for path in (supposed / "results.what-if").rglob("*"):
            if path.suffix in (".json", ".csv", ".html"):
                text = path.read_text("utf-8")
                assert '"what_if": true' in text or "What if: not the published method" in text, path
            elif path.suffix == ".xlsx":
                book = zipfile.ZipFile(path).read("xl/workbook.xml").decode()
                assert book.count("(what if)") >= 3
        rows = (supposed / "results.what-if/ranking.csv").read_text("utf-8").splitlines()
        assert all(row.endswith('"What if: not the published method"') for row in rows[1:])

    def test_the_report_of_its_assessment_says_so(self, supposed, tmp_path):
        path = supposed / "results.what-if/alfa/phones/assessment.json"
        outcome = call("report", path, "-o", tmp_path / "out")
        assert outcome.code == 0, outcome.err
        [pdf] = (tmp_path / "out").glob("*.pdf")
        assert "What if: not the published method" in text_of(pdf.read_bytes(), tmp_path / "x.pdf")

    def test_findings_on_sites_and_receipts_bound_to_what_was_published_still_hold(self, example):
        published(example)
        call("receive", example, "--at", EARLY)
        before = json.loads(evaluated(example).out)
        edit(example, "tender.yaml", "12000000}\n", "13000000}\n")
        after = json.loads(evaluated(example, "--what-if").out)
        assert {p["code"] for p in before["problems"]} == {p["code"] for p in after["problems"]}
        reviewed = [[bid["reviewed"] for bid in plain["lots"][0]["bids"]] for plain in (before, after)]
        assert reviewed[0] == reviewed[1]

    def test_bids_answer_the_questionnaire_that_was_published(self, tender):
        edit(tender, str(QUESTIONNAIRE), "[1600, 1]", "[1500, 1]")
        plain = json.loads(evaluated(tender, "--what-if").out)
        assert plain["counts"] == {"found": "3", "scored": "3", "refused": "0", "ranked": "3"}
        assessment = tender / "results.what-if/alfa/phones/assessment.json"
        assert call("check", assessment).code == 0
        assert call("explain", assessment, "cycles").code == 0
        edit(tender, str(QUESTIONNAIRE), "[1500, 1]", "[1400, 1]")
        assert call("explain", assessment).code == 1, "it is no longer the questionnaire of that what-if"

    def test_of_a_tender_that_was_never_published_it_is_a_what_if_too(self, tmp_path):
        folder = lay_out_tender(tmp_path / "tender", BIDS)
        assert json.loads(evaluated(folder, "--what-if").out)["what_if"] is True
        assert not (folder / "results").exists()


class TestDraw:
    """The seed's digest is published, the seed revealed at opening: nobody can steer the draw."""

    @pytest.fixture
    def drawn(self, tmp_path):
        same = {name: {} for name in ("alfa", "beta", "gamma")}
        folder = lay_out_tender(tmp_path / "tender", same, prices=dict.fromkeys(same, 400_000), tender=DRAW)
        (tmp_path / "seed").write_bytes(SEED)
        return published(folder, "--seed", tmp_path / "seed")

    def test_only_the_digest_is_published(self, drawn):
        assert plain_of(drawn)["seed_digest"] == "sha256:" + hashlib.sha256(SEED).hexdigest()
        for path in (*drawn.glob("*.json"), *drawn.glob("*.yaml")):
            assert SEED not in path.read_bytes()
            assert SEED.hex().encode() not in path.read_bytes()

    def test_until_it_is_revealed_the_tie_stands(self, drawn):
        [lot] = json.loads(evaluated(drawn).out)["lots"]
        assert (lot["final"], [bid["rank"] for bid in lot["bids"]]) == (False, [1, 1, 1])

    def test_revealed_it_decides_and_stands_in_the_results(self, drawn, tmp_path):
        plain = json.loads(evaluated(drawn, "--seed", tmp_path / "seed").out)
        [lot] = plain["lots"]
        order = [bid["supplier"] for bid in lot["bids"]]
        assert order == list(draw_order(SEED, "phones", ["alfa", "beta", "gamma"]))
        assert (lot["final"], lot["winners"], plain["seed"]) == (True, order[:1], SEED.hex())

    def test_another_seed_is_refused(self, drawn, tmp_path):
        (tmp_path / "seed").write_bytes(SEED + b"!")
        outcome = evaluated(drawn, "--seed", tmp_path / "seed")
        assert (outcome.code, "pin-mismatch" in outcome.err, "/seed_digest" in outcome.err) == (3, True, True)

    def test_a_draw_needs_a_seed_and_nothing_else_takes_one(self, tmp_path):
        seed = tmp_path / "seed"
        seed.write_bytes(SEED)
        plain, drawing = (lay_out_tender(tmp_path / n, {}, tender=t) for n, t in (("a", []), ("b", DRAW)))
        assert call("publish", drawing, "--no-pdf").code == 2
        assert call("publish", plain, "--no-pdf", "--seed", seed).code == 2
        seed.write_bytes(b"short")
        assert call("publish", drawing, "--no-pdf", "--seed", seed).code == 2
        assert not list(drawing.glob("*.json"))
        seed.write_bytes(SEED)
        assert call("evaluate", drawing, "--seed", seed).code == 2


class TestScore:
    """A bid of a published tender is scored by the published method, and by no other unless it says so."""

    def test_by_the_tenders_method_lot_by_lot(self, example):
        published(example)
        ranking = json.loads(evaluated(example).out)
        outcome = call("score", example / "bids/nordfon", "--format", "json")
        assert outcome.code == 0, outcome.err
        assert [plain["lot"] for plain in json.loads(outcome.out)] == ["new-devices", "second-life"]
        for plain in json.loads(outcome.out):
            lot = next(lot for lot in ranking["lots"] if lot["lot"] == plain["lot"])
            bid = next(bid for bid in lot["bids"] if bid["supplier"] == "nordfon")
            assert plain["totals"]["reviewed"]["total"] == bid["reviewed"]

    def test_of_an_unpublished_tender_it_is_scored_as_ever(self, example):
        plain = json.loads(call("score", example / "bids/nordfon/response.json", "--format", "json").out)
        assert plain["lot"] is None

    def test_another_profile_or_day_is_refused_unless_it_is_a_what_if(self, tender, tmp_path):
        path, other = tender / "bids/alfa/response.json", tmp_path / "other.yaml"
        other.write_text((tender / "profile.yaml").read_text("utf-8").replace("audited: 2", "audited: 5"), "utf-8")
        outcome = call("score", path, "--profile", other)
        assert (outcome.code, "weight of question audited: 2 was published, 5 is there now" in outcome.err) == (3, True)
        assert call("score", path, "--profile", tender / "profile.yaml").code == 0
        assert call("score", path, "--date", "2026-01-01").code == 2
        outcome = call("score", path, "--profile", other, "--date", "2026-11-18", "--what-if")
        assert (outcome.code, "what if: not the published method" in outcome.out) == (0, True)
        plain = json.loads(call("score", path, "--profile", other, "--what-if", "--format", "json").out)
        assert plain["method"]["what_if"] is True

    def test_a_changed_method_is_refused(self, tender):
        edit(tender, "tender.yaml", "100000", "120000")
        outcome = call("score", tender / "bids/alfa/response.json")
        assert (outcome.code, "method-changed" in outcome.err) == (3, True)

    def test_a_bid_that_cannot_be_read_has_its_problems(self, tender):
        (tender / "bids/alfa/response.json").write_text("{", "utf-8")
        outcome = call("score", tender / "bids/alfa/response.json", tender / "bids/beta/response.json")
        assert (outcome.code, "json-syntax" in outcome.err, "Beta" in outcome.out) == (1, True, True)


class TestQuestionnaire:
    """A version's files are named by digest, once."""

    @pytest.fixture
    def library(self, tender):
        return tender / "questionnaires"

    def test_its_files_are_named_in_published_json(self, library):
        shutil.copy(library.parent / "profile.yaml", library / "phones/1.0.0/profile.yaml")
        outcome = call("publish", library.parent / QUESTIONNAIRE)
        assert outcome.code == 0, outcome.err
        plain = plain_of(library, "published.json")
        own = {name: (library / "phones/1.0.0" / name).read_bytes() for name in ("questionnaire.yaml", "profile.yaml")}
        expected = {name: "sha256:" + hashlib.sha256(raw).hexdigest() for name, raw in own.items()}
        assert plain == {"phones": {"1.0.0": expected}}

    def test_again_nothing_is_written_and_a_change_is_refused(self, library):
        call("publish", library / "phones/1.0.0")
        before = (library / "published.json").read_bytes()
        assert call("publish", library / "phones/1.0.0").code == 0
        edit(library, "phones/1.0.0/questionnaire.yaml", "[1600, 1]", "[1500, 1]")
        outcome = call("publish", library / "phones/1.0.0")
        assert (outcome.code, "pin-mismatch" in outcome.err) == (3, True)
        assert (library / "published.json").read_bytes() == before

    def test_a_second_version_stands_beside_the_first(self, library):
        call("publish", library / "phones/1.0.0")
        shutil.copytree(library / "phones/1.0.0", library / "phones/1.1.0")
        assert call("publish", library / "phones/1.1.0").code == 2, "the file says that it is 1.0.0"
        edit(library, "phones/1.1.0/questionnaire.yaml", "version: 1.0.0", "version: 1.1.0")
        assert call("publish", library / "phones/1.1.0").code == 0
        assert list(plain_of(library, "published.json")["phones"]) == ["1.0.0", "1.1.0"]

    def test_one_with_errors_is_not_published(self, library):
        edit(library, "phones/1.0.0/questionnaire.yaml", "score: 0.5", "score: 5")
        assert call("publish", library / "phones/1.0.0").code == 1
        assert not (library / "published.json").exists()

    @pytest.mark.parametrize("what", ["nothing", "phones@9.9.9", "."])
    def test_what_is_neither_is_wrong_usage(self, what, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        assert call("publish", what).code == 2
