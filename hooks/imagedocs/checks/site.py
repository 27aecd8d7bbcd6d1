"""What the checks are given: every locale's pages and files, as they are published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from imagedocs.checks.briefs import Brief, brief_of
from imagedocs.checks.pages import Pages
from imagedocs.markdown.document import Document


@dataclass(frozen=True)
class LocaleSite:
    """The site of one locale."""

    chain: tuple[str, ...]
    """Tags of the locale and of its fallbacks, nearest first."""
    files: Mapping[str, str]
    """Site path (see `site_path`) -> project path, of every file: pages and assets."""
    documents: Mapping[str, Document]
    """Site path -> what the page holds."""
    moved: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    """Site path of a page that is no longer there -> that of the one that took its place, and what follows it
    (`#part`); the path is empty when it is elsewhere."""

    @property
    def tag(self) -> str:
        return self.chain[0]

    @cached_property
    def briefs(self) -> Mapping[str, Brief]:
        """Site path -> what is asked of the page first."""
        if isinstance(self.documents, Pages):
            return self.documents.briefs
        return {path: brief_of(document) for path, document in self.documents.items()}

    @cached_property
    def anchors(self) -> Mapping[str, frozenset[str]]:
        """Site path -> ids that a fragment can name."""
        return {path: frozenset(brief.ids) for path, brief in self.briefs.items()}

    @cached_property
    def pages_by_url(self) -> Mapping[str, str]:
        """Directory address, relative to the locale's root (`how-to/`) -> site path of its page, also of one
        that has moved."""
        return {page_url(path): path for path in (*self.moved, *self.documents)}


@dataclass(frozen=True)
class Site:
    """All published locales, the default one first."""

    locales: tuple[LocaleSite, ...]
    tags: frozenset[str] = frozenset()
    """Of all locales of the project, built or not."""


def site_path(path: str, chain: Sequence[str]) -> str | None:
    """Where the project's file `path` lies in the site of the locale that `chain` begins with.

    `docs/es/a/b.md` is `a/b.md` there, `includes/media/x.png` and its translation
    `includes/es/media/x.png` are `includes/media/x.png`. `None` when the file is not part of that site.
    """
    for tag in chain:
        if path.startswith(f"docs/{tag}/"):
            return path.removeprefix(f"docs/{tag}/")
        if path.startswith(f"includes/{tag}/"):
            return "includes/" + path.removeprefix(f"includes/{tag}/")
    if path.startswith("includes/") and not path.startswith("includes/theme/"):
        return path
    return None


def page_url(path: str) -> str:
    """The directory address that MkDocs gives the page at a site path: `a/b.md` -> `a/b/`, `a/index.md` ->
    `a/`."""
    stem = path.removesuffix(".md")
    name = stem.rpartition("/")[2]
    if name in ("index", "README"):
        return stem.removesuffix(name)
    return f"{stem}/"
