"""HTML becomes PDF, each report in a process of its own, bounded in time, memory and pages.

The parent loads WeasyPrint once and forks; a report that takes too much ends its own process and no other.
"""

from __future__ import annotations

import gc
import hashlib
import os
import resource
import signal
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selfassess import content, limits
from selfassess.errors import MachineError, RenderingFailed
from selfassess.rendering.attachments import Inside, embed
from selfassess.rendering.loading import load
from selfassess.rendering.metadata import name_in
from selfassess.rendering.packing import packing
from selfassess.rendering.pages import paper_style

FONTS = ("SourceSans3-Regular.ttf", "SourceSans3-Semibold.ttf", "SourceSans3-Bold.ttf", "DejaVuSansMono.ttf")
INSTALL = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
OK, FAILED = 0, 1
ENDING = frozenset({signal.SIGINT, signal.SIGTERM})


@dataclass(frozen=True, slots=True)
class Job:
    """One report to print, and what it carries inside."""

    name: str
    html: str
    inside: Inside | None = None


@dataclass(frozen=True, slots=True)
class Rendered:
    """What became of a job: the PDF, or the reason why there is none."""

    name: str
    pdf: bytes | None
    reason: str = ""


def render_pdf(html: str, inside: Inside | None = None) -> bytes:
    """Return a report's PDF; ``RenderingFailed`` says why there is none, ``MachineError`` what the machine lacks."""
    done = next(iter(render_many([Job("report", html, inside)])))
    if done.pdf is None:
        raise RenderingFailed(done.reason)
    return done.pdf


def render_many(
    jobs: Sequence[Job], *, workers: int | None = None, progress: Callable[[int], None] = lambda _: None
) -> Iterator[Rendered]:
    """Yield every job's outcome in the order of the jobs; one that fails stops no other.

    As many processes run as there are processors, the largest report first; ``progress`` is told how many are done.
    """
    prepare()
    most = workers or len(os.sched_getaffinity(0))
    waiting = sorted(range(len(jobs)), key=lambda number: len(jobs[number].html))
    running: dict[int, _Child] = {}
    done: dict[int, Rendered] = {}
    try:
        for number in range(len(jobs)):
            while number not in done:
                while waiting and len(running) < most:
                    largest = waiting.pop()
                    with _undisturbed():
                        running[largest] = _start(jobs[largest])
                ended, outcome = _first_ended(jobs, running)
                del running[ended]
                done[ended] = outcome
                progress(len(done))
            yield done[number]
    finally:  # an interrupted run leaves no process that goes on and no file
        for child in running.values():
            _kill(child)
            child.output.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Child:
    process: int
    output: Path
    deadline: float


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold signals that end the program back, so that no process is begun without being known."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _kill(child: _Child) -> None:
    """End a process that may be running still, and wait until it has gone."""
    with suppress(ProcessLookupError, ChildProcessError):
        os.kill(child.process, signal.SIGKILL)
        os.waitpid(child.process, 0)


def _start(job: Job) -> _Child:
    descriptor, name = tempfile.mkstemp(prefix="selfassess-report-")
    os.close(descriptor)
    process = os.fork()
    if process:
        return _Child(process, Path(name), time.monotonic() + limits.REPORT_SECONDS)
    code = FAILED
    try:
        _bound()
        Path(name).write_bytes(printed(job.html, job.inside))
        code = OK
    except BaseException as error:  # noqa: BLE001  a child says why in its file and ends, whatever happened
        Path(name).write_text(_reason(error), "utf-8")
    finally:
        os._exit(code)


def _bound() -> None:
    """Bound this process: time of the processor and memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.REPORT_SECONDS, limits.REPORT_SECONDS))
    most = limits.REPORT_BYTES + held_memory()
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def held_memory() -> int:
    """Return how many bytes this process held at most: what a child begins with is none of its own."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _reason(error: BaseException) -> str:
    return "it takes too much memory" if isinstance(error, MemoryError) else str(error) or type(error).__name__


def _first_ended(jobs: Sequence[Job], running: Mapping[int, _Child]) -> tuple[int, Rendered]:
    """Wait for the first process to end, or to be past its deadline, and return its job with what became of it."""
    pause = 0.002
    while True:
        for number, child in running.items():
            ended, status = os.waitpid(child.process, os.WNOHANG)
            if ended:
                return number, _finish(jobs[number], child, status)
            if time.monotonic() > child.deadline:
                _kill(child)
                return number, _finish(jobs[number], child, None)
        time.sleep(pause)
        pause = min(pause * 1.5, 0.03)


def _finish(job: Job, child: _Child, status: int | None) -> Rendered:
    """Return what became of a process that ended; ``status`` is None where it had to be killed."""
    try:
        if status is None:
            return Rendered(job.name, None, f"it takes more than {limits.REPORT_SECONDS} seconds")
        if os.WIFSIGNALED(status):
            return Rendered(job.name, None, f"its process was ended by signal {os.WTERMSIG(status)}")
        if os.WEXITSTATUS(status) != OK:
            return Rendered(job.name, None, child.output.read_text("utf-8") or "its process failed")
        return Rendered(job.name, child.output.read_bytes())
    finally:
        child.output.unlink(missing_ok=True)


def prepare() -> None:
    """Load WeasyPrint with the shipped fonts alone; ``MachineError`` says what the machine lacks."""
    fonts = content.reports() / "fonts"
    missing = [name for name in (*FONTS, "fonts.conf") if not (fonts / name).is_file()]
    if missing:
        raise MachineError(f"the fonts of the reports are not installed: {', '.join(missing)}")
    os.environ["FONTCONFIG_FILE"] = str(fonts / "fonts.conf")
    os.environ.setdefault("XDG_CACHE_HOME", str(Path(tempfile.gettempdir()) / "selfassess-cache"))
    try:
        load()
    except OSError as error:
        raise MachineError(f"a library of the system is missing ({error}); install it: {INSTALL}") from None


def printed(html: str, inside: Inside | None = None) -> bytes:
    """Return the PDF of a report in this very process: same HTML and same files inside, same bytes.

    It is PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) at once. Any message of WeasyPrint and any address that it
    asked for is an error: nothing is skipped silently.
    """
    from weasyprint import CSS, HTML  # noqa: PLC0415  loaded before, without a search

    from selfassess.rendering.closed import ClosedFetcher, heard  # noqa: PLC0415  they need WeasyPrint
    from selfassess.rendering.tagging import listening, repair  # noqa: PLC0415

    fetcher = ClosedFetcher()
    gc.disable()
    with heard() as messages, listening() as tagged, packing() as finished:
        css = CSS(string=paper_style(), url_fetcher=fetcher, base_url="about:blank")
        document = HTML(string=html, url_fetcher=fetcher, base_url="about:blank")
        options: dict[str, Any] = {"pdf_variant": "pdf/a-3a", "pdf_identifier": identifier(html, inside)}
        rendered = document.render(stylesheets=[css], **options)
        if len(rendered.pages) > limits.REPORT_PAGES:
            raise RenderingFailed(f"it has {len(rendered.pages)} pages; at most {limits.REPORT_PAGES} are printed")
        name_in(rendered.metadata, (inside.named if inside else None) or {})

        def finish(_: Any, pdf: Any) -> None:
            repair(pdf, tagged)
            if inside is not None:
                embed(pdf, inside)
            finished(pdf)

        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
            pdf: bytes = rendered.write_pdf(finisher=finish, **options)
    if fetcher.refused:
        raise RenderingFailed(f"it asks for {fetcher.refused[0]}")
    if messages:
        raise RenderingFailed(messages[0])
    return pdf


def identifier(html: str, inside: Inside | None) -> bytes:
    """Return what identifies a report's file: a digest of its HTML and of what it carries."""
    said = html if inside is None else f"{html}{inside.identifier}"
    return hashlib.sha256(said.encode("utf-8")).hexdigest()[:32].encode("ascii")
