"""What else belongs into a results folder: statistics, joint results and a comparison with an earlier round."""

from __future__ import annotations

from dataclasses import dataclass, replace

from selfassess.annexes import HIDDEN, joint_plain, statistics_plain
from selfassess.evaluation import Evaluation
from selfassess.exchange import json_bytes
from selfassess.model.joint import JointLot
from selfassess.model.profile import EvidenceMode
from selfassess.model.statistics import LotStatistics
from selfassess.plan import ScoringPlan
from selfassess.pooled import joint_lots
from selfassess.rendering import Job, render_html
from selfassess.scorecard.cards import EvaluationReport
from selfassess.scorecard.joint import joint_card
from selfassess.scorecard.lawfulness import lawfulness_card
from selfassess.scorecard.statistics import statistics_report
from selfassess.statistics import statistics_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for besides the ranking."""

    statistics: bool = False


def joint_in(evaluation: Evaluation) -> tuple[JointLot, ...]:
    """Return the pooled result of every lot; none where there is one buyer alone."""
    tender = evaluation.tender.content
    if len(tender.buyers) == 1 and not evaluation.views:
        return ()
    return joint_lots(tender, evaluation.plans, evaluation.rankings, evaluation.views)


def with_further(report: EvaluationReport, evaluation: Evaluation) -> EvaluationReport:
    """Return the report on an evaluation with its further sections."""
    tender = evaluation.tender.content
    lots = joint_in(evaluation)
    return replace(
        report,
        joint=joint_card(tender, lots, evaluation.plans, language=report.language) if lots else None,
        lawfulness=lawfulness_card(tender, evaluation.plans, evaluation.problems, language=report.language),
    )


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


def further_files(evaluation: Evaluation, wanted: Wanted) -> dict[str, bytes]:
    """Return the further files by name, reports apart."""
    files: dict[str, bytes] = {}
    tender, places = evaluation.tender, next(iter(evaluation.plans.values())).profile.decimals
    lots = joint_in(evaluation)
    if lots:
        files["joint.json"] = json_bytes(joint_plain(tender.content, tender.digest, lots, places))
    if says_statistics(evaluation, wanted):
        plain = statistics_plain(tender.content, tender.digest, statistics_in(evaluation), places)
        files["statistics.json"] = json_bytes(plain)
    return files


def further_jobs(evaluation: Evaluation, wanted: Wanted) -> list[Job]:
    """Return the further reports to print."""
    if not says_statistics(evaluation, wanted):
        return []
    tender = evaluation.tender.content
    report = statistics_report(tender, statistics_in(evaluation), rule=HIDDEN)
    return [Job("statistics.pdf", render_html(report, created=tender.deadline))]
