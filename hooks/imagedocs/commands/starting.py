"""`imagedocs init`: a new project, from what is said on the command line alone."""

import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

import click

from imagedocs.errors import CannotRun
from imagedocs.programs import typable

_NEXT = """
Next:
  1. write your images into catalog/images.yaml
  2. imagedocs snapshot         asks the registry what it has (needs imagedocs[live])
  3. imagedocs check            says what is wrong, and what to write instead
  4. mkdocs build --strict      makes site/; `mkdocs serve` shows it while you write
"""


@click.command("init")
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--registry",
    "registries",
    required=True,
    multiple=True,
    metavar="HOST",
    help="The registry of the images, for example ghcr.io. May be repeated; the first is that of images that name none.",
)
@click.option(
    "--locale",
    "locales",
    multiple=True,
    default=("en",),
    show_default=True,
    metavar="TAG",
    help="A language of the site (BCP 47); the first is the one you write in. May be repeated.",
)
@click.option("--name", default="Container images", show_default=True, help="The name of the site.")
@click.option("--site-url", default="", metavar="URL", help="Where the site will be published.")
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="NAME[:TYPE]",
    help="What the list says of each image: framework, accelerator, os, python, packages, libraries, environment, or a "
    "name of your own, perhaps with a type: text, list, number, date, link, tag, tags, image, images. May be repeated.",
)
@click.option(
    "--catalog-only",
    is_flag=True,
    help="Write nothing but a catalog: for its check, and for a list in pages that another program makes.",
)
@click.option(
    "-y", "--yes", is_flag=True, help="Change the configuration of a site that exists without asking."
)
@click.pass_obj
def init_command(
    root: Path,
    folder: Path | None,
    registries: tuple[str, ...],
    locales: tuple[str, ...],
    name: str,
    site_url: str,
    columns: tuple[str, ...],
    catalog_only: bool,
    yes: bool,
) -> int:
    """Begin a project in FOLDER (default: this one): a site in your languages, for your images.

    Nothing that is there is overwritten. Where a MkDocs site is there already, its configuration gets one line, which
    is shown first, and a catalog is written beside it.
    """
    from imagedocs.added.detection import configuration_in

    root = root / (folder or Path())
    if catalog_only:
        if locales != ("en",) or site_url:
            raise CannotRun(
                "a catalog has neither languages nor an address; leave out --locale and --site-url"
            )
        return _write_catalog(root, registries, columns)
    if (there := configuration_in(root)) is not None:
        if locales != ("en",) or site_url:
            raise CannotRun(
                f"the site of {there.name} has its languages and address; leave out --locale and --site-url"
            )
        return _add(root, there, registries, columns, yes=yes)
    from imagedocs.starting import Beginning, begin
    from imagedocs.today import today

    files = begin(Beginning(name, registries, locales, columns, today().year, site_url))
    changed = _write(root, files)
    for path in (*files, *changed):
        if not path.endswith("/.gitkeep"):
            click.echo(f"wrote {path}")
    _name_habits(root)
    click.echo(typable(_NEXT), nl=False)
    return 0


def _name_habits(root: Path) -> None:
    from imagedocs.starting.habits import name_habits

    if sentence := name_habits(root):
        click.echo(f"\n{sentence}")


_THEN = """
Next:
  1. write your images into catalog/images.yaml
  2. write <!-- imagedocs: list --> on a line of a page, where the list is to stand
  3. imagedocs snapshot         asks the registry what it has (needs imagedocs[live])
  4. imagedocs check            says what is wrong, and what to write instead

A page for each image: write "extra: {imagedocs: {images: true}}" into the configuration.
"""


def _add(root: Path, file: Path, registries: tuple[str, ...], columns: tuple[str, ...], *, yes: bool) -> int:
    """Add imagedocs to the site of a configuration file."""
    from difflib import unified_diff

    from imagedocs.added.detection import DIALECT
    from imagedocs.starting.adding import add_to
    from imagedocs.writing import write_file

    addition = add_to(file, registries, columns)
    name = addition.configuration
    diff = unified_diff(
        addition.before.splitlines(), addition.after.splitlines(), name, name, n=1, lineterm=""
    )
    for line in diff:
        click.echo(line)
    new = {path: text for path, text in addition.files.items() if not (root / path).exists()}
    for path in new:
        click.echo(f"new file: {path}")
    if not new and addition.after == addition.before:
        click.echo(f"{name} has imagedocs already; nothing was written")
        return 0
    if not yes and sys.stdin.isatty() and not click.confirm("Write this?", default=True):
        click.echo("nothing was written")
        return 0
    for path, text in new.items():
        write_file(root / path, text, path)
    if addition.after != addition.before:
        write_file(file, addition.after, name)
    if DIALECT in addition.extensions:
        _name_habits(root)
    else:
        click.echo(f"\nPython-Markdown reads your pages as before, with the extensions that {name} names.")
    click.echo(typable(_THEN), nl=False)
    return 0


_THEN_ALONE = """
Next:
  1. write your images into catalog/images.yaml
  2. imagedocs snapshot         asks the registry what it has (needs imagedocs[live])
  3. imagedocs check            says what is wrong with the catalog, and with images in Markdown files
  4. imagedocs render           prints the list
"""


def _write_catalog(root: Path, registries: tuple[str, ...], columns: tuple[str, ...]) -> int:
    """Write the files of a catalog, and nothing else."""
    from imagedocs.starting.adding import catalog_files
    from imagedocs.writing import write_file

    files = catalog_files(registries, columns)
    if there := [path for path in files if (root / path).exists()]:
        raise CannotRun(f"{there[0]} is there already, and is left as it is; nothing was written")
    for path, text in files.items():
        write_file(root / path, text, path)
        click.echo(f"wrote {path}")
    click.echo(typable(_THEN_ALONE), nl=False)
    return 0


def _write(root: Path, files: Mapping[str, str]) -> tuple[str, ...]:
    """Write all files or none, and the messages; return the paths of the messages."""
    from imagedocs.locales import load_locales, update_messages
    from imagedocs.locales.extraction import TEMPLATE_PATH
    from imagedocs.locales.files import replace_project_file

    there = [path for path in files if (root / path).exists() or (root / path).is_symlink()]
    if there:
        raise CannotRun(f"{', '.join(there)} is there already, and is left as it is; nothing was written")
    existing = _existing(root, files)
    messages = [TEMPLATE_PATH]
    try:
        for path, text in files.items():
            replace_project_file(root, path, text)
        registered, _ = load_locales(root)
        messages += [locale.messages_path for locale in registered.speaking]
        return update_messages(root, registered).changed
    except BaseException:
        for path in (*files, *messages):
            for made in (root / path, *(root / path).parents):
                if made not in existing:
                    with suppress(OSError):  # not made yet, or something else is in it
                        made.rmdir() if made.is_dir() else made.unlink()
        raise


def _existing(root: Path, files: Iterable[str]) -> set[Path]:
    """Return which files and folders exist on the way to the files, and beside them."""
    tops = {root / path.partition("/")[0] for path in files}
    entries = (*root.parents, root, *tops, *(entry for top in tops for entry in top.rglob("*")))
    return {entry for entry in entries if os.path.lexists(entry)}
