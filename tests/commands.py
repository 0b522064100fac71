"""Run the command line inside the tests, with its output and exit code."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass

from selfassess.cli import run


@dataclass(frozen=True)
class Outcome:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str


class _Stream(io.TextIOWrapper):
    def __init__(self, data=b""):
        super().__init__(io.BytesIO(data), "utf-8", newline="")

    def text(self):
        self.flush()
        return self.buffer.getvalue().decode("utf-8")


def call(*args, stdin=b""):
    """Call a command as its user does; no exception leaves it."""
    import sys  # noqa: PLC0415

    out, err, before = _Stream(), _Stream(), sys.stdin
    sys.stdin = _Stream(stdin)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = run([str(arg) for arg in args])
    finally:
        sys.stdin = before
    return Outcome(code, out.text(), err.text())
