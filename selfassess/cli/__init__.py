"""The command line: one file per command, loaded when it is called."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

import click

from selfassess import __version__
from selfassess.cli.endings import CLOSED_PIPE, INTERRUPTED, MACHINE, NOT_MET, OWN_FAULT, PROBLEMS, TERMINATED, USAGE
from selfassess.errors import Busy, MachineError, RenderingFailed, UnknownVersion, UsageError

COMMANDS = {
    "list": ("listing", "Questionnaires that there are."),
    "show": ("show", "A questionnaire, or that of a tender, readable, with its weights."),
    "new": ("new", "A blank response, or a tender's folder to start from."),
    "form": ("form", "A questionnaire to answer in a browser, as one file."),
    "export": ("export", "A questionnaire as a workbook to fill in, or as a JSON Schema for an editor."),
    "import": ("importing", "A filled-in workbook as a response."),
    "check": ("check", "All problems of any documents, at once."),
    "pack": ("pack", "A bid as one archive, its files verified."),
    "unpack": ("unpack", "An archive taken apart into the folder of bids, whole or not at all."),
    "score": ("score", "Assessments of responses."),
    "publish": ("publish", "A tender's method frozen by digest, with its annex; or a questionnaire's version."),
    "receive": ("receive", "Receipts for every byte of every bid, at the deadline."),
    "review": ("review", "What evaluators, auditors and monitors found, entry by entry."),
    "evaluate": ("evaluate", "Check, score and rank a tender's bids, and write its results."),
    "report": ("report", "PDF reports of assessments."),
    "verify": ("verify", "Whether a report, or the results of a tender, are what their own documents give."),
    "explain": ("explain", "Where a number comes from, or what a problem means."),
}


class Commands(click.Group):
    """The commands, each loaded from its file when it is called, with a guess at a misspelt one."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's own signature
        """Return the names in the order of a day's work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:  # noqa: ARG002  as above
        """Load a command."""
        if name not in COMMANDS:
            return None
        module = import_module(f"selfassess.cli.{COMMANDS[name][0]}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  as above
        """Write the table of commands without loading any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Guess at what a misspelt command was meant to be."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], list(COMMANDS), 1)
            guess = f" Did you mean {near[0]}?" if near else f" There are: {', '.join(COMMANDS)}."
            ctx.fail(f"There is no command {args[0]!r}.{guess}")
        return super().resolve_command(ctx, args)


@click.command(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 fine, 1 documents have problems, 2 wrong usage, 3 a gate or minimum is not met or something "
    "is not what was published or received, 4 the machine lacks something, 70 our own fault.",
)
@click.version_option(__version__, prog_name="selfassess")
def group() -> None:
    """Supplier self-assessments: check, score exactly, rank, and explain every point."""


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with the documented code."""
    _fill_closed_descriptors()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
    sys.exit(run(args))


def _fill_closed_descriptors() -> None:
    """Put nothing where a standard stream was closed: the next file opened would take its place, and its output."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def run(args: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; no exception leaves here."""
    try:
        code = group.main(args=args, prog_name="selfassess", standalone_mode=False, **_colour())
        if sys.stdout is not None:  # closed by whoever called
            sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.ClickException as wrong:
        _refuse(wrong)
        return USAGE
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except SystemExit as ended:
        # A signal ends with its own code; the one other exit is click's, when nobody reads the output any more.
        return ended.code if isinstance(ended.code, int) and ended.code != 1 else CLOSED_PIPE
    except Exception as error:  # noqa: BLE001  the last line of defence: said in one line, never a traceback
        return _said(error)
    return code if isinstance(code, int) else 0


def _colour() -> dict[str, Any]:
    return {"color": False} if os.environ.get("NO_COLOR") else {}


def _refuse(wrong: click.ClickException) -> None:
    """Say what is wrong with the words of the command line, which are foreign text as well."""
    from io import StringIO

    from selfassess.text import show

    said = StringIO()
    wrong.show(said)
    for line in said.getvalue().rstrip("\n").split("\n"):
        click.echo(show(line), err=True)


def _said(error: Exception) -> int:
    """Say an exception in one line and return its exit code."""
    from selfassess.problems import InvalidDocument, Mismatch

    if isinstance(error, InvalidDocument):
        from selfassess.cli.printing import print_problems

        print_problems(error.problems, err=True)
        return NOT_MET if isinstance(error, Mismatch) else PROBLEMS
    if isinstance(error, UsageError | UnknownVersion | Busy | FileExistsError | NotADirectoryError):
        click.echo(f"Error: {_reason(error)}", err=True)
        return USAGE
    if isinstance(error, RenderingFailed | MachineError | OSError | MemoryError):
        click.echo(f"Error: {_reason(error)}", err=True)
        return MACHINE
    return _own_fault(error)


def _reason(error: Exception) -> str:
    from selfassess.text import show

    said = getattr(error, "strerror", None)
    name = getattr(error, "filename", None)
    return show(f"{name}: {said}" if said and name else str(said or error or "out of memory"))


def _own_fault(error: Exception) -> int:
    """Write where our own fault happened, without any content of a document, and say so in one line."""
    import tempfile
    import traceback

    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]
    with tempfile.NamedTemporaryFile("w", prefix="selfassess-fault-", suffix=".txt", delete=False) as file:
        file.write("\n".join([f"selfassess {__version__}", type(error).__name__, *frames, ""]))
    click.echo(f"Error: a fault of the program itself ({type(error).__name__}); please send {file.name}", err=True)
    return OWN_FAULT
