"""Whole valid cases as plain documents: questionnaire, profile, response, day, lot and review."""

from __future__ import annotations

import dataclasses
import datetime
from decimal import Decimal

import writing
from hypothesis import strategies as st

DAY = datetime.date(2026, 11, 20)
SCORES = st.sampled_from([Decimal(x) for x in ("0", "0.25", "0.3", "0.5", "1")])
WEIGHTS = st.sampled_from([1, 2, 3, Decimal("0.5")])
NUMBERS = st.sampled_from([Decimal(x) for x in ("0", "5", "10", "12.5", "40", "60", "100")])
DATES = st.sampled_from(["2024-02-29", "2025-06-20", "2026-11-20"])
SEVERAL = ("a", "b", "c")
TYPES = ("boolean", "choice", "choices", "number", "percent", "date", "text", "table")
ISSUED = ["2024-11-20", "2024-11-30", "2026-08-31", "2026-11-19", "2026-11-20", "2026-11-21"]
EXPIRES = ["2026-11-19", "2026-11-20", "2027-01-01"]
REASONS = ("none-made", "other")
rarely = st.sampled_from([False, False, False, True])
seldom = st.sampled_from([False] * 9 + [True])


@dataclasses.dataclass(frozen=True)
class Case:
    questionnaire: dict
    profile: dict
    response: dict
    day: datetime.date
    lot: dict | None
    reviews: list


@st.composite
def rules(draw, type_):
    """The keys that a question or column of a type has besides its id: form and scoring rule."""
    if type_ == "boolean":
        return {"score": {"true": draw(SCORES), "false": draw(SCORES)}}
    if type_ == "choice":
        return {"options": [{"id": i, "text": i, "score": draw(SCORES)} for i in SEVERAL]}
    if type_ == "choices":
        rule = draw(st.sampled_from(["share", "sum"]))
        own = dict if rule == "share" else (lambda: {"score": draw(SCORES)})
        options = [{"id": i, "text": i} | own() for i in SEVERAL]
        if draw(st.booleans()):
            options[-1]["exclusive"] = True
        return {"options": options, "score": rule}
    if type_ in {"number", "percent"}:
        form = {"unit": "pieces", "decimals": 1, "minimum": 0, "maximum": 100} if type_ == "number" else {}
        if draw(st.booleans()):
            starts = sorted(draw(st.sets(NUMBERS, min_size=1, max_size=3)))
            return form | {"score": {"steps": [[x, draw(SCORES)] for x in starts]}}
        points = sorted(draw(st.sets(NUMBERS, min_size=2, max_size=4)))
        points = sorted([*points, draw(st.sampled_from(points))] if draw(rarely) else points)
        return form | {"score": {"curve": [[x, draw(SCORES)] for x in points]}}
    if type_ == "date":
        return {"score": {"steps": [[x, draw(SCORES)] for x in sorted(draw(st.sets(DATES, min_size=1)))]}}
    return {"score": "unscored"}


def comparisons(type_):
    """One comparison that a type can answer."""
    values = {
        "boolean": st.booleans(),
        "choice": st.sampled_from(SEVERAL),
        "number": NUMBERS,
        "percent": NUMBERS,
        "date": DATES,
        "text": st.sampled_from(["x", "y"]),
    }
    answered = st.just({"answered": True})
    if type_ == "choices":
        return answered | st.fixed_dictionaries({"includes": st.sampled_from(SEVERAL)})
    if type_ not in values:
        return answered
    found = [answered] + [st.fixed_dictionaries({op: values[type_]}) for op in ("is", "is_not")]
    found.append(st.fixed_dictionaries({"in": st.lists(values[type_], min_size=1, max_size=2, unique=True)}))
    if type_ in {"number", "percent", "date"}:
        found += [st.fixed_dictionaries({op: values[type_]}) for op in ("at_least", "at_most")]
    return st.one_of(found)


@st.composite
def trees(draw, leaves, depth=2):
    """``all``, ``any`` and ``not`` over leaves."""
    form = draw(st.sampled_from(["leaf", "leaf", "all", "any", "not"])) if depth else "leaf"
    if form == "leaf":
        return draw(leaves)
    inner = trees(leaves, depth - 1)
    return {form: draw(inner) if form == "not" else draw(st.lists(inner, min_size=1, max_size=3))}


def about(subject, by_type):
    """Leaves about questions or columns, given the type of each."""
    return st.sampled_from(sorted(by_type)).flatmap(
        lambda id_: comparisons(by_type[id_]).map(lambda comparison: {subject: id_} | comparison)
    )


def row_conditions(columns):
    return trees(about("column", {c["id"]: c["type"] for c in columns}), 1)


@st.composite
def tables(draw):
    """The keys of a table."""
    type_ = draw(st.sampled_from(TYPES[:-1]))
    inner = draw(rules(type_))
    rule = inner.pop("score", "options")
    aggregate = draw(st.sampled_from(["weighted_share", "worst", "mean", "share"]))
    cell = {"id": "c", "text": "C", "type": type_} | inner | ({"required": True} if draw(st.booleans()) else {})
    columns = [{"id": "k", "text": "K", "type": "text"}, cell]
    found = {"columns": columns, "key": "k", "aggregate": aggregate}
    if aggregate == "weighted_share":
        weight = draw(st.sampled_from(["percent", "number"]))
        form = {"unit": "t", "minimum": 0} if weight == "number" else {}
        columns.append({"id": "w", "text": "W", "type": weight} | form)
        found["weight"] = "w"
    by_rows = rule == "unscored" or draw(rarely)
    if by_rows:
        if type_ == "choice":
            columns[1]["options"] = [{"id": i, "text": i} for i in SEVERAL]
        pairs = st.tuples(row_conditions(columns), SCORES).map(list)
        found["score"] = {"rows": draw(st.lists(pairs, min_size=1, max_size=3))}
    else:
        found["score"] = {"column": "c", "rule": rule}
    if draw(st.booleans()):
        found["empty"] = draw(st.sampled_from(["missing", "not_applicable"]))
    return found


@st.composite
def evidence_rules(draw):
    found = {}
    if draw(st.booleans()):
        found["minimum"] = draw(st.sampled_from(["E0", "E1", "E2", "E3", "E3", "E4"]))
    if draw(rarely):
        found["accepts"] = draw(st.sampled_from([["own"], ["certificate"], ["certificate", "dossier"], ["equivalent"]]))
    if draw(rarely):
        found["valid_months"] = draw(st.sampled_from([3, 12, 24]))
    return found


@st.composite
def conditions(draw, earlier):
    """When a question is asked."""
    leaves = st.sampled_from([{"lot": "l1"}, {"lot": ["l1", "l2"]}, {"role": "maker"}, {"role": ["maker", "reseller"]}])
    if earlier:
        others = about("question", {e["id"]: e["type"] for e in earlier})
        leaves = st.one_of(others, others, others, leaves)
    return draw(trees(leaves)) | ({"when_false": "leave"} if draw(rarely) else {})


@st.composite
def questions(draw, id_, earlier):
    """A question that may look at earlier ones."""
    type_ = draw(st.sampled_from(TYPES))
    more = draw(tables() if type_ == "table" else rules(type_))
    if draw(seldom):
        more = {key: more[key] for key in more if key not in {"aggregate", "weight"}} | {"score": "unscored"}
        if type_ == "choice":
            more["options"] = [{"id": i, "text": i} for i in SEVERAL]
    q = writing.question(id_, type_) | more
    if type_ == "percent":
        q.pop("unit", None)
    if type_ == "choice" and q.get("score") != "unscored":
        q.pop("score", None)
    if rule := draw(evidence_rules()):
        q["evidence"] = rule
    if draw(rarely) and type_ != "text":
        q["gate"] = draw(gates(q))
    elif draw(st.booleans()):
        q["not_applicable"] = draw(st.sampled_from([["other"], list(REASONS)]))
    if draw(st.booleans()):
        q["enable_when"] = draw(conditions(earlier))
    return q


def gates(q):
    """A condition on the own answer."""
    if q["type"] != "table":
        return trees(comparisons(q["type"]), 1)
    return row_conditions(q["columns"]).map(lambda c: {"every_row": c})


def good(spec):
    """A usable answer."""
    if spec["type"] == "choices":
        alone = [o["id"] for o in spec["options"] if o.get("exclusive")]
        ticked = st.lists(st.sampled_from([i for i in SEVERAL if i not in alone]), unique=True)
        return ticked | st.just(alone) if alone else ticked
    return {
        "boolean": st.booleans(),
        "choice": st.sampled_from(SEVERAL),
        "number": NUMBERS,
        "percent": NUMBERS | st.just(Decimal("33.3")),
        "date": DATES,
        "text": st.sampled_from(["x", "y"]),
    }[spec["type"]]


BAD = {
    "boolean": ["yes", 1],
    "choice": ["z", True, ["a"]],
    "choices": ["a", ["a", "a"], ["a", "z"], ["a", "b", "c"]],
    "number": ["5", Decimal("0.25"), 101, -1, True],
    "percent": ["5", 101, -1],
    "date": ["2026-02-30", "20261120", 5],
    "text": [5, True],
    "table": ["x", 5, {}],
}


@st.composite
def rows_of(draw, q):
    """The rows of a table: keys now and then repeated or lacking, cells now and then absent or bad."""
    by_id, rows = {c["id"]: c for c in q["columns"]}, []
    for key in draw(st.lists(st.sampled_from(["R1", "R2", "R3"]), max_size=3, unique=True)):
        row = {"k": key}
        if draw(seldom):
            row["k"] = draw(st.sampled_from(["R1", "r1", None, 5]))
        for id_ in sorted(set(by_id) - {"k"}):
            how = draw(st.sampled_from(["good"] * 8 + ["absent", "bad"]))
            if how != "absent":
                choice = good(by_id[id_]) if how == "good" else st.sampled_from(BAD[by_id[id_]["type"]])
                row[id_] = draw(choice)
        rows.append(row)
    return rows


@st.composite
def answers(draw, q):
    """An answer, mostly a usable one."""
    if draw(seldom):
        return draw(st.sampled_from([None, "", *BAD[q["type"]]]))
    return draw(rows_of(q) if q["type"] == "table" else good(q))


@st.composite
def said(draw, asked, ids):
    """Answers and N/A of some questions."""
    found, claims = {}, {}
    for q in asked:
        if q["id"] not in ids:
            continue
        claims_often = ["claim"] * 6 if q["not_applicable"] else []
        how = draw(st.sampled_from(["answer"] * 6 + claims_often + ["claim", "both", "nothing"]))
        if how in {"answer", "both"}:
            found[q["id"]] = draw(answers(q))
        if how in {"claim", "both"}:
            claims[q["id"]] = draw(st.sampled_from(q["not_applicable"] or REASONS) | st.sampled_from(REASONS))
    return found, claims


def targets(q):
    """What a document or an entry may name: the question, in tables its rows too."""
    rows = ["R1", "R2", "R3"] if q["type"] == "table" else []
    return st.sampled_from([None, *rows, *rows])


@st.composite
def documents(draw, id_, asked):
    found = {
        "id": id_,
        "title": "Paper",
        "kind": draw(st.sampled_from(["own", "certificate", "certificate", "equivalent", "dossier"])),
        "grade": draw(st.sampled_from(["E0", "E1", "E2", "E3", "E3", "E4"])),
        "file": f"evidence/{id_}.pdf",
        "sha256": writing.ZERO,
        "supports": [],
    }
    for q in draw(st.lists(st.sampled_from(asked), min_size=1, max_size=4, unique_by=lambda q: q["id"])):
        row = draw(targets(q))
        found["supports"].append(q["id"] if row is None else f"{q['id']}/{row}")
    for key, days in (("issued", ISSUED), ("expires", EXPIRES)):
        if draw(st.booleans()):
            found[key] = draw(st.sampled_from(days))
    return found


@st.composite
def entries(draw, number, asked, date):
    q = draw(st.sampled_from(asked))
    row = draw(targets(q))
    actions = ["confirm", "adjust", "reject", "accept-equivalent"] * 2 + ["approve", "refuse"]
    if q["not_applicable"] and draw(st.booleans()):
        actions, row = ["approve", "refuse"], None
    found = {
        "id": f"r{number}",
        "question": q["id"],
        "action": draw(st.sampled_from(actions)),
        "person": draw(st.sampled_from(["Ada", "Bo", "Cy"])),
        "role": draw(st.sampled_from(["evaluator", "auditor", "monitor"])),
        "reason": "Seen.",
        "date": date,
    }
    if row is not None:
        found["row"] = row
    if found["action"] == "adjust":
        found["value"] = draw(SCORES)
        if draw(st.booleans()):
            found["document"] = draw(st.sampled_from(["e0", "e1", "e2"]))
    if draw(seldom):
        found["lot"] = draw(st.sampled_from(["l1", "l2"]))
    if draw(rarely):
        found["moderate"] = True
    return found


@st.composite
def overrides(draw, asked):
    """Another rule for some questions, and settings of gates."""
    scores, settings = {}, {}
    for q in asked:
        is_plain = q.get("score") != "unscored" and q["type"] not in {"table", "choice", "choices"}
        if draw(seldom) and is_plain:
            scores[q["id"]] = draw(rules(q["type"]))["score"]
        elif draw(seldom) and q["type"] in {"choice", "choices"} and q.get("score") != "unscored":
            scores[q["id"]] = {"options": {i: draw(SCORES) for i in SEVERAL}}
        if "gate" in q and draw(st.booleans()):
            settings[q["id"]] = draw(st.sampled_from(["on", "off"]) | gates(q))
        elif draw(seldom) and q["type"] != "text" and not q["not_applicable"]:
            settings[q["id"]] = draw(gates(q))
    return ({"scores": scores} if scores else {}) | ({"gates": settings} if settings else {})


@st.composite
def profiles(draw, document, asked, lot):
    mode = draw(st.sampled_from(["award", "dialogue"]))
    found = writing.profile(document, mode) | draw(overrides(asked))
    for level in ("section_weights", "question_weights"):
        found[level]["weights"] = {id_: draw(WEIGHTS) for id_ in found[level]["weights"]}
    by_section = [[q for q in s["questions"] if q.get("score") != "unscored"] for s in document["sections"]]
    if lot is None and draw(rarely):  # a weight of 0 beside others
        for scored in by_section:
            for q in scored[1:]:
                found["question_weights"]["weights"][q["id"]] = draw(st.sampled_from([0, 1]))
    if lot is not None and draw(rarely):
        weights = {id_: draw(WEIGHTS) for id_ in found["question_weights"]["weights"]}
        found["lots"] = {"l1": {"question_weights": {"kind": "parts", "weights": weights}}}
    if draw(st.booleans()):
        found["not_applicable"] = {"cap": draw(SCORES)}
    if draw(st.booleans()):
        limits = {s["id"]: draw(SCORES) for s, scored in zip(document["sections"], by_section, strict=True) if scored}
        found["minima"] = {"total": draw(NUMBERS)} | ({"sections": limits} if limits else {})
    if draw(rarely):
        found["incomplete"] = draw(st.sampled_from(["score", "exclude"]))
    found["accepted_conditions"] = [q["id"] for q in asked if "enable_when" in q and q.get("score") != "unscored"]
    if not found["accepted_conditions"]:
        del found["accepted_conditions"]
    return found


@st.composite
def lots(draw, document, asked):
    if draw(st.booleans()):
        return None
    lot = {"id": "l1"}
    ids = st.sampled_from([q["id"] for q in asked])
    if draw(rarely):
        lot["sections"] = draw(
            st.lists(st.sampled_from([s["id"] for s in document["sections"]]), max_size=2, unique=True)
        )
        lot["questions"] = draw(st.lists(ids, max_size=3, unique=True))
    if draw(rarely):
        lot["without"] = draw(st.lists(ids, max_size=2, unique=True))
    return lot


def asks_something_scored(document, lot):
    """Whether anything scored is left in a lot, conditions on what it leaves out aside."""
    lot = lot or {}
    for section in document["sections"]:
        for q in section["questions"]:
            is_in = "sections" not in lot or section["id"] in lot["sections"] or q["id"] in lot["questions"]
            free = "enable_when" not in q or not lot.keys() & {"sections", "without"}
            if is_in and free and q["id"] not in lot.get("without", ()) and q.get("score") != "unscored":
                return True
    return False


@st.composite
def responses(draw, document, asked, lot):
    found, claims = draw(said(asked, {q["id"] for q in asked}))
    response = writing.response(document, found, not_applicable=claims)
    if lot is not None:
        response |= {"tender": "t", "lots": ["l1"]}
        if draw(rarely):
            ids = draw(st.sets(st.sampled_from([q["id"] for q in asked]), max_size=2))
            own, own_claims = draw(said(asked, ids))
            response |= {"lot_answers": {"l1": own}, "lot_not_applicable": {"l1": own_claims}}
    response["evidence"] = [draw(documents(f"e{n}", asked)) for n in range(draw(st.integers(0, 3)))]
    if lot is not None and response["evidence"] and draw(rarely):
        response["lots"].append("l2")
        response["evidence"][0]["lot"] = draw(st.sampled_from(["l1", "l2"]))
    if draw(rarely):
        response["supplier"] = {"name": "Testphone"} | draw(st.sampled_from([{}, {"role": "maker"}]))
    if draw(seldom):
        del response["declaration"]
    return response


@st.composite
def cases(draw):
    """A whole case."""
    asked = []
    for n in range(1, draw(st.integers(1, 6)) + 1):
        asked.append(draw(questions(f"Q{n}", list(asked))))
    split = draw(st.integers(1, len(asked)))
    sections = [{"id": "s1", "title": "One", "questions": asked[:split]}]
    if asked[split:]:
        sections.append({"id": "s2", "title": "Two", "questions": asked[split:]})
    if all(q.get("score") == "unscored" for q in asked):
        asked[0].clear()
        asked[0].update(writing.question("Q1"))
        for q in asked[1:]:
            q.pop("enable_when", None)
    document = writing.questionnaire(sections=sections)
    lot = draw(lots(document, asked))
    if not asks_something_scored(document, lot):
        lot = None
    dates = sorted(
        draw(
            st.lists(
                st.sampled_from(["2026-11-21", "2026-11-22", "2026-11-23"]),
                min_size=draw(st.sampled_from([0, 3, 6])),
                max_size=8,
            )
        )
    )
    return Case(
        questionnaire=document,
        profile=draw(profiles(document, asked, lot)),
        response=draw(responses(document, asked, lot)),
        day=DAY,
        lot=lot,
        reviews=[draw(entries(n, asked, date)) for n, date in enumerate(dates)],
    )
