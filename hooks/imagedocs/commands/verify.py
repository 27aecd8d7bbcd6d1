"""`imagedocs verify`: what files claim about images, put to the registry."""

from datetime import date
from pathlib import Path

import click

from imagedocs.commands.access import access_in, access_options, access_to
from imagedocs.commands.options import as_of_option, format_option


@click.command("verify")
@click.argument("references", metavar="[IMAGE]...", nargs=-1)
@as_of_option
@access_options
@format_option
@click.pass_obj
def verify_command(
    root: Path,
    references: tuple[str, ...],
    as_of: date | None,
    plain_http: tuple[str, ...],
    trust_realm: tuple[str, ...],
    patience: int | None,
    images: tuple[str, ...],
    repositories: tuple[str, ...],
    form: str,
) -> int:
    """Compare what the catalog and the pages say of images with the registry itself; write nothing.

    With IMAGE (host/repository:tag), ask about these alone; no project is needed. In a project, each registry is asked
    as its catalog says.

    Exit status: 0 when all exist, 1 when something is missing or wrong, 3 when nothing is missing but
    something is not known.
    """
    access = access_to(plain_http, trust_realm, patience)
    if references:
        from imagedocs.registry.maintenance.inquiries import check_images

        code, lines = check_images(references, access_in(root, access))
        click.echo("\n".join(lines))
        return code
    from imagedocs.catalog_files import MANIFEST_PATH
    from imagedocs.commands.printing import home_of, print_report
    from imagedocs.commands.sites import site_of
    from imagedocs.problems import CannotRun, Position
    from imagedocs.project import Project
    from imagedocs.project.access import with_catalog
    from imagedocs.project.claims import claims_of, repositories_of, windows_of
    from imagedocs.registry.claims import Claim
    from imagedocs.registry.maintenance.verify import verify
    from imagedocs.today import today

    project = Project.load(root, as_of or today())
    access = with_catalog(access, project.catalog)
    if project.manifest is None:
        raise CannotRun(f"{MANIFEST_PATH} cannot be read; `imagedocs check` says why")
    claims = list(claims_of(project, site_of(project)))
    named = {claim.repository for claim in claims}
    names = set(repositories_of(project, named, images, repositories))
    claims = [claim for claim in claims if claim.repository in names]
    unclaimed = names - {claim.repository for claim in claims}
    claims += (Claim(Position(MANIFEST_PATH), name) for name in sorted(unclaimed))
    verification = verify(claims, project.manifest, project.as_of, access, windows_of(project))
    print_report(verification.problems, form, home_of(project))
    return verification.exit_status
