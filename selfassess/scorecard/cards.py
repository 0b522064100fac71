"""What a reader will see, as strings: the cards that every report is made of, printed without computing anything."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A label and what stands beside it; ``tone`` is good, bad, open or empty, and never says anything alone."""

    label: str
    value: str
    note: str = ""
    tone: str = ""
    more: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A text in a table; ``order`` is the place of its exact value among those of its column, for sorting."""

    text: str
    tone: str = ""
    note: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table: its label, what is said beside it, and a cell for each column; ``kind`` is its rank."""

    label: str
    note: str = ""
    cells: tuple[Cell, ...] = ()
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """A table of rows by bids, cut into parts of so many bids as a page holds; ``heads`` are the parts' columns."""

    heads: tuple[Cell, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One mark of a chart, in tenths of a millimetre; ``paint`` names its look, ``kind`` is the element of SVG."""

    kind: str
    paint: str
    x: int = 0
    y: int = 0
    width: int = 0
    height: int = 0
    radius: int = 0
    points: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A drawing with the sentence that says what it shows; sizes in tenths of a millimetre, and as CSS lengths."""

    said: str
    width: int
    height: int
    across: str
    down: str
    shapes: tuple[Shape, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Strip:
    """A row of a chart: a label, a drawing on the scale from 0 to 100, and its figures."""

    label: str
    chart: Chart
    cells: tuple[Cell, ...]
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Strips:
    """Rows that are drawn on one scale: the heads of their figures, the scale, and the key to the marks."""

    heads: tuple[str, ...]
    axis: Chart
    rows: tuple[Strip, ...]
    key: tuple[tuple[Chart, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCell:
    """What one life-cycle stage weighs in one topic; ``fill`` is the share reached in twentieths."""

    points: str
    weight: str
    questions: str
    fill: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRow:
    """One life-cycle stage; None where no scored question asks of it."""

    label: str
    cells: tuple[MapCell | None, ...]
    total: MapCell | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StageMap:
    """The eight life-cycle stages by topic; ``empty`` names those without scored questions, ``span`` are columns."""

    topics: tuple[str, ...]
    rows: tuple[MapRow, ...]
    totals: MapRow
    empty: str
    span: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemCard:
    """A problem that was found."""

    place: str
    code: str
    severity: str
    message: str
    hint: str
    tone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What the first page of a report says besides its verdicts, and what runs along every page.

    ``is_close`` where the verdicts say so much that lines must stand closer for one page to hold them.
    """

    kicker: str
    title: str
    size: str
    subtitle: str
    notice: str
    running: str
    footing: str
    facts: tuple[Line, ...]
    cautions: tuple[str, ...]
    contents: tuple[Line, ...]
    counted: str = ""
    notice_said: str = ""
    is_close: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The result in one figure and one sentence."""

    title: str
    figure: str
    caption: str
    sentence: str
    tone: str
    mark: str
    size: str = "number"
