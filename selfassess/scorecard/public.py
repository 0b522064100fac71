"""The report on a bid without what its supplier has marked as a trade secret: counted, and nowhere in it.

Withheld are the answer with its rows, its comment, the documents that prove it, what reviewers wrote of it, its points
(of a choice they would tell the answer), what would raise them, problems found in it, and the digests of the response,
by which a guess could be confirmed. Sections, totals and requirements stay: they are why the award is what it is.
Topics and life-cycle stages go, since a cell of theirs may be the points of one question.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from selfassess.languages import Words, message, words
from selfassess.problems import Problem
from selfassess.scorecard.bid_cards import LotCard, QuestionCard, SectionCard, SupplierReport
from selfassess.scorecard.cards import Line
from selfassess.scorecard.foreign import naming
from selfassess.scorecard.integrity import OF_RESPONSE

WITHHELD = message("Withheld: the bidder calls the answer a trade secret.")
PARTS = ("answers", "lot_answers", "not_applicable", "lot_not_applicable", "comments", "confidential")


def secret_documents(plain: Mapping[str, Any], secret: Collection[str]) -> dict[str, str]:
    """Return the documents of a response, as it was written, that support a withheld answer: ids by their places.

    One that cannot be read is among them: nobody can say what it supports.
    """
    entries = plain.get("evidence", [])
    found = {}
    for at, entry in enumerate(entries if isinstance(entries, list) else []):
        supports = entry.get("supports", []) if isinstance(entry, dict) else None
        is_read = isinstance(supports, list) and all(isinstance(target, str) for target in supports)
        if not is_read or any(target.partition("/")[0] in secret for target in supports or []):
            found[str(at)] = str(entry.get("id", "")) if isinstance(entry, dict) else ""
    return found if secret else {}


def open_problems(problems: Sequence[Problem], plain: Mapping[str, Any], secret: Collection[str]) -> list[Problem]:
    """Return the problems that tell nothing of a withheld answer or of a document that proves it."""
    places = secret_documents(plain, secret)

    def tells(problem: Problem) -> bool:
        part, *steps = problem.pointer.split("/")[1:] or [""]
        if part == "evidence":
            return bool(places) and (not steps or steps[0] in places)
        return part in PARTS and any(step in secret for step in steps)

    return [problem for problem in problems if not tells(problem)]


def public_report(report: SupplierReport, plain: Mapping[str, Any], secret: Collection[str]) -> SupplierReport:
    """Return the report on a response, as it was written, without the answers to ``secret`` questions."""
    own = words("report", report.language)
    documents = frozenset(secret_documents(plain, secret).values())
    shown = [question.id for lot in report.lots for section in lot.sections for question in section.questions]
    withheld = [id_ for id_ in dict.fromkeys(shown) if id_ in secret]
    front = replace(
        report.front,
        kicker=f"{report.front.kicker}, {own.say('public copy')}",
        cautions=(_said(withheld, own), *report.front.cautions),
    )
    prints = {own.again(label) for label in OF_RESPONSE}
    kept = replace(
        report,
        front=front,
        lots=tuple(_lot(lot, secret, documents, own) for lot in report.lots),
        documents=tuple(card for card in report.documents if card.id not in documents),
        counts=(*report.counts, Line(label=own.say("Withheld"), value=_counted(len(withheld), len(documents), own))),
        integrity=tuple(line for line in report.integrity if line.label not in prints),
    )
    return naming(kept, report.foreign)


def _said(withheld: Sequence[str], words: Words) -> str:
    """Return the sentence that says which answers are withheld."""
    if not withheld:
        return words.say("Public copy: 0 answers withheld as a trade secret of the bidder.")
    return words.say_many(
        "Public copy: {n} answer withheld as a trade secret of the bidder ({questions}).",
        "Public copy: {n} answers withheld as a trade secret of the bidder ({questions}).",
        len(withheld),
        questions=", ".join(withheld),
    )


def _counted(answers: int, documents: int, words: Words) -> str:
    said = words.say_many("{n} answer", "{n} answers", answers)
    return f"{said}, {words.say_many('{n} document', '{n} documents', documents)}"


def _lot(lot: LotCard, secret: Collection[str], documents: Collection[str], words: Words) -> LotCard:
    hides = any(question.id in secret for section in lot.sections for question in section.questions)
    return replace(
        lot,
        profile=None if hides else lot.profile,
        stages=None if hides else lot.stages,
        sections=tuple(_section(section, secret, documents, words) for section in lot.sections),
        weakest=tuple(card for card in lot.weakest if card.id not in secret),
        raises=tuple(line for line in lot.raises if line.label not in secret),
        raises_said="" if secret else lot.raises_said,
        not_applicable=tuple(
            replace(line, more="") if line.label in secret else line for line in lot.not_applicable
        ),
        open_matters=tuple(matter for matter in lot.open_matters if not any(id_ in matter for id_ in secret)),
    )  # fmt: skip


def _section(section: SectionCard, secret: Collection[str], documents: Collection[str], words: Words) -> SectionCard:
    questions = tuple(_question(card, secret, documents, words) for card in section.questions)
    return replace(section, questions=questions)


def _question(card: QuestionCard, secret: Collection[str], documents: Collection[str], words: Words) -> QuestionCard:
    """Return a question without its answer, or without the documents that prove a withheld one."""
    if card.id not in secret:
        kept = tuple(line for line in card.documents if line.label[2:] not in documents)
        rows = tuple(
            replace(row, evidence=tuple(line for line in row.evidence if line.label[2:] not in documents))
            for row in card.rows
        )
        return replace(card, documents=kept, rows=rows)
    return replace(
        card,
        answer=(words.say(WITHHELD),),
        rows=(),
        comment="",
        evidence="",
        documents=(),
        points="–" if card.points else "",
        value="",
        why=(words.say("Its points are in those of the section."),) if card.points else (),
        entries=(),
        is_long=False,
        is_together=True,
        has_tail=False,
    )
