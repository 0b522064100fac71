"""Say what would change the result of a lot, exactly (method, 3.10): ``stability_of`` finds it, ``saying`` says it.

``weights`` has the stay intervals, ``claims`` the decisive claims, ``price_gap`` the tying prices, ``observed`` and
``cliffs`` what the bids show. Nothing here is sampled or approximated.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from selfassess.award import Rules
from selfassess.model.assessment import Assessment
from selfassess.model.stability import LotStability
from selfassess.model.tender import PriceModel
from selfassess.plan import ScoringPlan
from selfassess.stability.claims import decisive_claims
from selfassess.stability.cliffs import near_cliffs
from selfassess.stability.contest import contest_of, places, with_nothing_left_out
from selfassess.stability.observed import effective_weights, left_out, spreads
from selfassess.stability.price_gap import tying_prices
from selfassess.stability.saying import saying
from selfassess.stability.weights import weight_stability

__all__ = ["SIZE", "saying", "stability_of"]

SIZE = 3  # of the sets of decisive claims that are listed in full, unless more are asked for


def stability_of(
    plan: ScoringPlan,
    model: PriceModel,
    tie_rule: Sequence[str],
    assessments: Mapping[str, Assessment],
    prices: Mapping[str, Decimal],
    *,
    lot: str = "",
    excluded: Mapping[str, Sequence[str]] | None = None,
    seed: bytes | None = None,
    size: int = SIZE,
) -> LotStability:
    """Return what would change the result of one lot.

    The arguments are those with which ``award.rank`` ranked the lot: its plan, price model and tie rule, the
    assessments and the usable prices by supplier (a bid without one is not compared), the bids that may not bid for it
    with the reasons, and the seed of the draw once it is revealed. ``lot`` is the plan's where it is not given. Sets of
    decisive claims are listed up to ``size``. The order of the mappings changes nothing.
    """
    rules = Rules(lot=lot or plan.lot or "", model=model, tie_rule=tuple(tie_rule), seed=seed)
    contest = contest_of(plan, rules, assessments, prices, excluded or {})
    price_spread, quality_spread = spreads(contest)
    return LotStability(
        lot=rules.lot,
        leaders=contest.leaders,
        is_tied=contest.is_tied,
        is_open=contest.is_open,
        places=places(rules, contest.bids),
        left_out=left_out(contest),
        weights=weight_stability(contest),
        without_not_applicable=places(rules, with_nothing_left_out(contest).bids),
        decisive=decisive_claims(contest, size),
        tying_prices=tying_prices(contest),
        effective_weights=effective_weights(contest),
        price_spread=price_spread,
        quality_spread=quality_spread,
        near_cliffs=near_cliffs(contest),
    )
