"""Let the theme's templates be those that are compiled once for all languages and builds."""

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority

from imagedocs.material.templates import KIND, prepare
from imagedocs.project.building import Build


@event_priority(-100)  # the theme is as it will be
def on_config(config: MkDocsConfig) -> None:
    """Prepare the environment that MkDocs asks the theme for."""
    theme, this = config.theme, config.extra["imagedocs"]
    make = theme.get_env
    kept = this.templates if this.inputs is not None else None
    theme.get_env = lambda: prepare(make(), kept, PluginError, escaped=this.escaped)  # type: ignore[method-assign]  # MkDocs has no event before it is used


@event_priority(-100)
def on_post_build(config: MkDocsConfig) -> None:
    """Keep what has been compiled."""
    this: Build = config.extra["imagedocs"]
    this.templates.save(keep=(KIND,))  # others are of pages that are not made this time
