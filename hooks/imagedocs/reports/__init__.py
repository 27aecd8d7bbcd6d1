"""Problems as text, for people and for the programs that they look at: one module for each format."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import cast

from imagedocs.reports.surroundings import Report

_HOMES = {
    "text": "text",
    "plain": "plain",
    "github": "github",
    "sarif": "sarif",
    "junit": "junit",
    "json": "problems_json",
    "codeclimate": "codeclimate",
    "rdjson": "rdjson",
}
"""Format -> module here that defines it, as `render_<format>`."""


class _Formats(Mapping[str, Report]):
    """Loads a format when it is asked for."""

    def __getitem__(self, form: str) -> Report:
        return cast("Report", getattr(import_module(f"{__name__}.{_HOMES[form]}"), f"render_{form}"))

    def __iter__(self) -> Iterator[str]:
        return iter(_HOMES)

    def __len__(self) -> int:
        return len(_HOMES)


FORMATS: Mapping[str, Report] = _Formats()
"""Formats by name. What goes to no terminal is `plain` where `text` was asked for."""
