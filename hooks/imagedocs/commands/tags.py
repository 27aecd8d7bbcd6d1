"""`imagedocs tags`: which tags the registry has of a repository."""

from pathlib import Path

import click

from imagedocs.commands.access import access_in, access_to, reach_options


@click.command("tags")
@click.argument("names", metavar="REPOSITORY...", nargs=-1, required=True)
@reach_options
@click.pass_obj
def tags_command(
    root: Path,
    names: tuple[str, ...],
    plain_http: tuple[str, ...],
    trust_realm: tuple[str, ...],
    patience: int | None,
) -> int:
    """List the tags that the registry has of a repository (host/path).

    In a project, the registry is asked as its catalog says.

    Exit status: 0 when the list is whole, 1 when there is no such repository, 3 when that is not known.
    """
    access = access_in(root, access_to(plain_http, trust_realm, patience))
    from imagedocs.registry.maintenance.inquiries import list_repositories

    code, references, amiss = list_repositories(names, access)
    for reference in references:
        click.echo(reference)
    for line in amiss:
        click.echo(line, err=True)
    return code
