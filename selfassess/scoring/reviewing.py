"""Apply what evaluators, auditors and monitors found (method, 3.8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from selfassess.languages import TOLD
from selfassess.model.assessment import Approval, RefusedEntry, Scaled, State
from selfassess.model.response import Response, Row
from selfassess.model.review import ON_NOT_APPLICABLE, Action, Entry, Review
from selfassess.plan import PlannedQuestion, ScoringPlan
from selfassess.scoring.applicability import Standings
from selfassess.scoring.support import Support
from selfassess.scoring.values import ScoredRows, aggregated, tenths_of

Target = tuple[int, str | None]  # a question's position, and the key of a row or None
CONFIRMING = frozenset({Action.CONFIRM, Action.ACCEPT_EQUIVALENT})


@dataclass(slots=True)
class Reviewed:
    """The reviewed values, and what decided them: entries by target, the standing one, where persons differ."""

    values: list[Scaled]
    by_target: dict[Target, list[Entry]] = field(default_factory=dict)
    standing: dict[Target, Entry] = field(default_factory=dict)
    differing: set[Target] = field(default_factory=set)
    approvals: dict[int, Approval] = field(default_factory=dict)
    refused: tuple[RefusedEntry, ...] = ()
    replies: list[Entry] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """What a review acts on."""

    plan: ScoringPlan
    stand: Standings
    support: Support
    claimed: Sequence[Scaled]
    rows: Mapping[int, ScoredRows]
    documents: frozenset[str]


def entries_for(supplier: str, reviews: Mapping[str, Review], response: Response) -> tuple[Entry, ...]:
    """Return the entries that act on one bid: its own, and monitors' findings on sites that its tables name.

    Sites match by the key of the row. Entries stand in the order of their dates, those of one review in the order in
    which they were appended.
    """
    dated: list[tuple[object, int, str, int, Entry]] = []
    for name, review in sorted(reviews.items()):
        latest = None
        for number, entry in enumerate(review.entries):
            latest = entry.date if latest is None else max(latest, entry.date)
            acting = entry if name == supplier and review.monitoring is None else _on_site(entry, response)
            if acting is not None:
                dated.append((latest, int(name != supplier), name, number, acting))
    return tuple(entry for *_, entry in sorted(dated, key=lambda item: item[:4]))


def _on_site(entry: Entry, response: Response) -> Entry | None:
    """Return a monitor's finding as it acts on another bid that names the site, None when it does not.

    It names no document there: an id is one of the bid that was looked at, and another's may have the same.
    """
    if not entry.is_site_finding or entry.row is None:
        return None
    tables = [response.answers, *response.lot_answers.values()]
    for answers in tables:
        rows = answers.get(entry.question)
        if isinstance(rows, tuple):
            for row in rows:
                if isinstance(row, Row) and row.key.casefold() == entry.row.casefold():
                    return replace(entry, row=row.key, document=None)
    return None


def apply_review(case: Case, supported: Sequence[Scaled], entries: Sequence[Entry]) -> Reviewed:
    """Return the reviewed values: the supported ones where no entry stands."""
    review = Reviewed(list(supported))
    if not entries:
        return review
    _sort_out(case, entries, review)
    for target, group in review.by_target.items():
        _decide(case, target, group, review)
    _approve_inherited(case.stand, review)
    for position in {position for position, _ in review.by_target}:
        review.values[position] = reviewed_value(case, position, review, frozenset())
    return review


def _sort_out(case: Case, entries: Iterable[Entry], review: Reviewed) -> None:
    """File each entry under its target, or refuse it with the reason."""
    refused = []
    for entry in entries:
        position = case.plan.positions.get(entry.question)
        if position is None or entry.lot not in (None, case.plan.lot):
            continue
        if entry.action is Action.REPLY:
            review.replies.append(entry)
            continue
        reason = _misuse(case, position, entry)
        value_reason = "" if reason else _unfit_value(case, position, entry)
        if reason or value_reason:
            refused.append(RefusedEntry(entry=entry, reason=reason or value_reason, is_value=not reason))
        else:
            review.by_target.setdefault((position, entry.row), []).append(entry)
    review.refused = tuple(refused)


def _misuse(case: Case, position: int, entry: Entry) -> str:
    """Return why an action cannot be used on its target, empty when it can."""
    state, planned = case.stand.states[position], case.plan.questions[position]
    if entry.action in ON_NOT_APPLICABLE:
        if state is not State.NOT_APPLICABLE or entry.row is not None:
            return TOLD.say("{question} is not said not to apply", question=entry.question)
        return TOLD.say("it follows from other N/A, which take the entries") if position in case.stand.causes else ""
    if state is not State.ANSWERED:
        return TOLD.say("{question} has no answer that counts", question=entry.question)
    if entry.row is not None and not any(row.key == entry.row for row in _rows(case, position)):
        return TOLD.say("{question} has no row {row}", question=entry.question, row=entry.row)
    if entry.action is Action.ACCEPT_EQUIVALENT and not _covers(case, position, entry.row):
        return TOLD.say("no valid equivalent covers {question}", question=entry.question)
    if entry.action is Action.ADJUST and not planned.question.is_scored:
        return TOLD.say("{question} is not scored", question=entry.question)
    return ""


def _rows(case: Case, position: int) -> Sequence[Row]:
    answer = case.stand.answers[position]
    return answer if case.plan.questions[position].table is not None and answer else ()


def _covers(case: Case, position: int, row: str | None) -> bool:
    """Return whether a valid equivalent covers the question, or the row; one that names no row of a table does not."""
    keys = {answered.key for answered in _rows(case, position)}
    is_table = case.plan.questions[position].table is not None
    named = [key for at, key in case.support.pending if at == position and (not is_table or key in keys)]
    return bool(named) if row is None else row in named


def _unfit_value(case: Case, position: int, entry: Entry) -> str:
    """Return why an adjusted value cannot stand: above the claim it needs a document that came with the bid."""
    if entry.action is not Action.ADJUST:
        return ""
    if entry.value is None:
        return TOLD.say("adjust needs a value")
    if _adjusted(case, entry) <= _claim(case, (position, entry.row)) or entry.document in case.documents:
        return ""
    if entry.document is not None:
        return TOLD.say("it lies above the claim and the bid has no document {document}", document=entry.document)
    return TOLD.say("it lies above the claim and names no document of this bid received by the deadline")


def _adjusted(case: Case, entry: Entry) -> Scaled:
    value = Fraction(entry.value or 0) * case.plan.scale
    return value.numerator if value.denominator == 1 else value


def _claim(case: Case, target: Target) -> Scaled:
    position, key = target
    if key is None:
        return case.claimed[position]
    scored = case.rows.get(position)
    if scored is None:  # the table is not scored; what is confirmed there may open a gate
        return 0
    return next(value for row, value in zip(scored.rows, scored.claimed, strict=True) if row.key == key)


def worth(case: Case, target: Target, entry: Entry) -> tuple[Scaled, int]:
    """Return what an entry makes of its target, to tell which of several is the lowest and whether they differ."""
    if entry.action in ON_NOT_APPLICABLE:
        return (int(entry.action is Action.APPROVE), 0)
    gated = int(case.plan.questions[target[0]].gate is not None and entry.action is not Action.REJECT)
    if entry.action is Action.REJECT:
        return (0, 0)
    if entry.action is Action.ADJUST:
        return (_adjusted(case, entry), gated)
    return (_claim(case, target), gated)


def _decide(case: Case, target: Target, group: Sequence[Entry], review: Reviewed) -> None:
    """Note which entry stands: a moderation that nothing follows, else the lowest of each person's latest."""
    if group[-1].moderate:
        standing, differ = group[-1], False
    else:
        latest = {entry.person: entry for entry in group}
        worths = [worth(case, target, entry) for entry in latest.values()]
        standing = list(latest.values())[worths.index(min(worths))]
        differ = len(set(worths)) > 1
    review.standing[target] = standing
    if differ:
        review.differing.add(target)
    if standing.action in ON_NOT_APPLICABLE:
        approved = standing.action is Action.APPROVE
        review.approvals[target[0]] = Approval.APPROVED if approved else Approval.REFUSED


def _approve_inherited(stand: Standings, review: Reviewed) -> None:
    """Note that an inherited N/A is approved when all its causes are, and refused when one is."""
    for position, causes in stand.causes.items():
        if stand.states[position] is not State.NOT_APPLICABLE:
            continue
        said = [review.approvals.get(cause, Approval.OPEN) for cause in causes]
        if Approval.REFUSED in said:
            review.approvals[position] = Approval.REFUSED
        elif all(approval is Approval.APPROVED for approval in said):
            review.approvals[position] = Approval.APPROVED


def reviewed_value(case: Case, position: int, review: Reviewed, accepted: frozenset[Target]) -> Scaled:
    """Return the reviewed value of a question, with the equivalents of ``accepted`` targets taken as accepted."""
    planned = case.plan.questions[position]
    own = review.standing.get((position, None))
    confirmed = is_confirmed(own) or (own is None and (position, None) in accepted)
    if own is not None and own.action is Action.ACCEPT_EQUIVALENT:
        confirmed = planned.table is None
        accepted |= covered(case, position, review)
    if planned.table is None or position not in case.rows:
        value = _supported(case, planned) if not confirmed else case.claimed[position]
    else:
        values = reviewed_rows(case, planned, review, accepted, confirmed=confirmed)
        value = aggregated(planned.table, case.rows[position], values)
    if own is None or own.action in CONFIRMING or own.action in ON_NOT_APPLICABLE:
        return value
    ruled: Scaled = 0 if own.action is Action.REJECT else _adjusted(case, own)
    by_rows = any(at == position and key is not None for at, key in review.standing)
    return min(ruled, value) if by_rows else ruled


def is_confirmed(entry: Entry | None) -> bool:
    """Return whether an entry confirms an answer as it stands."""
    return entry is not None and entry.action is Action.CONFIRM


def covered(case: Case, position: int, review: Reviewed) -> frozenset[Target]:
    """Return the rows that count fully since an entry on the whole table accepted the equivalents that name them."""
    own = review.standing.get((position, None))
    if own is None or own.action is not Action.ACCEPT_EQUIVALENT:
        return frozenset()
    return frozenset(target for target in case.support.pending if target[0] == position)


def _supported(case: Case, planned: PlannedQuestion) -> Scaled:
    return tenths_of(case.claimed[planned.position], case.support.tenths(planned))


def reviewed_rows(
    case: Case, planned: PlannedQuestion, review: Reviewed, accepted: frozenset[Target], *, confirmed: bool
) -> list[Scaled]:
    """Return the reviewed value of each row of a table: by its own entry, else by the table's, else by evidence."""
    scored = case.rows[planned.position]
    values: list[Scaled] = []
    for row, claim in zip(scored.rows, scored.claimed, strict=True):
        entry = review.standing.get((planned.position, row.key))
        if entry is not None and entry.action is Action.ADJUST:
            values.append(_adjusted(case, entry))
        elif entry is not None and entry.action is Action.REJECT:
            values.append(0)
        elif confirmed or entry is not None or (planned.position, row.key) in accepted:
            values.append(claim)
        else:
            grade = case.support.grade_of_row(planned.position, row.key)
            values.append(tenths_of(claim, planned.support[grade]))
    return values
