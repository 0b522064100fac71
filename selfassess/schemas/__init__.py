"""How documents are written: a source becomes a model object with its digests, or all the problems that stop it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from marshmallow import Schema, ValidationError

from selfassess import digests
from selfassess.model.profile import ScoringProfile
from selfassess.model.publication import Publication
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.receipts import Receipts
from selfassess.model.review import Review
from selfassess.model.tender import Tender
from selfassess.problems import Code, Fault, InvalidDocument
from selfassess.schemas.base import written
from selfassess.schemas.fields import Said, kind_of, nearest
from selfassess.schemas.profile import ScoringProfileSchema
from selfassess.schemas.publication import PublicationSchema
from selfassess.schemas.questionnaire import QuestionnaireSchema
from selfassess.schemas.receipts import ReceiptsSchema
from selfassess.schemas.review import ReviewSchema
from selfassess.schemas.tender import TenderSchema
from selfassess.sources import Source, with_flaws
from selfassess.sources.locations import escaped

T = TypeVar("T")
SCHEMAS: Mapping[str, Schema] = {
    "selfassess/questionnaire@1": QuestionnaireSchema(),
    "selfassess/profile@1": ScoringProfileSchema(),
    "selfassess/tender@1": TenderSchema(),
    "selfassess/review@1": ReviewSchema(),
    "selfassess/receipts@1": ReceiptsSchema(),
    "selfassess/publication@1": PublicationSchema(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Document(Generic[T]):
    """A document as a model object, with the digest of its meaning, of its bytes, and where it came from.

    ``written`` is the typed plain data that ``digest`` names.
    """

    content: T
    digest: str
    raw_digest: str
    written: Mapping[str, Any]
    source: Source


def load_questionnaire(source: Source) -> Document[Questionnaire]:
    """Return a questionnaire; ``InvalidDocument`` with every problem of its shape."""
    return _load(source, "selfassess/questionnaire@1")


def load_profile(source: Source) -> Document[ScoringProfile]:
    """Return a scoring profile; ``InvalidDocument`` with every problem of its shape."""
    return _load(source, "selfassess/profile@1")


def load_tender(source: Source) -> Document[Tender]:
    """Return a tender; ``InvalidDocument`` with every problem of its shape."""
    return _load(source, "selfassess/tender@1")


def load_review(source: Source) -> Document[Review]:
    """Return a review; ``InvalidDocument`` with every problem of its shape."""
    return _load(source, "selfassess/review@1")


def load_receipts(source: Source) -> Document[Receipts]:
    """Return the receipts of a tender; ``InvalidDocument`` with every problem of their shape."""
    return _load(source, "selfassess/receipts@1")


def load_publication(source: Source) -> Document[Publication]:
    """Return what was published of a tender; ``InvalidDocument`` with every problem of its shape."""
    return _load(source, "selfassess/publication@1")


def format_of(source: Source) -> str | None:
    """Return the format that a document names, None where it names none."""
    found = source.data.get("format") if isinstance(source.data, dict) else None
    return str(found) if isinstance(found, str) else None


def _load(source: Source, format_: str) -> Document[Any]:
    schema = SCHEMAS[format_]
    if not isinstance(source.data, dict):
        values = {"found": kind_of(source.data), "expected": "a mapping"}
        raise _refusal(source, [Fault(pointer="", code=Code.TYPE, values=values)])
    found = format_of(source)
    if "format" in source.data and found != format_:
        values = {"found": found or "none", "expected": format_}
        raise _refusal(source, [Fault(pointer="/format", code=Code.FORMAT, values=values)])
    try:
        content = schema.load(source.data)
    except ValidationError as error:
        raise _refusal(source, _faults(error.messages, "", schema)) from None
    plain = written(schema, source.data)
    return Document(
        content=content,
        digest=digests.digest(plain),
        raw_digest=digests.digest_bytes(source.raw),
        written=plain,
        source=source,
    )


def _refusal(source: Source, faults: Iterable[Fault]) -> InvalidDocument:
    return InvalidDocument(source.problem(fault) for fault in with_flaws(source.data, faults))


def _faults(tree: Any, pointer: str, schema: Any) -> Iterator[Fault]:
    """Turn marshmallow's tree of messages into faults with pointers."""
    if isinstance(tree, dict):
        for key, below in tree.items():
            if key == "_schema":
                yield from _faults(below, pointer, schema)
            else:
                step = escaped(str(key))
                yield from _faults(below, f"{pointer}/{step}", _inner(schema, key))
        return
    for message in tree:
        if isinstance(message, dict):
            yield from _faults(message, pointer, schema)
        elif isinstance(message, Said):
            yield _fault(message, pointer, schema)
        else:
            raise TypeError(f"a message without a code at {pointer}: {message}")


def _fault(said: Said, pointer: str, schema: Any) -> Fault:
    parent, _, step = pointer.rpartition("/")
    key = step.replace("~1", "/").replace("~0", "~")
    if said.code is Code.MISSING_KEY:
        if "key" in said.values:
            return Fault(pointer=pointer, code=said.code, values=said.values)
        return Fault(pointer=parent, code=said.code, values={"key": key})
    if said.code is Code.UNKNOWN_KEY and not said.values:
        known = sorted(field.data_key or name for name, field in getattr(schema, "fields", {}).items())
        return Fault(pointer=pointer, code=said.code, values={"key": key, "known": nearest(key, known)}, on_key=True)
    return Fault(pointer=pointer, code=said.code, values=said.values, on_key=said.code is Code.UNKNOWN_KEY)


def _inner(schema: Any, key: Any) -> Any:
    """Return the schema below a key, the same where there is none: it names the keys that are known."""
    if isinstance(key, int):
        return schema
    for name, field in getattr(schema, "fields", {}).items():
        if (field.data_key or name) == key:
            inner = getattr(field, "inner", field)
            return getattr(inner, "schema", schema)
    return schema
