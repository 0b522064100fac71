"""Options that several commands take."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import click

as_format = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="How to print."
)


class Day(click.ParamType[date]):
    """A date such as 2026-11-20."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read the date."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        if day is None or day.isoformat() != value:
            self.fail(f"{value!r} is not a date such as 2026-11-20", param, ctx)
        return day


class Moment(click.ParamType[datetime]):
    """A point in time with its offset, such as 2026-11-20T12:00:00+01:00."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Read the moment."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None or moment.microsecond or "T" not in value:
            self.fail(f"{value!r} is not a moment with its offset such as 2026-11-20T12:00:00+01:00", param, ctx)
        return moment


class Exact(click.ParamType[Decimal]):
    """A plain decimal number."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Decimal:
        """Read the number."""
        from selfassess.errors import NumberForm
        from selfassess.numbers import exact

        if isinstance(value, Decimal):
            return value
        try:
            return exact(value)
        except NumberForm as odd:
            self.fail(f"{value!r} is not a number as written here: it {odd}", param, ctx)


class Language(click.ParamType[str]):
    """One of the languages in which the program speaks, as its code."""

    name = "language"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Read the code; what is no such language is refused, not said in English."""
        from selfassess.languages import LANGUAGES

        if value not in LANGUAGES:
            self.fail(f"{value!r} is none of the languages that there are: {', '.join(LANGUAGES)}", param, ctx)
        return str(value)


in_language = click.option(
    "--language",
    type=Language(),
    metavar="LANGUAGE",
    help="What problems are told in: en, sv, nb, da, fi; default: en.",
)


reports_in = click.option(
    "--language",
    type=Language(),
    default="en",
    metavar="LANGUAGE",
    help="The language of the reports: en, sv, nb, da, fi; default: en.",
)


annex_in = click.option(
    "--language",
    "languages",
    type=Language(),
    multiple=True,
    metavar="LANGUAGE",
    help="Write the annex in this language too: sv, nb, da, fi; may be given again.",
)


def named_version(text: str) -> tuple[str, str]:
    """Return id and version of ``ID@VERSION``; a usage error otherwise."""
    id_, at, version = text.partition("@")
    if not at or not id_ or not version:
        raise click.UsageError(f"{text!r} names no version; write ID@VERSION, such as fair-smartphones@1.0.0.")
    return id_, version
