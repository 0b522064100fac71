"""Questionnaires, data only: one folder for each version."""
