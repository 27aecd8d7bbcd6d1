# pyright: standard
# MkDocs is typed in parts only.
"""Write each entry of the navigation once for all pages of a folder, which saves a tenth of a build.

Material writes the whole navigation again for every page. Two pages of one folder differ only in the active entry and
those around it. So Material's macro is called through `Menu.entry`, which keeps the others: see
`imagedocs.material.templates`.
"""

from collections.abc import Callable
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from imagedocs.material.templates import REMEMBERED_ENTRY
from imagedocs.plugin.build import Build


def give_to_templates(
    build: Build, env: jinja2.Environment, config: MkDocsConfig, files: Files
) -> jinja2.Environment:
    """Give templates the function that writes an entry of the navigation."""
    env.globals[REMEMBERED_ENTRY] = Menu().entry
    return env


class Menu:
    """Entries of the navigation, as the pages of the current folder show them."""

    def __init__(self) -> None:
        self._folder: tuple[str, int] | None = None
        self._kept: dict[tuple[int, str, int, bool], str] = {}
        self._above: dict[int, frozenset[str]] = {}

    def entry(
        self,
        page: Any,
        render: Callable[..., str],
        item: Any,
        path: str,
        level: int,
        parent: Any,
    ) -> str:
        """Return the entry that `render` makes of `item` for the page that is written."""
        if not page or item.active or hasattr(item, "pages") or page.url in self._addresses_above(item):
            return render(item, path, level, parent)
        folder = _folder(page.url)
        if folder != self._folder:
            self._folder = folder
            self._kept.clear()
        key = (id(item), path, level, bool(parent and parent.active))
        if key not in self._kept:
            self._kept[key] = render(item, path, level, parent)
        return self._kept[key]

    def _addresses_above(self, item: Any) -> frozenset[str]:
        """Return the folders above the addresses of `item` and all entries below it. A page at such an address has
        shorter links to them than the other pages of its folder."""
        found = self._above.get(id(item))
        if found is None:
            if item.children:
                found = frozenset[str]().union(*(self._addresses_above(child) for child in item.children))
            else:
                parts = (item.url or "").split("/")
                found = frozenset("/".join(parts[:end]) + "/" for end in range(1, len(parts)))
            self._above[id(item)] = found
        return found


def _folder(url: str) -> tuple[str, int]:
    """Return the part of a page's address on which its relative links depend, except links to pages below it."""
    above, _, last = url.removesuffix("/").rpartition("/")
    return (above, 0 if "." in last and not url.endswith("/") else 1 + bool(last))
