"""selfassess verify: whether a report, or the results of a tender, are what their own documents give."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.endings import FINE, NOT_MET, PROBLEMS, worst
from selfassess.cli.options import as_format
from selfassess.text import show

if TYPE_CHECKING:
    from selfassess.verification import Findings


@click.command(name="verify")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="REPORT.pdf|RESULTS...")
@click.option("--expect", metavar="DIGEST", help="The digest that the file, or its results, must have: sha256:...")
@click.option(
    "--key", type=click.Path(path_type=Path), metavar="CERTIFICATE", help="The certificate by which it must be signed."
)
@click.option("--quick", is_flag=True, help="Of a results folder, compare digests and counts alone.")
@as_format
def command(paths: tuple[Path, ...], *, expect: str | None, key: Path | None, quick: bool, form: str) -> int:
    """Say whether a report, or a whole results folder, is what the documents that it carries give.

    What a report carries is checked by digest, scored again by the method that it names, printed again, and compared;
    its file must have one revision and nothing that no report has. Nothing but the file is read.

    That a report is consistent in itself does not say who made it. --expect takes a digest that came another way: of
    the file, of its record, of an assessment, of ranking.json, or of a results folder's manifest.json.
    """
    from selfassess.cli.printing import print_json, print_problems
    from selfassess.identifiers import is_digest
    from selfassess.problems import InvalidDocument
    from selfassess.verification import finding_plain, lines

    if expect is not None and len(paths) > 1:
        raise click.UsageError("--expect is the digest of one file; name one.")
    if expect is not None and not is_digest(expect):
        raise click.UsageError("--expect takes sha256: and 64 hexadecimal digits.")
    codes, plain = [], []
    for path in paths:
        try:
            findings = _verified(path, expect, key, is_quick=quick)
        except InvalidDocument as invalid:
            print_problems(invalid.problems, err=True)
            codes.append(PROBLEMS)
            continue
        codes.append(FINE if findings.match else NOT_MET)
        found = [finding_plain(finding) for finding in findings.found]
        plain.append({"path": str(path), "matches": findings.match, "findings": found})
        if form != "json":
            click.echo(f"{show(str(path))}: {'matches' if findings.match else 'does NOT match'}")
            click.echo("\n".join(f"  {show(line)}" for line in lines(findings)))
    if form == "json":
        print_json({"format": "selfassess/verification@1", "verified": plain})
    return worst(codes)


def _verified(path: Path, expect: str | None, key: Path | None, *, is_quick: bool) -> Findings:
    from selfassess import limits
    from selfassess.problems import Code, InvalidDocument
    from selfassess.sources import of_file, read_bytes
    from selfassess.verification import verify_report
    from selfassess.verification.folder import verify_folder

    if path.is_dir():
        if key is not None:
            raise click.UsageError("--key is for a signed report; results are not signed.")
        return verify_folder(path, expect, is_quick=is_quick)
    raw = read_bytes(path, limits.REPORT_FILE_BYTES, str(path))
    if not raw.startswith(b"%PDF-"):
        raise InvalidDocument(
            [of_file(str(path), Code.FORMAT, found="no PDF", expected="a report or a results folder")]
        )
    return verify_report(raw, expect, key)[0]
