"""Cross-checks: figures of the EU product register recomputed, and tables that speak of the same things."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from selfassess.checks.answers import RULES
from selfassess.checks.forms import FORMS
from selfassess.checks.products import energy_class_of
from selfassess.checks.repairability import (
    FOLDABLE_WEIGHTS,
    PART_WEIGHTS,
    PartAccess,
    class_of,
    depth_points,
    index_of,
    sub_scores_of,
)
from selfassess.model.questionnaire import CrossCheck
from selfassess.model.response import Row

DAY = date(2026, 11, 20)
PARTS = ("battery", "display", "back-cover", "front-camera", "rear-camera", "charging-port", "mechanical-button",
         "microphone", "speaker")  # fmt: skip


COLUMNS = {"disassembly": "depth", "fasteners": "fasteners", "tools": "tools", "spare_parts": "parts",
           "updates": "updates", "information": "information", "index": "index", "class": "class"}  # fmt: skip


def said(rule, questions, answers, **more):
    check = CrossCheck(id="c", rule=rule, questions=tuple(questions), **more)
    return [(fault.pointer, fault.values["message"]) for fault in RULES[rule](check, answers, DAY)]


def row(key, **cells):
    return Row(key=key, cells={name.replace("_", "-"): value for name, value in cells.items()})


def accesses(steps, fasteners, tools, remote=()):
    return [
        PartAccess(part=part, steps=Decimal(n), fastener=fastener, tool=tool, remote=Decimal(dict(remote).get(part, 0)))
        for part, n, fastener, tool in zip(PARTS, steps, fasteners, tools, strict=True)
    ]


def declared(sub_scores, parts, updates, information):
    """The index from sub-scores as they are declared, with the three that steps do not give."""
    rest = {"spare_parts": Decimal(parts), "updates": Decimal(updates), "information": Decimal(information)}
    return index_of({name: Decimal(str(float(value))) for name, value in sub_scores.items()} | rest)


class TestRepairability:
    """Regulation (EU) 2023/1669, annex IV, point 5; the two worked cases of the method's description."""

    STEPS = (8, 11, 2, 12, 13, 14, 10, 16, 9)
    FASTENERS = ("resupplied", "resupplied", "reusable", *["reusable"] * 6)
    TOOLS = (*["basic"] * 8, "commercial")

    def test_a_phone_from_its_steps(self):
        found = sub_scores_of(accesses(self.STEPS, self.FASTENERS, self.TOOLS))
        assert found == {"disassembly": Fraction("2.65"), "fasteners": Fraction("3.8"), "tools": Fraction("3.85")}
        index = declared(found, 3, 5, 3)
        assert index == Fraction("3.46")
        assert class_of(index) == "B"

    def test_remote_notification_and_authorisation_cost_a_class(self):
        remote = {"battery": 2, "display": 2}
        found = sub_scores_of(accesses(self.STEPS, self.FASTENERS, self.TOOLS, remote))
        assert found["disassembly"] == Fraction("1.75")
        index = declared(found, 3, 5, 3)
        assert index == Fraction("3.235")
        assert class_of(index) == "C"

    def test_the_weights_of_the_parts_add_up(self):
        assert sum(PART_WEIGHTS.values()) == sum(FOLDABLE_WEIGHTS.values()) == 1

    def test_an_absent_part_counts_best_and_a_double_one_its_worst(self):
        one = PartAccess(part="battery", steps=Decimal(2), fastener="reusable", tool="none")
        other = PartAccess(part="battery", steps=Decimal(16), fastener="removable", tool="commercial")
        assert set(sub_scores_of([one]).values()) == {5}
        assert set(sub_scores_of([one, other]).values()) == {5 - Fraction(30, 100) * 4}

    def test_a_hinge_makes_a_phone_foldable(self):
        hinge = PartAccess(part="hinge", steps=Decimal(20), fastener="removable", tool="commercial")
        assert set(sub_scores_of([hinge]).values()) == {5 - Fraction(17, 100) * 4}

    @pytest.mark.parametrize(
        ("steps", "points"), [(0, 5), (2, 5), (3, 4), (5, 4), (6, 3), (10, 3), (11, 2), (15, 2), (16, 1)]
    )
    def test_the_points_of_a_depth(self, steps, points):
        assert depth_points(Decimal(steps)) == points

    @pytest.mark.parametrize(
        ("index", "name"),
        [
            ("4", "A"),
            ("3.99", "B"),
            ("3.35", "B"),
            ("3.34", "C"),
            ("2.55", "C"),
            ("2.54", "D"),
            ("1.75", "D"),
            ("1.74", "E"),
            ("1", "E"),
        ],
    )
    def test_the_classes(self, index, name):
        assert class_of(Fraction(index)) == name

    def phone(self, **other):
        cells = {
            "depth": Decimal("2.65"),
            "fasteners": Decimal("3.8"),
            "tools": Decimal("3.85"),
            "parts": Decimal(3),
            "updates": Decimal(5),
            "information": Decimal(3),
            "index": Decimal("3.46"),
            "class": "B",
        }
        return row("a", **(cells | other))

    def test_a_true_declaration_is_not_complained_of(self):
        assert said("repairability_index", ["C"], {"C": (self.phone(),)}, parts=COLUMNS) == []

    def test_an_index_that_its_sub_scores_do_not_give_is_reported(self):
        found = said(
            "repairability_index", ["C"], {"C": (self.phone(index=Decimal("4.1"), **{"class": "A"}),)}, parts=COLUMNS
        )
        assert found == [("/answers/C/0/index", "the sub-scores of a give the index 3.46, not 4.1")]

    def test_a_class_that_the_index_does_not_give_is_reported(self):
        found = said("repairability_index", ["C"], {"C": (self.phone(**{"class": "A"}),)}, parts=COLUMNS)
        assert found == [("/answers/C/0/class", "the index 3.46 of a is class B, not A")]

    def test_a_rounded_index_and_its_class_are_accepted(self):
        exact = self.phone(depth=Decimal("2.21"), index=Decimal("3.35"), **{"class": "B"})  # exactly 3.35
        assert said("repairability_index", ["C"], {"C": (exact,)}, parts=COLUMNS) == []

    def test_sub_scores_are_compared_with_the_steps(self):
        columns = {"model": "model", "part": "part", "steps": "steps", "fastener": "fastener", "tool": "tool",
                   "disassembly": "depth", "fasteners": "fasteners", "tools": "tools"}  # fmt: skip
        steps = tuple(
            row(
                f"a-{access.part}",
                model="a",
                part=access.part,
                steps=access.steps,
                fastener=access.fastener,
                tool=access.tool,
            )
            for access in accesses(self.STEPS, self.FASTENERS, self.TOOLS)
        )
        answers = {"C": (self.phone(depth=Decimal("3.65")), row("b", depth=Decimal(1))), "S": steps}
        found = said("repairability_steps", ["C", "S"], answers, parts=columns)
        assert found == [("/answers/C/0/depth", "the rows of a in S give 2.65 for depth, not 3.65")]


@pytest.mark.parametrize(
    ("index", "name"),
    [
        ("2.71", "A"),
        ("2.70", "B"),
        ("2.31", "B"),
        ("2.30", "C"),
        ("1.95", "D"),
        ("1.66", "E"),
        ("1.41", "F"),
        ("1.20", "G"),
    ],
)
def test_energy_classes_begin_above_their_figure(index, name):
    """Regulation (EU) 2023/1669, annex II, table 1."""
    assert energy_class_of(Decimal(index)) == name


def test_an_energy_class_that_its_index_does_not_give_is_reported():
    rows = (
        row("a", eei=Decimal("2.70"), **{"class": "A"}),
        row("b", eei=Decimal("2.80"), **{"class": "A"}),
        row("c", **{"class": "G"}),
    )
    found = said("energy_class", ["E"], {"E": rows}, parts={"index": "eei", "class": "class"})
    assert found == [("/answers/E/0/class", "the energy efficiency index 2.70 of a is class B, not A")]


def test_rows_are_looked_for_whatever_their_capitals():
    answers = {"A": (row("VN-1"), row("in-2")), "W": (row("vn-1"),)}
    assert said("rows_among", ["A", "W"], answers) == [("/answers/A/1", "A names in-2, which is no row of W")]
    assert said("rows_among", ["A", "W"], {"A": (row("x", site="vn-9"),), "W": (row("vn-1"),)}, columns=("site",)) == [
        ("/answers/A/0/site", "A names vn-9, which is no row of W")
    ]


def test_tables_have_the_same_rows():
    answers = {"A": (row("a"),), "W": (row("A"), row("b"), row("c"))}
    assert said("same_rows", ["A", "W"], answers) == [("/answers/A", "A has no row for b, c of W")]


def test_rows_of_one_key_have_the_same_cell():
    answers = {
        "A": (row("A", share=Decimal(60)), row("x", share=Decimal(1))),
        "W": (row("a", share=Decimal(40)), row("b")),
    }
    found = said("same_cells", ["A", "W"], answers, columns=("share",))
    assert found == [("/answers/A/0/share", "share of A is 60, but 40 in W")]


def test_an_answer_is_not_above_the_register():
    answers = {"C": Decimal(9), "T": (row("a", years=Decimal(7)), row("b", years=Decimal(9)), row("c"))}
    found = said("at_most_rows", ["C", "T"], answers, columns=("years",))
    assert found == [("/answers/C", "C is 9, more than the 7 of a in T")]


def test_shares_may_leave_a_rest_but_not_exceed_the_whole():
    answers = {"A": (row("a", share=Decimal(60)), row("b", share=Decimal("40.6")), row("c"))}
    whole = {"columns": ("share",), "total": Decimal(100), "tolerance": Decimal("0.5")}
    assert said("column_at_most", ["A"], answers, **whole) == [("/answers/A", "share adds up to 100.6, more than 100")]
    assert said("column_at_most", ["A"], {"A": (row("a", share=Decimal(60)),)}, **whole) == []


def test_every_rule_has_a_form():
    assert set(FORMS) == set(RULES)
