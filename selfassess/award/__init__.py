"""Assessments and prices become a ranking (method, 3.10): figures by the price model, ties by the published rule.

``models`` has one function for each published price model, ``ordering`` the keys and the draw, ``costs`` the yearly
costs of a life cycle, ``low_prices`` the flags.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from selfassess.award.costs import yearly_costs
from selfassess.award.low_prices import low_prices, remarks
from selfassess.award.models import (
    ADMITS_ALL,
    HUNDRED,
    LIFE_CYCLE,
    MODELS,
    WITHOUT_PRICE_COMPETITION,
    Bid,
    Figures,
    is_relative,
    reads_prices,
)
from selfassess.award.ordering import DRAW, Rules, deciding, draw_order, is_seed, ordered
from selfassess.languages import TOLD
from selfassess.model.assessment import Assessment, Measure
from selfassess.model.ranking import LotRanking, Standing, Status
from selfassess.model.tender import PriceModel
from selfassess.numbers import shown

__all__ = [
    "MODELS",
    "Bid",
    "Rules",
    "bids_of",
    "draw_order",
    "is_relative",
    "is_seed",
    "possible_standings",
    "rank",
    "reads_prices",
    "remarks",
    "standings_of",
    "status_of",
    "yearly_costs",
]

NO_PRICE, NO_COSTS = TOLD.say("there is no price"), TOLD.say("its yearly costs are not known")
PRICE_UNUSABLE = TOLD.say("its price cannot be used")
COMPARED = frozenset({Status.RANKED, Status.PROVISIONAL})


def rank(  # noqa: PLR0913  a lot's whole award in one call
    lot: str,
    model: PriceModel,
    tie_rule: Sequence[str],
    assessments: Mapping[str, Assessment],
    prices: Mapping[str, Decimal],
    refused: Mapping[str, Sequence[str]],
    sections: Sequence[str],
    *,
    unpriced: Mapping[str, str] | None = None,
    excluded: Mapping[str, Sequence[str]] | None = None,
    yearly: Mapping[str, Fraction] | None = None,
    seed: bytes | None = None,
) -> LotRanking:
    """Return the ranking of one lot, with every bid in it.

    ``assessments`` and ``prices`` are by supplier; ``refused`` names the bids that could not be scored, with reasons;
    ``unpriced`` says why a bid has no usable price, ``excluded`` why one may not bid for the lot. Excluded bids'
    prices enter no formula. ``yearly`` are the bids' ``yearly_costs``, needed by ``life_cycle_cost`` only; ``seed`` is
    that of the draw, once it is revealed: until then a tie that the draw has to break stands and is not final.
    """
    rules = Rules(lot=lot, model=model, tie_rule=tuple(tie_rule), seed=seed)
    standings = standings_of(model, assessments, prices, unpriced=unpriced, excluded=excluded, yearly=yearly)
    bids = bids_of(standings, assessments, sections, yearly)
    figures = rules.figures(bids)
    placed = _admitted(standings, figures) if model.model == ADMITS_ALL else _placed(standings, bids, figures, rules)
    placed += _unplaced(standings, figures, model) + _refused(refused)
    ranking = LotRanking(
        lot=lot,
        model=model.model,
        lowest_wins=rules.lowest_wins,
        standings=tuple(placed),
        is_final=False,
        places=None if model.model == ADMITS_ALL else model.winners,
        warnings=("relative",) if is_relative(model) else (),
        thresholds=tuple(Fraction(model.parameters[key]) for key in ("minimum_quality",) if key in model.parameters),
    )
    open_bids = any(assessment.unsettled for assessment in assessments.values())
    open_standings = any(standing.status in (Status.PROVISIONAL, Status.UNPRICED) for standing in placed)
    waits_for_draw = DRAW in tie_rule and seed is None and bool(ranking.tied_at_border)
    return replace(ranking, is_final=not (open_bids or open_standings or waits_for_draw))


def _refused(refused: Mapping[str, Sequence[str]]) -> list[Standing]:
    return [
        Standing(supplier=supplier, status=Status.REFUSED, reasons=tuple(reasons))
        for supplier, reasons in sorted(refused.items())
    ]


def standings_of(
    model: PriceModel,
    assessments: Mapping[str, Assessment],
    prices: Mapping[str, Decimal],
    *,
    unpriced: Mapping[str, str] | None = None,
    excluded: Mapping[str, Sequence[str]] | None = None,
    yearly: Mapping[str, Fraction] | None = None,
) -> dict[str, Standing]:
    """Return the standing of each assessed bid before any is compared: may it be, and if not, why."""
    standings = {supplier: _standing(assessment, prices) for supplier, assessment in assessments.items()}
    for supplier, reasons in (excluded or {}).items():
        standings[supplier] = replace(standings[supplier], status=Status.EXCLUDED, reasons=tuple(reasons))
    for supplier, standing in standings.items():
        why = ""
        if standing.price is None and reads_prices(model):
            why = (unpriced or {}).get(supplier, NO_PRICE)
        elif model.model == LIFE_CYCLE and supplier not in (yearly or {}):
            why = NO_COSTS
        if why and standing.status in COMPARED:
            standings[supplier] = replace(standing, status=Status.UNPRICED, reasons=(*standing.reasons, why))
    return standings


def _standing(assessment: Assessment, prices: Mapping[str, Decimal]) -> Standing:
    status, reasons = status_of(assessment)
    return Standing(
        supplier=assessment.supplier,
        status=status,
        quality=assessment.total,
        claimed=assessment.totals[Measure.CLAIMED].total,
        supported=assessment.totals[Measure.SUPPORTED].total,
        price=prices.get(assessment.supplier),
        reasons=reasons,
    )


def status_of(assessment: Assessment) -> tuple[Status, tuple[str, ...]]:
    """Return whether a bid may be ranked, and why it may not, or only provisionally."""
    failed = [TOLD.say("{name} is not met", name=name) for name in assessment.excluded_by]
    if assessment.is_excluded_as_incomplete:
        failed.append(TOLD.say("the response is incomplete"))
    if failed:
        return Status.EXCLUDED, tuple(failed)
    if assessment.total is None:
        return Status.EXCLUDED, (TOLD.say("nothing is left to sum"),)
    unclear = [TOLD.say("{name} is not known", name=name) for name in assessment.unknown]
    unclear += assessment.unsettled
    return (Status.PROVISIONAL, tuple(unclear)) if unclear else (Status.RANKED, ())


def possible_standings(model: PriceModel, assessment: Assessment) -> tuple[tuple[Status, tuple[str, ...]], ...]:
    """Return every status, with its reasons, that an assessment can have in a lot's ranking, whatever its price.

    That the supplier's role may not bid for the lot is not looked at.
    """
    status, reasons = status_of(assessment)
    if status not in COMPARED or assessment.total is None:
        return ((status, reasons),)
    least = model.parameters.get("minimum_quality")
    reaches = least is None or assessment.total >= least
    first = (status, reasons) if reaches else (Status.EXCLUDED, (*reasons, _too_low(model)))
    why = [NO_PRICE, PRICE_UNUSABLE] if reads_prices(model) else []
    why += [NO_COSTS] if model.model == LIFE_CYCLE else []
    return (first, *((Status.UNPRICED, (*reasons, said)) for said in why))


def _too_low(model: PriceModel) -> str:
    least = shown(model.parameters["minimum_quality"])
    return TOLD.say("the quality does not reach the {least} that the price model asks", least=least)


def bids_of(
    standings: Mapping[str, Standing],
    assessments: Mapping[str, Assessment],
    sections: Sequence[str],
    yearly: Mapping[str, Fraction] | None = None,
) -> list[Bid]:
    """Return the bids that are compared."""
    return [
        Bid(
            supplier=supplier,
            quality=standing.quality / HUNDRED,
            price=Fraction(standing.price or 0),
            yearly=(yearly or {}).get(supplier, Fraction(0)),
            sections=dict(zip(sections, assessments[supplier].totals[Measure.REVIEWED].sections, strict=True)),
        )
        for supplier, standing in standings.items()
        if standing.status in COMPARED and standing.quality is not None
    ]


def _placed(standings: Mapping[str, Standing], bids: Sequence[Bid], figures: Figures, rules: Rules) -> list[Standing]:
    """Return the compared bids in order, ranks shared where nothing published tells two apart."""
    keys = rules.keys(bids)
    found = ordered(keys)
    flags = {} if rules.model.model in WITHOUT_PRICE_COMPETITION else low_prices(bids)
    return [
        replace(
            standings[supplier],
            rank=found.ranks[supplier],
            figure=figures[supplier],
            tied_with=found.tied[supplier],
            decided_by=deciding(keys, supplier, rules.tie_rule),
            low_price=flags.get(supplier),
        )
        for supplier in found.order
    ]


def _admitted(standings: Mapping[str, Standing], figures: Figures) -> list[Standing]:
    """Return the admitted bids, best quality first to read; all have rank 1, for none stands before another."""
    admitted = {supplier: figure for supplier, figure in figures.items() if figure is not None}
    order = sorted(admitted, key=lambda supplier: (-admitted[supplier], supplier))
    return [replace(standings[supplier], rank=1, figure=admitted[supplier]) for supplier in order]


def _unplaced(standings: Mapping[str, Standing], figures: Figures, model: PriceModel) -> list[Standing]:
    """Return the bids that are assessed but not compared, best quality first."""
    rest = []
    for supplier, standing in standings.items():
        if supplier not in figures:
            rest.append(standing)
        elif figures[supplier] is None:
            reasons = (*standing.reasons, _too_low(model))
            rest.append(replace(standing, status=Status.EXCLUDED, reasons=reasons))
    return sorted(rest, key=lambda standing: (-(standing.quality or Fraction(0)), standing.supplier))
