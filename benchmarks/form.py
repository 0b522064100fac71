"""How soon the form can be used and how long a click takes, on a slowed processor, beside a bare page of the same text.

Run it with ``python benchmarks/form.py``; it needs chromium.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

import browser  # noqa: E402  the tests' own browser
import forms  # noqa: E402

RUNS = 7
STARTED = "performance.getEntriesByType('mark').find(one => one.name === 'ready')?.startTime ?? null"
WATCH = """
new PerformanceObserver(list => list.getEntries().forEach(one => (globalThis.tasks ??= []).push(one.duration)))
  .observe({ type: 'longtask', buffered: true });
globalThis.tasks = [];
new MutationObserver(() => {
  if (document.querySelector('input, select') && !performance.getEntriesByName('ready').length) {
    requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('ready')));
  }
}).observe(document, { childList: true, subtree: true });
"""
CLICK = """
new Promise(done => {
  const box = document.querySelector('#q-W09 input[type=radio]'), from = performance.now();
  box.click();
  requestAnimationFrame(() => setTimeout(() => done(performance.now() - from)));
})
"""


def opened_at(path, rate, *, filled=None):
    """Return when the page can be used (ms), its longest task while it loads, and how long one click takes."""
    with browser.page(ROOT / "README.md") as page:
        page.call("Emulation.setCPUThrottlingRate", rate=rate)
        page.call("Page.addScriptToEvaluateOnNewDocument", source=WATCH)
        page.events.clear()
        page.call("Page.navigate", url=f"file://{path}")
        page.until(STARTED)
        page.until(f"document.readyState === 'complete' && ({forms.READY} || !document.querySelector('.bar'))")
        page.settle(500)
        started, tasks = page.value(STARTED), page.value("globalThis.tasks")
        click = None
        if page.value("Boolean(document.querySelector('#q-W09'))"):
            if filled:
                forms.take(page, filled)
                page.settle(1500)
            times = [
                page.call("Runtime.evaluate", expression=CLICK, awaitPromise=True)["result"]["value"] for _ in range(5)
            ]
            click = statistics.median(times)
        return started, max(tasks, default=0), click


def bare_page(folder, html):
    """A page with the same texts and one input, drawn by the browser alone."""
    texts = "".join(f"<p>{text}</p>" for text in forms.unpacked(html)["page"]["source"])
    path = folder / "bare.html"
    path.write_text(f"<!doctype html><meta charset=utf-8><title>bare</title><input>{texts}", "utf-8")
    return path


def main():
    """Print medians."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        form = forms.written(folder)
        bare = bare_page(folder, form.read_text("utf-8"))
        strong = ROOT / "questionnaires/fair-smartphones/1.0.0/examples/strong.response.json"
        for rate in (1, 4):
            own = [opened_at(form, rate, filled=strong) for _ in range(RUNS)]
            peer = [opened_at(bare, rate) for _ in range(RUNS)]
            start, task, click = (statistics.median(run[at] for run in own) for at in range(3))
            plain = statistics.median(run[0] for run in peer)
            print(
                f"slowed {rate}x: usable after {start:.0f} ms, {start / plain:.1f} times a bare page of its texts; "
                f"longest task {task:.0f} ms; a click on a filled-in form {click:.0f} ms"
            )


if __name__ == "__main__":
    main()
