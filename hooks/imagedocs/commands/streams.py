"""Standard output and standard error of the program, whatever the terminal and the locale are."""

import io
import os
import sys

import click


def prepare_streams() -> None:
    """Make standard output and standard error able to take any text.

    A pipe or a file gets UTF-8, as PEP 686 makes it the default: before Python 3.15, Windows gives them the code
    page of the locale. A terminal, and whoever sets PYTHONIOENCODING, keeps its encoding; characters that it lacks
    are written as `\\uXXXX`.
    """
    is_chosen = bool(os.environ.get("PYTHONIOENCODING"))
    for stream in (sys.stdout, sys.stderr):
        if not isinstance(stream, io.TextIOWrapper):
            continue
        if not is_chosen and not stream.isatty():
            stream.reconfigure(encoding="utf-8")
        if stream.errors in ("strict", "surrogateescape"):
            stream.reconfigure(errors="backslashreplace")


def write_data(text: str) -> None:
    """Write `text`, which another program reads, to standard output: always as UTF-8, with `\\n` at the ends of
    lines, except on a terminal."""
    click.echo(text if sys.stdout.isatty() else text.encode("utf-8", "backslashreplace"), nl=False)
