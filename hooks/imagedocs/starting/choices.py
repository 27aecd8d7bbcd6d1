"""Check what the author chooses for a catalog that is begun: registries and columns."""

import re

from imagedocs.catalog.facts import Column, ColumnType
from imagedocs.catalog.fields import NO_COLUMNS, PLATFORMS_FIELD
from imagedocs.problems import CannotRun
from imagedocs.publishing.list_template import BUILT_IN
from imagedocs.references import is_domain
from imagedocs.yaml.fields import either

_COLUMN = re.compile(r"[a-z][a-z0-9_]{0,39}", re.ASCII)


def check_each_once(what: str, given: tuple[str, ...]) -> None:
    """Raise CannotRun where something is given twice."""
    twice = next((one for one in given if given.count(one) > 1), None)
    if twice:
        raise CannotRun(f"the {what} {twice} is given twice")


def check_registries(registries: tuple[str, ...]) -> None:
    """Raise CannotRun for what is no host of a registry."""
    for host in registries:
        if not is_domain(host):
            raise CannotRun(f"{host!r} is no host of a registry; write it alone, like ghcr.io")
    check_each_once("registry", registries)


def chosen_columns(given: tuple[str, ...]) -> tuple[Column, ...]:
    """Return columns from their names, each perhaps with a colon and the type of its values. Raises CannotRun."""
    check_each_once("column", tuple(each.partition(":")[0] for each in given))
    return tuple(map(_column, given))


def _column(given: str) -> Column:
    name, colon, kind = given.partition(":")
    if colon and (name in BUILT_IN or kind not in tuple(ColumnType)):
        what = "is checked already" if name in BUILT_IN else f"can be {either(*ColumnType)}"
        raise CannotRun(f"the column {given!r} has a type that it can't have; what is in {name} {what}")
    if name in NO_COLUMNS or name == PLATFORMS_FIELD.key:
        raise CannotRun(f"every image has {name!r}, or may have it; it is no column")
    if not _COLUMN.fullmatch(name):
        known = ", ".join(BUILT_IN)
        raise CannotRun(
            f"{name!r} is no name for a column; write one of {known}, or your own in lower-case letters, digits "
            "and underscores"
        )
    return Column(name, "", ColumnType(kind) if kind else None)
