# pyright: standard
# MkDocs is typed in parts only.
"""Build each locale as a site of its own, in worker processes, and assemble the sites into one tree."""

import logging
import os
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.commands.build import build as run_mkdocs
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files, InclusionLevel

from imagedocs.build.reuse import Reuse
from imagedocs.build.site_store import BuiltSite
from imagedocs.build.site_view import SiteView
from imagedocs.build.staging import Staging
from imagedocs.build.whole_site import WholeSite
from imagedocs.garbage import collect_less
from imagedocs.incremental.reads import end_recording
from imagedocs.locales import Locale
from imagedocs.material.templates import KIND, compile_all, prepare
from imagedocs.plugin.build import Build, build_of, has_build, log, root_logger, set_build
from imagedocs.plugin.settings import escaped_folders, localize_settings, reuse_of, unknown_plugins
from imagedocs.problems import CannotRun
from imagedocs.project import Project
from imagedocs.project.headers import HEADERS, writes_headers
from imagedocs.project.translations import status
from imagedocs.today import today

MAIN = "main.html"
"""Template of all pages that name no other."""


@event_priority(100)
def begin(config: MkDocsConfig) -> None:
    """Turn the configuration into that of one locale, and begin to build the others."""
    if has_build(config):  # a worker's: see `_build_part`
        build = build_of(config)
    else:
        end_recording()  # of a build that was aborted
        collect_less()
        build = _begin(config)
        set_build(config, build)
        whole = build.whole
        assert whole is not None
        waiting = [locale for locale in whole.locales if not whole.take(locale)]
        if whole.unchanged:
            log.info(f"Unchanged since the last build: {', '.join(whole.unchanged)}")
        if waiting:
            status(build.project)  # once for all workers: each shows the state of all translations
        if len(waiting) > 1 and whole.reuse is not None:
            _compile_templates(config, build, whole.reuse, waiting)
        for locale in waiting:  # once for the worker and for the checks, which are made here
            build.project.docset(locale)
        if len(waiting) > 1:
            from imagedocs.build.workers import prepare_workers  # here: it loads the parser

            prepare_workers(build.project, whole.reuse)
        others = [locale for locale in waiting if locale != build.locale]
        process = os.getpid()
        whole.build_others(others, partial(_build_part, config, build, process), os.cpu_count() or 1)
        config.site_dir = str(whole.staging.site)
        root_logger.addHandler(build.gathered.warnings)
        if whole.reuse is not None and not whole.is_unchanged:
            build.gathered.reads = whole.reuse.begin()
    localize_settings(config, build)


def _begin(config: MkDocsConfig) -> Build:
    plain = config.use_directory_urls
    try:
        project = Project.load(Path(config.config_file_path).parent, today(), directory_urls=plain)
        alone = os.environ.get("IMAGEDOCS_LOCALE")
        locale = project.locale(alone)
        others = () if alone else tuple(each for each in project.locales.published if each != locale)
        folder = Path(config.site_dir) / (locale.url if alone else "")
        late = [HEADERS] if writes_headers(project) else []
        staging = Staging(folder, {each.url for each in project.locales} - {""}, late)
    except CannotRun as error:
        raise PluginError(str(error)) from error
    base_url = config.site_url or ""
    reuse = reuse_of(config, project, base_url)
    whole = WholeSite(project, locale, others, staging, reuse)
    return Build(project, SiteView(project, locale, base_url, plain), escaped_folders(config), whole, reuse)


def _compile_templates(config: MkDocsConfig, build: Build, reuse: Reuse, waiting: Iterable[Locale]) -> None:
    """Compile the theme's templates before workers begin, so that no worker has to."""
    env = prepare(config.theme.get_env(), reuse.templates, escaped=build.escaped)
    texts = (f"partials/languages/{locale.material}.html" for locale in waiting)
    compile_all(env, (MAIN, *config.theme.static_templates, *texts))
    reuse.templates.save(keep=(KIND,))


def _build_part(config: MkDocsConfig, main: Build, process: int, locale: Locale) -> BuiltSite:
    """Build one of the other locales. `process` is the number of the process that started the build `main`."""
    assert main.whole is not None
    reuse, folder = main.reuse, main.whole.staging.part(locale)
    heard = _Heard()
    handlers: list[logging.Handler] = root_logger.handlers
    root_logger.handlers = [heard]
    try:
        own = config
        if os.getpid() == process or unknown_plugins(config):  # else no plugin has changed it yet
            own = load_config(
                config_file=config.config_file_path,
                site_url=main.view.base_url or None,
                use_directory_urls=config.use_directory_urls,
            )
        own.strict = False
        own.site_dir = str(folder)
        view = SiteView(main.project, locale, main.view.base_url, main.view.directory_urls)
        build = Build(main.project, view, main.escaped, reuse=reuse)
        set_build(own, build)
        if reuse is not None:
            build.gathered.reads = reuse.begin()
        run_mkdocs(own)
    except Abort as error:  # what was wrong has been logged
        raise CannotRun(f"{locale.tag} cannot be built: {heard.last}") from error
    finally:
        root_logger.handlers = handlers
    built = build.built_site(tuple(heard.records))
    if reuse is not None:
        reuse.end()
        reuse.keep(locale, folder, built, build.pages, build.gathered.reads)
    return built


class _Heard(logging.Handler):
    """Handler that keeps the messages of a worker, to be logged again in the order of the locales."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[tuple[int, str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the level and the text of a record."""
        self.records.append((record.levelno, record.getMessage()))

    @property
    def last(self) -> str:
        """Text of the last record."""
        return self.records[-1][1] if self.records else "MkDocs does not say why"


def lay_out_files(build: Build, files: Files, config: MkDocsConfig) -> Files:
    """Lay the locale's own files over those of its fallback chain; nothing else is part of the site."""
    overlay = build.overlay
    if build.is_unchanged:
        return Files([])
    for file in list(files):
        own = file.src_dir is not None and Path(file.src_dir) == Path(config.docs_dir)
        if own and file.inclusion.is_included() and file.src_uri not in overlay.files:
            files.remove(file)  # it lies outside the project, by a symbolic link
    for place, path in overlay.stored.items():
        folder, slash, name = place.rpartition("/")
        if name == "README.md" and f"{folder}{slash}index.md" in overlay.stored:
            continue  # both have one address, and MkDocs shows the other one
        overlay.tree.digest(path)  # MkDocs reads it by itself
        if place.endswith(".md") and not overlay.tree.is_text(path):
            if (file := files.get_file_from_path(place)) is not None:
                files.remove(file)
            files.append(File.generated(config, place, content="", inclusion=InclusionLevel.INCLUDED))
        elif place not in files.src_uris:
            file = File.generated(config, place, abs_src_path=str(build.project.root / path))
            file.generated_by = None
            files.append(file)
        shown: Any = files.get_file_from_path(place)
        if path.startswith("docs/") and shown is not None:
            shown.edit_uri = path.removeprefix("docs/")  # in whatever language
    return files


def leave_nothing_to_make(build: Build, files: Files, config: MkDocsConfig) -> Files:
    """Leave MkDocs nothing to make where the whole site is that of an earlier build."""
    if not build.is_unchanged:
        return files
    config.nav = []
    config.theme.static_templates.clear()
    config.extra_templates.clear()
    return Files([])


def end_site(build: Build, config: MkDocsConfig) -> None:
    """Stop recording what the site is made from, because all of it is written."""
    if (reuse := build.reuse) is not None:
        reuse.end()


def publish(build: Build, config: MkDocsConfig) -> None:
    """Assemble the sites and put them in place, unless a strict build has found something wrong."""
    whole = build.whole
    if whole is None:  # a worker
        return
    warnings = build.gathered.warnings
    root_logger.removeHandler(warnings)
    headers = whole.headers(build.view.base_url)
    if whole.is_unchanged:
        whole.staging.replace(build.locale)
    elif whole.is_clean and whole.reuse is not None:
        whole.reuse.keep(
            build.locale, whole.staging.site, build.built_site(), build.pages, build.gathered.reads
        )
    if whole.reuse is not None:
        whole.reuse.whole.save()
        whole.reuse.prune()
    whole.staging.assemble(whole.others)
    if whole.others and build.view.base_url:
        whole.staging.write_sitemap_index(build.view.base_url, whole.locales)
    if headers:
        whole.staging.write(HEADERS, headers)
    if config.strict and warnings.count:
        log.info(f"{whole.staging.final} stays as it was")
        whole.staging.discard()
        return
    keep = () if whole.others else tuple(each.url for each in build.project.locales if each != build.locale)
    try:
        whole.staging.publish(keep)
    except CannotRun as error:
        raise PluginError(str(error)) from error
