"""Recompute a total from the files inside a report: `pdfdetach -saveall -o FOLDER report.pdf`, then this, on FOLDER.

    python by_hand.py FOLDER results_SUPPLIER_LOT_assessment.json

Nothing here belongs to the program that made the report; fractions are exact.
"""

import hashlib
import json
import sys
from fractions import Fraction
from pathlib import Path

folder, name = Path(sys.argv[1]), sys.argv[2]


def load(start):  # the one file whose name begins and ends so
    (path,) = [path for path in folder.iterdir() if path.name.startswith(start) and path.name.endswith("json")]
    return json.loads(path.read_text("utf-8"), parse_float=Fraction)


for entry in load("record")["attachments"]:
    found = "sha256:" + hashlib.sha256((folder / entry["name"]).read_bytes()).hexdigest()
    assert found == entry["digest"], f"{entry['name']} is not the file that the record names"
(profile,) = [json.loads(path.read_text("utf-8"), parse_float=Fraction) for path in folder.glob("canonical_*profile*")]
assessment, changes = load(name), load("canonical_tender").get("profile_changes", {})
settings = {**profile, **changes, **changes.get("lots", {}).get(assessment["lot"], {})}
cap = Fraction(settings.get("not_applicable", {}).get("cap", 1))
weights = settings["question_weights"]["weights"]
parts = {}  # of each section: sum of weight times value, weight of all, weight of what was approved not to apply
for question in assessment["questions"]:
    weight = Fraction(weights.get(question["id"], 0))
    leaves = Fraction(question["effective_weight"]["exact"]) == 0
    section = parts.setdefault(question["section"], [Fraction(0), Fraction(0), Fraction(0)])
    if question["state"] == "not_asked" and leaves:
        continue
    section[0] += 0 if question["reviewed"] is None else weight * Fraction(question["reviewed"]["exact"])
    section[1] += weight
    section[2] += weight if question["state"] == "not_applicable" and leaves else 0
total, whole = Fraction(0), Fraction(0)
for section, (reached, all_, left) in parts.items():
    weight = Fraction(settings["section_weights"]["weights"].get(section, 0))
    if weight and all_ > min(left, cap * all_):
        print(f"{section}: {reached} / ({all_} - {min(left, cap * all_)})")
        total += weight * reached / (all_ - min(left, cap * all_))
        whole += weight
print(f"total: 100 x {total} / {whole} = {100 * total / whole}")
said = assessment["totals"]["reviewed"]["total"]
assert 100 * total / whole == Fraction(said["exact"]), f"the report says {said['exact']}"
print(f"the same as in the report, where it is printed as {said['shown']}")
