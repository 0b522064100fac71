"""The result of a bid, and of a lot, in one figure and one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from selfassess.languages import ENGLISH, Words, message
from selfassess.model.assessment import Assessment, Measure
from selfassess.model.ranking import LotRanking, Standing, Status
from selfassess.numbers import shown_apart
from selfassess.plan import ScoringPlan
from selfassess.scorecard.cards import Verdict
from selfassess.scorecard.figures import HUNDRED, Figures, cut
from selfassess.wording import STATUS, figure

TONES = {
    Status.RANKED: "good",
    Status.PROVISIONAL: "open",
    Status.EXCLUDED: "bad",
    Status.UNPRICED: "open",
    Status.REFUSED: "bad",
}
MARKS = {"good": "✓", "open": "?", "bad": "✗", "": ""}
RANKED = {  # by whether it is provisional and whether there is a figure beside the points
    (False, False): message("Ranked {place} of {ranked} with {points} of 100 points"),
    (False, True): message(
        "Ranked {place} of {ranked} with {points} of 100 points and a comparison figure of {figure}"
    ),
    (True, False): message("Provisionally ranked {place} of {ranked} with {points} of 100 points"),
    (True, True): message(
        "Provisionally ranked {place} of {ranked} with {points} of 100 points and a comparison figure of {figure}"
    ),
}
FIRST = {  # by whether there is a figure beside the points
    False: message("First: {bid} with {points} of 100 points"),
    True: message("First: {bid} with {points} of 100 points and a comparison figure of {figure}"),
}


def why(assessment: Assessment | None, standing: Standing, plan: ScoringPlan, figures: Figures) -> tuple[str, ...]:
    """Return the reasons of a standing, requirements together and minima with their figures."""
    words = figures.words
    if assessment is None:
        return tuple(words.again(reason) for reason in standing.reasons)
    unmet = {f"{name} is not met": name for name in assessment.excluded_by if name in plan.positions}
    unknown = {f"{name} is not known": name for name in assessment.unknown if name in plan.positions}
    said: dict[str, str] = {}
    if unmet:
        said |= dict.fromkeys(unmet, _requirements_unmet(list(unmet.values()), words))
    if unknown:
        said |= dict.fromkeys(unknown, _requirements_unknown(list(unknown.values()), words))
    minima = [name for name in assessment.excluded_by if name not in plan.positions]
    said |= {f"{name} is not met": _unmet(name, assessment, plan, figures) for name in minima}
    open_ = [name for name in assessment.unknown if name not in plan.positions]
    said |= {f"{name} is not known": _unknown(name, plan, words) for name in open_}
    return tuple(dict.fromkeys(said.get(reason) or words.again(reason) for reason in standing.reasons))


def _requirements_unmet(ids: Sequence[str], words: Words) -> str:
    return words.say_many(
        "the minimum requirement {questions} is not met",
        "the minimum requirements {questions} are not met",
        len(ids),
        questions=listed(ids, words),
    )


def _requirements_unknown(ids: Sequence[str], words: Words) -> str:
    return words.say_many(
        "it is not known whether the minimum requirement {questions} is met",
        "it is not known whether the minimum requirements {questions} are met",
        len(ids),
        questions=listed(ids, words),
    )


def _unmet(name: str, assessment: Assessment, plan: ScoringPlan, figures: Figures) -> str:
    section, words = name.removeprefix("minimum "), figures.words
    reviewed = assessment.totals[Measure.REVIEWED]
    if section == "total":
        least = Fraction(plan.profile.minima.total or 0)
        asked = figures.plain(least)
        if reviewed.total is None:
            return words.say("the total of nothing does not reach the minimum of {least}", least=asked)
        has = figures.points_apart(reviewed.total, [least])
        return words.say("the total of {points} does not reach the minimum of {least}", points=has, least=asked)
    number = next(i for i, planned in enumerate(plan.sections) if planned.section.id == section)
    value, least = reviewed.sections[number], Fraction(plan.profile.minima.sections[section]) * HUNDRED
    title, asked = plan.sections[number].section.title, figures.plain(least)
    if value is None:
        return words.say(
            "{section} reaches nothing of 100 where at least {least} are required", section=title, least=asked
        )
    return words.say(
        "{section} reaches {points} of 100 where at least {least} are required",
        section=title,
        points=figures.points_apart(value * HUNDRED, [least]),
        least=asked,
    )


def _unknown(name: str, plan: ScoringPlan, words: Words) -> str:
    titles = {planned.section.id: planned.section.title for planned in plan.sections}
    title = titles.get(name.removeprefix("minimum "))
    if title is None:
        return words.say("it is not known whether the minimum of the total is reached")
    return words.say("it is not known whether the minimum of {section} is reached", section=title)


def bid_verdict(
    title: str,
    assessment: Assessment,
    standing: Standing | None,
    ranking: LotRanking | None,
    plan: ScoringPlan,
    figures: Figures,
) -> Verdict:
    """Return what became of one bid in one lot."""
    if standing is None or ranking is None:
        return _alone(title, assessment, plan, figures)
    words, tone = figures.words, TONES[standing.status]
    reasons = "; ".join(why(assessment, standing, plan, figures))
    if standing.rank is None:
        status = words.say(STATUS[standing.status.value])
        said = f"{status[:1].upper()}{status[1:]}: {reasons}. {_reached(assessment, figures)}"
        place, caption = "–", words.say("no rank")
    else:
        ranked = sum(other.rank is not None for other in ranking.standings)
        compared, is_open = _compared(standing, ranking, figures), standing.status is Status.PROVISIONAL
        place = str(standing.rank)
        caption = words.say_many("of {n} ranked bid", "of {n} ranked bids", ranked)
        caption += f", {words.say('not final')}" if is_open or not ranking.is_final else ""
        values = {"place": place, "ranked": ranked, "points": figures.total(assessment.total), "figure": compared}
        said = ", ".join((words.say(RANKED[is_open, bool(compared)], **values), *_shared(standing, words)))
        end = "." if ranking.is_final else f"; {words.say('the result of the lot is not final yet')}."
        said += f": {reasons}." if is_open else end
    return Verdict(title=title, figure=place, caption=caption, sentence=said, tone=tone, mark=MARKS[tone])


def _alone(title: str, assessment: Assessment, plan: ScoringPlan, figures: Figures) -> Verdict:
    """Return the result of a bid that stands in no ranking."""
    words, total = figures.words, figures.total(assessment.total)
    if assessment.total is None:
        said = words.say(
            "By the profile {profile}, the answers reach no total after review and evidence.",
            profile=plan.profile.title,
        )
    else:
        said = words.say(
            "By the profile {profile}, the answers reach {points} of 100 points after review and evidence.",
            profile=plan.profile.title,
            points=total,
        )
    caption = words.say("of 100 points")
    return Verdict(title=title, figure=total, caption=caption, sentence=said, tone="", mark="", size="points")


def _reached(assessment: Assessment, figures: Figures) -> str:
    if assessment.total is None:
        return figures.words.say("Its answers reach no total.")
    return figures.words.say("Its answers reach {points} of 100 points.", points=figures.total(assessment.total))


def _compared(standing: Standing, ranking: LotRanking, figures: Figures) -> str:
    """Return the figure that is compared, where a price is part of it."""
    if standing.figure is None or ranking.model == "fixed_price":
        return ""
    others = [other.figure for other in ranking.standings if other.figure is not None and other is not standing]
    return figure(shown_apart(standing.figure, others, 2), figures.language)


def _shared(standing: Standing, words: Words) -> tuple[str, ...]:
    """Return with how many a bid shares its place, nothing where it shares none."""
    others = len(standing.tied_with)
    return (words.say_many("equal with {n} other bid", "equal with {n} other bids", others),) if others else ()


def lot_verdict(title: str, ranking: LotRanking, names: Mapping[str, str], figures: Figures) -> Verdict:
    """Return the result of one lot; ``names`` are the suppliers' own names."""
    words = figures.words
    ranked = [standing for standing in ranking.standings if standing.rank is not None]
    caption = words.say_many("{n} bid ranked", "{n} bids ranked", len(ranked))
    if not ranked:
        said = words.say("No bid is ranked.")
        return Verdict(title=title, figure="–", caption=caption, sentence=said, tone="bad", mark=MARKS["bad"])
    if ranking.winners and ranking.is_final:
        return _won(title, caption, ranking, names, figures)
    first = _named(next(standing.supplier for standing in ranked if standing.rank == 1), names)
    open_ = sorted(s.supplier for s in ranking.standings if s.status in (Status.PROVISIONAL, Status.UNPRICED))
    if open_:
        bids = listed(open_, words)
        said = words.say("Not final: {bid} stands first, but matters are open for {bids}.", bid=first, bids=bids)
    else:
        said = words.say("Not final: {bid} stands first, but something is not settled yet.", bid=first)
    caption = f"{caption}, {words.say('not final')}"
    return Verdict(title=title, figure="?", caption=caption, sentence=said, tone="open", mark=MARKS["open"])


def _won(title: str, caption: str, ranking: LotRanking, names: Mapping[str, str], figures: Figures) -> Verdict:
    """Return the verdict of a lot with a final result: its winner, its winners, or those equal over the last place."""
    words, border = figures.words, ranking.tied_at_border
    named = [_named(supplier, names) for supplier in ranking.winners]
    bids = listed(named, words)
    if ranking.places is None:
        said = words.say("Admitted: {bids}; all that reach the quality that is asked for.", bids=bids)
    elif border and ranking.places == 1:
        said = words.say("Equal first: {bids}; nothing in the published rule for ties tells them apart.", bids=bids)
    elif border:
        over = listed([_named(supplier, names) for supplier in border], words)
        said = words.say_many(
            "{n} bid can win, and {equal} are equal over the last of these places; nothing in the published rule for "
            "ties tells them apart. On or over the border stand {bids}.",
            "{n} bids can win, and {equal} are equal over the last of these places; nothing in the published rule for "
            "ties tells them apart. On or over the border stand {bids}.",
            ranking.places,
            equal=over,
            bids=bids,
        )
    elif len(named) > 1:
        said = words.say_many("The first {n} wins: {bids}.", "The first {n} win: {bids}.", len(named), bids=bids)
    else:
        said = f"{', '.join(_lead(named[0], ranking, figures))}."
    figure_ = "1"
    if len(named) > 1 and not border:
        figure_, caption = str(len(named)), f"{caption}, {words.say_many('{n} wins', '{n} win', len(named))}"
    return Verdict(title=title, figure=figure_, caption=caption, sentence=said, tone="good", mark=MARKS["good"])


def _lead(name: str, ranking: LotRanking, figures: Figures) -> Iterator[str]:
    """Yield the winner with its points and figure, and by how much the next one follows."""
    words = figures.words
    first, *others = [standing for standing in ranking.standings if standing.rank is not None]
    compared = _compared(first, ranking, figures)
    yield words.say(FIRST[bool(compared)], bid=name, points=figures.total(first.quality), figure=compared)
    if not others or first.figure is None or others[0].figure is None:
        return
    gap = abs(others[0].figure - first.figure)
    if not gap:
        rule = words.again(first.decided_by)
        yield words.say("told from an equal figure by the published rule for ties: {rule}", rule=rule)
        return
    apart = figure(shown_apart(gap, [Fraction(0)], 2), figures.language)
    yield words.say("{figure} ahead of {bid}", figure=apart, bid=others[0].supplier)


LISTED = 6
NAME_SHOWN = 80


def listed(names: Sequence[str], words: Words = ENGLISH) -> str:
    """Return some names in a sentence, the first few and how many more."""
    shown = list(names[:LISTED])
    if len(names) > LISTED:
        more = len(names) - LISTED
        return words.say_many("{names} and {n} more", "{names} and {n} more", more, names=", ".join(shown))
    if len(shown) == 1:
        return shown[0]
    return words.say("{others} and {last}", others=", ".join(shown[:-1]), last=shown[-1])


def _named(supplier: str, names: Mapping[str, str]) -> str:
    name = cut(names.get(supplier, ""), NAME_SHOWN)
    return f"{name} ({supplier})" if name else supplier
