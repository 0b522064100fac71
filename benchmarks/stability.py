"""Measure the stability of one lot of 40 bids and 100 questions: CPU seconds and memory of the whole process.

python benchmarks/stability.py
"""

from __future__ import annotations

import random
import resource
import sys
import time
from decimal import Decimal
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

import contests  # noqa: E402
import writing  # noqa: E402

from selfassess.stability import saying, stability_of  # noqa: E402

BIDS, QUESTIONS, SECTIONS = 40, 100, 4
SECONDS, MEGABYTES = 10, 500
POINTS = {"price_points": 50, "quality_points": 50}
CASES = {
    "deduction, award": ("award", contests.model("deduction", full_quality=1_000_000), ()),
    "deduction, dialogue, N/A capped": (
        "dialogue",
        contests.model("deduction", full_quality=1_000_000),
        ("quality", "section:s0"),
    ),
    "relative_range, 3 winners, N/A": ("dialogue", contests.model("relative_range", winners=3, **POINTS), ()),
}


def document():
    """Return a questionnaire of choices and numbers, a quarter of which may be N/A."""
    scores = ("0", "0.25", "0.5", "0.75", "1")
    options = [{"id": f"o{n}", "text": "x", "score": Decimal(score)} for n, score in enumerate(scores)]
    sections = []
    for number in range(SECTIONS):
        asked = []
        for n in range(QUESTIONS // SECTIONS):
            if n % 5 == 4:
                question = writing.question(f"Q{number}{n:02}", "number", score={"curve": [[0, 0], [700, 1]]})
            else:
                question = writing.question(f"Q{number}{n:02}", "choice", options=options)
                question.pop("score", None)
            if n % 4 == 0:
                question["not_applicable"] = ["other"]
            asked.append(question)
        sections.append({"id": f"s{number}", "title": "S", "questions": asked})
    return writing.questionnaire(sections=sections)


def said(questions, rnd):
    """Return the answers and N/A of one bid."""
    answers, claims = {}, {}
    for question in questions:
        if question["not_applicable"] and rnd.random() < 0.3:
            claims[question["id"]] = "other"
        elif question["type"] == "number":
            answers[question["id"]] = rnd.randrange(0, 1000)
        else:
            answers[question["id"]] = f"o{rnd.choice([0, 1, 2, 2, 3, 3, 4, 4])}"
    return answers, claims


def lot(mode, price_model, tie_rule):
    """Return a lot of 40 bids; the seed makes it the same in every run."""
    rnd, plain = random.Random(7), document()  # noqa: S311  no secret
    profile = writing.profile(plain, mode)
    for level in ("section_weights", "question_weights"):
        profile[level]["weights"] = {id_: rnd.choice([1, 2, 3, 5, 8]) for id_ in profile[level]["weights"]}
    profile["not_applicable"] = {"cap": Decimal("0.1")}
    profile["minima"] = {"total": 20, "sections": {f"s{n}": Decimal("0.1") for n in range(SECTIONS)}}
    questions = [question for section in plain["sections"] for question in section["questions"]]
    responses, prices = {}, {}
    for number in range(BIDS):
        answers, claims = said(questions, rnd)
        responses[f"bid-{number:02}"] = writing.response(plain, answers, not_applicable=claims)
        prices[f"bid-{number:02}"] = str(1_000_000 + rnd.randrange(0, 200_000))
    return contests.lot_of(plain, profile, responses, prices, price_model, tie_rule=tie_rule)


def main():
    """Print a row for each case."""
    print(f"stability of {BIDS} bids x {QUESTIONS} questions: CPU seconds, megabytes, decisive sets up to 3")
    for name, case in CASES.items():
        arguments = lot(*case).arguments()
        start = time.process_time()
        found = stability_of(*arguments)
        plain = saying(found)
        spent = time.process_time() - start
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        sets = sum(len(decisive["sets"]) for decisive in plain["decisive_claims"])
        verdict = "met" if spent < SECONDS and memory < MEGABYTES else "MISSED"
        print(f"  {name:34} {spent:6.2f} s {memory:5} MB {sets:7}  (floor {SECONDS} s, {MEGABYTES} MB: {verdict})")


if __name__ == "__main__":
    main()
