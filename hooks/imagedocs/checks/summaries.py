"""Summaries of pages: what every check looks at. A page whose summary shows nothing unusual is not read further."""

from collections.abc import Sequence
from dataclasses import dataclass

from imagedocs.checks.ignores import is_instruction
from imagedocs.markdown.document import Document, LinkKind
from imagedocs.markdown.targets import may_be_file


@dataclass(slots=True)
class PageSummary:
    """The facts of one `Document` that every check looks at."""

    path: str
    ids: Sequence[str]
    """The ids that a fragment can name."""
    links: Sequence[tuple[str, str]]
    """The project path and the fragment (empty for none) of each link that the page's own file has."""
    included_links: Sequence[tuple[str, str]]
    """The same for links of included files, which may lead into any folder of the locale's chain."""
    absolute: Sequence[str]
    """Targets that begin with a scheme, `//` or `/`: on another site, or with the address of this one."""
    needs_full_check: bool
    """The page has a link of which the summary doesn't tell whether it is right."""
    has_problems: bool
    """The parser found problems."""
    has_ignores: bool
    fragments: Sequence[str]
    """Project paths of the files in docs folders that the page takes in."""
    names_images: bool = True
    """The page may name images, or state facts about one."""
    may_misspell: bool = True
    """The page may have names of the glossary in the wrong case."""
    names_theme_files: bool = False
    """Its metadata names a template or an icon."""
    digest: str = ""
    """Hash of all that is kept of the page; empty for one of which nothing is kept."""


def home_of(path: str) -> str:
    """Return the docs folder that a page lies in, `docs/es/`; empty when it lies in none."""
    first, _, rest = path.partition("/")
    tag, slash, _ = rest.partition("/")
    return f"docs/{tag}/" if first == "docs" and slash else ""


def place_of(path: str) -> str:
    """Return the site path of a file in a docs folder: `a/b.md` for `docs/es/a/b.md`."""
    return path.removeprefix(home_of(path))


def summarize(document: Document) -> PageSummary:
    """Return the summary of a page, of which it is not known yet whether it names images or has names in the wrong case."""
    links: list[tuple[str, str]] = []
    included: list[tuple[str, str]] = []
    absolute: list[str] = []
    ids = [anchor.id for anchor in document.anchors]
    known = set(ids)
    home = home_of(document.path)
    needs_full_check = False
    for link in document.links:
        path, fragment = link.path, link.fragment
        if link.kind is LinkKind.SNIPPET:
            continue
        if path is not None and not (link.kind is LinkKind.IMAGE and path.endswith(".md")):
            if link.position.path.startswith(("includes/", "catalog/")):  # the catalog's: generated pages
                included.append((path, fragment or ""))
            elif home and link.position.path.startswith(home):
                links.append((path, fragment or ""))
            else:
                needs_full_check = True
        elif path is not None:
            needs_full_check = True
        elif link.target.startswith("#"):
            needs_full_check = needs_full_check or link.fragment not in known
        elif _is_absolute(link.target):
            absolute.append(link.target)
        else:
            needs_full_check = True
    return PageSummary(
        document.path,
        ids,
        links,
        included,
        absolute,
        needs_full_check,
        bool(document.problems),
        any(is_instruction(comment) for comment in document.comments),
        sorted({each.path for each in document.includes if each.path and each.path.startswith("docs/")}),
        names_theme_files=bool(document.theme_files),
    )


def _is_absolute(target: str) -> bool:
    return (
        not target.startswith("~/")
        and bool(target.strip(" ?"))
        and not may_be_file(target)
        and target[0] != "?"
    )
