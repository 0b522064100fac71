"""What a verification finds: each check by name, whether it holds, and what is so, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum


class Verdict(Enum):
    """Whether what was checked holds, does not, or was not checked."""

    HOLDS = "holds"
    DIFFERS = "differs"
    OPEN = "not checked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One check: its name, what came of it, what is so, and where it is not."""

    check: str
    verdict: Verdict
    said: str
    places: tuple[str, ...] = ()


@dataclass(slots=True)
class Findings:
    """The checks of one file or folder, as they are made."""

    found: list[Finding] = field(default_factory=list)

    def holds(self, check: str, said: str) -> None:
        """Add a check that holds."""
        self.found.append(Finding(check=check, verdict=Verdict.HOLDS, said=said))

    def differs(self, check: str, said: str, places: Sequence[str] = ()) -> None:
        """Add a check that does not hold."""
        self.found.append(Finding(check=check, verdict=Verdict.DIFFERS, said=said, places=tuple(places)))

    def leaves_open(self, check: str, said: str) -> None:
        """Add what was not checked."""
        self.found.append(Finding(check=check, verdict=Verdict.OPEN, said=said))

    @property
    def match(self) -> bool:
        """Return whether nothing that was checked differs."""
        return all(finding.verdict is not Verdict.DIFFERS for finding in self.found)
