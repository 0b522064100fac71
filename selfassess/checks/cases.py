"""What the checks of a tender look at: the tender with the documents that it names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from selfassess.model.profile import ScoringProfile
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.tender import Tender
from selfassess.problems import Fault


@dataclass(frozen=True, slots=True)
class Case:
    """A tender with what it names: the profile as the tender changes it."""

    tender: Tender
    questionnaire: Questionnaire
    profile: ScoringProfile


Check = Callable[[Case], Iterable[Fault]]
