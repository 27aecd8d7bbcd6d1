"""`imagedocs export`: the record of the registry, in the form of another tool."""

from pathlib import Path

import click

from imagedocs.commands import FINE
from imagedocs.commands.streams import write_data


@click.command("export")
@click.argument("form", metavar="FORM", type=click.Choice(["skopeo"]))
@click.option("--all", "everything", is_flag=True, help="Also repositories that the catalog does not name.")
@click.pass_obj
def export_command(root: Path, form: str, everything: bool) -> int:
    """Print the manifest for another tool: skopeo (`sync`)."""
    from imagedocs.catalog_files import MANIFEST_PATH
    from imagedocs.problems import CannotRun
    from imagedocs.project import Project
    from imagedocs.registry.maintenance.exports import render_skopeo_sync, restrict
    from imagedocs.today import today

    project = Project.load(root, today())
    if project.manifest is None:
        raise CannotRun(f"{MANIFEST_PATH} cannot be read; `imagedocs check` says why")
    named = {name for image in project.catalog.images for name in image.repositories}
    manifest = project.manifest if everything else restrict(project.manifest, named)
    write_data(render_skopeo_sync(manifest))
    return FINE
