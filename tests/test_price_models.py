"""Price models beyond their formulas: the page's worked figures, life-cycle costs, winners, the draw, low prices."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import writing
from hypothesis import given
from hypothesis import strategies as st
from test_award import assessed, model, ranked, rows

from selfassess.award import MODELS, Bid, draw_order, is_seed, rank, yearly_costs
from selfassess.award.low_prices import low_prices
from selfassess.award.models import is_relative
from selfassess.checks import check_tender
from selfassess.model.assessment import Outcome
from selfassess.model.tender import CostItem, PriceModel
from selfassess.numbers import shown
from selfassess.schemas import load_profile, load_questionnaire, load_tender
from selfassess.schemas.tender import MODELS as WRITTEN
from selfassess.wording import MODELS as SAID
from selfassess.wording import WINS

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "scoring-method.md").read_text("utf-8")
FIGURES = re.compile(r"^\| `(\w+)` \| ([\w ,]*) \| ([ABC][ABC\d., -]+) \| ([ABC][ABC\d., -]+) \|$", re.MULTILINE)
A, B, C = (
    Bid(supplier=name, quality=Fraction(quality), price=Fraction(price), yearly=Fraction(yearly))
    for name, price, quality, yearly in (("A", 100, "0.6", 20), ("B", 114, "0.7", 16), ("C", 60, "0.1", 35))
)


def said(bids, price_model):
    calculate, lowest = MODELS[price_model.model]
    kept = {supplier: figure for supplier, figure in calculate(bids, price_model).items() if figure is not None}
    order = sorted(kept, key=lambda supplier: kept[supplier] if lowest else -kept[supplier])
    return ", ".join(f"{supplier} {shown(kept[supplier])}" for supplier in order)


class TestWorkedFigures:
    @pytest.mark.parametrize("row", FIGURES.findall(PAGE), ids=lambda row: f"{row[0]} {row[1]}")
    def test_the_page_prints_what_the_method_gives(self, row):
        name, parameters, two, three = row
        numbers = dict(part.split() for part in parameters.split(", ") if part != "none")
        assert said([A, B], model(name, **numbers)) == two
        assert said([A, B, C], model(name, **numbers)) == three

    def test_every_model_has_a_formula_a_worked_figure_and_words(self):
        assert {row[0] for row in FIGURES.findall(PAGE)} == set(MODELS) == set(WRITTEN) == set(SAID)
        for name in MODELS:
            assert f"| `{name}` | " in PAGE.split("### Worked figures")[0]
        assert {name: said.rpartition("; ")[2] for name, said in SAID.items()} == WINS

    @pytest.mark.parametrize("name", ["relative_proportional", "relative_linear", "relative_range"])
    def test_no_bids_and_one_bid_have_figures_too(self, name):
        calculate, _ = MODELS[name]
        halves = model(name, price_points=50, quality_points=50)
        assert calculate([], halves) == {}
        assert calculate([A], halves) == {"A": 80}

    def test_only_relative_models_are_marked(self):
        relative = {name for name in MODELS if is_relative(model(name))}
        assert relative == {"relative_proportional", "relative_linear", "relative_range"}
        found = ranked([assessed("a", 50)], {"a": 1}, model("relative_range", price_points=50, quality_points=50))
        assert found.warnings == ("relative",)


class TestAdmittingAll:
    above = model("admit_all_above", minimum_quality=60)

    def test_every_bid_at_or_above_the_threshold_is_admitted_without_a_price_and_none_before_another(self):
        found = ranked([assessed("a", 60), assessed("b", "59.99"), assessed("c", 80)], {}, self.above)
        assert rows(found) == [("c", 1, "ranked"), ("a", 1, "ranked"), ("b", None, "excluded")]
        assert found.winners == ("c", "a")
        assert found.tied_at_border == ()
        assert found.standings[0].tied_with == ()
        assert found.is_final

    def test_what_is_open_on_one_keeps_no_other_from_being_admitted(self):
        found = ranked([assessed("a", 60, gates={"g": Outcome.UNKNOWN}), assessed("b", 70)], {}, self.above)
        assert found.winners == ("b",)
        assert not found.is_final


class TestWinners:
    bids = (assessed("a", 40), assessed("b", 50), assessed("c", 50), assessed("d", 60))
    prices = dict.fromkeys("abcd", 100)

    def ranking(self, winners):
        price = PriceModel(
            model="deduction",
            currency="SEK",
            vat="excluded",
            parameters={"full_quality": Decimal(100)},
            winners=winners,
        )
        return ranked(self.bids, self.prices, price)

    @pytest.mark.parametrize(
        ("places", "winners", "border"),
        [(1, "d", ""), (2, "dbc", "bc"), (3, "dbc", ""), (4, "dbca", ""), (9, "dbca", "")],
    )
    def test_as_many_win_as_the_tender_says_and_ties_at_the_border_are_shown(self, places, winners, border):
        found = self.ranking(places)
        assert found.winners == tuple(winners)
        assert found.tied_at_border == tuple(border)

    def test_while_a_leader_is_open_there_is_no_winner(self):
        bids = [*self.bids[:3], assessed("d", 60, gates={"g": Outcome.UNKNOWN})]
        found = ranked(bids, self.prices)
        assert [standing.supplier for standing in found.leaders] == ["d"]
        assert found.winners == ()


class TestDraw:
    seed = b"thirty-two bytes of a real draw."

    def test_bids_are_ordered_by_the_digest_of_seed_lot_and_supplier(self):
        digests = {s: hashlib.sha256(self.seed + b"lot-1" + s.encode()).hexdigest() for s in ("ann", "bo", "cy")}
        assert draw_order(self.seed, "lot-1", ["cy", "bo", "ann"]) == tuple(sorted(digests, key=digests.__getitem__))

    @given(st.binary(min_size=1, max_size=32), st.sets(st.sampled_from("abcdefgh"), min_size=2))
    def test_leaving_one_out_changes_the_order_of_no_others(self, seed, suppliers):
        whole = draw_order(seed, "l", suppliers)
        for gone in suppliers:
            assert draw_order(seed, "l", suppliers - {gone}) == tuple(s for s in whole if s != gone)

    def test_the_revealed_seed_is_held_against_its_published_digest(self):
        assert is_seed(self.seed, "sha256:" + hashlib.sha256(self.seed).hexdigest())
        assert not is_seed(b"another", "sha256:" + hashlib.sha256(self.seed).hexdigest())

    def test_a_tie_waits_for_the_seed_and_is_then_broken_by_it(self):
        bids = {name: assessed(name, 50) for name in ("a", "b", "c")}
        prices = {name: Decimal(100) for name in bids}
        call = (model("deduction", full_quality=100), ["quality", "draw"], bids, prices, {}, ["s"])
        waiting = rank("l", *call)
        assert waiting.tied_at_border == ("a", "b", "c")
        assert not waiting.is_final
        drawn = rank("l", *call, seed=self.seed)
        assert [s.supplier for s in drawn.standings] == list(draw_order(self.seed, "l", bids))
        assert drawn.standings[0].decided_by == "draw"
        assert drawn.is_final
        assert len(drawn.winners) == 1


class TestLowPrices:
    def flagged(self, *prices):
        bids = [Bid(supplier=f"s{n}", quality=Fraction(0), price=Fraction(price)) for n, price in enumerate(prices)]
        return {name: (flag.median, flag.share) for name, flag in low_prices(bids).items()}

    def test_a_price_at_most_seven_tenths_of_the_median_of_the_others_is_flagged(self):
        assert self.flagged(70, 100, 100) == {"s0": (100, Fraction(7, 10))}
        assert self.flagged(70, 90, 110, 300) == {"s0": (110, Fraction(7, 11))}
        assert self.flagged("70.01", 100, 100) == {}

    def test_one_other_price_says_nothing(self):
        assert self.flagged(1, 100) == {}
        assert self.flagged() == {}

    def test_a_flag_changes_no_rank_and_an_excluded_price_is_not_compared_with(self):
        bids = [assessed(name, 50) for name in "abc"]
        found = ranked(bids, {"a": 70, "b": 100, "c": 100})
        assert rows(found)[0] == ("a", 1, "ranked")
        assert found.winners == ("a",)
        assert found.standings[0].low_price.median == 100
        bids[2] = assessed("c", 50, gates={"g": Outcome.FAIL})
        assert ranked(bids, {"a": 70, "b": 100, "c": 100}).standings[0].low_price is None

    def test_where_price_does_not_compete_nothing_is_flagged(self):
        found = ranked([assessed(name, 50) for name in "abc"], {"a": 1, "b": 100, "c": 100}, model("fixed_price"))
        assert all(standing.low_price is None for standing in found.standings)


def energy(**more):
    number = {"score": {"curve": [[0, 1], [1000, 0]]}, "evidence": {"minimum": "E2"}, "not_applicable": ["other"]}
    return writing.question("E1", "number", **number) | more


def costs(**more):
    item = {"id": "power", "title": "Power", "question": "E1", "unit_cost": Decimal(2), "method": "kWh x 2"}
    return CostItem(**(item | more))


PROOF = {
    "id": "e1",
    "title": "Measured",
    "kind": "own",
    "grade": "E2",
    "file": "evidence/e1.pdf",
    "sha256": writing.ZERO,
    "issued": "2026-01-02",
    "supports": ["E1"],
}


def entry(number, action, **more):
    plain = {"id": f"r{number}", "question": "E1", "action": action, "person": "Ada", "role": "evaluator"}
    return plain | {"reason": "Seen.", "date": "2026-11-22"} | more


class TestLifeCycleCost:
    def yearly(self, *, mode="award", lost=(), reviews=(), answers=None, **more):
        document = writing.questionnaire(energy(), writing.question("P1", "percent", score={"steps": [[0, 1]]}))
        response = writing.response(document, {"E1": 10, "P1": 5} if answers is None else answers, **more)
        plan, assessment = writing.scored(
            document, writing.profile(document, mode), response, day=date(2026, 11, 20), reviews=reviews
        )
        price = PriceModel(
            model="life_cycle_cost",
            currency="SEK",
            vat="excluded",
            parameters={"years": Decimal(4)},
            costs=(costs(), costs(id="share", question="P1", unit_cost=Decimal(3))),
        )
        return yearly_costs(plan, price, {"bid": assessment}, {"bid": lost})["bid"]

    def test_a_supported_answer_counts_as_given(self):
        assert self.yearly(evidence=[PROOF]) == 10 * 2 + 5 * 3

    def test_in_a_dialogue_an_answer_counts_without_evidence_too(self):
        assert self.yearly(mode="dialogue") == 10 * 2 + 5 * 3

    @pytest.mark.parametrize(
        "case",
        [
            {"evidence": []},
            {"evidence": [PROOF], "answers": {"P1": 5}},
            {"evidence": [PROOF], "answers": {"P1": 5}, "not_applicable": {"E1": "other"}},
            {"evidence": [PROOF], "reviews": [entry(1, "reject")]},
            {"evidence": [PROOF], "reviews": [entry(1, "adjust", value=Decimal("0.5"))]},
            {"evidence": [PROOF], "reviews": [entry(1, "confirm"), entry(2, "reject", person="Bo")]},
            {"evidence": [PROOF], "lost": ["E1"]},
        ],
    )
    def test_what_does_not_stand_counts_as_the_dearest_that_could_be_given(self, case):
        assert self.yearly(**case) == 1000 * 2 + 5 * 3

    def test_a_confirmed_answer_counts_as_given(self):
        assert self.yearly(reviews=[entry(1, "confirm")]) == 10 * 2 + 5 * 3

    def test_the_dearest_percent_is_a_hundred(self):
        assert self.yearly(evidence=[PROOF], lost=["P1"]) == 10 * 2 + 100 * 3

    def test_no_items_no_costs(self):
        assert yearly_costs(None, model("deduction", full_quality=1), {"a": assessed("a", 1)}) == {}

    def test_a_bid_whose_costs_are_not_known_is_not_ranked(self):
        price = model("life_cycle_cost", years=4)
        bids, prices = {"a": assessed("a", 50), "b": assessed("b", 50)}, {"a": Decimal(9), "b": Decimal(9)}
        found = rank("l", price, (), bids, prices, {}, ["s"], yearly={"b": Fraction(2)})
        assert rows(found) == [("b", 1, "ranked"), ("a", None, "unpriced")]
        assert found.standings[0].figure == 17
        assert not found.is_final


def tender_faults(price, lot=None, tie_rule=(), **more):
    document = writing.questionnaire(
        energy(), writing.question("B1"), writing.question("N1", "number", minimum=-5, score={"steps": [[0, 1]]})
    )
    profile = writing.profile(document)
    profile_digest = writing.loaded(load_profile, profile).digest
    plain = {
        "format": "selfassess/tender@1",
        "id": "t",
        "title": "T",
        "buyers": [{"name": "Malmö", "country": "SE"}],
        "deadline": "2026-11-20T12:00:00+01:00",
        "questionnaire": writing.pin(document),
        "profile": {"id": "equal", "version": "1.0.0", "digest": profile_digest},
        "lots": [{"id": "l1", "title": "One"} | (lot or {})],
        "price": {"currency": "SEK", "vat": "excluded"} | price,
        "tie_rule": list(tie_rule),
        "languages": ["en"],
    } | more
    tender = writing.loaded(load_tender, plain).content
    questionnaire = writing.loaded(load_questionnaire, document).content
    found = check_tender(tender, questionnaire, writing.loaded(load_profile, profile).content)
    return tender, [(fault.code.word, str(fault.values.get("reason", ""))) for fault in found]


def reasons(price, lot=None):
    return [reason.removesuffix(" in lot l1") for code, reason in tender_faults(price, lot)[1] if code == "price-model"]


ITEM = {"id": "power", "title": "Power", "question": "E1", "unit_cost": 2, "method": "kWh x 2"}
CYCLE = {"model": "life_cycle_cost", "years": 4, "costs": [ITEM]}
ARTICLE_68 = {"value_source": "a", "objective": "b", "accessible": "c", "effort": "d"}
HALVES = {"price_points": 50, "quality_points": 50}


class TestChecks:
    @pytest.mark.parametrize(
        "price",
        [
            {"model": "deduction", "full_quality": 1, "winners": 3},
            {"model": "absolute_linear", "low": 1, "high": 2} | HALVES,
            {"model": "surcharge"} | HALVES,
            {"model": "fixed_price"},
            {"model": "threshold_lowest_price", "minimum_quality": 0},
            {"model": "admit_all_above", "minimum_quality": 60},
            CYCLE,
            CYCLE | {"discount_rate": 0, "rate_source": "page"},
            CYCLE | {"costs": [ITEM | {"externality": ARTICLE_68}]},
            {"model": "relative_linear"} | HALVES,
        ],
    )
    def test_a_complete_price_model_is_no_problem(self, price):
        assert reasons(price) == []

    @pytest.mark.parametrize(
        ("price", "reason"),
        [
            ({"model": "surcharge", "price_points": 50}, "quality_points is missing"),
            ({"model": "surcharge", "price_points": 0, "quality_points": 1}, "price_points must be above 0"),
            ({"model": "fixed_price", "low": 1}, "it takes no low"),
            ({"model": "absolute_linear", "low": 2, "high": 2} | HALVES, "low must be below high"),
            ({"model": "admit_all_above"}, "minimum_quality is missing"),
            ({"model": "admit_all_above", "minimum_quality": -1}, "minimum_quality must be 0 or more"),
            ({"model": "admit_all_above", "minimum_quality": 101}, "minimum_quality must not exceed 100"),
            ({"model": "fixed_price", "clamp": "dear"}, "only absolute_linear can be clamped"),
            ({"model": "fixed_price", "winners": 0}, "winners must be at least 1"),
            ({"model": "fixed_price", "costs": [ITEM]}, "it takes no costs"),
            ({"model": "fixed_price", "rate_source": "x"}, "it takes no rate_source"),
            (CYCLE | {"years": Decimal("1.5")}, "years must be a whole number up to 100"),
            (CYCLE | {"years": 101}, "years must be a whole number up to 100"),
            ({"model": "life_cycle_cost", "costs": [ITEM]}, "years is missing"),
            (CYCLE | {"discount_rate": 5}, "discount_rate and rate_source, where the rate is published, go together"),
            (CYCLE | {"costs": [ITEM, ITEM]}, "the cost power stands twice"),
            (CYCLE | {"costs": [ITEM | {"question": "X"}]}, "the cost power looks at X, which is not asked"),
            (
                CYCLE | {"costs": [ITEM | {"question": "B1"}]},
                "the cost power looks at B1, whose answer is no number",
            ),
            (
                CYCLE | {"costs": [ITEM | {"question": "N1"}]},
                "the cost power looks at N1, whose answer may lie below 0",
            ),
            (CYCLE | {"costs": [ITEM | {"unit_cost": 0}]}, "the cost power must have a unit_cost above 0"),
            (
                CYCLE | {"costs": [{key: ITEM[key] for key in ITEM if key != "method"}]},
                "the cost power does not state its method (article 68(2))",
            ),
        ],
    )
    def test_an_incomplete_one_says_what_is_wrong(self, price, reason):
        assert reasons(price) == [reason]

    def test_a_life_cycle_without_costs_does_not_state_what_bidders_give(self):
        assert "article 68(2)" in reasons({"model": "life_cycle_cost", "years": 4})[0]

    @pytest.mark.parametrize("missing", sorted(ARTICLE_68))
    def test_an_externality_meets_each_condition_of_article_68_or_does_not_count(self, missing):
        externality = {key: text for key, text in ARTICLE_68.items() if key != missing}
        found = reasons(CYCLE | {"costs": [ITEM | {"externality": externality}]})
        assert len(found) == 1
        assert missing in found[0]
        assert "article 68(" in found[0]

    @pytest.mark.parametrize("name", ["relative_proportional", "relative_linear", "relative_range"])
    def test_relative_models_are_warned_of(self, name):
        codes = [code for code, _ in tender_faults({"model": name} | HALVES)[1]]
        assert "price-model-relative" in codes

    def test_a_lot_says_its_own_winners(self):
        price = {"model": "fixed_price", "winners": 2}
        assert tender_faults(price)[0].lots[0].price.winners == 2
        assert tender_faults(price, {"winners": 3})[0].lots[0].price.winners == 3
        assert tender_faults(price, {"price": {"winners": 4}})[0].lots[0].price.winners == 4
        assert reasons({"model": "admit_all_above", "minimum_quality": 1}, {"winners": 3}) != []

    def test_the_draw_is_a_tie_rule(self):
        assert "unknown-word" not in [code for code, _ in tender_faults({"model": "fixed_price"}, tie_rule=["draw"])[1]]
        assert "unknown-word" in [code for code, _ in tender_faults({"model": "fixed_price"}, tie_rule=["dice"])[1]]

    def test_items_arrive_with_their_reasons(self):
        price = CYCLE | {"costs": [ITEM | {"externality": ARTICLE_68}], "discount_rate": 5, "rate_source": "page"}
        found = tender_faults(price)[0].lots[0].price
        assert found.costs[0].externality.effort == "d"
        assert (found.rate_source, found.parameters["discount_rate"]) == ("page", 5)
