"""Work out, for each lot of an evaluation, how far its result is from turning (method, 3.10)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from selfassess.bids import ROLE_MAY_NOT_BID
from selfassess.evaluation import Evaluation
from selfassess.model.stability import LotStability
from selfassess.model.tender import Lot
from selfassess.stability import saying, stability_of

FORMAT = "selfassess/stability@1"


def stabilities_of(evaluation: Evaluation) -> dict[str, LotStability]:
    """Return the stability of every lot in which a bid is compared, by the lot's id."""
    found = {lot.id: _of_lot(evaluation, lot) for lot in evaluation.tender.content.lots}
    return {lot: stability for lot, stability in found.items() if stability.places}


def _of_lot(evaluation: Evaluation, lot: Lot) -> LotStability:
    """Return the stability of one lot, from the very standings that its ranking has."""
    standings = evaluation.rankings[lot.id].standings
    return stability_of(
        evaluation.plans[lot.id],
        lot.price,
        evaluation.tender.content.tie_rule,
        {name: assessment for (name, at), assessment in evaluation.assessments.items() if at == lot.id},
        {standing.supplier: standing.price for standing in standings if standing.price is not None},
        lot=lot.id,
        excluded={s.supplier: s.reasons for s in standings if s.reasons == (ROLE_MAY_NOT_BID,)},
        seed=evaluation.seed,
    )


def stability_plain(evaluation: Evaluation, stabilities: Mapping[str, LotStability]) -> dict[str, Any]:
    """Return what would change the result of each lot as plain data, beside the digests of tender and bids."""
    tender, plans = evaluation.tender, evaluation.plans
    reads = {supplier: bid.read for supplier, bid in evaluation.bids.items()}
    return {
        "format": FORMAT,
        "tender": {"id": tender.content.id, "digest": tender.digest, "raw_digest": tender.raw_digest},
        "bids": [
            {
                "supplier": supplier,
                "response": None if read is None else {"digest": read.digest, "raw_digest": read.raw_digest},
            }
            for supplier, read in reads.items()
        ],
        "lots": [saying(stability, plans[lot].profile.decimals) for lot, stability in stabilities.items()],
    }
