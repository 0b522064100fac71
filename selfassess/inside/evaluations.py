"""What the reports of an evaluation carry: the documents that it rests on, what was seen of evidence, and its results.

The report on a tender carries everything. The report on one bid carries nothing of another bid but what it shows; the
statistics name nobody and carry no bid.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from selfassess.evaluation import Evaluation
from selfassess.exchange import json_bytes
from selfassess.inside.record import (
    DATA,
    EVALUATION,
    STATISTICS,
    SUPPLIER,
    Contents,
    Item,
    canonical_item,
    document_items,
    method_items,
)
from selfassess.previous import Previous
from selfassess.results import problem_plain
from selfassess.schemas.response import ReadResponse
from selfassess.seen import look_plain

STANDING_FILE = "standing.json"
PREVIOUS = "previous"


def evaluation_contents(
    evaluation: Evaluation, results: Mapping[str, bytes], previous: Previous | None, given: Mapping[str, Any]
) -> Contents:
    """Return what the report on a tender carries; ``results`` are the files that it names, by their names there."""
    items = [*_method_items(evaluation), *_bid_items(evaluation), *_review_items(evaluation)]
    if evaluation.receipts is not None:
        items += document_items("receipts.json", evaluation.receipts.document)
    items += [Item(path=path, data=data) for path, data in evaluation.raw.items() if data]
    items += [Item(path=f"results/{name}", data=data, relationship=DATA) for name, data in results.items()]
    if previous is not None:
        items += [Item(path=f"{PREVIOUS}/{name}", data=data) for name, data in previous.raw.items()]
    whole = {
        **given,
        **_marks(evaluation),
        "has_previous": previous is not None,
        "seen": _seen(evaluation, previous),
        "empty": [path for path, data in evaluation.raw.items() if not data],
    }
    return Contents(kind=EVALUATION, moment=evaluation.tender.content.deadline, items=tuple(items), given=whole)


def supplier_contents(
    evaluation: Evaluation,
    supplier: str,
    results: Mapping[str, bytes],
    standings: Mapping[str, Mapping[str, Any]],
    named: Mapping[str, str],
) -> Contents:
    """Return what the report on one bid carries.

    ``standings`` are what it shows of other bids by lot, ``named`` the digests that it prints of files that it does
    not carry.
    """
    bid = evaluation.bids[supplier]
    if bid.read is None:
        raise ValueError("a refused bid has no report")
    path = f"bids/{supplier}/response.json"
    items = [*_method_items(evaluation), Item(path=path, data=bid.read.source.raw)]
    items += [canonical_item(path, bid.read.source.data)] if has_canonical_form(bid.read) else []
    items += [Item(path=f"results/{name}", data=data, relationship=DATA) for name, data in results.items()]
    shown = {"format": "selfassess/standing@1", "lots": list(standings.values())}
    items.append(Item(path=STANDING_FILE, data=json_bytes(shown), relationship=DATA))
    given = {
        **_marks(evaluation),
        "supplier": supplier,
        "named": dict(named),
        "seen": {"looks": {supplier: look_plain(bid.look)}},
    }
    return Contents(kind=SUPPLIER, moment=evaluation.tender.content.deadline, items=tuple(items), given=given)


def statistics_contents(evaluation: Evaluation, statistics: bytes) -> Contents:
    """Return what the page of statistics carries; nothing in it names a bidder."""
    items = [*_method_items(evaluation), Item(path="results/statistics.json", data=statistics, relationship=DATA)]
    given = _marks(evaluation)
    return Contents(kind=STATISTICS, moment=evaluation.tender.content.deadline, items=tuple(items), given=given)


def _marks(evaluation: Evaluation) -> dict[str, Any]:
    seed = {} if evaluation.seed is None else {"seed": evaluation.seed.hex()}
    return {"what_if": evaluation.is_what_if, **seed}


def _method_items(evaluation: Evaluation) -> Iterator[Item]:
    yield from method_items(evaluation.tender, evaluation.questionnaire, evaluation.profile)
    if evaluation.publication is not None:
        yield Item(path="publication.json", data=evaluation.publication.source.raw)


def _bid_items(evaluation: Evaluation) -> Iterator[Item]:
    for supplier, bid in evaluation.bids.items():
        if bid.read is not None:
            path = f"bids/{supplier}/response.json"
            yield Item(path=path, data=bid.read.source.raw)
            if has_canonical_form(bid.read):
                yield canonical_item(path, bid.read.source.data)


def _review_items(evaluation: Evaluation) -> Iterator[Item]:
    for name, review in sorted(evaluation.reviews.items()):
        yield from document_items(f"reviews/{name}.yaml", review)


def has_canonical_form(read: ReadResponse) -> bool:
    """Return whether a response has a canonical form; one that has none is named by its bytes."""
    return read.digest != read.raw_digest


def _seen(evaluation: Evaluation, previous: Previous | None) -> dict[str, Any]:
    """Return what was seen of what is not carried: evidence, bids that could not be read, files that receipts name."""
    bids, on_time = evaluation.bids, evaluation.receipts.on_time if evaluation.receipts else {}
    carried = {f"bids/{name}/response.json" for name, bid in bids.items() if bid.read is not None}
    carried |= {*evaluation.raw, "prices.csv"}
    unread = {
        name: [problem_plain(problem) for problem in bid.problems]
        for name, bid in bids.items()
        if bid.read is None and f"bids/{name}/response.json" not in evaluation.raw
    }
    return {
        "looks": {name: look_plain(bid.look) for name, bid in bids.items() if bid.read is not None},
        "unread": unread,
        "strays": [problem_plain(problem) for problem in evaluation.strays],
        "prints": {path: digest for path, digest in on_time.items() if path not in carried},
        **({} if previous is None else {"previous": [problem_plain(problem) for problem in previous.problems]}),
    }
