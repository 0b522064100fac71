"""A remark stands beside the lines."""

from workbooks import blank, filled


def make(folder):
    (folder / "answers.xlsx").write_bytes(filled(blank(folder), {}, beside="See the letter of May."))
