"""What proves a report: counts, digests, and the register of a bid's documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from selfassess import __version__, limits
from selfassess.languages import ENGLISH, Words, message, words
from selfassess.languages.problems import said_in
from selfassess.model.assessment import DocumentFinding, State
from selfassess.model.questionnaire import EvidenceKind
from selfassess.model.response import Evidence
from selfassess.plan import METHOD
from selfassess.problems import Problem, Severity
from selfassess.scorecard.bid_cards import DocumentCard
from selfassess.scorecard.cards import Line, ProblemCard
from selfassess.scorecard.figures import Figures
from selfassess.scorecard.saying import refusal_in_words
from selfassess.scorecard.sheet import Sheet

WHAT_IT_IS = message(
    "These are answers declared by the supplier, checked as stated here: not an ESPD, not a certificate, and no proof "
    "that they are true."
)
WHO_DECIDES = message(
    "The buyer decides. A bid that is not scored could not be read by the program; rejecting a tenderer is the buyer's "
    "decision."
)
CAUTIONS = (WHAT_IT_IS, WHO_DECIDES)
OF_RESPONSE = ("response", "response (bytes)")
"""The labels of the digests by which a guess at a withheld answer could be confirmed."""
TARGETS_SHOWN = 40  # of one document, in the register
SEVERITIES = {
    Severity.ERROR: message("error"),
    Severity.WARNING: message("warning"),
    Severity.NOTE: message("note"),
}


def integrity_lines(named: Sequence[tuple[str, str]], words: Words = ENGLISH) -> tuple[Line, ...]:
    """Return the digests in the order given, after the program and the method."""
    program = Line(label=words.say("Program"), value=f"selfassess {__version__}")
    method = Line(label=words.say("Method"), value=METHOD)
    prints = (Line(label=words.again(name), value=words.again(digest), tone="digest") for name, digest in named)
    return (program, method, *prints)


def count_lines(sheets: Mapping[str, Sheet]) -> tuple[Line, ...]:
    """Return how many questions of each lot stand how; ``sheets`` are by the lot's title."""
    lines = []
    for title, sheet in sheets.items():
        words, states = sheet.figures.words, sheet.assessment.states
        asked = words.say_many("{n} question", "{n} questions", len(states))
        lines.append(Line(label=title, value=f"{asked}: {', '.join(_counted(states, words))}"))
    return tuple(lines)


def _counted(states: Sequence[State], words: Words) -> Iterator[str]:
    """Yield how many of the states there are of each kind that there is."""
    answered, refused, missing, apart = (
        states.count(state) for state in (State.ANSWERED, State.NOT_APPLICABLE, State.MISSING, State.NOT_ASKED)
    )
    if answered:
        yield words.say_many("{n} answered", "{n} answered", answered)
    if refused:
        yield words.say_many("{n} said not to apply", "{n} said not to apply", refused)
    if missing:
        yield words.say_many("{n} not answered", "{n} not answered", missing)
    if apart:
        yield words.say_many("{n} not asked", "{n} not asked", apart)


def document_cards(
    documents: Sequence[Evidence], sheets: Sequence[Sheet], files: Mapping[str, str], figures: Figures
) -> tuple[DocumentCard, ...]:
    """Return the register of a bid's documents: what each is, and what of it counted in any lot.

    ``files`` are the digests of the files that were found, by path.
    """
    words = figures.words
    found: dict[str, dict[tuple[str, DocumentFinding], None]] = {}
    kinds: dict[str, EvidenceKind] = {}
    for sheet in sheets:
        kinds |= sheet.plan.kinds
        for planned, finding in sheet.pairs():
            for counted_as in finding.documents:
                found.setdefault(counted_as.id, {})[planned.id, counted_as] = None
    cards = []
    for document in documents:
        own = list(found.get(document.id, {}))
        counts = _targets([pair for pair in own if not pair[1].reason], words)
        reasons: dict[str, list[tuple[str, DocumentFinding]]] = {}
        for id_, named in own:
            if named.reason:
                reasons.setdefault(refusal_in_words(named.reason, id_, words), []).append((id_, named))
        refused = [f"{', '.join(_few(_targets(pairs, words), words))}: {said}" for said, pairs in reasons.items()]
        kind = kinds.get(document.kind)
        cards.append(
            DocumentCard(
                id=document.id,
                title=document.title,
                kind=kind.title if kind else document.kind,
                grade=_grade(document, kind, words),
                dates=", ".join(_dates(document, figures)),
                file=document.file,
                digest=files.get(document.file, f"sha256:{document.sha256.removeprefix('sha256:')}"),
                counts=_few(counts, words),
                refused=_few(refused, words),
            )
        )
    return tuple(cards)


def _grade(document: Evidence, kind: EvidenceKind | None, words: Words) -> str:
    if kind is None:
        return words.say("{grade} stated", grade=document.grade.name)
    return words.say("{grade} stated, at most {most} by kind", grade=document.grade.name, most=kind.grade.name)


def _dates(document: Evidence, figures: Figures) -> Iterator[str]:
    """Yield when a document was issued, until when it is valid, and by whom it is."""
    words = figures.words
    if document.issued:
        yield words.say("issued {day}", day=figures.day(document.issued))
    else:
        yield words.say("no date of issue")
    if document.expires:
        yield words.say("expires {day}", day=figures.day(document.expires))
    if document.issuer:
        yield words.say("by {issuer}", issuer=document.issuer)


def _targets(pairs: Sequence[tuple[str, DocumentFinding]], words: Words) -> list[str]:
    """Return the questions that a document names, with the row or the number of rows."""
    rows: dict[str, list[str]] = {}
    for id_, finding in pairs:
        rows.setdefault(id_, []).append(finding.row or "")
    return [_target(id_, list(dict.fromkeys(found)), words) for id_, found in rows.items()]


def _target(id_: str, rows: Sequence[str], words: Words) -> str:
    named = [row for row in rows if row]
    if not named:
        return id_
    said = (
        words.say("row {row}", row=named[0]) if len(named) == 1 else words.say_many("{n} row", "{n} rows", len(named))
    )
    return f"{id_} ({said})"


def _few(texts: Sequence[str], words: Words) -> tuple[str, ...]:
    """Return the first of several texts and how many more there are."""
    if len(texts) <= TARGETS_SHOWN:
        return tuple(texts)
    return (*texts[:TARGETS_SHOWN], words.say_many("and {n} more", "and {n} more", len(texts) - TARGETS_SHOWN))


def problem_cards(problems: Sequence[Problem], language: str = "en") -> tuple[ProblemCard, ...]:
    """Return problems as printed; of too many the first, errors before warnings, and how many more there are."""
    over, own = len(problems) - limits.PROBLEMS_IN_REPORT, words("report", language)
    if over <= 0:
        return tuple(_problem_card(problem, language) for problem in problems)
    first = sorted(problems, key=lambda problem: problem.severity is not Severity.ERROR)[: limits.PROBLEMS_IN_REPORT]
    more = own.say_many("and {n} more", "and {n} more", over)
    said = own.say("are listed in the JSON of the results")
    rest = ProblemCard(place="", code="", severity=more, message=said, hint="", tone="open")
    return (*(_problem_card(problem, language) for problem in first), rest)


def _problem_card(problem: Problem, language: str) -> ProblemCard:
    """Return a problem as printed."""
    is_error = problem.severity is Severity.ERROR
    said, hint = said_in(problem, words("terminal", language))
    return ProblemCard(
        place=str(problem.place),
        code=str(problem.code),
        severity=words("report", language).say(SEVERITIES[problem.severity]),
        message=said,
        hint=hint,
        tone="bad" if is_error else "open",
    )
