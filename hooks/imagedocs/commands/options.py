"""Options that several commands have."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import click

FORMATS = ("codeclimate", "github", "json", "junit", "plain", "rdjson", "sarif", "text")
"""Names of the formats of reports; a test compares them with those that `imagedocs.reports` has."""

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A day as ISO 8601 writes it."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return datetime.strptime(value, "%Y-%m-%d").replace(tzinfo=UTC).date()
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2026-03-16", param, ctx)


def as_of_option(command: F) -> F:
    """Add `--as-of`."""
    text = "The day that counts as today. Default: SOURCE_DATE_EPOCH's, or today."
    return click.option("--as-of", type=Day(), help=text)(command)


def format_option(command: F) -> F:
    """Add `--format`: the form of the problems."""
    return click.option("--format", "form", type=click.Choice(FORMATS), default="text", show_default=True)(
        command
    )


def address_option(name: str, text: str) -> Callable[[F], F]:
    """Return a decorator that adds an option whose value is an address of the web."""
    return click.option(name, default="", metavar="URL", callback=_address, help=text)


def _address(_context: click.Context, _option: click.Parameter, value: str) -> str:
    if value and not re.fullmatch(r"https?://[^\s()<>\[\]\"'|\\]+", value):
        raise click.BadParameter(f"{value!r} is no address; write https://host/path/")
    return value
