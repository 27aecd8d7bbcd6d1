"""Tell two built sites apart by what readers and programs get from them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from imagedocs.comparing.contents import Content, read_content
from imagedocs.comparing.images import ImageChange, compare_images
from imagedocs.comparing.trees import Tree, is_data, read_tree


class Change(StrEnum):
    """What became of a page or a file."""

    ADDED = "added"
    REMOVED = "removed"
    REPLACED = "replaced"
    """By a page that only leads on to another address."""
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class LocaleChange:
    """Change of a page in one locale."""

    language: str
    """As the page itself names it; empty if it doesn't."""
    path: str
    """In the site."""
    change: Change
    added: int = 0
    """Number of passages that only the new page has."""
    removed: int = 0
    """Number of passages that only the old page has."""
    links: int = 0
    """Number of links and pictures that lead elsewhere, or are new."""

    @property
    def kind(self) -> tuple[Change, int, int, int]:
        return self.change, self.added, self.removed, self.links


@dataclass(frozen=True, slots=True)
class PageChange:
    """Change of a page, in all locales that it changed in."""

    path: str
    """In the site of the default locale."""
    title: str
    locales: tuple[LocaleChange, ...]


@dataclass(frozen=True, slots=True)
class FileChange:
    path: str
    """In the site of the default locale, if the file is there too."""
    change: Change
    languages: int = 1
    """Number of languages whose sites have the file, with the same change."""


@dataclass(frozen=True, slots=True)
class Comparison:
    pages: tuple[PageChange, ...]
    images: tuple[ImageChange, ...] | None
    """`None` if one of the sites publishes no data about images."""
    data: tuple[FileChange, ...]
    """Files for programs, such as JSON, CSV and feeds."""
    others: tuple[FileChange, ...]
    """All other files, pages that only lead on included."""
    languages: int = 1
    """Number of languages that the sites have."""

    @property
    def is_empty(self) -> bool:
        """Return whether nothing changed that a reader or a program of a reader's gets."""
        return not (self.pages or self.images or self.data)


def compare_sites(old: Path, new: Path) -> Comparison:
    """Compare the built sites in two folders. Raises CannotRun when one of them holds none."""
    before, after = read_tree(old), read_tree(new)
    differing = dict(_differing(before, after))
    pages: dict[str, list[tuple[LocaleChange, str]]] = {}
    others: list[FileChange] = []
    locales = before.locales | after.locales
    for path, change in differing.items():
        if not path.endswith(".html"):
            continue
        locale, title = _compare_page(path, change, before, after)
        if locale:
            pages.setdefault(_in_default(path, locales), []).append((locale, title))
        elif change is not Change.CHANGED or _leads_on(after.read(path)):
            others.append(FileChange(path, change))
    files = [FileChange(path, change) for path, change in differing.items() if not path.endswith(".html")]
    data = _collapse((file for file in files if is_data(file.path)), locales)
    others += (file for file in files if not is_data(file.path))
    return Comparison(
        tuple(_page(path, found) for path, found in sorted(pages.items(), key=_address_order)),
        compare_images(_published(before), _published(after)),
        data,
        tuple(sorted(others, key=lambda file: file.path)),
        1 + len(locales),
    )


def _differing(before: Tree, after: Tree) -> Iterator[tuple[str, Change]]:
    """Yield the files that are not the same in both sites."""
    for path in sorted({*before.files, *after.files}):
        if path not in before.files:
            yield path, Change.ADDED
        elif path not in after.files:
            yield path, Change.REMOVED
        elif before.read(path) != after.read(path):
            yield path, Change.CHANGED


def _published(tree: Tree) -> Mapping[str, bytes]:
    return {path: tree.read(path) for path in tree.files if path.rpartition("/")[2] == "images.json"}


def _collapse(files: Iterable[FileChange], locales: frozenset[str]) -> tuple[FileChange, ...]:
    """Return one change for all files of locales that have the same path in these, and the same change."""
    found: dict[tuple[str, Change], list[str]] = {}
    for file in files:
        found.setdefault((_in_default(file.path, locales), file.change), []).append(file.path)
    return tuple(
        FileChange(path if path in paths else paths[0], change, len(paths))
        for (path, change), paths in sorted(found.items())
    )


def _in_default(path: str, locales: frozenset[str]) -> str:
    """Return the path that the page has in the default locale."""
    folder = path.partition("/")[0] + "/"
    return path.removeprefix(folder) if folder in locales else path


def _leads_on(page: bytes) -> bool:
    return bool(read_content(page).leads_to)


def _compare_page(path: str, change: Change, before: Tree, after: Tree) -> tuple[LocaleChange | None, str]:
    """Return what changed on a page, and its title; nothing if a reader sees no change."""
    old = read_content(before.read(path)) if change is not Change.ADDED else Content()
    new = read_content(after.read(path)) if change is not Change.REMOVED else Content()
    if (old.leads_to, old.passages, old.targets) == (new.leads_to, new.passages, new.targets):
        return None, ""
    if not (old.passages or old.targets or new.passages or new.targets):
        return None, ""  # a page that only leads on
    if change is Change.CHANGED and old.leads_to:
        change = Change.ADDED
    elif change is Change.CHANGED and new.leads_to:
        change = Change.REPLACED
    language, title = new.language or old.language, new.title or old.title
    if change is not Change.CHANGED:
        return LocaleChange(language, path, change), title
    added, removed = _only_in(new.passages, old.passages), _only_in(old.passages, new.passages)
    links = max(_only_in(new.targets, old.targets), _only_in(old.targets, new.targets))
    return LocaleChange(language, path, change, added, removed, links), title


def _only_in(one: tuple[str, ...], other: tuple[str, ...]) -> int:
    return (Counter(one) - Counter(other)).total()


def _address_order(page: tuple[str, object]) -> str:
    return page[0].removesuffix("index.html")


def _page(path: str, found: list[tuple[LocaleChange, str]]) -> PageChange:
    """Gather the locales of a page, the default one first."""
    found.sort(key=lambda one: (one[0].path != path, one[0].path))
    title = next((title for _, title in found if title), "")
    return PageChange(path, title, tuple(locale for locale, _ in found))
