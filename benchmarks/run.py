"""Measure reading, checking, scoring and printing against peers in one run, as ratios.

    python benchmarks/run.py [--reports]

One response has 60 questions and about 4 KB. CPU time, the best of several rounds: what else the machine does adds, it
never takes away.
"""

from __future__ import annotations

import gc
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import jsonschema  # noqa: E402
import writing  # noqa: E402
from marshmallow import Schema, fields, validate  # noqa: E402

from selfassess.bids import answer_faults, standing_faults  # noqa: E402
from selfassess.exchange import json_bytes  # noqa: E402
from selfassess.plan import compile_plan  # noqa: E402
from selfassess.schemas import load_profile, load_questionnaire  # noqa: E402
from selfassess.schemas.response import ResponseReader  # noqa: E402
from selfassess.scoring import score  # noqa: E402
from selfassess.sources import read_json  # noqa: E402

NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,12})?", re.ASCII)
QUESTIONS = 60
ROUNDS, CALLS = 15, 60
REPORT_QUESTIONS = 98
FLOORS = {"ours": ("strict read", 6), "report": (1.15, 100)}


def questions():
    """Return 60 questions of all kinds, a condition and a gate among them."""
    options = [{"id": x, "text": x, "score": Decimal(s)} for x, s in (("no", "0"), ("some", "0.5"), ("all", "1"))]
    ticks = [{"id": f"t{i}", "text": f"Tick {i}"} for i in range(6)]
    columns = [
        {"id": "site", "text": "Site", "type": "text"},
        {"id": "share", "text": "Share", "type": "percent"},
        {"id": "good", "text": "Good", "type": "boolean"},
    ]
    made = []
    for n in range(QUESTIONS):
        kind = n % 12
        if kind in (0, 1, 2):
            made.append(writing.question(f"B{n:02}"))
        elif kind in (3, 4, 5, 6):
            made.append(writing.question(f"C{n:02}", "choice", options=options, evidence={"minimum": "E2"}))
        elif kind in (7, 8):
            made.append(writing.question(f"N{n:02}", "number", score={"curve": [[0, 0], [500, 1]]}))
        elif kind == 9:
            made.append(writing.question(f"P{n:02}", "percent", decimals=1, score={"steps": [[50, 1]]}))
        elif kind == 10:
            made.append(writing.question(f"M{n:02}", "choices", options=ticks, score="share"))
        elif n in (11, 23):
            rule = {"column": "good", "rule": {"true": 1, "false": 0}}
            more = {"columns": columns, "key": "site", "aggregate": "weighted_share", "weight": "share", "score": rule}
            made.append(writing.question(f"T{n:02}", "table", **more))
        else:
            made.append(writing.question(f"X{n:02}", "text", score="unscored"))
    made[12]["enable_when"] = {"question": "B00", "is": True}
    made[14]["gate"] = {"is": True}
    return made


def answers(document):
    """Return an answer to each question."""
    texts = "We have a written procedure, train our staff once a year, and check it with the supplier on site. " * 8
    found = {}
    for question in document["sections"][0]["questions"]:
        kind = question["type"]
        rows = [{"site": "vn-01", "share": 60, "good": True}, {"site": "in-04", "share": 40, "good": False}]
        found[question["id"]] = {
            "boolean": True, "choice": "some", "number": 420, "percent": Decimal("61.5"), "choices": ["t0", "t3", "t5"],
            "table": rows, "text": texts[:690],
        }[kind]  # fmt: skip
    return found


def evidence(document):
    """Return three documents that support ten questions each, first those that ask for more than a signature."""
    asked = [question for question in document["sections"][0]["questions"] if question["type"] != "table"]
    ids = [question["id"] for question in sorted(asked, key=lambda question: "evidence" not in question)]
    return [
        {
            "id": f"e{n}", "title": "Certificate", "kind": "certificate", "grade": "E3", "file": f"evidence/e{n}.pdf",
            "sha256": writing.ZERO, "issued": "2026-01-02", "supports": ids[10 * n : 10 * n + 10],
        }
        for n in range(3)
    ]  # fmt: skip


def peers(document):
    """Return what marshmallow and python-jsonschema load or validate of the same answers."""
    members, properties = {}, {}
    for question in document["sections"][0]["questions"]:
        id_, kind = question["id"], question["type"]
        ids = [option["id"] for option in question.get("options", ())]
        row = Schema.from_dict({"site": fields.String(), "share": fields.Decimal(), "good": fields.Boolean()})
        members[id_], properties[id_] = {
            "boolean": (fields.Boolean(), {"type": "boolean"}),
            "choice": (fields.String(validate=validate.OneOf(ids)), {"enum": ids}),
            "number": (fields.Decimal(validate=validate.Range(0, 1000)), {"type": "number", "maximum": 1000}),
            "percent": (fields.Decimal(validate=validate.Range(0, 100)), {"type": "number", "maximum": 100}),
            "choices": (
                fields.List(fields.String(validate=validate.OneOf(ids))),
                {"type": "array", "items": {"enum": ids}},
            ),
            "table": (fields.List(fields.Nested(row)), {"type": "array", "items": {"type": "object"}}),
            "text": (fields.String(validate=validate.Length(max=4000)), {"type": "string", "maxLength": 4000}),
        }[kind]
    schema = Schema.from_dict(members)()
    validator = jsonschema.Draft202012Validator({"type": "object", "properties": properties})
    return schema, validator


def best(call, *, calls=CALLS, rounds=ROUNDS):
    """Return the least CPU time of one call, in microseconds."""
    call()
    least = None
    for _ in range(rounds):
        start = time.process_time_ns()
        for _ in range(calls):
            call()
        spent = (time.process_time_ns() - start) / calls / 1000
        least = spent if least is None else min(least, spent)
    return least


def strict_pairs(pairs):
    """Return an object that names no key twice."""
    found = dict(pairs)
    assert len(found) == len(pairs)
    return found


def strict_number(token):
    """Return a number exactly: of the grammar of documents, without exponent, of digits that every reader keeps."""
    assert NUMBER.fullmatch(token)
    assert len(token.lstrip("-").replace(".", "").lstrip("0")) <= 15
    return Decimal(token)


def strict_read(raw):
    """Read JSON strictly by the standard library alone: no key twice, exact numbers, no NaN."""
    hooks = {"object_pairs_hook": strict_pairs, "parse_int": strict_number, "parse_float": strict_number}
    return json.loads(raw.decode("utf-8"), parse_constant=strict_number, **hooks)


def measure_responses():
    """Return the rows of a response's table."""
    document = writing.questionnaire(*questions())
    weights = writing.profile(document)
    raw = json_bytes(writing.response(document, answers(document), evidence=evidence(document)))
    raw = json.dumps(json.loads(raw), separators=(",", ":")).encode()
    loaded = writing.loaded(load_questionnaire, document)
    plan = compile_plan(loaded.content, writing.loaded(load_profile, weights).content)
    reader, day = ResponseReader(loaded.content, loaded.digest), date(2026, 11, 20)

    def ours():
        read = reader.read(read_json(raw, "response.json"))
        assessment = score(plan, read.response, supplier="x", day=day)
        faults = [*answer_faults(loaded.content, read.response, day), *standing_faults(plan, assessment, read.source)]
        return read, assessment, faults

    read, assessment, faults = ours()
    assert not read.problems
    assert not faults, faults[:3]
    assert assessment.total
    schema, validator = peers(document)
    plain = json.loads(raw)["answers"]
    assert not schema.validate(plain)
    assert not list(validator.iter_errors(plain))

    def with_digests():
        read, *_ = ours()
        return read.digest, read.raw_digest

    rows = [
        ("strict read", best(lambda: strict_read(raw))),
        ("ours: read, check, score", best(ours)),
        ("ours, and both digests", best(with_digests)),
        ("marshmallow load of the answers", best(lambda: schema.load(plain), calls=20)),
        ("python-jsonschema of the answers", best(lambda: list(validator.iter_errors(plain)), calls=20)),
    ]
    return len(raw), rows


def measure_check():
    """Return the CPU seconds of `selfassess check` of one file as a whole process."""
    path = ROOT / "examples" / "nordic-smartphones" / "bids" / "nordfon" / "response.json"
    code = "from selfassess.cli import main; main()"
    least = None
    lone = ROOT / "questionnaires" / "fair-smartphones" / "1.0.0" / "examples" / "strong.response.json"
    for file in (lone, lone, lone, path):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        env = os.environ | {"PYTHONPATH": str(ROOT)}
        subprocess.run([sys.executable, "-c", code, "check", str(file)], capture_output=True, check=False, env=env)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        least = spent if least is None else min(least, spent)
    return least


def measure_report():
    """Return CPU milliseconds of the bare WeasyPrint call and of ours on one report of 98 questions, and its pages."""
    import pages  # noqa: PLC0415
    import tenders  # noqa: PLC0415

    from selfassess.rendering.pages import paper_style  # noqa: PLC0415
    from selfassess.rendering.printing import prepare, printed, render_pdf  # noqa: PLC0415

    prepare()
    import weasyprint  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        tenders.write(Path(folder) / "tender", questions=REPORT_QUESTIONS, sections=5, bids=3)
        html = pages.all_html(Path(folder) / "tender")["bid-00.html"]

    def bare():
        css = weasyprint.CSS(string=paper_style())
        return weasyprint.HTML(string=html).write_pdf(stylesheets=[css])

    def ours():
        pdf = printed(html)
        gc.enable()
        gc.collect()
        return pdf

    def forked():
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        render_pdf(html)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000

    sheets = len(weasyprint.HTML(string=html).render(stylesheets=[weasyprint.CSS(string=paper_style())]).pages)
    bare_ms = best(bare, calls=1, rounds=4) / 1000
    ours_ms = best(ours, calls=1, rounds=4) / 1000
    return bare_ms, ours_ms, min(forked() for _ in range(3)), sheets


def main():
    """Print the tables."""
    size, rows = measure_responses()
    base = rows[0][1]
    print(f"selfassess benchmarks, {datetime.now(UTC):%Y-%m-%d}, Python {sys.version.split()[0]}")
    print(f"\none response, {QUESTIONS} questions, {size} bytes: CPU microseconds and ratio to the strict read")
    for name, spent in rows:
        print(f"  {name:36} {spent:8.1f}  {spent / base:6.2f}")
    ours, loaded = rows[1][1], rows[3][1]
    print(f"  floors: ours at most 6 times the strict read: {'met' if ours <= 6 * base else 'MISSED'};"
          f" below the marshmallow load: {'met' if ours < loaded else 'MISSED'}")  # fmt: skip
    check = measure_check()
    verdict = "met" if check < 0.4 else "MISSED"
    print(f"\ncheck of one file as a whole process: {check:.2f} s of CPU (floor 0.4: {verdict})")
    print(flush=True)
    subprocess.run([sys.executable, str(ROOT / "benchmarks" / "stability.py")], check=True)
    if "--reports" in sys.argv:
        bare, own, forked, sheets = measure_report()
        print(
            f"\none report of {REPORT_QUESTIONS} questions, {sheets} pages: CPU milliseconds, ratio, and a page's share"
        )
        for name, spent in (("bare WeasyPrint on its HTML", bare), ("ours", own), ("ours in its own process", forked)):
            print(f"  {name:36} {spent:8.0f}  {spent / bare:6.2f}  {spent / sheets:6.0f}")
        ratio, share = FLOORS["report"]
        print(f"  floors: ours at most {ratio} times the bare call: {'met' if own <= ratio * bare else 'MISSED'};"
              f" under {share} ms a page: {'met' if own < share * sheets else 'MISSED'}")  # fmt: skip


if __name__ == "__main__":
    main()
