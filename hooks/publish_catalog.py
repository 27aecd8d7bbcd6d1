"""Add the pages that are generated from the catalog: one for each image, and one that lists them all."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from imagedocs.project import CATALOG
from imagedocs.project.building import Build
from imagedocs.publishing.pages import INDEX


@event_priority(50)  # when the project's own files are laid out
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add a page for each path that the locale's files have and no file is at. Their "Edit this page" leads to the
    catalog."""
    this: Build = config.extra["imagedocs"]
    if this.is_kept:
        return files
    for path, place in this.overlay.generated.items():
        source = this.overlay.read(path)
        file: Any = File.generated(
            config, place, content=source.text if source else "", inclusion=InclusionLevel.NOT_IN_NAV
        )
        position = this.project.image_pages.position(place)
        file.edit_uri = f"../{CATALOG}" + (f"#L{position.line}" if position else "")
        files.append(file)
    return files


@event_priority(100)  # before other hooks look at pages
def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Put the pages of images below the list of all images: the menu shows it as active, and breadcrumbs lead to it."""
    this: Build = config.extra["imagedocs"]
    above = files.get_file_from_path(this.project.image_pages.place(INDEX))
    this.images_door = above.url if above else None
    for place in this.overlay.generated.values() if above else ():
        file = files.get_file_from_path(place)
        if above and file and file is not above:
            page: Any = file.page or Page(None, file, config)
            page.parent = above.page or Page(None, above, config)
