"""Build every locale as a site of its own, in worker processes, and assemble them into one tree.

`mkdocs build` builds the default locale; workers forked before that build the others. At the end their sites
are put below it, and the finished tree takes the place of the last one in one step.
`IMAGEDOCS_LOCALE=es mkdocs build` builds one locale alone, at the same addresses.
"""

import json
import logging
import os
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.utils import get_theme_dir

from imagedocs.forks import Fork
from imagedocs.garbage import collect_less
from imagedocs.locales import Locale
from imagedocs.material.templates import KIND, compile_all, prepare
from imagedocs.parts import HOOKS, parts
from imagedocs.problems import CannotRun
from imagedocs.project import Project
from imagedocs.project.building import Build
from imagedocs.project.inputs import Inputs
from imagedocs.project.keeping import Part
from imagedocs.project.staging import Staging
from imagedocs.project.translations import status
from imagedocs.project.workers import prepare_workers
from imagedocs.rendering.html import speaking_html
from imagedocs.today import today

log = get_plugin_logger("build_locales")
PLUGINS = {"imagedocs", "search", "material/search"}
"""Those that are known to depend on nothing but the project's files and the settings."""
NO_SETTINGS = {"extra", "hooks", "plugins", "site_dir", "site_url", "strict", "theme"}
"""What has no influence on a site, and what is said in other words."""

MAIN = "main.html"
"""The template of all pages that name no other."""

root_logger = logging.getLogger(log.logger.name.partition(".")[0])
"""MkDocs' own, whose warnings `--strict` counts; ProperDocs' has another name."""


@event_priority(100)  # before all others
def on_config(config: MkDocsConfig) -> None:
    """Turn the configuration into that of one locale, and begin the others."""
    this = config.extra.get("imagedocs")  # before the first event: what the project says to the library
    if not isinstance(this, Build):  # else it is a worker's own: see _build_part
        collect_less()
        this = config.extra["imagedocs"] = _begin(config)
        this.escaped = _escaped_folders(config)
        folder = Path(config.site_dir) / (this.locale.url if not this.others else "")
        this.staging = _stage(folder, this)
        status(this.project)  # once for all workers: each shows the state of all translations
        this.inputs = _inputs(config, this)
        waiting = [locale for locale in (this.locale, *this.others) if not this.take(locale)]
        if this.kept:
            log.info(f"Unchanged since the last build: {', '.join(this.kept)}")
        if len(waiting) > 1 and this.inputs is not None:
            env = prepare(config.theme.get_env(), this.templates, escaped=this.escaped)
            texts = (f"partials/languages/{locale.material}.html" for locale in waiting)
            compile_all(env, (MAIN, *config.theme.static_templates, *texts))
            this.templates.save(keep=(KIND,))  # so that no worker has anything to add
        for locale in waiting:  # once for the worker and for the checks, which are made here
            this.project.docset(locale)
        if len(waiting) > 1:
            prepare_workers(this.project)
        lanes = os.cpu_count() or 1  # a process for each locale, so that none grows with their number
        for number, locale in enumerate(each for each in waiting if each != this.locale):
            before = this.forks[number - lanes] if number >= lanes else None
            this.forks.append(Fork(partial(_build_part, config, this, locale), before))
        config.site_dir = str(this.staging.site)
        root_logger.addHandler(this.warnings)
    _localize(config, this)


def _begin(config: MkDocsConfig) -> Build:
    try:
        project = Project.load(
            Path(config.config_file_path).parent, today(), directory_urls=config.use_directory_urls
        )
        alone = os.environ.get("IMAGEDOCS_LOCALE")
        locale = project.locale(alone)
    except CannotRun as error:
        raise PluginError(str(error)) from error
    others = () if alone else tuple(each for each in project.locales.published if each != locale)
    return Build(project, locale, config.site_url or "", config.use_directory_urls, others)


def _escaped_folders(config: MkDocsConfig) -> tuple[str, ...]:
    """Return the folders of templates that print text: Material's and ours. The templates of a site that adds the
    plugin are its own, and print what they are given, as everywhere in MkDocs."""
    ours = parts().theme if "imagedocs" in config.plugins else config.theme.custom_dir
    name = config.theme.name or ""
    material = get_theme_dir(name) if name.startswith("material") else None
    return tuple(str(folder) for folder in (ours, material) if folder)


def _stage(folder: Path, this: Build) -> Staging:
    try:
        return Staging(folder, {each.url for each in this.project.locales} - {""})
    except CannotRun as error:
        raise PluginError(str(error)) from error


def _inputs(config: MkDocsConfig, this: Build) -> Inputs | None:
    """What the sites are made from; `None` when nothing may be reused: what a plugin or a hook that is not ours looks
    at is not known, `mkdocs build --clean` asks for a build from nothing, and so does IMAGEDOCS_CACHE=off."""
    command = click.get_current_context(silent=True)
    given = command.get_parameter_source("clean") if command and "clean" in command.params else None
    if given is click.core.ParameterSource.COMMANDLINE and command and command.params["clean"]:
        return None
    if os.environ.get("IMAGEDOCS_CACHE", "").lower() in ("0", "no", "off", "false"):
        return None
    if strangers := _strangers(config):
        log.info(f"Every page is built: it is not known what {', '.join(strangers)} depends on")
        return None
    settings = {name: value for name, value in config.items() if name not in NO_SETTINGS}
    settings["extra"] = {name: value for name, value in config.extra.items() if name != "imagedocs"}
    settings["plugins"] = {
        name: dict(plugin.config) for name, plugin in config.plugins.items() if isinstance(plugin, BasePlugin)
    }
    settings["theme"] = [config.theme.name, config.theme.dirs, dict(config.theme)]
    told = json.dumps([settings, this.base_url], sort_keys=True, skipkeys=True, default=_name_of)
    return Inputs(this.project, told.replace(str(this.project.root), "."))


def _strangers(config: MkDocsConfig) -> list[str]:
    """Plugins and hooks that are not ours, nor known."""
    # MkDocs has hooks among the plugins, by their paths.
    known = {*PLUGINS, *(f"{name}.py" for name in HOOKS)}
    return [name for name in config.plugins if name.rpartition("/")[2] not in known and name not in known]


def _name_of(value: object) -> str:
    return str(getattr(value, "__qualname__", type(value).__qualname__))


def _localize(config: MkDocsConfig, this: Build) -> None:
    locale, messages = this.locale, this.messages
    config.docs_dir = str(this.project.root / "docs" / locale.tag)
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
    palettes = config.theme.get("palette")
    for palette in palettes if isinstance(palettes, list) else ():
        toggle = palette.get("toggle")
        if toggle:
            name = toggle["name"]
            toggle["name"] = messages.pgettext("site", name)
    config.theme["language"] = locale.material
    config.extra["alternate"] = len(this.project.locales.published) > 1
    if this.base_url:  # where a reader's choice of colours holds
        config.extra.setdefault("scope", urlsplit(this.base_url).path or "/")


def _build_part(config: MkDocsConfig, this: Build, locale: Locale) -> Part:
    assert this.staging is not None
    heard = _Heard()
    handlers: list[logging.Handler] = root_logger.handlers
    root_logger.handlers = [heard]
    try:
        own = _own_config(config, this)
        own.site_dir = str(this.staging.part(locale))
        mine = own.extra["imagedocs"] = Build(
            this.project,
            locale,
            this.base_url,
            this.directory_urls,
            inputs=this.inputs,
            keepers=this.keepers,
            escaped=this.escaped,
        )
        mine.templates = this.templates
        build(own)
    except Abort as error:  # what was wrong has been logged
        raise CannotRun(f"{locale.tag} cannot be built: {heard.last}") from error
    finally:
        root_logger.handlers = handlers
    part = Part(mine.locale_site(), mine.sampling.chosen(), tuple(heard.records))
    mine.keep(Path(own.site_dir), part)
    return part


def _own_config(config: MkDocsConfig, this: Build) -> MkDocsConfig:
    """One that no plugin has changed yet. A process that was forked before ours did has such a one already."""
    if os.getpid() != this.process and not _strangers(config):
        config.strict = False
        return config
    return load_config(
        config_file=config.config_file_path,
        site_url=this.base_url or None,
        use_directory_urls=config.use_directory_urls,
        strict=False,
    )


class _Heard(logging.Handler):
    """Keeps what is logged in a worker, to be logged again in the order of the locales."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[tuple[int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append((record.levelno, record.getMessage()))

    @property
    def last(self) -> str:
        return self.records[-1][1] if self.records else "MkDocs does not say why"


@event_priority(100)
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Lay the locale's own files over those of its fallback chain; nothing else is part of the site."""
    this: Build = config.extra["imagedocs"]
    overlay = this.overlay
    if this.is_kept:
        return Files([])  # and what other hooks add is left out in hooks/reuse_pages.py
    for file in list(files):
        own = file.src_dir is not None and Path(file.src_dir) == Path(config.docs_dir)
        if own and file.inclusion.is_included() and file.src_uri not in overlay.files:
            files.remove(file)  # it lies outside the project, by a symbolic link
    for place, path in overlay.stored.items():
        if place.endswith(".md") and not overlay.tree.is_text(path):
            if (file := files.get_file_from_path(place)) is not None:
                files.remove(file)
            files.append(File.generated(config, place, content="", inclusion=InclusionLevel.INCLUDED))
        elif place not in files.src_uris:
            file = File.generated(config, place, abs_src_path=str(this.project.root / path))
            file.generated_by = None
            files.append(file)
        shown: Any = files.get_file_from_path(place)
        if path.startswith("docs/") and shown is not None:
            shown.edit_uri = path.removeprefix("docs/")  # in whatever language
    return files


@event_priority(-100)  # when the search index and everything else is written
def on_post_build(config: MkDocsConfig) -> None:
    """Assemble the site and put it in place, unless a strict build has found something wrong."""
    this: Build = config.extra["imagedocs"]
    if this.staging is None:  # a worker: the parent does all that
        return
    root_logger.removeHandler(this.warnings)
    if this.is_kept:
        this.staging.replace(this.locale)
    elif this.is_clean:
        this.keep(this.staging.site, Part(this.locale_site(), this.sampling.chosen(), ()))
    this.prune()
    this.staging.assemble(this.others)
    if this.others and this.base_url:
        this.staging.write_sitemap_index(this.base_url, (this.locale, *this.others))
    if config.strict and this.warnings.count:
        log.info(f"{this.staging.final} stays as it was")
        this.staging.discard()
        return
    keep = () if this.others else tuple(each.url for each in this.project.locales if each != this.locale)
    try:
        this.staging.publish(keep)
    except CannotRun as error:
        raise PluginError(str(error)) from error
