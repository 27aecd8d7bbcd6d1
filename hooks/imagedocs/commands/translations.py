"""`imagedocs status`: how well the site is translated."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from imagedocs.commands import FINE, PROBLEMS_FOUND
from imagedocs.commands.streams import write_data
from imagedocs.errors import CannotRun

if TYPE_CHECKING:
    from imagedocs.freshness import Translation
    from imagedocs.project import Project


@click.command("status")
@click.option("--locale", "tags", multiple=True, help="Only this language; may be repeated.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "markdown"]), default="text", show_default=True
)
@click.option(
    "--accept",
    "accepts",
    is_flag=True,
    help="Note that the pages at PATHS, files or folders, are translations of what their sources say now.",
)
@click.option(
    "--prune",
    "prunes",
    is_flag=True,
    help="Remove the versions of sources that no translation names, on any branch, and put back from git those that are missing.",
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.pass_obj
def status_command(
    root: Path, tags: tuple[str, ...], form: str, accepts: bool, prunes: bool, paths: tuple[Path, ...]
) -> int:
    """Say which pages are translated, and which translations no longer say what their sources say.

    Exit status: 0; with --accept 1 when an accepted page still lacks something of its source.
    """
    if accepts != bool(paths):
        raise click.UsageError("give --accept together with the pages to accept")
    if prunes and accepts:
        raise click.UsageError("give --prune or --accept, not both")
    from imagedocs.incremental.cache import Cache
    from imagedocs.incremental.store import cache_file
    from imagedocs.incremental.version import library_version
    from imagedocs.project import Project
    from imagedocs.project.translations import status
    from imagedocs.today import today

    if accepts:
        return _accept(Project.load(root, today()), paths)
    if prunes:
        return _prune(Project.load(root, today()))
    cache = Cache(cache_file(root.resolve(), "status"), library_version())
    project = Project.load(root, today(), cache=cache)
    cache.answer_by(project.answerers())
    coverage = status(project, tags)
    cache.save(["translation"] if tags else ())  # other languages' results stay
    if form == "json":
        from imagedocs.freshness import to_document
        from imagedocs.reports.json_text import to_json

        write_data(to_json(to_document(coverage)))
    elif form == "markdown":
        from imagedocs.freshness import render_page
        from imagedocs.locales import Formats

        default = project.locales.default
        text = render_page(coverage, project.messages(default), Formats(default.babel), lambda _, __: "")
        write_data(text)
    else:
        from imagedocs.freshness import render_text

        click.echo(render_text(coverage), nl=False)
    return FINE


def _accept(project: "Project", paths: tuple[Path, ...]) -> int:
    from imagedocs.project.translations import accept

    done = accept(project, [_within(project.root, path) for path in paths])
    for each in done:
        click.echo(f"{'pinned' if each.changed else 'unchanged'} {each.after.path}")
        for difference in each.before.differences if each.after.pin.accepted else ():
            if difference.is_soft:
                click.echo(f"  accepted: {difference.source.kind} {difference.lack}, {difference.place}")
        for difference in each.after.differences:
            click.echo(f"  still {difference.lack}: {difference.source.kind}, {difference.place}")
    return PROBLEMS_FOUND if any(_is_lacking(each.after) for each in done) else FINE


def _prune(project: "Project") -> int:
    from imagedocs.project.translations import prune

    done = prune(project)
    for path in done.restored:
        click.echo(f"restored {path}")
    for path in done.removed:
        click.echo(f"removed {path}")
    return FINE


def _is_lacking(page: "Translation") -> bool:
    return bool(page.differences)


def _within(root: Path, path: Path) -> str:
    """`path`, from the project's folder or from here, as the project names it."""
    for base in (root, Path()):
        if (base / path).exists():
            try:
                return (base / path).resolve().relative_to(root.resolve()).as_posix()
            except ValueError:
                break
    raise CannotRun(f"there is no {path} in the project")
