"""A spreadsheet of a foreign hand becomes grids of cells: XLSX, ODS and XLS, opened when nothing in it can harm."""

from selfassess.spreadsheet.cells import Cell, Grid
from selfassess.spreadsheet.opening import SUFFIXES, read_grids

__all__ = ["SUFFIXES", "Cell", "Grid", "read_grids"]
