"""The results of an earlier round, of which one total was edited afterwards, and the manifest after it."""

import json

from commands import call

from selfassess.digests import digest_bytes


def make(folder):
    call("evaluate", folder, "--no-pdf")
    earlier = folder / "earlier"
    (folder / "results").rename(earlier)
    path = earlier / "alfa/phones/assessment.json"
    plain = json.loads(path.read_text("utf-8"))
    plain["totals"]["reviewed"]["total"] = {"exact": "99", "shown": "99.00"}
    path.write_text(json.dumps(plain), "utf-8")
    manifest = json.loads((earlier / "manifest.json").read_text("utf-8"))
    manifest["files"]["alfa/phones/assessment.json"] = digest_bytes(path.read_bytes())
    (earlier / "manifest.json").write_text(json.dumps(manifest), "utf-8")
