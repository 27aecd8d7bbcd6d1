"""`imagedocs schema`: the JSON Schemas that editors read, written anew from the project's files."""

from pathlib import Path

import click


@click.command("schema")
@click.pass_obj
def schema_command(root: Path) -> int:
    """Write the schemas by which editors complete and explain the project's YAML files.

    That of catalog/images.yaml knows the catalog's own columns, frameworks, registries and the like: run this after
    changing them.
    """
    from imagedocs.check.schemas import schemas_of
    from imagedocs.locales.files import replace_project_file
    from imagedocs.project import Project
    from imagedocs.today import today

    project = Project.load(root, today())
    for schema in schemas_of(project):
        if schema.is_current:
            click.echo(f"{schema.path} is up to date")
        else:
            replace_project_file(project.root, schema.path, schema.text)
            click.echo(f"wrote {schema.path}")
    return 0
