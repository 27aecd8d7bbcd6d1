# pyright: standard
# MkDocs is typed in parts only.
"""Add files to a site that are no pages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel


class PublishedFile(File):
    """File that is no page, whatever its name ends in."""

    def is_documentation_page(self) -> bool:
        return False


class LateFile(PublishedFile):
    """File that is made when it is written, which a check of the site never does."""

    make: Callable[[], bytes]

    @property
    def content_bytes(self) -> bytes:  # type: ignore[override]  # nobody sets it
        return self.make()

    @property
    def content_string(self) -> str:  # type: ignore[override]  # likewise
        return self.make().decode()

    def copy_file(self, dirty: bool = False) -> None:
        target = Path(self.abs_dest_path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(self.make())


def published_file(config: MkDocsConfig, place: str, content: bytes | Callable[[], bytes]) -> File:
    """Return a file of the built site at `place` with this content, or with what is made when the file is written."""
    name = f"{place}.txt" if place.endswith(".md") else place  # that of a page may be the same
    if isinstance(content, bytes):
        file: File = PublishedFile.generated(
            config, name, content=content, inclusion=InclusionLevel.NOT_IN_NAV
        )
    else:
        late = LateFile.generated(config, name, content=b"", inclusion=InclusionLevel.NOT_IN_NAV)
        assert isinstance(late, LateFile)
        late.make = content
        file = late
    file.dest_uri = place
    return file


def address_of(config: MkDocsConfig) -> str:
    """Return the address of a site, with a slash at its end: mike sets that of a version without one. Empty where a site
    has none."""
    return f"{config.site_url.rstrip('/')}/" if config.site_url else ""


def is_navigation(file: File, config: MkDocsConfig) -> bool:
    """Return whether a page is a menu that mkdocs-literate-nav reads, and whose links only that understands."""
    plugin: Any = config.plugins.get("literate-nav")
    return plugin is not None and file.src_uri.rpartition("/")[2] == plugin.config.get("nav_file")
