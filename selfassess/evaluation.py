"""Evaluate a tender's folder: every bid checked, scored and ranked, or refused with its reason.

Prices are read after quality is scored. One bad bid stops no other; every folder among the bids is in the outcome.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path

from selfassess import limits
from selfassess.award import PRICE_UNUSABLE, rank, reads_prices, yearly_costs
from selfassess.bids import ROLE_MAY_NOT_BID, Bid, answer_faults, may_bid
from selfassess.gathering import gather, unused_reviews
from selfassess.languages import TOLD
from selfassess.library import Library
from selfassess.model.assessment import Assessment
from selfassess.model.profile import ScoringProfile
from selfassess.model.publication import Publication
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.ranking import LotRanking
from selfassess.model.review import Entry, Review
from selfassess.model.tender import Lot, Tender
from selfassess.plan import ScoringPlan, compile_plan
from selfassess.pooled import UNUSABLE_REVIEW, View, views_of
from selfassess.prices import read_prices
from selfassess.problems import Code, Fault, InvalidDocument, Problem
from selfassess.publications import refuse_seed
from selfassess.receipts import NotAsReceived, Received, read_receipts
from selfassess.schemas import Document
from selfassess.scoring import score
from selfassess.scoring.reviewing import entries_for
from selfassess.seen import Seen
from selfassess.shortfalls import standing_faults
from selfassess.sources import read_bytes
from selfassess.tenders import Opened, Reviews, open_tender, read_reviews, refused_entries
from selfassess.text import skeleton

Key = tuple[str, str]  # supplier, lot


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A tender evaluated: all bids, their assessments and the ranking of each lot.

    ``problems`` are those of the tender, its reviews and prices; each bid carries its own. ``views`` are the bids as
    each buyer with a profile of its own sees them. ``raw`` are the bytes of files that are no document here (prices,
    and responses and reviews that could not be used), by path; ``strays`` are problems of what else lies among bids.
    """

    tender: Document[Tender]
    questionnaire: Document[Questionnaire]
    profile: Document[ScoringProfile]
    publication: Document[Publication] | None
    is_what_if: bool
    seed: bytes | None
    plans: Mapping[str, ScoringPlan]
    bids: Mapping[str, Bid]
    assessments: Mapping[Key, Assessment]
    rankings: Mapping[str, LotRanking]
    views: tuple[View, ...]
    reviews: Mapping[str, Document[Review]]
    receipts: Received | None
    problems: tuple[Problem, ...]
    raw: Mapping[str, bytes]
    strays: tuple[Problem, ...]

    @property
    def is_published(self) -> bool:
        """Return whether the method is the one that was published."""
        return self.publication is not None and not self.is_what_if


@dataclass(slots=True)
class _Run:
    """One evaluation while it goes on."""

    opened: Opened
    folder: Path
    name: str
    receipts: Received | None
    seed: bytes | None
    problems: list[Problem] = field(default_factory=list)
    raw: dict[str, bytes] = field(default_factory=dict)
    bids: dict[str, Bid] = field(default_factory=dict)
    assessments: dict[Key, Assessment] = field(default_factory=dict)
    outside: dict[Key, str] = field(default_factory=dict)
    entries: dict[str, Sequence[Entry]] = field(default_factory=dict)

    @property
    def tender(self) -> Tender:
        return self.opened.tender.content


def evaluate(
    folder: Path,
    library: Library,
    *,
    only: str | None = None,
    what_if: bool = False,
    seed: bytes | None = None,
    seen: Seen | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> Evaluation:
    """Return the evaluation of a tender's folder; ``InvalidDocument`` when the tender itself cannot be used.

    ``NotAsReceived`` where receipts were given and what lies there is not what was received by the deadline,
    ``NotAsPublished`` where another method was published; a ``what_if`` takes the method that lies there, and is never
    final. ``seed`` is that of the draw, once it is revealed; ``seen`` is what was seen of what does not lie there.

    ``only`` names one bid to look at: that is for its problems, and gives no ranking that means anything.
    """
    opened = open_tender(folder, library, what_if=what_if)
    if seed is not None:
        refuse_seed(opened.publication, seed)
    receipts = read_receipts(folder, opened.name, opened.bound, opened.closing)
    if receipts is not None:
        receipts.compare(folder, {} if seen is None else seen.prints)
    run = _Run(opened, folder, opened.name, receipts, seed, problems=list(opened.warnings))
    profile = run.tender.changed(opened.profile.content)
    plans = {lot.id: compile_plan(opened.questionnaire.content, profile, lot) for lot in run.tender.lots}
    gathered = gather(folder, opened, seen, progress, only)
    run.bids |= gathered.bids
    run.problems += gathered.strays
    reviews = read_reviews(folder, opened, run.bids)
    run.problems += reviews.problems
    run.raw |= {**gathered.raw, **unused_reviews(folder, opened, reviews)}
    _score(run, plans, reviews, progress)
    documents = (opened.questionnaire.content, opened.profile.content)
    views = views_of(run.tender, *documents, run.assessments, run.entries) if only is None else ()
    _report_bids(run, plans)
    prices, barred = _prices(run)
    rankings = _rankings(run, plans, run.assessments, prices, barred)
    ranked = tuple(
        replace(view, rankings=_rankings(run, view.plans, view.assessments, prices, barred)) for view in views
    )
    return Evaluation(
        tender=opened.tender,
        questionnaire=opened.questionnaire,
        profile=opened.profile,
        publication=opened.publication,
        is_what_if=opened.is_what_if,
        seed=seed,
        plans=plans,
        bids=dict(sorted(run.bids.items())),
        assessments=run.assessments,
        rankings=rankings,
        views=ranked,
        reviews=reviews.usable,
        receipts=receipts,
        problems=tuple(sorted(set(run.problems))),
        raw=dict(sorted(run.raw.items())),
        strays=gathered.strays,
    )


def _score(
    run: _Run,
    plans: Mapping[str, ScoringPlan],
    reviews: Reviews,
    progress: Callable[[str], None],
) -> None:
    contents = {name: review.content for name, review in reviews.usable.items()}
    for number, (name, bid) in enumerate(run.bids.items(), start=1):
        response = bid.response
        if response is None:
            continue
        progress(f"scoring {number} of {len(run.bids)}: {name}")
        entries = run.entries[name] = entries_for(name, contents, response)
        for lot in run.tender.lots:
            if lot.id not in response.lots:
                continue
            assessment = score(plans[lot.id], response, supplier=name, day=run.tender.day, entries=entries)
            why = [UNUSABLE_REVIEW] if name.casefold() in reviews.unusable else []
            why += [
                TOLD.say("its review cannot be used: the findings on sites in {file}", file=lost)
                for lost in reviews.lost
            ]
            if why:
                assessment = replace(assessment, unsettled=(*assessment.unsettled, *why))
            run.assessments[name, lot.id] = assessment
            if lot.bid_when is not None and not may_bid(lot, response.supplier.role):
                run.outside[name, lot.id] = ROLE_MAY_NOT_BID
            run.problems += refused_entries(assessment, reviews.usable.get(name))


def _report_bids(run: _Run, plans: Mapping[str, ScoringPlan]) -> None:
    """Add to each bid what only the scoring shows, and name bids whose suppliers look alike."""
    skeletons: dict[str, str] = {}
    for name, bid in run.bids.items():
        if bid.read is None or bid.response is None:
            continue
        source, day = bid.read.source, run.tender.day
        faults = list(answer_faults(run.opened.questionnaire.content, bid.response, day))
        for lot, plan in plans.items():
            if (name, lot) in run.assessments:
                faults += standing_faults(plan, run.assessments[name, lot], source)
        problems = {*bid.problems, *(source.problem(fault) for fault in faults)}
        run.bids[name] = replace(bid, problems=tuple(sorted(problems)))
        looks = skeleton(bid.response.supplier.name)
        if looks and looks in skeletons:
            values = {"first": skeletons[looks], "second": name}
            fault = Fault(pointer="/supplier/name", code=Code.NAME_LOOKALIKE, values=values)
            run.problems.append(source.problem(fault))
        skeletons.setdefault(looks, name)


def _prices(run: _Run) -> tuple[Mapping[Key, Decimal], frozenset[Key]]:
    """Read the prices, now that quality is scored, and say which bids' prices cannot be used."""
    currency = run.tender.lots[0].price.currency
    free = frozenset(lot.id for lot in run.tender.lots if not reads_prices(lot.price))
    # of a bid that could not be read nobody can tell for which lots it is
    refused = {(name, lot.id) for name, bid in run.bids.items() if bid.is_refused for lot in run.tender.lots}
    prices: Mapping[Key, Decimal] = {}
    barred = frozenset(key for key in run.assessments if key[1] not in free)
    file = f"{run.name}/prices.csv"
    try:
        raw = run.raw["prices.csv"] = read_bytes(run.folder / "prices.csv", limits.PRICES_BYTES, file)
        if run.receipts is not None:
            run.receipts.compare_prices(raw)
        bids = run.assessments.keys()
        prices, problems, barred = read_prices(raw, file, bids=bids, currency=currency, free=free, refused=refused)
        run.problems += problems
    except NotAsReceived:
        raise
    except InvalidDocument as invalid:
        run.problems += invalid.problems
    return prices, barred


def _rankings(
    run: _Run,
    plans: Mapping[str, ScoringPlan],
    assessments: Mapping[Key, Assessment],
    prices: Mapping[Key, Decimal],
    barred: frozenset[Key],
) -> dict[str, LotRanking]:
    """Return the ranking of each lot."""
    return {lot.id: _rank_lot(run, plans[lot.id], lot, assessments, prices, barred) for lot in run.tender.lots}


def _rank_lot(
    run: _Run,
    plan: ScoringPlan,
    lot: Lot,
    assessments: Mapping[Key, Assessment],
    prices: Mapping[Key, Decimal],
    barred: frozenset[Key],
) -> LotRanking:
    own = {name: assessment for (name, at), assessment in assessments.items() if at == lot.id}
    ranking = rank(
        lot.id,
        lot.price,
        run.tender.tie_rule,
        own,
        {name: price for (name, at), price in prices.items() if at == lot.id and (name, at) not in barred},
        {
            name: [str(problem.within(f"{run.name}/")) for problem in bid.problems]
            for name, bid in run.bids.items()
            if bid.is_refused
        },
        [section.section.id for section in plan.sections],
        unpriced={name: PRICE_UNUSABLE for name, at in barred if at == lot.id},
        excluded={name: (why,) for (name, at), why in run.outside.items() if at == lot.id},
        yearly=yearly_costs(plan, lot.price, own),
        seed=run.seed,
    )
    return replace(ranking, is_final=ranking.is_final and not run.opened.is_what_if)
