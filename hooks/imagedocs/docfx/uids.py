"""The uids that pages give themselves in their front matter: what `<xref:uid>` leads to besides the maps."""

from collections.abc import Callable, Mapping

from imagedocs.markdown.front_matter import read_front_matter
from imagedocs.markdown.sources import Source
from imagedocs.markdown.syntax.lines import split_front_matter

_LONGEST = 20_000
"""Front matter ends before that character."""


def page_uids(
    places: Mapping[str, str], head: Callable[[str], Source | None]
) -> Mapping[str, tuple[str, str]]:
    """Uid -> address and name, of the pages among `places` (site path -> project path); of two pages with one
    uid the first counts. `head` reads a page, or no more of it than its front matter. What is wrong with that is
    said when the page is parsed."""
    found: dict[str, tuple[str, str]] = {}
    for place, path in places.items():
        source = head(path) if path.endswith(".md") else None  # a template is not rendered for that
        text = source.text[:_LONGEST] if source else ""
        if not text.startswith("---") or "uid:" not in text:
            continue
        front_matter, _ = read_front_matter(split_front_matter(text)[0], path)
        uid, title = front_matter.get("uid"), front_matter.get("title")
        if isinstance(uid, str) and uid:
            found.setdefault(uid, (f"~/{place}", title if isinstance(title, str) and title else uid))
    return found
