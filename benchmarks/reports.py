"""Print one report of 60 questions in several ways, in one run, as ratios to the bare WeasyPrint call on the same HTML.

    python benchmarks/reports.py

Each figure is the CPU time of processes of their own, children included, the least of several rounds. Cold is a fresh
process for each file; a batch is twenty files. Chromium, where it is installed, prints the same HTML with tags.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import tenders  # noqa: E402

from selfassess.evaluation import evaluate  # noqa: E402
from selfassess.further import Wanted  # noqa: E402
from selfassess.library import standard  # noqa: E402
from selfassess.outcome import draft  # noqa: E402
from selfassess.rendering import Job, render_many  # noqa: E402
from selfassess.rendering.pages import paper_style  # noqa: E402
from selfassess.rendering.printing import prepare, printed  # noqa: E402

QUESTIONS, BATCH, ROUNDS = 60, 20, 5
MOST = 1.1  # CPU of the archival report with its attachments to that of the plain one
BARE = """
import sys, weasyprint
html, css = (open(path, encoding="utf-8").read() for path in sys.argv[1:3])
for number in range(int(sys.argv[3])):
    pdf = weasyprint.HTML(string=html).write_pdf(stylesheets=[weasyprint.CSS(string=css)])
"""


def report(folder):
    """A bid's report of sixty questions: its HTML and what it carries."""
    tender = tenders.write(folder / "tender", questions=QUESTIONS, sections=6, bids=3, rows=2)
    drafted = draft(evaluate(tender, standard()), Wanted())
    return next(job for job in drafted.jobs() if job.name == "bid-00/report.pdf")


def spent(work):
    """CPU and wall seconds of a function's child processes."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, time.perf_counter() - start


def in_child(work):
    """Do something in a child process."""

    def run():
        child = os.fork()
        if not child:
            work()
            os._exit(0)
        assert os.waitpid(child, 0)[1] == 0

    return run


def least(work, rounds=ROUNDS):
    """The least CPU time, with its wall time."""
    return min(spent(work) for _ in range(rounds))


def bare(job):
    """The bare call, warm: WeasyPrint is loaded."""
    import weasyprint  # noqa: PLC0415

    css = weasyprint.CSS(string=paper_style())
    return weasyprint.HTML(string=job.html).write_pdf(stylesheets=[css])


def chromium(html, count):
    """Chromium, a fresh process for each file."""
    binary = shutil.which("chromium")
    flags = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--generate-pdf-document-outline",
        "--no-pdf-header-footer",
    ]
    for _ in range(count):
        with tempfile.TemporaryDirectory() as profile:
            command = [binary, *flags, f"--user-data-dir={profile}", f"--print-to-pdf={html}.pdf", f"file://{html}"]
            subprocess.run(command, capture_output=True, check=True)


def main():
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        job = report(folder)
        html, css = folder / "report.html", folder / "paper.css"
        html.write_text(job.html.replace("</head>", f"<style>{paper_style()}</style></head>"), "utf-8")
        (folder / "plain.html").write_text(job.html, "utf-8")
        css.write_text(paper_style(), "utf-8")
        prepare()
        carried = sum(len(attachment.data) for attachment in job.inside.attachments)
        count = len(job.inside.attachments)
        print(f"one report of {QUESTIONS} questions; it carries {count} files of {carried} bytes")
        alone = [sys.executable, "-c", BARE, str(folder / "plain.html"), str(css)]
        ours = ["from selfassess.rendering.printing import *", "from pathlib import Path", "prepare()",
                f"printed(Path({str(folder / 'plain.html')!r}).read_text('utf-8'))"]  # fmt: skip
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        rows = [
            ("bare WeasyPrint call, warm", least(in_child(lambda: bare(job)))),
            ("PDF/A-3a + PDF/UA-1 + files, warm", least(in_child(lambda: printed(job.html, job.inside)))),
            ("bare WeasyPrint call, cold", least(lambda: subprocess.run([*alone, "1"], check=True), 3)),
            ("ours without files, cold",
             least(lambda: subprocess.run([sys.executable, "-c", "\n".join(ours)], check=True, env=environment), 3)),
            (f"bare WeasyPrint call, {BATCH} in one process",
             least(lambda: subprocess.run([*alone, str(BATCH)], check=True), 1)),
            (f"ours, {BATCH}, a process each",
             least(lambda: list(render_many([Job(f"{n}", job.html, job.inside) for n in range(BATCH)])), 1)),
        ]  # fmt: skip
        if shutil.which("chromium"):
            rows.append(("Chromium, cold", least(lambda: chromium(html, 1), 3)))
            rows.append((f"Chromium, {BATCH}, a process each", least(lambda: chromium(html, BATCH), 1)))
        base = rows[0][1][0]
        print(f"{'':42} {'CPU s':>8} {'ratio':>7} {'wall s':>8}")
        for said, (cpu, wall) in rows:
            each = BATCH if str(BATCH) in said else 1
            print(f"  {said:40} {cpu:8.2f} {cpu / each / base:7.2f} {wall:8.2f}")
        ratio = rows[1][1][0] / base
        print(
            f"  floor: archival with its files at most {MOST} times the plain: {'met' if ratio <= MOST else 'MISSED'}"
        )


if __name__ == "__main__":
    main()
