"""A part of the workbook declares entities."""

from workbooks import blank, with_part


def make(folder):
    bomb = b'<!DOCTYPE x [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><x>&b;</x>'
    (folder / "answers.xlsx").write_bytes(with_part(blank(folder), "docProps/more.xml", bomb))
