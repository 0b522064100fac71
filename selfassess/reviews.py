"""Add an entry to a review's text, or chain entries written by hand; nothing else of the text is changed.

An entry is tried out before it is written: what ``evaluate`` would refuse is refused here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from selfassess import digests
from selfassess.bids import Bid, read_bid
from selfassess.checks import review_chain
from selfassess.checks.walking import unknown
from selfassess.errors import UsageError
from selfassess.library import Library
from selfassess.model.assessment import RefusedEntry
from selfassess.model.review import Review
from selfassess.plan import compile_plan
from selfassess.problems import Code, Fault, InvalidDocument, has_errors
from selfassess.schemas import Document, load_review
from selfassess.schemas.response import ResponseReader
from selfassess.scoring import score
from selfassess.scoring.reviewing import entries_for
from selfassess.sources import Source, names_in, read_file, read_yaml
from selfassess.tenders import Opened, entry_digests, open_tender, review_faults

PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]*|sha256:[0-9a-f]{64}", re.ASCII)
HEAD = "Entries are only ever appended; each carries the digest of the one before."


def with_entry(folder: Path, library: Library, name: str, said: Mapping[str, Any], monitor: str | None) -> bytes:
    """Return the text of a review with one entry more; ``InvalidDocument`` or ``UsageError`` where it cannot stand.

    ``name`` is that of the bid, or under which a ``monitor``'s findings on sites lie; ``said`` is the entry without
    what it gets here: its place in the chain, and an id where it has none.
    """
    opened = open_tender(folder, library)
    path, file = folder / "reviews" / f"{name}.yaml", f"{opened.name}/reviews/{name}.yaml"
    text = path.read_text("utf-8") if path.exists() else None
    old = None if text is None else load_review(read_file(path, file))
    of_monitor = monitor is not None if old is None else old.content.monitoring is not None
    bids = _bids(folder, opened, None if of_monitor else name)
    if text is None:
        text = _begun(opened, name, bids, monitor)
    if old is not None:
        _refuse_unsealed(old)
    entries = old.written["entries"] if old else []
    before = digests.digest(entries[-1]) if entries else _origin(opened, name, bids, of_monitor=of_monitor)
    entry = {"id": _next_id(entries), **said, "previous": before}
    new = load_review(read_yaml(_appended(text, file, old, entry).encode(), file))
    if [*entries, entry] != _as_listed(new, entry):
        raise UsageError(f"{file} is written in a way that cannot be added to; add the entry by hand and seal it")
    _refuse_wrong(opened, name, new, bids)
    return new.source.raw


def _as_listed(new: Document[Review], entry: Mapping[str, Any]) -> list[Any]:
    """Return the entries as they are read back; the last as it was said where it says the same."""
    *others, last = new.written["entries"]
    return [*others, entry if digests.canonical(last) == digests.canonical(entry) else last]


def _bids(folder: Path, opened: Opened, name: str | None) -> dict[str, Bid]:
    """Return one bid, or all, read as ``evaluate`` reads them."""
    reader = ResponseReader(opened.questionnaire.content, opened.questionnaire.digest)
    bids = folder / "bids"
    names = names_in(bids, f"{opened.name}/bids")
    there = [one for one in names if (bids / one).is_dir() and not (bids / one).is_symlink()]
    if name is not None and name not in there:
        near = get_close_matches(name, there, 1)
        raise UsageError(f"there is no bid {name!r}" + (f"; did you mean {near[0]}?" if near else ""))
    names = there if name is None else [name]
    return {one: read_bid(folder / "bids" / one, f"{opened.name}/bids/{one}", reader) for one in names}


def _refuse_unsealed(old: Document[Review]) -> None:
    if any(entry.previous is None for entry in old.content.entries):
        file = old.source.file
        raise UsageError(
            f"{file} has entries that are not chained; look at them, then run selfassess review seal {file}"
        )


def _origin(opened: Opened, name: str, bids: Mapping[str, Bid], *, of_monitor: bool) -> str:
    """Return the digest that the first entry carries; a bid that cannot be read cannot be reviewed."""
    if of_monitor:
        return opened.tender.digest
    read = bids[name].read
    if read is None:
        raise InvalidDocument(bids[name].problems)
    return read.digest


def _begun(opened: Opened, name: str, bids: Mapping[str, Bid], monitor: str | None) -> str:
    """Return the text of a review without entries."""
    if monitor is None:
        about = f"# What was found about the bid of {name}. {HEAD}\n"
        pinned = f"supplier: {name}\nresponse:\n  digest: {_origin(opened, name, bids, of_monitor=False)}\n"
    else:
        about = f"# What was found at the sites of several suppliers. {HEAD}\n"
        tender = f"tender:\n  id: {opened.tender.content.id}\n  digest: {opened.tender.digest}\n"
        pinned = f"monitor:\n  name: {json.dumps(monitor, ensure_ascii=False)}\n{tender}"
    return f"{about}format: selfassess/review@1\n{pinned}entries: []\n"


def _next_id(entries: Sequence[Mapping[str, Any]]) -> str:
    """Return an id that no entry has."""
    taken = {entry["id"].casefold() for entry in entries}
    return next(id_ for number in range(1, len(taken) + 2) if (id_ := f"r-{number}") not in taken)


def _appended(text: str, file: str, old: Document[Review] | None, entry: Mapping[str, Any]) -> str:
    """Return a review's text with an entry behind the last one."""
    source = old.source if old else read_yaml(text.encode(), file)
    if not source.data["entries"]:
        at = source.offset("/entries")
        return f"{text[:at].rstrip(' ')}\n{_lines(entry, '  ', '    ')}{text[at:].removeprefix('[]').lstrip(' ')[1:]}"
    first = source.offset("/entries/0")
    margin = text[text.rfind("\n", 0, first) + 1 : first]
    dash = margin[: margin.find("-")] if margin.strip() == "-" else ""
    end = _end_of_entries(source, text)
    head = text[:end] if text[:end].endswith("\n") else text[:end] + "\n"
    return head + _lines(entry, dash, " " * len(margin)) + text[end:]


def _end_of_entries(source: Source, text: str) -> int:
    """Return where the entries end: before the next key and the comments right above it, or at the end."""
    begin = source.offset("/entries", on_key=True)
    after = [at for key in source.data if (at := source.offset(f"/{key}", on_key=True)) > begin]
    if not after:
        return len(text)
    end = min(after)
    while (line := text[text.rfind("\n", 0, end - 1) + 1 : end]).startswith("#") or line == "\n":
        end -= len(line)
    return end


def _lines(entry: Mapping[str, Any], dash: str, margin: str) -> str:
    lines = [f"{key}: {_scalar(value)}\n" for key, value in entry.items()]
    return f"{dash}-{' ' * (len(margin) - len(dash) - 1)}{margin.join(lines)}"


def _scalar(value: object) -> str:
    if value is True:
        return "true"
    text = str(value)
    is_plain = not isinstance(value, str) or PLAIN.fullmatch(text)
    return text if is_plain else json.dumps(text, ensure_ascii=False)


def _refuse_wrong(opened: Opened, name: str, new: Document[Review], bids: Mapping[str, Bid]) -> None:
    """Raise ``InvalidDocument`` with what is wrong with the review as it would be, its last entry tried out."""
    index, entry = len(new.content.entries) - 1, new.content.entries[-1]
    problems = [new.source.problem(fault) for fault in review_faults(name, new, opened, bids)]
    lots = [lot.id for lot in opened.tender.content.lots]
    if entry.lot is not None and entry.lot not in lots:
        problems.append(new.source.problem(unknown(f"/entries/{index}/lot", Code.UNKNOWN_LOT, entry.lot, lots)))
    if not has_errors(problems):
        problems += [new.source.problem(fault) for fault in _unfit(opened, name, new, bids)]
    if has_errors(problems):
        raise InvalidDocument(problem for problem in set(problems) if has_errors([problem]))


def _unfit(opened: Opened, name: str, new: Document[Review], bids: Mapping[str, Bid]) -> Iterator[Fault]:
    """Yield why the last entry could not be used on any bid on which it would act."""
    at, entry = f"/entries/{len(new.content.entries) - 1}", new.content.entries[-1]
    papers = {paper.id for bid in bids.values() if bid.response for paper in bid.response.evidence}
    if entry.document is not None and entry.document not in papers:
        near = get_close_matches(entry.document, papers, 1)
        guess = f" (did you mean {near[0]}?)" if near else ""
        reason = f"the bid has no document {entry.document}{guess} that can be used"
        yield Fault(pointer=f"{at}/document", code=Code.REVIEW_VALUE, values={"reason": reason})
        return
    refusals, applied = [], 0
    for supplier, bid in bids.items():
        for refusal in _tried(opened, supplier, {name: new.content}, bid):
            applied += refusal is None
            refusals += [] if refusal is None else [refusal]
    if not applied:
        reason = refusals[0].reason if refusals else f"no bid on which it would act is asked {entry.question}"
        code = Code.REVIEW_VALUE if refusals and refusals[0].is_value else Code.REVIEW_USE
        yield Fault(pointer=at, code=code, values={"action": entry.action.value, "reason": reason})


def _tried(opened: Opened, supplier: str, reviews: Mapping[str, Review], bid: Bid) -> Iterator[RefusedEntry | None]:
    """Yield for each lot of a bid in which the last entry acts why it is refused, None where it is not."""
    if bid.response is None:
        return
    id_ = next(iter(reviews.values())).entries[-1].id
    entries = entries_for(supplier, reviews, bid.response)
    profile = opened.tender.content.changed(opened.profile.content)
    for lot in opened.tender.content.lots:
        if lot.id not in bid.response.lots:
            continue
        plan = compile_plan(opened.questionnaire.content, profile, lot)
        found = score(plan, bid.response, supplier=supplier, day=opened.tender.content.day, entries=entries)
        yield from (refusal for refusal in found.refused_entries if refusal.entry.id == id_)
        if any(entry.id == id_ for entry in found.entries):
            yield None


def sealed(document: Document[Review]) -> tuple[bytes, int]:
    """Return a review's text with every entry chained to the one before, and how many were not.

    ``InvalidDocument`` where an entry is chained to something else: that is no slip of the hand.
    """
    source, before = document.source, document.content.origin
    inserts: list[tuple[int, str]] = []
    for index, (entry, written) in enumerate(zip(document.content.entries, document.written["entries"], strict=True)):
        if entry.previous is None:
            second = list(source.data["entries"][index])[1]
            at = source.offset(f"/entries/{index}/{second}", on_key=True)
            margin = source.text[source.text.rfind("\n", 0, at) + 1 : at]
            inserts.append((at, f"previous: {before}" + (f"\n{margin}" if not margin.strip() else ", ")))
        elif entry.previous != before:
            broken = review_chain(document.content, entry_digests(document))
            raise InvalidDocument(source.problem(fault) for fault in broken if fault.code is Code.REVIEW_CHAIN)
        before = digests.digest({**written, "previous": before})
    text = source.text
    for at, line in reversed(inserts):
        text = text[:at] + line + text[at:]
    again = load_review(read_yaml(text.encode(), source.file))
    if list(review_chain(again.content, entry_digests(again))):
        raise UsageError(f"{source.file} is written in a way that cannot be chained; one key a line can be")
    return text.encode(), len(inserts)
