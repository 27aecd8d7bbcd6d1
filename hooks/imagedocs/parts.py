"""Where the parts of imagedocs lie that are no Python of the library: in an installed package beside it, in a
checkout where they are written."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HOOKS = ("localize_site", "render_list", "publish_catalog", "check_links", "check_images")
"""Names of the hooks, in the order in which they are called; `mkdocs.yml` of a checkout names the same."""

IMAGE_TEMPLATE = "includes/image.md.j2"
"""Project path of the template of the page of an image."""
INDEX_TEMPLATE = "includes/image-index.md.j2"
"""Project path of the template of the page that lists all images."""
CHANGES_TEMPLATE = "includes/changes.md.j2"
"""Project path of the template of the page that says what changed."""
DAY_TEMPLATE = "includes/list-of-day.md.j2"
"""Project path of the template of the page with the list as it stood on a day."""
PAGE_TEMPLATES = (IMAGE_TEMPLATE, INDEX_TEMPLATE, CHANGES_TEMPLATE, DAY_TEMPLATE)
"""Templates of generated pages. They stand for pages, and are no fragments for pages to include."""
LIST_TEMPLATE = "images.md.j2"
"""Name of the template of the list in a new project, and in an installed package."""


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
    list_template: Path
    """Template of this project's own list, from which a new project's is made."""


@cache
def parts() -> Parts:
    """Those of this imagedocs (`pyproject.toml` says what a package takes along)."""
    library = Path(__file__).parent
    if (library / "hooks").is_dir():
        templates = library / "templates"
        return Parts(
            library / "hooks",
            library / "theme",
            library / "translations",
            templates,
            templates / LIST_TEMPLATE,
        )
    checkout = library.parents[1]
    includes = checkout / "includes"
    (own_list,) = (path for path in includes.glob("*.md.j2") if f"includes/{path.name}" not in PAGE_TEMPLATES)
    return Parts(checkout / "hooks", includes / "theme", checkout / "locales", includes, own_list)


TABLES = "{# tables #}\n"
"""Stands in `list_template` for the tables of a list."""
_OWN = re.compile(r"\{# own\b.*?#\}\n.*?\{# end of own #\}\n", re.DOTALL)


@cache
def list_template() -> str:
    """Return the template of this project's own list without what is about its images alone: sentences, and tables with
    its columns."""
    text = parts().list_template.read_text("utf-8")
    return _OWN.sub("", _OWN.sub(lambda _: TABLES, text, count=1))
