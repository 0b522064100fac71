"""Statistics of a draft questionnaire: exact, nobody named, and nothing about fewer than three bids."""

from __future__ import annotations

import datetime
import json
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from writing import profile, question, questionnaire, response, scored

from selfassess.statistics import LEAST, protected, separation, statistics_of

DAY = datetime.date(2026, 11, 20)
REASONS = {"not_applicable": ["none-made"]}
CHOICE = {"options": [{"id": "a", "text": "A", "score": 0}, {"id": "b", "text": "B", "score": "1"}]}


def document(*questions):
    return questionnaire(*questions)


def statistics(plain, answers, claims=()):
    """The statistics of bids that answer so; ``claims`` are N/A claims of further bids."""
    own = profile(plain, mode="dialogue")
    plan, found = None, []
    for said in answers:
        plan, assessment = scored(plain, own, response(plain, said), day=DAY)
        found.append(assessment)
    for said in claims:
        plan, assessment = scored(plain, own, response(plain, {}, not_applicable=said), day=DAY)
        found.append(assessment)
    return statistics_of(plan, found)


class TestSmallNumbers:
    """No published cell, and no difference of published cells, speaks of one or two bids."""

    @given(st.lists(st.integers(0, 9), min_size=2, max_size=6))
    def test_what_is_hidden_cannot_be_computed(self, counts):
        cells = protected(counts)
        hidden = [count for count, cell in zip(counts, cells, strict=True) if cell is None]
        assert all(cell in (None, count) for cell, count in zip(cells, counts, strict=True))
        assert all(cell is None or cell == 0 or cell >= LEAST for cell in cells)
        if hidden:
            assert len(hidden) > 1
            assert sum(hidden) >= LEAST or len(hidden) == len(counts)
        else:
            assert all(count == 0 or count >= LEAST for count in counts)

    def test_one_bid_that_differs_hides_another_cell(self):
        assert protected([5, 1, 0, 0]) == (None, None, None, None)
        assert protected([5, 4, 1, 0]) == (5, None, None, None)
        assert protected([5, 3, 0, 0]) == (5, 3, 0, 0)

    @pytest.mark.parametrize("count", [0, 1, 2])
    def test_fewer_than_three_bids_say_nothing(self, count):
        plain = document(question("A"))
        plan, first = scored(plain, profile(plain), response(plain, {"A": True}), day=DAY)
        found = statistics_of(plan, [first] * count)
        assert (found.bids, found.questions) == (count, ())

    def test_one_answer_apart_hides_all_options_and_leaves_the_separation(self):
        plain = document(question("A"))
        (found,) = statistics(plain, [{"A": True}] * 4 + [{"A": False}]).questions
        assert dict(found.options) == {"yes": None, "no": None}
        assert (found.answered, found.spread.best, found.spread.separation) == (5, None, Fraction(2, 5))

    def test_where_the_number_of_answers_is_hidden_so_is_all_that_would_tell_it(self):
        plain = document(question("A", **REASONS))
        claims = [{"A": "none-made"}]
        (found,) = statistics(plain, [{"A": True}] * 3 + [{}], claims).questions
        assert (found.answered, found.not_applicable, found.missing) == (None, None, None)
        assert dict(found.options) == {"yes": None, "no": None}
        assert found.spread.separation is None


class TestTheCounts:
    def test_options_shares_ceiling_and_floor(self):
        plain = document(question("A", **REASONS))
        answers = [{"A": True}] * 4 + [{"A": False}] * 3 + [{}] * 3
        (found,) = statistics(plain, answers, [{"A": "none-made"}] * 3).questions
        assert (found.answered, found.not_applicable, found.missing, found.not_asked) == (7, 3, 3, 0)
        assert dict(found.options) == {"yes": 4, "no": 3}
        assert (found.spread.best, found.spread.worst, found.spread.between) == (4, 3, 0)
        assert found.spread.separation == Fraction(12, 21)

    def test_ticks_are_counted_by_option(self):
        options = [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]
        plain = document(question("A", "choices", options=options, score="share"))
        (found,) = statistics(plain, [{"A": ["a", "b"]}] * 3 + [{"A": ["a"]}] * 3).questions
        assert dict(found.options) == {"a": 6, "b": 3}
        assert (found.spread.best, found.spread.between) == (3, 3)

    def test_a_number_says_ceiling_floor_and_separation_and_no_value(self):
        plain = document(question("A", "number", score={"curve": [[0, 0], [100, 1]]}))
        answers = [{"A": n} for n in (0, 0, 0, 100, 100, 100, 41, 42, 43)]
        (found,) = statistics(plain, answers).questions
        assert (found.spread.best, found.spread.worst, found.spread.between) == (3, 3, 3)
        assert found.spread.separation == Fraction(36 - 6, 36)
        assert found.options == {}

    def test_a_text_is_counted_and_not_told(self):
        plain = document(question("A"), question("T", "text", score="unscored"))
        found = statistics(plain, [{"A": True, "T": "a secret"}] * 3)
        assert found.questions[1].spread is None
        assert "secret" not in repr(found)


class TestSeparation:
    @given(st.lists(st.sampled_from([Fraction(n, 4) for n in range(5)]), max_size=9))
    def test_it_is_the_share_of_pairs_that_differ(self, values):
        pairs = [(a, b) for i, a in enumerate(values) for b in values[:i]]
        expected = Fraction(sum(a != b for a, b in pairs), len(pairs)) if pairs else 0
        assert separation(values) == expected

    def test_all_alike_is_0_and_all_apart_is_1(self):
        assert separation([Fraction(1)] * 4) == 0
        assert separation([Fraction(n) for n in range(4)]) == 1


class TestNobodyIsNamed:
    @given(st.permutations(list(range(6))))
    def test_the_order_of_the_bids_changes_nothing(self, order):
        plain = document(question("A"), question("B", "choice", **{**CHOICE, "score": None} | {}))
        plain["sections"][0]["questions"][1].pop("score")
        plain["sections"][0]["questions"][1]["options"][1]["score"] = 1
        answers = [{"A": n % 2 == 0, "B": "a" if n < 3 else "b"} for n in range(6)]
        assert statistics(plain, answers) == statistics(plain, [answers[n] for n in order])


@pytest.fixture(scope="module")
def consulted(tmp_path_factory):
    from commands import call  # noqa: PLC0415
    from folders import lay_out_tender  # noqa: PLC0415

    bids = {name: {"how": "SECRET", "comments": {"cycles": "SECRET"}} for name in ("xanadu", "yonder", "zembla")}
    folder = lay_out_tender(tmp_path_factory.mktemp("consulted") / "tender", bids | {"quux": "{"})
    return folder / "results", call("evaluate", folder)


class TestTheFiles:
    def test_a_dialogue_writes_statistics_without_being_asked(self, consulted):
        results, _ = consulted
        plain = json.loads((results / "statistics.json").read_text("utf-8"))
        assert plain["format"] == "selfassess/statistics@1"
        assert plain["lots"][0]["bids"] == "3"
        cycles = next(q for q in plain["lots"][0]["questions"] if q["id"] == "cycles")
        assert cycles["answered"] == {"count": "3", "share": {"exact": "100", "shown": "100.0"}}
        assert cycles["separation"] == {"exact": "0", "shown": "0.00"}

    def test_no_supplier_and_no_text_is_in_them(self, consulted):
        import subprocess  # noqa: PLC0415

        results, _ = consulted
        pdf = subprocess.run(["pdftotext", results / "statistics.pdf", "-"], capture_output=True, check=True)
        for text in ((results / "statistics.json").read_text("utf-8"), pdf.stdout.decode()):
            assert "cycles" in text
            for word in ("xanadu", "Xanadu", "yonder", "zembla", "quux", "SECRET", "Alm"):
                assert word not in text

    def test_an_award_writes_them_when_asked(self, tmp_path):
        from commands import call  # noqa: PLC0415
        from folders import lay_out_tender  # noqa: PLC0415

        award = [("evidence_mode: dialogue", "evidence_mode: award")]
        folder = lay_out_tender(tmp_path / "tender", {"a": {}, "b": {}, "c": {}}, profile=award)
        call("evaluate", folder, "--no-pdf")
        assert not (folder / "results/statistics.json").exists()
        call("evaluate", folder, "--no-pdf", "--statistics")
        assert (folder / "results/statistics.json").exists()
