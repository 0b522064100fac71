"""What else belongs into a results folder: statistics, joint results and a comparison with an earlier round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from selfassess.annexes import HIDDEN, joint_plain, statistics_plain
from selfassess.comparison import Round, compare
from selfassess.evaluation import Evaluation
from selfassess.exchange import json_bytes
from selfassess.inside import marks_of, method_of, statistics_contents
from selfassess.languages import AS_WRITTEN, ENGLISH, Translation, Words, message, words
from selfassess.languages.translated import questionnaire_in
from selfassess.model.comparison import RoundComparison
from selfassess.model.joint import JointLot
from selfassess.model.profile import EvidenceMode
from selfassess.model.stability import LotStability
from selfassess.model.statistics import LotStatistics
from selfassess.model.tender import Tender
from selfassess.plan import ScoringPlan, plan_in
from selfassess.pooled import joint_lots
from selfassess.previous import Previous
from selfassess.problems import Code
from selfassess.rendering import Job, render_html
from selfassess.rounds_plain import COMPARED, comparison_plain
from selfassess.scorecard import EvaluationReport
from selfassess.scorecard.cards import Line
from selfassess.scorecard.comparison import comparison_card
from selfassess.scorecard.context import WHAT_IF
from selfassess.scorecard.further_cards import ComparisonCard, StabilityCard
from selfassess.scorecard.joint import joint_card
from selfassess.scorecard.lawfulness import LAWFULNESS_CODES, lawfulness_card
from selfassess.scorecard.stability import stability_card
from selfassess.scorecard.statistics import statistics_report
from selfassess.stabilities import stability_plain
from selfassess.stability import saying
from selfassess.statistics import statistics_of

CHAPTERS = {
    "stability": message("How stable the results are"),
    "joint": message("Pooled demand: results by buyer, what they share"),
    "comparison": message("Since the earlier round"),
    "lawfulness": message("Lawfulness: shares and warnings"),
}
SHOWN = frozenset(str(code) for code in (*LAWFULNESS_CODES, Code.ENVIRONMENT_WEIGHT))
METHOD = 2  # the last chapters of a report: method and integrity


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for besides the ranking: statistics, a comparison with an earlier round, reports in a language."""

    statistics: bool = False
    previous: Previous | None = None
    translation: Translation = AS_WRITTEN

    def as_in_folder(self) -> Wanted:
        """Return the same with the earlier round's problems naming files as they lie in its folder."""
        if self.previous is None:
            return self
        problems = tuple(problem.within(f"{self.previous.folder}/") for problem in self.previous.problems)
        return replace(self, previous=replace(self.previous, problems=problems))


def retold(evaluation: Evaluation, translation: Translation) -> Evaluation:
    """Return an evaluation with its questionnaire's texts in the language of reports: to be shown, not to be filed."""
    if translation.texts is None:
        return evaluation
    content = questionnaire_in(evaluation.questionnaire.content, translation.texts)
    return replace(
        evaluation,
        questionnaire=replace(evaluation.questionnaire, content=content),
        plans={lot: plan_in(plan, translation) for lot, plan in evaluation.plans.items()},
        views=tuple(
            replace(view, plans={lot: plan_in(plan, translation) for lot, plan in view.plans.items()})
            for view in evaluation.views
        ),
    )


def joint_in(evaluation: Evaluation, words: Words = ENGLISH) -> tuple[JointLot, ...]:
    """Return the pooled result of every lot, said by the words; none where there is one buyer alone."""
    tender = evaluation.tender.content
    if len(tender.buyers) == 1 and not evaluation.views:
        return ()
    return joint_lots(tender, evaluation.plans, evaluation.rankings, evaluation.views, words)


def with_further(
    report: EvaluationReport, evaluation: Evaluation, wanted: Wanted, stabilities: Mapping[str, LotStability]
) -> EvaluationReport:
    """Return the report on an evaluation with its further sections."""
    tender, own = evaluation.tender.content, words("report", report.language)
    told = retold(evaluation, wanted.translation)
    lots = joint_in(told, own)
    stability = tuple(_stability(told, stabilities, report.language))
    there = {"stability": bool(stability), "joint": bool(lots), "comparison": wanted.previous is not None}
    titles = [Line(label=own.say(said), value=at) for at, said in CHAPTERS.items() if there.get(at, True)]
    before, after = report.front.contents[:-METHOD], report.front.contents[-METHOD:]
    return replace(
        report,
        front=replace(report.front, contents=(*before, *titles, *after)),
        joint=joint_card(tender, lots, told.plans, language=report.language) if lots else None,
        warnings=tuple(card for card in report.warnings if card.code not in SHOWN),
        lawfulness=lawfulness_card(tender, told.plans, evaluation.problems, language=report.language),
        comparison=_comparison(evaluation, told, wanted.previous, report.language),
        stability=stability,
    )


def _stability(evaluation: Evaluation, found: Mapping[str, LotStability], language: str) -> Iterator[StabilityCard]:
    for lot in evaluation.tender.content.lots:
        if lot.id in found:
            plan, ranking = evaluation.plans[lot.id], evaluation.rankings[lot.id]
            plain = saying(found[lot.id], plan.profile.decimals)
            yield stability_card(lot.title, plain, plan, ranking, lot.price, language)


def comparison_with(evaluation: Evaluation, previous: Previous) -> RoundComparison:
    """Return what changed since an earlier round."""
    plans = evaluation.plans
    later = {key: (plans[key[1]], assessment) for key, assessment in evaluation.assessments.items()}
    return compare(
        Round(bids=previous.bids, scored=previous.scored),
        Round(bids=frozenset(evaluation.bids), scored=later),
    )


def _comparison(
    evaluation: Evaluation, told: Evaluation, previous: Previous | None, language: str
) -> ComparisonCard | None:
    """Return what changed, compared as it was written, with the questions as they are ``told``."""
    if previous is None:
        return None
    return comparison_card(
        comparison_with(evaluation, previous),
        evaluation.tender.content,
        {question.id: question.text for question in told.questionnaire.content.questions()},
        previous.problems,
        rule=COMPARED,
        places=_places(evaluation),
        language=language,
    )


def _places(evaluation: Evaluation) -> int:
    return next(iter(evaluation.plans.values())).profile.decimals


def statistics_in(evaluation: Evaluation) -> list[tuple[ScoringPlan, LotStatistics]]:
    """Return the statistics of every lot, each with its plan."""
    return [
        (plan, statistics_of(plan, [a for (_, at), a in evaluation.assessments.items() if at == lot]))
        for lot, plan in evaluation.plans.items()
    ]


def says_statistics(evaluation: Evaluation, wanted: Wanted) -> bool:
    """Return whether statistics are written: in a dialogue always, in an award when asked for."""
    modes = {plan.profile.evidence_mode for plan in evaluation.plans.values()}
    return wanted.statistics or EvidenceMode.DIALOGUE in modes


def further_files(evaluation: Evaluation, wanted: Wanted, stabilities: Mapping[str, LotStability]) -> dict[str, bytes]:
    """Return the further files by name, reports apart."""
    files: dict[str, bytes] = {}
    tender, places = evaluation.tender, _places(evaluation)
    lots = joint_in(evaluation)
    files["stability.json"] = _marked(evaluation, stability_plain(evaluation, stabilities))
    if lots:
        files["joint.json"] = _marked(evaluation, joint_plain(tender.content, tender.digest, lots, places))
    if wanted.previous is not None:
        plain = comparison_plain(
            comparison_with(evaluation, wanted.previous),
            tender.content,
            wanted.previous.plain,
            manifest=wanted.previous.digest,
            problems=wanted.previous.problems,
            places=places,
        )
        files["comparison.json"] = _marked(evaluation, plain)
    if says_statistics(evaluation, wanted):
        plain = statistics_plain(tender.content, tender.digest, statistics_in(evaluation), places)
        files["statistics.json"] = _marked(evaluation, plain)
    return files


def _marked(evaluation: Evaluation, plain: dict[str, Any]) -> bytes:
    """Return plain data as JSON, marked where it is of a what-if."""
    return json_bytes({**plain, "what_if": True} if evaluation.is_what_if else plain)


def further_jobs(evaluation: Evaluation, wanted: Wanted, files: Mapping[str, bytes]) -> list[Job]:
    """Return the further reports to print; ``files`` are the further files."""
    if not says_statistics(evaluation, wanted):
        return []
    tender, found = evaluation.tender.content, statistics_in(retold(evaluation, wanted.translation))
    html = statistics_html(tender, found, is_what_if=evaluation.is_what_if, language=wanted.translation.language)
    method = method_of(evaluation, wanted.translation)
    contents = statistics_contents(method, files["statistics.json"], marks_of(evaluation))
    return [Job("statistics.pdf", html, contents.inside())]


def statistics_html(
    tender: Tender, found: Sequence[tuple[ScoringPlan, LotStatistics]], *, is_what_if: bool, language: str
) -> str:
    """Return the page of statistics."""
    report = statistics_report(tender, found, rule=HIDDEN, notice=WHAT_IF if is_what_if else "", language=language)
    return render_html(report, created=tender.deadline)
