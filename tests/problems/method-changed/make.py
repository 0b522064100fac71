"""A tender whose rule for ties and whose price model were changed after it was published."""

from commands import call


def make(folder):
    """Publish the tender, then change it."""
    call("publish", folder, "--at", "2026-10-01T12:00:00+02:00", "--no-pdf")
    path = folder / "tender.yaml"
    text = path.read_text("utf-8").replace("full_quality: 100000", "full_quality: 120000")
    path.write_text(text.replace("tie_rule: [quality]", "tie_rule: [price, quality]"), "utf-8")
