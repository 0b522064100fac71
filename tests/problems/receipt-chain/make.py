"""Receipts of which one was taken out."""

import json

from commands import call


def make(folder):
    """Receive the bids, then take the second receipt away."""
    call("receive", folder, "--at", "2026-11-20T11:00:00+01:00")
    path = folder / "receipts.json"
    plain = json.loads(path.read_text("utf-8"))
    del plain["receipts"][1]
    path.write_text(json.dumps(plain, indent=2), "utf-8")
