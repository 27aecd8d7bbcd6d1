"""`imagedocs import`: hand-written lists in, catalog entries out."""

from datetime import date
from pathlib import Path

import click

from imagedocs.commands.options import Day, as_of_option
from imagedocs.commands.streams import write_data
from imagedocs.errors import CannotRun

_MAX_BYTES = 16 * 1024 * 1024


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@as_of_option
@click.option(
    "--listed-on", "days", multiple=True, type=Day(), help="The day of each file's list, in the files' order."
)
@click.option(
    "--registry",
    default="",
    metavar="HOST[/NAMESPACE]",
    help="Where the images are, when the lists do not say.",
)
def import_command(files: tuple[Path, ...], as_of: date | None, days: tuple[date, ...], registry: str) -> int:
    """Read hand-written lists of images (Markdown, HTML, CSV, JSON, YAML) and print them as a catalog.

    The catalog goes to standard output; everything doubtful is said on standard error, and nothing is guessed.
    Several files, of other days or in other languages, are compared.
    """
    if days and len(days) != len(files):
        raise click.UsageError(
            f"{len(files)} files and {len(days)} days: give --listed-on once for each file"
        )
    from imagedocs.commands.printing import status
    from imagedocs.importing import ListFile, read_lists
    from imagedocs.reports import FORMATS
    from imagedocs.reports.surroundings import Surroundings
    from imagedocs.today import today

    lists = [
        ListFile(str(file), _read(file), days[number] if days else None) for number, file in enumerate(files)
    ]
    imported = read_lists(lists, as_of=as_of or today(), registry=registry)
    write_data(imported.catalog)
    if imported.problems:
        click.echo(FORMATS["plain"](imported.problems, Surroundings()), err=True, nl=False)
    return status(imported.problems)


def _read(file: Path) -> str:
    try:
        with file.open("rb") as opened:
            content = opened.read(_MAX_BYTES + 1)
        if len(content) > _MAX_BYTES:
            raise CannotRun(f"{file} is larger than {_MAX_BYTES // 2**20} MiB")
        return content.decode("utf-8-sig")
    except OSError as error:
        raise CannotRun(f"{file} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise CannotRun(f"{file} is not UTF-8") from error
