"""selfassess show: one questionnaire, or a tender's, readable, with its weights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfassess.cli.opening import asked_by

if TYPE_CHECKING:
    from selfassess.coverage import Cell
    from selfassess.model.profile import ScoringProfile
    from selfassess.model.questionnaire import Questionnaire
    from selfassess.model.tender import Tender
    from selfassess.plan import ScoringPlan
    from selfassess.prospectus import Prospectus
    from selfassess.schemas import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """What is shown: a questionnaire with its plans by lot (one without a name outside a tender)."""

    questionnaire: Document[Questionnaire]
    profile: Document[ScoringProfile]
    tender: Document[Tender] | None
    plans: Mapping[str, ScoringPlan]

    def prospectus(self) -> Prospectus:
        """Return the strings to print."""
        from selfassess.prospectus import prospectus

        digests = [("questionnaire", self.questionnaire.digest), ("profile", self.profile.digest)]
        if self.tender is not None:
            digests.append(("tender", self.tender.digest))
        return prospectus(self.plans, digests=digests, tender=self.tender.content if self.tender else None)


@click.command(name="show")
@click.argument("subject", metavar="ID@VERSION|TENDER_FOLDER")
@click.option("--section", "sections", multiple=True, metavar="ID", help="Show this section alone; may be repeated.")
@click.option("--question", "questions", multiple=True, metavar="ID", help="Show this question; may be repeated.")
@click.option("--coverage", is_flag=True, help="Show where the points lie: life-cycle stage by topic.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "html"]), default="text", show_default=True,
    help="How to print.",
)  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write a file, never over one.")
def command(
    subject: str,
    *,
    sections: tuple[str, ...],
    questions: tuple[str, ...],
    coverage: bool,
    form: str,
    output: Path | None,
) -> None:
    """Print a questionnaire with its weights, or a tender's with those of each lot."""
    opened = _opened(subject)
    _check_names(opened.questionnaire.content, sections, questions)
    if coverage and (form == "html" or sections or questions):
        raise click.UsageError("--coverage prints the whole as text or json; the html page holds it as well.")
    if coverage:
        text = _coverage_json(opened) if form == "json" else _joined(_coverage_lines(opened))
    elif form == "json":
        text = _json(opened, sections, questions)
    else:
        text = _readable(opened, sections, questions, form)
    if output is None or str(output) == "-":
        click.echo(text, nl=False)
        return
    from selfassess.cli.writing import refuse_existing, write_new

    refuse_existing(output)
    write_new(output, click.unstyle(text).encode())


def _opened(subject: str) -> Subject:
    from selfassess.plan import compile_plan

    asked = asked_by(subject)
    named, profile, settings = asked.questionnaire.content, asked.profile, asked.settings
    lots = {"": None} if asked.tender is None else {lot.id: lot for lot in asked.tender.lots}
    plans = {id_: compile_plan(named, settings, lot) for id_, lot in lots.items()}
    tender = None if asked.opened is None else asked.opened.tender
    return Subject(questionnaire=asked.questionnaire, profile=profile, tender=tender, plans=plans)


def _check_names(questionnaire: Questionnaire, sections: Sequence[str], questions: Sequence[str]) -> None:
    known = {
        "section": (sections, [section.id for section in questionnaire.sections]),
        "question": (questions, [question.id for question in questionnaire.questions()]),
    }
    for kind, (asked, there) in known.items():
        for name in asked:
            if name not in there:
                raise click.UsageError(_unknown(kind, name, there))


def _unknown(kind: str, name: str, there: Sequence[str]) -> str:
    from difflib import get_close_matches

    from selfassess.text import show

    folded = {known.casefold(): known for known in there}
    near = get_close_matches(name.casefold(), list(folded), 1, 0.4)
    guess = f" Did you mean {folded[near[0]]}?" if near else f" There are: {', '.join(there)}."
    return f"There is no {kind} {show(name)!r}.{guess}"


def _readable(opened: Subject, sections: Sequence[str], questions: Sequence[str], form: str) -> str:
    from selfassess.prospectus import part_of

    shown = opened.prospectus()
    if sections or questions:
        shown = part_of(shown, sections, questions)
        if not shown.sections:
            raise click.UsageError("No lot of the tender asks that.")
    if form == "html":
        from selfassess.rendering import render_prospectus

        return render_prospectus(shown)
    from selfassess.cli.show_text import lines_of

    return _joined(lines_of(shown))


def _joined(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def _json(opened: Subject, sections: Sequence[str], questions: Sequence[str]) -> str:
    from selfassess.digests import digest
    from selfassess.exchange import json_text
    from selfassess.plan import readable

    plans = {lot: readable(plan) for lot, plan in opened.plans.items()}
    written: Any = opened.questionnaire.written
    if sections or questions:
        return json_text(_part(opened, plans, sections, questions))
    plain: dict[str, Any] = {"questionnaire": written, "digest": opened.questionnaire.digest}
    if opened.tender is None:
        return json_text(plain | {"plan": plans[""], "fingerprint": digest(plans[""])})
    tender = {"id": opened.tender.content.id, "digest": opened.tender.digest}
    prints = {lot: digest(plan) for lot, plan in plans.items()}
    return json_text(plain | {"tender": tender, "plans": plans, "fingerprints": prints})


def _part(opened: Subject, plans: Mapping[str, Any], sections: Sequence[str], questions: Sequence[str]) -> Any:
    """Return the named questions as written, each with what the plans say of it, by lot within a tender."""
    planned = {
        lot: {question["id"]: question for section in plan["sections"] for question in section["questions"]}
        for lot, plan in plans.items()
    }
    kept = []
    for section in opened.questionnaire.written["sections"]:
        for question in section["questions"]:
            if section["id"] in sections or question["id"] in questions:
                own = {lot: by_id[question["id"]] for lot, by_id in planned.items() if question["id"] in by_id}
                plain = {"plan": own.get("")} if opened.tender is None else {"plans": own}
                kept.append({"section": section["id"], "question": question} | plain)
    named = opened.questionnaire.content
    pin = {"id": named.id, "version": named.version, "digest": opened.questionnaire.digest}
    return {"questionnaire": pin, "questions": kept}


def _coverage_lines(opened: Subject) -> Iterator[str]:
    from selfassess.cli.show_text import coverage_lines
    from selfassess.prospectus import coverage_card

    for number, (lot, plan) in enumerate(opened.plans.items()):
        if number:
            yield ""
        yield from coverage_lines(coverage_card(plan, lot))


def _coverage_json(opened: Subject) -> str:
    from selfassess.coverage import RULE, coverage
    from selfassess.exchange import json_text

    found = []
    for lot, plan in opened.plans.items():
        covered, places = coverage(plan), plan.profile.decimals
        cells = [
            {"stage": stage, "topic": topic} | _cell(cell, places) for (stage, topic), cell in covered.cells.items()
        ]
        plain = {
            "cells": cells,
            "stages": {stage: _cell(cell, places) for stage, cell in covered.by_stage.items()},
            "topics": {topic: _cell(cell, places) for topic, cell in covered.by_topic.items()},
            "statement": {point: _cell(cell, places) for point, cell in covered.by_point.items()},
            "no_statement": _cell(covered.unstated, places),
            "empty": [{"stage": stage, "topic": topic} for stage, topic in covered.empty()],
        }
        found.append(({"lot": lot} if lot else {}) | plain)
    named, profile = opened.questionnaire, opened.profile
    pins = {
        "questionnaire": {"id": named.content.id, "version": named.content.version, "digest": named.digest},
        "profile": {"id": profile.content.id, "version": profile.content.version, "digest": profile.digest},
        "rule": RULE,
    }
    return json_text(pins | (found[0] if opened.tender is None else {"lots": found}))


def _cell(cell: Cell, places: int) -> dict[str, Any]:
    from selfassess.results import number

    weight = number(cell.weight, places)
    return {"weight": weight, "questions": list(cell.scored), "without_points": list(cell.unscored)}
