"""Publish what the catalog knows: a page for each image, one that lists them all, the state of the translations, and
files for programs."""

from mkdocs.plugins import CombinedEvent

from imagedocs.plugin import generated
from imagedocs.plugin.build import at

on_files = CombinedEvent(
    at(50, generated.add_catalog_pages),  # when the project's own files are laid out
    at(50, generated.add_coverage_page),
    at(0, generated.add_published_files),
)

on_nav = at(100, generated.place_below_list)  # before others look at pages
