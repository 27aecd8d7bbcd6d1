"""Options that say how registries are reached, for the commands that ask them."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from imagedocs.durations import FORM, seconds_of
from imagedocs.errors import CannotRun

if TYPE_CHECKING:
    from imagedocs.registry.access import Access

F = TypeVar("F", bound=Callable[..., Any])


def _read_time(_: click.Context, __: click.Parameter, value: str | None) -> int | None:
    """Return `90s`, `20m` or `1h` as seconds."""
    if value is None:
        return None
    seconds = seconds_of(value)
    if seconds is None:
        raise click.BadParameter(f'"{value}" is not {FORM}')
    return seconds


def reach_options(command: F) -> F:
    """Add `--plain-http`, `--trust-realm` and `--patience`: how registries are reached."""
    patience = (
        "How long one list of tags may take, and all waits together that a registry asks for: 90s, 20m, 1h. "
        "Without it, 5m, or what the catalog says."
    )
    command = click.option("--patience", callback=_read_time, metavar="TIME", help=patience)(command)
    plain = "A registry that is spoken to without TLS; may be repeated."
    realm = "A token service on another host that may see credentials."
    command = click.option("--plain-http", multiple=True, metavar="HOST", help=plain)(command)
    return click.option("--trust-realm", multiple=True, metavar="HOST", help=realm)(command)


def access_options(command: F) -> F:
    """Add how registries are reached, and `--image` and `--repository`: which images they are asked about."""
    image = "Only this image of the catalog; may be repeated."
    repository = "Only this repository, named with its registry; may be repeated."
    command = click.option("--image", "images", multiple=True, metavar="ID", help=image)(command)
    command = click.option("--repository", "repositories", multiple=True, metavar="NAME", help=repository)(
        command
    )
    return reach_options(command)


def access_in(root: Path, access: "Access") -> "Access":
    """Return `access` with what the catalog of the project at `root` says of its registries; without a project, as it
    is."""
    try:
        catalog = (root / "catalog/images.yaml").read_bytes()
    except OSError:
        return access
    if b"registries" not in catalog:
        return access  # as most catalogs; to read one takes longer than to ask
    from imagedocs.project import Project
    from imagedocs.project.access import with_catalog
    from imagedocs.today import today

    try:
        project = Project.load(root, today())
    except CannotRun:
        return access
    return with_catalog(access, project.catalog)


def access_to(plain_http: tuple[str, ...], trust_realm: tuple[str, ...], patience: int | None) -> "Access":
    """Return how to reach registries.

    Raises CannotRun where the packages for it are not installed.
    """
    from imagedocs.live import require_packages

    require_packages()
    from imagedocs.registry.access import Access

    return Access(
        plain_http=frozenset(plain_http), trusted_realms=frozenset(trust_realm), patience=patience, tell=_tell
    )


def _tell(text: str) -> None:
    """Say what is waited for; on a terminal, in place of the line that says how far the work is."""
    click.echo(f"\r\x1b[K{text}" if sys.stderr.isatty() else text, err=True)
