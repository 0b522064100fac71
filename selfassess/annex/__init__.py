"""The method of a tender becomes the annex that is put among the tender documents: as cards to print, and as data."""

from __future__ import annotations

from selfassess.annex.cards import AnnexReport, Method
from selfassess.annex.plain import annex_plain
from selfassess.annex.report import annex_report

__all__ = ["AnnexReport", "Method", "annex_plain", "annex_report"]
