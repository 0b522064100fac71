"""What a reader sees is exact, adds up, and says why."""

from __future__ import annotations

import re
from fractions import Fraction

import pages
import pytest
import tenders
from hypothesis import given
from hypothesis import strategies as st

from selfassess.model.ranking import LotRanking, Standing, Status
from selfassess.model.tender import PriceModel
from selfassess.numbers import shown
from selfassess.scorecard import drawing, stages
from selfassess.scorecard.figures import Figures
from selfassess.scorecard.price import worked
from selfassess.scorecard.tender import _orders

SHARES = st.fractions(min_value=0, max_value=1, max_denominator=1000)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    """The cards of a tender with eight bids of every kind."""
    return pages.cards(tenders.write(tmp_path_factory.mktemp("tender"), questions=40, sections=3, bids=12))


def number(text):
    return Fraction(text.replace("\u00a0", "").replace("−", "-"))


class TestPoints:
    def test_printed_points_add_up_to_their_section_and_the_sections_to_the_total(self, found):
        for card in found[0].values():
            for lot in card.lots:
                for section in lot.sections:
                    points = [number(question.points) for question in section.questions if question.points]
                    assert sum(points) == number(section.points)
                total = next(line.value for line in lot.totals if line.label == "After review")
                assert sum(number(section.points) for section in lot.sections) == number(total)

    def test_no_question_is_printed_with_more_points_than_it_can_bring(self, found):
        for card in found[0].values():
            for section in card.lots[0].sections:
                assert not section.possible or number(section.points) <= number(section.possible)
                for question in section.questions:
                    assert not question.possible or number(question.points) <= number(question.possible)

    def test_the_weakest_points_come_first_and_say_what_would_raise_them(self, found):
        for card in found[0].values():
            weakest = card.lots[0].weakest
            missing = [number(raised.missing.removeprefix("+")) for raised in weakest]
            assert missing == sorted(missing, reverse=True)
            assert all(raised.advice and raised.lost for raised in weakest)


class TestStages:
    def test_the_map_adds_up_to_the_total(self, found):
        for card in found[0].values():
            lot = card.lots[0]
            total = next(line.value for line in lot.totals if line.label == "After review")
            assert abs(number(lot.stages.totals.total.points) - number(total)) <= Fraction(55, 1000)
            assert lot.stages.totals.total.weight == "100.0"

    def test_a_stage_that_nothing_asks_of_is_named(self, found):
        stages_ = found[1].lots[0].stages
        assert stages_.empty == "Disposal"
        assert next(row for row in stages_.rows if row.label == "Disposal").total is None

    def test_stages_and_topics_are_those_of_the_questionnaires(self):
        from selfassess.schemas import questions  # noqa: PLC0415

        assert tuple(stages.STAGES) == questions.STAGES
        assert tuple(stages.TOPICS) == questions.TOPICS

    @given(SHARES, st.fractions(min_value=1, max_value=9))
    def test_a_cell_is_empty_only_at_nothing_and_full_only_at_all(self, share, weight):
        fill = stages.filled(weight * share, weight)
        assert (fill == 0) == (share == 0)
        assert (fill == stages.TWENTIETHS) == (share == 1)


class TestVerdicts:
    def test_every_status_has_its_sentence(self, found):
        own, whole = found
        lot = whole.lots[0]
        statuses = {row.status for row in lot.rows}
        assert statuses == {"ranked provisionally", "excluded", "without a price", "not scored"}
        for row in lot.rows:
            assert row.why, row.supplier
        said = " ".join(card.lots[0].verdict.sentence for card in own.values())
        assert "Provisionally ranked" in said
        assert "Excluded: the minimum requirement" in said
        assert "equal with 1 other bid" in said
        assert whole.lots[0].verdict.sentence.startswith("Not final: ")

    def test_ties_share_a_rank_and_name_each_other(self, found):
        tied = [row for row in found[1].lots[0].ranked if any("nothing in the published rule" in w for w in row.why)]
        assert len(tied) == 2
        assert tied[0].rank.text == tied[1].rank.text
        assert tied[1].supplier in tied[0].why[-1]

    def test_many_open_requirements_are_said_in_one_sentence(self, found):
        for row in found[1].lots[0].ranked:
            assert sum("not known whether" in reason for reason in row.why) <= 1

    def test_the_tenders_folder_is_not_printed(self, found):
        for card in found[1].refused[0][1]:
            assert card.place.startswith("bids/")

    def test_scores_of_others_are_shown_only_where_the_tender_shows_them(self, tmp_path):
        folder = tenders.write(tmp_path, questions=8, sections=1, bids=3)
        shown_ = pages.cards(folder)[0]["bid-00"].lots[0]
        tender = folder / "tender.yaml"
        tender.write_text(tender.read_text("utf-8").replace('"scores": "bidders"', '"scores": "buyer"'), "utf-8")
        hidden = pages.cards(folder)[0]["bid-00"].lots[0]
        assert " to " in shown_.sections_chart.rows[0].cells[-1].text
        assert shown_.sections_chart.heads[-1] == "Ranked bids"
        assert "Ranked bids" not in hidden.sections_chart.heads + hidden.profile.heads


PRICES = st.decimals(min_value=1, max_value=10**7, places=2)
MODELS = (
    ("deduction", {"full_quality": 1200000}, lambda p, q: p - 1200000 * q),
    (
        "absolute_linear",
        {"price_points": 50, "quality_points": 50, "low": 50, "high": 150},
        lambda p, q: 50 * (150 - p) / 100 + 50 * q,
    ),
    ("fixed_price", {}, lambda _, q: 100 * q),
    ("relative_proportional", {"price_points": 50, "quality_points": 50}, lambda p, q: 50 * p / p + 50 * q),
)


class TestPrices:
    """The printed line of arithmetic, computed again by anybody, gives the printed figure."""

    @pytest.mark.parametrize(("name", "parameters", "formula"), MODELS, ids=[name for name, *_ in MODELS])
    @given(quality=SHARES, price=PRICES)
    def test_the_line_gives_the_figure(self, name, parameters, formula, quality, price):
        from decimal import Decimal  # noqa: PLC0415

        values = {key: Decimal(value) for key, value in parameters.items()}
        model = PriceModel(model=name, currency="SEK", vat="excluded", parameters=values)
        exact = formula(Fraction(price), quality)
        standing = Standing(
            supplier="a", status=Status.RANKED, rank=1, quality=quality * 100, price=price, figure=exact
        )
        ranking = LotRanking(lot="l", model=name, lowest_wins=True, standings=(standing,), is_final=True)
        line = worked(standing, ranking, model, Figures("en", 2), shown(exact, 2))
        left, _, right = line.rpartition(" = ")
        plain = left.replace("\u00a0", "").replace("−", "-").replace("×", "*")
        computed = eval(re.sub(r"[0-9.]+", r"Fraction('\g<0>')", plain), {"Fraction": Fraction})  # noqa: S307  our own line
        assert shown(computed, 2) == right == shown(exact, 2)

    def test_a_model_without_a_line_prints_none(self):
        standing = Standing(supplier="a", status=Status.RANKED, quality=Fraction(50), price=None, figure=Fraction(1))
        ranking = LotRanking(lot="l", model="another", lowest_wins=True, standings=(standing,), is_final=True)
        model = PriceModel(model="another", currency="SEK", vat="excluded")
        assert worked(standing, ranking, model, Figures("en", 2), "1.00") == ""

    def test_the_worked_example_of_the_books(self):
        """domain.md 5.3: A (P 100, q .60) and B (114, .70), Wp = Wq = 50: 80.00 and 78.86."""
        from decimal import Decimal  # noqa: PLC0415

        values = {"price_points": Decimal(50), "quality_points": Decimal(50)}
        model = PriceModel(model="relative_proportional", currency="SEK", vat="excluded", parameters=values)
        bids = [
            Standing(supplier="a", status=Status.RANKED, quality=Fraction(60), price=Decimal(100), figure=Fraction(80)),
            Standing(
                supplier="b",
                status=Status.RANKED,
                quality=Fraction(70),
                price=Decimal(114),
                figure=Fraction(5000, 114) + 35,
            ),
        ]
        ranking = LotRanking(lot="l", model=model.model, lowest_wins=False, standings=tuple(bids), is_final=True)
        lines = [worked(bid, ranking, model, Figures("en", 2), shown(bid.figure, 2)) for bid in bids]
        assert lines == ["50 × 100 / 100 + 50 × 0.6000 = 80.00", "50 × 100 / 114 + 50 × 0.7000 = 78.86"]


class TestCharts:
    @given(st.lists(st.tuples(SHARES, st.booleans()), max_size=60))
    def test_every_bid_is_in_the_chart_and_no_mark_lies_on_another(self, bids):
        numbered = [(str(n), value, ranked) for n, (value, ranked) in enumerate(bids, start=1)]
        chart = drawing.swarm_strip("said", numbered, None)
        marks = [(shape.x, shape.y) for shape in chart.shapes if shape.kind == "circle"]
        more = sum(int(shape.text[1:]) for shape in chart.shapes if shape.paint == "more")
        assert len(marks) + more == len(bids)
        for at, (x, y) in enumerate(marks):
            assert all(abs(x - a) >= 2 * drawing.DOT or abs(y - b) >= 2 * drawing.DOT for a, b in marks[:at])
            assert drawing.DOT <= x <= chart.width - drawing.DOT
            assert drawing.DOT <= y <= chart.height - drawing.DOT

    @given(SHARES, SHARES, SHARES)
    def test_marks_stay_inside_and_are_whole_numbers(self, reviewed, claimed, least):
        span = drawing.Span(min(reviewed, claimed), max(reviewed, claimed))
        for chart in (
            drawing.section_strip("said", reviewed, claimed, least, span),
            drawing.dots_strip("said", reviewed, least, claimed, span),
        ):
            for shape in chart.shapes:
                assert all(isinstance(value, int) for value in (shape.x, shape.y, shape.width, shape.height))
                assert 0 <= shape.x - shape.radius <= shape.x + shape.radius <= chart.width

    def test_every_drawing_says_its_figures_in_words(self, found):
        for html in map(pages.html_of, (found[0]["bid-00"], found[1])):
            read = pages.read(html)
            drawings = sum(tag == "svg" for tag, _ in read.elements)
            assert len(read.titles) == drawings > 10
            assert all(title.strip() for title in read.titles)
            assert any(re.search(r": [0-9.]+ of 100 a(s claimed|fter review), ", title) for title in read.titles)

    @given(st.lists(st.one_of(st.none(), SHARES), max_size=12))
    def test_orders_are_those_of_the_exact_values(self, values):
        orders = _orders(values)
        for one, first in zip(values, orders, strict=True):
            for two, second in zip(values, orders, strict=True):
                if one is not None and two is not None:
                    assert (one < two) == (first < second)
        assert all(order == 10**9 for value, order in zip(values, orders, strict=True) if value is None)
