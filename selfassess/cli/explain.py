"""selfassess explain: where a number comes from, or what a problem code means."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from selfassess.cli.endings import FINE, NOT_MET
from selfassess.cli.options import as_format

if TYPE_CHECKING:
    from selfassess.model.trace import TraceNode


@click.command(name="explain")
@click.argument("subject", metavar="ASSESSMENT|CODE")
@click.argument("question", required=False)
@as_format
def command(subject: str, question: str | None, form: str) -> int:
    """Print the trace of an assessment (or of one QUESTION of it), or what a problem CODE means."""
    from selfassess.problems import Code

    path = Path(subject)
    if path.is_file():
        return _explain_assessment(path, question, form)
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
    from selfassess.cli.printing import print_json
    from selfassess.scoring import trace
    from selfassess.sources import read_file

    opened = reopen(read_file(path), library_for(path))
    if question is not None and question not in opened.plan.positions:
        from difflib import get_close_matches

        near = get_close_matches(question, list(opened.plan.positions), 1)
        guess = f" Did you mean {near[0]}?" if near else ""
        raise click.UsageError(f"The assessment has no question {question!r}.{guess}")
    node = trace(opened.plan, opened.assessment, question)
    if form == "json":
        print_json(_plain(node))
    else:
        places = opened.plan.profile.decimals
        _print(node, 0, places)
    if not opened.matches:
        click.echo("The file's totals are not those that its own documents give.", err=True)
        return NOT_MET
    return FINE


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


def _print(node: TraceNode, depth: int, places: int) -> None:
    from selfassess.numbers import exactly, shown
    from selfassess.text import show

    indent = "  " * depth
    value = ""
    if node.value is not None:
        exact, rounded = exactly(node.value), shown(node.value, places)
        value = f" = {rounded}" if exact in (rounded, rounded.rstrip("0").rstrip(".")) else f" = {rounded} ({exact})"
    said = f": {show(node.said)}" if node.said else ""
    click.echo(click.style(f"{indent}{show(node.name)}{value}", bold=depth == 0) + said)
    reference = f"  [{show(node.reference)}]" if node.reference else ""
    click.echo(f"{indent}    {show(node.rule)}{reference}")
    for child in node.children:
        _print(child, depth + 1, places)
