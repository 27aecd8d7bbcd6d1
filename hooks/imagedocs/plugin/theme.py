# pyright: standard
# MkDocs is typed in parts only.
"""Compile the theme's templates once for all languages and builds, and give them the site as `imagedocs`."""

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from imagedocs.material.templates import KIND, prepare
from imagedocs.plugin.build import Build


def prepare_theme(build: Build, config: MkDocsConfig) -> None:
    """Prepare the environment that MkDocs asks the theme for. Call it when the theme no longer changes."""
    theme, compiled = config.theme, build.reuse.templates if build.reuse else None
    make = theme.get_env

    def get_env() -> Environment:
        env = prepare(make(), compiled, PluginError, escaped=build.escaped)
        env.globals["imagedocs"] = build.view  # pyright: ignore[reportArgumentType]  # any value can be a global
        return env

    theme.get_env = get_env  # type: ignore[method-assign]  # MkDocs has no event before it is used


def keep_templates(build: Build, config: MkDocsConfig) -> None:
    """Keep the compiled templates for the next build."""
    if build.reuse is not None:
        build.reuse.templates.save(keep=(KIND,))  # others are of pages that are not made this time
