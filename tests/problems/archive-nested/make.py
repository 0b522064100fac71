"""A document is an archive itself."""

from zips import archive


def make(folder):
    (folder / "gamma.zip").write_bytes(archive([("evidence/papers.zip", b"x")]))
