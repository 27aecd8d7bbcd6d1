"""What of a page is looked at in every check. A page that lacks nothing is judged by its brief alone."""

from collections.abc import Sequence
from dataclasses import dataclass

from imagedocs.checks.ignores import is_instruction
from imagedocs.markdown.document import Document, LinkKind
from imagedocs.markdown.targets import may_be_file


@dataclass(slots=True)
class Brief:
    """Of one `Document`."""

    path: str
    ids: Sequence[str]
    """What a fragment can name."""
    own: Sequence[str]
    """Where its links lead: a project path, a fragment (or ""), a path, a fragment …"""
    included: Sequence[str]
    """The same for links of included files, which may lead into any folder of the locale's chain."""
    absolute: Sequence[str]
    """Targets that begin with a scheme, `//` or `/`: of another site, or with the address of this one."""
    is_doubtful: bool
    """It has a link of which this does not tell whether it is sound."""
    has_problems: bool
    """The parser found some."""
    has_ignores: bool
    names_images: bool
    """It may name some."""
    fragments: Sequence[str]
    """Project paths of the files in docs folders that it takes in."""


def home_of(path: str) -> str:
    """The docs folder that a page lies in, `docs/es/`; empty when it lies in none."""
    first, _, rest = path.partition("/")
    tag, slash, _ = rest.partition("/")
    return f"docs/{tag}/" if first == "docs" and slash else ""


def place_of(path: str) -> str:
    """Return the site path of a file in a docs folder: `a/b.md` for `docs/es/a/b.md`."""
    return path.removeprefix(home_of(path))


def brief_of(document: Document, *, names_images: bool = True) -> Brief:
    own: list[str] = []
    included: list[str] = []
    absolute: list[str] = []
    ids = [anchor.id for anchor in document.anchors]
    known = set(ids)
    home = home_of(document.path)
    doubtful = False
    for link in document.links:
        path, fragment = link.path, link.fragment
        if link.kind is LinkKind.SNIPPET:
            continue
        if path is not None and not (link.kind is LinkKind.IMAGE and path.endswith(".md")):
            if link.position.path.startswith(("includes/", "catalog/")):  # the catalog's: generated pages
                included += (path, fragment or "")
            elif home and link.position.path.startswith(home):
                own += (path, fragment or "")
            else:
                doubtful = True
        elif path is not None:
            doubtful = True
        elif link.target.startswith("#"):
            doubtful = doubtful or link.fragment not in known
        elif _is_absolute(link.target):
            absolute.append(link.target)
        else:
            doubtful = True
    return Brief(
        document.path,
        ids,
        own,
        included,
        absolute,
        doubtful,
        bool(document.problems),
        any(is_instruction(comment) for comment in document.comments),
        names_images,
        sorted({each.path for each in document.includes if each.path and each.path.startswith("docs/")}),
    )


def _is_absolute(target: str) -> bool:
    return (
        not target.startswith("~/")
        and bool(target.strip(" ?"))
        and not may_be_file(target)
        and target[0] != "?"
    )
