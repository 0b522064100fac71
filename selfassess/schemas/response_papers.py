"""Find what is wrong with a response's papers: its supplier, its declaration, its evidence."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeGuard

from selfassess import limits
from selfassess.identifiers import is_digest, is_id
from selfassess.model.questionnaire import Grade
from selfassess.model.response import Declaration, Evidence, Supplier
from selfassess.problems import Code, Fault, Faults
from selfassess.schemas.response_answers import BAD, as_date, kind_of, text_faults
from selfassess.sources import OddNumber

if TYPE_CHECKING:
    from selfassess.schemas.response import ResponseReader

ABSENT: Mapping[str, Any] = {}  # what is not stated at all, told by identity from an object that states nothing


def step(pointer: str, key: str) -> str:
    """Return a pointer one step further (RFC 6901)."""
    return f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"


def is_text(value: Any) -> TypeGuard[str]:
    """Return whether a plain value is a text; a number that cannot be used is none, though it is kept as written."""
    return isinstance(value, str) and not isinstance(value, OddNumber)


def said(value: Any) -> str:
    """Return how a value that is no text where one is expected is named in a message."""
    return str(value) if isinstance(value, str | Decimal) else kind_of(value)


@dataclass(slots=True)
class PapersReading:
    """One slow reading: what it has found so far, and how it reads texts, objects and papers."""

    reader: ResponseReader
    faults: Faults = field(default_factory=Faults)
    is_fatal: bool = False
    characters: int = 0

    def fault(self, pointer: str, code: Code, *, on_key: bool = False, **values: object) -> None:
        """Note a fault."""
        self.faults.append(Fault(pointer=pointer, code=code, values=values, on_key=on_key))

    def _keys(self, plain: Mapping[str, Any], pointer: str, known: Iterable[str], needed: Iterable[str]) -> None:
        names = sorted(known)
        for key in plain:
            if key not in names:
                near = difflib.get_close_matches(key, names, 1)
                said = ", ".join(names) + (f" (did you mean {near[0]}?)" if near else "")
                self.fault(step(pointer, key), Code.UNKNOWN_KEY, on_key=True, key=key, known=said)
        for key in sorted(needed):
            if key not in plain:
                self.fault(pointer, Code.MISSING_KEY, key=key)

    def _object(self, plain: Any, pointer: str) -> Mapping[str, Any]:
        """Return a stated object; one that is no object is a fault and counts as ``ABSENT``."""
        if not isinstance(plain, dict):
            self.fault(pointer, Code.TYPE, found=kind_of(plain), expected="an object")
            return ABSENT
        return plain

    def _text(
        self, plain: Mapping[str, Any], key: str, pointer: str, limit: int = limits.NAME_CHARACTERS
    ) -> str | None:
        """Return a text that can be used, None where there is none; an empty text is a problem where it is asked."""
        if key not in plain:
            return None
        return self._usable(plain[key], step(pointer, key), limit)

    def _usable(self, value: Any, pointer: str, limit: int, *, lines: bool = False) -> str | None:
        if not is_text(value):
            self.fault(pointer, Code.TYPE, found=kind_of(value), expected="a text")
            return None
        if not value:
            self.fault(pointer, Code.EMPTY)
            return None
        found = list(text_faults(value, pointer, limit, lines=lines))
        self.faults.extend(found)
        self.characters += len(value)
        return None if found else value

    def _id(self, plain: Mapping[str, Any], key: str) -> str | None:
        if key not in plain:
            return None
        value = plain[key]
        if is_text(value) and is_id(value):
            return str(value)
        self.fault(f"/{key}", Code.ID_FORM, text=said(value))
        return None

    def _day(self, plain: Mapping[str, Any], key: str, pointer: str) -> Any:
        if key not in plain:
            return None
        day = as_date(plain[key])
        if day is BAD:
            self.fault(step(pointer, key), Code.DATE_FORM, text=said(plain[key]))
            return None
        return day

    def _supplier(self, plain: Any) -> Supplier:
        at = "/supplier"
        stated = self._object(plain, at)
        if stated is not ABSENT:
            self._keys(stated, at, ("name", "identifier", "country", "role"), ("name",))
        identifier = self._object(stated.get("identifier", ABSENT), f"{at}/identifier")
        if identifier is not ABSENT:
            self._keys(identifier, f"{at}/identifier", ("scheme", "id"), ("scheme", "id"))
        role = stated.get("role")
        if "role" in stated and (not is_text(role) or role not in self.reader.roles):
            known = ", ".join(sorted(self.reader.roles)) or "none"
            self.fault(f"{at}/role", Code.UNKNOWN_ROLE, id=said(role), known=known)
            role = None
        return Supplier(
            name=self._text(stated, "name", at) or "",
            scheme=self._text(identifier, "scheme", f"{at}/identifier"),
            identifier=self._text(identifier, "id", f"{at}/identifier"),
            country=self._text(stated, "country", at),
            role=role,
        )

    def _declaration(self, plain: Any) -> Declaration | None:
        at = "/declaration"
        if plain is None:  # the response says that it is not signed
            return None
        stated = self._object(plain, at)
        if not stated:
            if stated is not ABSENT:
                self.fault(at, Code.DECLARATION_INCOMPLETE, reason="nothing is said")
            return None
        self._keys(stated, at, ("name", "position", "date"), ())
        name, position = self._text(stated, "name", at), self._text(stated, "position", at)
        day = self._day(stated, "date", at)
        lacking = [key for key, said in (("name", name), ("position", position), ("date", day)) if said is None]
        if lacking or name is None or position is None:
            self.fault(at, Code.DECLARATION_INCOMPLETE, reason=f"{', '.join(lacking)} cannot be used")
            return None
        return Declaration(name=name, position=position, date=day)

    def _evidence(self, plain: Any, lots: tuple[str, ...]) -> tuple[Evidence, ...]:
        if not isinstance(plain, list):
            self.fault("/evidence", Code.TYPE, found=kind_of(plain), expected="a list")
            return ()
        if len(plain) > limits.EVIDENCE_ENTRIES:
            self.fault("/evidence", Code.LIMIT_ROWS, count=str(len(plain)), limit=str(limits.EVIDENCE_ENTRIES))
        documents: dict[str, Evidence] = {}
        for index, entry in enumerate(plain[: limits.EVIDENCE_ENTRIES]):
            document = self._document(entry, f"/evidence/{index}", lots)
            if document is None:
                continue
            if document.id.casefold() in documents:
                self.fault(f"/evidence/{index}/id", Code.DUPLICATE_ID, kind="document", id=document.id)
            else:
                documents[document.id.casefold()] = document
        return tuple(documents.values())

    def _document(self, plain: Any, at: str, lots: tuple[str, ...]) -> Evidence | None:
        """Return one document, None (it counts as none) where something in it cannot be used."""
        from selfassess.schemas.response import EVIDENCE_KEYS, EVIDENCE_NEEDED  # noqa: PLC0415  as above

        stated = self._object(plain, at)
        self._keys(stated, at, EVIDENCE_KEYS, EVIDENCE_NEEDED)
        title = self._text(stated, "title", at, limits.TITLE_CHARACTERS)
        issuer = self._text(stated, "issuer", at)
        supports = self._supports(stated.get("supports", []), f"{at}/supports")
        found = len(self.faults)  # what is wrong from here on takes the document's weight away
        file = self._text(stated, "file", at, limits.TITLE_CHARACTERS)
        issued, expires = self._day(stated, "issued", at), self._day(stated, "expires", at)
        lot = self._lot(stated, at, lots)
        words = (stated.get(key) for key in ("id", "kind", "grade", "sha256"))
        id_, kind, grade, sha256 = (word if is_text(word) else f"({said(word)})" for word in words)
        if "id" in stated and not is_id(id_):
            self.fault(f"{at}/id", Code.ID_FORM, text=id_)
        if "kind" in stated and kind not in self.reader.kinds:
            self.fault(f"{at}/kind", Code.UNKNOWN_KIND, id=kind, known=", ".join(sorted(self.reader.kinds)))
        if "grade" in stated and grade not in Grade.__members__:
            self.fault(f"{at}/grade", Code.UNKNOWN_WORD, text=grade, known=", ".join(Grade.__members__))
        if "sha256" in stated and not is_digest(sha256):
            self.fault(f"{at}/sha256", Code.DIGEST_FORM, text=sha256)
        if len(self.faults) > found or not stated.keys() >= EVIDENCE_NEEDED or file is None:
            return None
        return Evidence(
            id=id_,
            title=title or id_,
            kind=kind,
            grade=Grade[grade],
            file=file,
            sha256=sha256,
            supports=supports,
            issuer=issuer,
            issued=issued,
            expires=expires,
            lot=lot,
        )

    def _lot(self, plain: Mapping[str, Any], at: str, lots: tuple[str, ...]) -> str | None:
        """Return the lot that a document is about, None where it says none; one that is not bid for is a fault."""
        lot = plain.get("lot")
        if "lot" in plain and (not is_text(lot) or lot not in lots):
            self.fault(f"{at}/lot", Code.LOT_NOT_BID, id=said(lot))
        return lot

    def _supports(self, plain: Any, pointer: str) -> tuple[str, ...]:
        if not isinstance(plain, list):
            self.fault(pointer, Code.TYPE, found=kind_of(plain), expected="a list of questions")
            return ()
        targets = []
        for index, target in enumerate(plain):
            text = self._usable(target, f"{pointer}/{index}", limits.NAME_CHARACTERS)
            if text is not None and text.partition("/")[0] not in self.reader.questions:
                self.fault(f"{pointer}/{index}", Code.EVIDENCE_SUPPORTS, id="the document", target=text)
            elif text is not None:
                targets.append(text)
        return tuple(targets)
