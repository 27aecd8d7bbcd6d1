# pyright: standard
# MkDocs is typed in parts only.
"""Read the configuration of MkDocs: say what a build depends on, and turn it into that of each locale."""

import json
import os
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import BasePlugin
from mkdocs.utils import get_theme_dir

from imagedocs.build.reuse import Reuse
from imagedocs.incremental.reads import digest_of_bytes
from imagedocs.parts import HOOKS, parts
from imagedocs.plugin.build import Build, log
from imagedocs.project import Project
from imagedocs.rendering.html import speaking_html

_KNOWN_PLUGINS = {"imagedocs", "search", "material/search"}
"""Plugins that are known to depend on nothing but the project's files and the settings."""
_EXTENSIONS = frozenset(
    [
        "imagedocs.markdown",
        "abbr",
        "admonition",
        "attr_list",
        "codehilite",
        "def_list",
        "extra",
        "fenced_code",
        "footnotes",
        "legacy_attrs",
        "legacy_em",
        "md_in_html",
        "meta",
        "nl2br",
        "sane_lists",
        "smarty",
        "tables",
        "toc",
        "wikilinks",
    ]
)
"""Markdown extensions, ours and those of Python-Markdown itself, that read no files
(https://python-markdown.github.io/extensions/)."""
_READERS = ("pymdownx.b64", "pymdownx.snippets")
"""Extensions of PyMdown that read files (https://facelessuser.github.io/pymdown-extensions/)."""
_NO_SETTINGS = {"extra", "hooks", "plugins", "site_dir", "site_url", "strict", "theme"}
"""Settings that don't influence a site, and those that are compared in another form."""


def reuse_of(config: MkDocsConfig, project: Project, base_url: str) -> Reuse | None:
    """Return the results of earlier builds; `None` when none may be reused: it isn't known what another's plugin or
    hook depends on, and `mkdocs build --clean` and IMAGEDOCS_CACHE=off ask for a build from nothing."""
    command = click.get_current_context(silent=True)
    given = command.get_parameter_source("clean") if command and "clean" in command.params else None
    if given is click.core.ParameterSource.COMMANDLINE and command and command.params["clean"]:
        return None
    if os.environ.get("IMAGEDOCS_CACHE", "").lower() in ("0", "no", "off", "false"):
        return None
    if unknown := [*unknown_plugins(config), *_unknown_extensions(config)]:
        log.info(f"Every page is built: it is not known what {', '.join(unknown)} depends on")
        return None
    custom = config.theme.custom_dir
    if custom and project_path(config, custom) is None:
        log.info(f"Every page is built: theme.custom_dir is outside the project, in {custom}")
        return None
    settings = {name: value for name, value in config.items() if name not in _NO_SETTINGS}
    settings["extra"] = dict(config.extra)
    settings["plugins"] = {
        name: dict(plugin.config) for name, plugin in config.plugins.items() if isinstance(plugin, BasePlugin)
    }
    settings["theme"] = [config.theme.name, config.theme.dirs, dict(config.theme)]
    modules: Any = config.hooks  # by their paths, though MkDocs says that it is a list
    hooks = [digest_of_bytes(Path(hook.__file__).read_bytes()) for hook in modules.values()]
    told = json.dumps([settings, hooks, base_url], sort_keys=True, skipkeys=True, default=_name_of)
    told = told.replace(str(project.root), ".")
    return Reuse(project, told, f"{base_url} {config.use_directory_urls}")


def project_path(config: MkDocsConfig, folder: str) -> str | None:
    """Return the project path of a folder, wherever links lead; `None` for one outside the project."""
    root = os.path.dirname(os.path.abspath(config.config_file_path))
    path = os.path.relpath(os.path.abspath(folder), root).replace(os.sep, "/")
    return None if path == ".." or path.startswith("../") else path


def unknown_plugins(config: MkDocsConfig) -> list[str]:
    """Return the names of plugins and hooks that are neither ours nor known."""
    # MkDocs has hooks among the plugins, by their paths.
    known = {*_KNOWN_PLUGINS, *(f"{name}.py" for name in HOOKS)}
    return [name for name in config.plugins if name.rpartition("/")[2] not in known and name not in known]


def _unknown_extensions(config: MkDocsConfig) -> list[str]:
    """Return the names of Markdown extensions that may read files, including all unknown ones."""

    def is_known(name: str) -> bool:
        if name.startswith("pymdownx."):
            return name not in _READERS
        return name.removeprefix("markdown.extensions.") in _EXTENSIONS

    return [name for name in config.markdown_extensions if not is_known(name)]


def _name_of(value: object) -> str:
    if isinstance(value, partial):  # a function for slugs, with its options
        return f"{_name_of(value.func)} {value.args} {sorted(value.keywords.items())}"
    return str(getattr(value, "__qualname__", type(value).__qualname__))


def escaped_folders(config: MkDocsConfig) -> tuple[str, ...]:
    """Return the folders of templates whose output is escaped: Material's and ours. The templates of a site that adds
    the plugin are its own, and print values unescaped, as everywhere in MkDocs."""
    ours = parts().theme if "imagedocs" in config.plugins else config.theme.custom_dir
    name = config.theme.name or ""
    material = get_theme_dir(name) if name.startswith("material") else None
    return tuple(str(folder) for folder in (ours, material) if folder)


def localize_settings(config: MkDocsConfig, build: Build) -> None:
    """Turn the configuration into that of the build's locale."""
    locale, messages = build.locale, build.messages
    config.docs_dir = str(build.project.root / "docs" / locale.tag)
    if locale.url and config.site_url:
        config.site_url = f"{config.site_url}{locale.url}/"
    config.extra["site_name"] = config.site_name
    for key in ("site_name", "site_description", "copyright"):
        if config[key]:
            text = config[key]
            config[key] = messages.pgettext("site", text)
            if (
                key == "copyright" and config[key] != text
            ):  # HTML, by MkDocs' convention: not that of a translation
                config[key] = str(speaking_html(messages.pgettext)("site", text))
    palettes: Any = config.theme.get("palette")
    for palette in palettes if isinstance(palettes, list) else ():
        toggle = palette.get("toggle")
        if toggle:
            name = toggle["name"]
            toggle["name"] = messages.pgettext("site", name)
    config.theme["language"] = locale.material
    config.extra["alternate"] = len(build.project.locales.published) > 1
    if build.view.base_url:  # where a reader's choice of colours holds
        config.extra.setdefault("scope", urlsplit(build.view.base_url).path or "/")
