"""A member is encrypted."""

from zips import archive, locked


def make(folder):
    (folder / "gamma.zip").write_bytes(locked(archive([("evidence/audit.pdf", b"x")])))
