"""`imagedocs snapshot`: what the registry says, recorded."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from imagedocs.commands.access import access_options, access_to
from imagedocs.commands.options import as_of_option


@click.command("snapshot")
@as_of_option
@access_options
@click.option(
    "--every-tag", is_flag=True, help="Ask for tags that are meant to stay too: finds those that drifted."
)
@click.option(
    "--every-end-of-life", is_flag=True, help="Ask for the end of life of images that have not changed too."
)
@click.option("--dry-run", is_flag=True, help="Show the difference and write nothing.")
@click.option(
    "--summary",
    type=click.Path(path_type=Path),
    help="Write what changed to this file, as a pull request's text.",
)
@click.pass_obj
def snapshot_command(
    root: Path,
    as_of: date | None,
    plain_http: tuple[str, ...],
    trust_realm: tuple[str, ...],
    patience: int | None,
    images: tuple[str, ...],
    repositories: tuple[str, ...],
    every_tag: bool,
    every_end_of_life: bool,
    dry_run: bool,
    summary: Path | None,
) -> int:
    """Replace the recorded answers in catalog/registry.json by those of the registry itself.

    It is asked for every image that the catalog and the pages name, and for every tag of their repositories.

    Exit status: 0, or 3 when the registry would not say something.
    """
    access = access_to(plain_http, trust_realm, patience)
    from imagedocs.catalog_files import MANIFEST_PATH
    from imagedocs.commands.sites import site_of
    from imagedocs.project import Project
    from imagedocs.project.access import with_catalog
    from imagedocs.project.claims import claims_of, named_in, repositories_of
    from imagedocs.registry.changes import render_pull_request
    from imagedocs.registry.maintenance.snapshot import SnapshotOptions, take_snapshot
    from imagedocs.registry.refresh import Depth
    from imagedocs.today import today
    from imagedocs.writing import write_file

    project = Project.load(root, as_of or today())
    claims = list(claims_of(project, site_of(project)))
    named = named_in(claims)
    names = repositories_of(project, named, images, repositories)
    depth = Depth(every_tag, every_end_of_life)
    options = SnapshotOptions(project.as_of, with_catalog(access, project.catalog), depth, dry_run, named)
    snapshot = take_snapshot(project.root / MANIFEST_PATH, MANIFEST_PATH, names, options, _progress())
    for line in snapshot.lines():
        click.echo(line)
    if summary:
        pages: dict[str, list[str]] = {}
        for claim in claims:
            tag, digest = (f":{claim.tag}" if claim.tag else ""), (f"@{claim.digest}" if claim.digest else "")
            for key in filter(None, (tag, digest)):
                pages.setdefault(f"{claim.repository}{key}", []).append(claim.position.path)
        write_file(summary, render_pull_request(snapshot.changes, pages), str(summary))
    return snapshot.exit_status


def _progress() -> Callable[[int, int, str], None] | None:
    """Return what shows on a terminal how far the work is; None where nobody would see it."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int, name: str) -> None:
        sys.stderr.write(f"\r\x1b[K{done}/{total} {name[:60]}" + ("\n" if done == total else ""))
        sys.stderr.flush()

    return show
