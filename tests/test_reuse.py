"""An unchanged report is not printed again; a changed or damaged one is, and a forged one is told by verify."""

from __future__ import annotations

import json

import forging as forge
import pytest
from commands import call
from folders import lay_out_tender

from selfassess import outcome
from selfassess.digests import digest_bytes


@pytest.fixture
def tender(tmp_path):
    folder = lay_out_tender(tmp_path / "T", {"alfa": {}, "beta": {"recycled": 20}})
    assert call("evaluate", folder).code in (0, 1)
    return folder


@pytest.fixture
def printed(monkeypatch):
    """The names of the reports that are printed."""
    names, own = [], outcome.render_many

    def noting(jobs, **more):
        names.extend(job.name for job in jobs)
        return own(jobs, **more)

    monkeypatch.setattr(outcome, "render_many", noting)
    return names


def whole(folder):
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_nothing_is_printed_when_nothing_changed(tender, printed):
    before = whole(tender / "results")
    call("evaluate", tender)
    assert printed == []
    assert whole(tender / "results") == before
    call("evaluate", tender, "--fresh")
    assert sorted(printed) == ["alfa/report.pdf", "beta/report.pdf", "evaluation.pdf", "statistics.pdf"]
    assert whole(tender / "results") == before


def test_what_changed_is_printed_and_what_did_not_is_not(tender, printed):
    path = tender / "bids/beta/response.json"
    path.write_text(path.read_text().replace('"Director"', '"Owner"'))
    call("evaluate", tender)
    assert "beta/report.pdf" in printed
    assert "evaluation.pdf" in printed
    assert call("verify", tender / "results").code == 0


@pytest.mark.parametrize("damage", [lambda raw: raw[:-50], lambda raw: raw + b"x", lambda _: b""])
def test_a_damaged_report_is_printed_again(tender, printed, damage):
    path = tender / "results/alfa/report.pdf"
    before = path.read_bytes()
    path.write_bytes(damage(before))
    call("evaluate", tender)
    assert printed == ["alfa/report.pdf"]
    assert path.read_bytes() == before


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "selfassess/manifest@1", "files": {}, "printed": 1}'])
def test_a_manifest_that_cannot_be_used_keeps_nothing(tender, printed, text):
    (tender / "results/manifest.json").write_text(text)
    call("evaluate", tender)
    assert len(printed) == 4


def test_a_forged_report_that_the_manifest_names_is_told_by_verify_and_gone_when_printed_fresh(tender):
    results = tender / "results"
    path, manifest = results / "alfa/report.pdf", results / "manifest.json"
    path.write_bytes(forge.edit_page(0, forge.other_glyph)(path.read_bytes()))
    plain = json.loads(manifest.read_text())
    plain["files"]["alfa/report.pdf"] = digest_bytes(path.read_bytes())
    manifest.write_text(json.dumps(plain))
    call("evaluate", tender)
    assert call("verify", results).code == 3
    call("evaluate", tender, "--fresh")
    assert call("verify", results).code == 0
