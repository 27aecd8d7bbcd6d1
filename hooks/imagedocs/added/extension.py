"""Extension of Python-Markdown that puts the list into the pages of a site that knows no plugins of MkDocs.

Where the plugin has put the list into a page already, there is nothing left to do.
"""

import logging
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor

from imagedocs.added.site import AddedSite
from imagedocs.added.styles import list_styles, plain_styles
from imagedocs.incremental.arguments import Arguments
from imagedocs.problems import Problem
from imagedocs.site_markdown.blocks import InsertedBlocks
from imagedocs.site_markdown.insertion import put_in
from imagedocs.today import today

_CATALOG = "catalog/images.yaml"
_PRIORITY = 28
"""After snippets have been put in and odd characters been taken out, before blocks of code and HTML are taken apart."""
_CONTEXT = "rendering_context"
"""Name under which Zensical tells extensions of the page and of its own configuration."""
log = logging.getLogger("imagedocs")


class ListExtension(Extension):
    """Extension `imagedocs.list`."""

    def __init__(self, **kwargs: Any) -> None:
        self.config = {
            "project": [
                "",
                "Folder with the folder catalog. Default: that of the site, or the nearest with one",
            ],
            "language": ["", "Language of the list. Default: that of the theme, or English"],
        }
        super().__init__(**kwargs)

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802  # Python-Markdown's name
        InsertedBlocks().extendMarkdown(md)
        md.preprocessors.register(_Lists(md, self.getConfigs()), "imagedocs-list", _PRIORITY)


class _Lists(Preprocessor):
    """Preprocessor that replaces the lines of a page that ask for the list."""

    def __init__(self, md: Markdown, settings: dict[str, Any]) -> None:
        super().__init__(md)
        self._settings = settings

    def run(self, lines: list[str]) -> list[str]:
        text = "\n".join(lines)
        if "imagedocs:" not in text and "[!" not in text:
            return lines
        context = _context(self.md)
        configuration: dict[str, Any] = getattr(context, "config", {})
        site = AddedSite(_project(self._settings["project"], configuration), Arguments(today()))
        place = str(getattr(getattr(context, "page", None), "path", "")) or "index.md"
        docs = configuration.get("docs_dir")
        requests, problems = site.requests(text, f"{docs}/{place}" if docs else place)
        if not requests and not problems:
            return lines
        language = self._settings["language"] or _theme_language(configuration)
        replacements: dict[int, str] = {}
        for request in requests:
            markdown, wrong = site.list_for(request, text, place, language)
            replacements[request.line] = markdown
            problems += wrong
        for problem in (*site.problems(), *problems):
            _tell(problem)
        if not requests:
            return lines
        styles = plain_styles() if context is None else list_styles().decode()
        first = min(replacements)
        stashed = self.md.htmlStash.store(f"<style>\n{styles}</style>")
        replacements[first] = f"{stashed}\n\n{replacements[first]}"
        return put_in(text, replacements).split("\n")


def _context(md: Markdown) -> object:
    """Return what Zensical says of the page; `None` in other programs."""
    found = _CONTEXT in md.preprocessors
    return md.preprocessors[_CONTEXT] if found else None


def _project(given: str, configuration: dict[str, Any]) -> Path:
    """Return the folder with the catalog."""
    root = Path(configuration.get("root_dir") or ".").resolve()
    if given:
        return (root / given).resolve()
    return next((folder for folder in (root, *root.parents) if (folder / _CATALOG).is_file()), root)


def _theme_language(configuration: dict[str, Any]) -> str:
    theme: Any = configuration.get("theme")
    return str(theme.get("language") or "en") if hasattr(theme, "get") else "en"


def _tell(problem: Problem) -> None:
    """Print a problem in the log, on one line."""
    log.warning("%s", problem)
