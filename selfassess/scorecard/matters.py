"""What a tender's file must say beside its rankings: N/A claims, evidence that did not count, reviews, open matters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from selfassess.model.assessment import Approval, State
from selfassess.model.review import Entry
from selfassess.plan import ScoringPlan
from selfassess.scorecard.cards import Cell, Line, Row
from selfassess.scorecard.figures import Figures
from selfassess.scorecard.saying import APPROVALS, claim_in_words, entry_in_words, refusal_in_words
from selfassess.scorecard.sheet import Sheet
from selfassess.scorecard.tender_cards import EntryRow

Key = tuple[str, str]  # supplier, lot
EVIDENCE_ROWS = 400  # on paper; more say the same thing again


def bidder_lines(sheets: Mapping[Key, Sheet], bids: Collection[str]) -> tuple[Line, ...]:
    """Return every bid's folder with the whole name of its supplier and what identifies it."""
    suppliers = {supplier: sheet.assessment.response.supplier for (supplier, _), sheet in sheets.items()}
    lines = []
    for id_ in bids:
        own = suppliers.get(id_)
        if own is None:
            lines.append(Line(label=id_, value="could not be read, or bids for no lot"))
            continue
        said = (" ".join(filter(None, (own.scheme, own.identifier))), own.country, own.role)
        lines.append(Line(label=id_, value=own.name, note=", ".join(filter(None, said))))
    return tuple(lines)


def claims(plans: Mapping[str, ScoringPlan], sheets: Mapping[Key, Sheet]) -> tuple[Row, ...]:
    """Return every N/A claim by question and reason, with all bids that make it and what the review said."""
    found: dict[tuple[str, str], list[Cell]] = {}
    texts: dict[str, str] = {}
    for (supplier, lot), sheet in sheets.items():
        assessment = sheet.assessment
        for planned in plans[lot].questions:
            position = planned.position
            if assessment.states[position] is State.NOT_APPLICABLE and position not in assessment.causes:
                reason = claim_in_words(plans[lot], assessment.reasons.get(position, ""))
                word, tone = APPROVALS[assessment.approvals.get(position, Approval.OPEN)]
                texts[planned.id] = planned.question.text
                found.setdefault((planned.id, reason), []).append(Cell(text=f"{word}: {supplier}, {lot}", tone=tone))
    return tuple(
        Row(label=id_, note=texts[id_], kind=reason, cells=tuple(bids)) for (id_, reason), bids in sorted(found.items())
    )


def uncounted(sheets: Mapping[Key, Sheet]) -> tuple[tuple[Row, ...], str]:
    """Return every document that counted for nothing somewhere, bid by bid, and how many rows are left out."""
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for (supplier, _), sheet in sheets.items():
        titles = {document.id: document.title for document in sheet.assessment.response.evidence}
        for planned, finding in sheet.pairs():
            for document in finding.documents:
                if document.reason:
                    target = f"{planned.id}, row {document.row}" if document.row else planned.id
                    reason = refusal_in_words(document.reason, planned.id)
                    key = (supplier, document.id, titles.get(document.id, ""), reason)
                    targets = found.setdefault(key, [])
                    if target not in targets:
                        targets.append(target)
    rows = [
        Row(label=supplier, note=f"{id_}: {title}", kind=reason, cells=tuple(Cell(text=target) for target in targets))
        for (supplier, id_, title, reason), targets in sorted(found.items())
    ]
    more = len(rows) - EVIDENCE_ROWS
    return tuple(rows[:EVIDENCE_ROWS]), f"{more} more stand in the bids' own reports." if more > 0 else ""


def entries(sheets: Mapping[Key, Sheet], figures: Figures) -> tuple[EntryRow, ...]:
    """Return every entry of the reviews once, with the bids that it acts on, or why it was not applied."""
    acting: dict[tuple[Entry, str], list[str]] = {}
    for (supplier, lot), sheet in sheets.items():
        for entry in sheet.assessment.entries:
            acting.setdefault((entry, ""), []).append(f"{supplier}, {lot}")
        for refusal in sheet.assessment.refused_entries:
            acting.setdefault((refusal.entry, refusal.reason), []).append(f"{supplier}, {lot}")
    order = sorted(acting.items(), key=lambda item: (item[0][0].question, item[0][0].date, item[0][0].id, item[1]))
    rows = []
    for (entry, refused), bids in order:
        card = entry_in_words(entry, figures)
        rows.append(
            EntryRow(
                question=entry.question,
                bids="; ".join(_grouped(bids)),
                did=card.did,
                who=card.who,
                reason=card.reason,
                applied=f"Not applied: {refused}." if refused else "",
            )
        )
    return tuple(rows)


def _grouped(bids: Sequence[str]) -> list[str]:
    """Return bids with their lots together: ``nordfon, new-devices and second-life``."""
    lots: dict[str, list[str]] = {}
    for bid in bids:
        supplier, _, lot = bid.partition(", ")
        lots.setdefault(supplier, []).append(lot)
    return [f"{supplier}, {' and '.join(dict.fromkeys(found))}" for supplier, found in lots.items()]


def open_matters(sheets: Mapping[Key, Sheet]) -> tuple[Line, ...]:
    """Return what keeps results from being final, a line for each bid in a lot and each kind of matter."""
    lines = []
    for (supplier, lot), sheet in sheets.items():
        matters = [f"{matter[:1].upper()}{matter[1:]}." for matter in sheet.assessment.unsettled]
        if sheet.assessment.unknown:
            matters.append(f"It is not known whether these are met: {', '.join(sheet.assessment.unknown)}.")
        lines += [Line(label=supplier, value=lot, note=matter, tone="open") for matter in matters]
    return tuple(lines)
