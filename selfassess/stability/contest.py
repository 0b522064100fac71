"""The bids of one lot as they are compared, ready to be compared again under other weights, prices or claims."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from selfassess.award import Bid, Rules, bids_of, standings_of, yearly_costs
from selfassess.award.models import ADMITS_ALL
from selfassess.award.ordering import Key, ordered
from selfassess.model.assessment import Assessment, Measure
from selfassess.model.ranking import Standing, Status
from selfassess.model.stability import Place
from selfassess.model.tender import PriceModel
from selfassess.plan import ScoringPlan
from selfassess.scoring.judgement import judged_minima

Affine = tuple[Fraction, Fraction]  # a figure as α + β·q


@dataclass(frozen=True, slots=True, kw_only=True)
class Contest:
    """One lot: what decides, what was assessed, and who is compared.

    ``keys`` are of the bids that the price model admits; ``leaders`` stand on the places that win.
    """

    plan: ScoringPlan
    rules: Rules
    assessments: Mapping[str, Assessment]
    prices: Mapping[str, Decimal]
    excluded: Mapping[str, Sequence[str]]
    standings: Mapping[str, Standing]
    bids: tuple[Bid, ...]
    keys: Mapping[str, Key]
    leaders: tuple[str, ...]

    @property
    def admits_all(self) -> bool:
        """Return whether every bid above the threshold wins, so that none is before another."""
        return self.rules.model.model == ADMITS_ALL

    @property
    def is_tied(self) -> bool:
        """Return whether more bids stand on the places that win than there are."""
        return not self.admits_all and len(self.leaders) > self.rules.model.winners

    @property
    def is_open(self) -> bool:
        """Return whether something is still open on a leader."""
        return any(self.standings[supplier].status is Status.PROVISIONAL for supplier in self.leaders)

    @property
    def others(self) -> tuple[str, ...]:
        """Return the compared bids that do not lead."""
        return tuple(supplier for supplier in self.keys if supplier not in self.leaders)

    def bid(self, supplier: str) -> Bid:
        """Return one of the compared bids."""
        return next(bid for bid in self.bids if bid.supplier == supplier)

    def affine(self) -> dict[str, Affine]:
        """Return each admitted bid's figure as α + β·q, the compared bids and their prices being fixed.

        Every price model is of this form once nobody's admission changes.
        """
        open_to_all = replace(self.rules, model=without_threshold(self.rules.model))
        at_nothing = open_to_all.figures([replace(bid, quality=Fraction(0)) for bid in self.bids])
        at_full = open_to_all.figures([replace(bid, quality=Fraction(1)) for bid in self.bids])
        found = {}
        for supplier in self.keys:
            start, end = at_nothing[supplier] or Fraction(0), at_full[supplier] or Fraction(0)
            found[supplier] = (start, end - start)
        return found


def without_threshold(model: PriceModel) -> PriceModel:
    """Return a price model that admits every bid."""
    if "minimum_quality" not in model.parameters:
        return model
    return replace(model, parameters={**model.parameters, "minimum_quality": Decimal(0)})


def contest_of(
    plan: ScoringPlan,
    rules: Rules,
    assessments: Mapping[str, Assessment],
    prices: Mapping[str, Decimal],
    excluded: Mapping[str, Sequence[str]],
) -> Contest:
    """Return the contest of one lot; assessments in the order of their suppliers, so that no other order matters."""
    assessments = dict(sorted(assessments.items()))
    yearly = yearly_costs(plan, rules.model, assessments)
    standings = standings_of(rules.model, assessments, prices, excluded=excluded, yearly=yearly)
    bids = bids_of(standings, assessments, [section.section.id for section in plan.sections], yearly)
    keys = rules.keys(bids)
    return Contest(
        plan=plan,
        rules=rules,
        assessments=assessments,
        prices=prices,
        excluded=excluded,
        standings=standings,
        bids=tuple(bids),
        keys=keys,
        leaders=_leaders(rules, keys),
    )


def _leaders(rules: Rules, keys: Mapping[str, Key]) -> tuple[str, ...]:
    found = ordered(keys)
    if rules.model.model == ADMITS_ALL:
        return found.order
    return tuple(supplier for supplier in found.order if found.ranks[supplier] <= rules.model.winners)


def places(rules: Rules, bids: Sequence[Bid]) -> tuple[Place, ...]:
    """Return the ranks and figures of bids, first first; all 1 where each is admitted by itself."""
    keys, figures = rules.keys(bids), rules.figures(bids)
    found = ordered(keys)
    return tuple(
        Place(
            supplier=supplier,
            rank=1 if rules.model.model == ADMITS_ALL else found.ranks[supplier],
            figure=figures[supplier] or Fraction(0),
        )
        for supplier in found.order
    )


def with_nothing_left_out(contest: Contest) -> Contest:
    """Return the contest with every N/A as 0: conservative totals, and minima judged on them."""
    assessments = {
        supplier: replace(
            assessment,
            totals=assessment.conservative,
            minima=judged_minima(contest.plan, assessment.conservative[Measure.REVIEWED]),
        )
        for supplier, assessment in contest.assessments.items()
    }
    return contest_of(contest.plan, contest.rules, assessments, contest.prices, contest.excluded)
