"""Versioned supplier self-assessment questionnaires, an exact scoring engine, and reports."""

__version__ = "0.1.0"
