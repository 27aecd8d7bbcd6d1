"""Names that a page can be completed with: files, anchors, images and their tags."""

import posixpath
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from imagedocs.catalog.images import Status
from imagedocs.catalog_files import CatalogFiles


@dataclass(frozen=True, slots=True)
class Images:
    """Images that pages can name."""

    tags: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Name of each repository -> its tags, newest first as far as their names say so."""

    @classmethod
    def of(cls, files: CatalogFiles) -> "Images":
        """Return the images of the catalog and of the record of tags, without those that are withdrawn."""
        found: dict[str, set[str]] = {}
        for image in files.catalog.images:
            for reference in image.references:
                found.setdefault(reference.name, set()).update({reference.tag} if reference.tag else ())
        for name, repository in files.manifest.by_name.items() if files.manifest else ():
            if repository.exists:
                found.setdefault(name, set()).update(repository.tags)
        for name in [*found]:
            images = files.catalog.of_repository(name)
            if images and all(each.status_on(files.as_of) is Status.REMOVED for each in images):
                del found[name]
            elif name in found:
                found[name] -= {tag for tag in found[name] for each in images if each.known_issue(tag)}
        return cls({name: tuple(sorted(tags, reverse=True)) for name, tags in sorted(found.items())})


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Files that a page can name, by the paths that links in it begin from."""

    page: str
    """Path of the page among `files`."""
    files: Mapping[str, str]
    """Path of each file -> its project path."""
    anchors: Mapping[str, Iterable[str]] = field(default_factory=dict[str, Iterable[str]])
    """Path of each page among `files` -> its ids."""
    fragments: tuple[str, ...] = ()
    """Project paths of the files that a page can take in."""
    folder: str = ""
    """Project path of the folder that `page` is relative to."""

    def relative(self, path: str) -> str:
        """Return how the page names a file."""
        return posixpath.relpath(path, posixpath.dirname(self.page) or ".")

    def target(self, written: str) -> str:
        """Return the path of the file that a link in the page leads to."""
        if not written:
            return self.page
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.page), written))
