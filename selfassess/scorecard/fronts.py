"""The first page of a report, and what runs along every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from selfassess import __version__
from selfassess.languages import message
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
LINE, LINES = 60, 7  # characters of a line of a verdict, and lines of all that stand at ease
PRINT = 12  # digits of a digest on the first page and at the foot; the page of integrity has all
MODES = {
    EvidenceMode.AWARD: message("award: what evidence does not support counts 0"),
    EvidenceMode.DIALOGUE: message("dialogue: what evidence supports in part counts in part"),
}


def bid_front(context: Context, supplier: str, name: str, lots: Sequence[LotCard], *, has_problems: bool) -> Front:
    """Return the first page of the report on one bid."""
    words = context.words
    subject = context.tender.title if context.tender else context.plan.questionnaire.title
    label = words.say("Lot") if len(lots) == 1 else words.say("Lots")
    own = [Line(label=words.say("Bid"), value=supplier), Line(label=label, value="; ".join(lot.title for lot in lots))]
    contents = []
    for lot in lots:
        said = words.say("{lot}: requirements, sections, weakest points", lot=lot.title)
        contents.append(Line(label=said, value=lot.anchor))
        said = words.say("{lot}: every question", lot=lot.title)
        contents.append(Line(label=said, value=f"{lot.anchor}-questions"))
    contents += [Line(label=words.say("Problems found in the bid"), value="problems")] if has_problems else []
    contents += [Line(label=words.say("Method, with this bid's own figures"), value="method")]
    contents += [Line(label=words.say("Integrity: counts, documents, digests"), value="integrity")]
    front = _front(context, words.say("Assessment of a bid"), name, subject, own, contents)
    return replace(front, is_close=_says_much(lots))


def evaluation_front(context: Context, lots: Sequence[LotRankingCard], counted: str) -> Front:
    """Return the first page of the report on a tender."""
    words, subject = context.words, context.tender.title if context.tender else ""
    contents = []
    for lot in lots:
        contents.append(Line(label=words.say("{lot}: ranking", lot=lot.title), value=lot.anchor))
        said = words.say("{lot}: comparison by question", lot=lot.title)
        contents.append(Line(label=said, value=f"{lot.anchor}-comparison"))
    said = words.say("Claims, evidence, reviews, and bids that could not be scored")
    contents += [Line(label=said, value="matters")]
    contents += [Line(label=words.say("Method and weights"), value="method")]
    contents += [Line(label=words.say("Integrity: digests"), value="integrity")]
    front = _front(context, words.say("Evaluation of bids"), subject, "", [], contents)
    return replace(front, counted=counted, is_close=_says_much(lots))


def _says_much(lots: Sequence[LotCard] | Sequence[LotRankingCard]) -> bool:
    """Return whether the verdicts of all lots take more lines than a first page has room for at its widest."""
    return sum(1 + len(lot.verdict.sentence) // LINE for lot in lots) > LINES


def _front(
    context: Context, kicker: str, title: str, subtitle: str, own: Sequence[Line], contents: Sequence[Line]
) -> Front:
    plan, words = context.plan, context.words
    notice = words.say(context.notice) if context.notice else ""
    print_ = next(iter(context.fingerprints.values()))[7 : 7 + PRINT]
    named = f"{plan.questionnaire.id} {plan.questionnaire.version}"
    return Front(
        kicker=kicker,
        title=title,
        size="large" if len(title) <= SHORT else "middle" if len(title) <= MIDDLE else "small",
        subtitle=subtitle,
        notice=notice,
        notice_said=words.say(NOTICES[context.notice]) if context.notice else "",
        running=cut(title, RUNNING),
        footing=" · ".join(part for part in (named, words.say("plan {digest}", digest=print_), notice) if part),
        facts=(*_tender_facts(context), *own, *_method_facts(context)),
        cautions=tuple(words.say(caution) for caution in CAUTIONS),
        contents=tuple(contents),
    )


def _tender_facts(context: Context) -> list[Line]:
    words, figures, tender = context.words, context.figures, context.tender
    if tender is None:
        day = "" if context.day is None else figures.day(context.day)
        return [Line(label=words.say("Day of assessment"), value=day)]
    buyers = ", ".join(buyer.name for buyer in tender.buyers)
    shown = words.say("the bidders") if tender.scores_are_seen_by == "bidders" else words.say("the buyer alone")
    _, _, time = tender.deadline.isoformat(timespec="minutes").partition("T")
    return [
        Line(label=words.say("Tender"), value=tender.id),
        Line(label=words.say("Buyer") if len(tender.buyers) == 1 else words.say("Buyers"), value=buyers),
        Line(label=words.say("Deadline"), value=f"{figures.day(tender.deadline.date())} {time}"),
        Line(label=words.say("Scores are shown to"), value=shown),
    ]


def _method_facts(context: Context) -> list[Line]:
    words, plan, digests = context.words, context.plan, dict(context.digests)
    questionnaire, profile = plan.questionnaire, plan.profile
    prints = {name: digests.get(name, "")[7 : 7 + PRINT] for name in ("questionnaire", "profile")}
    return [
        Line(
            label=words.say("Questionnaire"),
            value=f"{questionnaire.title} ({questionnaire.id} {questionnaire.version}), {_asked(context)}",
            note=prints["questionnaire"],
        ),
        Line(
            label=words.say("Profile"),
            value=f"{profile.title} ({profile.id} {profile.version})",
            note=prints["profile"],
        ),
        Line(label=words.say("Evidence"), value=words.say(MODES[profile.evidence_mode])),
        Line(
            label=words.say("Program"),
            value=words.say("selfassess {version}, method {method}", version=__version__, method=METHOD),
        ),
    ]


def _asked(context: Context) -> str:
    """Return how many questions the lots ask."""
    words, numbers = context.words, [len(plan.questions) for plan in context.plans.values()]
    if len(numbers) == 1:
        return words.say_many("{n} question", "{n} questions", numbers[0])
    return words.say("{numbers} questions by lot", numbers=f" {words.say('and')} ".join(map(str, numbers)))
