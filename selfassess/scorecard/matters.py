"""What a tender's file must say beside its rankings: N/A claims, evidence that did not count, reviews, open matters."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from selfassess.languages import Words
from selfassess.model.assessment import Approval, State
from selfassess.model.review import Entry
from selfassess.plan import ScoringPlan
from selfassess.scorecard.cards import Cell, Line, Row
from selfassess.scorecard.figures import Figures
from selfassess.scorecard.saying import APPROVALS, claim_in_words, entry_in_words, refusal_in_words
from selfassess.scorecard.sheet import Sheet
from selfassess.scorecard.tender_cards import EntryRow

Key = tuple[str, str]  # supplier, lot
MINIMUM = "minimum "  # what the names of minima begin with, before a section's id or the total
EVIDENCE_ROWS = 400  # on paper; more say the same thing again


def bidder_lines(sheets: Mapping[Key, Sheet], bids: Collection[str], words: Words) -> tuple[Line, ...]:
    """Return every bid's folder with the whole name of its supplier and what identifies it."""
    suppliers = {supplier: sheet.assessment.response.supplier for (supplier, _), sheet in sheets.items()}
    lines = []
    roles = {role.id: role.text for sheet in sheets.values() for role in sheet.plan.questionnaire.roles}
    for id_ in bids:
        own = suppliers.get(id_)
        if own is None:
            lines.append(Line(label=id_, value=words.say("could not be read, or bids for no lot")))
            continue
        said = (" ".join(filter(None, (own.scheme, own.identifier))), own.country, roles.get(own.role or "", own.role))
        lines.append(Line(label=id_, value=own.name, note=", ".join(filter(None, said))))
    return tuple(lines)


def claims(plans: Mapping[str, ScoringPlan], sheets: Mapping[Key, Sheet]) -> tuple[Row, ...]:
    """Return every N/A claim by question and reason, with all bids that make it and what the review said."""
    found: dict[tuple[str, str], list[Cell]] = {}
    texts: dict[str, str] = {}
    for (supplier, lot), sheet in sheets.items():
        assessment, words = sheet.assessment, sheet.figures.words
        for planned in plans[lot].questions:
            position = planned.position
            if assessment.states[position] is State.NOT_APPLICABLE and position not in assessment.causes:
                reason = claim_in_words(plans[lot], assessment.reasons.get(position, ""), words)
                word, tone = APPROVALS[assessment.approvals.get(position, Approval.OPEN)]
                texts[planned.id] = planned.question.text
                cell = Cell(text=f"{words.say(word)}: {supplier}, {lot}", tone=tone)
                found.setdefault((planned.id, reason), []).append(cell)
    return tuple(
        Row(label=id_, note=texts[id_], kind=reason, cells=tuple(bids)) for (id_, reason), bids in sorted(found.items())
    )


def uncounted(sheets: Mapping[Key, Sheet], words: Words) -> tuple[tuple[Row, ...], str]:
    """Return every document that counted for nothing somewhere, bid by bid, and how many rows are left out."""
    found: dict[tuple[str, str, str, str], list[str]] = {}
    for (supplier, _), sheet in sheets.items():
        titles = {document.id: document.title for document in sheet.assessment.response.evidence}
        for planned, finding in sheet.pairs():
            for document in finding.documents:
                if document.reason:
                    target = _target(planned.id, document.row, words)
                    reason = refusal_in_words(document.reason, planned.id, words)
                    key = (supplier, document.id, titles.get(document.id, ""), reason)
                    targets = found.setdefault(key, [])
                    if target not in targets:
                        targets.append(target)
    rows = [
        Row(label=supplier, note=f"{id_}: {title}", kind=reason, cells=tuple(Cell(text=target) for target in targets))
        for (supplier, id_, title, reason), targets in sorted(found.items())
    ]
    more = len(rows) - EVIDENCE_ROWS
    if more <= 0:
        return tuple(rows), ""
    said = words.say_many("{n} more stand in the bids' own reports.", "{n} more stand in the bids' own reports.", more)
    return tuple(rows[:EVIDENCE_ROWS]), said


def _target(question: str, row: str | None, words: Words) -> str:
    return words.say("{question}, row {row}", question=question, row=row) if row else question


def entries(sheets: Mapping[Key, Sheet], figures: Figures) -> tuple[EntryRow, ...]:
    """Return every entry of the reviews once, with the bids that it acts on, or why it was not applied."""
    acting: dict[tuple[Entry, str], list[str]] = {}
    for (supplier, lot), sheet in sheets.items():
        for entry in sheet.assessment.entries:
            acting.setdefault((entry, ""), []).append(f"{supplier}, {lot}")
        for refusal in sheet.assessment.refused_entries:
            acting.setdefault((refusal.entry, refusal.reason), []).append(f"{supplier}, {lot}")
    order = sorted(acting.items(), key=lambda item: (item[0][0].question, item[0][0].date, item[0][0].id, item[1]))
    rows, words = [], figures.words
    for (entry, refused), bids in order:
        card = entry_in_words(entry, figures)
        rows.append(
            EntryRow(
                question=entry.question,
                bids="; ".join(_grouped(bids, words)),
                did=card.did,
                who=card.who,
                reason=card.reason,
                applied=words.say("Not applied: {reason}.", reason=words.again(refused)) if refused else "",
            )
        )
    return tuple(rows)


def _grouped(bids: Sequence[str], words: Words) -> list[str]:
    """Return bids with their lots together: ``nordfon, new-devices and second-life``."""
    lots: dict[str, list[str]] = {}
    for bid in bids:
        supplier, _, lot = bid.partition(", ")
        lots.setdefault(supplier, []).append(lot)
    both = f" {words.say('and')} "
    return [f"{supplier}, {both.join(dict.fromkeys(found))}" for supplier, found in lots.items()]


def _requirement(name: str, sheet: Sheet) -> str:
    """Return a minimum requirement by its question's id, or a minimum in words."""
    words, titles = sheet.figures.words, {planned.section.id: planned.section.title for planned in sheet.plan.sections}
    if not name.startswith(MINIMUM):
        return name
    title = titles.get(name.removeprefix(MINIMUM))
    return words.say("the minimum of the total") if title is None else words.say("the minimum of {title}", title=title)


def open_matters(sheets: Mapping[Key, Sheet]) -> tuple[Line, ...]:
    """Return what keeps results from being final, a line for each bid in a lot and each kind of matter."""
    lines = []
    for (supplier, lot), sheet in sheets.items():
        words, unknown = sheet.figures.words, ", ".join(_requirement(name, sheet) for name in sheet.assessment.unknown)
        said = map(words.again, sheet.assessment.unsettled)
        matters = [f"{matter[:1].upper()}{matter[1:]}." for matter in said]
        if unknown:
            matters.append(words.say("It is not known whether these are met: {questions}.", questions=unknown))
        lines += [Line(label=supplier, value=lot, note=matter, tone="open") for matter in matters]
    return tuple(lines)
