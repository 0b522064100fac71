"""One meaning in two languages: the form's engine in the browser says what the program says, exactly.

``tests/vectors/scoring.json`` holds cases that other programs may use: a plan as the form has it, a response, and what
both engines say of it.
"""

from __future__ import annotations

import copy
import hashlib
import json
from decimal import Decimal
from fractions import Fraction

import engines
import pytest
import strategies
import writing
from hypothesis import given, settings
from hypothesis import strategies as st
from test_readers_agree import GONE, PARTS, steps

from selfassess.errors import NumberForm
from selfassess.exchange import json_text
from selfassess.form.lots import page_plan
from selfassess.model.assessment import Measure
from selfassess.numbers import NUMBER, exact, shown
from selfassess.plan import compile_plan
from selfassess.schemas import load_profile, load_questionnaire
from selfassess.schemas.response import ResponseReader
from selfassess.schemas.response_answers import BAD, as_date
from selfassess.scoring import score
from selfassess.sources import read_json
from selfassess.typed import readings


def fraction(value):
    return None if value is None else str(Fraction(value))


def both(case, text):
    """What the program and the browser's engine say of a response's text; None where it cannot be used at all."""
    document = writing.loaded(load_questionnaire, case.questionnaire)
    profile = writing.loaded(load_profile, case.profile).content
    lot = writing.lot_of(case.lot)
    plan = compile_plan(document.content, profile, lot)
    reader = ResponseReader(document.content, document.digest)
    response = reader.slow(read_json(text.encode(), "response.json").data).response
    if response is None:
        return None
    found = score(plan, response, supplier="bid", day=case.day)
    total = found.totals[Measure.CLAIMED]
    ours = {
        "states": {planned.id: state.value for planned, state in zip(plan.questions, found.states, strict=True)},
        "values": {q.id: fraction(Fraction(found.claimed[q.position]) / plan.scale) for q in plan.questions},
        "sections": [fraction(value) for value in total.sections],
        "total": fraction(total.total),
    }
    of_page = page_plan(document.content, profile, [lot], lambda context: context, shows_score=True)
    return ours, engines.assess(of_page, text), of_page


@settings(max_examples=300)
@given(strategies.cases())
def test_a_response_has_the_same_states_values_sections_and_total_in_both(case):
    ours, theirs, _ = both(case, json_text(case.response))
    assert theirs == ours


@st.composite
def damaged(draw):
    """A case, and its response with some parts in the place of others."""
    case = draw(strategies.cases())
    response = read_json(json_text(case.response).encode(), "response.json").data
    for _ in range(draw(st.integers(1, 3))):
        below = [path for path in steps(response) if path and path[0] not in ("format", "questionnaire", "evidence")]
        path = draw(st.sampled_from(below))
        part, place = draw(PARTS), response
        for step in path[:-1]:
            place = place[step]
        if part is GONE:
            del place[path[-1]]
        else:
            # Its own: a part that holds itself would have no end.
            place[path[-1]] = copy.deepcopy(part) if isinstance(part, list | dict) else part
    return case, json_text(response)


@settings(max_examples=300)
@given(damaged())
def test_so_it_has_when_parts_of_it_cannot_be_used(pair):
    found = both(*pair)
    assert found is None or found[1] == found[0]


@given(st.fractions(max_denominator=10**6), st.integers(0, 4))
def test_a_figure_is_rounded_once_and_halves_go_away_from_zero_in_both(value, places):
    assert engines.call("shown", str(value.numerator), str(value.denominator), places) == shown(value, places)


def is_exact(text):
    try:
        exact(text)
    except NumberForm:
        return False
    return True


DIGITS = st.text("0123456789", max_size=17)
SPELLED = st.one_of(
    st.builds("{}{}{}{}".format, st.sampled_from(["", "-"]), DIGITS, st.sampled_from(["", "."]), DIGITS),
    st.from_regex(NUMBER, fullmatch=True),
    st.sampled_from(["1e5", "0x1", "١", "1\n", " 1", "+1", "1,5", "NaN", "-0", "-0.0", "0.0000009", "0.000001", "1_0"]),
)


@settings(max_examples=300)
@given(SPELLED)
def test_the_same_texts_are_numbers_in_both(text):
    assert engines.call("isNumber", text) == is_exact(text)


MARKS = st.sampled_from(
    [" ", "\u00a0", "\u202f", ".", ",", "'", "\u2019", "-", "\u2212", "%", "0", "12", "200", "3", "x", "\u0663", "\n"]
)
TYPED = st.one_of(st.lists(MARKS, max_size=9).map("".join), SPELLED)


@settings(max_examples=500)
@given(TYPED)
def test_the_same_typed_texts_mean_the_same_numbers_in_both(text):
    assert json.loads(engines.call("readings", text)) == list(readings(text))


AS_TYPED = {
    "12,5": ["12.5"], "12.5": ["12.5"], "1 200": ["1200"], "1\u00a0200,75": ["1200.75"], "1.200,5": ["1200.5"],
    "1,200.5": ["1200.5"], "1.200.000": ["1200000"], "1'200": ["1200"], "\u22125": ["-5"], " 87,5 % ": ["87.5"],
    "007": ["7"], "0,125": ["0.125"], "1.200": ["1.200", "1200"], "1,200": ["1.200", "1200"], "12,": [], "abc": [],
    "1e5": [], "1 20": [], "1.20.5": [], "": [], "\u0661\u0662": [], "0.0000001": [], "--5": [],
    "1 200 000,5": ["1200000.5"],
}  # fmt: skip


@pytest.mark.parametrize("text", AS_TYPED)
def test_numbers_are_read_as_people_write_them(text):
    assert list(readings(text)) == json.loads(engines.call("readings", text)) == AS_TYPED[text]


@given(st.one_of(st.dates().map(str), st.from_regex(r"[0-9]{4}-[0-1][0-9]-[0-3][0-9]", fullmatch=True)))
def test_the_same_texts_are_dates_in_both(text):
    assert engines.call("isDate", text) == (as_date(text) is not BAD)


@given(strategies.cases())
def test_a_response_that_is_read_and_written_in_the_browser_keeps_every_byte(case):
    text = json_text(case.response)
    assert engines.call("again", text) == text


@given(st.text(max_size=40), st.sampled_from(["12.50", "1.10", "0", "-0.5", "100000000000000"]))
def test_so_do_texts_of_any_characters_and_numbers_as_they_are_spelled(text, number):
    written = json_text({"__proto__": text, "constructor": [Decimal(number), True, None, {}, []], text: {"a": text}})
    assert engines.call("again", written) == written


BROKEN = [
    '{"a": 1,}',
    '{"a": 1, "a": 2}',
    "[1] 2",
    "{'a': 1}",
    '"\t"',
    "NaN",
    "",
    "[" * 40 + "]" * 40,
    '{"a" 1}',
    "[01]",
]


@pytest.mark.parametrize("text", BROKEN)
def test_what_is_no_strict_json_is_none_in_the_browser_either(text):
    with pytest.raises(engines.quickjs.JSException, match="not JSON"):
        engines.call("again", text)


@given(st.binary(max_size=300), st.integers(1, 130))
def test_a_file_has_the_digest_that_the_standard_says_in_whatever_pieces_it_is_read(data, piece):
    assert engines.call("digest", json.dumps(list(data)), piece) == hashlib.sha256(data).hexdigest()


# --- cases for other programs -----------------------------------------------------------------------------------------

YES, NO = {"question": "A", "is": True}, {"question": "A", "is": False}
SHARE = {"options": [{"id": i, "text": i} for i in "abc"] + [{"id": "none", "text": "None", "exclusive": True}]}
QUESTIONS = [
    writing.question("A", not_applicable=["none-made"]),
    writing.question("B", enable_when=YES),
    writing.question("C", enable_when={"not": YES}),
    writing.question("N", "number", score={"curve": [[0, 0], [300, 1]]}),
    writing.question("P", "percent", score={"steps": [[Decimal("12.5"), Decimal("0.5")], [60, 1]]}),
    writing.question("S", "choices", score="share", **SHARE),
    writing.question("D", "date", score={"steps": [["2026-01-01", 1]]}),
    writing.question("T", "table", **writing.SITES),
]
SITES = [{"site": "vn-01", "share": 60, "met": True}, {"site": "cn-02", "share": 30, "met": False}]
CASES = {
    "nothing is answered": {},
    "a condition that is false": {"A": False, "B": True, "C": True},
    "numbers between the points of a curve": {"N": 100, "P": Decimal("12.5")},
    "a number spelled with a zero at its end": {"N": 7, "P": Decimal("12.50")},
    "a text is no number, and yes is no 1": {"N": "7", "P": True, "A": 1},
    "out of range": {"N": 1001, "P": Decimal("100.5")},
    "ticks": {"S": ["a", "c"]},
    "an exclusive tick with others": {"S": ["a", "none"]},
    "an exclusive tick alone": {"S": ["none"]},
    "no ticks": {"S": []},
    "a day of a leap year": {"D": "2028-02-29"},
    "a day that there is not": {"D": "2026-02-29"},
    "shares that do not reach a hundred": {"T": SITES},
    "two rows with one key": {"T": [*SITES, {"site": "VN-01", "share": 10, "met": True}]},
    "a row without its share": {"T": [{"site": "vn-01", "met": True}]},
    "no rows": {"T": []},
}


def test_cases_for_other_programs_say_what_both_engines_say(golden):
    document = writing.questionnaire(*QUESTIONS)
    profile = writing.profile(document)
    vectors, plan = [], None
    for name, answers in CASES.items():
        more = {"not_applicable": {"A": "none-made"}} if name == "nothing is answered" else {}
        response = writing.response(document, answers, **more)
        case = strategies.Case(document, profile, response, strategies.DAY, None, [])
        ours, theirs, plan = both(case, json_text(response))
        assert theirs == ours, name
        vectors.append({"case": name, "response": response, "expected": ours})
    about = "A plan as the form has it, responses to it, and what they are worth as claimed (method selfassess/1)."
    golden("tests/vectors/scoring.json", json_text({"about": about, "plan": plan, "cases": vectors}))
