"""Blank documents to start from: a response with its page of questions, and the files of a tender's folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from selfassess.conditions import sentence
from selfassess.identifiers import LONGEST
from selfassess.model.profile import ScoringProfile
from selfassess.model.questionnaire import Column, Question, Questionnaire
from selfassess.model.tender import Tender
from selfassess.numbers import shown
from selfassess.plan import compile_plan, gate_sentence, rule_sentence
from selfassess.plan.plans import PlannedQuestion
from selfassess.schemas import Document

EXPECTED = {
    "boolean": "true or false",
    "choice": "one of the ids below, in quotes",
    "choices": 'a list of the ids below, such as ["a", "b"]; [] when none holds',
    "number": "a number",
    "percent": "a number from 0 to 100",
    "date": 'a date, such as "2026-11-20"',
    "text": "a text in quotes",
    "table": "a list of rows, each {column: value}",
}


def blank_response(questionnaire: Document[Questionnaire], *, tender: Tender | None = None) -> dict[str, Any]:
    """Return a response in which every question is still to be answered."""
    named = questionnaire.content
    plain: dict[str, Any] = {
        "format": "selfassess/response@1",
        "questionnaire": {"id": named.id, "version": named.version, "digest": questionnaire.digest},
    }
    if tender is not None:
        plain |= {"tender": tender.id, "lots": [lot.id for lot in tender.lots]}
    return plain | {
        "language": named.language,
        "supplier": {"name": "", "identifier": {"scheme": "", "id": ""}, "country": "", "role": ""},
        "answers": {question.id: None for question in named.questions()},
        "not_applicable": {},
        "comments": {},
        "confidential": {},
        "evidence": [],
        "declaration": {"name": "", "position": "", "date": ""},
    }


def questions_page(questionnaire: Questionnaire, profile: ScoringProfile) -> str:
    """Return the questions as a page to read while answering."""
    plan = compile_plan(questionnaire, profile)
    lines = [f"# {questionnaire.title} {questionnaire.version}", "", questionnaire.description or "", ""]
    lines += [
        "Write each answer into `answers` of the response, after the question's id. `null` means not answered.",
        "Sign under `declaration`: without name, position and date no answer counts.",
        "",
    ]
    if questionnaire.roles:
        roles = ", ".join(f"`{role.id}` ({role.text})" for role in questionnaire.roles)
        lines += [f"Your role is one of {roles}.", ""]
    kinds = ", ".join(f"`{kind.id}` ({kind.title}, {kind.grade.name})" for kind in questionnaire.evidence_kinds)
    lines += [f"Kinds of evidence and the highest grade that each can carry: {kinds}.", ""]
    for section in plan.sections:
        lines += [f"## {section.section.title}", "", section.section.intro or "", ""]
        for planned in plan.questions[section.start : section.stop]:
            lines += [*_question(planned), ""]
    return "\n".join(lines)


def _question(planned: PlannedQuestion) -> Iterator[str]:
    question = planned.question
    yield f"### {question.id}: {question.text}"
    yield ""
    if question.help:
        yield question.help
        yield ""
    yield f"- answer: {_expected(question)}"
    for option in question.options:
        yield f"  - `{option.id}`: {option.text}"
    for column in question.table.columns if question.table else ():
        yield from _column(column, question)
    if planned.condition is not None:
        yield f"- asked only when {sentence(planned.condition)}"
    if planned.gate_condition is not None:
        yield f"- minimum requirement: {gate_sentence(planned.gate_condition)}"
    if question.is_scored:
        yield f"- {shown(planned.published_weight, 2)} of 100 points, scored by {rule_sentence(question)}"
    if question.not_applicable:
        yield f"- may be said not to apply: {', '.join(f'`{reason}`' for reason in question.not_applicable)}"
    if question.evidence:
        yield f"- evidence: {planned.minimum.name} or stronger"


def _expected(question: Question) -> str:
    said = EXPECTED[question.type.value]
    if question.unit:
        return f"{said} of {question.unit}, {question.minimum} to {question.maximum}, {question.decimals} decimals"
    return said


def _column(column: Column, question: Question) -> Iterator[str]:
    table = question.table
    needed = table is not None and (column.required or column.id in (table.key, table.weight))
    said = EXPECTED[column.type.value].replace("the ids below", ", ".join(f"`{o.id}`" for o in column.options))
    yield f"  - `{column.id}`: {column.text}; {said}{', needed in every row' if needed else ''}"


def tender_files(
    name: str, questionnaire: Document[Questionnaire], profile: Document[ScoringProfile]
) -> dict[str, bytes]:
    """Return the files of a tender's folder that a buyer fills in."""
    id_ = re.sub(r"[^A-Za-z0-9.-]+", "-", name).strip("-.")[:LONGEST].rstrip("-.") or "tender"
    named, weights = questionnaire.content, profile.content
    sections = "".join(f"\n      - {section.id}" for section in named.sections)
    text = f"""\
# A tender to start from. Change what stands in angle brackets, and everything else as the tender asks.
format: selfassess/tender@1
id: {id_}
title: <title of the tender>
buyers:
  - {{name: <name of the buyer>, country: SE}}

# The date of the deadline is the day on which evidence must be valid.
deadline: 2030-01-31T12:00:00+01:00

questionnaire:
  id: {named.id}
  version: {named.version}
  digest: {questionnaire.digest}
profile:
  id: {weights.id}
  version: {weights.version}
  digest: {profile.digest}

# An award counts claims only with the evidence that is asked for. Other settings of the profile can change here too.
profile_changes:
  evidence_mode: award

lots:
  - id: lot-1
    title: <title of the lot>
    sections:{sections}

# The lowest price less deduction wins; full_quality is what full marks are worth in the currency.
price:
  model: deduction
  currency: SEK
  vat: excluded
  full_quality: 1000000
tie_rule: [quality, price]
languages: [{named.language}]
"""
    return {
        "tender.yaml": text.encode(),
        "profile.yaml": profile.source.raw,
        "prices.csv": b"supplier,lot,price,currency\n",
    }
