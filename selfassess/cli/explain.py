"""selfassess explain: where a number comes from, or what a problem code means."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfassess.cli.endings import FINE, NOT_MET
from selfassess.cli.options import as_format

if TYPE_CHECKING:
    from selfassess.assessments import Opened
    from selfassess.explaining import Explanation
    from selfassess.model.trace import TraceNode


@click.command(name="explain")
@click.argument("subject", metavar="ASSESSMENT|CODE")
@click.argument("question", required=False)
@as_format
def command(subject: str, question: str | None, form: str) -> int:
    """Say where the points of an assessment (or of one QUESTION of it) come from, or what a problem CODE means."""
    from selfassess.problems import Code

    path = Path(subject)
    if path.is_file():
        return _explain_assessment(path, question, form)
    if question is not None:
        raise click.UsageError(_unknown(subject, []))
    for code in Code:
        if code.word == subject:
            return _explain_code(code, form)
    raise click.UsageError(_unknown(subject, [code.word for code in Code]))


def _unknown(subject: str, words: list[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(subject, words, 1)
    parent = Path(subject).parent
    files = [str(path) for path in parent.glob("*.json")] if parent.is_dir() else []
    close = get_close_matches(subject, files, 1)
    said = f"{subject!r} is neither a file nor a problem code."
    if close:
        said += f" Did you mean the file {close[0]}?"
    return said + (f" Did you mean the code {near[0]}?" if near else " docs/problems.md lists the codes.")


def _explain_code(code: Any, form: str) -> int:
    from selfassess.cli.printing import print_json

    if form == "json":
        plain = {"code": code.word, "severity": code.severity.value, "message": code.message, "hint": code.hint}
        print_json(plain)
        return FINE
    click.echo(f"{code.word} ({code.severity.value})")
    click.echo(f"    {code.message}")
    click.echo(f"    {code.hint}")
    return FINE


def _explain_assessment(path: Path, question: str | None, form: str) -> int:
    from selfassess.assessments import reopen
    from selfassess.cli.opening import library_for
    from selfassess.cli.printing import print_json, print_problems
    from selfassess.scoring import trace
    from selfassess.sources import read_file

    opened = reopen(read_file(path), library_for(path))
    if question is not None and question not in opened.plan.positions:
        raise click.UsageError(_not_asked(opened, question))
    if form == "json":
        print_json(_plain(trace(opened.plan, opened.assessment, question)))
    else:
        for line in _lines(_explanation(opened, question)):
            click.echo(line)
    if not opened.matches:
        print_problems(opened.differences, err=True)
        click.echo("The file is not what its own documents give; told above is what they give.", err=True)
        return NOT_MET
    return FINE


def _explanation(opened: Opened, question: str | None) -> Explanation:
    from selfassess.explaining import explain_question, explain_total

    if question is not None:
        return explain_question(opened.plan, opened.assessment, question, opened.read.response.evidence)
    status, reasons = opened.plain.get("status", ""), opened.plain.get("reasons", [])
    return explain_total(opened.plan, opened.assessment, str(status), [str(reason) for reason in reasons])


def _not_asked(opened: Opened, question: str) -> str:
    from difflib import get_close_matches

    from selfassess.text import show

    if any(known.id == question for known in opened.plan.questionnaire.questions()):
        return f"The lot {opened.plan.lot} does not ask {question}."
    folded = {known.casefold(): known for known in opened.plan.positions}
    near = get_close_matches(question.casefold(), list(folded), 3, 0.5)
    guess = f" Did you mean {' or '.join(folded[name] for name in near)}?" if near else ""
    return f"The assessment has no question {show(question)!r}.{guess}"


def _lines(explanation: Explanation) -> Iterator[str]:
    from selfassess.cli.laying import table, wrapped

    for line in wrapped(explanation.title, hanging=2):
        yield click.style(line, bold=True)
    yield from wrapped(explanation.verdict)
    for passage in explanation.passages:
        yield ""
        yield click.style(passage.title, bold=True)
        for sentence in passage.sentences:
            yield from wrapped(sentence, indent=2)
        if passage.rows:
            yield from table(passage.rows, indent=2, right=range(1, len(passage.rows[0])))
        for item in passage.items:
            yield from wrapped(f"- {item}", indent=2, hanging=2)


def _plain(node: TraceNode) -> dict[str, Any]:
    from selfassess.numbers import exactly

    plain: dict[str, Any] = {"name": node.name, "rule": node.rule}
    if node.value is not None:
        plain["value"] = exactly(node.value)
    if node.said:
        plain["said"] = node.said
    if node.reference:
        plain["reference"] = node.reference
    return plain | {"children": [_plain(child) for child in node.children]}
