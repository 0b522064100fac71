"""The method of a tender becomes the annex as plain data: every figure exact, with its shown form or words beside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from selfassess import __version__
from selfassess.annex.award import award_cards
from selfassess.annex.cards import AnnexReport, AwardCard, Method
from selfassess.method_plain import price_plain
from selfassess.model.questionnaire import Question
from selfassess.model.tender import Lot
from selfassess.numbers import exactly
from selfassess.plan import METHOD, ScoringPlan, overridden, readable
from selfassess.prospectus.cards import QuestionPage
from selfassess.results import number
from selfassess.scorecard.cards import Line

FORMAT = "selfassess/annex@1"


def annex_plain(method: Method, report: AnnexReport) -> dict[str, Any]:
    """Return the annex as plain data; ``report`` is the same as it is printed in English, whose words it takes.

    What it says is frozen by digest: the same whatever languages the annex is printed in.
    """
    profile = method.plan.profile
    awards = {card.lot: card for card in award_cards(method)}
    return {
        "format": FORMAT,
        "program": {"name": "selfassess", "version": __version__, "method": METHOD},
        "tender": {"id": method.tender.id, "title": method.tender.title},
        "digests": dict(method.digests),
        "evidence_mode": profile.evidence_mode.value,
        "not_applicable": {"cap": exactly(profile.not_applicable_cap), "reasons": _facts(report.reasons)},
        "incomplete": "exclude" if profile.excludes_incomplete else "score",
        "rounding": {"decimals": str(profile.decimals), "halves": "away from zero", "once": "where it is shown"},
        "bands": [{"from": exactly(band.start), "label": band.label} for band in profile.bands],
        "tie_rule": list(method.tender.tie_rule),
        **({"seed_digest": method.seed_digest} if method.seed_digest else {}),
        "rules": [_line(line) for line in report.method],
        "grades": [_line(line) for line in report.grades],
        "evidence_kinds": _facts(report.kinds),
        "lots": [_lot(method, lot, awards[lot.id]) for lot in method.tender.lots],
        "sections": list(_sections(method, report)),
        "lawfulness": [
            {"code": str(problem.code), "message": problem.message, "hint": problem.hint} for problem in method.warnings
        ],
    }


def _facts(facts: tuple[Line, ...]) -> list[dict[str, str]]:
    return [{"id": fact.label, "text": fact.value} for fact in facts]


def _line(line: Line) -> dict[str, str]:
    return {"label": line.label, "says": line.value} | ({"note": line.note} if line.note else {})


def _lot(method: Method, lot: Lot, card: AwardCard) -> dict[str, Any]:
    plan = method.plans[lot.id]
    return {
        "id": lot.id,
        "title": lot.title,
        "fingerprint": method.fingerprints[lot.id],
        "minima": readable(plan)["minima"],
        "price": price_plain(lot.price) | {"formula": card.formula},
        "example": [
            {
                "bid": bid.name,
                "quality": exactly(bid.quality),
                "price": exactly(bid.price),
                **({"costs_of_a_year": bid.yearly} if bid.yearly else {}),
                "arithmetic": bid.line,
                "figure": number(bid.figure, 2),
                "place": str(bid.place) if bid.place else None,
            }
            for bid in card.bids
        ],
    }


def _sections(method: Method, report: AnnexReport) -> Iterator[dict[str, Any]]:
    plans = {lot: readable(plan) for lot, plan in method.plans.items()}
    rules = {
        (lot, question["id"]): question
        for lot, plan in plans.items()
        for section in plan["sections"]
        for question in section["questions"]
    }
    asked = {question.id: question for question in method.plan.questionnaire.questions()}
    for section in report.sections:
        yield {
            "id": section.page.id,
            "title": section.page.title,
            "minimum": section.minimum or None,
            "weights": [
                {"lot": worth.lot, "says": worth.said, "points": _section_points(plan, section.page.id)}
                for worth, plan in zip(section.page.worths, method.plans.values(), strict=True)
            ],
            "questions": [
                _question(method, own.page, overridden(asked[own.page.id], method.plan.profile), rules)
                | ({"when_false": "leave"} if own.leaves else {})
                for own in section.questions
            ],
        }


def _section_points(plan: ScoringPlan, id_: str) -> dict[str, str] | None:
    found = next((own for own in plan.sections if own.section.id == id_), None)
    return number(found.published_weight, plan.profile.decimals) if found else None


def _question(
    method: Method, page: QuestionPage, question: Question, rules: Mapping[tuple[str, str], Mapping[str, Any]]
) -> dict[str, Any]:
    """Return a question: what it asks in words, its rule as the plan has it, and its weight in each lot."""
    first = next(rules[lot, page.id] for lot in method.plans if (lot, page.id) in rules)
    exact = {key: value for key, value in first.items() if key not in ("id", "weight")}
    return {
        "id": page.id,
        "text": page.text,
        "answer": page.answer,
        "options": [{"id": choice.id, "text": choice.text, "worth": choice.worth} for choice in page.options],
        "scored_by": [page.rule, *page.rule_lines] if page.rule else [],
        "exact": exact,
        "gate": page.gate or None,
        "asked_when": page.condition or None,
        "not_applicable": list(page.not_applicable),
        "evidence": page.evidence,
        "checks": list(page.checks),
        "scope": question.scope,
        "stages": list(question.stages),
        "topics": list(question.topics),
        "use": list(question.use),
        "references": [{"says": ground.text, "confirmed": ground.is_confirmed} for ground in page.grounds],
        "weights": list(_weights(method, page)),
    }


def _weights(method: Method, page: QuestionPage) -> Iterator[dict[str, Any]]:
    said = {worth.lot: worth.said for worth in page.worths}
    for lot, plan in method.plans.items():
        position = plan.positions.get(page.id)
        points = None if position is None else number(plan.questions[position].published_weight, plan.profile.decimals)
        yield {"lot": lot, "says": said.get(lot, "not asked" if position is None else "no points"), "points": points}
