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
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.response import Response
from selfassess.model.tender import Lot, Tender
from selfassess.problems import Code, Fault, InvalidDocument, Problem
from selfassess.schemas.response import ReadResponse, ResponseReader
from selfassess.seen import NOT_LOOKED, Look, look_at
from selfassess.sources import Source, of_file, read_file
from selfassess.unprintable import unprintable_faults

RESPONSE = "response.json"
ROLE_MAY_NOT_BID = TOLD.say("the supplier's role may not bid for this lot")


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


def may_bid(lot: Lot, role: str | None) -> bool:
    """Return whether a supplier in a role may bid for a lot."""
    if lot.bid_when is None:
        return True
    return compiled(lot.bid_when, on_questions({}, {}, lot.id))(((), (), role)) is True
