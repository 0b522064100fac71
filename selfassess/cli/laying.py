"""Lay text out for a terminal: wrapped to its width, indented, foreign characters made safe."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence

import click

from selfassess.cli.printing import cut
from selfassess.text import show, width

TIED = "\u00a0"
NARROWEST, WIDEST = 40, 120  # below, nothing can be laid out; above, lines are too long to read


def columns() -> int:
    """Return the width to lay out for."""
    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size((80, 24)).columns))


def _safe(text: str) -> str:
    """Return foreign text safe for a terminal; spaces that do not break stay so until the lines are made."""
    return TIED.join(map(show, text.split(TIED)))


def _filled(text: str, space: int, first: str = "", later: str = "") -> list[str]:
    lines = textwrap.wrap(_safe(text), space, initial_indent=first, subsequent_indent=later, break_on_hyphens=False)
    return [line.replace(TIED, " ") for line in lines]


def wrapped(text: str, *, indent: int = 0, hanging: int = 0) -> Iterator[str]:
    """Yield a text in lines, the first indented, the others hanging deeper; its own line ends are kept."""
    first, later = " " * indent, " " * (indent + hanging)
    for line in text.split("\n"):
        yield from _filled(line, columns(), first, later)
        first = later


def labelled(label: str, text: str, *, indent: int = 0, room: int = 16) -> Iterator[str]:
    """Yield a label with a text beside it, wrapped in a column of its own."""
    space = columns() - indent - room
    lines = [part for line in text.split("\n") for part in _filled(line, space)]
    head = show(label)
    if width(head) >= room:
        yield " " * indent + head
        head = ""
    for number, line in enumerate(lines or [""]):
        own = head if number == 0 else ""
        yield (" " * indent + own + " " * (room - width(own)) + line).rstrip()


def headline(text: str, mark: str = "─") -> Iterator[str]:
    """Yield a heading with a line under it."""
    for line in wrapped(text):
        yield click.style(line, bold=True)
    yield mark * min(columns(), max((width(line) for line in wrapped(text)), default=0))


def table(rows: Sequence[Sequence[str]], *, indent: int = 0, right: Sequence[int] = ()) -> Iterator[str]:
    """Yield rows in aligned columns, the first one as their head; the widest column is cut where there is no room."""
    shown = [[_safe(cell).replace(TIED, " ") for cell in row] for row in rows]
    widths = [max(width(row[column]) for row in shown) for column in range(len(rows[0]))]
    over = indent + sum(widths) + 2 * (len(widths) - 1) - columns()
    if over > 0:
        widest = widths.index(max(widths))
        widths[widest] = max(8, widths[widest] - over)
    for number, row in enumerate(shown):
        cells = []
        for column, cell in enumerate(row):
            said = cut(cell, widths[column])
            space = " " * (widths[column] - width(said))
            cells.append(space + said if column in right else said + space)
        line = " " * indent + "  ".join(cells).rstrip()
        yield click.style(line, bold=True) if number == 0 else line
