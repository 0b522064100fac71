"""selfassess report: PDF reports of assessments."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from selfassess.cli.endings import FINE, MACHINE, NOT_MET, PROBLEMS, USAGE, worst
from selfassess.cli.options import reports_in
from selfassess.text import show

if TYPE_CHECKING:
    from selfassess.assessments import Opened
    from selfassess.rendering import Job, Rendered


@click.command(name="report")
@click.argument(
    "assessments", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="ASSESSMENT|REPORT.pdf..."
)
@click.option(
    "--sign", "key", type=click.Path(path_type=Path), metavar="KEY.p12", help="Sign with this key and its certificate."
)
@click.option(
    "--passphrase-file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The key's passphrase; asked for without.",
)
@click.option("--public", is_flag=True, help="Withhold what suppliers have marked as trade secrets.")
@reports_in
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="DIR", help="Where to write.")
def command(
    assessments: tuple[Path, ...],
    output: Path,
    *,
    public: bool,
    language: str,
    key: Path | None,
    passphrase_file: Path | None,
) -> int:
    """Write a PDF for each assessment, computed again from its own documents; a file that is there is kept.

    With --sign each report is signed (PAdES): the whole file is covered, and the report stays in it as it is, byte by
    byte. Of a REPORT.pdf that was made before, such as results/evaluation.pdf, a signed copy is written when it matches
    what it carries.

    With --public each is the copy for everybody: answers that the supplier has marked as trade secrets are withheld and
    counted, and neither they nor the response are in the file.
    """
    from selfassess.rendering import render_many

    printed = [path for path in assessments if path.suffix.lower() == ".pdf"]
    if printed and key is None:
        raise click.UsageError(f"{show(str(printed[0]))} is a report already; --sign makes a signed copy of it.")
    if printed and language != "en":
        raise click.UsageError(f"{show(str(printed[0]))} is a report already, in the language that it is in.")
    if printed and public:
        raise click.UsageError(f"{show(str(printed[0]))} is a report already; a public copy is made of an assessment.")
    secret = None if key is None else _passphrase(passphrase_file)
    opened, codes = _opened([path for path in assessments if path not in printed])
    made, copied = _jobs(opened, language, public=public), _copies(printed, codes)
    if made or copied:
        output.mkdir(parents=True, exist_ok=True)
    done = [*(render_many(made) if made else ()), *copied]
    for rendered in done:
        codes.append(_write(output / rendered.name, _signed(rendered, key, secret)))
    return worst(codes)


def _passphrase(path: Path | None) -> bytes:
    """Return the passphrase of a key: the first line of a file, or what is typed."""
    from selfassess import limits
    from selfassess.sources import read_bytes

    if path is not None:
        return read_bytes(path, limits.KEY_BYTES, str(path)).split(b"\n")[0].rstrip(b"\r")
    typed: str = click.prompt("Passphrase of the key", hide_input=True, default="", show_default=False, err=True)
    return typed.encode("utf-8")


def _signed(done: Rendered, key: Path | None, secret: bytes | None) -> Rendered:
    from dataclasses import replace

    from selfassess.signing import signed

    if key is None or secret is None or done.pdf is None:
        return done
    return replace(done, pdf=signed(done.pdf, key, secret))


def _opened(paths: Sequence[Path]) -> tuple[list[tuple[bytes, Opened]], list[int]]:
    """Return the assessments that are what their own documents give, and the exit codes of the others."""
    from selfassess.assessments import reopen
    from selfassess.cli.opening import library_for
    from selfassess.cli.printing import print_problems
    from selfassess.problems import InvalidDocument
    from selfassess.sources import read_file

    found, codes = [], []
    for path in paths:
        try:
            source = read_file(path)
            opened = reopen(source, library_for(path))
        except InvalidDocument as invalid:
            print_problems(invalid.problems, err=True)
            codes.append(PROBLEMS)
            continue
        if not opened.matches:
            print_problems(opened.differences, err=True)
            click.echo(f"{show(str(path))}: it is not what its own documents give; no report is made", err=True)
            codes.append(NOT_MET)
            continue
        found.append((source.raw, opened))
    return found, codes


def _jobs(found: Sequence[tuple[bytes, Opened]], language: str, *, public: bool) -> list[Job]:
    from selfassess.languages import translation
    from selfassess.reporting import assessment_job, public_job

    make = public_job if public else assessment_job
    return [make(name, one, translation(one.questionnaire, language)) for name, one in _named(found).items()]


def _copies(paths: Sequence[Path], codes: list[int]) -> list[Rendered]:
    """Return reports that were made before, each when it matches; the exit codes of the others are added."""
    from selfassess import limits
    from selfassess.cli.printing import print_problems
    from selfassess.problems import InvalidDocument
    from selfassess.rendering import Rendered
    from selfassess.signing import without_signature
    from selfassess.sources import read_bytes
    from selfassess.verification import lines, verify_report

    copied = []
    for path in paths:
        try:
            raw = read_bytes(path, limits.REPORT_FILE_BYTES, str(path))
        except InvalidDocument as invalid:
            print_problems(invalid.problems, err=True)
            codes.append(PROBLEMS)
            continue
        findings, _ = verify_report(raw)
        if findings.match and not without_signature(raw)[1]:
            name = f"{path.absolute().parent.name}.pdf" if path.stem == "report" else path.name
            copied.append(Rendered(name, raw))
            continue
        why = "it is signed already" if findings.match else "it is not what it carries"
        click.echo(f"{show(str(path))}: {why}; no signed copy is made", err=True)
        click.echo("\n".join(f"  {show(line)}" for line in lines(findings)), err=True)
        codes.append(NOT_MET)
    return copied


def _named(found: Sequence[tuple[bytes, Opened]]) -> dict[str, Opened]:
    """Return assessments by the names of their reports; those that would share one carry their digests as well."""
    from selfassess.digests import PREFIX, digest_bytes

    different = dict(found)  # one that is named twice is one
    taken = Counter(_stem(opened).casefold() for opened in different.values())
    named = {}
    for raw, opened in different.items():
        stem, own = _stem(opened), digest_bytes(raw).removeprefix(PREFIX)[:12]
        named[f"{stem}.pdf" if taken[stem.casefold()] == 1 else f"{stem}-{own}.pdf"] = opened
    return named


def _stem(opened: Opened) -> str:
    from selfassess.identifiers import is_supplier_id

    supplier = Path(opened.assessment.supplier).stem
    plain = supplier if is_supplier_id(supplier) else f"assessment-{opened.read.digest[7:19]}"
    lot = f"-{opened.assessment.lot}" if opened.assessment.lot else ""
    return f"{plain}{lot}"


def _write(path: Path, done: Rendered) -> int:
    """Write a report where none is, and return the exit code that its end gives."""
    from selfassess.cli.printing import print_path
    from selfassess.durable import write_file

    if done.pdf is None:
        click.echo(f"Error: {done.name} could not be made: {show(done.reason)}", err=True)
        return MACHINE
    try:
        write_file(path, done.pdf, may_replace=False)
    except FileExistsError:
        click.echo(f"Error: {show(str(path))} is there already and is kept", err=True)
        return USAGE
    print_path(path)
    return FINE
