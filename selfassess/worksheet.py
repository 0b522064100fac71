"""What is still to verify in a tender's bids: decisive claims first, then what carries the most points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from selfassess import limits
from selfassess.bids import may_bid
from selfassess.evaluation import Evaluation
from selfassess.languages import SOURCE
from selfassess.model.assessment import Approval, Assessment, Finding, Measure, State
from selfassess.model.tender import Lot
from selfassess.numbers import shown
from selfassess.outcome import cell
from selfassess.plan import ScoringPlan
from selfassess.rendering import WorksheetCard
from selfassess.scorecard.figures import Figures
from selfassess.scorecard.saying import answer_in_words, reason_in_words
from selfassess.scoring import findings
from selfassess.scoring.again import settled
from selfassess.stability import stability_of
from selfassess.workbook import sheet_bytes

HEAD = (
    "lot", "bid", "question", "asks", "said", "to do", "decides", "points", "points claimed", "gate", "evidence asked",
    "evidence counted", "documents", "entries so far", "finding", "reason", "source", "person", "date",
)  # fmt: skip
LAST = limits.QUESTIONS + 1  # more than any set of claims has
BY_HAND = 5  # of the columns, the last ones
PRINTED = 500  # items on paper, some sixty pages; the table has all
SETS = 3  # of claims that decide together, said of each
Sets = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One answer or N/A of one bid in one lot that is still to verify.

    ``decides`` are the smallest sets of claims with whose loss the bid would lose its place, this one in each;
    ``points`` of the reviewed total stand on it now, ``claimed`` would if all were shown.
    """

    lot: str
    supplier: str
    question: str
    asks: str
    said: str
    to_do: str
    decides: Sets
    points: Fraction
    claimed: Fraction
    gate: str
    asked: str
    counted: str
    documents: tuple[str, ...]
    entries: tuple[str, ...]


def still_to_verify(evaluation: Evaluation) -> tuple[Item, ...]:
    """Return what no entry settles and carries points, a gate or a N/A claim; decisive claims first, then by points."""
    found: list[tuple[int, Fraction, int, Item]] = []
    for lot in evaluation.tender.content.lots:
        decisive = _decisive(evaluation, lot)
        for (supplier, at), assessment in sorted(evaluation.assessments.items()):
            if at == lot.id:
                plan = evaluation.plans[at]
                for position, item in _items(plan, assessment, supplier, decisive.get(supplier, ())):
                    size = min((len(each) for each in item.decides), default=LAST)
                    found.append((size, -max(item.points, item.claimed), position, item))
    return tuple(item for *_, item in sorted(found, key=lambda each: each[:3]))


def _decisive(evaluation: Evaluation, lot: Lot) -> Mapping[str, Sets]:
    """Return the sets of decisive claims of the bids that lead a lot; without prices there are none."""
    prices = {s.supplier: s.price for s in evaluation.rankings[lot.id].standings if s.price is not None}
    own = {name: assessment for (name, at), assessment in evaluation.assessments.items() if at == lot.id}
    outside = {name: ("",) for name, one in own.items() if not may_bid(lot, one.response.supplier.role)}
    if not prices:
        return {}
    tie_rule = evaluation.tender.content.tie_rule
    stability = stability_of(evaluation.plans[lot.id], lot.price, tie_rule, own, prices, excluded=outside)
    return {found.supplier: found.sets or ((found.smallest,) if found.smallest else ()) for found in stability.decisive}


def _items(plan: ScoringPlan, assessment: Assessment, supplier: str, sets: Sets) -> Iterator[tuple[int, Item]]:
    done, figures = settled(plan, assessment), Figures(SOURCE, plan.profile.decimals)
    for position, finding in enumerate(findings(plan, assessment)):
        question = plan.questions[position].question
        to_do = _to_do(finding, is_settled=position in done)
        claimed = finding.points[Measure.CLAIMED]
        carries = claimed or finding.points[Measure.REVIEWED] or finding.gate is not None
        if not to_do or not (carries or finding.state is State.NOT_APPLICABLE):
            continue
        if finding.state is State.NOT_APPLICABLE:
            said = f"does not apply: {reason_in_words(plan, finding)}"
        else:
            rows = f"rows: {', '.join(row.key for row in finding.rows)}"
            said = "; ".join(answer_in_words(question, finding, figures)) or rows
        yield (
            position,
            Item(
                lot=plan.lot or "",
                supplier=supplier,
                question=finding.question,
                asks=question.text,
                said=said,
                to_do=to_do,
                decides=tuple(each for each in sets if finding.question in each),
                points=finding.points[Measure.REVIEWED],
                claimed=claimed,
                gate=finding.gate.value if finding.gate else "",
                asked=finding.minimum.name,
                counted=finding.grade.name,
                documents=tuple(dict.fromkeys(document.id for document in finding.documents)),
                entries=tuple(f"{entry.id} {entry.action.value}, {entry.person}" for entry in finding.entries),
            ),
        )


def _to_do(finding: Finding, *, is_settled: bool) -> str:
    """Return what an entry has to say, empty where nothing is open."""
    if finding.persons_differ:
        return "moderate"
    if finding.state is State.NOT_APPLICABLE:
        return "approve or refuse" if finding.approval is Approval.OPEN and not finding.inherited else ""
    if finding.state is not State.ANSWERED or is_settled or finding.standing is not None:
        return ""
    if any(document.is_equivalent and not document.reason for document in finding.documents):
        return "accept the equivalent, or reject"
    return "confirm, adjust or reject"


def decides_in_words(item: Item) -> str:
    """Return with which other claims this one decides, the fewest first, empty where it does not."""
    said = [
        f"with {' and '.join(others)}" if (others := [id_ for id_ in each if id_ != item.question]) else "alone"
        for each in sorted(item.decides, key=len)
    ]
    more = len(said) - SETS
    return "; ".join(said[:SETS]) + (f"; and in {more} more sets" if more > 0 else "")


def rows_of(items: tuple[Item, ...], places: int) -> list[list[str]]:
    """Return the items as rows of texts under ``HEAD``; the last columns are filled in by hand."""
    return [
        [
            item.lot,
            item.supplier,
            item.question,
            item.asks,
            item.said,
            item.to_do,
            decides_in_words(item),
            shown(item.points, places),
            shown(item.claimed, places),
            item.gate,
            item.asked,
            item.counted,
            ", ".join(item.documents),
            "; ".join(item.entries),
            *[""] * BY_HAND,
        ]
        for item in items
    ]


def worksheet_csv(rows: list[list[str]]) -> bytes:
    """Return the rows as a table that a spreadsheet opens and computes nothing of."""
    lines = [",".join(cell(text) if text else "" for text in row) for row in [HEAD, *rows]]
    return ("\r\n".join(lines) + "\r\n").encode("utf-8")


def worksheet_xlsx(rows: list[list[str]], created: datetime) -> bytes:
    """Return the rows as a workbook, points as numbers."""
    numbered = [HEAD.index("points"), HEAD.index("points claimed")]
    typed = [[Decimal(text) if at in numbered else text for at, text in enumerate(row)] for row in rows]
    return sheet_bytes(HEAD, typed, title="Worksheet", created=created)


def worksheet_card(evaluation: Evaluation, items: tuple[Item, ...], places: int) -> WorksheetCard:
    """Return the worksheet as it is printed: the first items, and how many more stand in the table."""
    decisive, more = sum(bool(item.decides) for item in items), len(items) - PRINTED
    said = f"{len(items)} claims to verify, {decisive} of them decisive: these stand first, the others by their points."
    rest = f" The {more} after the first {PRINTED} stand in worksheet.csv." if more > 0 else ""
    return WorksheetCard(
        title=evaluation.tender.content.title,
        subtitle=said + rest,
        digest=evaluation.tender.digest,
        items=[
            {
                "supplier": item.supplier,
                "lot": item.lot,
                "question": item.question,
                "asks": item.asks,
                "said": item.said,
                "to_do": item.to_do,
                "decides": decides_in_words(item),
                "points": shown(item.points, places),
                "claimed": shown(item.claimed, places),
                "gate": item.gate,
                "evidence": f"{item.asked} asked, {item.counted} counts",
                "documents": ", ".join(item.documents),
                "entries": "; ".join(item.entries),
            }
            for item in items[:PRINTED]
        ],
    )
