"""What reports of one evaluation share: the tender, its plans, rankings and digests, and how numbers are printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from selfassess.languages import Words, message, words
from selfassess.model.ranking import LotRanking
from selfassess.model.tender import Lot, Tender
from selfassess.plan import ScoringPlan
from selfassess.scorecard.figures import Figures
from selfassess.scorecard.sheet import Field, Sheet, field_of

UNPUBLISHED = message("Method not published")
LATE = message("Method published after the deadline")
WHAT_IF = message("What if: not the published method")
NOTICES = {
    UNPUBLISHED: message("what stands here was not frozen before the bids were opened."),
    LATE: message("nothing shows that no bid shaped what stands here."),
    WHAT_IF: message("this shows what another method would give; it is no result of the tender, and never final."),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What reports say besides the bids: the tender (None outside one), plans by lot, and every digest.

    ``digests`` are pairs of what is digested and its digest, in the order in which they are printed; ``sheets`` are
    all bids that were scored, by supplier and lot; ``has_reports`` says whether the bids' own reports lie
    beside the evaluation; ``untranslated`` are texts in another language than ``language``, each with its own.
    """

    plans: Mapping[str | None, ScoringPlan]
    fingerprints: Mapping[str | None, str]
    digests: Sequence[tuple[str, str]]
    language: str = "en"
    tender: Tender | None = None
    is_published: bool = False
    is_late: bool = False
    is_what_if: bool = False
    day: date | None = None
    rankings: Mapping[str, LotRanking] = field(default_factory=dict)
    sheets: Mapping[tuple[str, str], Sheet] = field(default_factory=dict)
    has_reports: bool = True
    untranslated: Sequence[tuple[str, str]] = ()

    @property
    def notice(self) -> str:
        """Return what stands on every page when the method is not one that was published beforehand, in English."""
        if self.is_what_if:
            return WHAT_IF
        if self.tender is None or (self.is_published and not self.is_late):
            return ""
        return LATE if self.is_published else UNPUBLISHED

    @property
    def plan(self) -> ScoringPlan:
        """Return the plan of the first lot; what all lots share stands in each."""
        return next(iter(self.plans.values()))

    @property
    def words(self) -> Words:
        """Return the words of the reports in their language."""
        return words("report", self.language)

    @property
    def figures(self) -> Figures:
        """Return how numbers are printed."""
        totals = [total for ranking in self.rankings.values() for total in ranking.totals]
        return Figures(self.language, self.plan.profile.decimals, (*totals, *self.plan.profile.thresholds))

    @property
    def lots(self) -> Mapping[str, Lot]:
        """Return the tender's lots by id."""
        return {lot.id: lot for lot in self.tender.lots} if self.tender else {}

    def fields(self) -> Mapping[str, Field]:
        """Return the range of the ranked bids of each lot, none where the tender shows bidders no scores."""
        if self.tender is None or self.tender.scores_are_seen_by != "bidders":
            return {}
        return {
            id_: field_of(ranking, [sheet for (_, lot), sheet in self.sheets.items() if lot == id_])
            for id_, ranking in self.rankings.items()
        }
