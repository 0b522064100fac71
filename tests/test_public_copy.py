"""The public copy of a report: what a supplier calls a trade secret is counted, and nowhere in the file."""

from __future__ import annotations

import json

import forging as forge
import pypdf
import pytest
from commands import call
from folders import lay_out_tender

from selfassess.assessments import reopen
from selfassess.digests import digest_bytes
from selfassess.languages import Words
from selfassess.library import standard
from selfassess.reporting import assessment_card
from selfassess.scorecard import SupplierReport
from selfassess.scorecard.as_data import card_of, plain_of
from selfassess.scorecard.public import public_report
from selfassess.sources import read_file
from selfassess.verification import Verdict, verify_report

METHOD = "Zinnober-Verfahren Nr. 4711"
PAPER = b"How it is done"
AUDIT = {"id": "quiet", "title": METHOD, "kind": "own-document", "grade": "E2", "file": "evidence/x.pdf"}
GONE = AUDIT | {"id": "gone", "file": "evidence/zinnober.pdf", "sha256": "sha256:" + "a" * 64, "supports": ["sites"]}
BID = {
    "how": METHOD,
    "sites": [{"site": "zinnober", "share": 100, "visited": True}],
    "recycled": 37,
    "comments": {"access": "Open to all.", "how": METHOD, "recycled": METHOD},
    "confidential": {"how": "Our know-how", "sites": "Our suppliers", "recycled": "Our recipe"},
    "evidence": [GONE, AUDIT | {"sha256": digest_bytes(PAPER), "supports": ["recycled"]}],
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = lay_out_tender(tmp_path_factory.mktemp("public") / "tender", {"alfa": BID, "beta": {}})
    (folder / "bids/alfa/evidence").mkdir()
    (folder / "bids/alfa/evidence/x.pdf").write_bytes(PAPER)
    call("evaluate", folder, "--no-pdf")
    return folder


@pytest.fixture(scope="module")
def copies(folder):
    """The report of the assessment as the buyer has it, and its public copy."""
    paths = {}
    for name, flags in (("own", ()), ("public", ("--public",))):
        outcome = call("report", folder / "results/alfa/phones/assessment.json", *flags, "-o", folder / name)
        assert outcome.code == 0, outcome.err
        (paths[name],) = (folder / name).glob("*.pdf")
    return paths


def everything(path):
    """All that a file holds: the texts of its pages, its attachments, and every stream unpacked."""
    reader = pypdf.PdfReader(path)
    texts = ["\n".join(page.extract_text() for page in reader.pages)]
    for number in range(1, len(reader.xref_objStm) + max(reader.xref.get(0, {0: 0}), default=0) + 1):
        found = reader.get_object(number)
        if hasattr(found, "get_data"):
            texts.append(found.get_data().decode("utf-8", "replace"))
        texts.append(repr(found))
    return "\n".join(texts)


def test_a_withheld_answer_is_in_no_page_attachment_or_stream(copies):
    own, public = everything(copies["own"]), everything(copies["public"])
    for secret in ("Zinnober", "zinnober", "Nr. 4711", "Our know-how", "Our suppliers", "Our recipe"):
        assert secret in own, secret
        assert secret not in public, secret


def test_digests_by_which_a_guess_could_be_confirmed_are_left_out(folder, copies):
    response = folder / "bids/alfa/response.json"
    assessment = folder / "results/alfa/phones/assessment.json"
    public = everything(copies["public"])
    for path in (response, assessment):
        assert digest_bytes(path.read_bytes()).removeprefix("sha256:") not in public
    plain = json.loads(assessment.read_text("utf-8"))
    assert plain["method"]["response"]["digest"].removeprefix("sha256:") not in public


def test_they_are_left_out_whatever_a_language_calls_them(folder, monkeypatch):
    monkeypatch.setattr(Words, "again", lambda _, english: f"«{english}»")
    opened = reopen(read_file(folder / "results/alfa/phones/assessment.json"), standard().beside(folder))
    card, _ = assessment_card(opened)
    public = public_report(card, opened.read.source.data, opened.assessment.response.confidential)
    assert {line.label for line in card.integrity} - {line.label for line in public.integrity} == {"«response»"}


def test_what_is_withheld_is_counted_and_the_rest_stands_as_it_was(copies):
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(copies["public"]).pages)
    flat = " ".join(text.split())
    assert "Public copy: 3 answers withheld as a trade secret of the bidder (sites, recycled, how)" in flat
    assert "Withheld 3 answers, 2 documents" in flat
    assert flat.count("Withheld: the bidder calls the answer a trade secret.") == 3
    assert "Open to all." in flat
    assert "Unannounced visits" in flat


def test_topics_and_stages_go_since_their_cells_may_be_one_withheld_answer(folder, copies, tmp_path):
    own, public = everything(copies["own"]), everything(copies["public"])
    for head in ("Life-cycle stages and topics", "The same points by what the questions are about"):
        assert head in own
        assert head not in public
    assert "Topics and life-cycle stages" in public
    assert call("report", folder / "results/beta/phones/assessment.json", "--public", "-o", tmp_path).code == 0
    assert "Life-cycle stages and topics" in everything(next(tmp_path.glob("*.pdf")))


def test_a_public_copy_is_verified_and_says_what_it_cannot_prove(copies):
    raw = copies["public"].read_bytes()
    findings, record = verify_report(raw)
    assert findings.match
    assert record.kind == "public"
    said = " ".join(found.said for found in findings.found if found.verdict is Verdict.OPEN)
    assert "scores were not computed again" in said
    outcome = call("verify", copies["public"])
    assert outcome.code == 0


def test_a_changed_public_copy_is_found(copies):
    raw = copies["public"].read_bytes()
    files = forge.attached(raw)
    name = next(name for name in files if name.endswith("public.json"))
    changed = files[name].replace(b"Open to all.", b"Open to few.")
    assert changed != files[name]
    assert not verify_report(forge.consistent(raw, {name: changed}))[0].match
    assert not verify_report(forge.rewritten(raw, lambda writer: forge.put(writer, name, changed)))[0].match
    assert not verify_report(raw + b"\n%x")[0].match


def test_without_a_secret_nothing_is_withheld(folder, tmp_path):
    assert call("report", folder / "results/beta/phones/assessment.json", "--public", "-o", tmp_path).code == 0
    (path,) = tmp_path.glob("*.pdf")
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(path).pages).split())
    assert "Public copy: 0 answers withheld" in text
    assert "Withheld:" not in text


def test_a_report_that_is_made_already_is_no_source_of_a_public_copy(copies, tmp_path):
    outcome = call("report", copies["own"], "--public", "--sign", "x.p12", "-o", tmp_path)
    assert outcome.code == 2


def test_cards_are_read_back_as_they_were_and_others_are_refused(folder):
    opened = reopen(read_file(folder / "results/beta/phones/assessment.json"), standard().beside(folder))
    card, _ = assessment_card(opened)
    plain = json.loads(json.dumps(plain_of(card)))
    assert card_of(SupplierReport, plain) == card
    for wrong in (plain | {"more": 1}, plain | {"language": 5}, plain | {"lots": {}}, [], None):
        with pytest.raises(ValueError, match=r"is no|missing"):
            card_of(SupplierReport, wrong)
