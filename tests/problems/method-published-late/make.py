"""A tender whose method was published a second after the deadline for bids."""

from commands import call


def make(folder):
    """Publish the tender."""
    call("publish", folder, "--at", "2026-11-20T12:00:01+01:00", "--no-pdf")
