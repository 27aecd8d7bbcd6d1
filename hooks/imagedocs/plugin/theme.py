# pyright: standard
# MkDocs is typed in parts only.
"""Let the theme's templates be those that are compiled once for all languages and builds, and know the site."""

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from imagedocs.material.templates import KIND, prepare
from imagedocs.plugin.build import Build


def prepare_theme(build: Build, config: MkDocsConfig) -> None:
    """Prepare the environment that MkDocs asks the theme for. To be called when the theme is as it will be."""
    theme, compiled = config.theme, build.reuse.templates if build.reuse else None
    make = theme.get_env

    def get_env() -> Environment:
        env = prepare(make(), compiled, PluginError, escaped=build.escaped)
        env.globals["imagedocs"] = build.view  # pyright: ignore[reportArgumentType]  # any value can be a global
        return env

    theme.get_env = get_env  # type: ignore[method-assign]  # MkDocs has no event before it is used


def keep_templates(build: Build, config: MkDocsConfig) -> None:
    """Keep the templates that have been compiled."""
    if build.reuse is not None:
        build.reuse.templates.save(keep=(KIND,))  # others are of pages that are not made this time
