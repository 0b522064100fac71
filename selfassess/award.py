"""Assessments and prices become a ranking: one function for each published price model (method, 3.10).

A model takes the qualities q (reviewed total / 100) and prices of the ranked bids and gives each a figure; whether
the lowest or the highest wins belongs to the model. Nothing is clamped unless the tender says so, and ties are broken
only by the tender's published rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from selfassess.model.assessment import Assessment, Measure
from selfassess.model.ranking import LotRanking, Standing, Status
from selfassess.model.tender import PriceModel
from selfassess.numbers import shown

HUNDRED = 100
Figures = dict[str, Fraction | None]  # None: the model admits the bid to no comparison


@dataclass(frozen=True, slots=True, kw_only=True)
class Bid:
    """What a price model compares: quality from 0 to 1 and a price above 0."""

    supplier: str
    quality: Fraction
    price: Fraction


def deduction(bids: Sequence[Bid], model: PriceModel) -> Figures:
    """Return P - D*q, the price less the deduction for quality; the lowest wins (Swedish mervärdesavdrag)."""
    full = Fraction(model.parameters["full_quality"])
    return {bid.supplier: bid.price - full * bid.quality for bid in bids}


def absolute_linear(bids: Sequence[Bid], model: PriceModel) -> Figures:
    """Return Wp*(high - P)/(high - low) + Wq*q between published prices; the highest wins.

    Points fall below 0 above ``high`` and exceed Wp below ``low`` unless the tender clamps that end; clamping the
    cheap end was struck down in Sweden (HFD 2022:41).
    """
    points = {name: Fraction(value) for name, value in model.parameters.items()}
    figures: Figures = {}
    for bid in bids:
        share = (points["high"] - bid.price) / (points["high"] - points["low"])
        if model.clamp in ("cheap", "both"):
            share = min(share, Fraction(1))
        if model.clamp in ("dear", "both"):
            share = max(share, Fraction(0))
        figures[bid.supplier] = points["price_points"] * share + points["quality_points"] * bid.quality
    return figures


def fixed_price(bids: Sequence[Bid], model: PriceModel) -> Figures:  # noqa: ARG001  every model takes the same
    """Return the quality alone; the highest wins (Directive 2014/24/EU, art. 67(2), last sentence)."""
    return {bid.supplier: HUNDRED * bid.quality for bid in bids}


def threshold_lowest_price(bids: Sequence[Bid], model: PriceModel) -> Figures:
    """Return the price of each bid that reaches the least quality; the lowest wins (Montte, C-546/16)."""
    least = Fraction(model.parameters["minimum_quality"]) / HUNDRED
    return {bid.supplier: bid.price if bid.quality >= least else None for bid in bids}


def relative_proportional(bids: Sequence[Bid], model: PriceModel) -> Figures:
    """Return Wp*Pmin/P + Wq*q; the highest wins. A further bid can change the order of two others."""
    if not bids:
        return {}
    lowest = min(bid.price for bid in bids)
    price_points = Fraction(model.parameters["price_points"])
    quality_points = Fraction(model.parameters["quality_points"])
    return {bid.supplier: price_points * lowest / bid.price + quality_points * bid.quality for bid in bids}


MODELS: Mapping[str, tuple[Callable[[Sequence[Bid], PriceModel], Figures], bool]] = {
    "deduction": (deduction, True),
    "absolute_linear": (absolute_linear, False),
    "fixed_price": (fixed_price, False),
    "threshold_lowest_price": (threshold_lowest_price, True),
    "relative_proportional": (relative_proportional, False),
}


def rank(
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
) -> LotRanking:
    """Return the ranking of one lot, with every bid in it.

    ``assessments`` and ``prices`` are by supplier; ``refused`` names the bids that could not be scored, with reasons;
    ``unpriced`` says why a bid has no usable price, ``excluded`` why one may not bid for the lot. Excluded bids'
    prices enter no formula.
    """
    standings = {supplier: _standing(assessment, prices) for supplier, assessment in assessments.items()}
    for supplier, reasons in (excluded or {}).items():
        standings[supplier] = replace(standings[supplier], status=Status.EXCLUDED, reasons=tuple(reasons))
    for supplier, standing in standings.items():
        if standing.price is None and standing.status in (Status.RANKED, Status.PROVISIONAL):
            why = (unpriced or {}).get(supplier, "there is no price")
            standings[supplier] = replace(standing, status=Status.UNPRICED, reasons=(*standing.reasons, why))
    calculate, lowest_wins = MODELS[model.model]
    figures = calculate(_bids(standings), model)
    placed = _placed(standings, figures, assessments, tie_rule, sections, lowest_wins=lowest_wins)
    placed += _unplaced(standings, figures, model)
    placed += [
        Standing(supplier=supplier, status=Status.REFUSED, reasons=tuple(reasons))
        for supplier, reasons in sorted(refused.items())
    ]
    open_bids = any(assessment.unsettled for assessment in assessments.values())
    provisional = any(standing.status is Status.PROVISIONAL for standing in placed)
    return LotRanking(
        lot=lot,
        model=model.model,
        lowest_wins=lowest_wins,
        standings=tuple(placed),
        is_final=not open_bids and not provisional and not any(s.status is Status.UNPRICED for s in placed),
        warnings=("relative",) if model.model.startswith("relative") else (),
    )


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
    failed = [f"{name} is not met" for name in assessment.excluded_by]
    if assessment.is_excluded_as_incomplete:
        failed.append("the response is incomplete")
    if failed:
        return Status.EXCLUDED, tuple(failed)
    if assessment.total is None:
        return Status.EXCLUDED, ("nothing is left to sum",)
    unclear = [f"{name} is not known" for name in assessment.unknown]
    unclear += assessment.unsettled
    return (Status.PROVISIONAL, tuple(unclear)) if unclear else (Status.RANKED, ())


def _bids(standings: Mapping[str, Standing]) -> list[Bid]:
    return [
        Bid(supplier=supplier, quality=standing.quality / HUNDRED, price=Fraction(standing.price))
        for supplier, standing in standings.items()
        if standing.status in (Status.RANKED, Status.PROVISIONAL)
        and standing.quality is not None
        and standing.price is not None
    ]


def _placed(
    standings: Mapping[str, Standing],
    figures: Figures,
    assessments: Mapping[str, Assessment],
    tie_rule: Sequence[str],
    sections: Sequence[str],
    *,
    lowest_wins: bool,
) -> list[Standing]:
    """Return the compared bids in order, ranks shared where nothing published tells two apart."""
    sign = 1 if lowest_wins else -1
    keys: dict[str, tuple[Fraction, ...]] = {}
    for supplier, figure in figures.items():
        if figure is not None:
            tie = (_tie_key(rule, standings[supplier], assessments[supplier], sections) for rule in tie_rule)
            keys[supplier] = (sign * figure, *tie)
    order = sorted(keys, key=lambda supplier: (keys[supplier], supplier))
    placed = []
    for supplier in order:
        better = sum(keys[other] < keys[supplier] for other in order)
        tied = tuple(other for other in order if other != supplier and keys[other] == keys[supplier])
        same_figure = [other for other in order if other != supplier and keys[other][0] == keys[supplier][0]]
        decided = _deciding(keys, supplier, same_figure, tie_rule)
        placed.append(
            replace(
                standings[supplier],
                rank=better + 1,
                figure=figures[supplier],
                tied_with=tied,
                decided_by=decided,
            )
        )
    return placed


def _tie_key(rule: str, standing: Standing, assessment: Assessment, sections: Sequence[str]) -> Fraction:
    """Return what a rule of the tender compares among bids with equal figures; the least comes first."""
    if rule == "price":
        return Fraction(standing.price or 0)
    if rule == "quality":
        return -(standing.quality or Fraction(0))
    values = dict(zip(sections, assessment.totals[Measure.REVIEWED].sections, strict=True))
    return -(values.get(rule.removeprefix("section:")) or Fraction(0))


def _deciding(
    keys: Mapping[str, tuple[Fraction, ...]], supplier: str, same_figure: Sequence[str], tie_rule: Sequence[str]
) -> str:
    """Return the first rule of the tender that told a bid from another with the same figure, empty where none did."""
    for place, rule in enumerate(tie_rule, start=1):
        if any(keys[other][place] != keys[supplier][place] for other in same_figure):
            return rule
    return ""


def _unplaced(standings: Mapping[str, Standing], figures: Figures, model: PriceModel) -> list[Standing]:
    """Return the bids that are assessed but not compared, best quality first."""
    rest = []
    for supplier, standing in standings.items():
        if supplier not in figures:
            rest.append(standing)
        elif figures[supplier] is None:
            least = shown(model.parameters["minimum_quality"])
            reason = f"the quality does not reach the {least} that the price model asks"
            rest.append(replace(standing, status=Status.EXCLUDED, reasons=(*standing.reasons, reason)))
    return sorted(rest, key=lambda standing: (-(standing.quality or Fraction(0)), standing.supplier))
