"""Put together what a form's page carries: questions, texts, words, lots, and points only where they may be seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from selfassess.form.lots import page_plan
from selfassess.form.questions import Plain
from selfassess.languages import Said, Texts, Words, name_of
from selfassess.languages.contexts import source_texts
from selfassess.languages.shown import marks_of
from selfassess.model.profile import ScoringProfile
from selfassess.model.questionnaire import Questionnaire
from selfassess.model.tender import Tender
from selfassess.schemas import Document


@dataclass(frozen=True, slots=True)
class FormPage:
    """What is put into the page: its first language and title, for those without a script, and its data."""

    language: str
    title: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What is asked, in which languages, and what the page may do.

    The page opens in the first language where that ``is_chosen``, else in the one that the browser asks for. ``tender``
    is None where nobody buys; ``shows_score`` lets points and weights into the page; ``keeps_drafts`` lets the browser
    keep answers between visits.
    """

    questionnaire: Document[Questionnaire]
    profile: ScoringProfile
    tender: Tender | None
    texts: Sequence[Texts]
    words: Sequence[Words]
    is_chosen: bool
    shows_score: bool
    keeps_drafts: bool


def form_page(asking: Asking) -> FormPage:
    """Return the page of a form."""
    named = asking.questionnaire.content
    numbers, said = _numbered(named, asking.texts)
    first = asking.texts[0]
    lots = [None] if asking.tender is None else list(asking.tender.lots)
    data = {
        "pin": {"id": named.id, "version": named.version, "digest": asking.questionnaire.digest},
        "title": numbers["title"],
        "tender": None if asking.tender is None else _tender(asking.tender),
        "chosen": asking.is_chosen,
        "keeps": asking.keeps_drafts,
        "plan": page_plan(named, asking.profile, lots, numbers.__getitem__, shows_score=asking.shows_score),
        "sections": [_section(section.id, section.intro, numbers) for section in named.sections],
        "roles": _terms("role", (role.id for role in named.roles), numbers),
        "reasons": _terms("reason", (reason.id for reason in named.not_applicable_reasons), numbers),
        "kinds": [
            {"id": kind.id, "text": numbers[f"evidence/{kind.id}"], "grade": kind.grade.name}
            for kind in named.evidence_kinds
        ],
        "languages": [
            _language(at, *pair, said) for at, pair in enumerate(zip(asking.texts, asking.words, strict=True), 1)
        ],
        "source": [one[0].text for one in said],
        "sourceLanguage": named.language,
    }
    if named.description:
        data["description"] = numbers["description"]
    return FormPage(first.language, first.text("title"), data)


def _numbered(questionnaire: Questionnaire, texts: Sequence[Texts]) -> tuple[Mapping[str, int], list[tuple[Said, ...]]]:
    """Return the number of the text at each context, and what each number says: its source, then in every language.

    Contexts whose texts are equal in all of them have one number.
    """
    seen: dict[tuple[Said, ...], int] = {}
    numbers = {}
    for source in source_texts(questionnaire):
        said = (Said(source.text, questionnaire.language), *(own(source.context) for own in texts))
        numbers[source.context] = seen.setdefault(said, len(seen))
    return numbers, list(seen)


def _language(at: int, texts: Texts, words: Words, said: Sequence[tuple[Said, ...]]) -> Mapping[str, Any]:
    """Return a language's texts, null where the source stands in for one, the program's words, and its marks."""
    return {
        "id": texts.language,
        "name": name_of(texts.language),
        "texts": [None if one[at] == one[0] else one[at].text for one in said],
        "words": words.plain(),
        "marks": list(marks_of(texts.language)),
    }


def _terms(kind: str, ids: Iterable[str], numbers: Mapping[str, int]) -> list[Plain]:
    return [{"id": id_, "text": numbers[f"{kind}/{id_}"]} for id_ in ids]


def _section(id_: str, intro: str | None, numbers: Mapping[str, int]) -> Plain:
    plain: Plain = {"id": id_, "text": numbers[f"section/{id_}/title"]}
    return plain | ({"intro": numbers[f"section/{id_}/intro"]} if intro else {})


def _tender(tender: Tender) -> Plain:
    return {
        "id": tender.id,
        "title": tender.title,
        "buyers": [buyer.name for buyer in tender.buyers],
        "language": tender.languages[0],
        "deadline": tender.deadline.isoformat(timespec="minutes"),
    }
