"""The little language of the tests: plain documents in, assessments out, and short forms to write them in."""

from __future__ import annotations

from fractions import Fraction

from selfassess.exchange import json_bytes
from selfassess.model.assessment import Measure, State
from selfassess.plan import asked_in, compile_plan
from selfassess.schemas import load_profile, load_questionnaire, load_review, load_tender
from selfassess.schemas.response import ResponseReader
from selfassess.scoring import score
from selfassess.scoring.reviewing import entries_for
from selfassess.sources import read_json

ZERO = "sha256:" + "0" * 64
SCORED = {
    "stages": ["manufacturing"],
    "topics": ["social"],
    "scope": "product",
    "use": ["award"],
    "not_applicable": False,
}

SITES = {
    "columns": [
        {"id": "site", "text": "Site", "type": "text"},
        {"id": "share", "text": "Share", "type": "percent"},
        {"id": "met", "text": "Met", "type": "boolean"},
    ],
    "key": "site",
    "weight": "share",
    "aggregate": "weighted_share",
    "score": {"rows": [[{"column": "met", "is": True}, 1]]},
}
"""A table of sites with their share of the volume, worth the share whose row is met."""


def loaded(load, plain, name="test.json"):
    """Load a plain document as one that arrived as JSON."""
    return load(read_json(json_bytes(plain), name))


def questionnaire(*questions, **more):
    """A questionnaire of one section with these questions."""
    plain = {
        "format": "selfassess/questionnaire@1",
        "id": "test",
        "version": "1.0.0",
        "language": "en",
        "title": "Test",
        "roles": [{"id": "reseller", "text": "Reseller"}, {"id": "maker", "text": "Maker"}],
        "evidence_kinds": [
            {"id": "own", "title": "Own documents", "grade": "E2"},
            {"id": "certificate", "title": "Certificate", "grade": "E3"},
            {"id": "dossier", "title": "Technical dossier", "grade": "E3"},
            {"id": "equivalent", "title": "Equivalent", "grade": "E3"},
        ],
        "not_applicable_reasons": [{"id": "none-made", "text": "We make none"}, {"id": "other", "text": "Other"}],
        "sections": [{"id": "s1", "title": "Section 1", "questions": list(questions)}],
    }
    return plain | more


def question(id_, type_="boolean", **more):
    """A scored question; a boolean is worth 1 for yes and 0 for no unless said otherwise."""
    plain = {"id": id_, "text": f"Question {id_}?", "type": type_} | SCORED
    if type_ == "boolean":
        plain["score"] = {"true": 1, "false": 0}
    if type_ == "number":
        plain |= {"unit": "pieces", "decimals": 0, "minimum": 0, "maximum": 1000}
    return plain | more


def profile(document, mode="award", **more):
    """A profile with equal weights for everything that is scored."""
    scored = [q["id"] for s in document["sections"] for q in s["questions"] if q.get("score") != "unscored"]
    sections = [s["id"] for s in document["sections"] if any(q.get("score") != "unscored" for q in s["questions"])]
    plain = {
        "format": "selfassess/profile@1",
        "id": "equal",
        "version": "1.0.0",
        "title": "Equal",
        "questionnaire": pin(document),
        "section_weights": {"kind": "parts", "weights": dict.fromkeys(sections, 1)},
        "question_weights": {"kind": "parts", "weights": dict.fromkeys(scored, 1)},
        "evidence_mode": mode,
    }
    return plain | more


def pin(document):
    """The pin of a plain questionnaire."""
    digest = loaded(load_questionnaire, document).digest
    return {"id": document["id"], "version": document["version"], "digest": digest}


def response(document, answers, **more):
    """A signed response."""
    plain = {
        "format": "selfassess/response@1",
        "questionnaire": pin(document),
        "supplier": {"name": "Testphone", "role": "reseller"},
        "answers": answers,
        "declaration": {"name": "A. Officer", "position": "Director", "date": "2026-11-20"},
    }
    return plain | more


def lot_of(spec):
    """A lot of a plain mapping (None: no tender)."""
    if spec is None:
        return None
    from selfassess.model.tender import Lot, PriceModel  # noqa: PLC0415

    return Lot(
        id=spec["id"],
        title=spec.get("title", spec["id"]),
        price=PriceModel(model="fixed_price", currency="SEK", vat="excluded"),
        sections=tuple(spec["sections"]) if "sections" in spec else None,
        questions=tuple(spec.get("questions", ())),
        without=tuple(spec.get("without", ())),
    )


def scored(questionnaire_plain, profile_plain, response_plain, *, day, lot=None, reviews=()):
    """Compile and score plain documents; return the plan and the assessment."""
    document = loaded(load_questionnaire, questionnaire_plain)
    scoring_profile = loaded(load_profile, profile_plain).content
    plan = compile_plan(document.content, scoring_profile, lot_of(lot))
    reader = ResponseReader(document.content, document.digest)
    read = reader.read(read_json(json_bytes(response_plain), "response.json"))
    entries = ()
    if reviews:
        review = {
            "format": "selfassess/review@1",
            "supplier": "bid",
            "response": {"digest": read.digest},
            "entries": list(reviews),
        }
        entries = entries_for("bid", {"bid": loaded(load_review, review).content}, read.response)
    return plan, score(plan, read.response, supplier="bid", day=day, entries=entries)


def assess(case):
    """Score a case of ``strategies.cases``."""
    return scored(case.questionnaire, case.profile, case.response, day=case.day, lot=case.lot, reviews=case.reviews)


def plain(plan, assessment):
    """An assessment in the second scorer's shape."""
    names = {Measure.CLAIMED: "claimed", Measure.SUPPORTED: "supported", Measure.REVIEWED: "reviewed"}
    arrays = {"claimed": assessment.claimed, "supported": assessment.supported, "reviewed": assessment.reviewed}
    ids = [section.section.id for section in plan.sections]
    asked = asked_in(plan.questionnaire, None)
    states = dict.fromkeys(sorted(asked), "left_out")
    out = {"states": states, "sections": {}, "totals": {}}
    for planned, state in zip(plan.questions, assessment.states, strict=True):
        states[planned.question.id] = state.value
    for name, values in arrays.items():
        out[name] = {
            planned.question.id: Fraction(values[planned.position]) / plan.scale
            if assessment.states[planned.position] is State.ANSWERED
            else None
            for planned in plan.questions
            if planned.question.is_scored
        }
    for measure, name in names.items():
        for suffix, totals in (("", assessment.totals), ("_conservative", assessment.conservative)):
            out["totals"][name + suffix] = totals[measure].total
            out["sections"][name + suffix] = dict(zip(ids, totals[measure].sections, strict=True))
    out["gates"] = {id_: outcome.value for id_, outcome in assessment.gates.items()}
    out["minima"] = {id_: outcome.value for id_, outcome in assessment.minima.items()}
    out["incomplete"] = assessment.incomplete
    out["unsettled"] = bool(assessment.unsettled)
    return out


__all__ = [
    "SITES",
    "ZERO",
    "assess",
    "load_tender",
    "loaded",
    "plain",
    "profile",
    "question",
    "questionnaire",
    "response",
]
