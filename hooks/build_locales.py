"""Build every locale as a site of its own, in worker processes, and assemble them into one tree.

`mkdocs build` builds the default locale; workers forked before that build the others. At the end their sites
are put below it, and the finished tree takes the place of the last one in one step.
`IMAGEDOCS_LOCALE=es mkdocs build` builds one locale alone, at the same addresses.
"""

import gc
import logging
import os
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import event_priority, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation, Section

from imagedocs.forks import Fork
from imagedocs.locales import Locale
from imagedocs.problems import CannotRun
from imagedocs.project import Project
from imagedocs.project.building import Build, Part, Staging
from imagedocs.project.translations import status
from imagedocs.today import today

log = get_plugin_logger("build_locales")
root_logger = logging.getLogger(log.logger.name.partition(".")[0])
"""MkDocs' own, whose warnings `--strict` counts; ProperDocs' has another name."""


@event_priority(100)  # before all others
def on_config(config: MkDocsConfig) -> None:
    """Turn the configuration into that of one locale, and begin the others."""
    this = config.extra.get("imagedocs")  # before the first event: what the project says to the library
    if not isinstance(this, Build):  # else it is a worker's own: see _build_part
        this = config.extra["imagedocs"] = _begin(config)
        this.staging = Staging(Path(config.site_dir) / (this.locale.url if not this.others else ""))
        _collect_less()
        status(this.project)  # once for all workers: each shows the state of all translations
        for locales in this.groups(os.cpu_count() or 1):
            this.forks.append(Fork(partial(_build_parts, config, this, locales)))
        config.site_dir = str(this.staging.site)
        root_logger.addHandler(this.warnings)
    _localize(config, this)


def _collect_less() -> None:
    """Nearly all that a build makes lives until its end: looking for what does not took a tenth of its time."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 100)


def _begin(config: MkDocsConfig) -> Build:
    try:
        project = Project.load(Path(config.config_file_path).parent, today())
        alone = os.environ.get("IMAGEDOCS_LOCALE")
        locale = project.locale(alone)
    except CannotRun as error:
        raise PluginError(str(error)) from error
    others = () if alone else tuple(each for each in project.locales.published if each != locale)
    return Build(project, locale, config.site_url or "", config.use_directory_urls, others)


def _localize(config: MkDocsConfig, this: Build) -> None:
    locale, messages = this.locale, this.messages
    config.docs_dir = str(this.project.root / "docs" / locale.tag)
    if locale.url and config.site_url:
        config.site_url = f"{config.site_url}{locale.url}/"
    for key in ("site_name", "site_description", "copyright"):
        if config[key]:
            text = config[key]
            config[key] = messages.pgettext("site", text)
    palettes = config.theme.get("palette")
    for palette in palettes if isinstance(palettes, list) else ():
        toggle = palette.get("toggle")
        if toggle:
            name = toggle["name"]
            toggle["name"] = messages.pgettext("site", name)
    config.theme["language"] = locale.material
    config.extra["alternate"] = len(this.project.locales.published) > 1


def _build_parts(config: MkDocsConfig, this: Build, locales: list[Locale]) -> list[Part]:
    """In a worker: one build after the other."""
    return [_build_part(config, this, locale) for locale in locales]


def _build_part(config: MkDocsConfig, this: Build, locale: Locale) -> Part:
    assert this.staging is not None
    heard = _Heard()
    handlers: list[logging.Handler] = root_logger.handlers
    root_logger.handlers = [heard]
    try:
        own = load_config(
            config_file=config.config_file_path,
            site_dir=str(this.staging.part(locale)),
            site_url=this.base_url or None,
            use_directory_urls=config.use_directory_urls,
            strict=False,
        )
        mine = own.extra["imagedocs"] = Build(this.project, locale, this.base_url, this.directory_urls)
        build(own)
    except SystemExit as error:  # MkDocs' Abort; what was wrong has been logged
        raise CannotRun(f"{locale.tag} cannot be built: {heard.last}") from error
    finally:
        root_logger.handlers = handlers
    return Part(mine.locale_site(), mine.sampling.chosen(), tuple(heard.records))


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
    for file in list(files):
        own = file.src_dir is not None and Path(file.src_dir) == Path(config.docs_dir)
        if own and file.inclusion.is_included() and file.src_uri not in overlay.files:
            files.remove(file)  # it lies outside the project, by a symbolic link
    for place, path in overlay.files.items():
        unreadable = place.endswith(".md") and bool((source := overlay.read(path)) and source.problems)
        if unreadable:
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


def on_nav(nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Titles of sections in the reader's language; those of pages are their own."""
    messages = config.extra["imagedocs"].messages
    sections = [item for item in nav.items if isinstance(item, Section)]
    while sections:
        section = sections.pop()
        section.title = messages.pgettext("site", section.title)
        sections += [item for item in section.children if isinstance(item, Section)]


@event_priority(-100)  # when the search index and everything else is written
def on_post_build(config: MkDocsConfig) -> None:
    """Assemble the site and put it in place, unless a strict build has found something wrong."""
    this: Build = config.extra["imagedocs"]
    if this.staging is None:  # a worker: the parent does all that
        return
    root_logger.removeHandler(this.warnings)
    this.staging.assemble(this.others)
    if this.others and this.base_url:
        this.staging.write_sitemap_index(this.base_url, (this.locale, *this.others))
    if config.strict and this.warnings.count:
        log.info(f"{this.staging.final} stays as it was")
        this.staging.discard()
        return
    keep = () if this.others else tuple(each.url for each in this.project.locales if each != this.locale)
    this.staging.publish(keep)
