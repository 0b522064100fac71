"""The result of a bid, and of a lot, in one figure and one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from selfassess.languages import ENGLISH, Words
from selfassess.model.assessment import Assessment, Measure
from selfassess.model.ranking import LotRanking, Standing, Status
from selfassess.numbers import shown_apart
from selfassess.plan import ScoringPlan
from selfassess.scorecard.cards import Verdict
from selfassess.scorecard.figures import HUNDRED, Figures, counted, cut
from selfassess.wording import STATUS, figure

TONES = {
    Status.RANKED: "good",
    Status.PROVISIONAL: "open",
    Status.EXCLUDED: "bad",
    Status.UNPRICED: "open",
    Status.REFUSED: "bad",
}
NOTHING = "nothing"
MARKS = {"good": "✓", "open": "?", "bad": "✗", "": ""}


def why(assessment: Assessment | None, standing: Standing, plan: ScoringPlan, figures: Figures) -> tuple[str, ...]:
    """Return the reasons of a standing, requirements together and minima with their figures."""
    if assessment is None:
        return standing.reasons
    unmet = {f"{name} is not met": name for name in assessment.excluded_by if name in plan.positions}
    unknown = {f"{name} is not known": name for name in assessment.unknown if name in plan.positions}
    said: dict[str, str] = {}
    if unmet:
        whole = f"{_requirements(list(unmet.values()))} not met"
        said |= dict.fromkeys(unmet, whole)
    if unknown:
        whole = f"it is not known whether {_requirements(list(unknown.values()))} met"
        said |= dict.fromkeys(unknown, whole)
    minima = [name for name in assessment.excluded_by if name not in plan.positions]
    said |= {f"{name} is not met": _unmet(name, assessment, plan, figures) for name in minima}
    open_ = [name for name in assessment.unknown if name not in plan.positions]
    said |= {f"{name} is not known": _unknown(name, plan) for name in open_}
    return tuple(dict.fromkeys(said.get(reason, reason) for reason in standing.reasons))


def _requirements(ids: Sequence[str]) -> str:
    one = len(ids) == 1
    return f"the minimum requirement{'' if one else 's'} {listed(ids)} {'is' if one else 'are'}"


def _unmet(name: str, assessment: Assessment, plan: ScoringPlan, figures: Figures) -> str:
    section = name.removeprefix("minimum ")
    reviewed = assessment.totals[Measure.REVIEWED]
    if section == "total":
        least = Fraction(plan.profile.minima.total or 0)
        has = NOTHING if reviewed.total is None else figures.points_apart(reviewed.total, [least])
        return f"the total of {has} does not reach the minimum of {figures.plain(least)}"
    number = next(i for i, planned in enumerate(plan.sections) if planned.section.id == section)
    value, least = reviewed.sections[number], Fraction(plan.profile.minima.sections[section]) * HUNDRED
    has = NOTHING if value is None else figures.points_apart(value * HUNDRED, [least])
    title = plan.sections[number].section.title
    return f"{title} reaches {has} of 100 where at least {figures.plain(least)} are required"


def _unknown(name: str, plan: ScoringPlan) -> str:
    titles = {planned.section.id: planned.section.title for planned in plan.sections}
    return f"it is not known whether the minimum of {titles.get(name.removeprefix('minimum '), 'the total')} is reached"


def bid_verdict(
    title: str,
    assessment: Assessment,
    standing: Standing | None,
    ranking: LotRanking | None,
    plan: ScoringPlan,
    figures: Figures,
) -> Verdict:
    """Return what became of one bid in one lot."""
    total = assessment.total
    scored = "no total" if total is None else f"{figures.total(total)} of 100 points"
    if standing is None or ranking is None:
        said = f"By the profile {plan.profile.title}, the answers reach {scored} after review and evidence."
        return Verdict(
            title=title,
            figure=figures.total(total),
            caption="of 100 points",
            sentence=said,
            tone="",
            mark="",
            size="points",
        )
    reasons = "; ".join(why(assessment, standing, plan, figures))
    tone = TONES[standing.status]
    if standing.rank is None:
        said = f"{STATUS[standing.status.value].capitalize()}: {reasons}. Its answers reach {scored}."
        place, caption = "–", "no rank"
    else:
        ranked = sum(other.rank is not None for other in ranking.standings)
        is_open = standing.status is Status.PROVISIONAL
        place, caption = str(standing.rank), f"of {counted(ranked, 'ranked bid')}"
        caption += ", not final" if is_open or not ranking.is_final else ""
        said = f"{'Provisionally ranked' if is_open else 'Ranked'} {place} of {ranked} with {scored}"
        said += f"{_compared(standing, ranking, figures)}{_shared(standing)}"
        end = "." if ranking.is_final else "; the result of the lot is not final yet."
        said += f": {reasons}." if is_open else end
    return Verdict(title=title, figure=place, caption=caption, sentence=said, tone=tone, mark=MARKS[tone])


def _compared(standing: Standing, ranking: LotRanking, figures: Figures) -> str:
    """Return the figure that is compared, where a price is part of it."""
    if standing.figure is None or ranking.model == "fixed_price":
        return ""
    return f" and a comparison figure of {_figure(standing, ranking, figures)}"


def _figure(standing: Standing, ranking: LotRanking, figures: Figures) -> str:
    others = [other.figure for other in ranking.standings if other.figure is not None and other is not standing]
    return figure(shown_apart(standing.figure or Fraction(0), others, 2), figures.language)


def _shared(standing: Standing) -> str:
    if not standing.tied_with:
        return ""
    return f", equal with {counted(len(standing.tied_with), 'other bid')}"


def lot_verdict(title: str, ranking: LotRanking, names: Mapping[str, str], figures: Figures) -> Verdict:
    """Return the result of one lot; ``names`` are the suppliers' own names."""
    ranked = [standing for standing in ranking.standings if standing.rank is not None]
    caption = f"{counted(len(ranked), 'bid')} ranked"
    if not ranked:
        said = "No bid is ranked."
        return Verdict(title=title, figure="–", caption=caption, sentence=said, tone="bad", mark=MARKS["bad"])
    if ranking.winners and ranking.is_final:
        return _won(title, caption, ranking, names, figures)
    first = next(standing.supplier for standing in ranked if standing.rank == 1)
    open_ = sorted(s.supplier for s in ranking.standings if s.status in (Status.PROVISIONAL, Status.UNPRICED))
    matters = f"matters are open for {listed(open_)}" if open_ else "something is not settled yet"
    said = f"Not final: {_named(first, names)} stands first, but {matters}."
    return Verdict(
        title=title, figure="?", caption=f"{caption}, not final", sentence=said, tone="open", mark=MARKS["open"]
    )


def _won(title: str, caption: str, ranking: LotRanking, names: Mapping[str, str], figures: Figures) -> Verdict:
    """Return the verdict of a lot with a final result: its winner, its winners, or those equal over the last place."""
    named = [_named(supplier, names) for supplier in ranking.winners]
    border = ranking.tied_at_border
    if ranking.places is None:
        said = f"Admitted: {listed(named)}; all that reach the quality that is asked for."
    elif border and ranking.places == 1:
        said = f"Equal first: {listed(named)}; nothing in the published rule for ties tells them apart."
    elif border:
        over = listed([_named(supplier, names) for supplier in border])
        said = (
            f"{counted(ranking.places, 'bid')} can win, and {over} are equal over the last of these places; nothing in "
        )
        said += f"the published rule for ties tells them apart. On or over the border stand {listed(named)}."
    elif len(named) > 1:
        said = f"The first {len(named)} win: {listed(named)}."
    else:
        said = f"First: {named[0]}{_lead(ranking, figures)}."
    figure_ = str(len(named)) if len(named) > 1 and not border else "1"
    caption = f"{caption}, {len(named)} win" if len(named) > 1 and not border else caption
    return Verdict(title=title, figure=figure_, caption=caption, sentence=said, tone="good", mark=MARKS["good"])


def _lead(ranking: LotRanking, figures: Figures) -> str:
    """Return the winner's points and figure, and by how much the next one follows."""
    first, *others = [standing for standing in ranking.standings if standing.rank is not None]
    said = f" with {figures.total(first.quality)} of 100 points{_compared(first, ranking, figures)}"
    if not others or first.figure is None or others[0].figure is None:
        return said
    gap = abs(others[0].figure - first.figure)
    if not gap:
        return f"{said}, told from an equal figure by the published rule for ties: {first.decided_by}"
    apart = figure(shown_apart(gap, [Fraction(0)], 2), figures.language)
    return f"{said}, {apart} ahead of {others[0].supplier}"


LISTED = 6
NAME_SHOWN = 80


def listed(names: Sequence[str], words: Words = ENGLISH) -> str:  # noqa: ARG001
    """Return some names in a sentence, the first few and how many more."""
    shown = list(names[:LISTED])
    if len(names) > LISTED:
        return f"{', '.join(shown)} and {len(names) - LISTED} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"


def _named(supplier: str, names: Mapping[str, str]) -> str:
    name = cut(names.get(supplier, ""), NAME_SHOWN)
    return f"{name} ({supplier})" if name else supplier
