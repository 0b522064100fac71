"""A bid whose white space was changed after it was received."""

from commands import call


def make(folder):
    """Receive the bids, then change one byte of one."""
    call("receive", folder, "--at", "2026-11-20T11:00:00+01:00")
    path = folder / "bids/beta/response.json"
    path.write_bytes(path.read_bytes() + b" ")
