"""`imagedocs lsp`: findings, fixes and completion in editors."""

from importlib import import_module
from pathlib import Path

import click

from imagedocs import __version__
from imagedocs.commands import FINE, project_above
from imagedocs.errors import CannotRun


@click.command("lsp")
@click.option(
    "--build", is_flag=True, help="Let MkDocs load or build the site on each save; plugins and hooks run."
)
@click.option("--stdio", is_flag=True, hidden=True)  # what many editors add
def lsp_command(build: bool, stdio: bool) -> int:
    """Serve an editor: findings while you type, fixes, and completion of names.

    It speaks the Language Server Protocol on standard input and output. It shows what `imagedocs check` finds, offers fixes, and completes names of files, anchors, images and tags.
    No plugin and no hook of a site runs, unless you say --build.
    """
    try:
        import_module("pygls.lsp.server")
    except ImportError as error:
        raise CannotRun(
            f"{error.name or 'pygls'} is not installed; run: pip install 'imagedocs[lsp]'"
        ) from error
    from imagedocs.commands.editing import EditedProject
    from imagedocs.editor.server import start

    def root_of(file: Path) -> Path | None:
        return project_above(file.parent)

    def open_project(root: Path) -> EditedProject:
        return EditedProject(root, builds=build)

    start(__version__, root_of, open_project)
    return FINE
