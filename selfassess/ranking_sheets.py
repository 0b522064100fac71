"""A ranking as plain data becomes the tables of a workbook: every bid in each, with its digests and the counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from selfassess.workbook import Cell, Sheet

WHY_CHARACTERS = 4_000  # of reasons in one cell; all of them are in ranking.json
FIGURES = ("claimed", "supported", "reviewed", "figure")
RANKING_HEAD = (
    *("lot", "rank", "bid", "status", "claimed", "supported", "reviewed", "price", "figure", "why"),
    *(f"{name} (exact)" for name in FIGURES),
    *("response digest", "response digest of bytes"),
)
BIDS_HEAD = ("bid", "status", "lots", "response digest", "response digest of bytes", "problems")


def ranking_sheets(plain: Mapping[str, Any]) -> list[Sheet]:
    """Return the ranking, the bids and the integrity of an evaluation, from what ``ranking.json`` holds."""
    prints = {bid["supplier"]: bid["response"] or {} for bid in plain["bids"]}
    marked = " (what if)" if plain.get("what_if") else ""
    return [
        Sheet(title=f"Ranking{marked}", head=RANKING_HEAD, rows=list(_standings(plain, prints))),
        Sheet(title=f"Bids{marked}", head=BIDS_HEAD, rows=[_bid(bid) for bid in plain["bids"]]),
        Sheet(title=f"Integrity{marked}", head=("what", "is"), rows=list(_integrity(plain))),
    ]


def _standings(plain: Mapping[str, Any], prints: Mapping[str, Mapping[str, str]]) -> Iterator[Sequence[Cell]]:
    for lot in plain["lots"]:
        for bid in lot["bids"]:
            digests = prints[bid["supplier"]]
            yield (
                lot["lot"],
                None if bid["rank"] is None else Decimal(bid["rank"]),
                bid["supplier"],
                bid["status"],
                *(_shown(bid[name]) for name in FIGURES[:3]),
                None if bid["price"] is None else Decimal(bid["price"]),
                _shown(bid["figure"]),
                said([*bid["reasons"], *bid["remarks"]]),
                *(bid[name]["exact"] if bid[name] else None for name in FIGURES),
                digests.get("digest"),
                digests.get("raw_digest"),
            )


def _shown(number: Mapping[str, str] | None) -> Decimal | None:
    return None if number is None else Decimal(number["shown"])


def _bid(bid: Mapping[str, Any]) -> Sequence[Cell]:
    digests = bid["response"] or {}
    return (
        bid["supplier"],
        bid["status"],
        ", ".join(bid["lots"]),
        digests.get("digest"),
        digests.get("raw_digest"),
        Decimal(len(bid["problems"])),
    )


def _integrity(plain: Mapping[str, Any]) -> Iterator[Sequence[Cell]]:
    for name, count in plain["counts"].items():
        yield f"bids {name}", Decimal(count)
    yield "tender", plain["tender"]["id"]
    yield "tender digest", plain["tender"]["digest"]
    yield "tender digest of bytes", plain["tender"]["raw_digest"]
    for name in ("questionnaire", "profile"):
        yield name, f"{plain[name]['id']}@{plain[name]['version']}"
        yield f"{name} digest", plain[name]["digest"]
    yield "method published", "yes" if plain["published"] else "no"
    if plain.get("what_if"):
        yield "what if", "not the published method; never a final ranking"
    if "publication" in plain:
        yield "publication digest", plain["publication"]["digest"]


def said(reasons: Sequence[str]) -> str:
    """Return reasons in one text; of very many the first ones, and how many more there are."""
    kept: list[str] = []
    for number, reason in enumerate(reasons):
        if len("; ".join([*kept, reason])) > WHY_CHARACTERS:
            return "; ".join([*kept, f"and {len(reasons) - number} more in ranking.json"])
        kept.append(reason)
    return "; ".join(kept)
