"""Read a response: a fast reader compiled from the questionnaire, and a slow one that finds every place.

The slow one runs only when the fast one finds something; a law holds that both accept exactly the same. Problems
below the document void the value that they concern and the bid is still scored; only a document that is no response,
a wrong pin, or an unknown question id makes it unusable (``InvalidDocument``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from selfassess import digests, limits
from selfassess.identifiers import is_digest, is_id
from selfassess.model.profile import Pin
from selfassess.model.questionnaire import Grade, Kind, Questionnaire
from selfassess.model.response import Declaration, Evidence, Response, Supplier
from selfassess.problems import InvalidDocument, Problem
from selfassess.schemas.response_answers import BAD, as_date, is_absent, readers_of
from selfassess.schemas.response_faults import Explained, explain
from selfassess.schemas.response_tables import table_reader
from selfassess.sources import Source, with_flaws
from selfassess.text import flaws, is_plain

FORMAT = "selfassess/response@1"
KEYS = frozenset(
    {
        *("format", "questionnaire", "tender", "lots", "language", "supplier", "answers", "lot_answers"),
        *("not_applicable", "lot_not_applicable", "comments", "confidential", "evidence", "declaration"),
    }
)
NEEDED = frozenset({"format", "questionnaire", "supplier", "answers", "declaration"})
SUPPLIER_KEYS = frozenset({"name", "identifier", "country", "role"})
EVIDENCE_NEEDED = frozenset({"id", "title", "kind", "grade", "file", "sha256", "supports"})
EVIDENCE_KEYS = EVIDENCE_NEEDED | {"issuer", "issued", "expires", "lot"}
DECLARATION_KEYS = frozenset({"name", "position", "date"})
GRADES = {grade.name: grade for grade in Grade}


@dataclass(frozen=True)
class ReadResponse:
    """A response with the problems found while reading it; its digests are computed when they are asked for."""

    response: Response
    source: Source
    problems: tuple[Problem, ...] = ()

    @cached_property
    def digest(self) -> str:
        """Return the digest of the canonical form, or of the bytes where a document has no canonical form."""
        try:
            return digests.digest(self.source.data)
        except ValueError:
            return self.raw_digest

    @cached_property
    def raw_digest(self) -> str:
        """Return the digest of the bytes as they arrived."""
        return digests.digest_bytes(self.source.raw)


class Irregular(Exception):
    """Something is not as the fast reader knows it; the slow one says what."""


class ResponseReader:
    """Reads responses to one version of a questionnaire."""

    def __init__(self, questionnaire: Questionnaire, digest: str) -> None:
        self.questionnaire, self.digest = questionnaire, digest
        self.pin = Pin(id=questionnaire.id, version=questionnaire.version, digest=digest)
        self._pin_plain = {"id": self.pin.id, "version": self.pin.version, "digest": digest}
        questions = tuple(questionnaire.questions())
        self.answers = readers_of(questions)
        self.tables = {q.id: table_reader(q) for q in questions if q.type is Kind.TABLE}
        self.questions = {question.id: question for question in questions}
        self.reads = {id_: reader.read for id_, reader in self.answers.items()}
        self.reads |= {id_: table.read for id_, table in self.tables.items()}
        self.roles = frozenset(role.id for role in questionnaire.roles)
        self.reasons = {question.id: frozenset(question.not_applicable) for question in questions}
        self.kinds = frozenset(kind.id for kind in questionnaire.evidence_kinds)

    def read(self, source: Source) -> ReadResponse:
        """Return the response that a source holds; ``InvalidDocument`` when it cannot be used at all."""
        response = self.fast(source.data) if len(source.raw) <= limits.TEXT_CHARACTERS else None
        problems: tuple[Problem, ...] = ()
        if response is None:
            explained = self.slow(source.data)
            faults = with_flaws(source.data, explained.faults)
            problems = tuple(sorted(source.problem(fault) for fault in faults))
            if explained.response is None:
                raise InvalidDocument(problems)
            response = explained.response
        return ReadResponse(response, source, problems)

    def slow(self, data: Any) -> Explained:
        """Return the response as far as it can be used, with every fault; no response where it cannot be used."""
        return explain(self, data)

    def fast(self, data: Any) -> Response | None:
        """Return the response when nothing is wrong with it, else None."""
        try:
            return self._response(data)
        except (Irregular, KeyError, TypeError, AttributeError):
            return None

    def _response(self, data: dict[str, Any]) -> Response:
        keys = data.keys()
        if not (keys <= KEYS and keys >= NEEDED) or data["format"] != FORMAT:
            raise Irregular
        if data["questionnaire"] != self._pin_plain:
            raise Irregular
        lots = _ids(data["lots"]) if "lots" in data else ()
        return Response(
            questionnaire=self.pin,
            supplier=self._supplier(data["supplier"]),
            answers=self._answers(data["answers"]),
            not_applicable=self._claims(data["not_applicable"]) if "not_applicable" in data else {},
            lot_answers={lot: self._answers(own) for lot, own in _lots(data.get("lot_answers", {}), lots)},
            lot_not_applicable={lot: self._claims(own) for lot, own in _lots(data.get("lot_not_applicable", {}), lots)},
            tender=_id(data["tender"]) if "tender" in data else None,
            lots=lots,
            language=_id(data["language"]) if "language" in data else None,
            comments=self._comments(data["comments"]) if "comments" in data else {},
            confidential=self._confidential(data["confidential"]) if "confidential" in data else {},
            evidence=self._evidence(data["evidence"], lots) if "evidence" in data else (),
            declaration=None if data["declaration"] is None else _declaration(data["declaration"]),
        )

    def _answers(self, plain: dict[str, Any]) -> dict[str, Any]:
        reads, answers = self.reads, {}
        for id_, value in plain.items():
            if not value and is_absent(value):
                if id_ not in reads:
                    raise Irregular
                continue
            answers[id_] = usable = reads[id_](value)
            if usable is BAD:
                raise Irregular
        return answers

    def _claims(self, plain: dict[str, Any]) -> dict[str, Any]:
        claims = {}
        for id_, reason in plain.items():
            if is_absent(reason):
                if id_ not in self.reasons:
                    raise Irregular
            elif reason.__class__ is str and reason in self.reasons[id_]:
                claims[id_] = reason
            else:
                raise Irregular
        return claims

    def _comments(self, plain: dict[str, Any]) -> dict[str, str]:
        comments = {}
        for id_, comment in plain.items():
            if id_ not in self.reads:
                raise Irregular
            if comment or not is_absent(comment):
                comments[id_] = _text(comment, limits.COMMENT_CHARACTERS, lines=True)
        return comments

    def _confidential(self, plain: dict[str, Any]) -> dict[str, str]:
        if not plain.keys() <= self.reads.keys():
            raise Irregular
        return {id_: _text(reason, limits.COMMENT_CHARACTERS, lines=True) for id_, reason in plain.items()}

    def _supplier(self, plain: dict[str, Any]) -> Supplier:
        if not plain.keys() <= SUPPLIER_KEYS:
            raise Irregular
        identifier = plain.get("identifier")
        if "identifier" in plain and plain["identifier"].keys() != {"scheme", "id"}:
            raise Irregular
        role = plain.get("role")
        if "role" in plain and (role.__class__ is not str or role not in self.roles):
            raise Irregular
        return Supplier(
            name=_named(plain["name"]),
            scheme=_named(identifier["scheme"]) if identifier is not None else None,
            identifier=_named(identifier["id"]) if identifier is not None else None,
            country=_named(plain["country"]) if "country" in plain else None,
            role=role,
        )

    def _evidence(self, plain: list[Any], lots: tuple[str, ...]) -> tuple[Evidence, ...]:
        if plain.__class__ is not list or len(plain) > limits.EVIDENCE_ENTRIES:
            raise Irregular
        documents = tuple(self._document(entry) for entry in plain)
        if any(document.lot not in lots for document in documents if document.lot is not None):
            raise Irregular
        if len({document.id.casefold() for document in documents}) != len(documents):
            raise Irregular
        return documents

    def _document(self, plain: dict[str, Any]) -> Evidence:
        keys = plain.keys()
        if not (keys <= EVIDENCE_KEYS and keys >= EVIDENCE_NEEDED) or plain["supports"].__class__ is not list:
            raise Irregular
        sha256, supports = plain["sha256"], plain["supports"]
        if plain["kind"].__class__ is not str or plain["kind"] not in self.kinds or not is_digest(sha256):
            raise Irregular
        for target in supports:
            if target.__class__ is str and target in self.reads:
                continue
            if _named(target).partition("/")[0] not in self.reads:
                raise Irregular
        return Evidence(
            id=_id(plain["id"]),
            title=_text(plain["title"], limits.TITLE_CHARACTERS),
            kind=plain["kind"],
            grade=GRADES[plain["grade"]],
            file=_text(plain["file"], limits.TITLE_CHARACTERS),
            sha256=sha256,
            supports=tuple(supports),
            issuer=_named(plain["issuer"]) if "issuer" in plain else None,
            issued=_day(plain["issued"]) if "issued" in plain else None,
            expires=_day(plain["expires"]) if "expires" in plain else None,
            lot=_id(plain["lot"]) if "lot" in plain else None,
        )


def _lots(plain: Mapping[str, Any], lots: tuple[str, ...]) -> Any:
    if not all(lot in lots for lot in plain):
        raise Irregular
    return plain.items()


def _text(value: Any, limit: int, *, lines: bool = False) -> str:
    if value.__class__ is not str or not value:
        raise Irregular
    if is_plain(value) and len(value) <= limit:
        return str(value)
    if flaws(value, limit=limit, lines=lines):
        raise Irregular
    return str(value)


def _named(value: Any) -> str:
    return _text(value, limits.NAME_CHARACTERS)


def _id(value: Any) -> str:
    if value.__class__ is not str or not is_id(value):
        raise Irregular
    return str(value)


def _ids(values: Any) -> tuple[str, ...]:
    if values.__class__ is not list or len({value.casefold() for value in values}) != len(values):
        raise Irregular
    return tuple(_id(value) for value in values)


def _day(value: Any) -> Any:
    day = as_date(value)
    if day is BAD:
        raise Irregular
    return day


def _declaration(plain: dict[str, Any]) -> Declaration:
    if plain.keys() != DECLARATION_KEYS:
        raise Irregular
    return Declaration(name=_named(plain["name"]), position=_named(plain["position"]), date=_day(plain["date"]))
