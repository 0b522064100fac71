"""What a report carries inside, so that whoever has it can compute it again: documents, results, and a record."""

from __future__ import annotations

from selfassess.inside.assessments import PUBLIC_FILE, PUBLIC_FORMAT, assessment_contents, public_contents
from selfassess.inside.evaluations import (
    OwnBid,
    evaluation_contents,
    marks_of,
    method_of,
    statistics_contents,
    supplier_contents,
)
from selfassess.inside.record import (
    ANNEX,
    ASSESSMENT,
    DATA,
    Contents,
    Item,
    MethodDocuments,
    document_items,
    printing_key,
)
from selfassess.inside.standing import read_selected, read_standing, standing_plain

__all__ = [
    "ANNEX",
    "ASSESSMENT",
    "DATA",
    "PUBLIC_FILE",
    "PUBLIC_FORMAT",
    "Contents",
    "Item",
    "MethodDocuments",
    "OwnBid",
    "assessment_contents",
    "document_items",
    "evaluation_contents",
    "marks_of",
    "method_of",
    "printing_key",
    "public_contents",
    "read_selected",
    "read_standing",
    "standing_plain",
    "statistics_contents",
    "supplier_contents",
]
