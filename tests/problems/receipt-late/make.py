"""A file that came in a minute after the deadline."""

from commands import call


def make(folder):
    """Receive the bids by the deadline, and a further file after it."""
    call("receive", folder, "--at", "2026-11-20T11:00:00+01:00")
    (folder / "bids/beta/late.txt").write_text("late", "utf-8")
    call("receive", folder, "--at", "2026-11-20T12:01:00+01:00")
