"""Pooled demand: the common profile ranks; each buyer's own profile, and what the buyers share, stand beside it."""

from __future__ import annotations

import json
import shutil
import subprocess
from decimal import Decimal
from fractions import Fraction

import pytest
from commands import call
from folders import lay_out_tender
from hypothesis import given
from hypothesis import strategies as st
from writing import loaded, profile, question, questionnaire

from selfassess.harmony import harmony_of
from selfassess.languages import Words
from selfassess.languages.po import Entry
from selfassess.plan import compile_plan
from selfassess.pooled import weighted_mean
from selfassess.schemas import load_profile, load_questionnaire

BUYERS = """  - {name: The city, country: SE, volume: 500}
  - name: The region
    country: DK
    volume: 1500
    profile_changes:
      section_weights: {kind: parts, weights: {making: 1, using: 3}}
      gates: {audited: {is: true}}
  - {name: The town, country: FI, volume: 0}
"""
BIDS = {"alfa": {}, "beta": {"cycles": 1200, "audited": False}, "gamma": {"access": "none"}, "delta": "{"}
ONE = "  - {name: The city, country: SE, volume: 500}\n"


@pytest.fixture(scope="module")
def pooled(tmp_path_factory):
    folder = lay_out_tender(tmp_path_factory.mktemp("pooled") / "tender", BIDS, tender=[(ONE, BUYERS)])
    outcome = call("evaluate", folder)
    assert outcome.code == 1, outcome.err
    return folder / "results"


def joint(results):
    return json.loads((results / "joint.json").read_text("utf-8"))


def bid_of(plain, supplier):
    return next(bid for bid in plain["lots"][0]["bids"] if bid["supplier"] == supplier)


class TestTheWeightedMean:
    volumes = st.decimals(min_value=0, max_value=10_000, places=0)
    totals = st.fractions(min_value=0, max_value=100, max_denominator=60)

    @given(st.lists(st.tuples(volumes, totals), min_size=1, max_size=5), st.integers(1, 50))
    def test_it_lies_between_the_totals_and_scaling_the_volumes_changes_nothing(self, parts, scale):
        mean = weighted_mean(parts)
        weighed = [total for volume, total in parts if volume > 0]
        assert (mean is None) == (not weighed)
        if mean is not None:
            assert min(weighed) <= mean <= max(weighed)
            assert weighted_mean([(volume * scale, total) for volume, total in parts]) == mean

    @given(st.lists(volumes.filter(bool), min_size=1, max_size=5), totals)
    def test_buyers_who_agree_give_their_total_exactly(self, volumes, total):
        assert weighted_mean([(volume, total) for volume in volumes]) == total

    @pytest.mark.parametrize(
        "parts", [[(None, Fraction(1))], [(Decimal(1), None)], [(Decimal(1), Fraction(1)), (None, Fraction(2))], []]
    )
    def test_what_is_lacking_is_no_nought(self, parts):
        assert weighted_mean(parts) is None


class TestWhatEachBuyerSees:
    def test_the_common_profile_ranks(self, pooled):
        ranking = json.loads((pooled / "ranking.json").read_text("utf-8"))["lots"][0]["bids"]
        common = [(bid["supplier"], bid["common"]["rank"]) for bid in joint(pooled)["lots"][0]["bids"]]
        assert common == [(bid["supplier"], bid["rank"]) for bid in ranking]

    def test_a_buyer_without_changes_sees_the_common_result(self, pooled):
        for bid in joint(pooled)["lots"][0]["bids"]:
            city, region, town = bid["buyers"]
            assert (city["profile"], region["profile"], town["profile"]) == ("common", "own", "common")
            assert (city["rank"], city["total"]) == (bid["common"]["rank"], bid["common"]["total"])

    def test_a_buyers_gate_excludes_for_that_buyer_alone(self, pooled):
        city, region, _ = bid_of(joint(pooled), "beta")["buyers"]
        assert (city["status"], region["status"], region["rank"]) == ("ranked", "excluded", None)

    def test_the_figures_are_those_of_a_tender_with_that_profile(self, pooled, tmp_path):
        changes = (
            BUYERS.split("profile_changes:\n")[1].split("  - {name: The town", maxsplit=1)[0].replace("      ", "  ")
        )
        place = "lots:\n  - {id: phones"
        alone = lay_out_tender(
            tmp_path / "tender", BIDS, tender=[(place, f"profile_changes:\n{changes}{place}")]
        )  # fmt: skip
        call("evaluate", alone, "--no-pdf")
        ranking = json.loads((alone / "results/ranking.json").read_text("utf-8"))["lots"][0]["bids"]
        for bid in ranking:
            region = bid_of(joint(pooled), bid["supplier"])["buyers"][1]
            assert (region["rank"], region["status"]) == (bid["rank"], bid["status"])
            assert (region["total"], region["figure"]) == (bid["reviewed"], bid["figure"])

    def test_every_bid_is_there(self, pooled):
        assert {bid["supplier"] for bid in joint(pooled)["lots"][0]["bids"]} == set(BIDS)
        assert bid_of(joint(pooled), "delta")["common"]["status"] == "refused"

    def test_the_mean_is_weighted_by_the_volumes(self, pooled):
        bid = bid_of(joint(pooled), "gamma")
        city, region = (Fraction(result["total"]["exact"]) for result in bid["buyers"][:2])
        assert city != region
        assert Fraction(bid["volume_weighted_mean"]["exact"]) == (500 * city + 1500 * region) / 2000

    def test_without_a_volume_there_is_no_mean(self, tmp_path):
        buyers = BUYERS.replace("SE, volume: 500", "SE")
        folder = lay_out_tender(tmp_path / "tender", BIDS, tender=[(ONE, buyers)])
        call("evaluate", folder, "--no-pdf")
        assert bid_of(joint(folder / "results"), "alfa")["volume_weighted_mean"] is None

    def test_one_buyer_alone_has_no_joint_result(self, tmp_path):
        folder = lay_out_tender(tmp_path / "tender", BIDS)
        call("evaluate", folder, "--no-pdf")
        assert not (folder / "results/joint.json").exists()

    def test_prices_are_read_after_every_buyers_profile_has_scored(self, tmp_path, monkeypatch):
        import selfassess.evaluation as room  # noqa: PLC0415
        import selfassess.pooled as views  # noqa: PLC0415

        order = []
        for module in (room, views):
            score = module.score
            monkeypatch.setattr(module, "score", lambda *a, _s=score, **k: (order.append("score"), _s(*a, **k))[1])
        read = room.read_bytes
        monkeypatch.setattr(room, "read_bytes", lambda *a, **k: (order.append("prices"), read(*a, **k))[1])
        call("evaluate", lay_out_tender(tmp_path / "tender", BIDS, tender=[(ONE, BUYERS)]), "--no-pdf")
        assert order == ["score"] * 6 + ["prices"]


class TestHarmony:
    def test_it_names_what_is_shared_and_where_the_buyers_part(self, pooled):
        found = joint(pooled)["lots"][0]["harmonisation"]
        assert found["shared"]["section weight"] == {"shared": "0", "of": "2"}
        own = found["shared"]["question weight"]
        assert own["shared"] == own["of"] == "8"
        partings = {(p["aspect"], p["place"]): [b["says"] for b in p["buyers"]] for p in found["partings"]}
        assert partings["section weight", "making"] == ["50.00 %", "25.00 %", "50.00 %"]
        assert partings["minimum requirement", "audited"][0] == "none"
        assert len(partings) == 3

    def plan(self, document, **changes):
        content = loaded(load_questionnaire, document).content
        return compile_plan(content, loaded(load_profile, profile(document) | changes).content)

    @given(st.integers(1, 20))
    def test_weights_that_are_the_same_in_other_parts_are_shared(self, scale):
        document = questionnaire(question("A"), question("B"))
        other = {"question_weights": {"kind": "parts", "weights": {"A": scale, "B": scale}}}
        found = harmony_of([self.plan(document), self.plan(document, **other)])
        assert found.partings == ()
        assert all(same == of for same, of in found.shared.values())

    def test_rules_settings_and_minima_part(self):
        document = questionnaire(question("A"), question("B"))
        other = {
            "scores": {"A": {"true": 1, "false": "0.5"} | {"false": Decimal("0.5")}},
            "minima": {"total": 50, "sections": {"s1": Decimal("0.5")}},
            "not_applicable": {"cap": 0},
            "incomplete": "exclude",
            "evidence_mode": "dialogue",
            "rounding": {"decimals": 3},
            "bands": [{"from": 0, "label": "D"}],
        }
        found = harmony_of([self.plan(document), self.plan(document, **other)])
        said = {(parting.aspect, parting.place): parting.said for parting in found.partings}
        assert said["scoring rule", "A"] == ("yes 1, no 0", "yes 1, no 0.5")
        assert said["least value", "total"] == ("none", "50")
        assert said["setting", "bands"] == ("none", "from 0 D")
        assert len(said) == 8

    def test_profiles_are_said_by_the_words_of_a_language_and_named_alike_in_all(self):
        entry = Entry(source="{share} % of {section}", translations=("{share} % av {section}",))
        swedish = Words("report", "sv", {entry.key: entry}, lambda n: int(n != 1))
        document = questionnaire(question("A"), question("B"))
        other = {"question_weights": {"kind": "parts", "weights": {"A": 1, "B": 2}}}
        found = harmony_of([self.plan(document), self.plan(document, **other)], swedish)
        assert [(parting.aspect, parting.place) for parting in found.partings] == [
            ("question weight", "A"),
            ("question weight", "B"),
        ]
        assert found.partings[0].said == ("50,00 % av s1", "33,33 % av s1")

    def test_two_weights_that_would_print_alike_show_the_difference(self):
        document = questionnaire(question("A"), question("B"))
        other = {"question_weights": {"kind": "parts", "weights": {"A": 1, "B": Decimal("1.00001")}}}
        found = harmony_of([self.plan(document), self.plan(document, **other)])
        first, second = found.partings[0].said
        assert first != second

    def test_sums_of_options_name_every_score(self):
        options = [{"id": "a", "text": "A", "score": 1}, {"id": "b", "text": "B", "score": 0}]
        document = questionnaire(question("A", "choices", options=options, score="sum"))
        other = {"scores": {"A": {"options": {"a": 1, "b": 1}}}}
        found = harmony_of([self.plan(document), self.plan(document, **other)])
        assert [parting.aspect for parting in found.partings] == ["scoring rule"]
        assert found.partings[0].said[0] != found.partings[0].said[1]


class TestTheReport:
    def test_it_shows_buyers_totals_volumes_and_partings(self, pooled):
        text = subprocess.run(
            ["pdftotext", "-layout", pooled / "evaluation.pdf", "-"], capture_output=True, check=True
        ).stdout.decode()
        for said in ("Pooled demand", "The region", "1500", "where the buyers part", "what the buyers share",
                     "Weighted mean", "Lawfulness"):  # fmt: skip
            assert said in text, said

    def test_the_results_are_the_same_twice(self, pooled, tmp_path):
        folder = tmp_path / "tender"
        shutil.copytree(pooled.parent, folder)
        call("evaluate", folder, "--no-pdf")
        assert (folder / "results/joint.json").read_bytes() == (pooled / "joint.json").read_bytes()
