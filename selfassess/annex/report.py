"""The method of a tender becomes the annex as it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from selfassess import __version__
from selfassess.annex.award import award_cards
from selfassess.annex.cards import AnnexQuestion, AnnexReport, AnnexSection, Method
from selfassess.annex.curves import curve_drawing
from selfassess.model.questionnaire import Question
from selfassess.plan import METHOD, overridden
from selfassess.prospectus import Prospectus, prospectus
from selfassess.prospectus.cards import Fact, SectionPage
from selfassess.scorecard.cards import Front, Line
from selfassess.scorecard.figures import HUNDRED, Figures, cut
from selfassess.scorecard.fronts import MIDDLE, PRINT, RUNNING, SHORT
from selfassess.scorecard.integrity import integrity_lines
from selfassess.scorecard.lawfulness import lawfulness_card
from selfassess.scorecard.method import grade_lines, method_lines

KICKER = "Annex of the method"
FROZEN = (
    "This annex is put among the tender documents before bids come in. Bids are scored and ranked by what stands here "
    "and by nothing else; publication.json freezes it by digest."
)
CAUTIONS = (FROZEN, "The points are those before any N/A. Every figure is exact, or marked ≈ and rounded once.")
LEAVES = "when_false: leave. Where it is not asked, its weight leaves the sums."
FEW_LOTS = 3  # for which a table has wide columns
ELSEWHERE = ("Requirements", "Minima of 100")
UNMET = "A bid below it is excluded, whatever its price."
CONTENTS = (
    ("How bids are compared", "award"),
    ("How answers become points", "method"),
    ("What every bid must meet", "requirements"),
    ("Weights", "weights"),
)
AFTER = (("Lawfulness: shares and warnings", "lawfulness"), ("Integrity: digests", "integrity"))


def annex_report(method: Method) -> AnnexReport:
    """Return the annex, ready to print."""
    figures = Figures(method.language, method.plan.profile.decimals)
    whole = prospectus(method.plans, digests=method.digests, tender=method.tender)
    return AnnexReport(
        language=method.language,
        front=_front(method, whole),
        titles=tuple(lot.title for lot in method.tender.lots),
        width="c-bid" if len(method.tender.lots) <= FEW_LOTS else "c-range",
        method=tuple(_rules(method, figures)),
        grades=grade_lines(method.plan),
        kinds=tuple(_lines(whole.kinds)),
        reasons=tuple(_lines(whole.reasons)),
        awards=award_cards(method),
        requirements=whole.requirements,
        sections=tuple(_sections(method, whole, figures)),
        lawfulness=lawfulness_card(method.tender, method.plans, method.warnings, language=method.language),
        integrity=integrity_lines(
            [
                *method.digests,
                *((f"plan of {lot} (fingerprint)", digest) for lot, digest in method.fingerprints.items()),
            ]
        ),
    )


def _front(method: Method, whole: Prospectus) -> Front:
    tender = method.tender
    named = method.plan.questionnaire
    sections = [(f"Questions: {section.title}", f"section-{section.id}") for section in whole.sections]
    print_ = dict(method.digests)["tender"][7 : 7 + PRINT]
    return Front(
        kicker=KICKER,
        title=tender.title,
        size="large" if len(tender.title) <= SHORT else "middle" if len(tender.title) <= MIDDLE else "small",
        subtitle="How bids are scored and compared, fixed before they come in",
        notice="",
        running=cut(f"{KICKER}: {tender.title}", RUNNING),
        footing=f"{named.id} {named.version} · tender {print_}",
        facts=(*_lines(whole.facts), Line(label="Program", value=f"selfassess {__version__}, method {METHOD}")),
        cautions=CAUTIONS,
        contents=tuple(Line(label=label, value=at) for label, at in (*CONTENTS, *sections, *AFTER)),
    )


def _rules(method: Method, figures: Figures) -> Iterator[Line]:
    """Yield the rules that all lots share; what a lot or a section asks at least stands at its own place."""
    yield from (line for line in method_lines(method.plan, None, figures) if line.label not in ELSEWHERE)
    least = method.plan.profile.minima.total
    if least is not None:
        yield Line(label="Least total", value=f"{figures.plain(least)} of 100, in every lot", note=UNMET)
    yield from _buyers(method)


def _lines(facts: Iterable[Fact]) -> Iterator[Line]:
    yield from (Line(label=fact.label, value=fact.value) for fact in facts)


def _buyers(method: Method) -> Iterator[Line]:
    for buyer in method.tender.buyers:
        if buyer.profile_changes:
            changed = ", ".join(sorted(key.replace("_", " ") for key in buyer.profile_changes))
            yield Line(
                label=buyer.name,
                value=f"Looks at the bids by its own {changed} too. That is shown beside the result and ranks nothing.",
            )


def _sections(method: Method, whole: Prospectus, figures: Figures) -> Iterator[AnnexSection]:
    asked = {question.id: question for question in method.plan.questionnaire.questions()}
    profile = method.plan.profile
    for page in whole.sections:
        least = profile.minima.sections.get(page.id)
        yield AnnexSection(
            page=page,
            minimum="" if least is None else f"At least {figures.plain(least * HUNDRED)} of 100 here. {UNMET}",
            questions=tuple(_questions(method, page, {id_: overridden(q, profile) for id_, q in asked.items()})),
        )


def _questions(method: Method, page: SectionPage, asked: dict[str, Question]) -> Iterator[AnnexQuestion]:
    plans = method.plans.values()
    for own in page.questions:
        question = asked[own.id]
        stays = any(plan.questions[plan.positions[own.id]].stays for plan in plans if own.id in plan.positions)
        leaves = question.leaves_when_false and question.is_scored and not stays
        yield AnnexQuestion(page=own, chart=curve_drawing(question), leaves=LEAVES if leaves else "")
