"""Options that say how registries are reached, for the commands that ask them."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from imagedocs.errors import CannotRun

if TYPE_CHECKING:
    from imagedocs.registry.oci import Access

F = TypeVar("F", bound=Callable[..., Any])


def reach_options(command: F) -> F:
    """Add `--plain-http` and `--trust-realm`: how registries are reached."""
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


def access_to(plain_http: tuple[str, ...], trust_realm: tuple[str, ...]) -> "Access":
    """Return how to reach registries.

    Raises CannotRun where the packages for it are not installed.
    """
    from imagedocs.live import require_packages

    require_packages()
    from imagedocs.registry.oci import Access

    return Access(plain_http=frozenset(plain_http), trusted_realms=frozenset(trust_realm))
