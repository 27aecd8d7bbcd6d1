"""Publish the JSON Schemas with the site, at `schemas/<name>.schema.json`: for editors, and readers of reports."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from imagedocs.project.building import Build
from imagedocs.schemas import published_schemas


def on_files(files: Files, config: MkDocsConfig) -> None:
    """Add them to the default locale's site, which lies at the root."""
    this: Build = config.extra["imagedocs"]
    if this.locale == this.project.locales.default:
        for name, text in published_schemas().items():
            files.append(File.generated(config, f"schemas/{name}", content=text))
