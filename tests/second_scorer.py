"""The method a second time, from sections 2 and 3 of the design alone, over plain documents and slowly."""

from __future__ import annotations

import calendar
import dataclasses
import datetime
from fractions import Fraction

E = {f"E{n}": n for n in range(5)}
LATER = {"equivalent", "dossier"}  # 3.3 they count once a review accepts them
MEASURES = ("claimed", "supported", "reviewed")
ANSWERED, NA, MISSING, NOT_ASKED, LEFT_OUT = "answered", "not_applicable", "missing", "not_asked", "left_out"


def as_date(text):
    try:
        return datetime.date.fromisoformat(text) if isinstance(text, str) and len(text) == len("2026-11-20") else None
    except ValueError:
        return None


def read(spec, raw):
    """The usable value; None for missing and for badly typed ones (3.2)."""
    type_, is_number = spec["type"], not isinstance(raw, bool | str | list | dict | None)
    if raw is None or raw == "":
        return None
    if type_ == "boolean":
        return raw if isinstance(raw, bool) else None
    if type_ == "choice":
        return raw if isinstance(raw, str) and raw in [o["id"] for o in spec["options"]] else None
    if type_ == "choices":
        exclusive = {o["id"]: o.get("exclusive", False) for o in spec["options"]}
        if not isinstance(raw, list) or any(not isinstance(i, str) or i not in exclusive for i in raw):
            return None
        alone = any(exclusive[i] for i in raw) and len(raw) > 1  # 3.2 an exclusive option excludes the others
        return None if alone or len(set(raw)) < len(raw) else raw
    if type_ in {"number", "percent"}:
        low, high = (0, 100) if type_ == "percent" else (spec.get("minimum", raw), spec.get("maximum", raw))
        fits = is_number and low <= raw <= high
        whole = fits and ("decimals" not in spec or (Fraction(raw) * 10 ** spec["decimals"]).denominator == 1)
        return Fraction(raw) if whole else None
    if type_ == "date":
        return raw if as_date(raw) else None
    return raw if isinstance(raw, str) else None


def compare(c, a):
    """2.1 one comparison with an answer that is there."""
    as_value = lambda x: x if isinstance(x, bool | str) else Fraction(x)  # noqa: E731
    tests = {
        "is": lambda x: a == as_value(x),
        "is_not": lambda x: a != as_value(x),
        "in": lambda x: a in [as_value(y) for y in x],
        "at_least": lambda x: a >= as_value(x),
        "at_most": lambda x: a <= as_value(x),
        "includes": lambda x: x in a,
        "answered": lambda _: True,
    }
    return next(tests[op](c[op]) for op in tests if op in c)


def kleene(c, leaf):
    """3.1 true, false or open (None), with the open comparisons in branches that are themselves open."""
    joint = next((j for j in ("all", "any", "not") if j in c), None)
    if joint is None:
        return leaf(c)
    parts = [kleene(part, leaf) for part in (c[joint] if joint != "not" else [c["not"]])]
    truths = [truth for truth, _ in parts]
    if joint == "not":
        truth = None if truths[0] is None else not truths[0]
    else:
        decides = joint == "any"
        truth = decides if decides in truths else None if None in truths else not decides
    return truth, set().union(*(causes for own, causes in parts if own is None)) if truth is None else set()


def looks_at(c):
    parts = c.get("all", []) + c.get("any", []) + ([c["not"]] if "not" in c else [])
    return {c["question"]} if "question" in c else set().union(*map(looks_at, parts))


def worth(spec, rule, a):
    """2.1 the score of one answer or cell."""
    if a is None:
        return Fraction(0)
    if spec["type"] == "boolean":
        return Fraction(rule["true" if a else "false"])
    if spec["type"] in {"choice", "choices"} and rule != "share":
        own = rule["options"] if isinstance(rule, dict) else {o["id"]: o.get("score", 0) for o in spec["options"]}
        return min(Fraction(1), sum((Fraction(own[i]) for i in ([a] if isinstance(a, str) else a)), Fraction(0)))
    if rule == "share":
        offered = [o["id"] for o in spec["options"] if not o.get("exclusive")]
        return Fraction(sum(i in offered for i in a), len(offered))
    if "steps" in rule:  # 3.6 below the first 0
        return Fraction(([0] + [s for start, s in rule["steps"] if start <= a])[-1])
    points = [(Fraction(x), Fraction(s)) for x, s in rule["curve"]]
    below, above = [p for p in points if p[0] <= a], [p for p in points if p[0] > a]
    if not below or not above:
        return (below[-1:] or above[:1])[0][1]
    (x0, s0), (x1, s1) = below[-1], above[0]  # 3.6 of a doubled x the later s holds at and above it
    return s0 + (s1 - s0) * (a - x0) / (x1 - x0)


def row_leaf(cells):
    def leaf(c):
        a = cells.get(c["column"])
        return (None, set()) if a is None else (compare(c, a), set())

    return leaf


def read_table(q, rule, raw):
    """3.4 the rows as (key, cells, v, weight); None where the table is missing."""
    if not isinstance(raw, list) or not raw:
        return None
    columns, rows = {c["id"]: c for c in q["columns"]}, []
    keys = [str(row.get(q["key"])).casefold() for row in raw]
    for row, key in zip(raw, keys, strict=True):
        cells = {id_: read(column, row.get(id_)) for id_, column in columns.items()}
        needed = {id_ for id_, c in columns.items() if c.get("required")} | {q["key"], q.get("weight", q["key"])}
        bad = any(cells[i] is None for i in needed) or keys.count(key) > 1
        bad = bad or any(cells[i] is None and row.get(i) not in (None, "") for i in columns)
        if bad or rule == "unscored":
            v = Fraction(0)
        elif "rows" in rule:  # 2.1 the first that is true scores the row; none: 0
            v = next((Fraction(s) for c, s in rule["rows"] if kleene(c, row_leaf(cells))[0]), Fraction(0))
        else:
            v = worth(columns[rule["column"]], rule["rule"], cells[rule["column"]])
        rows.append((cells[q["key"]], cells, v, cells.get(q.get("weight"))))
    if q.get("weight") and columns[q["weight"]]["type"] != "percent":
        weights = [row[3] for row in rows]  # without a weight the others cannot be weighed; Σ a = 0 is a problem
        return None if None in weights or not sum(weights) else rows
    return rows


def aggregate(q, lines, pairs):
    """3.4 the (value, s) of rows to one value; of a question that is no table, its own."""
    products = [value * s for value, s in pairs]
    if q["type"] != "table":
        return products[0]
    if "aggregate" not in q or q["aggregate"] == "worst":
        return min(products)
    if q["aggregate"] == "mean":
        return sum(products) / len(lines)
    if q["aggregate"] == "share":  # laws: rows at full value, each times its s
        return sum((s for value, s in pairs if value == 1), Fraction(0)) / len(lines)
    weights = [line.weight or Fraction(0) for line in lines]
    is_percent = any(c["type"] == "percent" for c in q["columns"] if c["id"] == q["weight"])
    divisor = max(Fraction(100), sum(weights)) if is_percent else sum(weights)
    return sum(a * b for a, b in zip(weights, products, strict=True)) / divisor if divisor else Fraction(0)


def is_valid(document, rule, day):
    """3.3 issued ≤ day ≤ the earlier of expires and issued + valid_months, clipped to the month's end."""
    issued, expires = as_date(document.get("issued")), as_date(document.get("expires"))
    if (issued and issued > day) or (expires and day > expires):
        return False
    if "valid_months" in rule:
        if not issued:
            return False
        year, month = divmod(issued.year * 12 + issued.month - 1 + rule["valid_months"], 12)
        last = calendar.monthrange(year, month + 1)[1]
        return day <= datetime.date(year, month + 1, min(issued.day, last))
    return True


def effect(entry, claim):
    """3.8 what an entry makes of a claim."""
    return {"adjust": Fraction(entry.get("value", 0)), "reject": Fraction(0)}.get(entry["action"], claim)


def standing(entries, value_of):
    """3.8 the entry that stands and whether persons differ: the latest of each person, the lowest of them, or the
    moderation while it is the last word."""
    if not entries or entries[-1].get("moderate"):
        return (entries[-1] if entries else None), False
    latest = list({entry["person"]: entry for entry in entries}.values())
    return min(latest, key=value_of), len({value_of(entry) for entry in latest}) > 1


@dataclasses.dataclass
class Line:
    """An answer, or one row of a table: its cells, claim, weight, s, valid equivalents and standing entry."""

    key: object
    cells: dict
    claim: Fraction
    weight: Fraction | None
    s: Fraction = Fraction(0)
    equivalents: tuple = ()
    entry: dict | None = None


class Second:
    """One bid in one lot."""

    def __init__(self, questionnaire, profile, response, day, lot, reviews):
        self.profile, self.response, self.day, self.reviews = profile, response, day, reviews
        self.sections, self.lot, self.lot_id = questionnaire["sections"], lot or {}, lot["id"] if lot else None
        self.by_id = {q["id"]: q for s in self.sections for q in s["questions"]}
        self.rules = {id_: profile.get("scores", {}).get(id_, q.get("score")) for id_, q in self.by_id.items()}
        self.kinds = {k["id"]: E[k["grade"]] for k in questionnaire["evidence_kinds"]}
        self.documents = [d for d in response.get("evidence", []) if d.get("lot", self.lot_id) == self.lot_id]
        self.declared, self.award = int("declaration" in response), profile["evidence_mode"] == "award"
        self.states, self.answers, self.causes, self.stays, self.approval = {}, {}, {}, {}, {}
        self.values, self.after, self.unsettled = {m: {} for m in MEASURES}, {}, False
        for section in self.sections:
            for q in section["questions"]:
                self.states[q["id"]] = self.state(section["id"], q)
        for id_, q in self.by_id.items():
            if self.states[id_] == NA:
                self.approval[id_] = self.approved(q)
            elif self.states[id_] == ANSWERED:
                self.review(q)

    def is_scored(self, id_):
        return self.by_id[id_].get("score") != "unscored"

    def weighs(self, id_):
        """Whether a score hangs on a question: it is scored and has a weight."""
        own = self.profile.get("lots", {}).get(self.lot_id, {})
        weights = own.get("question_weights", self.profile["question_weights"])["weights"]
        return self.is_scored(id_) and Fraction(weights[id_]) > 0

    def leaf(self, c):
        """3.1 one comparison."""
        if "question" not in c:
            have, want = (self.lot_id, c["lot"]) if "lot" in c else (self.response["supplier"].get("role"), c["role"])
            return have is not None and have in ([want] if isinstance(want, str) else want), set()
        state = self.states[c["question"]]
        if state == ANSWERED:
            return compare(c, self.answers[c["question"]]), set()
        return (False, set()) if state == NOT_ASKED else (None, {c["question"]})

    def is_tainted(self, id_):
        """3.1 its condition looks, directly or through other conditions, at a scored question."""
        looked_at = looks_at(self.by_id[id_].get("enable_when", {}))
        return any(self.is_scored(x) or self.is_tainted(x) for x in looked_at)

    def state(self, section, q):
        """3.1, top to bottom."""
        id_, lot, condition = q["id"], self.lot, q.get("enable_when")
        named = "sections" in lot or "questions" in lot  # 2.3 all, or the named ones, less those in without
        chosen = not named or section in lot.get("sections", ()) or id_ in lot.get("questions", ())
        if not chosen or {section, id_} & set(lot.get("without", ())):
            return LEFT_OUT
        if any(self.states[x] == LEFT_OUT for x in looks_at(condition or {})):
            return LEFT_OUT
        truth, causes = kleene(condition, self.leaf) if condition else (True, set())
        if truth is None:  # like its causes; both: missing
            self.causes[id_] = causes
            return NA if all(self.states[x] == NA for x in causes) else MISSING
        if truth:
            return self.own_state(q)
        self.stays[id_] = self.is_tainted(id_) and not condition.get("when_false")
        return NOT_ASKED

    def own_state(self, q):
        """3.2 what the bid itself says."""
        id_, r, lot = q["id"], self.response, self.lot_id
        own = [r.get("lot_answers", {}).get(lot, {}), r.get("lot_not_applicable", {}).get(lot, {})]
        is_own = any(said.get(id_) not in (None, "") for said in own)
        both = own if is_own else [r.get("answers", {}), r.get("not_applicable", {})]
        raw, claim = (said.get(id_) for said in both)
        is_table = q["type"] == "table"
        is_empty = raw is None or raw == "" or (is_table and raw == [])
        if claim:  # N/A together with an answer, or with an unlisted reason: missing
            return NA if is_empty and claim in (q["not_applicable"] or ()) else MISSING
        if raw == [] and q.get("empty") == "not_applicable":
            return NA
        self.answers[id_] = read_table(q, self.rules[id_], raw) if is_table else read(q, raw)
        return MISSING if self.answers[id_] is None else ANSWERED

    def covering(self, q, target):
        """3.3 the valid documents of accepted kinds that name the question, or in a table (3.4) the row."""
        rule = q.get("evidence", {})
        accepts = {*rule.get("accepts", self.kinds), "equivalent"}
        naming = [d for d in self.documents if target in d["supports"] and d["kind"] in self.kinds]
        return [d for d in naming if d["kind"] in accepts and is_valid(d, rule, self.day)]

    def support(self, q, documents):
        """3.3 s: the lower of the stated grade and the kind's ceiling, the best of these, against the minimum."""
        plain = [d for d in documents if d["kind"] not in LATER]
        grade = max([self.declared] + [min(E[d["grade"]], self.kinds[d["kind"]]) for d in plain])
        if grade >= E[q.get("evidence", {}).get("minimum", "E1")]:
            return Fraction(1)
        return Fraction(0) if self.award else (Fraction(0), Fraction(1, 2), Fraction(4, 5), Fraction(1))[grade]

    def entries(self, q, row, claim, equivalents):
        """3.8 the entries on a question or row that act; any other use is refused and as if absent."""
        id_, found = q["id"], []
        for e in self.reviews:
            if (e["question"], e.get("row")) != (id_, row) or e.get("lot", self.lot_id) != self.lot_id:
                continue
            action, is_na = e["action"], self.states[id_] == NA
            if not e.get("reason") or is_na != (action in {"approve", "refuse"}):
                continue
            if action == "adjust":
                has_document = any(d["id"] == e.get("document") for d in self.documents)
                if "value" not in e or not self.is_scored(id_) or not (e["value"] <= claim or has_document):
                    continue
            if action == "accept-equivalent" and not equivalents:
                continue
            found.append(e)
        return found

    def approved(self, q):
        """3.5 what the review said of an N/A; an inherited one takes no entry of its own."""
        if q["id"] in self.causes:
            said = {self.approval[x] for x in self.causes[q["id"]]}
            return "refuse" if "refuse" in said else "approve" if said == {"approve"} else None
        entry, differ = standing(self.entries(q, None, None, ()), lambda e: e["action"] == "approve")
        self.unsettled = self.unsettled or differ
        return entry and entry["action"]

    def review(self, q):
        """3.3, 3.4, 3.8 the three values of an answered question, and its s after review."""
        id_, is_table, answer = q["id"], q["type"] == "table", self.answers[q["id"]]
        claim = Fraction(0) if is_table or not self.is_scored(id_) else worth(q, self.rules[id_], answer)
        lines = [Line(*row) for row in answer] if is_table else [Line(None, {}, claim, None)]
        rank = lambda value, e: (value, self.has_gate(id_) and e["action"] != "reject")  # noqa: E731
        for line in lines:
            target = id_ if not is_table else None if line.key is None else f"{id_}/{line.key}"
            documents = self.covering(q, target)
            line.s = self.support(q, documents)
            line.equivalents = tuple(d["id"] for d in documents if d["kind"] in LATER)
            if is_table and line.key is not None:
                acting = self.entries(q, line.key, line.claim, line.equivalents)
                line.entry, differ = standing(acting, lambda e, c=line.claim: rank(effect(e, c), e))
                self.unsettled = self.unsettled or differ
        claimed = aggregate(q, lines, [(line.claim, Fraction(1)) for line in lines])
        acting = self.entries(q, None, claimed, any(line.equivalents for line in lines))
        entry, differ = standing(acting, lambda e: rank(self.reviewed(q, lines, e)[0], e))
        value, s = self.reviewed(q, lines, entry)
        rejected = any(e and e["action"] == "reject" for e in [entry, *(line.entry for line in lines)])
        accept = {"action": "accept-equivalent"}  # 3.3 unsettled where accepting it would change a score (or a gate)
        accepted, s_accepted = self.reviewed(q, lines, accept)
        gates = []
        for each in (s_accepted, s):
            self.after[id_] = (rejected, all(each))
            gates.append(self.gate(q) if self.has_gate(id_) else None)
        waits = entry is None and (gates[0] != gates[1] or (self.weighs(id_) and accepted != value))
        self.unsettled = self.unsettled or differ or waits
        supported = aggregate(q, lines, [(line.claim, line.s) for line in lines])
        if self.is_scored(id_):
            for measure, found in zip(MEASURES, (claimed, supported, value), strict=True):
                self.values[measure][id_] = found

    def reviewed(self, q, lines, entry):
        """3.8 the value under an entry on the question (or none), and the s of each line."""
        action, pairs, s = entry and entry["action"], [], []
        for line in lines:
            if line.entry:
                s.append(Fraction(line.entry["action"] != "reject"))
                pairs.append((effect(line.entry, line.claim), Fraction(1)))
            else:
                raised = action == "confirm" or (action == "accept-equivalent" and line.equivalents)
                s.append(Fraction(1) if raised else line.s)
                pairs.append((line.claim, s[-1]))
        value = aggregate(q, lines, pairs)
        if action in {"adjust", "reject"}:  # beside entries on rows the lower of the two stands
            own = effect(entry, None)
            return (min(own, value) if any(line.entry for line in lines) else own), s
        return value, s

    def sums(self, measure, weights, *, conservative):
        """3.5 section values and total, or null."""
        cap, sections = Fraction(self.profile.get("not_applicable", {}).get("cap", 1)), {}
        for section in self.sections:
            total = left = points = Fraction(0)
            for id_ in [q["id"] for q in section["questions"] if self.is_scored(q["id"])]:
                state, weight = self.states[id_], weights(id_)
                if state == LEFT_OUT or (state == NOT_ASKED and not self.stays[id_]):
                    continue
                total += weight
                points += weight * self.values[measure].get(id_, 0)
                if state == NA and not conservative and self.leaves(id_, measure):
                    left += weight
            divisor = total - min(left, cap * total)
            sections[section["id"]] = points / divisor if divisor else None
        return sections

    def leaves(self, id_, measure):
        """3.5 whether an N/A leaves the sums of a measure."""
        said = self.approval[id_]
        if measure == "claimed" or (measure == "supported" and not self.award):
            return True
        return said == "approve" if self.award else said != "refuse"

    def has_gate(self, id_):
        setting = self.profile.get("gates", {}).get(id_, "on")
        return setting != "off" and ("gate" in self.by_id[id_] or isinstance(setting, dict))

    def gate(self, q):
        """3.7 pass, fail or unknown."""
        id_, setting = q["id"], self.profile.get("gates", {}).get(q["id"], "on")
        if self.states[id_] != ANSWERED:
            return "unknown"
        conditions = [c for c in (q.get("gate"), setting) if isinstance(c, dict)]
        truths = [self.truth(c, self.answers[id_]) for c in conditions]
        rejected, supported = self.after[id_]
        if rejected or False in truths:
            return "fail"
        return "unknown" if None in truths or (self.award and not supported) else "pass"

    def truth(self, c, answer):
        if "every_row" not in c:
            return kleene(c, lambda one: (compare(one, answer), set()))[0]
        rows = [kleene(c["every_row"], row_leaf(row[1]))[0] for row in answer]
        return False if False in rows else None if None in rows else True

    def result(self):
        """The shape of ``writing.plain``."""
        own = self.profile.get("lots", {}).get(self.lot_id, {})
        level = lambda key: own.get(key, self.profile[key])["weights"]  # noqa: E731
        asked = [id_ for id_, state in self.states.items() if state != LEFT_OUT]
        shown = {s["id"] for s in self.sections if any(q["id"] in asked for q in s["questions"])}
        out = {"states": self.states, "sections": {}, "totals": {}, "gates": {}, "minima": {}}
        for measure in MEASURES:
            out[measure] = {id_: self.values[measure].get(id_) for id_ in asked if self.is_scored(id_)}
            for suffix in ("", "_conservative"):
                weights = lambda id_: Fraction(level("question_weights")[id_])  # noqa: E731
                sections = self.sums(measure, weights, conservative=bool(suffix))
                pairs = [(Fraction(level("section_weights")[i]), v) for i, v in sections.items() if v is not None]
                divisor = sum(w for w, _ in pairs)
                out["totals"][measure + suffix] = 100 * sum(w * v for w, v in pairs) / divisor if divisor else None
                out["sections"][measure + suffix] = {i: v for i, v in sections.items() if i in shown}
        for id_, q in self.by_id.items():
            if self.has_gate(id_) and self.states[id_] not in {
                LEFT_OUT,
                NOT_ASKED,
            }:  # 3.7 a question not asked has no gate
                out["gates"][id_] = self.gate(q)
        minima = self.profile.get("minima", {})
        reached = {"total": out["totals"]["reviewed"]} | out["sections"]["reviewed"]
        limits = minima.get("sections", {}) | ({"total": minima["total"]} if "total" in minima else {})
        scoring = {s["id"] for s in self.sections for q in s["questions"] if q["id"] in out["claimed"]} | {"total"}
        for name, limit in limits.items():
            if name in scoring:  # a section in which the lot scores nothing has no minimum
                found = reached[name]
                out["minima"][name] = "unknown" if found is None else "pass" if found >= limit else "fail"
        out["incomplete"] = MISSING in self.states.values()
        out["unsettled"] = self.unsettled
        return out


def second_score(questionnaire, profile, response, *, day, lot=None, reviews=()):
    """Score plain documents."""
    return Second(questionnaire, profile, response, day, lot, reviews).result()
