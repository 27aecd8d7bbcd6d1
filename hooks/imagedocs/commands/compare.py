"""`imagedocs compare`: two built sites in, what changed for their readers out."""

from pathlib import Path

import click

from imagedocs.commands import FINE
from imagedocs.commands.options import address_option
from imagedocs.commands.streams import write_data

FORMS = ("json", "markdown", "text")
"""Names of the formats; a test compares them with those that `imagedocs.comparing` has."""


@click.command("compare")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMS), default="text", show_default=True)
@address_option("--old-url", "Where the old site is, for links in Markdown.")
@address_option("--new-url", "Where the new site is, such as a preview.")
@address_option(
    "--source-url", "Where the files of the project are, such as https://github.com/team/site/blob/main."
)
@click.pass_obj
def compare_command(
    root: Path, old: Path, new: Path, form: str, old_url: str, new_url: str, source_url: str
) -> int:
    """Say which pages, images and data differ between two built sites.

    OLD and NEW are folders, such as `site`. Pages are compared by what a reader sees of them; what all pages have
    around that, such as the menus, is left out.
    """
    from imagedocs.comparing import FORMATS, Addresses, compare_sites
    from imagedocs.comparing.sources import source_finder

    source = source_finder(root, source_url)
    text = FORMATS[form](compare_sites(old, new), Addresses(old_url, new_url, source))
    if form == "text":
        click.echo(text, nl=False)
    else:
        write_data(text)
    return FINE
