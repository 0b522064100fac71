"""Whole lots from plain documents: one questionnaire and profile, several bids, prices; and how to judge them anew."""

from __future__ import annotations

import dataclasses
from decimal import Decimal
from fractions import Fraction

import strategies
import writing
from hypothesis import strategies as st

from selfassess.award import rank
from selfassess.model.profile import WeightKind
from selfassess.model.ranking import Status
from selfassess.model.stability import Level
from selfassess.model.tender import PriceModel
from selfassess.plan import compile_plan, weights_by_lot
from selfassess.schemas import load_profile, load_questionnaire, load_review
from selfassess.schemas.response import ResponseReader
from selfassess.scoring import score
from selfassess.scoring.reviewing import entries_for
from selfassess.sources import read_json


def model(name, *, winners=1, clamp="none", costs=(), **parameters):
    numbers = {key: Decimal(str(value)) for key, value in parameters.items()}
    return PriceModel(
        model=name, currency="SEK", vat="excluded", parameters=numbers, clamp=clamp, winners=winners, costs=tuple(costs)
    )


POINTS = {"price_points": 50, "quality_points": 50}
ABSOLUTE = (
    model("deduction", full_quality=100),
    model("deduction", full_quality=3),
    model("absolute_linear", low=50, high=150, **POINTS),
    model("absolute_linear", low=90, high=110, clamp="both", **POINTS),
    model("surcharge", **POINTS),
    model("fixed_price"),
    model("threshold_lowest_price", minimum_quality=30),
    model("admit_all_above", minimum_quality=30),
)
RELATIVE = tuple(model(f"relative_{name}", **POINTS) for name in ("proportional", "linear", "range"))
SEVERAL = (model("deduction", full_quality=100, winners=2), model("relative_range", winners=2, **POINTS))
TIES = ((), ("quality",), ("price",), ("section:s1",), ("section:s2", "quality"), ("quality", "draw"), ("draw",))
SEED = b"revealed at opening"


@dataclasses.dataclass(frozen=True)
class Lot:
    """One lot with all that decides it; ``responses`` and ``entries`` are by supplier."""

    questionnaire: object
    profile: object
    lot: object
    model: PriceModel
    tie_rule: tuple
    responses: dict
    entries: dict
    prices: dict
    day: object

    def plan(self, profile=None):
        return compile_plan(self.questionnaire, profile or self.profile, self.lot)

    def assessments(self, profile=None, further=None):
        plan = self.plan(profile)
        return {
            name: score(
                plan, read, supplier=name, day=self.day, entries=[*self.entries[name], *(further or {}).get(name, ())]
            )
            for name, read in self.responses.items()
        }

    def arguments(self):
        return (self.plan(), self.model, self.tie_rule, self.assessments(), self.prices)

    def ranking(self, assessments=None, plan=None):
        plan = plan or self.plan()
        return rank(
            plan.lot or "",
            self.model,
            self.tie_rule,
            assessments or self.assessments(),
            self.prices,
            {},
            [section.section.id for section in plan.sections],
            seed=SEED,
        )


def lot_of(
    document, profile, responses, prices, price_model, *, tie_rule=(), reviews=None, lot=None, day=strategies.DAY
):
    """A lot from plain documents, read as they arrive."""
    loaded = writing.loaded(load_questionnaire, document)
    reader = ResponseReader(loaded.content, loaded.digest)
    read = {name: reader.read(read_json(writing.json_bytes(plain), "r.json")) for name, plain in responses.items()}
    entries = {}
    for name, found in read.items():
        given = list((reviews or {}).get(name, ()))
        if given:
            plain = {
                "format": "selfassess/review@1",
                "supplier": name,
                "response": {"digest": found.digest},
                "entries": given,
            }
            entries[name] = entries_for(name, {name: writing.loaded(load_review, plain).content}, found.response)
        else:
            entries[name] = ()
    return Lot(
        questionnaire=loaded.content,
        profile=writing.loaded(load_profile, profile).content,
        lot=writing.lot_of(lot),
        model=price_model,
        tie_rule=tuple(tie_rule),
        responses={name: found.response for name, found in read.items()},
        entries=entries,
        prices={name: Decimal(price) for name, price in prices.items()},
        day=day,
    )


@st.composite
def lots(draw, models=ABSOLUTE + RELATIVE + SEVERAL):
    """A lot with two to four bids."""
    case = draw(strategies.cases())
    asked = [question for section in case.questionnaire["sections"] for question in section["questions"]]
    names = ["a", "b", "c", "d"][: draw(st.integers(2, 4))]
    responses, reviews, prices = {}, {}, {}
    for name in names:
        response = case.response if name == "a" else draw(strategies.responses(case.questionnaire, asked, case.lot))
        responses[name] = response
        reviews[name] = case.reviews if name == "a" else []
        prices[name] = draw(st.sampled_from(["60", "90", "100", "100", "110", "140"]))
    profile = case.profile
    if draw(strategies.rarely):
        for level in ("section_weights", "question_weights"):
            profile = profile | {level: as_percent(draw, case, level)}
        profile.pop("lots", None)
    return lot_of(
        case.questionnaire,
        profile,
        responses,
        prices,
        draw(st.sampled_from(models)),
        tie_rule=draw(st.sampled_from(TIES)),
        reviews=reviews,
        lot=case.lot,
    )


def as_percent(draw, case, level):
    """Weights of a level in percent: of each two siblings one has a drawn share, the rest is shared by the others."""
    weights = dict(case.profile[level]["weights"])
    groups = [list(weights)]
    if level == "question_weights":
        groups = [[q["id"] for q in s["questions"] if q["id"] in weights] for s in case.questionnaire["sections"]]
    for group in groups:
        left = Decimal(100)
        for id_ in group[1:]:
            weights[id_] = draw(st.sampled_from([Decimal(5), Decimal("7.5"), Decimal(10)]))
            left -= weights[id_]
        if group:
            weights[group[0]] = left
    return {"kind": "percent", "weights": weights}


def moved(lot, weight, x):
    """The lot's profile with one weight at ``x`` and its siblings in proportion."""
    profile, lot_id = lot.profile, lot.lot.id if lot.lot else None
    sections, questions = weights_by_lot(profile, lot_id)
    plan = lot.plan()
    old = sections if weight.level is Level.SECTION else questions
    if weight.level is Level.SECTION:
        siblings = [s.section.id for s in plan.sections if any(q.is_scored for q in s.questions)]
    else:
        section = plan.sections[plan.questions[plan.positions[weight.id]].section]
        siblings = [q.id for q in section.questions if q.is_scored]
    new = dict(old.weights)
    if old.kind is WeightKind.PERCENT:
        total = sum(Fraction(old.weights[id_]) for id_ in siblings) - Fraction(old.weights[weight.id])
        for id_ in siblings:
            new[id_] = Fraction(old.weights[id_]) * (100 - x) / total
    new[weight.id] = x
    name = "section_weights" if weight.level is Level.SECTION else "question_weights"
    weights = dataclasses.replace(old, weights=new)
    own = profile.lots.get(lot_id) if lot_id else None
    if own is not None and getattr(own, name) is not None:
        return dataclasses.replace(profile, lots={**profile.lots, lot_id: dataclasses.replace(own, **{name: weights})})
    return dataclasses.replace(profile, **{name: weights})


def state_of(lot, assessments, ranking):
    """All that a moving weight must not change: the leaders alone, and everybody's statuses."""
    is_admitted = {s.supplier for s in ranking.standings if s.rank is not None}
    statuses = {
        name: (a.gates, a.minima, a.total is None, name in is_admitted) for name, a in sorted(assessments.items())
    }
    leaders = None
    if lot.model.model != "admit_all_above":
        leaders = None if ranking.tied_at_border else frozenset(s.supplier for s in ranking.leaders)
    return leaders, statuses


def stays(lot, weight, x):
    """Whether the leaders lead alone and no status is another when a weight is ``x``, by scoring and ranking anew."""
    before = state_of(lot, lot.assessments(), lot.ranking())
    try:
        profile = moved(lot, weight, Fraction(x))
        plan, assessments = lot.plan(profile), lot.assessments(profile)
    except ZeroDivisionError:
        return False
    return state_of(lot, assessments, lot.ranking(assessments, plan)) == before


def is_first(lot, supplier, ranking):
    """Whether a bid stands on a place that wins, without a tie at the border."""
    if supplier in ranking.tied_at_border:
        return False
    return any(s.supplier == supplier and s.status in (Status.RANKED, Status.PROVISIONAL) for s in ranking.leaders)


SHARES = [{"id": i, "text": i, "score": Decimal(s)} for i, s in (("a", "0"), ("b", "0.25"), ("c", "0.5"), ("d", "1"))]


@st.composite
def narrow_lots(draw, models=(*ABSOLUTE, *RELATIVE, *SEVERAL), modes=("award", "dialogue", "dialogue")):
    """A lot in which claims and weights matter: plain questions, much N/A, some of it inherited, minima, close bids."""
    asked = []
    for n in range(draw(st.integers(3, 7))):
        question = writing.question(f"Q{n}", "choice", options=SHARES)
        question.pop("score", None)
        if draw(st.booleans()):
            question["not_applicable"] = ["other"]
        if n and draw(strategies.rarely):
            question["enable_when"] = {"question": f"Q{draw(st.integers(0, n - 1))}", "answered": True}
        asked.append(question)
    split = draw(st.integers(1, len(asked) - 1))
    document = writing.questionnaire(
        sections=[
            {"id": "s1", "title": "One", "questions": asked[:split]},
            {"id": "s2", "title": "Two", "questions": asked[split:]},
        ]
    )
    profile = writing.profile(document, draw(st.sampled_from(modes)))
    for level in ("section_weights", "question_weights"):
        profile[level]["weights"] = {id_: draw(st.sampled_from([1, 2, 3, 5])) for id_ in profile[level]["weights"]}
    profile["not_applicable"] = {"cap": draw(st.sampled_from([Decimal(1), Decimal("0.5"), Decimal("0.3"), Decimal(0)]))}
    if draw(strategies.rarely):
        profile["minima"] = {"total": draw(st.sampled_from([10, 30])), "sections": {"s1": Decimal("0.25")}}
    if conditional := [q["id"] for q in asked if "enable_when" in q]:
        profile["accepted_conditions"] = conditional
    responses, prices = {}, {}
    for name in ["a", "b", "c", "d"][: draw(st.integers(2, 4))]:
        answers, claims = {}, {}
        for question in asked:
            if question["not_applicable"] and draw(st.booleans()):
                claims[question["id"]] = "other"
            else:
                worth = ["c", "d", "d"] if name == "a" else ["a", "b", "b", "c", "d"]
                answers[question["id"]] = draw(st.sampled_from(worth))
        responses[name] = writing.response(document, answers, not_applicable=claims)
        prices[name] = draw(st.sampled_from(["70", "80", "85"] if name == "a" else ["80", "90", "100", "120"]))
    actions = st.sampled_from(["confirm", "reject", "approve", "refuse"])
    reviews = [
        entry(n, draw(st.sampled_from(asked))["id"], draw(actions), draw(st.sampled_from(["Ada", "Bo"])))
        for n in range(draw(st.sampled_from([0, 0, 2, 4])))
    ]
    tie_rule = draw(st.sampled_from(TIES))
    return lot_of(
        document, profile, responses, prices, draw(st.sampled_from(models)), tie_rule=tie_rule, reviews={"a": reviews}
    )


def entry(number, question, action, person):
    """A review entry on one question."""
    plain = {"id": f"r{number}", "question": question, "action": action, "person": person, "role": "evaluator"}
    return plain | {"reason": "Seen.", "date": "2026-11-22"}
