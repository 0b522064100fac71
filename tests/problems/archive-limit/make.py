"""A member grows a thousand times."""

import zipfile

from zips import archive


def make(folder):
    (folder / "gamma.zip").write_bytes(
        archive([("evidence/audit.pdf", bytes(4_000_000))], compression=zipfile.ZIP_DEFLATED)
    )
