"""Where the files that are not code live: questionnaires and reports, installed or beside a checkout's package."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from selfassess.errors import MachineError


def questionnaires() -> Path:
    """Return the folder of the library's questionnaires."""
    return _folder("questionnaires", "published.json")


def reports() -> Path:
    """Return the folder of the reports' templates, styles and fonts."""
    return _folder("reports", "README.md")


def _folder(name: str, witness: str) -> Path:
    """Return an installed data package, or the folder beside the package when a checkout shadows the installed one."""
    beside = Path(__file__).resolve().parent.parent / name
    if (beside / witness).is_file():
        return beside
    try:
        installed = Path(str(resources.files(f"selfassess.{name}")))
    except ModuleNotFoundError:
        installed = beside
    if not (installed / witness).is_file():
        raise MachineError(f"the files of selfassess.{name} are not installed; install the package again")
    return installed
