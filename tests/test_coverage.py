"""Where the points lie: every point in one cell's sum, every question counted where it stands."""

from __future__ import annotations

import json
from fractions import Fraction

import strategies
import writing
from commands import call
from hypothesis import given

from selfassess.coverage import coverage
from selfassess.model.questionnaire import STAGES


def covered(*questions, **profile):
    document = writing.questionnaire(*questions)
    plan, _ = writing.scored(document, writing.profile(document, **profile), writing.response(document, {}), day=None)
    return coverage(plan)


def test_a_question_counts_a_part_to_each_of_its_stages_and_topics():
    found = covered(
        writing.question("Q1", stages=["use", "repair"], topics=["environment", "social", "security"]),
        writing.question("Q2", stages=["use"], topics=["social"], statement=["JS1", "JS3"]),
    )
    assert found.cells["use", "social"].weight == Fraction(50, 6) + 50
    assert found.cells["use", "social"].scored == ("Q1", "Q2")
    assert found.cells["repair", "security"].weight == Fraction(50, 6)
    assert found.by_stage["use"].weight == 75
    assert found.by_topic["social"].weight == Fraction(50, 3) + 50
    assert found.by_point["JS1"].weight == 25
    assert found.unstated.weight == 50


def test_all_stages_are_there_and_empty_cells_are_named():
    found = covered(
        writing.question("Q1", topics=["social"]),
        writing.question("Q2", topics=["quality"], stages=["use"], score="unscored"),
    )
    assert found.stages == STAGES
    assert found.topics == ("social", "quality")
    assert ("use", "quality") in found.empty()
    assert ("manufacturing", "social") not in found.empty()
    assert found.cells["use", "quality"].unscored == ("Q2",)


def test_a_scored_question_without_weight_leaves_its_cell_empty():
    weights = {"kind": "parts", "weights": {"Q1": 1, "Q2": 0}}
    found = covered(writing.question("Q1"), writing.question("Q2", stages=["use"]), question_weights=weights)
    assert found.by_stage["use"].is_empty


@given(strategies.cases())
def test_cells_stages_topics_and_points_add_up_to_all_points(case):
    plan, _ = writing.assess(case)
    found = coverage(plan)
    everything = sum(planned.published_weight for planned in plan.questions)
    for cells in (found.cells, found.by_stage, found.by_topic):
        assert sum(cell.weight for cell in cells.values()) == everything
    assert sum(cell.weight for cell in found.by_point.values()) + found.unstated.weight == everything


def test_the_matrix_prints_and_carries_exact_numbers():
    text = call("show", "fair-smartphones@1.0.0", "--coverage")
    assert text.code == 0
    assert "raw material" in text.out
    assert "A question with k topics counts 1/k" in " ".join(text.out.split())
    plain = json.loads(call("show", "fair-smartphones@1.0.0", "--coverage", "--format", "json").out)
    assert sum(Fraction(cell["weight"]["exact"]) for cell in plain["cells"]) == 100
    assert len(plain["stages"]) == 8
    assert set(plain["statement"]) == {f"JS{n}" for n in range(1, 7)}


def test_a_tenders_lots_have_a_matrix_each(example):
    plain = json.loads(call("show", example, "--coverage", "--format", "json").out)
    assert [lot["lot"] for lot in plain["lots"]] == ["new-devices", "second-life"]
    assert "Lot second-life" in call("show", example, "--coverage").out
