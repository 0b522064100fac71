"""Two members are one file where capitals do not count."""

from zips import archive


def make(folder):
    (folder / "gamma.zip").write_bytes(archive([("evidence/Audit.pdf", b"x"), ("evidence/audit.pdf", b"y")]))
