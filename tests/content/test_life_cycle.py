"""No life-cycle stage, statement point or cell that the joint statement names is left without points."""

from __future__ import annotations

import pytest

from selfassess.coverage import coverage
from selfassess.library import standard
from selfassess.model.questionnaire import STAGES
from selfassess.plan import compile_plan

LIBRARY = standard()
VERSIONS = LIBRARY.versions()
POINTS = tuple(f"JS{number}" for number in range(1, 7))  # the six of nine that are known

# What the joint statement of the Nordic cities names, as far as its text is known to us. A group of topics is covered
# when one of them carries points. Point 1 lists seven stages and not the use of the device, which point 4 adds.
SOCIAL, GREEN = ("social",), ("environment", "circularity")
WHOLE_CHAIN = ("raw-material", "manufacturing", "delivery", "repair", "reuse", "recycling", "disposal")
NAMED = (
    *((stage, SOCIAL, "JS1: decent and safe work along the whole chain") for stage in WHOLE_CHAIN),
    *((stage, GREEN, "JS1: the environment along the whole chain") for stage in WHOLE_CHAIN),
    ("manufacturing", ("transparency",), "JS2: where and under what conditions things are made"),
    ("recycling", ("transparency",), "JS2: a more transparent end of life"),
    ("manufacturing", SOCIAL, "JS3: worker-driven monitoring"),
    ("use", GREEN, "JS4: a longer life, the use phase included"),
    ("repair", GREEN, "JS4: quick and easy repair"),
    ("reuse", ("quality",), "JS5: second-life devices of quality"),
    ("reuse", ("security",), "JS5: second-life devices that are secure"),
    ("reuse", GREEN, "JS6: a second life where possible"),
    ("recycling", GREEN, "JS6: recycling of the rest"),
)


def covered(id_, version):
    document = LIBRARY.questionnaire(id_, version)
    return coverage(compile_plan(document.content, LIBRARY.default_profile(document).content))


@pytest.mark.parametrize(("id_", "version"), VERSIONS)
def test_every_life_cycle_stage_has_scored_questions_with_weight(id_, version):
    found = covered(id_, version)
    assert set(found.by_stage) == set(STAGES)
    assert [stage for stage, cell in found.by_stage.items() if cell.is_empty] == []


@pytest.mark.parametrize(("id_", "version"), VERSIONS)
def test_every_known_point_of_the_statement_has_scored_questions_with_weight(id_, version):
    found = covered(id_, version)
    assert found.points == POINTS
    assert [point for point, cell in found.by_point.items() if cell.is_empty] == []


@pytest.mark.parametrize(("id_", "version"), VERSIONS)
def test_no_cell_that_the_joint_statement_names_is_empty(id_, version):
    found = covered(id_, version)
    empty = {
        (stage, topics)
        for stage, topics, _ in NAMED
        if all(topic not in found.topics or found.cells[stage, topic].is_empty for topic in topics)
    }
    assert empty == set()
