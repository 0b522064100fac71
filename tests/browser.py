"""A real browser without a window, spoken to through a pipe: open a file, look at it, press keys, hear it complain."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage")

# The browser reads commands from its file 3 and answers in its file 4.
START = (
    "import os, sys; i, o = map(int, sys.argv[1:3]); os.dup2(i, 3); os.dup2(o, 4); os.execv(sys.argv[3], sys.argv[3:])"
)


class Page:
    """One page; ``complaints`` are errors of its console, ``requests`` the addresses that it asked for."""

    def __init__(self, reading, writing):
        self.reading, self.writing = reading, writing
        self.last, self.session, self.rest = 0, None, b""
        self.complaints, self.requests, self.events = [], [], []

    def _next(self):
        while b"\0" not in self.rest:
            data = os.read(self.reading, 1 << 16)
            if not data:
                raise EOFError("the browser has gone")
            self.rest += data
        line, _, self.rest = self.rest.partition(b"\0")
        return json.loads(line)

    def _hear(self, message):
        method, params = message.get("method"), message.get("params", {})
        self.events.append(method)
        if method == "Log.entryAdded":
            self.complaints.append(params["entry"]["text"])
        elif method == "Runtime.exceptionThrown":
            self.complaints.append(params["exceptionDetails"]["text"])
        elif method == "Network.requestWillBeSent":
            self.requests.append(params["request"]["url"])

    def call(self, method, **params):
        """Send one command and return its result."""
        self.last += 1
        message = {"id": self.last, "method": method, "params": params}
        if self.session:
            message["sessionId"] = self.session
        os.write(self.writing, json.dumps(message).encode() + b"\0")
        while True:
            found = self._next()
            if found.get("id") == self.last:
                assert "error" not in found, found
                return found["result"]
            self._hear(found)

    def open(self, path):
        """Open a file and wait until it is loaded."""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Page.navigate", url=f"file://{path}")
        while "Page.loadEventFired" not in self.events:
            self._hear(self._next())
        self.settle()

    def settle(self, milliseconds=200):
        """Let the page go on for a while, so that what it has to say is heard."""
        wait = f"new Promise(done => setTimeout(done, {milliseconds}))"
        self.call("Runtime.evaluate", expression=wait, awaitPromise=True)

    def value(self, expression):
        """Return what an expression is worth in the page."""
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def press(self, key):
        """Press a key on what has the focus."""
        text = {"Enter": "\r", " ": " "}.get(key, "")
        for kind in ("keyDown", "keyUp"):
            codes = {"Enter": 13, " ": 32, "Tab": 9}
            self.call("Input.dispatchKeyEvent", type=kind, key=key, text=text, windowsVirtualKeyCode=codes[key])


@contextmanager
def page(path):
    """Yield a page with that file open."""
    theirs_in, ours_out = os.pipe()
    ours_in, theirs_out = os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        high = [fcntl.fcntl(end, fcntl.F_DUPFD, 20) for end in (theirs_in, theirs_out)]
        words = [CHROMIUM, *FLAGS, f"--user-data-dir={folder}", "--remote-debugging-pipe"]
        process = subprocess.Popen(
            [sys.executable, "-c", START, *map(str, high), *words],
            pass_fds=high,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for end in (theirs_in, theirs_out, *high):
            os.close(end)
        try:
            shown = Page(ours_in, ours_out)
            shown.open(path)
            yield shown
        finally:
            process.terminate()
            process.wait(20)
            os.close(ours_in)
            os.close(ours_out)
