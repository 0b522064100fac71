"""A publication: the method of a tender as it was frozen before bids came, by digest and with its documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenPin:
    """A document named by its meaning and by its bytes; ``version`` is empty where it has none."""

    id: str
    digest: str
    raw_digest: str
    version: str = ""

    def __str__(self) -> str:
        return f"{self.id}@{self.version}" if self.version else self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenPlan:
    """The fingerprint of the plan by which a lot is scored, for one buyer where it has a profile of its own."""

    lot: str
    fingerprint: str
    buyer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What was published of a tender, and when.

    ``award`` is the rule for ties with each lot's price model; ``seed_digest`` names the seed of the draw, empty
    without one; ``annex`` are the digests of the annex's files by name; ``documents`` are tender, profile and
    questionnaire as they were digested, so that a difference can be said in words.
    """

    published: datetime
    method: str
    program: str
    tender: FrozenPin
    questionnaire: FrozenPin
    profile: FrozenPin
    reasons_digest: str
    plans: tuple[FrozenPlan, ...]
    award: Mapping[str, Any]
    annex: Mapping[str, str]
    documents: Mapping[str, Mapping[str, Any]]
    seed_digest: str = ""

    def pins(self) -> Mapping[str, FrozenPin]:
        """Return what is named, by what it is."""
        return {"tender": self.tender, "profile": self.profile, "questionnaire": self.questionnaire}
