"""selfassess show: one questionnaire, readable, with its weights."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from selfassess.cli.options import as_format, named_version

if TYPE_CHECKING:
    from selfassess.model.questionnaire import Question
    from selfassess.plan import PlannedQuestion, ScoringPlan

WIDTH = 96


@click.command(name="show")
@click.argument("questionnaire", metavar="ID@VERSION")
@as_format
def command(questionnaire: str, form: str) -> None:
    """Print one questionnaire with the weights of its default profile."""
    from selfassess.cli.printing import print_json
    from selfassess.digests import digest
    from selfassess.library import standard
    from selfassess.plan import compile_plan, readable

    library = standard()
    document = library.questionnaire(*named_version(questionnaire))
    profile = library.default_profile(document)
    plan = compile_plan(document.content, profile.content)
    if form == "json":
        plain = {"questionnaire": document.written, "digest": document.digest, "plan": readable(plan)}
        print_json(plain | {"fingerprint": digest(readable(plan))})
        return
    for line in _lines(plan, document.digest, profile.digest):
        click.echo(line)


def _lines(plan: ScoringPlan, digest: str, profile_digest: str) -> Iterator[str]:
    named = plan.questionnaire
    yield click.style(f"{named.title} ({named.id} {named.version})", bold=True)
    yield f"questionnaire {digest}"
    yield f"profile {plan.profile.title} ({plan.profile.id} {plan.profile.version}) {profile_digest}"
    if named.description:
        yield ""
        yield from textwrap.wrap(named.description, WIDTH)
    for section in plan.sections:
        yield ""
        title = f"{section.section.title}  -  {_points(section.published_weight)} of 100 points"
        yield click.style(title, bold=True, underline=True)
        for planned in plan.questions[section.start : section.stop]:
            yield ""
            yield from _question(planned)


def _points(value: Any) -> str:
    from selfassess.numbers import shown

    return shown(value, 2)


def _question(planned: PlannedQuestion) -> Iterator[str]:
    from selfassess.conditions import sentence
    from selfassess.plan import gate_sentence

    question = planned.question
    worth = f"{_points(planned.published_weight)} points" if question.is_scored else "not scored"
    yield from textwrap.wrap(f"{question.id}  {question.text}", WIDTH, subsequent_indent="     ")
    facts = [_type(question), worth, f"scope {question.scope}", ", ".join(question.stages)]
    yield from _said(" · ".join(facts))
    if planned.condition is not None:
        kept = "; it counts 0 when not asked" if planned.stays else ""
        yield from _said(f"asked only when {sentence(planned.condition)}{kept}")
    if planned.gate_condition is not None:
        yield from _said(f"minimum requirement: {gate_sentence(planned.gate_condition)}")
    yield from _options(planned)
    if question.help:
        yield from _said(question.help)
    yield from _proof(question)


def _said(text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent="     ", subsequent_indent="     ")


def _type(question: Question) -> str:
    kind = question.type.value
    if question.unit:
        return f"{kind} in {question.unit}, {question.minimum} to {question.maximum}"
    if question.table:
        return f"table of {', '.join(column.text for column in question.table.columns)}"
    return kind


def _options(planned: PlannedQuestion) -> Iterator[str]:
    from selfassess.numbers import exactly
    from selfassess.plan import rule_sentence

    question = planned.question
    for option in question.options:
        worth = f"  ({exactly(option.score)})" if option.score is not None else ""
        yield from textwrap.wrap(
            f"- {option.id}: {option.text}{worth}", WIDTH, initial_indent="     ", subsequent_indent="       "
        )
    if question.is_scored:
        yield from _said(f"scored by: {rule_sentence(question)}")


def _proof(question: Question) -> Iterator[str]:
    if question.not_applicable:
        yield from _said(f"may be said not to apply: {', '.join(question.not_applicable)}")
    if question.evidence:
        rule = question.evidence
        kinds = f" of kind {', '.join(rule.accepts)} or equivalent" if rule.accepts else ""
        months = f", not older than {rule.valid_months} months" if rule.valid_months else ""
        yield from _said(f"evidence: {rule.minimum.name} or stronger{kinds}{months}")
    for reference in question.references:
        item = f", {reference.item}" if reference.item else ""
        doubt = "" if reference.confirmed else " (not confirmed)"
        yield from _said(f"reference: {reference.instrument}{item}{doubt}")
