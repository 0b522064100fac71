"""The method of a tender becomes the annex as it is printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from selfassess import __version__
from selfassess.annex.award import award_cards
from selfassess.annex.cards import AnnexQuestion, AnnexReport, AnnexSection, Method
from selfassess.annex.curves import curve_drawing
from selfassess.languages import TOLD, Words, message
from selfassess.model.questionnaire import Question
from selfassess.plan import METHOD, overridden
from selfassess.prospectus import Prospectus, prospectus
from selfassess.prospectus.cards import Fact, SectionPage
from selfassess.scorecard.cards import Front, Line
from selfassess.scorecard.figures import HUNDRED, Figures, cut
from selfassess.scorecard.fronts import MIDDLE, PRINT, RUNNING, SHORT
from selfassess.scorecard.integrity import integrity_lines
from selfassess.scorecard.lawfulness import lawfulness_card
from selfassess.scorecard.method import MINIMA, REQUIREMENTS, grade_lines, method_lines

FROZEN = message(
    "This annex is put among the tender documents before bids come in. Bids are scored and ranked by what stands here "
    "and by nothing else; publication.json freezes it by digest."
)
POINTS = message("The points are those before any N/A. Every figure is exact, or marked ≈ and rounded once.")
LEAVES = message("when_false: leave. Where it is not asked, its weight leaves the sums.")
FEW_LOTS = 3  # for which a table has wide columns
ELSEWHERE = (REQUIREMENTS, MINIMA)
UNMET = message("A bid below it is excluded, whatever its price.")
CONTENTS = (
    (message("How bids are compared"), "award"),
    (message("How answers become points"), "method"),
    (message("What every bid must meet"), "requirements"),
    (message("Weights"), "weights"),
)
AFTER = (
    (message("Lawfulness: shares and warnings"), "lawfulness"),
    (message("Integrity: digests"), "integrity"),
)
SETTINGS = {  # of a profile, that a buyer may change for itself
    "section_weights": message("section weights"),
    "question_weights": message("question weights"),
    "lots": message("lots"),
    "scores": message("scores"),
    "gates": message("gates"),
    "minima": message("minima"),
    "not_applicable_cap": message("not applicable cap"),
    "excludes_incomplete": message("excludes incomplete"),
    "evidence_mode": message("evidence mode"),
    "decimals": message("decimals"),
    "bands": message("bands"),
    "accepted_conditions": message("accepted conditions"),
}


def annex_report(method: Method) -> AnnexReport:
    """Return the annex, ready to print."""
    figures = Figures(method.language, method.plan.profile.decimals)
    words = figures.words
    whole = prospectus(method.plans, digests=method.digests, tender=method.tender, words=words)
    prints = [(TOLD.say("plan of {lot} (fingerprint)", lot=lot), print_) for lot, print_ in method.fingerprints.items()]
    return AnnexReport(
        language=method.language,
        front=_front(method, whole, words),
        titles=tuple(lot.title for lot in method.tender.lots),
        width="c-bid" if len(method.tender.lots) <= FEW_LOTS else "c-range",
        method=tuple(_rules(method, figures)),
        grades=grade_lines(method.plan, words),
        kinds=tuple(_lines(whole.kinds)),
        reasons=tuple(_lines(whole.reasons)),
        awards=award_cards(method),
        requirements=whole.requirements,
        sections=tuple(_sections(method, whole, figures)),
        lawfulness=lawfulness_card(method.tender, method.plans, method.warnings, language=method.language),
        integrity=integrity_lines([*method.digests, *prints], words),
        foreign=tuple(method.untranslated),
    )


def _front(method: Method, whole: Prospectus, words: Words) -> Front:
    title, named = method.tender.title, method.plan.questionnaire
    sections = [
        (words.say("Questions: {section}", section=section.title), f"section-{section.id}")
        for section in whole.sections
    ]
    before, after = ([(words.say(label), at) for label, at in contents] for contents in (CONTENTS, AFTER))
    print_ = dict(method.digests)["tender"][7 : 7 + PRINT]
    kicker = words.say("Annex of the method")
    program = words.say("selfassess {version}, method {method}", version=__version__, method=METHOD)
    return Front(
        kicker=kicker,
        title=title,
        size="large" if len(title) <= SHORT else "middle" if len(title) <= MIDDLE else "small",
        subtitle=words.say("How bids are scored and compared, fixed before they come in"),
        notice="",
        running=cut(f"{kicker}: {title}", RUNNING),
        footing=f"{named.id} {named.version} · {words.say('tender {digest}', digest=print_)}",
        facts=(*_lines(whole.facts), Line(label=words.say("Program"), value=program)),
        cautions=(words.say(FROZEN), words.say(POINTS)),
        contents=tuple(Line(label=label, value=at) for label, at in (*before, *sections, *after)),
    )


def _rules(method: Method, figures: Figures) -> Iterator[Line]:
    """Yield the rules that all lots share; what a lot or a section asks at least stands at its own place."""
    words, least = figures.words, method.plan.profile.minima.total
    elsewhere = {words.say(label) for label in ELSEWHERE}
    yield from (line for line in method_lines(method.plan, None, figures) if line.label not in elsewhere)
    if least is not None:
        said = words.say("{least} of 100, in every lot", least=figures.plain(least))
        yield Line(label=words.say("Least total"), value=said, note=words.say(UNMET))
    yield from _buyers(method, words)


def _lines(facts: Iterable[Fact]) -> Iterator[Line]:
    yield from (Line(label=fact.label, value=fact.value) for fact in facts)


def _buyers(method: Method, words: Words) -> Iterator[Line]:
    for buyer in method.tender.buyers:
        if buyer.profile_changes:
            changed = ", ".join(words.say(SETTINGS[key]) for key in sorted(buyer.profile_changes))
            said = words.say(
                "Looks at the bids by its own {settings} too. That is shown beside the result and ranks nothing.",
                settings=changed,
            )
            yield Line(label=buyer.name, value=said)


def _sections(method: Method, whole: Prospectus, figures: Figures) -> Iterator[AnnexSection]:
    asked = {question.id: question for question in method.plan.questionnaire.questions()}
    profile = method.plan.profile
    own = {id_: overridden(question, profile) for id_, question in asked.items()}
    for page in whole.sections:
        yield AnnexSection(
            page=page,
            minimum=_minimum(profile.minima.sections.get(page.id), figures),
            questions=tuple(_questions(method, page, own, figures.words)),
        )


def _minimum(least: Decimal | None, figures: Figures) -> str:
    """Return what a bid must reach in a section, empty where that is nothing."""
    if least is None:
        return ""
    said = figures.words.say("At least {least} of 100 here.", least=figures.plain(least * HUNDRED))
    return f"{said} {figures.words.say(UNMET)}"


def _questions(
    method: Method, page: SectionPage, asked: Mapping[str, Question], words: Words
) -> Iterator[AnnexQuestion]:
    plans = method.plans.values()
    for own in page.questions:
        question = asked[own.id]
        stays = any(plan.questions[plan.positions[own.id]].stays for plan in plans if own.id in plan.positions)
        leaves = question.leaves_when_false and question.is_scored and not stays
        yield AnnexQuestion(
            page=own,
            chart=curve_drawing(question, words),
            leaves=words.say(LEAVES) if leaves else "",
        )
