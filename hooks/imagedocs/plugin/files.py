# pyright: standard
# MkDocs is typed in parts only.
"""Add files to a site that are no pages."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel


class PublishedFile(File):
    """File that is no page, whatever its name ends in."""

    def is_documentation_page(self) -> bool:
        return False


def published_file(config: MkDocsConfig, place: str, content: bytes) -> File:
    """Return a file of the built site at `place` with this content."""
    name = f"{place}.txt" if place.endswith(".md") else place  # that of a page may be the same
    file = PublishedFile.generated(config, name, content=content, inclusion=InclusionLevel.NOT_IN_NAV)
    file.dest_uri = place
    return file
