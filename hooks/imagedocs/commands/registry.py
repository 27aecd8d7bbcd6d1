"""Commands about registries: `snapshot`, `verify`, `merge`, `export`."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from imagedocs.commands.options import as_of_option
from imagedocs.commands.printing import home_of, report
from imagedocs.exports import render_images_lock, render_oci_index, render_skopeo_sync, restrict
from imagedocs.merge import install_merge_driver, merge_files
from imagedocs.problems import CannotRun, Position
from imagedocs.project import MANIFEST, Project
from imagedocs.project.checking import collect_site
from imagedocs.project.claims import claims_of, repositories_of
from imagedocs.today import today

F = TypeVar("F", bound=Callable[..., Any])

_EXPORTS = {"skopeo": render_skopeo_sync, "images-lock": render_images_lock, "oci-index": render_oci_index}


def _reach_options(command: F) -> F:
    """How registries are reached."""
    plain = "A registry that is spoken to without TLS; may be repeated."
    realm = "A token service on another host that may see credentials."
    command = click.option("--plain-http", multiple=True, metavar="HOST", help=plain)(command)
    return click.option("--trust-realm", multiple=True, metavar="HOST", help=realm)(command)


def _access_options(command: F) -> F:
    """How registries are reached, and about which images they are asked."""
    image = "Only this image of the catalog; may be repeated."
    repository = "Only this repository, named with its registry; may be repeated."
    command = click.option("--image", "images", multiple=True, metavar="ID", help=image)(command)
    command = click.option("--repository", "repositories", multiple=True, metavar="NAME", help=repository)(
        command
    )
    return _reach_options(command)


def _access(plain_http: tuple[str, ...], trust_realm: tuple[str, ...]) -> Any:
    """How to reach registries; raises CannotRun where the package for it is not installed."""
    try:
        from imagedocs.registry.oci import Access
    except ModuleNotFoundError as error:
        raise CannotRun(f"{error.name} is not installed; run: pip install 'imagedocs[live]'") from error
    return Access(plain_http=frozenset(plain_http), trusted_realms=frozenset(trust_realm))


@click.command("snapshot")
@as_of_option
@_access_options
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
    images: tuple[str, ...],
    repositories: tuple[str, ...],
    every_tag: bool,
    every_end_of_life: bool,
    dry_run: bool,
    summary: Path | None,
) -> int:
    """Replace the recorded answers in catalog/registry.json by those of the registry itself.

    Exit status: 0, or 3 when the registry would not say something.
    """
    access = _access(plain_http, trust_realm)
    from imagedocs.registry.changes import render_pull_request
    from imagedocs.registry.recording import write_whole
    from imagedocs.registry.refresh import Depth
    from imagedocs.snapshot import SnapshotOptions, take_snapshot

    project = Project.load(root, as_of or today())
    names = repositories_of(project, images, repositories)
    options = SnapshotOptions(project.as_of, access, Depth(every_tag, every_end_of_life), dry_run)
    snapshot = take_snapshot(project.root / MANIFEST, MANIFEST, names, options, _progress())
    for line in snapshot.lines():
        click.echo(line)
    if summary:
        pages: dict[str, list[str]] = {}
        for claim in claims_of(project, collect_site(project)):
            pages.setdefault(str(claim), []).append(claim.position.path)
        write_whole(summary, render_pull_request(snapshot.changes, pages))
    return snapshot.exit_status


@click.command("verify")
@click.argument("references", metavar="[IMAGE]...", nargs=-1)
@as_of_option
@_access_options
@click.option("--format", "form", default="text", show_default=True, help="As of `imagedocs check`.")
@click.pass_obj
def verify_command(
    root: Path,
    references: tuple[str, ...],
    as_of: date | None,
    plain_http: tuple[str, ...],
    trust_realm: tuple[str, ...],
    images: tuple[str, ...],
    repositories: tuple[str, ...],
    form: str,
) -> int:
    """Compare what the catalog and the pages say of images with the registry itself; write nothing.

    With IMAGE (host/repository:tag), ask about these alone; no project is needed.

    Exit status: 0 when all exist, 1 when something is missing or wrong, 3 when nothing is missing but
    something is not known.
    """
    access = _access(plain_http, trust_realm)
    from imagedocs.inquiries import check_images
    from imagedocs.verify import Claim, verify

    if references:
        code, lines = check_images(references, access)
        click.echo("\n".join(lines))
        return code
    project = Project.load(root, as_of or today())
    if project.manifest is None:
        raise CannotRun(f"{MANIFEST} cannot be read; `imagedocs check` says why")
    names = set(repositories_of(project, images, repositories))
    claims = [claim for claim in claims_of(project, collect_site(project)) if claim.repository in names]
    unclaimed = names - {claim.repository for claim in claims}
    claims += (Claim(Position(MANIFEST), name) for name in sorted(unclaimed))
    verification = verify(claims, project.manifest, project.as_of, access)
    click.echo(report(verification.problems, form, home_of(project)), nl=False)
    return verification.exit_status


@click.command("tags")
@click.argument("names", metavar="REPOSITORY...", nargs=-1, required=True)
@_reach_options
def tags_command(names: tuple[str, ...], plain_http: tuple[str, ...], trust_realm: tuple[str, ...]) -> int:
    """List the tags that the registry has of a repository (host/path).

    Exit status: 0 when the list is whole, 1 when there is no such repository, 3 when that is not known.
    """
    access = _access(plain_http, trust_realm)
    from imagedocs.inquiries import list_repositories

    code, references, amiss = list_repositories(names, access)
    for reference in references:
        click.echo(reference)
    for line in amiss:
        click.echo(line, err=True)
    return code


@click.command("merge")
@click.argument("base", type=click.Path(path_type=Path), required=False)
@click.argument("ours", type=click.Path(path_type=Path), required=False)
@click.argument("theirs", type=click.Path(path_type=Path), required=False)
@click.option("--install", is_flag=True, help="Make git use this for catalog/registry.json in this checkout.")
@click.pass_obj
def merge_command(
    root: Path, base: Path | None, ours: Path | None, theirs: Path | None, install: bool
) -> int:
    """Merge two people's changes of the registry manifest, tag by tag, as git's merge driver."""
    if install:
        install_merge_driver(root)
        return 0
    if base is None or ours is None or theirs is None:
        raise click.UsageError("give the three files BASE OURS THEIRS, or --install")
    exit_status, lines = merge_files(base, ours, theirs)
    for line in lines:
        click.echo(line, err=True)
    return exit_status


@click.command("export")
@click.argument("form", metavar="FORM", type=click.Choice(sorted(_EXPORTS)))
@click.option("--all", "everything", is_flag=True, help="Also repositories that the catalog does not name.")
@click.pass_obj
def export_command(root: Path, form: str, everything: bool) -> int:
    """Print the manifest for another tool: skopeo (`sync`), images-lock (Carvel), oci-index (an image layout)."""
    project = Project.load(root, today())
    if project.manifest is None:
        raise CannotRun(f"{MANIFEST} cannot be read; `imagedocs check` says why")
    named = {image.full_repository for image in project.catalog.images}
    manifest = project.manifest if everything else restrict(project.manifest, named)
    click.echo(_EXPORTS[form](manifest), nl=False)
    return 0


def _progress() -> Callable[[int, int, str], None] | None:
    """Shows how far the work is, on a terminal."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int, name: str) -> None:
        sys.stderr.write(f"\r\x1b[K{done}/{total} {name[:60]}" + ("\n" if done == total else ""))
        sys.stderr.flush()

    return show
