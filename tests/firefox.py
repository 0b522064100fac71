"""Firefox without a window, spoken to in its own Marionette protocol: open a file, run a script, type, save."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "ArrowUp": "\ue013", "ArrowDown": "\ue015"}


class Page:
    """One page: scripts run in it, and keys go to what has the focus."""

    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.rest, self.last = b"", 0
        self._message()
        self.call("WebDriver:NewSession", capabilities={"alwaysMatch": {"acceptInsecureCerts": True}})

    def _message(self):
        while b":" not in self.rest:
            self.rest += self.socket.recv(1 << 16)
        length, _, self.rest = self.rest.partition(b":")
        while len(self.rest) < int(length):
            self.rest += self.socket.recv(1 << 16)
        message, self.rest = self.rest[: int(length)], self.rest[int(length) :]
        return json.loads(message)

    def call(self, command, **params):
        """Send one command and return its result."""
        self.last += 1
        message = json.dumps([0, self.last, command, params]).encode()
        self.socket.sendall(str(len(message)).encode() + b":" + message)
        _, _, error, result = self._message()
        assert error is None, error
        return result

    def open(self, path):
        """Open a file."""
        self.call("WebDriver:Navigate", url=f"file://{path}")

    def value(self, expression):
        """Return what an expression is worth in the page."""
        return self.call("WebDriver:ExecuteScript", script=f"return ({expression});", args=[])["value"]

    def until(self, expression, seconds=30):
        """Wait until an expression is true in the page."""
        for _ in range(seconds * 20):
            if self.value(expression):
                return
            time.sleep(0.05)
        raise AssertionError(f"never true: {expression}")

    def type(self, text):
        """Type into what has the focus, key by key."""
        keys = [{"type": kind, "value": sign} for sign in text for kind in ("keyDown", "keyUp")]
        self.call("WebDriver:PerformActions", actions=[{"type": "key", "id": "keyboard", "actions": keys}])

    def press(self, key, times=1):
        """Press a key on what has the focus."""
        self.type(KEYS.get(key, key) * times)


def _profile(folder, downloads):
    settings = {
        "marionette.port": 0,
        "browser.download.folderList": 2,
        "browser.download.dir": str(downloads),
        "browser.helperApps.neverAsk.saveToDisk": "application/json",
        "browser.download.alwaysOpenPanel": False,
        "datareporting.policy.dataSubmissionEnabled": False,
        "browser.shell.checkDefaultBrowser": False,
    }
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in settings.items()]
    Path(folder, "user.js").write_text("\n".join(lines))


@contextmanager
def page(downloads):
    """Yield a page whose downloads lie in a folder."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        _profile(folder, downloads)
        words = [FIREFOX, "--headless", "--marionette", "--no-remote", "--profile", folder]
        process = subprocess.Popen(
            words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={"HOME": folder, "PATH": "/usr/bin:/bin"}
        )
        shown = None
        try:
            shown = Page(_port(Path(folder), process))
            yield shown
        finally:
            if shown is not None:
                shown.socket.close()
            process.terminate()
            process.wait(20)


def _port(folder, process):
    """The port that Firefox has chosen; it writes it into its profile."""
    for _ in range(600):
        assert process.poll() is None, "Firefox has ended"
        file = folder / "MarionetteActivePort"
        if file.is_file() and (port := file.read_text().strip()):
            return int(port)
        time.sleep(0.1)
    raise AssertionError("Firefox does not answer")
