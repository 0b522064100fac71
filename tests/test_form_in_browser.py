"""The form in a real browser: filled in by keys alone, saved, opened again, looked at by axe, fed with bad files."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal

import browser
import firefox
import forms
import keyboard
import pytest
from commands import call

from selfassess.digests import digest
from selfassess.exchange import json_bytes
from selfassess.sources import read_json

pytestmark = pytest.mark.skipif(browser.CHROMIUM is None, reason="./run test installs chromium")
EXAMPLES = forms.HERE.parent / "questionnaires/fair-smartphones/1.0.0/examples"
WIDTHS = (1280, 390, 320)
LANGUAGES = ("en", "sv", "nb", "da", "fi")

AXE = (forms.HERE / "axe/axe.min.js").read_text("utf-8")
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
}
HOSTILE = {
    "a prototype": '{"__proto__": {"x": 1}, "constructor": 5, "answers": {"__proto__": true, "toString": "x"}}',
    "answers that are a list": '{"answers": [1], "supplier": "me", "evidence": {}, "declaration": [], "lots": 7}',
    "rows that are none": '{"answers": {"W01": [1, {"site": {"a": 1}, "nope": 2}], "W09": {"a": 1}, "L07": [1]}}',
    "markup": '{"supplier": {"name": "<img src=x onerror=x>"}, "comments": {"W09": "</script><script>1</script>"}}',
    "odd texts": '{"supplier": {"name": "\\ud800 \\u202e"}, "answers": {"L07": "abc", "C28": "2026-02-30"}}',
    "odd numbers": '{"answers": {"L07": 1e400, "C03": 0.0000000001, "L03": -0}}',
    "a claim of nothing": '{"not_applicable": {"W09": "why", "L17": ["no-parts-fitted"]}, "confidential": {"W09": 5}}',
    "another lot": '{"lots": ["x", "x"], "lot_answers": {"x": {"W09": 5}, "y": 7}}',
    "evidence of nothing": '{"evidence": [5, {"id": 7, "supports": "W09"}, {"supports": [1]}, {"title": "t"}]}',
}


@pytest.fixture(scope="module")
def form(tmp_path_factory):
    return forms.written(tmp_path_factory.mktemp("form"), "--language", "en")


@pytest.fixture(scope="module")
def tender_form(tmp_path_factory):
    return forms.written(tmp_path_factory.mktemp("form"), subject="examples/nordic-smartphones")


def plain(path):
    return read_json(path.read_bytes(), str(path)).data


WANTED = {key: part for key, part in plain(EXAMPLES / "strong.response.json").items() if key != "evidence"}


def response(**parts):
    pin = {
        "id": "fair-smartphones",
        "version": "1.0.0",
        "digest": plain(EXAMPLES / "weak.response.json")["questionnaire"]["digest"],
    }
    base = {"format": "selfassess/response@1", "questionnaire": pin, "supplier": {"name": "Nordfon"}, "answers": {}}
    return base | parts


def text_of(page, selector):
    return page.value(f"document.querySelector({json.dumps(selector)})?.innerText ?? null")


def speak(page, language):
    """Choose a language with the keys."""
    page.value("document.getElementById('language').focus()")
    while page.value("document.documentElement.lang") != language:
        page.press("ArrowDown")
        page.until(forms.READY)
        page.until("document.activeElement.id === 'language'")


class TestASupplierWithoutAMouse:
    """WCAG 2.2, 2.1.1: "All functionality of the content is operable through a keyboard interface"."""

    def _assert_accepted(self, path, supplier, score, count):
        assert supplier.faults == []
        assert plain(path) == WANTED
        assert digest(plain(path)) == digest(WANTED)  # as when it is written by hand, or in a workbook
        assert count == "102 of 102 questions answered"
        checked = call("check", path, "--format", "json")
        assert [problem for problem in json.loads(checked.out) if problem["severity"] == "error"] == []
        outcome = call("score", path, "--format", "json")
        assert score == json.loads(outcome.out)["totals"]["claimed"]["total"]["shown"] == "74.67"

    def test_answers_all_and_sends_what_is_accepted_with_the_score_that_the_page_showed(self, form, tmp_path):
        with forms.opened(form) as page:
            supplier = keyboard.Supplier(page, forms.plan_of_library(), WANTED)
            supplier.answer_all()
            score, count = text_of(page, ".score strong"), text_of(page, ".count")
            path = forms.saved(page, tmp_path / "out")
            assert page.complaints == []
            assert [url for url in page.requests if not url.startswith("data:")] == [f"file://{form}"]
        self._assert_accepted(path, supplier, score, count)

    @pytest.mark.skipif(firefox.FIREFOX is None, reason="./run test installs firefox-esr")
    def test_and_so_it_does_in_firefox(self, form, tmp_path):
        with firefox.page(tmp_path) as page:
            page.open(form)
            page.until(forms.READY)
            supplier = keyboard.Supplier(page, forms.plan_of_library(), WANTED)
            supplier.answer_all()
            score, count = text_of(page, ".score strong"), text_of(page, ".count")
            page.value("document.getElementById('save').click()")  # the keys have left the page at its end
            path = tmp_path / "response.json"
            forms.wait_for(path)
        self._assert_accepted(path, supplier, score, count)


class TestAFileIsOpenedAndSaved:
    @pytest.mark.parametrize("name", ["strong", "second-life", "weak", "empty"])
    def test_what_is_not_changed_is_saved_byte_for_byte(self, form, tmp_path, name):
        with forms.opened(form) as page:
            source = EXAMPLES / f"{name}.response.json"
            forms.take(page, source)
            assert text_of(page, ".opened") == ""
            assert forms.saved(page, tmp_path / "out").read_bytes() == source.read_bytes()

    def test_of_a_changed_answer_nothing_else_changes(self, form, tmp_path):
        with forms.opened(form) as page:
            source = plain(EXAMPLES / "strong.response.json")
            forms.take(page, EXAMPLES / "strong.response.json")
            page.value("document.querySelector('input[name=\"answers/L07\"]').focus()")
            page.value("document.activeElement.select()")
            page.type("86,25")
            page.settle()
            found = plain(forms.saved(page, tmp_path / "out"))
            assert found == source | {"answers": source["answers"] | {"L07": Decimal("86.25")}}
            assert list(found["answers"]) == list(source["answers"])

    def test_it_is_laid_out_as_the_program_lays_it_out(self, form, tmp_path):
        with forms.opened(form) as page:
            forms.take(page, EXAMPLES / "weak.response.json")
            page.value("document.querySelector('input[name=\"supplier/name\"]').focus()")
            page.type(" B")
            path = forms.saved(page, tmp_path / "out")
            assert path.read_bytes() == json_bytes(plain(path))

    def test_what_was_answered_is_there_again_after_a_visit_and_gone_when_it_is_deleted(self, form):
        with forms.opened(form) as page:
            page.value("document.querySelector('input[name=\"supplier/name\"]').focus()")
            page.type("Återbruk & <b>Co</b>")
            page.settle(1500)
            for expected in ("Återbruk & <b>Co</b>", ""):
                page.reload()
                page.until(forms.READY)
                assert page.value("document.querySelector('input[name=\"supplier/name\"]').value") == expected
                if expected:
                    page.value("document.getElementById('forget').focus()")
                    page.press("Enter")
                    assert "Delete all answers on this page" in text_of(page, ".asking")
                    page.press("Enter")
                    page.until(forms.READY)
                    assert page.value("localStorage.length") == 0

    def test_a_page_that_keeps_nothing_says_so_and_does(self, tmp_path):
        with forms.opened(forms.written(tmp_path, "--no-autosave")) as page:
            page.value("document.querySelector('input[name=\"supplier/name\"]').focus()")
            page.type("Nordfon")
            page.settle(1500)
            assert page.value("localStorage.length") == 0
            assert "keeps nothing between visits" in text_of(page, ".kept")

    def test_answers_to_another_version_are_a_start_without_what_was_signed(self, form, tmp_path):
        old = plain(EXAMPLES / "strong.response.json")
        old["questionnaire"]["version"] = "0.9.0"
        old["answers"] |= {"X99": True, "W09": "nonsense"}
        (tmp_path / "old.json").write_bytes(json_bytes(old))
        with forms.opened(form) as page:
            forms.take(page, tmp_path / "old.json")
            told = text_of(page, ".opened")
            assert "Read each one again, and sign anew" in told
            assert "answers: X99" in told
            assert "nonsense" in told
            found = plain(forms.saved(page, tmp_path / "out"))
        kept = {id_: answer for id_, answer in old["answers"].items() if id_ not in ("X99", "W09")}
        assert found["answers"] == kept
        assert found["questionnaire"] == response()["questionnaire"]
        assert "declaration" not in found

    def test_another_questionnaires_response_is_refused_and_nothing_changes(self, form, tmp_path):
        other = response(answers={"W09": "none"})
        other["questionnaire"] = other["questionnaire"] | {"id": "laptops"}
        (tmp_path / "other.json").write_bytes(json_bytes(other))
        (tmp_path / "broken.json").write_text('{"format": "selfassess/response@1",\n "x": }')
        with forms.opened(form) as page:
            forms.take(page, EXAMPLES / "weak.response.json")
            for name, said in (("other", "another questionnaire: laptops"), ("broken", "line 2, column 7")):
                forms.take(page, tmp_path / f"{name}.json")
                assert said in text_of(page, ".opened")
            kept = forms.saved(page, tmp_path / "out").read_bytes()
        assert kept == (EXAMPLES / "weak.response.json").read_bytes()

    def test_what_is_not_saved_is_not_replaced_unasked(self, form, tmp_path):
        with forms.opened(form) as page:
            page.value("document.querySelector('input[name=\"answers/L07\"]').focus()")
            page.type("12")
            forms.take(page, EXAMPLES / "weak.response.json")
            assert "not saved to a file" in text_of(page, ".asking")
            page.value("document.querySelectorAll('.asking button')[1].focus()")
            page.press("Enter")
            assert plain(forms.saved(page, tmp_path / "out"))["answers"] == {"L07": 12}


class TestBadFiles:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_do_no_harm_and_are_told_item_by_item(self, form, tmp_path, name):
        parts = HOSTILE[name].lstrip("{")
        head = json.dumps(response())[1:-1]
        for key in ("supplier", "answers"):
            if f'"{key}"' in parts:
                head = json.dumps({other: part for other, part in response().items() if f'"{other}"' not in parts})[
                    1:-1
                ]
        (tmp_path / "bad.json").write_text("{" + head + ", " + parts)
        with forms.opened(form) as page:
            page.value("window.alert = () => { throw new Error('alert'); }")
            forms.take(page, tmp_path / "bad.json")
            assert page.complaints == []
            told = text_of(page, ".opened")
            if name in ("markup", "odd texts", "odd numbers"):
                assert told == ""
            else:
                assert told.count("\n") >= 1
            page.settle(1200)
            page.reload()
            page.until(forms.READY)
            assert page.complaints == []
            assert (
                page.value("({}).x === undefined && document.querySelectorAll('img, main script').length === 0") is True
            )
            read_json(forms.saved(page, tmp_path / "out").read_bytes(), "saved.json")

    def test_a_spoilt_draft_stops_no_later_visit(self, form):
        with forms.opened(form) as page:
            page.value("document.querySelector('input[name=\"supplier/name\"]').focus()")
            page.type("x")
            page.settle(1200)
            page.value("localStorage.setItem(localStorage.key(0), '{\"format\": 5')")
            page.reload()
            page.until(forms.READY)
            assert "cannot be read" in text_of(page, ".opened")
            assert page.complaints == []

    def test_what_cannot_be_read_stays_as_it_was_typed_with_its_problem(self, form, tmp_path):
        with forms.opened(form) as page:
            for typed, said in (("abc", "no number"), ("1.200", "Write 1.2000 or 1200"), ("101", "From 0 to 100")):
                page.value("document.querySelector('input[name=\"answers/L07\"]').focus()")
                page.value("document.activeElement.select()")
                page.type(typed)
                page.press("Tab")
                page.settle()
                if said.startswith("Write"):
                    continue  # of a percentage only one reading fits
                assert said in text_of(page, "#e-L07")
            assert plain(forms.saved(page, tmp_path / "out"))["answers"]["L07"] == 101


class TestWhatTheBuyerAllows:
    def test_a_tender_says_its_lots_and_whose_they_are(self, tender_form, tmp_path):
        with forms.opened(tender_form) as page:
            assert "Malmö" in text_of(page, ".tender") or text_of(page, ".tender")
            assert page.value("document.querySelectorAll('input[name^=\"lots/\"]').length") == 2
            page.value("document.querySelector('input[name^=\"lots/\"]').focus()")
            page.press(" ")
            found = plain(forms.saved(page, tmp_path / "out"))
            assert found["lots"] == ["new-devices"]
            assert found["tender"] == "nordic-2026-117"

    def test_answers_of_one_lot_are_shown_kept_and_scored_as_the_program_does(self, tmp_path):
        folder = forms.HERE.parent / "examples/nordic-smartphones"
        source = folder / "bids/nordfon/response.json"
        with forms.opened(forms.written(tmp_path, subject=str(folder))) as page:
            forms.take(page, source)
            assert page.value("document.querySelectorAll('.of-lot').length") == 4
            scores = page.value("[...document.querySelectorAll('.score strong')].map(one => one.textContent)")
            assert forms.saved(page, tmp_path / "out").read_bytes() == source.read_bytes()
        assert scores == forms.claimed_totals(folder, source)

    def test_what_bidders_may_not_see_is_not_in_the_file(self, tmp_path):
        """Whoever opens the file's source sees everything in it."""
        with forms.opened(forms.written(tmp_path, "--no-score")) as page:
            forms.take(page, EXAMPLES / "strong.response.json")
            assert text_of(page, ".score-panel") is None
            assert page.value("[...document.querySelectorAll('.worth')].map(one => one.textContent).join('')") == ""
            assert text_of(page, ".count") == "102 of 102 questions answered"


class TestEvidence:
    def test_a_file_is_hashed_in_the_page_and_named_as_it_must_be_sent(self, form, tmp_path):
        report = tmp_path / "Prüfbericht (März) 2026.pdf"
        report.write_bytes(b"%PDF-1.7 " + bytes(range(256)) * 40_000)
        with forms.opened(form) as page:
            page.value("document.querySelector('#q-W01 .papers button').focus()")
            page.press("Enter")
            page.attach("input[name='evidence/0/file']", report)
            page.until("Draft.get(['evidence', 0, 'sha256'])")
            page.settle()
            assert "Prufbericht-Marz-2026.pdf" in text_of(page, ".document")
            assert "Given: Prüfbericht (März) 2026.pdf" in text_of(page, "#q-W01 .papers")
            (found,) = plain(forms.saved(page, tmp_path / "out"))["evidence"]
        digest = hashlib.sha256(report.read_bytes()).hexdigest()
        assert found["sha256"] == f"sha256:{digest}"
        assert found["file"] == "evidence/Prufbericht-Marz-2026.pdf"
        assert (found["id"], found["supports"]) == ("e1", ["W01"])


class TestSmallThings:
    """What was met while forms like this one were built."""

    def test_a_radio_can_be_unchosen_and_the_focus_goes_back(self, form, tmp_path):
        with forms.opened(form) as page:
            page.value("document.querySelector('input[name=\"answers/W08\"]').focus()")
            page.press(" ")
            assert page.value("document.querySelector('#q-W08').dataset.state") == "answered"
            page.value("document.querySelector('#q-W08 .choices button').focus()")
            page.press("Enter")
            assert page.value("document.querySelector('#q-W08').dataset.state") == "missing"
            assert page.value("document.activeElement.name") == "answers/W08"
            assert plain(forms.saved(page, tmp_path / "out"))["answers"] == {}

    def test_a_date_is_said_in_words_whatever_the_browser_shows(self, form):
        with forms.opened(form) as page:
            page.value("document.querySelector('input[name=\"answers/C28\"]').focus()")
            for key in "09122025":
                page.press(key)
            page.settle()
            assert "12 September 2025" in text_of(page, "#q-C28 .echo")

    def test_a_question_that_waits_says_for_which_and_comes_when_it_is_answered(self, form):
        with forms.opened(form) as page:
            assert "First answer: E15" in text_of(page, "#q-E15-chain .waits")
            assert page.value("document.querySelector('#q-E15-chain .body').hidden") is True
            for typed, state in (("2", None), ("20", "missing")):
                page.value("document.querySelector('input[name=\"answers/E15\"]').focus()")
                page.value("document.activeElement.select()")
                page.type(typed)
                page.press("Tab")
                page.settle(300)
                shown = page.value("!document.querySelector('#q-E15-chain').hidden")
                assert shown is (state is not None)
            assert page.value("document.querySelector('#q-E15-chain').dataset.state") == "missing"

    def test_rows_are_taken_over_from_the_table_that_lists_them(self, form, tmp_path):
        sites = [
            {"site": "vn-01", "name": "A", "country": "VN", "share": 60},
            {"site": "in-04", "name": "B", "share": 40},
        ]
        (tmp_path / "start.json").write_bytes(json_bytes(response(answers={"W01": sites})))
        with forms.opened(form) as page:
            forms.take(page, tmp_path / "start.json")
            page.value(
                "[...document.querySelectorAll('#q-W11 button')].find(b => b.textContent.includes('W01')).click()"
            )
            found = plain(forms.saved(page, tmp_path / "out"))["answers"]["W11"]
        assert found == [{"site": "vn-01", "share": 60}, {"site": "in-04", "share": 40}]

    def test_on_paper_stand_questions_and_answers_and_no_buttons(self, form):
        with forms.opened(form) as page:
            forms.take(page, EXAMPLES / "weak.response.json")
            page.call("Emulation.setEmulatedMedia", media="print")
            seen = "[...document.querySelectorAll({})].some(one => one.getClientRects().length > 0)"
            assert page.value(seen.format("'button, .bar, nav, .tools'")) is False
            assert page.value(seen.format("'#q-W01 .row'")) is True

    def test_a_claim_beside_an_answer_is_told_and_neither_is_taken_away(self, form, tmp_path):
        start = response(answers={"L17": "type"}, not_applicable={"L17": "no-parts-fitted"})
        (tmp_path / "start.json").write_bytes(json_bytes(start))
        with forms.opened(form) as page:
            forms.take(page, tmp_path / "start.json")
            assert "Clear one of them" in text_of(page, "#e-L17")
            assert forms.saved(page, tmp_path / "out").read_bytes() == json_bytes(start)

    def test_a_browser_that_keeps_nothing_is_told_of(self, form, tmp_path):
        """A preview in a mail program has no store, and no rights of its own."""
        html = form.read_text("utf-8").replace('"', "&quot;")
        (tmp_path / "mail.html").write_text(f'<!doctype html><iframe sandbox="allow-scripts" srcdoc="{html}"></iframe>')
        with browser.page(tmp_path / "mail.html") as page:
            page.settle(2000)
            frame = next(one for one in page.call("Target.getTargets")["targetInfos"] if one["type"] == "iframe")
            attached = page.call("Target.attachToTarget", targetId=frame["targetId"], flatten=True)
            page.session = attached["sessionId"]
            assert "cannot keep your answers" in text_of(page, ".kept")
            assert text_of(page, ".count") == "0 of 102 questions answered"


class TestEverybodyCanReadIt:
    def _violations(self, page):
        page.value(AXE + ";0")
        options = json.dumps(RULES | {"resultTypes": ["violations"]})
        told = "found.violations.map(one => [one.id, one.nodes.length, one.nodes[0].html.slice(0, 200)])"
        run = f"axe.run(document, {options}).then(found => {told})"
        return page.call("Runtime.evaluate", expression=run, awaitPromise=True, returnByValue=True)["result"]["value"]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_axe_finds_nothing_in_any_language_light_and_dark_wide_and_narrow_with_problems_shown(
        self, form, language, tmp_path
    ):
        bad = response(answers={"L07": "abc", "W01": [{"site": "a", "share": 300}, {"site": "A"}], "W09": "none"})
        bad["evidence"] = [{"id": "e1", "title": "x", "supports": ["W01"]}]
        (tmp_path / "bad.json").write_bytes(json_bytes(bad))
        with forms.opened(form) as page:
            speak(page, language)
            forms.take(page, tmp_path / "bad.json")
            page.value("document.getElementById('check').focus()")
            page.press("Enter")
            page.until("document.querySelectorAll('.error:not([hidden])').length > 5")
            looks = (
                [(1280, "light"), (390, "dark")]
                if language != "en"
                else [(w, s) for w in WIDTHS for s in ("light", "dark")]
            )
            for width, scheme in looks:
                page.resize(width, scheme=scheme)
                assert self._violations(page) == [], (width, scheme)
            for width in WIDTHS:
                page.resize(width)
                wide = "e => e.getBoundingClientRect().right > innerWidth + 1"
                over = f"[...document.querySelectorAll('body *')].filter({wide}).map(e => e.outerHTML.slice(0, 120))"
                assert page.value(over) == []
                assert page.value("document.documentElement.scrollWidth <= innerWidth") is True

    def test_axe_would_have_found_something(self, form):
        with forms.opened(form) as page:
            page.value("document.querySelector('h1').after(document.createElement('img'))")
            assert "image-alt" in [rule for rule, *_ in self._violations(page)]

    def test_another_language_loses_no_answer_and_says_dates_and_numbers_in_its_own_way(self, form, tmp_path):
        with forms.opened(form) as page:
            forms.take(page, EXAMPLES / "strong.response.json")
            speak(page, "fi")
            assert text_of(page, ".count") == "Vastattu 102/102 kysymykseen"
            assert text_of(page, ".score strong") == "74,67"
            echo = "document.querySelector('input[name=\"answers/C28\"]').parentNode.querySelector('.echo').textContent"
            assert page.value(echo) == "12. syyskuuta 2025"
            assert page.value("document.querySelector('input[name=\"answers/L14/0/arrival\"]').value") == "0,8"
            assert forms.saved(page, tmp_path / "out").read_bytes() == (EXAMPLES / "strong.response.json").read_bytes()

    def test_text_that_is_not_translated_says_in_which_language_it_is(self, form):
        with forms.opened(form) as page:
            speak(page, "sv")
            # One text is taken away, as where nobody has translated it yet.
            page.value("Words.languages().find(one => one.id === 'sv').texts[Page.question('W09').text] = null")
            speak(page, "nb")
            page.value("document.getElementById('language').focus()")
            page.press("ArrowUp")
            page.until(forms.READY)
            said = "document.querySelector('#t-W09').{}"
            assert page.value(said.format("querySelector('[lang]').lang")) == "en"
            assert page.value(said.format("innerText")).endswith("factories of W01?")

    def test_the_bar_takes_little_of_a_small_window(self, form):
        with forms.opened(form, 320) as page:
            assert page.value("document.querySelector('.bar').getBoundingClientRect().height") < 110
