"""`imagedocs move`: give a page another name or folder, in all languages, and lead its readers on."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from imagedocs.commands import FINE, PROBLEMS_FOUND
from imagedocs.commands.options import as_of_option
from imagedocs.errors import CannotRun

if TYPE_CHECKING:
    from datetime import date

    from imagedocs.check.moving import Move
    from imagedocs.project import Project


@click.command("move")
@as_of_option
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.argument("old")
@click.argument("new")
@click.pass_obj
def move_command(root: Path, as_of: "date | None", dry_run: bool, old: str, new: str) -> int:
    """Move a page in all languages, with the links to it, and lead on from its old address.

    OLD and NEW are paths such as docs/en/a.md and docs/en/how-to/b.md. Translations move with the page. Links to it and in it are changed in all languages, and its entry in `nav`. A
    redirection in redirections.yml leads on whoever asks for the old address.

    Exit status: 0; 1 when a link is left that a person has to change, which is said.
    """
    from imagedocs.check.checking import collect_site
    from imagedocs.check.moving import parts_of, plan_move
    from imagedocs.project import Project
    from imagedocs.today import today

    project = Project.load(root, as_of or today())
    before, after = parts_of(project, old), parts_of(project, new)
    if before == after:
        raise CannotRun("the page is there already")
    move = plan_move(project, collect_site(project), before, after)
    for path, there in move.files:
        click.echo(f"{path}: moved to {there}")
    if not dry_run:
        fresh = _fresh(project)
        _apply(project, move)
        _pin_again(root, as_of or today(), fresh, dict(move.files))
    else:
        for problem in move.edits:
            click.echo(f"{problem.position}: {problem.message}")
    for position in move.by_hand:
        click.echo(f"{position}: change this link by hand")
    return PROBLEMS_FOUND if move.by_hand else FINE


def _apply(project: "Project", move: "Move") -> None:
    from imagedocs.check.moving import REDIRECTIONS
    from imagedocs.fixes import apply_fixes
    from imagedocs.writing import write_file

    for change in apply_fixes(project.root, move.edits):
        click.echo(f'{change.position}: "{change.before}" is now "{change.after}"')
    write_file(project.root / REDIRECTIONS, move.redirections, REDIRECTIONS)
    click.echo(f"{REDIRECTIONS}: leads on from the old address")
    for path, there in move.files:
        target = project.root / there
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            (project.root / path).rename(target)
        except OSError as error:
            raise CannotRun(f"{path} cannot be moved: {error.strerror}") from error


def _fresh(project: "Project") -> list[str]:
    """Return the translations that say what their sources say."""
    from imagedocs.checks.translations import check_translations
    from imagedocs.project.translations import translations_of

    return [
        page.path
        for locale in project.locales.translated
        for page in translations_of(project, locale)
        if page.pin.version and not any(check_translations([page]))
    ]


def _pin_again(root: Path, day: "date", fresh: list[str], moved: dict[str, str]) -> None:
    """Note that pages which said what their sources said still do: only their links have changed, together."""
    from imagedocs.project import Project
    from imagedocs.project.translations import accept

    project = Project.load(root, day)
    paths = [moved.get(path, path) for path in fresh]
    still = {*_fresh(project)}
    again = [path for path in paths if path not in still]
    if again:
        for each in accept(project, again):
            click.echo(f"{each.after.path}: pinned to its source as it is now")
