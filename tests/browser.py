"""A real browser without a window, spoken to through a pipe: open a file, look at it, press keys, hear it complain."""

from __future__ import annotations

import base64
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
            self.complaints.append(params["exceptionDetails"].get("exception", {}).get("description", "an error"))
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
        self._loaded()

    def _loaded(self):
        while "Page.loadEventFired" not in self.events:
            self._hear(self._next())
        self.settle()

    def reload(self):
        """Open the same file again, as a later visit does."""
        self.events.clear()
        self.call("Page.reload")
        self._loaded()

    def settle(self, milliseconds=200):
        """Let the page go on for a while, so that what it has to say is heard."""
        wait = f"new Promise(done => setTimeout(done, {milliseconds}))"
        self.call("Runtime.evaluate", expression=wait, awaitPromise=True)

    def value(self, expression):
        """Return what an expression is worth in the page."""
        found = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        assert "exceptionDetails" not in found, found
        return found["result"].get("value")

    def press(self, key, times=1):
        """Press a key on what has the focus; a key of one character types it."""
        text = {"Enter": "\r"}.get(key, key if len(key) == 1 else "")
        code = {"Enter": 13, "Tab": 9, "ArrowDown": 40, "ArrowUp": 38, "Home": 36}.get(key) or ord(key.upper())
        for _ in range(times):
            for kind in ("keyDown", "keyUp"):
                self.call("Input.dispatchKeyEvent", type=kind, key=key, text=text, windowsVirtualKeyCode=code)

    def type(self, text):
        """Type a text into what has the focus."""
        self.call("Input.insertText", text=text)

    def attach(self, selector, path):
        """Choose a file for an input, as its dialogue does, which no page can open by keys alone."""
        root = self.call("DOM.getDocument")["root"]["nodeId"]
        node = self.call("DOM.querySelector", nodeId=root, selector=selector)["nodeId"]
        self.call("DOM.setFileInputFiles", nodeId=node, files=[str(path)])
        self.settle()

    def resize(self, width, height=900, *, scheme="light"):
        """Look at the page in a window of a size, light or dark."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def save_to(self, folder):
        """Let downloads lie in a folder."""
        self.call("Page.setDownloadBehavior", behavior="allow", downloadPath=str(folder))

    def until(self, expression, seconds=20):
        """Wait until an expression is true in the page."""
        for _ in range(seconds * 20):
            if self.value(f"Boolean({expression})"):
                return
            self.settle(50)
        raise AssertionError(f"never true: {expression}")

    def picture(self, path):
        """Write what the window shows as a PNG file."""
        data = self.call("Page.captureScreenshot", format="png")["data"]
        path.write_bytes(base64.b64decode(data))


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
