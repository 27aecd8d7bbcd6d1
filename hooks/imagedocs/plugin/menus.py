# pyright: standard
# MkDocs is typed in parts only.
"""Write each entry of the navigation once for all pages of a folder: else it is a tenth of a build.

Material writes the whole navigation into every page, anew. What differs between two pages of one folder is the
entry that is active and those around it. So its macro is called through `Menu.entry`, which keeps the others: see
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
    """Give templates what they call: the entries of the navigation, and the site of their locale."""
    env.globals[REMEMBERED_ENTRY] = Menu().entry
    return env


class Menu:
    """The entries of the navigation, as the pages of the present folder show them."""

    def __init__(self) -> None:
        self._folder: tuple[str, int] | None = None
        self._kept: dict[tuple[int, str, int, bool], str] = {}
        self._above: dict[int, frozenset[str]] = {}

    @jinja2.pass_context
    def entry(
        self,
        context: jinja2.runtime.Context,
        render: Callable[..., str],
        item: Any,
        path: str,
        level: int,
        parent: Any,
    ) -> str:
        """What `render` makes of `item` for the page that is written."""
        page = context["page"]
        if page is None or item.active or hasattr(item, "pages") or page.url in self._addresses_above(item):
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
        """The addresses that those of `item` and all below it begin with: for a page there, what leads to them is
        shorter than for the others of its folder."""
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
    """What of a page's address the relative addresses in it depend on, but for those below its own."""
    above, _, last = url.removesuffix("/").rpartition("/")
    return (above, 0 if "." in last and not url.endswith("/") else 1 + bool(last))
