"""Find the very questionnaire and profile that a document names; a refusal shows both digests, or what there is."""

from __future__ import annotations

from pathlib import Path

from selfassess.errors import UnknownVersion
from selfassess.library import Library
from selfassess.model.profile import Pin, ScoringProfile
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.tender import Tender
from selfassess.problems import Code, Fault, InvalidDocument
from selfassess.schemas import Document, load_profile
from selfassess.sources import Source, read_file


def pinned_questionnaire(
    library: Library, pin: Pin, source: Source, *, is_pinned: bool = True
) -> Document[Questionnaire]:
    """Return the very questionnaire that a document names; a refusal shows both digests.

    Its digest is not looked at where it is not ``is_pinned``.
    """
    try:
        found = library.questionnaire(pin.id, pin.version)
    except UnknownVersion as unknown:
        values = {"document": "questionnaire", "wanted": str(pin), "known": ", ".join(unknown.available) or "none"}
        raise InvalidDocument(
            [source.problem(Fault(pointer="/questionnaire", code=Code.PIN_UNKNOWN, values=values))]
        ) from None
    if is_pinned:
        _compare(pin, found.digest, "questionnaire", source)
    return found


def _compare(pin: Pin, digest: str, document: str, source: Source) -> None:
    if pin.digest != digest:
        values = {"document": document, "found": digest, "expected": pin.digest}
        fault = Fault(pointer=f"/{document}/digest", code=Code.PIN_MISMATCH, values=values)
        raise InvalidDocument([source.problem(fault)])


def pinned_profile(
    folder: Path,
    library: Library,
    questionnaire: Document[Questionnaire],
    tender: Document[Tender],
    *,
    is_pinned: bool,
) -> Document[ScoringProfile]:
    """Return the profile that a tender names: its own profile.yaml, or the library's."""
    pin, own = tender.content.profile, folder / "profile.yaml"
    found = load_profile(read_file(own, f"{folder}/profile.yaml")) if own.exists() else None
    if found is None or (found.content.id, found.content.version) != (pin.id, pin.version):
        try:
            found = library.profile(questionnaire, pin.id, pin.version)
        except UnknownVersion as unknown:
            values = {"document": "profile", "wanted": str(pin), "known": ", ".join(unknown.available) or "none"}
            fault = Fault(pointer="/profile", code=Code.PIN_UNKNOWN, values=values)
            raise InvalidDocument([tender.source.problem(fault)]) from None
    if not is_pinned:
        return found
    _compare(pin, found.digest, "profile", tender.source)
    if found.content.questionnaire != tender.content.questionnaire:
        values = {
            "document": "questionnaire",
            "found": tender.content.questionnaire.digest,
            "expected": found.content.questionnaire.digest,
        }
        fault = Fault(pointer="/questionnaire", code=Code.PIN_MISMATCH, values=values)
        raise InvalidDocument([found.source.problem(fault)])
    return found
