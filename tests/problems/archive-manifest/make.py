"""The manifest lists a file that is not there."""

from zips import archive


def make(folder):
    (folder / "gamma.zip").write_bytes(
        archive(listed={"response.json": "sha256:" + "0" * 64, "evidence/audit.pdf": "sha256:" + "0" * 64})
    )
