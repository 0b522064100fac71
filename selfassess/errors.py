"""The exceptions of this package that are not problems of a document."""


class SelfassessError(Exception):
    """The base of every exception that this package raises on purpose."""


class UsageError(SelfassessError, ValueError):
    """The command was called in a way that cannot be carried out (exit code 2)."""


class MachineError(SelfassessError, OSError):
    """The machine lacks something: a library, a font, disk space (exit code 4)."""


class UnknownVersion(SelfassessError, LookupError):
    """There is no such questionnaire, profile or version."""

    def __init__(self, wanted: str, available: tuple[str, ...]) -> None:
        there = ", ".join(available) if available else "none"
        super().__init__(f"there is no {wanted}; there are: {there}")
        self.wanted, self.available = wanted, available


class NumberForm(SelfassessError, ValueError):
    """A text is not a number as this package writes numbers."""


class Busy(SelfassessError, RuntimeError):
    """Another run works in the same folder (exit code 2)."""

    def __init__(self, folder: str, holder: str) -> None:
        super().__init__(f"another run ({holder or 'unknown'}) works in {folder}; wait until it is done")
        self.folder, self.holder = folder, holder


class RenderingFailed(SelfassessError, RuntimeError):
    """A report could not be made; the reason says why."""
