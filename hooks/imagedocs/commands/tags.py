"""`imagedocs tags`: which tags the registry has of a repository."""

import click

from imagedocs.commands.access import access_to, reach_options


@click.command("tags")
@click.argument("names", metavar="REPOSITORY...", nargs=-1, required=True)
@reach_options
def tags_command(names: tuple[str, ...], plain_http: tuple[str, ...], trust_realm: tuple[str, ...]) -> int:
    """List the tags that the registry has of a repository (host/path).

    Exit status: 0 when the list is whole, 1 when there is no such repository, 3 when that is not known.
    """
    access = access_to(plain_http, trust_realm)
    from imagedocs.registry.maintenance.inquiries import list_repositories

    code, references, amiss = list_repositories(names, access)
    for reference in references:
        click.echo(reference)
    for line in amiss:
        click.echo(line, err=True)
    return code
