"""Comments of more than 400 000 characters together."""

import json


def make(folder):
    path = folder / "bids/alfa/response.json"
    response = json.loads(path.read_text("utf-8"))
    paper = response["evidence"][0]
    response["evidence"] = [paper | {"id": f"e{n}", "title": "Title " * 50, "file": "f" * 300} for n in range(700)]
    path.write_text(json.dumps(response, indent=1), "utf-8")
