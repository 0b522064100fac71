"""What an assessment's file must hold to be computed again, its parts as documents, and where it differs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from selfassess.award import possible_standings
from selfassess.bids import ROLE_MAY_NOT_BID, may_bid
from selfassess.exchange import json_bytes, json_line
from selfassess.model.assessment import Assessment
from selfassess.model.ranking import Status
from selfassess.model.tender import Lot
from selfassess.plan import ScoringPlan
from selfassess.pooled import UNUSABLE_REVIEW
from selfassess.problems import Code, Fault, Place, Problem
from selfassess.results import assessment_plain
from selfassess.sources import Source

Shape = Mapping[str, tuple[str, Callable[[Any], bool]]]
# What a file says that its own documents cannot give, or that is compared otherwise.
NOT_COMPARED = frozenset({"program", "method", "status", "reasons", "unsettled", "problems", "documents"})
LONGEST = 60  # characters of a value that a message quotes


class Enclosed(Source):
    """A part of a document as a document of its own, whose problems are placed in the whole.

    ``pointer`` is where the part stands in the whole, ``stem`` where it stands in the document that it is read as.
    """

    __slots__ = ("outer", "pointer", "stem")

    def __init__(self, outer: Source, pointer: str, data: Any, *, around: Any = None, stem: str = "") -> None:
        """Enclose plain data; ``around`` is the document that it is read as, where that is more than the part."""
        whole = data if around is None else around
        super().__init__(outer.file, json_bytes(whole), outer.text, whole, lambda _: {"": (0, 0)}, is_yaml=False)
        self.outer, self.pointer, self.stem = outer, pointer, stem

    def offset(self, pointer: str, *, on_key: bool = False) -> int:
        """Return where a pointer's value (or key) begins in the whole."""
        return self.outer.offset(self._outside(pointer), on_key=on_key)

    def place(self, pointer: str, *, on_key: bool = False) -> Place:
        """Return the place of a pointer in the whole."""
        return self.outer.place(self._outside(pointer), on_key=on_key)

    def problem(self, fault: Fault) -> Problem:
        """Return the problem that a fault of the part is in the whole."""
        related = tuple(self._outside(pointer) for pointer in fault.related)
        return self.outer.problem(replace(fault, pointer=self._outside(fault.pointer), related=related))

    def _outside(self, pointer: str) -> str:
        return self.pointer + pointer.removeprefix(self.stem)


def envelope_faults(plain: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield what an assessment's file lacks, or holds in another shape, of what it takes to compute it again."""
    yield from _shape_faults(plain, "", WHOLE)
    for key, shape in (("method", METHOD_SHAPE), ("documents", DOCUMENTS)):
        if isinstance(plain.get(key), Mapping):
            yield from _shape_faults(plain[key], f"/{key}", shape)
    documents = plain.get("documents")
    for key in documents if isinstance(documents, Mapping) else ():
        if key not in (*DOCUMENTS, TENDER):
            values = {"key": key, "known": ", ".join((*DOCUMENTS, TENDER))}
            yield Fault(pointer=_step("/documents", key), code=Code.UNKNOWN_KEY, values=values, on_key=True)


def _shape_faults(plain: Mapping[str, Any], at: str, shape: Shape) -> Iterator[Fault]:
    for key, (expected, fits) in shape.items():
        if key not in plain:
            yield Fault(pointer=at, code=Code.MISSING_KEY, values={"key": key})
        elif not fits(plain[key]):
            values = {"found": _said(plain[key]), "expected": expected}
            yield Fault(pointer=_step(at, key), code=Code.TYPE, values=values)


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _is_texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(entry, str) for entry in value)


def _is_mapping(value: Any) -> bool:
    return isinstance(value, Mapping)


def _is_date(value: Any) -> bool:
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


TENDER = "tender"  # of the documents, the one that an assessment outside a tender does not have
WHOLE: Shape = {
    "program": ("a mapping", _is_mapping),
    "method": ("a mapping", _is_mapping),
    "supplier": ("a text", _is_text),
    "lot": ("a lot's id or null", lambda value: value is None or _is_text(value)),
    "day": ("a date such as 2026-11-20", _is_date),
    "status": ("a text", _is_text),
    "reasons": ("a list of texts", _is_texts),
    "unsettled": ("a list of texts", _is_texts),
    "documents": ("a mapping", _is_mapping),
}
METHOD_SHAPE: Shape = dict.fromkeys(("questionnaire", "profile", "response"), ("a mapping", _is_mapping))
DOCUMENTS: Shape = {
    "response": ("a mapping", _is_mapping),
    "profile": ("a mapping", _is_mapping),
    "unusable_evidence": ("a list of texts", _is_texts),
    "review_entries": ("a list", lambda value: isinstance(value, list)),
}


def computed_differences(
    plain: Mapping[str, Any], plan: ScoringPlan, assessment: Assessment, lot: Lot | None
) -> Iterator[Fault]:
    """Yield where a file says otherwise than its documents give; its problems rest on files that it does not hold."""
    again = assessment_plain(plan, assessment, method={}, status="", reasons=(), problems=(), documents={})
    is_of_now = plain["program"].get("version") == again["program"]["version"]  # another version may have said less
    yield from differences(_computed(plain), _computed(again), may_lack=not is_of_now)
    # a review that could not be used is not in the file, and adds a reason
    unsettled = [why for why in plain["unsettled"] if not why.startswith(UNUSABLE_REVIEW)]
    yield from differences(unsettled, list(assessment.unsettled), "/unsettled")
    if lot is None:
        yield from differences(plain["status"], "assessed", "/status")
        yield from differences(plain["reasons"], [], "/reasons")
    else:
        yield from _standing_differences(plain, assessment, lot)


def _computed(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in plain.items() if key not in NOT_COMPARED}


def _standing_differences(plain: Mapping[str, Any], assessment: Assessment, lot: Lot) -> Iterator[Fault]:
    """Yield where the standing is none that the assessment can have; what its price was the file does not say."""
    possible: dict[str, list[list[str]]] = {}
    if may_bid(lot, assessment.response.supplier.role):
        for status, why in possible_standings(lot.price, replace(assessment, unsettled=tuple(plain["unsettled"]))):
            possible.setdefault(status.value, []).append(list(why))
    else:
        possible[Status.EXCLUDED.value] = [[ROLE_MAY_NOT_BID]]
    if plain["status"] not in possible:
        yield from differences(plain["status"], next(iter(possible)), "/status")
    elif plain["reasons"] not in possible[plain["status"]]:
        yield from differences(plain["reasons"], possible[plain["status"]][0], "/reasons")


def differences(found: Any, expected: Any, at: str = "", *, may_lack: bool = False) -> Iterator[Fault]:
    """Yield where plain data differs from what it should be, each at the innermost place; it may lack keys or not."""
    if isinstance(found, Mapping) and isinstance(expected, Mapping):
        for key in {**expected, **found}:
            if key in found and key in expected:
                yield from differences(found[key], expected[key], _step(at, key), may_lack=may_lack)
            elif key in found or not may_lack:
                yield _difference(_step(at, key), found.get(key, _NOTHING), expected.get(key, _NOTHING))
    elif isinstance(found, list) and isinstance(expected, list) and len(found) == len(expected):
        for index, (one, other) in enumerate(zip(found, expected, strict=True)):
            yield from differences(one, other, f"{at}/{index}", may_lack=may_lack)
    elif isinstance(found, bool) is not isinstance(expected, bool) or found != expected:
        yield _difference(at, found, expected)


def _difference(at: str, found: Any, expected: Any) -> Fault:
    values = {"found": _said(found), "expected": _said(expected)}
    return Fault(pointer=at, code=Code.ASSESSMENT_DIFFERS, values=values)


_NOTHING = object()


def _said(value: Any) -> str:
    """Return in a few words what stands somewhere."""
    if value is _NOTHING:
        return "nothing"
    if isinstance(value, Mapping):
        return "a mapping"
    if isinstance(value, list):
        return f"a list of {len(value)}"
    said = json_line(value).strip()
    return said if len(said) <= LONGEST else f"{said[: LONGEST - 1]}…"


def _step(at: str, key: str) -> str:
    return f"{at}/{key.replace('~', '~0').replace('/', '~1')}"
