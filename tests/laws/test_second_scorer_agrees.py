"""A scorer written a second time from the text of the method gives the same result, in everything and exactly."""

from __future__ import annotations

import writing
from hypothesis import given, settings
from second_scorer import second_score
from strategies import cases


def differences(ours, theirs, at=""):
    """Every place where two results differ."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return [
            line
            for key in sorted({*ours, *theirs})
            for line in differences(ours.get(key, "absent"), theirs.get(key, "absent"), f"{at}/{key}")
        ]
    return [] if ours == theirs else [f"{at}: the product says {ours}, the second scorer {theirs}"]


@settings(max_examples=150)
@given(cases())
def test_the_second_scorer_agrees(case):
    product = writing.plain(*writing.assess(case))
    second = second_score(
        case.questionnaire, case.profile, case.response, day=case.day, lot=case.lot, reviews=case.reviews
    )
    assert differences(product, second) == []
