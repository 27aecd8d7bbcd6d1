"""Find the file of the project that a page of its site is made from."""

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

from imagedocs.comparing.differences import PageChange

_DOCS = "docs"


def source_finder(root: Path, base: str) -> Callable[[PageChange], str]:
    """Return a function that returns the address of the file that a page is made from, in the first locale that has
    such a file; empty if there is none. `base` is the address of the project's folder; if it is empty, all are."""

    def find(page: PageChange) -> str:
        if not base:
            return ""
        found = (path for path in _candidates(page) if (root / path).is_file())
        path = next(found, "")
        return f"{base.rstrip('/')}/{quote(path)}" if path else ""

    return find


def _candidates(page: PageChange) -> Iterator[str]:
    """Yield the paths of the files that MkDocs would make the page from."""
    stem = page.path.removesuffix(".html")
    names = [stem]
    if stem == "index" or stem.endswith("/index"):
        folder = stem.removesuffix("index")
        names += [f"{folder}README", *([folder.rstrip("/")] if folder else [])]
    for folder in (*(f"{_DOCS}/{locale.language}" for locale in page.locales if locale.language), _DOCS):
        for name in names:
            yield f"{folder}/{name}.md"
