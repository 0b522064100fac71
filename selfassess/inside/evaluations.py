"""What the reports of an evaluation carry: the documents that it rests on, what was seen of evidence, and its results.

The report on a tender carries everything. The report on one bid carries nothing of another bid but what it shows; the
statistics name nobody and carry no bid.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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
    MethodDocuments,
    canonical_item,
    document_items,
)
from selfassess.languages import AS_WRITTEN, Translation
from selfassess.model.assessment import Assessment
from selfassess.previous import Previous
from selfassess.problems import Problem
from selfassess.results import problem_plain
from selfassess.schemas.response import ReadResponse
from selfassess.seen import Look, look_plain

STANDING_FILE = "standing.json"
PREVIOUS = "previous"


def evaluation_contents(
    evaluation: Evaluation,
    method: MethodDocuments,
    results: Mapping[str, bytes],
    previous: Previous | None,
    given: Mapping[str, Any],
) -> Contents:
    """Return what the report on a tender carries; ``results`` are the files that it names, by their names there."""
    items = [*method.items(), *_bid_items(evaluation), *_review_items(evaluation)]
    if evaluation.receipts is not None:
        items += document_items("receipts.json", evaluation.receipts.document)
    items += [Item(path=path, data=data) for path, data in evaluation.raw.items() if data]
    items += [Item(path=f"results/{name}", data=data, relationship=DATA) for name, data in results.items()]
    if previous is not None:
        items += [Item(path=f"{PREVIOUS}/{name}", data=data) for name, data in previous.raw.items()]
    whole = {
        **given,
        **method.said_in,
        **marks_of(evaluation),
        "has_previous": previous is not None,
        "seen": _seen(evaluation, previous),
        "empty": [path for path, data in evaluation.raw.items() if not data],
    }
    return Contents(kind=EVALUATION, moment=evaluation.tender.content.deadline, items=tuple(items), given=whole)


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnBid:
    """A bid with what its report is made from, besides the method.

    ``problems`` are all of the bid; ``look`` is what was seen of its evidence; ``assessments`` and ``results`` (their
    files by name) are of each lot; ``standings`` are what the report shows of other bids by lot, ``named`` the digests
    that it prints of files that it does not carry.
    """

    supplier: str
    read: ReadResponse
    problems: Sequence[Problem]
    look: Look
    assessments: Mapping[str, Assessment]
    results: Mapping[str, bytes]
    standings: Mapping[str, Mapping[str, Any]]
    named: Mapping[str, str]


def supplier_contents(method: MethodDocuments, own: OwnBid, marks: Mapping[str, Any]) -> Contents:
    """Return what the report on one bid carries."""
    path = f"bids/{own.supplier}/response.json"
    items = [*method.items(), Item(path=path, data=own.read.source.raw)]
    items += [canonical_item(path, own.read.source.data)] if has_canonical_form(own.read) else []
    items += [Item(path=f"results/{name}", data=data, relationship=DATA) for name, data in own.results.items()]
    shown = {"format": "selfassess/standing@1", "lots": list(own.standings.values())}
    items.append(Item(path=STANDING_FILE, data=json_bytes(shown), relationship=DATA))
    given = {
        **method.said_in,
        **marks,
        "supplier": own.supplier,
        "named": dict(own.named),
        "seen": {"looks": {own.supplier: look_plain(own.look)}},
    }
    return Contents(kind=SUPPLIER, moment=method.tender.content.deadline, items=tuple(items), given=given)


def statistics_contents(method: MethodDocuments, statistics: bytes, marks: Mapping[str, Any]) -> Contents:
    """Return what the page of statistics carries; nothing in it names a bidder."""
    items = [*method.items(), Item(path="results/statistics.json", data=statistics, relationship=DATA)]
    return Contents(
        kind=STATISTICS, moment=method.tender.content.deadline, items=tuple(items), given={**method.said_in, **marks}
    )


def method_of(evaluation: Evaluation, translation: Translation = AS_WRITTEN) -> MethodDocuments:
    """Return the documents that an evaluation's method rests on, with what says them in the language of its reports."""
    return MethodDocuments(
        tender=evaluation.tender,
        questionnaire=evaluation.questionnaire,
        profile=evaluation.profile,
        publication=evaluation.publication,
        translation=translation,
    )


def marks_of(evaluation: Evaluation) -> dict[str, Any]:
    """Return whether an evaluation is a what-if, and the seed of its draw."""
    seed = {} if evaluation.seed is None else {"seed": evaluation.seed.hex()}
    return {"what_if": evaluation.is_what_if, **seed}


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
