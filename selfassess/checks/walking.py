"""Walk a questionnaire with pointers, and say that something is repeated or unknown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from selfassess.model.questionnaire import Question, Questionnaire
from selfassess.problems import Code, Fault


@dataclass(frozen=True, slots=True)
class Placed:
    """A question and where it stands."""

    pointer: str
    section: str
    question: Question


def questions_of(questionnaire: Questionnaire) -> Iterator[Placed]:
    """Yield every question with its pointer and its section's id, in document order."""
    for number, section in enumerate(questionnaire.sections):
        for index, question in enumerate(section.questions):
            yield Placed(f"/sections/{number}/questions/{index}", section.id, question)


def folded_repeats(kind: str, ids: Iterable[tuple[str, str]]) -> Iterator[Fault]:
    """Yield a fault for every id that was there before, capitals ignored, with the place of the first."""
    first: dict[str, str] = {}
    for pointer, id_ in ids:
        folded = id_.casefold()
        if folded in first:
            values = {"kind": kind, "id": id_}
            yield Fault(pointer=pointer, code=Code.DUPLICATE_ID, values=values, related=(first[folded],))
        first.setdefault(folded, pointer)


def unknown(pointer: str, code: Code, id_: str, known: Sequence[str], *, on_key: bool = False, **more: str) -> Fault:
    """Return the fault that something named is not there, with what is, and a guess at what was meant."""
    near = get_close_matches(id_, known, 1)
    said = ", ".join(known) if known else "none"
    return Fault(
        pointer=pointer,
        code=code,
        values={"id": f"{id_} (did you mean {near[0]}?)" if near else id_, "known": said, **more},
        on_key=on_key,
    )
