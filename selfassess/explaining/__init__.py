"""An assessment becomes sentences that say where its points come from, of one question or of the whole."""

from __future__ import annotations

from selfassess.explaining.passages import Explanation, Passage
from selfassess.explaining.question import explain_question
from selfassess.explaining.whole import explain_total

__all__ = ["Explanation", "Passage", "explain_question", "explain_total"]
