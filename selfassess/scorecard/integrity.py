"""What proves a report: counts, digests, and the register of a bid's documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selfassess import __version__, limits
from selfassess.languages import ENGLISH, Words
from selfassess.model.assessment import DocumentFinding, State
from selfassess.model.questionnaire import EvidenceKind
from selfassess.model.response import Evidence
from selfassess.plan import METHOD
from selfassess.problems import Problem, Severity
from selfassess.scorecard.bid_cards import DocumentCard
from selfassess.scorecard.cards import Line, ProblemCard
from selfassess.scorecard.figures import counted
from selfassess.scorecard.saying import refusal_in_words
from selfassess.scorecard.sheet import Sheet

WHAT_IT_IS = (
    "These are answers declared by the supplier, checked as stated here: not an ESPD, not a certificate, and no proof "
    "that they are true."
)
WHO_DECIDES = (
    "The buyer decides. A bid that is not scored could not be read by the program; rejecting a tenderer is the buyer's "
    "decision."
)
CAUTIONS = (WHAT_IT_IS, WHO_DECIDES)
TARGETS_SHOWN = 40  # of one document, in the register


COUNTED = {
    State.ANSWERED: "answered",
    State.NOT_APPLICABLE: "said not to apply",
    State.MISSING: "not answered",
    State.NOT_ASKED: "not asked",
}


def integrity_lines(named: Sequence[tuple[str, str]], words: Words = ENGLISH) -> tuple[Line, ...]:  # noqa: ARG001
    """Return the digests in the order given, after the program and the method."""
    program = Line(label="Program", value=f"selfassess {__version__}")
    method = Line(label="Method", value=METHOD)
    return (program, method, *(Line(label=name, value=digest, tone="digest") for name, digest in named))


def count_lines(sheets: Mapping[str, Sheet]) -> tuple[Line, ...]:
    """Return how many questions of each lot stand how; ``sheets`` are by the lot's title."""
    lines = []
    for title, sheet in sheets.items():
        states = sheet.assessment.states
        said = [f"{states.count(state)} {word}" for state, word in COUNTED.items() if state in states]
        lines.append(Line(label=title, value=f"{counted(len(states), 'question')}: {', '.join(said)}"))
    return tuple(lines)


def document_cards(
    documents: Sequence[Evidence], sheets: Sequence[Sheet], files: Mapping[str, str]
) -> tuple[DocumentCard, ...]:
    """Return the register of a bid's documents: what each is, and what of it counted in any lot.

    ``files`` are the digests of the files that were found, by path.
    """
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
        counts = _targets([pair for pair in own if not pair[1].reason])
        reasons: dict[str, list[tuple[str, DocumentFinding]]] = {}
        for id_, named in own:
            if named.reason:
                reasons.setdefault(refusal_in_words(named.reason, id_), []).append((id_, named))
        refused = [f"{', '.join(_few(_targets(pairs)))}: {reason}" for reason, pairs in reasons.items()]
        kind = kinds.get(document.kind)
        dates = [f"issued {document.issued}" if document.issued else "no date of issue"]
        dates += [f"expires {document.expires}"] if document.expires else []
        cards.append(
            DocumentCard(
                id=document.id,
                title=document.title,
                kind=kind.title if kind else document.kind,
                grade=f"{document.grade.name} stated" + (f", at most {kind.grade.name} by kind" if kind else ""),
                dates=", ".join([*dates, *([f"by {document.issuer}"] if document.issuer else [])]),
                file=document.file,
                digest=files.get(document.file, f"sha256:{document.sha256.removeprefix('sha256:')}"),
                counts=_few(counts),
                refused=_few(refused),
            )
        )
    return tuple(cards)


def _targets(pairs: Sequence[tuple[str, DocumentFinding]]) -> list[str]:
    """Return the questions that a document names, with the row or the number of rows."""
    rows: dict[str, list[str]] = {}
    for id_, finding in pairs:
        rows.setdefault(id_, []).append(finding.row or "")
    return [_target(id_, list(dict.fromkeys(found))) for id_, found in rows.items()]


def _target(id_: str, rows: Sequence[str]) -> str:
    named = [row for row in rows if row]
    if not named:
        return id_
    return f"{id_} ({f'row {named[0]}' if len(named) == 1 else counted(len(named), 'row')})"


def _few(texts: Sequence[str]) -> tuple[str, ...]:
    """Return the first of several texts and how many more there are."""
    if len(texts) <= TARGETS_SHOWN:
        return tuple(texts)
    return (*texts[:TARGETS_SHOWN], f"and {len(texts) - TARGETS_SHOWN} more")


def problem_cards(problems: Sequence[Problem]) -> tuple[ProblemCard, ...]:
    """Return problems as printed; of too many the first, errors before warnings, and how many more there are."""
    over = len(problems) - limits.PROBLEMS_IN_REPORT
    if over <= 0:
        return tuple(_problem_card(problem) for problem in problems)
    first = sorted(problems, key=lambda problem: problem.severity is not Severity.ERROR)[: limits.PROBLEMS_IN_REPORT]
    said = "are listed in the JSON of the results"
    rest = ProblemCard(place="", code=f"{over} more", severity="and", message=said, hint="", tone="open")
    return (*(_problem_card(problem) for problem in first), rest)


def _problem_card(problem: Problem) -> ProblemCard:
    """Return a problem as printed."""
    is_error = problem.severity is Severity.ERROR
    return ProblemCard(
        place=str(problem.place),
        code=str(problem.code),
        severity=problem.severity.value,
        message=problem.message,
        hint=problem.hint,
        tone="bad" if is_error else "open",
    )
