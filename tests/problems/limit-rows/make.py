"""A table of more than two thousand rows."""

import json


def make(folder):
    path = folder / "bids/alfa/response.json"
    response = json.loads(path.read_text("utf-8"))
    response["answers"]["sites"] = [{"site": f"s-{n}", "share": 0.04, "visited": True} for n in range(2500)]
    path.write_text(json.dumps(response), "utf-8")
