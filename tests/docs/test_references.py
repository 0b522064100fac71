"""The page of references says of every instrument, and of the joint statement, what the shipped questionnaires say."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from selfassess.library import standard

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "references.md").read_text("utf-8")
LIBRARY = standard()
QUESTIONNAIRES = [LIBRARY.questionnaire(*named).content for named in LIBRARY.versions()]
QUESTIONS = [question for questionnaire in QUESTIONNAIRES for question in questionnaire.questions()]
TAKEN = re.compile(r"^- ([A-Z]\d\d[^:]*): (.+) · (confirmed|not confirmed)$", re.MULTILINE)
POINTS = ("JS1", "JS2", "JS3", "JS4", "JS5", "JS6")


def parts(text, level):
    """The headings of one level with what stands below them, in their order."""
    _, *found = re.split(rf"^{level} (.+)\n", text, flags=re.MULTILINE)
    return list(zip(found[::2], found[1::2], strict=True))


CHAPTERS = dict(parts(PAGE, "##"))
INSTRUMENTS = [instrument for chapter in CHAPTERS.values() for instrument in parts(chapter, "###")]


def told(text):
    """What a part of the page says was taken: question, item, and whether that is confirmed."""
    return {(id_, item, state == "confirmed") for ids, item, state in TAKEN.findall(text) for id_ in ids.split(", ")}


def of_the_questionnaires():
    found = defaultdict(set)
    for question in QUESTIONS:
        for reference in question.references:
            found[reference.instrument].add((question.id, reference.item, reference.confirmed))
    return found


def unconfirmed():
    """The questions of every instrument that name an item which is not confirmed."""
    found = defaultdict(list)
    for name, taken in of_the_questionnaires().items():
        for id_, _, confirmed in sorted(taken):
            if not confirmed:
                found[name].append(id_)
    return found


def test_every_instrument_has_its_place_once():
    names = Counter(name for name, _ in INSTRUMENTS)
    assert set(names) == set(of_the_questionnaires())
    assert set(names.values()) == {1}


@pytest.mark.parametrize(("name", "text"), INSTRUMENTS, ids=[name for name, _ in INSTRUMENTS])
def test_an_instrument_stands_with_exactly_the_questions_items_and_states_of_the_questionnaire(name, text):
    assert told(text) == of_the_questionnaires()[name]
    assert len(TAKEN.findall(text)) == len(re.findall(r"^- ", text, re.MULTILINE)), "a line that says nothing"


@pytest.mark.parametrize(("name", "text"), INSTRUMENTS, ids=[name for name, _ in INSTRUMENTS])
def test_what_is_confirmed_has_a_source(name, text):
    has_source = "*Source: " in text
    assert has_source != ("*Not read.*" in text), name
    assert has_source or not any(confirmed for _, _, confirmed in told(text)), name


def test_the_page_counts_right():
    taken = [one for instrument in of_the_questionnaires().values() for one in instrument]
    confirmed = sum(state for _, _, state in taken)
    sentence = f"names {len(INSTRUMENTS)} instruments in {len(taken)} references, of which {confirmed} are confirmed."
    assert sentence in PAGE


def test_every_point_of_the_joint_statement_that_is_known_stands_with_the_questions_that_serve_it():
    text = CHAPTERS["The joint statement"]
    rows = re.findall(r"^\| (JS\d) \| .+ \| (.+) \|$", text, re.MULTILINE)
    served = defaultdict(list)
    for question in QUESTIONS:
        for point in question.statement:
            served[point].append(question.id)
    assert dict(rows) == {point: ", ".join(served[point]) for point in POINTS}
    assert set(served) == set(POINTS)
    none = sorted(question.id for question in QUESTIONS if not question.statement)
    assert f"{', '.join(none[:-1])} and {none[-1]} serve none of the six" in text
    assert "**Three are not known to us.**" in text


def test_what_could_not_be_confirmed_is_listed_with_its_questions():
    text = " ".join(CHAPTERS["What could not be confirmed"].split())
    for name, ids in unconfirmed().items():
        assert re.search(rf"(^|[-:;] ){re.escape(name)} \({', '.join(ids)}\)", text), name
    listed = re.findall(r"\([A-Z]\d\d[\w-]*(?:, [A-Z]\d\d[\w-]*)*\)", text)
    assert len(listed) == len(unconfirmed())


def test_gates_with_an_item_that_is_not_confirmed_are_named():
    text = " ".join(CHAPTERS["What could not be confirmed"].split())
    states = {question.id: [one.confirmed for one in question.references] for question in QUESTIONS if question.gate}
    gates = [id_ for id_, confirmed in states.items() if not all(confirmed)]
    alone = [id_ for id_ in gates if not any(states[id_])]
    assert f"Gates with such an item: {', '.join(gates)}. {', '.join(alone)} rests on nothing else." in text


def test_a_text_of_eu_law_is_named_by_its_own_celex_number():
    found = {name: re.findall(r"CELEX\s+(\w+)", text) for name, text in INSTRUMENTS}
    named = {name: numbers for name, numbers in found.items() if numbers}
    assert set(named) < set(dict(parts(CHAPTERS["EU law"], "###")))
    for name, numbers in named.items():
        kind, year, number = re.fullmatch(r"(\w).+ (\d{4})/(\d+)(?:/EU|/EC)?", name).groups()
        assert numbers == [f"3{year}{'R' if kind == 'R' else 'L'}{number.zfill(4)}"], name


def test_sources_are_named_without_addresses():
    assert "://" not in PAGE
