"""Small tenders on the disk: that of ``tests/problems/_base`` with as many bids, buyers and changes as a test needs."""

from __future__ import annotations

import json
import shutil

from test_problems import BASE, pin

SITES = [{"site": "vn-1", "share": 100, "visited": True}]
BEST = {
    "audited": True,
    "access": "unannounced",
    "sites": SITES,
    "cycles": 1600,
    "recycled": 60,
    "parts": ["battery", "display"],
    "since": "2025-09-01",
    "how": "By letter.",
}


def lay_out_tender(folder, bids, *, prices=None, tender=(), profile=(), questionnaire=()):
    """Write a tender's folder; ``bids`` maps suppliers to answers over the best ones, or to a whole text.

    ``tender``, ``profile`` and ``questionnaire`` are pairs of a part of that document and what stands in its place.
    """
    shutil.copytree(BASE, folder)
    for name in ("bids/alfa", "bids/beta", "reviews"):
        shutil.rmtree(folder / name)
    places = {"tender.yaml": tender, "profile.yaml": profile}
    places["questionnaires/phones/1.0.0/questionnaire.yaml"] = questionnaire
    for name, pairs in places.items():
        text = (folder / name).read_text("utf-8")
        for old, new in pairs:
            assert old in text, old
            text = text.replace(old, new)
        (folder / name).write_text(text, "utf-8")
    for supplier, said in bids.items():
        own = folder / "bids" / supplier
        own.mkdir(parents=True)
        (own / "response.json").write_text(said if isinstance(said, str) else response(supplier, said), "utf-8")
    priced = {supplier: 400_000 + 1000 * n for n, supplier in enumerate(bids)} if prices is None else prices
    lines = [f"{supplier},phones,{price}.00,SEK" for supplier, price in priced.items()]
    (folder / "prices.csv").write_text("\n".join(["supplier,lot,price,currency", *lines]) + "\n", "utf-8")
    pin_without_audit(folder)
    return folder


def response(supplier, said):
    """A signed response that answers the best but where ``said`` says otherwise; an answer of None is not there."""
    more = {key: said[key] for key in ("not_applicable", "comments", "confidential", "evidence") if key in said}
    answers = {key: value for key, value in (BEST | said).items() if key not in more and value is not None}
    plain = {
        "format": "selfassess/response@1",
        "questionnaire": {"id": "phones", "version": "1.0.0", "digest": "@questionnaire@"},
        "tender": "city-1",
        "lots": ["phones"],
        "supplier": {"name": f"{supplier.capitalize()} AB", "role": "reseller"},
        "answers": answers,
        "declaration": {"name": "A. Alm", "position": "Director", "date": "2026-11-18"},
    }
    return json.dumps(plain | more, indent=1)


def pin_without_audit(folder):
    """Put digests in the place of their names, as the problems' folders do."""
    stand_in = folder / "bids/alfa"
    kept = stand_in.exists()
    (stand_in / "evidence").mkdir(parents=True, exist_ok=True)
    (stand_in / "evidence/audit.txt").write_bytes((BASE / "bids/alfa/evidence/audit.txt").read_bytes())
    if not kept:
        (stand_in / "response.json").write_text("{}", "utf-8")
    pin(folder)
    shutil.rmtree(stand_in / "evidence" if kept else stand_in)
