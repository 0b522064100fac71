"""Read one bid: a folder with a response and its evidence becomes a response that can be scored, and its problems."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from selfassess import evidence
from selfassess.checks import check_answers
from selfassess.conditions import compiled, on_questions
from selfassess.languages import TOLD
from selfassess.model.assessment import Assessment, State
from selfassess.model.conditions import Condition, looked_at
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.response import Response, Row
from selfassess.model.tender import Lot, Tender
from selfassess.plan import ScoringPlan
from selfassess.problems import Code, Fault, InvalidDocument, Problem
from selfassess.schemas.response import ReadResponse, ResponseReader
from selfassess.scoring.gaps import declaration_gaps, evidence_gaps
from selfassess.scoring.support import considered
from selfassess.seen import NOT_LOOKED, Look, look_at
from selfassess.sources import Source, of_file, read_file
from selfassess.unprintable import unprintable_faults

RESPONSE = "response.json"
ROLE_MAY_NOT_BID = TOLD.say("the supplier's role may not bid for this lot")
ROWS_NAMED = 10  # of a table, in one message


@dataclass(frozen=True, slots=True, kw_only=True)
class Bid:
    """A bid's folder as found: what was read (None: refused), the response without unusable evidence, problems.

    ``files`` are the digests of the evidence files that were found, by path; ``look`` is all that was seen of them.
    """

    supplier: str
    read: ReadResponse | None
    response: Response | None
    problems: tuple[Problem, ...]
    files: Mapping[str, str]
    look: Look = NOT_LOOKED

    @property
    def is_refused(self) -> bool:
        """Return whether the bid could not be read."""
        return self.response is None


def refused(supplier: str, problems: Sequence[Problem]) -> Bid:
    """Return a bid that could not be read."""
    return Bid(supplier=supplier, read=None, response=None, problems=tuple(problems), files={})


def read_bid(folder: Path, name: str, reader: ResponseReader, look: Look | None = None) -> Bid:
    """Return the bid that lies in a folder; ``name`` is how the user names the folder.

    ``look`` is what was seen of its evidence, where that does not lie in the folder.
    """
    file = f"{name}/{RESPONSE}"
    try:
        read = reader.read(read_file(_own_file(folder / RESPONSE, file), file))
    except InvalidDocument as invalid:
        return refused(folder.name, invalid.problems)
    seen = look_at(folder, declared(read)) if look is None else look
    response, problems, files = with_look(read, seen)
    problems = (*read.problems, *problems, *_unlisted(read, seen.unlisted))
    return Bid(supplier=folder.name, read=read, response=response, problems=problems, files=files, look=seen)


def _own_file(path: Path, file: str) -> Path:
    """Return the path of a bid's response; one that is missing, or a link to something else, is ``InvalidDocument``."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        raise InvalidDocument([of_file(file, Code.BID_MISSING)]) from None
    except OSError as error:
        raise InvalidDocument([of_file(file, Code.FILE_UNREADABLE, reason=error.strerror or "it is closed")]) from None
    if stat.S_ISLNK(status.st_mode) or status.st_nlink > 1:
        raise InvalidDocument([of_file(file, Code.EVIDENCE_LINK, path=RESPONSE)])
    return path


def in_tender(bid: Bid, tender: Tender) -> Bid:
    """Return a bid with the problems that show only inside its tender."""
    if bid.read is None or bid.response is None:
        return bid
    source, response, faults = bid.read.source, bid.response, []
    known = {lot.id for lot in tender.lots}
    if response.tender is None:
        faults.append(Fault(pointer="", code=Code.MISSING_KEY, values={"key": "tender"}))
    elif response.tender != tender.id:
        values: dict[str, object] = {"found": response.tender, "expected": tender.id}
        faults.append(Fault(pointer="/tender", code=Code.TENDER_MISMATCH, values=values))
    for index, lot in enumerate(response.lots):
        if lot not in known:
            values = {"id": lot, "known": ", ".join(sorted(known))}
            faults.append(Fault(pointer=f"/lots/{index}", code=Code.UNKNOWN_LOT, values=values))
    problems = [source.problem(fault) for fault in faults]
    if known.isdisjoint(response.lots):
        problems.append(source.problem(Fault(pointer="/lots", code=Code.NO_LOT)))
        return replace(bid, response=None, problems=tuple(sorted({*bid.problems, *problems})))
    return replace(bid, problems=tuple(sorted({*bid.problems, *problems})))


def declared(read: ReadResponse) -> list[tuple[str, str | None]]:
    """Return the path and the declared digest of each document that a response lists."""
    return [(document.file, document.sha256) for document in read.response.evidence]


def with_files(read: ReadResponse, folder: Path) -> tuple[Response, tuple[Problem, ...], Mapping[str, str]]:
    """Return the response without the documents whose files cannot be used, the problems, and digests by path."""
    return with_look(read, Look(findings=evidence.examine(folder, declared(read))))


def with_look(read: ReadResponse, look: Look) -> tuple[Response, tuple[Problem, ...], Mapping[str, str]]:
    """Return the response without the documents whose files cannot be used, by what was seen of them."""
    documents = read.response.evidence
    found = look.compared(declared(read))
    positions = positions_of_documents(read.source)
    problems = [read.source.problem(fault) for fault in unprintable_faults(read.source)]
    kept = []
    for document, finding in zip(documents, found, strict=True):
        if finding.code is None:
            kept.append(document)
        else:
            at = f"/evidence/{positions.get(document.id, 0)}/file"
            problems.append(read.source.problem(Fault(pointer=at, code=finding.code, values=finding.values)))
    files = {finding.path: finding.digest for finding in found if finding.digest is not None}
    return replace(read.response, evidence=tuple(kept)), tuple(problems), files


def unlisted_files(read: ReadResponse, folder: Path) -> tuple[Problem, ...]:
    """Return a problem for each file in a bid's folder that its response does not list."""
    return _unlisted(read, evidence.unlisted(folder, [document.file for document in read.response.evidence]))


def _unlisted(read: ReadResponse, paths: Sequence[str]) -> tuple[Problem, ...]:
    faults = (Fault(pointer="", code=Code.EVIDENCE_UNLISTED, values={"path": path}) for path in paths)
    return tuple(read.source.problem(fault) for fault in faults)


def positions_of_documents(source: Source) -> Mapping[str, int]:
    """Return where each document stands in the response's list of evidence, by id."""
    plain = source.data.get("evidence") if isinstance(source.data, dict) else None
    entries = plain if isinstance(plain, list) else []
    ids = [entry.get("id") if isinstance(entry, dict) else None for entry in entries]
    return {id_: index for index, id_ in enumerate(ids) if isinstance(id_, str)}


def answer_faults(questionnaire: Questionnaire, response: Response, day: date) -> Iterator[Fault]:
    """Yield what does not fit between a response's own parts: claims beside answers, figures that contradict."""
    for id_ in response.not_applicable:
        if _says_something(questionnaire, id_, response.answers):
            yield Fault(pointer=f"/not_applicable/{id_}", code=Code.NOT_APPLICABLE_AND_ANSWER, values={"question": id_})
    for lot, claims in response.lot_not_applicable.items():
        for id_ in claims:
            if _says_something(questionnaire, id_, response.lot_answers.get(lot, {})):
                at = f"/lot_not_applicable/{lot}/{id_}"
                yield Fault(pointer=at, code=Code.NOT_APPLICABLE_AND_ANSWER, values={"question": id_})
    yield from check_answers(questionnaire, response.answers, day)
    for lot, answers in response.lot_answers.items():
        for fault in check_answers(questionnaire, {**response.answers, **answers}, day, about=answers):
            own = fault.pointer.split("/")[2] in answers
            yield replace(fault, pointer=fault.pointer.replace("/answers", f"/lot_answers/{lot}", 1)) if own else fault


def _says_something(questionnaire: Questionnaire, id_: str, answers: Mapping[str, object]) -> bool:
    """Return whether a question is answered; a table without rows is not."""
    if answers.get(id_) != ():
        return id_ in answers
    return all(question.table is None for question in questionnaire.questions() if question.id == id_)


def standing_faults(plan: ScoringPlan, assessment: Assessment, source: Source) -> Iterator[Fault]:
    """Yield what only the scoring shows: answers that are not asked, missing ones, documents that do not count."""
    yield from _gap_faults(plan, assessment, source)
    if not assessment.has_plain_evidence:
        yield from _document_faults(plan, assessment, positions_of_documents(source))
    if assessment.incomplete or assessment.causes or State.NOT_ASKED in assessment.states:
        yield from _state_faults(plan, assessment)


def _gap_faults(plan: ScoringPlan, assessment: Assessment, source: Source) -> Iterator[Fault]:
    own = assessment.response.lot_answers.get(plan.lot or "", {})
    for gap in evidence_gaps(plan, assessment):
        at = f"/lot_answers/{plan.lot}/{gap.question}" if gap.question in own else f"/answers/{gap.question}"
        counted = (
            TOLD.say("none counts for the rows {rows}", rows=_few(gap.rows))
            if gap.rows
            else TOLD.say("{grade} counts", grade=gap.counted.name)
        )
        values = {"question": gap.question, "asked": gap.asked.name, "counted": counted}
        yield Fault(pointer=at, code=Code.EVIDENCE_GAP, values=values)
    for found in declaration_gaps(plan, assessment):
        positions = positions_of_documents(source)
        at = f"/answers/{found.question}" if found.is_entry else f"/evidence/{positions.get(found.document, 0)}"
        values = {
            "document": found.document or TOLD.say("what was seen of {question}", question=found.question),
            "why": found.why,
        }
        yield Fault(pointer=at, code=Code.DECLARATION_GAP, values=values)


def _few(rows: Sequence[str]) -> str:
    shown = ", ".join(rows[:ROWS_NAMED])
    return TOLD.say("{rows} and {n} more", rows=shown, n=len(rows) - ROWS_NAMED) if len(rows) > ROWS_NAMED else shown


def _state_faults(plan: ScoringPlan, assessment: Assessment) -> Iterator[Fault]:
    response = assessment.response
    own = response.lot_answers.get(plan.lot or "", {})
    for planned, state in zip(plan.questions, assessment.states, strict=True):
        id_ = planned.question.id
        at = f"/lot_answers/{plan.lot}/{id_}" if id_ in own else f"/answers/{id_}"
        said = id_ in own or id_ in response.answers
        inherited = planned.position in assessment.causes
        if said and (state is State.NOT_ASKED or inherited) and planned.condition is not None:
            reason = _not_asked(planned.condition, is_told=state is State.NOT_ASKED)
            yield Fault(pointer=at, code=Code.NOT_ASKED, values={"question": id_, "reason": reason})
        elif state is State.MISSING and not said and id_ not in response.not_applicable:
            yield Fault(pointer="/answers", code=Code.MISSING_ANSWER, values={"question": id_})


def _not_asked(condition: Condition, *, is_told: bool) -> str:
    """Return why a question is not asked: by the answers that its condition looks at, or by the bidder and the lot."""
    questions = ", ".join(looked_at(condition))
    if not questions:
        return TOLD.say("the lot or the supplier's role does not ask for it")
    if is_told:
        return TOLD.say("it depends on {questions}, answered otherwise", questions=questions)
    return TOLD.say("it depends on {questions}, of which nothing can be told", questions=questions)


def _document_faults(plan: ScoringPlan, assessment: Assessment, positions: Mapping[str, int]) -> Iterator[Fault]:
    for document in assessment.response.evidence:
        for planned, finding in considered(plan, document, assessment.day):
            id_ = planned.question.id
            at = f"/evidence/{positions.get(document.id, 0)}"
            rule = planned.question.evidence
            accepts = rule.accepts if rule and rule.accepts is not None else None
            if accepts is not None and document.kind not in (*accepts, "equivalent"):
                values = {"id": document.id, "kind": document.kind, "question": id_, "known": ", ".join(accepts)}
                yield Fault(pointer=f"{at}/kind", code=Code.EVIDENCE_KIND, values=values)
            elif finding.reason:
                code = Code.EVIDENCE_NO_ROW if planned.table is not None and finding.row is None else None
                values = {"id": document.id, "day": str(assessment.day), "reason": finding.reason, "question": id_}
                yield Fault(pointer=at, code=code or Code.EVIDENCE_NOT_VALID, values=values)
            elif finding.row is not None and not _has_row(assessment, planned.position, finding.row):
                values = {"id": document.id, "target": f"{id_}/{finding.row}"}
                yield Fault(pointer=f"{at}/supports", code=Code.EVIDENCE_SUPPORTS, values=values)


def _has_row(assessment: Assessment, position: int, key: str) -> bool:
    answer = assessment.answers[position]
    rows = answer if isinstance(answer, tuple) else ()
    return any(isinstance(row, Row) and row.key == key for row in rows)


def may_bid(lot: Lot, role: str | None) -> bool:
    """Return whether a supplier in a role may bid for a lot."""
    if lot.bid_when is None:
        return True
    return compiled(lot.bid_when, on_questions({}, {}, lot.id))(((), (), role)) is True
