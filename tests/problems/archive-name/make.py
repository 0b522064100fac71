"""A member climbs out of the folder."""

from zips import archive


def make(folder):
    (folder / "gamma.zip").write_bytes(archive([("../../elsewhere.txt", b"x")]))
