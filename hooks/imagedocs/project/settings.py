"""What of `mkdocs.yml` the library needs to know: which pages are part of the site, and which its navigation
names. MkDocs reads the file too, for everything else."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from pathspec.gitignore import GitIgnoreSpec

from imagedocs.files.reading import read_source
from imagedocs.problems import Position, Problem, Rule

PATH = "mkdocs.yml"

_ALWAYS = (
    ".*",
    "/templates/",
    "docfx.json",
    "docfx.yml",
    "xrefmap.yml",
    "xrefmap.json",
    "zone-pivot-groups.yml",
)
"""What MkDocs always leaves out, and files that say something of the pages but are none."""
_TABLES_OF_CONTENTS = tuple(f"[Tt][Oo][Cc].{form}" for form in ("yml", "md", "json"))


@dataclass(frozen=True)
class Settings:
    excluded: GitIgnoreSpec
    """Pages and files that are not part of the site (`exclude_docs`, and what MkDocs always leaves out)."""
    navigation: tuple[tuple[str, Position], ...] = ()
    """The pages that `nav` names, each with its place."""
    has_navigation: bool = False
    """Whether there is a `nav`; without one, tables of contents (`TOC.yml`, `toc.md`) are read."""
    site_url: str = ""
    """Where the site is published; empty when that is not said."""
    problems: tuple[Problem, ...] = ()


def load_settings(root: Path) -> Settings:
    """Read `mkdocs.yml`. A file that is not YAML is a problem; that it is no good configuration is MkDocs' to
    say."""
    source = read_source(root, PATH)
    problems = tuple(source.problems)
    try:
        node = yaml.compose(source.text, Loader=yaml.SafeLoader) if not problems else None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        place = Position(PATH, mark.line + 1, mark.column + 1) if mark else Position(PATH)
        what = getattr(error, "problem", None) or "cannot be read"
        problems = (Problem(place, Rule.YAML_SYNTAX, f"is not YAML: {what}"),)
        node = None
    excluded = _value(node, "exclude_docs")
    lines: list[str] = excluded.value.splitlines() if isinstance(excluded, yaml.ScalarNode) else []
    nav = _value(node, "nav")
    navigation = tuple(_pages(nav)) if nav is not None else ()
    always = _ALWAYS if nav is not None else (*_ALWAYS, *_TABLES_OF_CONTENTS)
    address = _value(node, "site_url")
    site_url = address.value if isinstance(address, yaml.ScalarNode) else ""
    return Settings(
        GitIgnoreSpec.from_lines([*always, *lines]), navigation, nav is not None, site_url, problems
    )


def _value(node: yaml.Node | None, key: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def _pages(navigation: yaml.Node) -> Iterator[tuple[str, Position]]:
    """The paths that `nav` names, without addresses of other sites."""
    nodes, seen = [navigation], set[int]()
    while nodes:
        node = nodes.pop()
        if id(node) in seen:
            continue  # an alias: all that it holds has been met, and perhaps holds itself
        seen.add(id(node))
        if isinstance(node, yaml.SequenceNode):
            nodes += reversed(node.value)
        elif isinstance(node, yaml.MappingNode):
            nodes += reversed([value for _, value in node.value])
        elif (
            isinstance(node, yaml.ScalarNode)
            and "://" not in node.value
            and not node.value.startswith("mailto:")
            and (not node.value.startswith("/") or node.value.endswith(".md"))
        ):
            mark = node.start_mark
            yield node.value, Position(PATH, mark.line + 1, mark.column + 1)
