"""Cross-checks of what the EU product register says of a model: energy class and repairability."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from selfassess.checks.repairability import FASTENERS, TOOLS, PartAccess, class_of, index_of, sub_scores_of
from selfassess.checks.rows import contradiction, rows_of
from selfassess.languages import TOLD
from selfassess.model.questionnaire import CrossCheck
from selfassess.model.response import Row
from selfassess.numbers import exactly
from selfassess.problems import Fault

# Annex II, table 1 of Regulation (EU) 2023/1669: a class begins above its figure.
ENERGY_CLASSES = (("A", "2.70"), ("B", "2.30"), ("C", "1.95"), ("D", "1.66"), ("E", "1.41"), ("F", "1.20"))
HALF_A_CENT = Fraction(1, 200)  # scores and index are declared with two decimals


def energy_class_of(index: Decimal) -> str:
    """Return the energy class of a smartphone's energy efficiency index."""
    return next((name for name, above in ENERGY_CLASSES if index > Decimal(above)), "G")


def energy_class(check: CrossCheck, answers: Mapping[str, Any], _: date) -> Iterator[Fault]:
    """The declared energy class is that of the declared energy efficiency index."""
    question = check.questions[0]
    for number, row in enumerate(rows_of(answers, question)):
        index, class_ = row.cells.get(check.parts["index"]), row.cells.get(check.parts["class"])
        if isinstance(index, Decimal) and isinstance(class_, str) and class_ != energy_class_of(index):
            said = TOLD.say(
                "the energy efficiency index {index} of {row} is class {right}, not {stated}",
                index=index,
                row=row.key,
                right=energy_class_of(index),
                stated=class_,
            )
            yield contradiction(f"/answers/{question}/{number}/{check.parts['class']}", said)


def repairability_index(check: CrossCheck, answers: Mapping[str, Any], _: date) -> Iterator[Fault]:
    """The declared index is what the sub-scores give, and the declared class is that of the index."""
    question = check.questions[0]
    for number, row in enumerate(rows_of(answers, question)):
        said = {part: row.cells.get(column) for part, column in check.parts.items()}
        computed, declared, class_ = index_of(said), said.get("index"), said.get("class")
        at = f"/answers/{question}/{number}"
        if computed is not None and isinstance(declared, Decimal) and abs(Fraction(declared) - computed) > HALF_A_CENT:
            message = TOLD.say(
                "the sub-scores of {row} give the index {right}, not {stated}",
                row=row.key,
                right=exactly(computed),
                stated=declared,
            )
            yield contradiction(f"{at}/{check.parts['index']}", message)
        index = Fraction(declared) if isinstance(declared, Decimal) else computed
        if index is not None and isinstance(class_, str) and class_ != class_of(index):
            message = TOLD.say(
                "the index {index} of {row} is class {right}, not {stated}",
                index=exactly(index),
                row=row.key,
                right=class_of(index),
                stated=class_,
            )
            yield contradiction(f"{at}/{check.parts['class']}", message)


def repairability_steps(check: CrossCheck, answers: Mapping[str, Any], _: date) -> Iterator[Fault]:
    """The declared sub-scores are what the steps, fasteners and tools of the priority parts give."""
    question, of = check.questions
    steps = rows_of(answers, of)
    for number, row in enumerate(rows_of(answers, question)):
        own = [part for part in steps if _model(check, part) == row.key.casefold()]
        accesses = [access for access in (_access(check, part) for part in own) if access is not None]
        if not own or len(accesses) < len(own):
            continue
        for name, computed in sub_scores_of(accesses).items():
            column = check.parts.get(name)
            declared = row.cells.get(column) if column else None
            if isinstance(declared, Decimal) and abs(Fraction(declared) - computed) > HALF_A_CENT:
                message = TOLD.say(
                    "the rows of {row} in {table} give {right} for {column}, not {stated}",
                    row=row.key,
                    table=of,
                    right=exactly(computed),
                    column=column,
                    stated=declared,
                )
                yield contradiction(f"/answers/{question}/{number}/{column}", message)


def _model(check: CrossCheck, row: Row) -> str | None:
    named = row.cells.get(check.parts["model"])
    return named.casefold() if isinstance(named, str) else None


def _access(check: CrossCheck, row: Row) -> PartAccess | None:
    """Return how a row says that a part is reached, None where it does not say enough."""
    cells = {part: row.cells.get(column) for part, column in check.parts.items()}
    part, steps, remote = cells["part"], cells["steps"], cells.get("remote")
    fastener, tool = cells.get("fastener"), cells.get("tool")
    if not isinstance(part, str) or not isinstance(steps, Decimal):
        return None
    return PartAccess(
        part=part,
        steps=steps,
        remote=remote if isinstance(remote, Decimal) else Decimal(0),
        fastener=fastener if isinstance(fastener, str) and fastener in FASTENERS else None,
        tool=tool if isinstance(tool, str) and tool in TOOLS else None,
    )
