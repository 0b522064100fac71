"""Find everything that is wrong with a response, and read it as far as it can be used."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from selfassess import limits
from selfassess.identifiers import is_digest, is_id
from selfassess.model.profile import Pin
from selfassess.model.response import VOID, Response
from selfassess.problems import Code, Fault
from selfassess.schemas.response_answers import BAD, is_absent, kind_of
from selfassess.schemas.response_papers import ABSENT, PapersReading, is_text, said, step

if TYPE_CHECKING:
    from selfassess.schemas.response import ResponseReader


@dataclass(frozen=True, slots=True)
class Explained:
    """All faults of a response, and the response as far as it can be used (None: not at all)."""

    faults: tuple[Fault, ...]
    response: Response | None


def explain(reader: ResponseReader, data: Any) -> Explained:
    """Return the faults of a plain response and what can be used of it."""
    reading = _Reading(reader)
    response = reading.response(data)
    return Explained(tuple(reading.faults), None if reading.is_fatal else response)


@dataclass(slots=True)
class _Reading(PapersReading):
    """One slow reading: what it has found so far."""

    def response(self, data: Any) -> Response | None:
        if not isinstance(data, dict):
            self.fault("", Code.TYPE, found=kind_of(data), expected="an object")
            self.is_fatal = True
            return None
        self._envelope(data)
        lots = self._lots(data.get("lots", []), "/lots")
        response = Response(
            questionnaire=self._pin(data.get("questionnaire", ABSENT)),
            supplier=self._supplier(data.get("supplier", ABSENT)),
            answers=self._answers(data.get("answers", ABSENT), "/answers"),
            not_applicable=self._claims(data.get("not_applicable", ABSENT), "/not_applicable"),
            lot_answers=self._of_lots(data.get("lot_answers", ABSENT), "/lot_answers", lots, self._answers),
            lot_not_applicable=self._of_lots(
                data.get("lot_not_applicable", ABSENT), "/lot_not_applicable", lots, self._claims
            ),
            tender=self._id(data, "tender"),
            lots=lots,
            language=self._id(data, "language"),
            comments=self._comments(data.get("comments", ABSENT)),
            confidential=self._confidential(data.get("confidential", ABSENT)),
            evidence=self._evidence(data.get("evidence", []), lots),
            declaration=self._declaration(data.get("declaration", ABSENT)),
        )
        if self.characters > limits.TEXT_CHARACTERS:
            self.fault("", Code.LIMIT_TEXT, length=str(self.characters), limit=str(limits.TEXT_CHARACTERS))
            self.is_fatal = True
        return response

    def _envelope(self, data: Mapping[str, Any]) -> None:
        from selfassess.schemas.response import FORMAT, KEYS, NEEDED  # noqa: PLC0415  the two rooms are one pair

        self._keys(data, "", KEYS, NEEDED)
        if "format" in data and data["format"] != FORMAT:
            self.fault("/format", Code.FORMAT, found=said(data["format"]), expected=FORMAT)
            self.is_fatal = True

    def _pin(self, plain: Any) -> Pin:
        pin = self.reader.pin
        stated = self._object(plain, "/questionnaire")
        if stated is not ABSENT:
            self._keys(stated, "/questionnaire", ("id", "version", "digest"), ("id", "version", "digest"))
        for key, expected in (("id", pin.id), ("version", pin.version), ("digest", pin.digest)):
            if stated.get(key) != expected:
                self.is_fatal = True
                if key in stated:
                    found = said(stated[key])
                    code = Code.DIGEST_FORM if key == "digest" and not is_digest(found) else Code.PIN_MISMATCH
                    # what is named in the response against what the questionnaire at hand is
                    self.fault(
                        f"/questionnaire/{key}",
                        code,
                        document="questionnaire",
                        found=expected,
                        expected=found,
                        text=found,
                    )
        return pin

    def _lots(self, plain: Any, pointer: str) -> tuple[str, ...]:
        if not isinstance(plain, list):
            self.fault(pointer, Code.TYPE, found=kind_of(plain), expected="a list of lots")
            return ()
        lots: list[str] = []
        for index, lot in enumerate(plain):
            at = f"{pointer}/{index}"
            if not is_text(lot) or not is_id(lot):
                self.fault(at, Code.ID_FORM, text=said(lot))
            elif lot.casefold() in {known.casefold() for known in lots}:
                self.fault(at, Code.DUPLICATE_ID, kind="lot", id=lot)
            else:
                lots.append(lot)
        return tuple(lots)

    def _of_lots(self, plain: Any, pointer: str, lots: tuple[str, ...], read: Any) -> Mapping[str, Any]:
        found = {}
        for lot, own in self._object(plain, pointer).items():
            if lot in lots:
                found[lot] = read(own, step(pointer, lot))
            else:
                self.fault(step(pointer, lot), Code.LOT_NOT_BID, on_key=True, id=lot)
        return found

    def _known(self, id_: str, pointer: str) -> bool:
        """Return whether a question is known; one that is not makes the response unusable."""
        if id_ in self.reader.questions:
            return True
        near = difflib.get_close_matches(id_, list(self.reader.questions), 1)
        said = f"{id_} (did you mean {near[0]}?)" if near else id_
        self.fault(step(pointer, id_), Code.UNKNOWN_QUESTION, on_key=True, id=said)
        return False

    def _answers(self, plain: Any, pointer: str) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for id_, value in self._object(plain, pointer).items():
            if not self._known(id_, pointer):
                self.is_fatal = True
            elif not is_absent(value):
                answers[id_] = self._answer(id_, value, step(pointer, id_))
        return answers

    def _answer(self, id_: str, value: Any, pointer: str) -> Any:
        self.characters += _characters(value)
        table = self.reader.tables.get(id_)
        if table is not None:
            rows, faults = table.explain(value, pointer)
            self.faults.extend(faults)
            return rows
        reader = self.reader.answers[id_]
        usable = reader.read(value)
        if usable is BAD:
            self.faults.extend(reader.explain(value, pointer))
            return VOID
        return usable

    def _claims(self, plain: Any, pointer: str) -> dict[str, Any]:
        claims: dict[str, Any] = {}
        for id_, reason in self._object(plain, pointer).items():
            self.characters += _characters(reason)
            if not self._known(id_, pointer):
                self.is_fatal = True
            elif is_absent(reason):
                continue
            elif isinstance(reason, str) and reason in self.reader.reasons[id_]:
                claims[id_] = reason
            else:
                known = ", ".join(sorted(self.reader.reasons[id_])) or "none"
                said = reason if isinstance(reason, str) else kind_of(reason)
                self.fault(step(pointer, id_), Code.NOT_APPLICABLE_REASON, reason=said, question=id_, known=known)
                claims[id_] = VOID
        return claims

    def _comments(self, plain: Any) -> dict[str, str]:
        comments = {}
        for id_, comment in self._object(plain, "/comments").items():
            at = step("/comments", id_)
            if self._known(id_, "/comments") and not is_absent(comment):
                text = self._usable(comment, at, limits.COMMENT_CHARACTERS, lines=True)
                if text is not None:
                    comments[id_] = text
        return comments

    def _confidential(self, plain: Any) -> dict[str, str]:
        """Return the answers marked as trade secrets; one whose reason cannot be used stays marked."""
        confidential = {}
        for id_, reason in self._object(plain, "/confidential").items():
            if self._known(id_, "/confidential"):
                at = step("/confidential", id_)
                confidential[id_] = self._usable(reason, at, limits.COMMENT_CHARACTERS, lines=True) or ""
        return confidential


def _characters(value: Any) -> int:
    """Return the length of all texts in a plain value together: ticks and cells of tables are printed as texts are."""
    if isinstance(value, str):
        return len(value)
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return sum(_characters(part) for part in parts)
