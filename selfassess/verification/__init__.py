"""Verify reports and results: what they carry is computed and printed again, and compared."""

from __future__ import annotations

from selfassess.verification.findings import Finding, Findings, Verdict
from selfassess.verification.report import KINDS, verify_report
from selfassess.verification.saying import finding_plain, lines

__all__ = ["KINDS", "Finding", "Findings", "Verdict", "finding_plain", "lines", "verify_report"]
