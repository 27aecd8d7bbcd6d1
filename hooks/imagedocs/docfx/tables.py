"""All tables of contents of a documentation set, and which of them a page shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from posixpath import basename, dirname, relpath

from imagedocs.docfx.entries import NAMES, is_toc
from imagedocs.docfx.toc import Surroundings, Toc, TocItem, load_toc
from imagedocs.problems import Position, Problem


@dataclass(frozen=True)
class Tables:
    """The tables that are no part of another, by the place of each in the documentation set, sorted."""

    by_place: Mapping[str, Toc] = field(default_factory=dict[str, Toc])
    of_page: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Site path of a page → the places of the tables that lead to it."""
    problems: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()
    """Project paths of all that were read."""
    parts: tuple[tuple[str, str, Position], ...] = ()
    """See `Toc.parts`."""

    def nearest(self, page: str) -> str | None:
        """The place of the table that the page shows: the one that is the fewest folders down from it, then the
        fewest up, then the first by name. For a page that no table leads to, only those above it count."""
        leading = self.of_page.get(page)

        def distance(place: str) -> tuple[int, int, str]:
            way = [each for each in dirname(relpath(place, dirname(page) or ".")).split("/") if each]
            up = way.count("..")
            return (len(way) - up, up, place)

        candidates = sorted(distance(place) for place in (leading or self.by_place))
        return next((place for down, _, place in candidates if leading or not down), None)

    def shown(self) -> Mapping[str, tuple[TocItem, ...]]:
        """The entries of the uppermost table, and of each other one that leads to a page that none before it leads
        to, by their places: one navigation of all."""
        tables = sorted(self.by_place.items(), key=lambda item: (item[0].count("/"), item[0]))
        known = set[str]()
        found: dict[str, tuple[TocItem, ...]] = {}
        for place, toc in tables:
            pages = set(_pages(toc.items))
            if pages - known or not found:
                found[place] = toc.items
                known |= pages
        return found


def find_tables(folders: Iterable[tuple[str, Iterable[str]]]) -> tuple[str, ...]:
    """Project paths of the tables in the docs folders, nearest first, each given with its files: of each folder in
    them that of the nearest locale."""
    found: dict[str, str] = {}
    for folder, paths in folders:
        own = [path for path in paths if is_toc(path)]
        for path in sorted(own, key=_rank):
            found.setdefault(dirname(path).removeprefix(folder), path)
    return tuple(found.values())


def _rank(path: str) -> int:
    name = basename(path)
    return NAMES.index(name) if name in NAMES else len(NAMES)


def load_tables(paths: Iterable[str], around: Surroundings) -> Tables:
    """The tables of contents in the project's files `paths`."""
    loaded: dict[str, Toc] = {}
    included: set[str] = set()
    for path in sorted(paths, key=lambda path: (path.count("/"), path)):
        if path not in included:
            loaded[path] = load_toc(path, around)
            included.update(file for file in loaded[path].included if file != path)
    tops = {path: toc for path, toc in loaded.items() if path not in included}
    places = {path: around.table_place(path) for path in tops}
    of_page: dict[str, list[str]] = {}
    for path, toc in tops.items():
        for page in toc.pages:
            of_page.setdefault(page, []).append(places[path])
    problems = dict.fromkeys(problem for toc in loaded.values() for problem in toc.problems)
    return Tables(
        {places[path]: toc for path, toc in tops.items()},
        {page: tuple(tables) for page, tables in of_page.items()},
        tuple(sorted(problems, key=lambda problem: problem.sort_key)),
        tuple(dict.fromkeys(file for toc in loaded.values() for file in toc.files)),
        tuple(dict.fromkeys(part for toc in loaded.values() for part in toc.parts)),
    )


def _pages(items: tuple[TocItem, ...]) -> "list[str]":
    found: list[str] = []
    for item in items:
        found += [item.page] if item.page else []
        found += _pages(item.items)
    return found
