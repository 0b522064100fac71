"""Somebody has computed an answer."""

from workbooks import blank, filled


def make(folder):
    (folder / "answers.xlsx").write_bytes(filled(blank(folder), {"recycled": "=30+30"}))
