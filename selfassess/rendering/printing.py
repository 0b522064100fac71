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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from selfassess import content, limits
from selfassess.errors import MachineError, RenderingFailed

FONTS = ("SourceSans3-Regular.ttf", "SourceSans3-Semibold.ttf", "SourceSans3-Bold.ttf", "DejaVuSansMono.ttf")
INSTALL = "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
OK, FAILED = 0, 1


@dataclass(frozen=True, slots=True)
class Job:
    """One report to print."""

    name: str
    html: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """What became of a job: the PDF, or the reason why there is none."""

    name: str
    pdf: bytes | None
    reason: str = ""


def render_pdf(html: str) -> bytes:
    """Return a report's PDF; ``RenderingFailed`` says why there is none, ``MachineError`` what the machine lacks."""
    done = next(iter(render_many([Job("report", html)])))
    if done.pdf is None:
        raise RenderingFailed(done.reason)
    return done.pdf


def render_many(jobs: Sequence[Job], *, workers: int | None = None) -> Iterator[Rendered]:
    """Yield every job's outcome in the order of the jobs; one that fails stops no other."""
    prepare()
    most = workers or os.cpu_count() or 1
    running: dict[int, tuple[Any, float]] = {}
    started = 0
    for number, job in enumerate(jobs):
        while started < len(jobs) and len(running) < most:
            running[started] = (_start(jobs[started]), time.monotonic() + limits.REPORT_SECONDS)
            started += 1
        child, deadline = running.pop(number)
        yield _finish(job, child, deadline)


@dataclass(frozen=True, slots=True)
class _Child:
    process: int
    output: Path


def _start(job: Job) -> _Child:
    descriptor, name = tempfile.mkstemp(prefix="selfassess-report-")
    os.close(descriptor)
    process = os.fork()
    if process:
        return _Child(process, Path(name))
    code = FAILED
    try:
        _bound()
        Path(name).write_bytes(printed(job.html))
        code = OK
    except BaseException as error:  # noqa: BLE001  a child says why in its file and ends, whatever happened
        Path(name).write_text(_reason(error), "utf-8")
    finally:
        os._exit(code)


def _bound() -> None:
    """Bound this process: time of the processor and memory."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.REPORT_SECONDS, limits.REPORT_SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (limits.REPORT_BYTES, limits.REPORT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _reason(error: BaseException) -> str:
    return "it takes too much memory" if isinstance(error, MemoryError) else str(error) or type(error).__name__


def _finish(job: Job, child: _Child, deadline: float) -> Rendered:
    try:
        status = _wait(child.process, deadline)
        if status is None:
            return Rendered(job.name, None, f"it takes more than {limits.REPORT_SECONDS} seconds")
        if os.WIFSIGNALED(status):
            return Rendered(job.name, None, f"its process was ended by signal {os.WTERMSIG(status)}")
        if os.WEXITSTATUS(status) != OK:
            return Rendered(job.name, None, child.output.read_text("utf-8") or "its process failed")
        return Rendered(job.name, child.output.read_bytes())
    finally:
        child.output.unlink(missing_ok=True)


def _wait(process: int, deadline: float) -> int | None:
    """Return how a process ended, None when it had to be killed at its deadline."""
    pause = 0.002
    while True:
        ended, status = os.waitpid(process, os.WNOHANG)
        if ended:
            return status
        if time.monotonic() > deadline:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            return None
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)


def prepare() -> None:
    """Load WeasyPrint with the shipped fonts alone; ``MachineError`` says what the machine lacks."""
    fonts = content.reports() / "fonts"
    missing = [name for name in (*FONTS, "fonts.conf") if not (fonts / name).is_file()]
    if missing:
        raise MachineError(f"the fonts of the reports are not installed: {', '.join(missing)}")
    os.environ["FONTCONFIG_FILE"] = str(fonts / "fonts.conf")
    os.environ.setdefault("XDG_CACHE_HOME", str(Path(tempfile.gettempdir()) / "selfassess-cache"))
    try:
        import weasyprint  # noqa: F401, PLC0415  a third of a second, only where reports are printed
    except OSError as error:
        raise MachineError(f"a library of the system is missing ({error}); install it: {INSTALL}") from None


def printed(html: str) -> bytes:
    """Return the PDF of a report in this very process: same HTML, same bytes.

    Any message of WeasyPrint and any address that it asked for is an error: nothing is skipped silently.
    """
    from weasyprint import CSS, HTML  # noqa: PLC0415  as above

    from selfassess.rendering.closed import ClosedFetcher, heard  # noqa: PLC0415  they need WeasyPrint

    fetcher = ClosedFetcher()
    style = (content.reports() / "styles" / "report.css").read_text("utf-8")
    gc.disable()
    with heard() as messages:
        css = CSS(string=style, url_fetcher=fetcher, base_url="about:blank")
        document = HTML(string=html, url_fetcher=fetcher, base_url="about:blank")
        options: dict[str, Any] = {"pdf_variant": "pdf/ua-1", "pdf_identifier": identifier(html)}
        rendered = document.render(stylesheets=[css], **options)
        if len(rendered.pages) > limits.REPORT_PAGES:
            raise RenderingFailed(f"it has {len(rendered.pages)} pages; at most {limits.REPORT_PAGES} are printed")
        pdf: bytes = rendered.write_pdf(**options)
    if fetcher.refused:
        raise RenderingFailed(f"it asks for {fetcher.refused[0]}")
    if messages:
        raise RenderingFailed(messages[0])
    return pdf


def identifier(html: str) -> bytes:
    """Return what identifies a report's file: a digest of its HTML."""
    return hashlib.sha256(html.encode("utf-8")).hexdigest()[:32].encode("ascii")
