"""Add the page that says how much of the site is translated, and how well, to the site of each language."""

from functools import partial

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel

from imagedocs.freshness import render_page
from imagedocs.locales import Formats
from imagedocs.project.building import Build
from imagedocs.project.translations import status

_PLACE = "translations.md"


@event_priority(50)  # when the project's own files are laid out
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """A project that is not translated has no such page, and one that has its own keeps it."""
    this: Build = config.extra["imagedocs"]
    locales = this.project.locales
    if this.is_kept:
        return files
    tags = [locale.tag for locale in locales.published if locale in locales.translated]
    if tags and _PLACE not in files.src_uris:
        address = partial(this.href, _PLACE)
        text = render_page(status(this.project, tags), this.messages, Formats(this.locale.babel), address)
        file = File.generated(config, _PLACE, content=text, inclusion=InclusionLevel.NOT_IN_NAV)
        files.append(file)
        this.coverage = file.url
    return files
