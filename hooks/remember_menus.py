"""Write each entry of the navigation once for all pages of a folder: else it is a tenth of a build.

Material writes the whole navigation into every page, anew. What differs between two pages of one folder is the
entry that is active and those around it. So its macro is called through `Menu.entry`, which keeps the others. A
version of Material whose templates are not the ones known here goes on as before.
"""

from collections.abc import Callable
from typing import Any

import jinja2
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

CALLS = {
    "partials/nav.html": ("{{ item.render(nav_item, path, 1) }}", "item.render, nav_item, path, 1, none"),
    "partials/nav-item.html": (
        '{{ render(item, path ~ "_" ~ loop.index, level + 1, nav_item) }}',
        'render, item, path ~ "_" ~ loop.index, level + 1, nav_item',
    ),
}
"""Template -> the call of the macro in it, and what is handed on instead."""
FUNCTION = "remembered_entry"


def on_env(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> jinja2.Environment:
    """Put the calls into the templates as they are loaded."""
    env.auto_reload = False  # no template changes while pages are written
    if env.loader is not None:
        env.globals[FUNCTION] = Menu().entry
        env.loader = _Loader(env.loader)
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


class _Loader(jinja2.BaseLoader):
    """Another loader's templates, with the calls replaced."""

    def __init__(self, loader: jinja2.BaseLoader) -> None:
        self._loader = loader
        self.has_source_access = loader.has_source_access

    def get_source(
        self, environment: jinja2.Environment, template: str
    ) -> tuple[str, str | None, Callable[[], bool] | None]:
        text, name, is_fresh = self._loader.get_source(environment, template)
        if template in CALLS:
            call, arguments = CALLS[template]
            text = text.replace(call, f"{{{{ {FUNCTION}({arguments}) }}}}")
        return text, name, is_fresh

    def list_templates(self) -> list[str]:
        return self._loader.list_templates()
