"""Add imagedocs to a MkDocs site that exists: one line in its configuration, and a catalog."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from imagedocs.problems import CannotRun
from imagedocs.schemas import render_schemas
from imagedocs.starting.choices import check_registries, chosen_columns
from imagedocs.starting.columns import catalog_text
from imagedocs.yaml.configuration import names_in, read_configuration, value_at
from imagedocs.yaml.nodes import Mapping as MappingNode
from imagedocs.yaml.nodes import Scalar, Sequence

_NAME = "imagedocs"
_INSTEAD = "write imagedocs there yourself, below plugins"


@dataclass(frozen=True, slots=True)
class Addition:
    """Changes that add imagedocs to a site."""

    configuration: str
    """Name of the configuration file."""
    before: str
    """Its text as it is."""
    after: str
    """Its text with the plugin; the same where that is there already."""
    files: Mapping[str, str]
    """Project path -> text of each new file."""
    extensions: frozenset[str]
    """Names of the Markdown extensions in the configuration."""


def add_to(file: Path, registries: tuple[str, ...], columns: tuple[str, ...]) -> Addition:
    """Return the changes that add imagedocs to the site of a configuration file. Raises CannotRun."""
    try:
        text = file.read_bytes().decode("utf-8-sig")
    except (OSError, ValueError) as error:
        raise CannotRun(f"{file.name} cannot be read: {error}") from error
    changed, catalog = with_plugin(text, file.name), catalog_files(registries, columns)
    extensions = names_in(value_at(read_configuration(text)[0], "markdown_extensions"))
    return Addition(file.name, text, changed, catalog, frozenset(extensions))


def catalog_files(registries: tuple[str, ...], columns: tuple[str, ...]) -> Mapping[str, str]:
    """Return the project path and the text of each file of a catalog that has no images yet. Raises CannotRun."""
    check_registries(registries)
    images = catalog_text(registries, chosen_columns(columns))
    schemas = render_schemas(images)
    return {
        "catalog/images.yaml": images,
        "catalog/images.schema.json": schemas["catalog/images.schema.json"],
    }


def with_plugin(text: str, name: str) -> str:
    """Return the text of a configuration with the plugin imagedocs, and otherwise the same, character by character.
    Raises CannotRun where that can't be done."""
    root, problems = read_configuration(text)
    if problems or not isinstance(root, MappingNode):
        what = problems[0].message if problems else "has no settings"
        raise CannotRun(f"{name} {what}; nothing was written")
    plugins = root.get("plugins")
    newline = "\r\n" if "\r\n" in text else "\n"
    if plugins is None:
        if root.get("INHERIT") is not None:
            raise CannotRun(f"{name} inherits its plugins: {_INSTEAD}, in the file that has them")
        gap = "" if text.endswith("\n") else newline
        return f"{text}{gap}{newline}plugins:{newline}  - search{newline}  - {_NAME}{newline}"
    if isinstance(plugins, Scalar) and plugins.value not in ("", "~", "null"):
        raise CannotRun(f"{name} has plugins in a form that is no list; {_INSTEAD}")
    if isinstance(plugins, Sequence):
        if _NAME in {_name(item) for item in plugins.items}:
            return text
        first, written = (plugins.items[0], f"- {_NAME}") if plugins.items else (None, "")
        flow = _NAME
    elif isinstance(plugins, MappingNode):
        if plugins.get(_NAME) is not None:
            return text
        first = plugins.entries[0][0] if plugins.entries else None
        written = f"{_NAME}: {{}}"
        flow = written
    else:
        raise CannotRun(f"{name} has no plugin in its list; {_INSTEAD}")
    changed = _insert(text, first, plugins, written, flow, newline)
    again, problems = read_configuration(changed)
    added = again.get("plugins") if isinstance(again, MappingNode) else None
    names = {_name(item) for item in added.items} if isinstance(added, Sequence) else set[str]()
    names |= {key.value for key, _ in added.entries} if isinstance(added, MappingNode) else set[str]()
    if problems or _NAME not in names:
        raise CannotRun(f"{name} has plugins in a form that imagedocs does not edit; {_INSTEAD}")
    return changed


def _insert(
    text: str,
    first: object,
    plugins: Sequence | MappingNode,
    written: str,
    flow: str,
    newline: str,
) -> str:
    """Return the text with a line before the first plugin, or with a word behind the bracket that opens the list."""
    lines = text.split("\n")
    line = lines[plugins.line - 1]
    bracket = line[plugins.column - 1 : plugins.column]
    if bracket in ("[", "{"):
        at = plugins.column
        rest = line[at:].lstrip()
        comma = "" if first is None and rest.startswith(("]", "}")) else ", "
        lines[plugins.line - 1] = f"{line[:at]}{flow}{comma}{line[at:].lstrip() if comma else line[at:]}"
        return "\n".join(lines)
    indent = line[: len(line) - len(line.lstrip())]
    carriage = "\r" if newline == "\r\n" else ""
    lines.insert(plugins.line - 1, f"{indent}{written}{carriage}")
    return "\n".join(lines)


def _name(item: object) -> str:
    if isinstance(item, MappingNode):
        return item.entries[0][0].value if item.entries else ""
    return item.value if isinstance(item, Scalar) else ""
