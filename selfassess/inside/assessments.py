"""What the report of a single assessment carries: the assessment, which holds its documents, and its questionnaire."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from selfassess.assessments import Opened
from selfassess.inside.record import ASSESSMENT, DATA, PUBLIC, Contents, Item, canonical_item, document_items


def assessment_contents(opened: Opened, moment: datetime) -> Contents:
    """Return what the report of an assessment carries; the file keeps its name, since problems are named by it."""
    named, plain = opened.questionnaire.content, opened.plain["documents"]
    library = f"questionnaires/{named.id}/{named.version}/"
    name = Path(opened.read.source.file).name
    items = [
        *document_items(f"{library}questionnaire.yaml", opened.questionnaire),
        Item(path=f"results/{name}", data=opened.raw, relationship=DATA),
        canonical_item("profile.yaml", opened.profile.written),
        *([] if opened.tender is None else [canonical_item("tender.yaml", opened.tender.written)]),
    ]
    if opened.read.digest != opened.read.raw_digest:
        items.append(canonical_item("response.json", plain["response"]))
    return Contents(kind=ASSESSMENT, moment=moment, items=tuple(items), given={"file": name})


PUBLIC_FILE, PUBLIC_FORMAT = "results/public.json", "selfassess/public@1"


def public_contents(opened: Opened, card: bytes, moment: datetime) -> Contents:
    """Return what the public copy of an assessment's report carries: the method, and what its pages say as data.

    Neither response nor assessment is in it, nor their digests, by which a guess at a short answer could be confirmed.
    """
    named = opened.questionnaire.content
    items = (
        *document_items(f"questionnaires/{named.id}/{named.version}/questionnaire.yaml", opened.questionnaire),
        canonical_item("profile.yaml", opened.profile.written),
        *([] if opened.tender is None else [canonical_item("tender.yaml", opened.tender.written)]),
        Item(path=PUBLIC_FILE, data=card, relationship=DATA),
    )
    return Contents(kind=PUBLIC, moment=moment, items=items)
