"""Something hides behind the end."""

from zips import archive


def make(folder):
    (folder / "gamma.zip").write_bytes(archive() + b"more")
