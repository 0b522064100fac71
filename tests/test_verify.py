"""A report proves itself: untouched ones of every kind match, and each single change of one is found and named.

Security: incremental updates, annotations and hidden contents after pdf-insecurity.org, and the shadow attacks
described there; a file that is consistent in itself still says that nobody checked its origin.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import forging as forge
import pytest
from commands import call
from folders import lay_out_tender

from selfassess.digests import digest_bytes
from selfassess.verification import Verdict, verify_report

BROKEN = '{"format": "selfassess/response@1", '
TICKS = [{"id": "t", "title": "Audit", "kind": "audit-report", "grade": "E3", "file": "evidence/gone.pdf"}]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """The results of a small tender with everything that a report must take as recorded, and other reports."""
    folder = lay_out_tender(
        tmp_path_factory.mktemp("verify") / "tender",
        {
            "alfa": {"comments": {"access": "Ask for Ms Öberg (+46)."}},
            "beta": {"recycled": 20, "since": None},
            "gamma": {"audited": False, "recycled": 10},
            "broken": BROKEN,
        },
        prices={"alfa": 500_000, "beta": 420_000, "gamma": 410_000},
    )
    (folder / "bids" / "alfa" / "notes.txt").write_text("unlisted")
    (folder / "bids" / "empty").mkdir()
    (folder / "bids" / "stray.txt").write_text("no bid")
    (folder / "bids" / "linked").symlink_to(folder / "bids" / "alfa")
    (folder / "bids" / "Not An Id").mkdir()
    (folder / "reviews").mkdir()
    (folder / "reviews" / "beta.yaml").write_text("format: [broken")
    (folder / "reviews" / "notes.txt").write_text("a stray file")
    assert call("evaluate", folder, "--statistics").code == 1
    return folder / "results"


@pytest.fixture(scope="module")
def kinds(results, tmp_path_factory):
    """A report of every kind, by kind."""
    made = tmp_path_factory.mktemp("reports")
    assert call("report", results / "alfa/phones/assessment.json", "-o", made).code == 0
    tender = made / "tender"
    shutil.copytree(results.parent, tender, ignore=shutil.ignore_patterns("results", "bids", "reviews"))
    assert call("publish", tender, "--at", "2026-10-01T12:00:00+02:00").code == 0
    return {
        "evaluation": results / "evaluation.pdf",
        "supplier": results / "alfa/report.pdf",
        "statistics": results / "statistics.pdf",
        "assessment": made / "alfa-phones.pdf",
        "annex": tender / "annex.pdf",
    }


def differences(raw, expected=None):
    """The checks of a file that do not hold, with everything that is said of them."""
    found, _ = verify_report(raw, expected)
    return {f.check: " ".join((f.said, *f.places)) for f in reversed(found.found) if f.verdict is Verdict.DIFFERS}


@pytest.mark.parametrize("kind", ["evaluation", "supplier", "statistics", "assessment", "annex"])
def test_an_untouched_report_of_every_kind_matches_byte_by_byte(kinds, kind):
    found, record = verify_report(kinds[kind].read_bytes())
    assert record.kind == kind
    assert [(f.check, f.said, f.places) for f in found.found if f.verdict is Verdict.DIFFERS] == []
    assert {f.check for f in found.found if f.verdict is Verdict.HOLDS} == {"file", "attachments", "computing", "pages"}
    assert any("byte by byte" in f.said for f in found.found)
    assert any("nobody checked who made this file" in f.said for f in found.found)


def test_every_file_inside_is_found_out_when_one_byte_of_it_is_changed(kinds):
    for kind in ("evaluation", "supplier"):
        raw = kinds[kind].read_bytes()
        for name in forge.attached(raw):
            found = differences(forge.with_byte(name)(raw))
            if name == "record.json":
                assert found, name
                continue
            assert f"{name} is sha256:" in found["attachments"], found


MUTATIONS = {
    "a digit on the first page": (forge.edit_page(0, forge.other_glyph), "page 1"),
    "a digit on the second page": (forge.edit_page(1, forge.other_glyph), "page 2"),
    "something white drawn over a figure": (
        forge.edit_page(0, lambda data: data + b"\nq 1 1 1 rg 50 50 300 200 re f Q"),
        "page 1",
    ),
    "a revision appended": (forge.appended_revision, "2 revisions"),
    "bytes after the end": (lambda raw: raw + b"\n% later", "after the end"),
    "bytes before the beginning": (lambda raw: b"\n" + raw, "does not begin"),
    "a free text over the rank": (lambda raw: forge.rewritten(raw, lambda w: forge.note(w, "/FreeText")), "FreeText"),
    "a stamp": (lambda raw: forge.rewritten(raw, lambda w: forge.note(w, "/Stamp")), "Stamp"),
    "a link out of the file": (
        lambda raw: forge.rewritten(
            raw,
            lambda w: forge.note(
                w,
                "/Link",
                {
                    forge.N("/A"): forge.DictionaryObject(
                        {forge.N("/S"): forge.N("/URI"), forge.N("/URI"): forge.T("https://example.org")}
                    )
                }.items(),
            ),
        ),
        "leads out",
    ),
    "a script when it is opened": (forge.set_root("/OpenAction", forge.action("app.alert(1)")), "OpenAction"),
    "a script when it is closed": (
        forge.set_root("/AA", forge.DictionaryObject({forge.N("/WC"): forge.action("1")})),
        "AA",
    ),
    "a form": (forge.set_root("/AcroForm", forge.FORM), "a form"),
    "layers": (forge.set_root("/OCProperties", forge.LAYERS), "layers"),
    "another language": (forge.set_root("/Lang", forge.T("sv")), "/Root/Lang"),
    "an attachment that is not ours": (forge.foreign("z.json", b"{}"), "z.json is attached"),
    "an attachment taken out": (forge.without("prices.csv"), "prices.csv is not attached"),
    "the record taken out": (forge.without("record.json"), "record.json"),
    "two attachments swapped": (
        forge.swapped("bids_alfa_response.json", "bids_beta_response.json"),
        "bids_alfa_response.json",
    ),
    "another relationship": (forge.related("prices.csv", "Data"), "prices.csv is attached as Data"),
    "another description": (forge.described("prices.csv"), "attached file"),
    "metadata that name another record": (
        lambda raw: forge.rewritten(raw, lambda w: forge.edit_metadata(w, rb"Record>sha256:..", b"Record>sha256:00")),
        "the metadata name",
    ),
    "metadata that name another program": (
        lambda raw: forge.rewritten(raw, lambda w: forge.edit_metadata(w, rb"selfassess \d", b"selfassess 9")),
        "the metadata",
    ),
    "another title": (lambda raw: forge.rewritten(raw, forge.title), "document information"),
    "a page taken out": (forge.change_pages(lambda kids: kids.pop(2)), "pages"),
    "a page twice": (forge.change_pages(lambda kids: kids.append(kids[0])), "pages"),
    "two pages swapped": (forge.change_pages(lambda kids: kids.insert(0, kids.pop(1))), "page 1"),
    "a page turned": (lambda raw: forge.rewritten(raw, forge.rotated), "page 1"),
    "a page cut": (lambda raw: forge.rewritten(raw, forge.cropped), "page 1"),
    "an alternative text": (forge.tagged(forge.alternative), "tags that screen readers follow"),
    "a heading that is none": (forge.tagged(forge.heading), "tags that screen readers follow"),
    "a bookmark": (forge.tagged(forge.bookmark), "bookmarks"),
    "an object that nothing refers to": (forge.hidden, "nothing refers to"),
    "a password": (forge.encrypted, "encrypted"),
    "one bit of a page's stream": (forge.raw_flip, "the file is another"),
    "half of the file": (lambda raw: raw[: len(raw) // 2], "damaged"),
}


@pytest.mark.parametrize("what", MUTATIONS)
def test_each_single_change_is_refused_and_named(results, what, tmp_path):
    change, said = MUTATIONS[what]
    raw = (results / "evaluation.pdf").read_bytes()
    forged = change(raw)
    assert forged != raw
    (tmp_path / "forged.pdf").write_bytes(forged)
    done = call("verify", tmp_path / "forged.pdf")
    if forged.startswith(b"%PDF-"):
        assert done.code == 3, done.out + done.err
        assert said in done.out
    else:
        assert done.code == 1
        assert "no PDF" in done.err


def answers_changed(raw, old, new):
    """The response of alfa with another answer, raw and canonical, everything that names it brought in line."""
    files = forge.attached(raw)
    names = ["bids_alfa_response.json", "canonical_bids_alfa_response.json"]
    changes = {name: files[name].replace(old, new) for name in names}
    assert all(changes[name] != files[name] for name in names)
    return forge.consistent(raw, changes)


FORGERIES = {
    "an answer": lambda raw: forge.consistent(
        raw,
        {
            name: data.replace(b"unannounced", b"announced")
            for name, data in forge.attached(raw).items()
            if name == "bids_alfa_response.json"
        },
    ),
    "the total of an assessment": lambda raw: forge.consistent(
        raw,
        {
            name: data.replace(b'"rank": "1"', b'"rank": "2"').replace(b'"status": "ranked"', b'"status": "excluded"')
            for name, data in forge.attached(raw).items()
            if name.startswith("results_alfa")
        },
    ),
    "a price": lambda raw: forge.consistent(
        raw, {"prices.csv": forge.attached(raw)["prices.csv"].replace(b"500000", b"300000")}
    ),
    "a weight": lambda raw: forge.consistent(
        raw,
        {
            name: data.replace(b"audited: 2", b"audited: 5")
            for name, data in forge.attached(raw).items()
            if name.endswith("profile.yaml")
        },
    ),
}


@pytest.mark.parametrize("what", FORGERIES)
def test_a_forgery_whose_digests_fit_is_found_by_computing_again(results, what):
    raw = (results / "evaluation.pdf").read_bytes()
    forged = FORGERIES[what](raw)
    found = differences(forged)
    assert "attachments" not in found
    assert "computing" in found, found


def test_a_changed_version_of_the_questionnaire_is_found(results):
    raw = (results / "evaluation.pdf").read_bytes()
    name = next(name for name in forge.attached(raw) if name.endswith("questionnaire.yaml"))
    data = forge.attached(raw)[name].replace(b"version: 1.0.0", b"version: 1.0.1", 1)
    found = differences(forge.consistent(raw, {name: data}))
    assert "1.0.1" in found["computing"]


def test_a_record_of_another_method_or_kind_is_refused(results):
    raw = (results / "evaluation.pdf").read_bytes()
    record = json.loads(forge.attached(raw)["record.json"])
    record["program"]["method"] = "selfassess/9"
    assert "selfassess/9" in differences(forge.with_record(raw, record))["computing"]
    record = json.loads(forge.attached(raw)["record.json"])
    record["kind"] = "verdict"
    assert "verdict" in differences(forge.with_record(raw, record))["record"]
    record["kind"], record["attachments"][0]["path"] = "evaluation", "../../outside.json"
    assert "none" in differences(forge.with_record(raw, record))["record"]


def test_what_was_seen_of_evidence_cannot_be_made_better_unseen(results):
    """A record that says of the unlisted file that it was not there gives another report."""
    raw = (results / "evaluation.pdf").read_bytes()
    record = json.loads(forge.attached(raw)["record.json"])
    record["given"]["seen"]["looks"]["alfa"]["unlisted"] = []
    found = differences(forge.with_record(raw, record))
    assert "computing" in found or "pages" in found


def test_origin_is_checked_by_a_digest_that_came_another_way(results, tmp_path):
    report = results / "evaluation.pdf"
    raw = report.read_bytes()
    ranking = digest_bytes((results / "ranking.json").read_bytes())
    for digest in (digest_bytes(raw), ranking, digest_bytes((results / "alfa/phones/assessment.json").read_bytes())):
        done = call("verify", report, "--expect", digest)
        assert done.code == 0, done.out
        assert "expected digest is that of" in done.out
    done = call("verify", report, "--expect", digest_bytes(b"another"))
    assert done.code == 3
    assert "neither that of this file nor of its results" in done.out


def test_a_report_of_another_evaluation_is_not_the_expected_one(results, tmp_path):
    """A copy that is consistent in itself matches, and says that its origin is not checked; a digest tells it apart."""
    folder = tmp_path / "tender"
    shutil.copytree(results.parent, folder, symlinks=True, ignore=shutil.ignore_patterns("results"))
    prices = folder / "prices.csv"
    prices.write_text(prices.read_text().replace("500000", "300000"))
    call("evaluate", folder)
    forged = folder / "results" / "evaluation.pdf"
    done = call("verify", forged)
    assert done.code == 0
    assert "nobody checked who made this file" in done.out
    digest = digest_bytes((results / "ranking.json").read_bytes())
    assert call("verify", forged, "--expect", digest).code == 3


def test_the_whole_folder_is_made_again(results):
    done = call("verify", results)
    assert done.code == 0, done.out
    assert "were made again, and are the same, byte by byte" in done.out
    assert "7 bids found" in done.out


CHANGES = {
    "a file changed": (lambda folder: (folder / "ranking.csv").write_text("x"), "ranking.csv is sha256:"),
    "a file taken away": (lambda folder: (folder / "beta/report.pdf").unlink(), "beta/report.pdf is missing"),
    "a file added": (lambda folder: (folder / "more.pdf").write_text("x"), "more.pdf is there"),
    "a report of another bid": (
        lambda folder: shutil.copy(folder / "alfa/report.pdf", folder / "beta/report.pdf"),
        "beta/report.pdf is sha256:",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("depth", [(), ("--quick",)])
def test_a_folder_that_was_changed_is_refused(results, tmp_path, what, depth):
    folder = tmp_path / "results"
    shutil.copytree(results, folder)
    change, said = CHANGES[what]
    change(folder)
    done = call("verify", folder, *depth)
    assert done.code == 3
    assert said in done.out


def forged_folder(results, folder, name, change):
    """A results folder with one file changed, and a manifest that names it."""
    shutil.copytree(results, folder)
    path = folder / name
    path.write_bytes(change(path.read_bytes()))
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"][name] = digest_bytes(path.read_bytes())
    (folder / "manifest.json").write_text(json.dumps(manifest))
    return folder


def rank_changed(raw):
    standing = json.loads(forge.attached(raw)["standing.json"])
    standing["lots"][0]["own"]["rank"] = "9"
    data = (json.dumps(standing, indent=2) + "\n").encode()
    return forge.consistent(raw, {"standing.json": data})


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("ranking.csv", lambda raw: raw.replace(b"alfa", b"alva")),
        ("evaluation.html", lambda raw: raw.replace(b"alfa", b"alva")),
        ("alfa/report.pdf", rank_changed),
        ("alfa/report.pdf", lambda raw: raw + b"\n"),
        ("statistics.json", lambda raw: raw.replace(b'"2"', b'"3"', 1) + b" "),
        ("beta/phones/assessment.json", lambda raw: raw.replace(b"Beta", b"Peta")),
    ],
)
def test_a_folder_whose_manifest_fits_is_found_by_making_it_again(results, tmp_path, name, change):
    folder = forged_folder(results, tmp_path / "results", name, change)
    assert call("verify", folder, "--quick").code in (0, 3)
    done = call("verify", folder)
    assert done.code == 3
    assert name in done.out


def test_counts_that_do_not_add_up_are_refused(results, tmp_path):
    def lost(raw):
        plain = json.loads(raw)
        plain["bids"].pop(0)
        return json.dumps(plain).encode()

    folder = forged_folder(results, tmp_path / "results", "ranking.json", lost)
    done = call("verify", folder, "--quick")
    assert done.code == 3
    assert "counts 7 bids" in done.out


def test_an_expected_digest_of_a_folder_is_that_of_its_manifest(results):
    digest = digest_bytes((results / "manifest.json").read_bytes())
    assert call("verify", results, "--quick", "--expect", digest).code == 0
    assert call("verify", results, "--quick", "--expect", digest_bytes(b"")).code == 3


def test_what_is_no_report_is_a_problem_or_does_not_match(tmp_path):
    (tmp_path / "text.pdf").write_text("not at all")
    done = call("verify", tmp_path / "text.pdf")
    assert (done.code, "format" in done.err) == (1, True)
    assert call("verify", tmp_path / "gone.pdf").code == 1
    assert call("verify", tmp_path).code == 1
    (tmp_path / "blank.pdf").write_bytes(b"%PDF-1.7\n%%EOF\n")
    assert call("verify", tmp_path / "blank.pdf").code == 3
    assert call("verify", tmp_path / "blank.pdf", "--expect", "no digest").code == 2
    assert call("verify", tmp_path / "a.pdf", tmp_path / "b.pdf", "--expect", digest_bytes(b"")).code == 2


def test_json_says_the_same_as_the_text(results):
    done = call("verify", results / "alfa/report.pdf", "--format", "json")
    plain = json.loads(done.out)
    assert done.code == 0
    assert plain["verified"][0]["matches"] is True
    assert {f["check"] for f in plain["verified"][0]["findings"]} >= {
        "file",
        "attachments",
        "computing",
        "pages",
        "origin",
    }


def test_a_results_folder_moved_elsewhere_still_matches(results, tmp_path):
    folder = tmp_path / "archive" / "2026"
    shutil.copytree(results, folder)
    assert call("verify", folder).code == 0


def test_hostile_files_take_bounded_time_and_memory_and_raise_nothing(results, tmp_path):
    """An attached file that unpacks to 300 MB, objects nested without end, and a circle of pages."""
    raw = (results / "alfa/report.pdf").read_bytes()
    bomb = forge.rewritten(raw, lambda writer: forge.put(writer, "standing.json", bytes(300_000_000)))

    def nested(writer):
        inner = forge.ArrayObject()
        for _ in range(3000):
            inner = forge.ArrayObject([inner])
        writer.root_object[forge.N("/Deep")] = inner

    def circle(writer):
        pages = writer.root_object["/Pages"]
        pages["/Kids"].append(pages.indirect_reference)

    hostile = {"bomb": bomb, "circle": forge.rewritten(raw, circle)}
    try:
        hostile["nested"] = forge.rewritten(raw, nested)
    except RecursionError:  # the writer's own limit: written by hand
        at = raw.index(b"/Type /Pages") if b"/Type /Pages" in raw else 20
        hostile["nested"] = raw[:at] + b"[" * 100_000 + raw[at:]
    for name, data in hostile.items():
        (tmp_path / f"{name}.pdf").write_bytes(data)
        start = time.monotonic()
        done = call("verify", tmp_path / f"{name}.pdf")
        assert done.code == 3, (name, done.out, done.err)
        assert "Traceback" not in done.err
        assert time.monotonic() - start < 60, name


AUDIT = """
import sys
allowed, names = tuple(sys.argv[2].split(":")), set(sys.argv[3].split(":"))  # names: below the folder laid out
def hook(event, args):
    if event.startswith("socket.") and event != "socket.gethostname":
        print("SOCKET", event, args, file=sys.stderr)
    relative = isinstance(args[0], str) and args[0] in names if event == "open" else False
    if event == "open" and isinstance(args[0], str) and not relative and not args[0].startswith(allowed):
        print("OPEN", args[0], file=sys.stderr)
    if event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"):
        print("PROGRAM", args, file=sys.stderr)
sys.addaudithook(hook)
from selfassess.cli import run
sys.exit(run(["verify", sys.argv[1]]))
"""


def test_verifying_reads_nothing_but_the_file_and_opens_no_socket(results, tmp_path):
    root = Path(__file__).resolve().parent.parent
    report, scratch = results / "evaluation.pdf", tmp_path / "scratch"
    scratch.mkdir()
    # the time zone of the machine is read by a library when it is loaded, and used by nothing
    libraries = {
        "/usr/share/zoneinfo/",
        str(Path(os.__file__).parent),
        sys.prefix,
        sys.base_prefix,
        *filter(None, sys.path),
    }
    allowed = ":".join([str(root / "selfassess"), str(root / "reports"), str(root / "questionnaires"), str(report),
                        str(scratch), *libraries])  # fmt: skip
    names = "reviews:questionnaires:phones:1.0.0:bids:beta:broken:alfa:gamma"
    environment = os.environ | {"TMPDIR": str(scratch), "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", AUDIT, str(report), allowed, names],
        capture_output=True, text=True, env=environment, cwd=tmp_path, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert list(scratch.glob("selfassess-verify-*")) == []
