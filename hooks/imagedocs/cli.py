"""The command line: arguments in, exit status out. Each command is in a module of its own, below `commands`."""

import os
import sys
from pathlib import Path

import click

from imagedocs import __version__
from imagedocs.commands import COULD_NOT_RUN, PROBLEMS_FOUND, LazyGroup, nearest_project
from imagedocs.commands.streams import prepare_streams
from imagedocs.errors import CannotRun
from imagedocs.termination import exit_on_signals, restore_signals
from imagedocs.writing import reason


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.option(
    "--project",
    "root",
    type=click.Path(path_type=Path),
    help="The project's folder. Default: the nearest one with a mkdocs.yml or a catalog, from here upwards.",
)
@click.pass_context
def main(context: click.Context, root: Path | None) -> None:
    """Lists of container images in many languages, every image and link proven."""
    begins_one = context.invoked_subcommand == "init"
    context.obj = root or (Path() if begins_one else nearest_project())


def run(arguments: list[str] | None = None) -> None:
    """Run the program `imagedocs`."""
    prepare_streams()
    exit_on_signals()
    try:
        code = main.main(arguments, prog_name="imagedocs", standalone_mode=False)
    except click.UsageError as error:
        error.show()
        code = COULD_NOT_RUN
    except CannotRun as error:
        from imagedocs.programs import typable

        click.echo(f"imagedocs: {typable(str(error))}", err=True)
        code = COULD_NOT_RUN
    except (click.Abort, KeyboardInterrupt):
        click.echo("imagedocs: stopped", err=True)
        code = 130
    except BrokenPipeError:
        _discard_output()
        code = PROBLEMS_FOUND
    except OSError as error:  # a disk that is full or read-only, a file that may not be read
        _discard_output()
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"imagedocs: {where}{reason(error)}", err=True)
        code = COULD_NOT_RUN
    finally:
        restore_signals()
    sys.exit(code)


def _discard_output() -> None:
    """Let what is still to be printed go nowhere, so that Python doesn't try again at the end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
