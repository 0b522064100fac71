"""Tenders of any size, written as folders: questions of every kind, and bids in every state that a report must show."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import writing

from selfassess.digests import digest_bytes
from selfassess.exchange import json_bytes, json_text
from selfassess.schemas import load_profile, load_questionnaire

STAGES = ("raw-material", "manufacturing", "delivery", "use", "repair", "reuse", "recycling")
TOPICS = ("environment", "circularity", "social", "security", "quality", "transparency")
PDF = b"%PDF-1.4\n%%EOF\n"
LONG_QUESTION = (
    "How do you make sure that the people who assemble the offered devices, and those who make their main parts, are "
    "paid in full and on time for every hour that they work?"
)


def question(number, ids, long):
    """The question with that number: kinds take turns, a few are gates, conditional, unscored or may not apply."""
    id_, kind = f"Q{number:03}", number % 8
    text = f"{LONG_QUESTION if long else 'How much of the work is checked'} ({number})?"
    more = {
        "text": text,
        "stages": [STAGES[number % 7], STAGES[(number + 3) % 7]] if number % 3 else [STAGES[number % 7]],
        "topics": [TOPICS[number % 6]] if number % 4 else [TOPICS[number % 6], TOPICS[(number + 1) % 6]],
        "evidence": {"minimum": f"E{1 + number % 3}"},
        "references": [{"instrument": "Directive 2014/24/EU", "item": "art. 67(3)", "confirmed": bool(number % 2)}],
        "not_applicable": ["none-made", "other"] if number % 5 == 4 else False,
    }
    options = [
        {"id": "none", "text": "None", "score": 0},
        {"id": "some", "text": "Some, and it is written down who checks what and when", "score": Decimal("0.35")},
        {"id": "all", "text": "All of it, by somebody independent, with the results in public", "score": 1},
    ]
    ticks = [{"id": f"t{n}", "text": f"Part {n} of the device"} for n in range(6)]
    if kind == 0:
        more["gate"] = {"is": True}
    if kind == 1 and number > 8:
        more["enable_when"] = {"question": ids[-1], "answered": True}
    made = {
        0: lambda: writing.question(id_, **more | {"not_applicable": False}),
        1: lambda: writing.question(id_, "choice", options=options, **more),
        2: lambda: writing.question(id_, "choices", options=ticks, score="share", **more),
        3: lambda: writing.question(id_, "number", score={"curve": [[0, 0], [500, 1]]}, **more),
        4: lambda: writing.question(
            id_, "percent", decimals=1, score={"steps": [[50, Decimal("0.5")], [90, 1]]}, **more
        ),
        5: lambda: table(id_, more),
        6: lambda: writing.question(id_, "text", score="unscored", **more),
        7: lambda: writing.question(id_, "date", score={"steps": [["2026-01-01", 1]]}, **more),
    }
    return made[kind]()


def table(id_, more):
    """A table of sites, scored by a column and weighted by another."""
    columns = [
        {"id": "site", "text": "Site", "type": "text"},
        {"id": "share", "text": "Share of the contract's volume", "type": "percent"},
        {"id": "level", "text": "Level of the last audit", "type": "choice", "options": [
            {"id": "a", "text": "Passed without findings", "score": 1},
            {"id": "b", "text": "Passed with findings", "score": Decimal("0.4")},
        ]},
        {"id": "note", "text": "Remarks", "type": "text"},
    ]  # fmt: skip
    rule = {"column": "level", "rule": "options"}
    return writing.question(
        id_, "table", columns=columns, key="site", aggregate="weighted_share", weight="share", score=rule, **more
    )


def document(questions, sections, *, long=True):
    """A questionnaire with so many questions in so many sections."""
    made, ids = [], []
    for number in range(questions):
        made.append(question(number, ids, long))
        ids.append(made[-1]["id"])
    size = -(-questions // sections)
    parts = [
        {"id": f"s{n}", "title": f"Section {n} of the questionnaire", "questions": made[n * size : n * size + size]}
        for n in range(sections)
    ]
    return writing.questionnaire(sections=[part for part in parts if part["questions"]])


def answer(kind, strength, rows):
    """An answer of a strength from 0 to 9."""
    names = [
        {
            "site": f"vn-{n:03}",
            "share": Decimal(100) / rows if 100 % rows == 0 else 0,
            "level": "ab"[(n + strength) % 2],
            "note": "Shift plans are kept for two years.",
        }
        for n in range(rows)
    ]
    return {
        "boolean": True,
        "choice": ("none", "some", "all")[min(2, strength // 3)],
        "choices": [f"t{n}" for n in range(min(6, strength))],
        "number": 50 * strength,
        "percent": Decimal(10 * strength),
        "text": "We keep a procedure in writing and train our staff once a year.",
        "date": "2026-03-01" if strength > 4 else "2025-03-01",
        "table": names,
    }[kind]  # fmt: skip


def bid(plain, number, *, rows=4, comment="", name=""):
    """A response of the bid with that number; some are weak, incomplete, or without evidence."""
    answers, claims, comments = {}, {}, {}
    questions = [q for section in plain["sections"] for q in section["questions"]]
    for at, asked in enumerate(questions):
        strength = (number * 7 + at * 3) % 10 if number % 9 else 8
        if number % 7 == 3 and at % 11 == 5:
            continue
        if asked["not_applicable"] and (number + at) % 6 == 0:
            claims[asked["id"]] = "none-made"
            continue
        answers[asked["id"]] = answer(asked["type"], strength, rows)
        if asked["type"] == "boolean" and number % 8 == 5:
            answers[asked["id"]] = False
        if comment and at % 3 == 0:
            comments[asked["id"]] = comment
    plain_ids = [q["id"] for q in questions if q["type"] != "table"]
    targets = [f"{q['id']}/vn-{n:03}" for q in questions if q["type"] == "table" for n in range(rows)]
    documents = [
        {"id": "e1", "title": "Certificate of the management system", "kind": "certificate", "grade": "E3",
         "file": "evidence/e1.pdf", "sha256": digest_bytes(PDF), "issuer": "Meridian Audit", "issued": "2026-01-02",
         "expires": "2026-11-01" if number % 5 == 2 else "2028-01-01", "supports": [*plain_ids[::2], *targets]},
        {"id": "e2", "title": "Our own procedure", "kind": "own", "grade": "E2", "file": "evidence/e2.pdf",
         "sha256": digest_bytes(PDF), "issued": "2026-02-02", "supports": plain_ids},
    ]  # fmt: skip
    return writing.response(
        plain,
        answers,
        not_applicable=claims,
        comments=comments,
        evidence=[] if number % 6 == 4 else documents,
        tender="large",
        lots=["all"],
        supplier={"name": name or f"Supplier {number} Ltd", "role": "maker", "country": "SE"},
    )


def write(folder, *, questions=98, sections=5, bids=8, rows=4, comment="", names=(), long=True, price=None, **more):
    """Write a tender's folder and return it: the last bid but one cannot be read, the last one has no price."""
    plain = document(questions, sections, long=long)
    loaded = writing.loaded(load_questionnaire, plain)
    place = folder / "questionnaires" / "test" / "1.0.0"
    place.mkdir(parents=True)
    (place / "questionnaire.yaml").write_text(json_text(plain), "utf-8")
    parts = [section["id"] for section in plain["sections"]]
    profile = writing.profile(plain, minima={"total": 20, "sections": {parts[0]: Decimal("0.1")}}, **more)
    (folder / "profile.yaml").write_text(json_text(profile), "utf-8")
    pins = {"questionnaire": writing.pin(plain), "profile": pin_of(profile)}
    tender = {
        "format": "selfassess/tender@1", "id": "large", "title": "Devices for a region of many towns",
        "buyers": [{"name": "City of Björkby", "country": "SE", "volume": 6000}],
        "deadline": "2026-11-20T12:00:00+01:00", **pins, "languages": ["en"], "disclosure": {"scores": "bidders"},
        "lots": [{"id": "all", "title": "All devices"}],
        "price": price or {"model": "deduction", "currency": "SEK", "vat": "excluded", "full_quality": 1200000},
        "tie_rule": ["quality"],
    }  # fmt: skip
    (folder / "tender.yaml").write_text(json_text(tender), "utf-8")
    prices = ["supplier,lot,price,currency"]
    for number in range(bids):
        name = f"bid-{number:02}"
        own = folder / "bids" / name
        (own / "evidence").mkdir(parents=True)
        own_name = names[number] if number < len(names) else ""
        response = bid(plain, 1 if number == 2 else number, rows=rows, comment=comment, name=own_name)
        raw = json_bytes(response)
        broken = bids > 3 and number == bids - 2
        (own / "response.json").write_bytes(raw[:300] if broken else raw)
        for document_ in response["evidence"]:
            (own / document_["file"]).write_bytes(PDF)
        if not (own / "evidence").iterdir():
            (own / "evidence").rmdir()
        if bids < 4 or number < bids - 2:
            prices.append(f"{name},all,{4000000 + 1000 * (1 if number == 2 else number)}.00,SEK")
    (folder / "prices.csv").write_text("\r\n".join(prices) + "\r\n", "utf-8")
    assert loaded.digest
    return folder


def pin_of(profile):
    """The pin of a plain profile."""
    return {"id": profile["id"], "version": profile["version"], "digest": writing.loaded(load_profile, profile).digest}


__all__ = ["date", "json", "write"]
