"""`imagedocs merge`: two people's records of the registry, made one."""

from pathlib import Path

import click

from imagedocs.commands import FINE


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
    from imagedocs.registry.maintenance.merge import install_merge_driver, merge_files

    if install:
        install_merge_driver(root)
        return FINE
    if base is None or ours is None or theirs is None:
        raise click.UsageError("give the three files BASE OURS THEIRS, or --install")
    exit_status, lines = merge_files(base, ours, theirs)
    for line in lines:
        click.echo(line, err=True)
    return exit_status
