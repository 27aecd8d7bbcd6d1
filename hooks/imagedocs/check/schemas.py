"""Compare the schemas that editors read with the files that they are of."""

from collections.abc import Iterator
from dataclasses import dataclass

from imagedocs.incremental.reads import is_file, read_bytes
from imagedocs.locales.catalog_texts import CATALOG_PATH
from imagedocs.problems import Position, Problem, Rule
from imagedocs.project import Project
from imagedocs.schemas import render_schemas

_MOST = 8 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ProjectSchema:
    """A schema beside a file of the project."""

    path: str
    """Project path of the schema."""
    text: str
    """As it should be."""
    is_there: bool
    is_current: bool


def schemas_of(project: Project) -> Iterator[ProjectSchema]:
    """Yield the schemas that the project has, and those of its YAML files."""
    catalog = _read(project, CATALOG_PATH)
    for path, text in render_schemas(catalog).items():
        if is_file(project.root, path) or is_file(project.root, path.replace(".schema.json", ".yaml")):
            there = _read(project, path)
            is_current = there is not None and there.replace(b"\r\n", b"\n") == text.encode()
            yield ProjectSchema(path, text, there is not None, is_current)


def check_schemas(project: Project) -> Iterator[Problem]:
    """Yield a problem for each schema that does not know what the files say now. A project need not have any."""
    for schema in schemas_of(project):
        if schema.is_there and not schema.is_current:
            message = (
                "editors complete and check by a schema that is not that of the project's files any more"
            )
            yield Problem(Position(schema.path), Rule.SCHEMA_OUTDATED, message, "run: imagedocs schema")


def _read(project: Project, path: str) -> bytes | None:
    try:
        return read_bytes(project.root, path, _MOST)
    except OSError:
        return None
