"""What the annex is made from, and what a reader of it will see, as strings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from selfassess.model.tender import Tender
from selfassess.plan import ScoringPlan
from selfassess.problems import Problem
from selfassess.prospectus.cards import QuestionPage, Requirement, SectionPage
from selfassess.scorecard.cards import Chart, Front, Line
from selfassess.scorecard.further_cards import LawfulnessCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """The method of a tender: plans by lot with their fingerprints, every digest, and the warnings of lawfulness.

    ``seed_digest`` names the seed of the draw, empty without one; ``untranslated`` are texts in another language than
    ``language``, each with its own.
    """

    tender: Tender
    plans: Mapping[str, ScoringPlan]
    fingerprints: Mapping[str, str]
    digests: Sequence[tuple[str, str]]
    warnings: Sequence[Problem]
    seed_digest: str = ""
    language: str = "en"
    untranslated: Sequence[tuple[str, str]] = ()

    @property
    def plan(self) -> ScoringPlan:
        """Return the plan of the first lot; what all lots share stands in each."""
        return next(iter(self.plans.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleBid:
    """One invented bid of a worked example: its line of arithmetic, its figure, and its place (0: not admitted).

    ``said`` is its quality as printed, ``yearly`` how its costs of a year come about.
    """

    name: str
    quality: Fraction
    said: str
    price: Fraction
    yearly: str
    line: str
    figure: Fraction | None
    printed: str
    place: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AwardCard:
    """How bids are compared in one lot: formula, what is set, and an example computed exactly."""

    lot: str
    title: str
    formula: str
    settings: tuple[Line, ...]
    said: str
    bids: tuple[ExampleBid, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexQuestion:
    """One question with all rules that hold for it; ``leaves`` says that it leaves the sums when it is not asked."""

    page: QuestionPage
    chart: Chart | None
    leaves: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexSection:
    """One section with its questions; ``minimum`` is the least value that a bid must reach in it."""

    page: SectionPage
    minimum: str
    questions: tuple[AnnexQuestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexReport:
    """The annex of the method, ready to print; ``titles`` are the lots, ``width`` that of their columns."""

    language: str
    front: Front
    titles: tuple[str, ...]
    width: str
    method: tuple[Line, ...]
    grades: tuple[Line, ...]
    kinds: tuple[Line, ...]
    reasons: tuple[Line, ...]
    awards: tuple[AwardCard, ...]
    requirements: tuple[Requirement, ...]
    sections: tuple[AnnexSection, ...]
    lawfulness: LawfulnessCard
    integrity: tuple[Line, ...]
    lots: tuple[()] = ()
    foreign: tuple[tuple[str, str], ...] = ()
