"""Reports are printed whole, bounded and closed: supplier text stays text, and nothing is fetched."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import time
from itertools import pairwise
from pathlib import Path

import browser
import pages
import pytest
import tenders

from selfassess import glyphs, limits
from selfassess.rendering import Job, render_many, render_pdf
from selfassess.rendering.printing import prepare, printed

ROOT = Path(__file__).resolve().parent.parent
# After PayloadsAllTheThings and the list of naughty strings: ways out of texts, attributes, comments, and styles.
PAYLOADS = (
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    "</title></style></script><svg onload=alert(1)>",
    "<svg><use href='http://127.0.0.1/x.svg#a'/></svg>",
    "--><iframe src=javascript:alert(1)></iframe><!--",
    "]]><a href='javascript:alert(1)'>x</a>",
    '" style="background:url(http://127.0.0.1/)" x="',
    "' onmouseover='alert(1)",
    "{{7*7}} {% include 'base.html' %} ${7*7} #{7*7}",
    "&lt;b&gt; &amp;amp; &#60;i&#62; &quot;",
    "<link rel=attachment href=file:///etc/passwd>",
    "@import url(//127.0.0.1/x); } body { display: none",
    "javascript:alert(1) file:///etc/passwd http://127.0.0.1/ smb://127.0.0.1/x data:text/html,x",
    "<table><tr><td colspan=100000>x",
    "\\u003cscript\\u003e %3Cscript%3E",
)


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A small tender; the second bid's supplier writes what it likes into every field that it has."""
    return tenders.write(tmp_path_factory.mktemp("small"), questions=16, sections=2, bids=2, long=False, rows=2)


def infected(folder, text):
    """Write a text into every free field of the second bid."""
    path = folder / "bids" / "bid-01" / "response.json"
    plain = json.loads(path.read_text("utf-8"))
    plain["supplier"] |= {"name": text, "country": text[:60], "identifier": {"scheme": text[:60], "id": text[:60]}}
    plain["declaration"] |= {"name": text, "position": text}
    plain["comments"] = dict.fromkeys(plain["answers"], text)
    for id_, answer in plain["answers"].items():
        if isinstance(answer, list) and answer and isinstance(answer[0], dict):
            answer[0] |= {"site": text, "note": text}
        if id_ in ("Q006", "Q014"):
            plain["answers"][id_] = text
    for document in plain["evidence"]:
        document |= {"title": text, "issuer": text}
    path.write_text(json.dumps(plain, ensure_ascii=False), "utf-8")


class TestHostileText:
    """H1 to H3: what a supplier writes is text, on every report."""

    @pytest.mark.parametrize("payload", PAYLOADS)
    def test_every_field_of_a_supplier_stays_text(self, small, payload):
        harmless = re.sub(r"\S", "x", payload)
        infected(small, harmless)
        plain = {name: pages.read(html) for name, html in pages.all_html(small).items()}
        infected(small, payload)
        found = pages.all_html(small)
        assert len(found) == 4
        for name, html in found.items():
            own = pages.read(html)
            assert own.elements == plain[name].elements, name
            text = "".join(own.texts)
            assert payload in text or name == "bid-00.html", name

    def test_addresses_that_a_supplier_writes_lead_nowhere(self, small, tmp_path):
        infected(small, "javascript:alert(1) file:///etc/passwd http://127.0.0.1/ mailto:a@b")
        pdf = render_pdf(pages.all_html(small)["bid-01.html"])
        (tmp_path / "report.pdf").write_bytes(pdf)
        found = subprocess.run(["pdfinfo", "-url", tmp_path / "report.pdf"], capture_output=True, check=True).stdout
        assert b"://" not in found
        assert b"script" not in found

    def test_a_place_that_is_asked_for_makes_no_report(self):
        prepare()
        for inner in ("<img src='file:///etc/passwd' alt='x'>", "<link rel=stylesheet href='http://127.0.0.1/a.css'>"):
            done = next(
                render_many([Job("a", f"<html lang='en'><title>a</title><body>{inner}<h1>a</h1></body></html>")])
            )
            assert done.pdf is None
            assert "nothing is fetched" in done.reason or "asks for" in done.reason


class TestCharacters:
    def test_a_name_that_no_font_has_is_printed_as_boxes_and_the_report_says_so(self, tmp_path):
        folder = tenders.write(tmp_path / "tender", questions=4, sections=1, bids=1, names=["中国电话 Ltd"], long=False)
        found = pages.all_html(folder)
        assert "□□□□ Ltd" in found["bid-00.html"]
        front, _, rest = found["bid-00.html"].partition('<table class="facts">')
        assert (
            "fonts of this report lack are printed as empty boxes (CJK; a font that has them: Noto Sans CJK)" in front
        )
        assert "fonts of this report lack" not in rest
        assert "中国电话 Ltd" in found["screen.html"]
        assert render_pdf(found["bid-00.html"]).startswith(b"%PDF-")

    def test_the_shipped_fonts_have_what_reports_print_of_themselves(self, small):
        assert glyphs._known() >= glyphs.SURE
        ours = set("".join(pages.all_html(small).values()))
        assert not {character for character in ours if glyphs.lacks(character)}


class TestProcesses:
    def test_reports_come_in_their_order_whatever_ends_first(self):
        page = "<html lang='en'><title>a</title><body><h1>a</h1>{}</body></html>"
        jobs = [Job(str(n), page.format("<p>word</p>" * (400 if n == 0 else 1))) for n in range(5)]
        counted = []
        done = list(render_many(jobs, progress=counted.append))
        assert [rendered.name for rendered in done] == ["0", "1", "2", "3", "4"]
        assert all(rendered.pdf for rendered in done)
        assert counted == [1, 2, 3, 4, 5]

    def test_two_work_at_a_time(self, monkeypatch):
        import selfassess.rendering.printing as room  # noqa: PLC0415

        monkeypatch.setattr(room, "printed", lambda *_: time.sleep(0.6) or b"%PDF-")
        start = time.monotonic()
        done = list(render_many([Job("a", ""), Job("b", "")], workers=2))
        assert time.monotonic() - start < 1.1
        assert [rendered.pdf for rendered in done] == [b"%PDF-"] * 2

    def test_one_that_takes_too_long_is_ended_and_stops_no_other(self, monkeypatch):
        import selfassess.rendering.printing as room  # noqa: PLC0415

        monkeypatch.setattr(limits, "REPORT_SECONDS", 1)
        monkeypatch.setattr(room, "printed", lambda html, _: time.sleep(30) if html else b"%PDF-")
        done = list(render_many([Job("slow", "x"), Job("quick", "")], workers=2))
        assert (done[0].pdf, done[1].pdf) == (None, b"%PDF-")
        assert "1 seconds" in done[0].reason

    def test_any_warning_makes_no_report(self):
        bad = "<html lang='en'><title>a</title><body><h1>\U0001f600</h1></body></html>"
        assert next(render_many([Job("a", bad)])).pdf is None


SIZES = {
    "one question": {"questions": 1, "sections": 1, "bids": 1},
    "three hundred questions": {"questions": 300, "sections": 8, "bids": 1},
    "long comments": {"questions": 8, "sections": 1, "bids": 1, "comment": ("word and " * 444)[:3990]},
    "long words": {"questions": 8, "sections": 1, "bids": 2, "comment": "n" * 4000, "names": ["N" * 200, "Ä" * 200]},
    "long tables": {"questions": 6, "sections": 1, "bids": 1, "rows": 300},
    "forty bids": {"questions": 98, "sections": 5, "bids": 40},
}


class TestSizes:
    @pytest.mark.parametrize("size", SIZES)
    def test_reports_of_any_size_are_printed_without_a_warning(self, size, tmp_path):
        folder = tenders.write(tmp_path / "tender", **SIZES[size])
        own, whole = pages.cards(folder)
        jobs = [Job("whole", pages.html_of(whole)), Job("bid", pages.html_of(own["bid-00"]))]
        for done in render_many(jobs):
            assert done.pdf is not None, done.reason
            text = pages.text_of(done.pdf, tmp_path / "report.pdf")
            assert "Integrity" in text
            if done.name == "whole":
                assert all(f"bid-{number:02}" in text for number in range(SIZES[size]["bids"]))

    def test_too_many_figures_are_left_out_and_the_report_says_so(self, tmp_path, monkeypatch):
        monkeypatch.setattr(limits, "MATRIX_CELLS", 10)
        found = pages.all_html(tenders.write(tmp_path, questions=8, sections=1, bids=2))
        for name in ("evaluation.html", "screen.html"):
            assert "16 figures are too many" in found[name]


class TestOutline:
    def test_bookmarks_lead_to_lots_sections_and_questions(self, small):
        prepare()
        from weasyprint import CSS, HTML  # noqa: PLC0415

        from selfassess.rendering.pages import paper_style  # noqa: PLC0415

        html = pages.all_html(small)["bid-00.html"]
        tree = HTML(string=html).render(stylesheets=[CSS(string=paper_style())]).make_bookmark_tree()
        tops = [mark[0] for mark in tree]
        assert tops[:2] == ["All devices", "All devices: every question"]
        assert tops[-2:] == ["Method", "Integrity"]
        sections = tree[1][2]
        assert [mark[0].partition(":")[0] for mark in sections] == [f"Section {n} of the questionnaire" for n in (0, 1)]
        assert [mark[0] for mark in sections[0][2]] == [f"Q{n:03}" for n in range(8)]

    def test_heads_skip_no_level_and_start_with_the_first(self, small):
        for html in pages.all_html(small).values():
            levels = [int(tag[1]) for tag, _ in pages.read(html).elements if re.fullmatch("h[1-6]", tag)]
            assert levels[0] == 1
            assert levels.count(1) == 1
            assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_the_words_of_the_reports_are_those_that_were_read(self, small, golden):
        """The golden texts are what a person has read; they change only with a look at them."""
        folder = tenders.write(small / "golden", questions=16, sections=2, bids=5, long=False, rows=2)
        found = pages.all_html(folder)
        for name in ("bid-00.html", "bid-02.html", "evaluation.html"):
            golden(f"tests/golden/reports/{name.replace('.html', '.txt')}", pages.said(found[name]))


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """The evaluation of eight bids for the screen; two suppliers have names that try to break out."""
    folder = tenders.write(
        tmp_path_factory.mktemp("screen") / "tender",
        questions=16,
        sections=2,
        bids=8,
        names=["<img src=x onerror=document.title='broken'>", "</script><script>document.title='broken'</script>"],
    )
    path = folder / "evaluation.html"
    path.write_text(pages.all_html(folder)["screen.html"], "utf-8")
    return path


class TestScreen:
    """evaluation.html: one file that asks for nothing and runs its own script alone."""

    def test_its_policy_names_the_very_script_and_style_and_nothing_else(self, file):
        html = file.read_text("utf-8")
        policy = (
            re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html).group(1).replace("&#39;", "'")
        )
        digests = []
        for element in ("script", "style"):
            (text,) = re.findall(rf"<{element}>(.*?)</{element}>", html, re.DOTALL)
            hashed = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            digests.append(f"{element}-src 'sha256-{hashed}'")
        assert policy == (
            f"default-src 'none'; {'; '.join(digests)}; img-src data:; base-uri 'none'; form-action 'none'"
        )
        names = {name for _, attributes in pages.read(html).elements for name in attributes}
        assert not {name for name in names if name == "style" or name.startswith("on") or name == "src"}

    needs_browser = pytest.mark.skipif(browser.CHROMIUM is None, reason="./run test installs chromium")

    @needs_browser
    def test_a_browser_opens_it_without_a_complaint_or_a_request(self, file):
        with browser.page(file) as page:
            assert page.complaints == []
            assert page.requests == [f"file://{file}"]
            assert page.value("document.title").startswith("Evaluation of bids")
            assert page.value("getComputedStyle(document.querySelector('.kicker')).fontWeight") == "600"

    @needs_browser
    @pytest.mark.parametrize("width", [320, 390, 1280])
    def test_nothing_is_wider_than_the_window_but_what_scrolls_by_itself(self, file, width):
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        with browser.page(file) as page:
            page.call("Emulation.setDeviceMetricsOverride", **size)
            outside = "[...document.querySelectorAll('main *, header *')].filter(e => !e.closest('.scroll'))"
            over = f"{outside}.filter(e => e.getBoundingClientRect().right > innerWidth).map(e => e.tagName)"
            assert page.value(over) == []
            assert page.value("document.documentElement.scrollWidth <= innerWidth") is True
            regions = "[...document.querySelectorAll('.scroll')]"
            assert page.value(f"{regions}.every(region => region.tabIndex === 0 && !!region.ariaLabel)") is True

    @needs_browser
    def test_the_browser_would_have_complained(self, file, tmp_path):
        doctored = tmp_path / "evaluation.html"
        doctored.write_text(
            file.read_text("utf-8").replace("<main>", "<main style='color: red' onclick='x()'>"), "utf-8"
        )
        with browser.page(doctored) as page:
            for _ in range(50):  # a busy machine may be slow to say so
                if page.complaints:
                    break
                page.settle()
            assert page.complaints

    @needs_browser
    def test_a_column_is_sorted_by_its_button_with_the_keyboard(self, file):
        with browser.page(file) as page:
            column = (
                "[...document.querySelector('table.sortable').tBodies[0].rows]"
                ".map(row => [row.cells[{0}].innerText, Number(row.cells[{0}].dataset.order)])"
            )
            first = page.value(column.format(0))
            assert [order for _, order in first] == sorted(order for _, order in first)
            page.value("document.querySelectorAll('table.sortable thead button')[2].focus()")
            page.press("Enter")
            up = page.value(column.format(3))
            assert [order for _, order in up] == sorted(order for _, order in up)
            assert up[-1][0] == "–"
            page.press(" ")
            down = page.value(column.format(3))
            figures = [float(text) for text, _ in down if text != "–"]
            assert figures == sorted(figures, reverse=True)
            assert down[-1][0] == "–"
            heads = page.value("[...document.querySelectorAll('table.sortable [aria-sort]')].map(h => h.ariaSort)")
            assert heads == ["descending", "ascending"], "one of each table"
            assert page.complaints == []


def test_the_same_cards_give_the_same_bytes(small):
    html = pages.all_html(small)["evaluation.html"]
    prepare()
    assert printed(html) == printed(html)
