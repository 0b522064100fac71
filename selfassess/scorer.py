"""Score responses outside a tender: plans are compiled once for each questionnaire, responses come one by one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from selfassess.assessments import alone, in_tender
from selfassess.bids import RESPONSE, answer_faults, with_files
from selfassess.checking import questionnaire_of
from selfassess.checks import check_profile
from selfassess.errors import UnknownVersion, UsageError
from selfassess.evaluation import evaluate
from selfassess.library import Library
from selfassess.model.assessment import Assessment
from selfassess.model.profile import ScoringProfile
from selfassess.model.questionnaire import Questionnaire
from selfassess.plan import ScoringPlan, compile_plan
from selfassess.problems import Code, Fault, InvalidDocument, Problem, has_errors
from selfassess.publications import FILE, refuse_profile
from selfassess.schemas import Document, load_profile
from selfassess.schemas.response import ReadResponse, ResponseReader
from selfassess.scoring import score
from selfassess.shortfalls import standing_faults
from selfassess.sources import Source, read_file
from selfassess.tenders import TENDER, open_tender


def published_tender(path: Path) -> tuple[Path, str] | None:
    """Return the folder of the published tender among whose bids a response lies, and the bid's name."""
    at = Path(os.path.normpath(path.absolute()))
    bid = at if at.is_dir() else at.parent
    if bid.parent.name != "bids" or not (at.is_dir() or at.name == RESPONSE):
        return None
    folder = bid.parent.parent
    return (folder, bid.name) if (folder / FILE).is_file() and (folder / TENDER).is_file() else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """What responses to one questionnaire are scored with."""

    reader: ResponseReader
    plan: ScoringPlan
    profile: Document[ScoringProfile]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """A response with its assessment and all its problems; ``whole`` is the assessment of a lot, as evaluate has it."""

    plan: ScoringPlan
    assessment: Assessment
    read: ReadResponse
    profile: Document[ScoringProfile]
    problems: tuple[Problem, ...]
    whole: Mapping[str, Any] | None = None
    is_what_if: bool = False

    def plain(self) -> dict[str, Any]:
        """Return the assessment as plain data, marked where it is of another method than the published one."""
        if self.whole is not None:
            return dict(self.whole)
        found = alone(self.plan, self.assessment, self.read, self.profile, self.problems)
        return found | {"method": {**found["method"], "what_if": True}} if self.is_what_if else found


@dataclass(slots=True)
class Scorer:
    """Scores responses by the profile of their questionnaire, or by one that is given as ID@VERSION or a file."""

    library: Library
    profile: str | None = None
    day: date | None = None
    prepared: dict[tuple[str, str], Prepared] = field(default_factory=dict)

    def score(self, source: Source, name: str, folder: Path | None = None) -> Scored:
        """Return a response's assessment; ``folder`` is where its evidence lies (None: not looked at).

        Raises ``InvalidDocument`` when the response or the profile cannot be used.
        """
        prepared = self._prepared(source)
        read = prepared.reader.read(source)
        response, problems = read.response, list(read.problems)
        if folder is not None:
            response, found, _ = with_files(read, folder)
            problems += found
        day = self.day or (response.declaration.date if response.declaration else None)
        if day is None:
            raise InvalidDocument([*problems, source.problem(Fault(pointer="/declaration", code=Code.DAY_MISSING))])
        assessment = score(prepared.plan, response, supplier=name, day=day)
        faults = [
            *answer_faults(prepared.plan.questionnaire, response, day),
            *standing_faults(prepared.plan, assessment, source),
        ]
        problems += [source.problem(fault) for fault in faults]
        return Scored(
            plan=prepared.plan,
            assessment=assessment,
            read=read,
            profile=prepared.profile,
            problems=tuple(sorted(set(problems))),
        )

    def _prepared(self, source: Source) -> Prepared:
        plain: Mapping[str, Any] = source.data if isinstance(source.data, dict) else {}
        pin = plain.get("questionnaire")
        named = (str(pin.get("id")), str(pin.get("version"))) if isinstance(pin, dict) else ("", "")
        if named not in self.prepared:
            try:
                self.prepared[named] = self._prepare(questionnaire_of(source, self.library))
            except UnknownVersion as unknown:
                if self.profile is not None:
                    raise
                values = {"document": "profile", "wanted": unknown.wanted, "known": ", ".join(unknown.available)}
                fault = Fault(pointer="/questionnaire", code=Code.PIN_UNKNOWN, values=values)
                raise InvalidDocument([source.problem(fault)]) from None
        return self.prepared[named]

    def _prepare(self, questionnaire: Document[Questionnaire]) -> Prepared:
        profile = self._profile(questionnaire)
        pin = profile.content.questionnaire
        if pin.digest != questionnaire.digest:
            values = {"document": "questionnaire", "found": questionnaire.digest, "expected": pin.digest}
            fault = Fault(pointer="/questionnaire/digest", code=Code.PIN_MISMATCH, values=values)
            raise InvalidDocument([profile.source.problem(fault)])
        faults = [profile.source.problem(fault) for fault in check_profile(profile.content, questionnaire.content)]
        if has_errors(faults):
            raise InvalidDocument(faults)
        return Prepared(
            reader=ResponseReader(questionnaire.content, questionnaire.digest),
            plan=compile_plan(questionnaire.content, profile.content),
            profile=profile,
        )

    def in_tender(self, folder: Path, supplier: str) -> tuple[Scored, ...]:
        """Return the assessments of a bid by the published method of its tender, one for each lot that it bids for.

        ``NotAsPublished`` where the method that lies there, or the profile that was asked for, is another.
        """
        opened = open_tender(folder, self.library)
        if self.profile is not None and opened.publication is not None:
            refuse_profile(opened.publication, self._profile(opened.questionnaire))
        if self.day not in (None, opened.tender.content.day):
            raise UsageError("evidence must be valid on the day of the tender's deadline; another day is a --what-if")
        evaluation = evaluate(folder, self.library, only=supplier)
        bid = evaluation.bids[supplier]
        if bid.read is None or bid.response is None:
            raise InvalidDocument(bid.problems)
        return tuple(
            Scored(
                plan=evaluation.plans[lot],
                assessment=assessment,
                read=bid.read,
                profile=evaluation.profile,
                problems=bid.problems,
                whole=in_tender(evaluation, supplier, lot),
            )
            for (_, lot), assessment in evaluation.assessments.items()
        )

    def _profile(self, questionnaire: Document[Questionnaire]) -> Document[ScoringProfile]:
        if self.profile is None:
            return self.library.default_profile(questionnaire)
        id_, at, version = self.profile.partition("@")
        if at and not Path(self.profile).exists():
            return self.library.profile(questionnaire, id_, version)
        return load_profile(read_file(Path(self.profile)))
