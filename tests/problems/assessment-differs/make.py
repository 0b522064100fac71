"""An assessment of the first bid in which somebody wrote a better total."""

import json

from commands import call


def make(folder):
    plain = json.loads(call("score", folder / "bids/alfa", "--format", "json").out)
    plain["supplier"] = "alfa"
    plain["totals"]["reviewed"]["total"] = {"exact": "99", "shown": "99.00"}
    (folder / "assessment.json").write_text(json.dumps(plain, indent=2), "utf-8")
