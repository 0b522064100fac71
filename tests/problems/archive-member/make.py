"""A member is a link."""

from zips import archive, member


def make(folder):
    (folder / "gamma.zip").write_bytes(archive([(member("evidence/audit.pdf", 0o120777), b"/etc/passwd")]))
