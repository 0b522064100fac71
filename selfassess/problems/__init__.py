"""Say what is wrong in a document: where, which rule, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from selfassess import limits
from selfassess.errors import SelfassessError
from selfassess.problems.codes import Code, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Code", "Fault", "Faults", "InvalidDocument", "Mismatch", "Place", "Problem", "Severity", "has_errors"]


@dataclass(frozen=True, order=True, slots=True)
class Place:
    """Where in a text: the file as the user named it, line and column from 1; in a workbook the cell, ``Sheet!C5``."""

    file: str
    line: int = 1
    column: int = 1
    cell: str = ""

    def within(self, folders: Iterable[str]) -> Place:
        """Return the place with its file named as it lies in the first of these folders that holds it."""
        inner = (self.file.removeprefix(folder) for folder in folders if self.file.startswith(folder))
        return replace(self, file=next(inner, self.file))

    def __str__(self) -> str:
        return f"{self.file}:{self.cell}" if self.cell else f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True, slots=True)
class Problem:
    """One thing that is wrong, said so that its author can mend it.

    ``pointer`` is an RFC 6901 JSON pointer into the document (empty for the whole of it); ``excerpt`` is the line of
    the text with a caret under the place, ready to print; ``values`` are what fills the code's message and hint, to say
    them in another language.
    """

    place: Place
    pointer: str
    code: Code
    message: str
    hint: str = ""
    related: tuple[Place, ...] = ()
    excerpt: str = field(default="", compare=False)
    values: Mapping[str, str] = field(default_factory=dict, compare=False)

    @property
    def severity(self) -> Severity:
        """Return whether this is an error or a warning; a warning never changes a number."""
        return self.code.severity

    def within(self, *folders: str) -> Problem:
        """Return the problem with files named as they lie in the first of these folders that holds them."""
        return replace(
            self,
            place=self.place.within(folders),
            related=tuple(place.within(folders) for place in self.related),
        )

    def __str__(self) -> str:
        where = f"  (at {self.pointer})" if self.pointer else ""
        return f"{self.place}: {self.code}  {self.message}{where}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A problem before its place in a text is known: what the pure rooms find.

    ``pointer`` is an RFC 6901 pointer; ``on_key`` says that the key, not its value, is at fault; ``related`` are
    pointers to other places that matter; ``values`` fill the code's message.
    """

    pointer: str
    code: Code
    values: Mapping[str, object] = field(default_factory=dict)
    on_key: bool = False
    related: tuple[str, ...] = ()


class Faults(list[Fault]):
    """The faults found in one document; when there are too many one says so, and no more are kept."""

    def append(self, fault: Fault) -> None:
        """Keep a fault while there is room."""
        if len(self) < limits.PROBLEMS_FOUND:
            super().append(fault)
        elif len(self) == limits.PROBLEMS_FOUND:
            values = {"limit": str(limits.PROBLEMS_FOUND)}
            super().append(Fault(pointer="", code=Code.LIMIT_PROBLEMS, values=values))

    def extend(self, faults: Iterable[Fault]) -> None:
        """Keep faults while there is room; the rest is not even looked for."""
        for fault in faults:
            if len(self) > limits.PROBLEMS_FOUND:
                break
            self.append(fault)


class InvalidDocument(SelfassessError, ValueError):
    """A document cannot be used; ``problems`` says all the reasons, in reading order."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(map(str, self.problems)))


class Mismatch(InvalidDocument):
    """What is there is not what was named, published or received (exit code 3)."""


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether any of ``problems`` is an error rather than a warning."""
    return any(problem.severity is Severity.ERROR for problem in problems)
