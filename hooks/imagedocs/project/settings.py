"""Read the settings in `mkdocs.yml` that the library needs, such as which pages are part of the site and which its
navigation names. MkDocs reads the file too, for everything else."""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from pathspec.gitignore import GitIgnoreSpec

from imagedocs.checks.configured_links import ConfiguredLink
from imagedocs.files.reading import read_source
from imagedocs.incremental.reads import is_file
from imagedocs.markdown.options import Headings
from imagedocs.markdown.publisher import Publisher
from imagedocs.markdown.sources import Source
from imagedocs.own_settings import Folder, read_own_settings
from imagedocs.problems import Position, Problem
from imagedocs.project.configured_links import configured_links
from imagedocs.project.extensions import check_extensions, read_headings
from imagedocs.publishing.head_settings import HeadSettings
from imagedocs.yaml.configuration import (
    KEY,
    PATH,
    names_in,
    read_configuration,
    scalars,
    theme_folder,
    value_at,
)
from imagedocs.yaml.nodes import Node, Scalar, Sequence

_ALWAYS = (
    ".*",
    "/templates/",
    "docfx.json",
    "docfx.yml",
    "xrefmap.yml",
    "xrefmap.json",
    "zone-pivot-groups.yml",
)
"""Patterns of files that MkDocs always leaves out, and of files that describe pages."""
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
    """Pages that `nav` names, each with its position."""
    has_navigation: bool = False
    """True if there is a `nav`; without one, tables of contents (`TOC.yml`, `toc.md`) are read."""
    site_url: str = ""
    """Address at which the site is published; empty when it isn't set."""
    directory_urls: bool = True
    """True if the address of a page is that of a folder (`use_directory_urls`)."""
    drafts: GitIgnoreSpec = field(default_factory=lambda: GitIgnoreSpec.from_lines([]))
    """Pages that a build leaves out and a preview shows (`draft_docs`)."""
    line_ids: tuple[str, ...] = ()
    """Prefix of the ids of lines of code, where `pymdownx.highlight` gives them ids."""
    theme: str = ""
    theme_folder: str = ""
    """Folder `custom_dir`, whose files come before those of the theme."""
    publisher: Publisher = field(default_factory=Publisher)
    """Meaning of addresses outside this site (`extra.imagedocs.publisher`)."""
    folders: Mapping[str, Folder] = field(default_factory=dict[str, Folder])
    """Setting below `extra.imagedocs` -> folder of the pages of images, and of each kind of published files."""
    sources: str = ""
    """Address at which a reader finds the project's files, ending in a slash; empty when that is not known."""
    problems: tuple[Problem, ...] = ()
    levels: Mapping[str, str] = field(default_factory=dict[str, str])
    """Name of a rule -> the severity that it has in this project (`extra.imagedocs.rules`)."""
    not_in_nav: GitIgnoreSpec = field(default_factory=lambda: GitIgnoreSpec.from_lines([]))
    """Pages that are meant to be in no menu (`not_in_nav`)."""
    has_other_menus: bool = False
    """True if a plugin leads to pages that neither `nav` nor a table of contents names."""
    contributors: GitIgnoreSpec = field(default_factory=lambda: GitIgnoreSpec.from_lines([]))
    """Pages for those who look after the site, apart from those for its readers (`extra.imagedocs.contributors`)."""
    site_name: str = ""
    site_description: str = ""
    owner: str = ""
    """See `OwnSettings.owner`."""
    lastmod: bool = False
    """See `OwnSettings.lastmod`."""
    head: HeadSettings | None = None
    """Content of the heads of pages (`extra.imagedocs.head`); `None` if they are left to the theme."""
    headers: Mapping[str, tuple[str, ...]] | None = None
    """Sources that the headers of a host allow besides those that pages use, by their directives
    (`extra.imagedocs.headers`); `None` if no file of headers is wanted."""

    headings: Headings = field(default_factory=Headings)
    links: tuple[ConfiguredLink, ...] = ()
    """Addresses that the theme writes on every page."""

    def left_out(self, place: str) -> str:
        """Return the option that leaves the file at this site path out of a built site; empty for none."""
        if self.excluded.match_file(place):
            return "exclude_docs"
        return "draft_docs" if self.drafts.match_file(place) else ""


def load_settings(root: Path) -> Settings:
    """Read `mkdocs.yml`. A file that isn't YAML is a problem; MkDocs itself reports values that it
    doesn't accept."""
    source = read_source(root, PATH)
    node, wrong = read_configuration(source.text)
    problems = (*source.problems, *wrong)
    lines, drafts = (_lines(node, name) for name in ("exclude_docs", "draft_docs"))
    nav = value_at(node, "nav")
    navigation = tuple(_pages(nav))
    always = _ALWAYS if nav is not None else (*_ALWAYS, *_TABLES_OF_CONTENTS)
    source, tree = _with_extensions(root, source, node)
    headings, unread = read_headings(tree, source.text, source.path)
    own = read_own_settings(PATH, value_at(value_at(node, "extra"), "imagedocs"))
    return Settings(
        GitIgnoreSpec.from_lines([*always, *lines]),
        navigation,
        nav is not None,
        _text(node, "site_url"),
        _text(node, "use_directory_urls").lower() not in _NO,
        GitIgnoreSpec.from_lines(drafts),
        _line_ids(value_at(tree, "markdown_extensions")),
        _text(value_at(node, "theme"), "name"),
        theme_folder(node),
        own.publisher,
        own.folders,
        _address(node),
        (*problems, *own.problems, *check_extensions(tree, source.path), *unread),
        own.levels,
        GitIgnoreSpec.from_lines(_lines(node, "not_in_nav")),
        not _LEAD_TO_PAGES.isdisjoint(names_in(value_at(node, "plugins"))),
        GitIgnoreSpec.from_lines(own.contributors),
        _text(node, "site_name"),
        _text(node, "site_description"),
        own.owner,
        own.lastmod,
        own.head,
        own.headers,
        headings,
        tuple(configured_links(node)),
    )


_MOST_PARENTS = 10


def _with_extensions(root: Path, source: Source, node: Node | None) -> tuple[Source, Node | None]:
    """Return the configuration that `markdown_extensions` stands in, of this one and those in the project that it
    inherits, and its tree; this one where it stands in none. MkDocs joins no lists, so the nearest counts."""
    nearest, tree = source, node
    for _ in range(_MOST_PARENTS):
        if value_at(tree, "markdown_extensions") is not None:
            return nearest, tree
        parent = _text(tree, "INHERIT")
        path = posixpath.normpath(posixpath.join(posixpath.dirname(nearest.path), parent))
        if not parent or path.startswith(("../", "/")) or not is_file(root, path):
            break
        nearest = read_source(root, path)
        tree, _wrong = read_configuration(nearest.text)
    return source, node


_EDIT = {
    "github.com": "edit/master/docs/",
    "gitlab.com": "edit/master/docs/",
    "bitbucket.org": "src/default/docs/",
}
"""Host of a repository -> address of the docs folder that MkDocs assumes without `edit_uri`."""


def _address(node: Node | None) -> str:
    """Return where the project's files are edited, from `repo_url` and `edit_uri` as MkDocs joins them: the address of
    the folder that the docs folder is in."""
    repository, path = _text(node, "repo_url"), _text(node, "edit_uri")
    if not path and value_at(node, "edit_uri") is None and value_at(node, "edit_uri_template") is None:
        path = _EDIT.get((urlsplit(repository).hostname or "").lower(), "")
    address = urljoin(repository.rstrip("/") + "/", path) if path[:1] not in ("", "?", "#") else ""
    address = address.rstrip("/")
    return urljoin(address, ".") if address.startswith(("https://", "http://")) else ""


def _text(node: Node | None, key: str) -> str:
    value = value_at(node, key)
    return value.value if isinstance(value, Scalar) else ""


def _line_ids(extensions: Node | None) -> tuple[str, ...]:
    """Options of `pymdownx.highlight` for the ids of lines."""
    for entry in extensions.items if isinstance(extensions, Sequence) else ():
        options = value_at(entry, "pymdownx.highlight")
        if options is not None:
            anchors = _text(options, "line_anchors")
            if not anchors and _text(options, "anchor_linenums").lower() in _YES:
                anchors = "__codelineno"
            return tuple(filter(None, (anchors, _text(options, "line_spans"))))
    return ()


def _lines(node: Node | None, key: str) -> list[str]:
    return _text(node, key).splitlines()


def _pages(navigation: Node | None) -> Iterator[tuple[str, Position]]:
    """Yield the paths that `nav` names, without addresses of other sites."""
    for path, scalar in scalars(navigation):
        place = scalar.value
        if path[-1:] == (KEY,) or "://" in place or place.startswith("mailto:"):
            continue
        if not place.startswith("/") or place.endswith(".md"):
            yield place, Position(PATH, scalar.line, scalar.column)
