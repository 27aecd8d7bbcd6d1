"""What of `mkdocs.yml` the library needs to know: which pages are part of the site, and which its navigation
names. MkDocs reads the file too, for everything else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import yaml
from pathspec.gitignore import GitIgnoreSpec

from imagedocs.files.reading import read_source
from imagedocs.markdown.publisher import Publisher
from imagedocs.problems import Position, Problem, Rule
from imagedocs.project.own_settings import read_own_settings

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
_LEAD_TO_PAGES = frozenset(
    {"awesome-nav", "awesome-pages", "blog", "literate-nav", "material/blog", "monorepo", "multirepo"}
)
"""Plugins with menus or lists of pages of their own."""
_NO, _YES = frozenset({"false", "no", "off"}), frozenset({"true", "yes", "on"})
_TABLES_OF_CONTENTS = tuple(f"[Tt][Oo][Cc].{form}" for form in ("yml", "md", "json"))


@dataclass(frozen=True)
class Settings:
    excluded: GitIgnoreSpec
    """Pages and files that are not part of the site (`exclude_docs`, and what MkDocs always leaves out). See
    `left_out`."""
    navigation: tuple[tuple[str, Position], ...] = ()
    """The pages that `nav` names, each with its place."""
    has_navigation: bool = False
    """Whether there is a `nav`; without one, tables of contents (`TOC.yml`, `toc.md`) are read."""
    site_url: str = ""
    """Where the site is published; empty when that is not said."""
    directory_urls: bool = True
    """Whether the address of a page is that of a folder (`use_directory_urls`)."""
    drafts: GitIgnoreSpec = field(default_factory=lambda: GitIgnoreSpec.from_lines([]))
    """Pages that a build leaves out and a preview shows (`draft_docs`)."""
    line_ids: tuple[str, ...] = ()
    """What the ids of lines of code begin with, where `pymdownx.highlight` gives them some."""
    theme: str = ""
    theme_folder: str = ""
    """`custom_dir`: files that come before those of the theme."""
    publisher: Publisher = field(default_factory=Publisher)
    """What addresses mean that are not of this site (`extra.imagedocs.publisher`)."""
    images: str = ""
    """The folder of the pages of images (`extra.imagedocs.images`); empty where there are none."""
    images_at: Position = field(default_factory=lambda: Position(PATH))
    """Where that is set."""
    sources: str = ""
    """Address at which a reader finds the project's files, ending in a slash; empty when that is not known."""
    problems: tuple[Problem, ...] = ()
    levels: Mapping[str, str] = field(default_factory=dict[str, str])
    """Name of a rule -> the severity that it has in this project (`extra.imagedocs.rules`)."""
    not_in_nav: GitIgnoreSpec = field(default_factory=lambda: GitIgnoreSpec.from_lines([]))
    """Pages that are meant to be in no menu (`not_in_nav`)."""
    has_other_menus: bool = False
    """Whether a plugin leads to pages that neither `nav` nor a table of contents names."""
    contributors: GitIgnoreSpec = field(default_factory=lambda: GitIgnoreSpec.from_lines([]))
    """Pages for those who look after the site, apart from those for its readers (`extra.imagedocs.contributors`)."""

    def left_out(self, place: str) -> str:
        """The option that leaves the file at this site path out of a built site; empty for none."""
        if self.excluded.match_file(place):
            return "exclude_docs"
        return "draft_docs" if self.drafts.match_file(place) else ""


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
        what = getattr(error, "problem", None) or "it is nested too deeply"
        problems = (Problem(place, Rule.YAML_SYNTAX, f"is not YAML: {what}"),)
        node = None
    lines, drafts = (_lines(node, name) for name in ("exclude_docs", "draft_docs"))
    nav = _value(node, "nav")
    navigation = tuple(_pages(nav)) if nav is not None else ()
    always = _ALWAYS if nav is not None else (*_ALWAYS, *_TABLES_OF_CONTENTS)
    address = _value(node, "site_url")
    site_url = address.value if isinstance(address, yaml.ScalarNode) else ""
    plain = _value(node, "use_directory_urls")
    own = read_own_settings(PATH, _value(_value(node, "extra"), "imagedocs"))
    return Settings(
        GitIgnoreSpec.from_lines([*always, *lines]),
        navigation,
        nav is not None,
        site_url,
        not (isinstance(plain, yaml.ScalarNode) and plain.value.lower() in _NO),
        GitIgnoreSpec.from_lines(drafts),
        _line_ids(_value(node, "markdown_extensions")),
        _text(_value(node, "theme"), "name"),
        _text(_value(node, "theme"), "custom_dir"),
        own.publisher,
        own.images,
        own.images_at,
        _address(node),
        (*problems, *own.problems),
        own.levels,
        GitIgnoreSpec.from_lines(_lines(node, "not_in_nav")),
        not _LEAD_TO_PAGES.isdisjoint(_plugins(_value(node, "plugins"))),
        GitIgnoreSpec.from_lines(own.contributors),
    )


_EDIT = {
    "github.com": "edit/master/docs/",
    "gitlab.com": "edit/master/docs/",
    "bitbucket.org": "src/default/docs/",
}
"""Host of a repository -> where MkDocs takes the docs folder for when `edit_uri` is not there."""


def _address(node: yaml.Node | None) -> str:
    """Return where the project's files are edited, from `repo_url` and `edit_uri` as MkDocs joins them: the address of
    the folder that the docs folder is in."""
    repository, path = _text(node, "repo_url"), _text(node, "edit_uri")
    if not path and _value(node, "edit_uri") is None and _value(node, "edit_uri_template") is None:
        path = _EDIT.get((urlsplit(repository).hostname or "").lower(), "")
    address = urljoin(repository.rstrip("/") + "/", path) if path[:1] not in ("", "?", "#") else ""
    address = address.rstrip("/")
    return urljoin(address, ".") if address.startswith(("https://", "http://")) else ""


def _text(node: yaml.Node | None, key: str) -> str:
    value = _value(node, key)
    return value.value if isinstance(value, yaml.ScalarNode) else ""


def _line_ids(extensions: yaml.Node | None) -> tuple[str, ...]:
    """What `pymdownx.highlight` is told of the ids of lines."""
    for entry in extensions.value if isinstance(extensions, yaml.SequenceNode) else ():
        options = _value(entry, "pymdownx.highlight")
        if options is not None:
            anchors = _text(options, "line_anchors")
            if not anchors and _text(options, "anchor_linenums").lower() in _YES:
                anchors = "__codelineno"
            return tuple(filter(None, (anchors, _text(options, "line_spans"))))
    return ()


def _plugins(node: yaml.Node | None) -> Iterator[str]:
    """Yield the names of the plugins, each of which may have options."""
    for entry in node.value if isinstance(node, yaml.SequenceNode) else [node]:
        names = [key for key, _ in entry.value] if isinstance(entry, yaml.MappingNode) else [entry]
        yield from (name.value for name in names if isinstance(name, yaml.ScalarNode))


def _lines(node: yaml.Node | None, key: str) -> list[str]:
    value = _value(node, key)
    return value.value.splitlines() if isinstance(value, yaml.ScalarNode) else []


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
