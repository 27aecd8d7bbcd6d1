"""Where the parts of imagedocs lie that are no Python of the library: in an installed package beside it, in a
checkout where they are written."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

HOOKS = (
    "end_cleanly",
    "build_locales",
    "apply_docfx",
    "link_languages",
    "render_pages",
    "remember_menus",
    "remember_templates",
    "reuse_pages",
    "index_search",
    "publish_catalog",
    "publish_schemas",
    "report_coverage",
    "report_problems",
)
"""In the order in which they are called; `mkdocs.yml` of a checkout names the same."""

IMAGE_TEMPLATE = "includes/image.md.j2"
"""Project path of the template of the page of an image."""
INDEX_TEMPLATE = "includes/image-index.md.j2"
"""Project path of the template of the page that lists all images."""
PAGE_TEMPLATES = (IMAGE_TEMPLATE, INDEX_TEMPLATE)
"""Templates of generated pages. They stand for pages, and are no fragments for pages to include."""


@dataclass(frozen=True, slots=True)
class Parts:
    hooks: Path
    """What MkDocs calls."""
    theme: Path
    """What Material's templates do not do, with styles and scripts."""
    translations: Path
    """The library's own sentences: `<babel id>/LC_MESSAGES/messages.po`."""
    templates: Path
    """Templates of generated pages, for projects that have none of their own."""


@cache
def parts() -> Parts:
    """Those of this imagedocs (`pyproject.toml` says what a package takes along)."""
    library = Path(__file__).parent
    if (library / "hooks").is_dir():
        return Parts(library / "hooks", library / "theme", library / "translations", library / "templates")
    checkout = library.parents[1]
    return Parts(
        checkout / "hooks", checkout / "includes" / "theme", checkout / "locales", checkout / "includes"
    )
