# pyright: standard
# MkDocs is typed in parts only.
"""Preview the site: after a save, make only the pages that the save has changed.

MkDocs builds the whole site after each save. This module keeps the last sites in memory, with the record of what each
page was made from. If a save changes only the content of pages, those pages are made again in all languages, and
written into the site that is served. After any other save that doesn't add or remove files or change settings, the
pages that are open in a browser are made first. When there was no save for a moment, a whole build follows, which
updates the search, the state of the translations and the problems.
"""

import os
import threading
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files, InclusionLevel
from mkdocs.structure.nav import Navigation

from imagedocs.files.tree import Tree
from imagedocs.incremental.interruption import Interrupted, interrupted_by
from imagedocs.incremental.reads import Question, end_recording, forget, remembered_answers
from imagedocs.plugin import cached_pages, pages
from imagedocs.plugin.build import Build, Live, build_of, log, on_new_build, root_logger

if TYPE_CHECKING:
    from mkdocs.livereload import LiveReloadServer

_WATCH = "IMAGEDOCS_WATCH"
"""Environment variable. The value `poll` makes the server look for changes as MkDocs does, for disks that report none,
such as some that containers mount."""
_QUIET = 1.0
"""Seconds without a save after which the whole build follows."""
_MAX_OPEN = 3
"""Number of the pages requested last that are made first."""


def keep_alive(build: Build, nav: Navigation, config: MkDocsConfig, files: Files) -> None:
    """Keep the objects from which MkDocs makes pages."""
    if not build.is_unchanged:
        pages_of_nav = ((file.src_uri, file.page) for file in files.documentation_pages() if file.page)
        titles = {place: vars(page)["title"] for place, page in pages_of_nav if "title" in vars(page)}
        build.live = Live(config, files, nav, titles=titles)


def keep_environment(build: Build, env: Any, config: MkDocsConfig, files: Files) -> None:
    """Keep the environment of the theme's templates."""
    if build.live is not None:
        build.live.env = env


def serve(
    server: "LiveReloadServer", config: MkDocsConfig, builder: Callable[[], None]
) -> "LiveReloadServer":
    """Make the server build only what a save has changed, and learn of saves from the system instead of polling."""
    build = build_of(config)
    if os.environ.get(_WATCH, "").lower() != "poll":
        from imagedocs.plugin.watching import watch_by_events  # here: a build needs no server

        watch_by_events(server, build.project.root)
    preview = _Preview(server, builder, build)
    server.builder = preview.build
    server.set_app(preview.answer)
    return server


class _Preview:
    """Sites that are served, and the way in which they are updated."""

    def __init__(self, server: "LiveReloadServer", builder: Callable[[], None], build: Build) -> None:
        self._server = server
        self._build_all = builder
        self._answer = server.get_app() or server.serve_request
        self._open: dict[str, None] = {}
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._builds: list[Build] = [build]
        """Builds of the sites that are served."""
        self._next: list[Build] = []
        """Builds of the sites that are being made."""
        self._is_saved = False
        """True while a save waits to be shown."""
        on_new_build(self._note_build)

    def answer(self, environ: Any, start_response: Any) -> Any:
        """Answer a request, and remember which page is open."""
        path = str(environ.get("PATH_INFO", ""))
        if not path.startswith("/livereload/"):
            self._note(path.encode("latin-1").decode("utf-8", "replace"))
        return self._answer(environ, start_response)

    def _note(self, path: str) -> None:
        if path.endswith(("/", ".html")):
            self._open.pop(path, None)
            self._open[path] = None
            while len(self._open) > _MAX_OPEN:
                self._open.pop(next(iter(self._open)))

    def _note_build(self, build: Build) -> None:
        self._next.append(build)

    def build(self) -> None:
        """Make the pages that the last save has changed, and start the whole build after that."""
        if self._timer is not None:
            self._timer.cancel()
        self._is_saved = True
        with self._lock:
            self._is_saved = False
            start = time.monotonic()
            try:
                count = self._update()
            except Exception:  # noqa: BLE001  # the whole build says what is wrong with the page
                count = 0
            finally:
                end_recording()
            if not count:
                self._build_whole()
                return
            pages_made = "1 page" if count == 1 else f"{count} pages"
            log.info(f"Made {pages_made} in {time.monotonic() - start:.2f} seconds; the whole build follows")
            self._timer = threading.Timer(_QUIET, self._follow)
            self._timer.daemon = True
            self._timer.start()

    def _follow(self) -> None:
        """Build everything. If a save comes meanwhile, abort the build, which then follows later."""
        with self._lock, interrupted_by(self._has_save):
            try:
                self._build_whole()
            except Interrupted:
                log.debug("the whole build waits for a save")
            except Exception:  # noqa: BLE001  # what is wrong was logged, and the next save tries again
                log.debug("the whole build failed", exc_info=True)

    def _has_save(self) -> bool:
        return self._is_saved or self._server._want_rebuild

    def _build_whole(self) -> None:
        self._next = []
        try:
            self._build_all()
        except BaseException:
            for build in self._next:
                root_logger.removeHandler(build.gathered.warnings)
                if build.whole is not None:
                    build.whole.staging.discard()
            raise
        self._builds = self._next

    def _update(self) -> int:
        """Make the pages that a save has changed, and return their number; 0 if only a whole build can do it."""
        main = next((build for build in self._builds if build.whole is not None), None)
        if main is None or main.whole is None or main.reuse is None:
            return 0
        tree = main.project.tree.again()
        changed = _changed(main, tree)
        if not all(kind in ("file", "raw", "front") and _may_change(path) for kind, path in changed):
            return 0
        main.project.tree.become(tree)
        _forget(main, changed)
        live = {
            build.locale.tag: build for build in self._builds if build.live and build.live.env and build.pages
        }
        if all(_is_text(path) and kind != "front" for kind, path in changed):
            others = (each for each in main.whole.locales if each.tag not in live)
            if any(main.whole.depends_on(each, changed) for each in others):
                return 0
            wanted = [(build, _dependents(build, changed)) for build in live.values()]
            is_text = True
        else:
            wanted = [(live[tag], [place]) for tag, place in self._open_pages(main) if tag in live]
            is_text = False
        count = 0
        for build, places in wanted:
            alone = not main.whole.others
            folder = main.whole.staging.final if alone else main.whole.staging.published(build.locale)
            if not _update_pages(build, places, folder, is_text=is_text):
                return 0
            count += len(places)
        return count

    def _open_pages(self, main: Build) -> Iterable[tuple[str, str]]:
        """Yield tag of the locale and site path of the pages that were requested last, the newest first."""
        assert main.whole is not None
        root = urlsplit(main.view.base_url).path or "/"
        by_folder = {each.url: each for each in main.whole.locales}
        for address in reversed(self._open):
            path = unquote(address).removeprefix(root).removeprefix("/")
            folder, _, rest = path.partition("/")
            locale = by_folder.get(folder)
            if locale is None or not locale.url:
                locale, rest = by_folder.get(""), path
            file = f"{rest}index.html" if not rest or rest.endswith("/") else rest
            if locale is not None:
                for build in self._builds:
                    if build.locale == locale and build.live is not None:
                        found = (
                            each for each in build.live.files.documentation_pages() if each.dest_uri == file
                        )
                        yield from ((locale.tag, each.src_uri) for each in found)


def _may_change(path: str) -> bool:
    """Return whether a file may change without changing which pages there are and how the site is built."""
    return path.startswith(("docs/", "includes/", "catalog/", "locales/")) and path != "locales/locales.yaml"


def _is_text(path: str) -> bool:
    """Return whether a file is that of a page, or of a text that pages include."""
    return path.endswith(".md") and path.startswith(("docs/", "includes/"))


def _changed(main: Build, tree: Tree) -> set[Question]:
    """Return the recorded questions about files whose answer has changed."""
    assert main.whole is not None
    asked = remembered_answers(main.project)
    for locale in main.project.locales:
        asked.update(remembered_answers(main.project.overlay(locale)))
    for locale in main.whole.locales:
        asked.update(main.whole.records.get(locale.tag, {}))
    answerers = tree.answerers()
    return {
        question
        for question, answer in asked.items()
        if question[0] in answerers and answerers[question[0]](question[1]) != answer
    }


def _forget(main: Build, changed: Collection[Question]) -> None:
    """Forget results that were made from something that has changed."""
    for locale in main.project.locales:
        forget(main.project.overlay(locale), changed)
    forget(main.project, changed)
    forget(main.project.tree, changed)
    main.project.cache.refresh()


def _dependents(build: Build, changed: Collection[Question]) -> list[str]:
    """Return the site paths of the pages that were made from something that has changed."""
    assert build.pages is not None
    tag, paths = build.locale.tag, {path for _, path in changed}
    own = {place for place, path in build.overlay.files.items() if path in paths}
    asked = [("source", f"{tag}\n{path}") for path in paths]
    return sorted(own | build.pages.cache.made_from("page", asked))


def _update_pages(build: Build, places: Collection[str], folder: Path, *, is_text: bool) -> bool:
    """Make pages of a site again and write them into the `folder` that is served; return whether no other page has to
    be made too. `is_text` is true if only the text of pages and of the files that they include has changed."""
    live = build.live
    if not places:
        return True
    assert live is not None
    assert live.env is not None
    assert build.pages is not None
    config, files = live.config, live.files
    build.pages.cache.refresh()
    build.forget_fragments()
    if not is_text:
        pages.install_sentences(build, live.env)
        cached_pages.open_templates(build, live.env, config, files)
    documents = files.documentation_pages(inclusion=InclusionLevel.is_in_serve)
    for place in places:
        file = files.get_file_from_path(place)
        page: Any = file.page if file is not None else None
        if file is None or page is None:
            return False
        title, meta = page.title, page.meta
        if place in build.overlay.generated.values():
            source = build.overlay.read(f"docs/{build.locale.tag}/{place}")
            file._content = source.text if source else ""  # type: ignore[attr-defined]  # as File.generated sets it
        vars(page).pop("title", None)
        if place in live.titles:
            page.title = live.titles[place]
        build.gathered.documents.drop(place)
        _populate_page(page, config, files)
        pages.write_as_html(build, page)
        if (str(page.title), repr(page.meta)) != (str(title), repr(meta)):
            return False  # menus show them, too
        file.dest_dir = str(folder)
        vars(file).pop("abs_dest_path", None)  # MkDocs has kept where the file was built
        with suppress(OSError):  # it may share its place on the disk with the site that is kept
            os.unlink(file.abs_dest_path)
        _build_page(page, config, documents, live.nav, live.env)
    return True
