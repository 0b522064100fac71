"""A line was copied, and both were filled in."""

from workbooks import blank, filled


def make(folder):
    (folder / "answers.xlsx").write_bytes(filled(blank(folder), {"recycled": 60}, again={"recycled": 70}))
