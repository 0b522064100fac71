"""The first page of a report, and what runs along every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from selfassess import __version__
from selfassess.model.profile import EvidenceMode
from selfassess.plan import METHOD
from selfassess.scorecard.bid_cards import LotCard
from selfassess.scorecard.cards import Front, Line
from selfassess.scorecard.context import NOTICES, Context
from selfassess.scorecard.figures import cut
from selfassess.scorecard.integrity import CAUTIONS
from selfassess.scorecard.tender_cards import LotRankingCard

RUNNING = 70  # characters that fit at the head of a page
SHORT, MIDDLE = 34, 70  # characters of a title in the largest and in the middle size
PRINT = 12  # digits of a digest on the first page and at the foot; the page of integrity has all
MODES = {
    EvidenceMode.AWARD: "award: what evidence does not support counts 0",
    EvidenceMode.DIALOGUE: "dialogue: what evidence supports in part counts in part",
}


def bid_front(context: Context, supplier: str, name: str, lots: Sequence[LotCard], *, has_problems: bool) -> Front:
    """Return the first page of the report on one bid."""
    subject = context.tender.title if context.tender else context.plan.questionnaire.title
    titles = "; ".join(lot.title for lot in lots)
    own = [Line(label="Bid", value=supplier), Line(label="Lot" if len(lots) == 1 else "Lots", value=titles)]
    contents = []
    for lot in lots:
        contents.append(Line(label=f"{lot.title}: requirements, sections, weakest points", value=lot.anchor))
        contents.append(Line(label=f"{lot.title}: every question", value=f"{lot.anchor}-questions"))
    contents += [Line(label="Problems found in the bid", value="problems")] if has_problems else []
    contents += [Line(label="Method, with this bid's own figures", value="method")]
    contents += [Line(label="Integrity: counts, documents, digests", value="integrity")]
    return _front(context, "Assessment of a bid", name, subject, own, contents)


def evaluation_front(context: Context, lots: Sequence[LotRankingCard], counted: str) -> Front:
    """Return the first page of the report on a tender."""
    subject = context.tender.title if context.tender else ""
    contents = []
    for lot in lots:
        contents.append(Line(label=f"{lot.title}: ranking", value=lot.anchor))
        contents.append(Line(label=f"{lot.title}: comparison by question", value=f"{lot.anchor}-comparison"))
    contents += [Line(label="Claims, evidence, reviews, and bids that could not be scored", value="matters")]
    contents += [Line(label="Method and weights", value="method")]
    contents += [Line(label="Integrity: digests", value="integrity")]
    return replace(_front(context, "Evaluation of bids", subject, "", [], contents), counted=counted)


def _front(
    context: Context, kicker: str, title: str, subtitle: str, own: Sequence[Line], contents: Sequence[Line]
) -> Front:
    plan = context.plan
    print_ = next(iter(context.fingerprints.values()))[7 : 7 + PRINT]
    named = f"{plan.questionnaire.id} {plan.questionnaire.version}"
    return Front(
        kicker=kicker,
        title=title,
        size="large" if len(title) <= SHORT else "middle" if len(title) <= MIDDLE else "small",
        subtitle=subtitle,
        notice=context.notice,
        notice_said=NOTICES.get(context.notice, ""),
        running=cut(title, RUNNING),
        footing=" · ".join(part for part in (named, f"plan {print_}", context.notice) if part),
        facts=(*_tender_facts(context), *own, *_method_facts(context)),
        cautions=CAUTIONS,
        contents=tuple(contents),
    )


def _tender_facts(context: Context) -> list[Line]:
    tender = context.tender
    if tender is None:
        return [Line(label="Day of assessment", value=context.day)]
    buyers = ", ".join(buyer.name for buyer in tender.buyers)
    shown = "the bidders" if tender.scores_are_seen_by == "bidders" else "the buyer alone"
    return [
        Line(label="Tender", value=tender.id),
        Line(label="Buyer" if len(tender.buyers) == 1 else "Buyers", value=buyers),
        Line(label="Deadline", value=tender.deadline.isoformat(sep=" ", timespec="minutes")),
        Line(label="Scores are shown to", value=shown),
    ]


def _method_facts(context: Context) -> list[Line]:
    plan, digests = context.plan, dict(context.digests)
    questionnaire, profile = plan.questionnaire, plan.profile
    prints = {name: digests.get(name, "")[7 : 7 + PRINT] for name in ("questionnaire", "profile")}
    return [
        Line(
            label="Questionnaire",
            value=f"{questionnaire.title} ({questionnaire.id} {questionnaire.version}), {_asked(context)}",
            note=prints["questionnaire"],
        ),
        Line(label="Profile", value=f"{profile.title} ({profile.id} {profile.version})", note=prints["profile"]),
        Line(label="Evidence", value=MODES[profile.evidence_mode]),
        Line(label="Program", value=f"selfassess {__version__}, method {METHOD}"),
    ]


def _asked(context: Context) -> str:
    """Return how many questions the lots ask."""
    numbers = [len(plan.questions) for plan in context.plans.values()]
    return f"{' and '.join(map(str, numbers))} questions" + (" by lot" if len(numbers) > 1 else "")
