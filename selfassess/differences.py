"""Say in words where one document differs from another of its kind: which weight, question or rule, and how.

Documents are plain typed data, as they are digested; two of one digest have no difference, all others have one.
Entries of lists that have an id (buyers: a name) are matched by it, wherever they stand.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

Steps = tuple[str, ...]
NOTHING = "nothing"
LONGEST = 160  # characters of a value that is said
KINDS: Mapping[str, str] = {
    "sections": "section",
    "questions": "question",
    "options": "option",
    "columns": "column",
    "lots": "lot",
    "buyers": "buyer",
    "roles": "role",
    "evidence_kinds": "evidence kind",
    "not_applicable_reasons": "reason",
    "checks": "check",
    "costs": "cost",
}
NAMED_KEYS: Mapping[str, str] = {"lots": "lot", "scores": "question", "gates": "question"}
WEIGHED: Mapping[str, str] = {"section_weights": "section", "question_weights": "question"}
WORDS: Mapping[str, str] = {
    "score": "scoring rule",
    "scores": "scoring rule",
    "gate": "minimum requirement",
    "gates": "minimum requirement",
    "evidence": "evidence rule",
    "enable_when": "condition",
    "not_applicable": "N/A rule",
    "not_applicable_reasons": "reasons for N/A",
    "minima": "minimum",
    "incomplete": "rule for incomplete bids",
    "price": "price model",
    "tie_rule": "rule for ties",
    "section_weights": "weights of sections",
    "question_weights": "weights of questions",
    "profile_changes": "changes of the profile",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that is not as it was: what it is, what it was and what it is now, in words.

    ``pointer`` is its place in the later document, of what is gone the place where it stood in.
    """

    pointer: str
    what: str
    before: str
    after: str


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Difference, ...]:
    """Return every innermost difference of two documents, in the order of the earlier one, additions last."""
    return tuple(_of_mappings(before, after, (), ()))


def _of(before: Any, after: Any, at: Steps, names: Steps) -> Iterator[Difference]:
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _of_mappings(before, after, at, names)
        return
    by = _identity(before, after)
    if by is not None:
        yield from _of_entries(before, after, at, names, by)
    elif not _same(before, after):
        yield Difference(pointer=_pointer(at), what=_what(names), before=said(before), after=said(after))


def _of_mappings(before: Mapping[str, Any], after: Mapping[str, Any], at: Steps, names: Steps) -> Iterator[Difference]:
    for key in (*before, *(key for key in after if key not in before)):
        inner = (*names, str(key))
        if key in before and key in after:
            yield from _of(before[key], after[key], (*at, str(key)), inner)
        elif key in before:
            yield Difference(pointer=_pointer(at), what=_what(inner), before=said(before[key]), after=NOTHING)
        else:
            where = _pointer((*at, str(key)))
            yield Difference(pointer=where, what=_what(inner), before=NOTHING, after=said(after[key]))


def _of_entries(before: Sequence[Any], after: Sequence[Any], at: Steps, names: Steps, by: str) -> Iterator[Difference]:
    """Yield the differences of lists whose entries have names: of each entry, and of their order."""
    earlier, later = ({str(entry[by]): entry for entry in entries} for entries in (before, after))
    places = {name: index for index, name in enumerate(later)}
    for name, entry in earlier.items():
        if name in later:
            yield from _of(entry, later[name], (*at, str(places[name])), (*names, name))
        else:
            yield Difference(pointer=_pointer(at), what=_what((*names, name)), before=said(entry), after=NOTHING)
    for name, entry in later.items():
        if name not in earlier:
            where = _pointer((*at, str(places[name])))
            yield Difference(pointer=where, what=_what((*names, name)), before=NOTHING, after=said(entry))
    orders = [[name for name in one if name in other] for one, other in ((earlier, later), (later, earlier))]
    if orders[0] != orders[1]:
        was, now = (said(order) for order in orders)
        yield Difference(pointer=_pointer(at), what=f"order of {_what(names)}", before=was, after=now)


def _identity(before: Any, after: Any) -> str | None:
    """Return by which key the entries of both lists are known, None where they are not."""
    if not isinstance(before, list | tuple) or not isinstance(after, list | tuple):
        return None
    entries = [*before, *after]
    for key in ("id", "name"):
        if entries and all(isinstance(entry, Mapping) and isinstance(entry.get(key), str) for entry in entries):
            unique = all(len({entry[key] for entry in one}) == len(one) for one in (before, after))
            return key if unique else None
    return None


def _same(before: Any, after: Any) -> bool:
    """Return whether two values are digested alike: numbers by value, everything else as it stands."""
    if isinstance(before, list | tuple) and isinstance(after, list | tuple):
        return len(before) == len(after) and all(map(_same, before, after))
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        return before.keys() == after.keys() and all(_same(before[key], after[key]) for key in before)
    numbers = [isinstance(value, int | Decimal) and not isinstance(value, bool) for value in (before, after)]
    if numbers[0] != numbers[1] or isinstance(before, bool) != isinstance(after, bool):
        return False
    return bool(before == after)


def _pointer(at: Steps) -> str:
    return "".join("/" + step.replace("~", "~0").replace("/", "~1") for step in at)


def _what(names: Steps) -> str:
    """Return a path in words, the innermost first: ``scoring rule of question W09``."""
    things: list[str] = []
    said_of: list[str] = []
    index = 0
    while index < len(names):
        key, name = names[index], names[index + 1] if index + 1 < len(names) else None
        if key in WEIGHED and name == "weights" and index + 2 < len(names):
            things, said_of = [*things, f"{WEIGHED[key]} {names[index + 2]}"], ["weight"]
            index += 3
        elif name is not None and _is_name(names, index):
            rule = [WORDS[key]] if key in WORDS else ["minimum"] if names[:index][-1:] == ("minima",) else []
            things, said_of = [*things, f"{KINDS.get(key) or NAMED_KEYS[key]} {name}"], rule
            index += 2
        else:
            said_of.append(WORDS.get(key, key.replace("_", " ")))
            index += 1
    if len(things) > 1 and things[0].startswith("section "):
        things = things[1:]  # an id of a question says where it stands
    parts = [", ".join(said_of)] if said_of else []
    return " of ".join([*parts, *reversed(things)])


def _is_name(names: Steps, index: int) -> bool:
    """Return whether the step after this one is the name of a thing rather than a key."""
    return names[index] in KINDS or names[index] in NAMED_KEYS


def said(value: Any) -> str:
    """Return a value in one line, the beginning of it where it is long."""
    text = _said(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_said(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_said, value)) + "]"
    text = str(value)
    return f"“{text}”" if " " in text else text
