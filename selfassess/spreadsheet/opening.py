"""A spreadsheet's file becomes its grids, by its suffix."""

from __future__ import annotations

import io
from pathlib import Path

from selfassess import limits
from selfassess.problems import Code, InvalidDocument
from selfassess.sources import of_file, read_bytes
from selfassess.spreadsheet.cells import Grid
from selfassess.spreadsheet.safety import check_markup, parts_of, refuse

SUFFIXES = (".xlsx", ".ods", ".xls")


def read_grids(path: Path, name: str | None = None) -> tuple[Grid, ...]:
    """Return the sheets of a spreadsheet in their order; ``InvalidDocument`` where it cannot be used.

    ``name`` is how the user named the file.
    """
    said = str(path) if name is None else name
    data = read_bytes(path, limits.WORKBOOK_FILE_BYTES, said)
    suffix = path.suffix.lower()
    if suffix == ".xls":
        from selfassess.spreadsheet.xls import grids_of_xls  # noqa: PLC0415  its library is an extra

        return grids_of_xls(data, said)
    if suffix not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        reason = f"its name ends with {suffix or 'nothing'}; known are {known}"
        raise InvalidDocument([of_file(said, Code.WORKBOOK_UNREADABLE, reason=reason)])
    parts = parts_of(io.BytesIO(data), said)
    check_markup(parts, said)
    if suffix == ".ods":
        from selfassess.spreadsheet.ods import grids_of_ods  # noqa: PLC0415  loaded where it is needed

        if "content.xml" not in parts:
            refuse(said, "it is no OpenDocument spreadsheet")
        return grids_of_ods(parts["content.xml"], said)
    from selfassess.spreadsheet.xlsx import grids_of_xlsx  # noqa: PLC0415  loading openpyxl takes time

    return grids_of_xlsx(data, said)
