"""What the report of a single assessment carries: the assessment, which holds its documents, and its questionnaire."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from selfassess.assessments import Opened
from selfassess.inside.record import (
    ASSESSMENT,
    DATA,
    PUBLIC,
    Contents,
    Item,
    canonical_item,
    document_items,
    translation_items,
)
from selfassess.languages import Translation

PUBLIC_FILE, PUBLIC_FORMAT = "results/public.json", "selfassess/public@1"


def assessment_contents(opened: Opened, translation: Translation, moment: datetime) -> Contents:
    """Return what the report of an assessment carries; the file keeps its name, since problems are named by it."""
    name = Path(opened.read.source.file).name
    result = Item(path=f"results/{name}", data=opened.raw, relationship=DATA)
    items = [*_questionnaire(opened, translation), result, *_settings(opened)]
    if opened.read.digest != opened.read.raw_digest:
        items.append(canonical_item("response.json", opened.plain["documents"]["response"]))
    return Contents(
        kind=ASSESSMENT, moment=moment, items=tuple(items), given={"file": name, "language": translation.language}
    )


def public_contents(opened: Opened, translation: Translation, card: bytes, moment: datetime) -> Contents:
    """Return what the public copy of an assessment's report carries: the method, and what its pages say as data.

    Neither response nor assessment is in it, nor their digests, by which a guess at a short answer could be confirmed.
    """
    items = (
        *_questionnaire(opened, translation),
        *_settings(opened),
        Item(path=PUBLIC_FILE, data=card, relationship=DATA),
    )
    return Contents(kind=PUBLIC, moment=moment, items=items)


def _questionnaire(opened: Opened, translation: Translation) -> tuple[Item, ...]:
    named = opened.questionnaire.content
    folder = f"questionnaires/{named.id}/{named.version}/"
    document = document_items(f"{folder}questionnaire.yaml", opened.questionnaire)
    return (*document, *translation_items(folder, translation))


def _settings(opened: Opened) -> list[Item]:
    """Return what weighs the questions: the profile, and the tender where there is one."""
    written = {"profile.yaml": opened.profile, "tender.yaml": opened.tender}
    return [canonical_item(path, found.written) for path, found in written.items() if found is not None]
