"""Read a project: its settings, languages, catalog and record, and the files as each language sees them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from imagedocs.catalog_files import CatalogFiles
from imagedocs.docfx.config import find_config, read_config
from imagedocs.docfx.metadata import Metadata
from imagedocs.docfx.redirections import NAMES as REDIRECTIONS
from imagedocs.docfx.redirections import Redirection, read_redirections
from imagedocs.docfx.repositories import NAME as REPOSITORIES
from imagedocs.docfx.repositories import read_repositories
from imagedocs.files.overlay import Overlay
from imagedocs.files.places import SingleLanguage
from imagedocs.files.reading import read_source
from imagedocs.files.tree import REDIRECTIONS as REDIRECTION_LISTS
from imagedocs.files.tree import Tree
from imagedocs.incremental.arguments import Arguments
from imagedocs.incremental.cache import Cache
from imagedocs.incremental.reads import glob, is_file, remembered
from imagedocs.locales import (
    TEMPLATE_PATH,
    Glossary,
    Locale,
    LocaleRegistry,
    Messages,
    load_glossary,
    load_locales,
    messages_of,
    read_message_file,
    read_message_files,
)
from imagedocs.locales.catalog_texts import CATALOG_PATH
from imagedocs.locales.po import PoFile
from imagedocs.markdown.sources import Source
from imagedocs.problems import CannotRun, Problem, Rule
from imagedocs.project import dates
from imagedocs.project.catalog_pages import catalog_pages_of, change_pages_of, image_pages_of
from imagedocs.project.docset import DocSet, read_docset
from imagedocs.project.page_options import page_options
from imagedocs.project.published import published_elsewhere, published_places
from imagedocs.project.settings import Settings, load_settings
from imagedocs.project.templates import generate_page, render_template
from imagedocs.publishing import ChangePages, ImagePages


class Project(CatalogFiles):
    """Project in a folder, as its files describe it. Each file is read once, when it is first asked for."""

    def __init__(
        self, root: Path, arguments: Arguments, tree: Tree | None = None, cache: Cache | None = None
    ) -> None:
        """Describe the project in the folder `root`. `tree` has the files that the caller has looked at already, and
        `cache` results of earlier runs."""
        super().__init__(root, arguments)
        self.tree = tree or Tree(root)
        """Files of the project, each looked at once in a run."""
        self.cache = cache or Cache()

    def answerers(self) -> dict[str, Callable[[str], str]]:
        """Return the functions that answer the questions which results ask of the project, for `Cache.answer_by`."""
        return {**self.tree.answerers(), **self.arguments.answerers(), **dates.answerers(self)}

    @classmethod
    def load(
        cls,
        root: Path,
        as_of: date,
        *,
        directory_urls: bool | None = None,
        tree: Tree | None = None,
        cache: Cache | None = None,
    ) -> "Project":
        """Return the project in `root`, which has `mkdocs.yml`, or a catalog in a site that is configured otherwise; see
        `Arguments` and `Project`. Raises CannotRun when there is neither."""
        root = root.resolve()
        if not is_file(root, "mkdocs.yml") and not is_file(root, CATALOG_PATH):
            raise CannotRun(f"there is no mkdocs.yml in {root}; go to the project, or name it with --project")
        return cls(root, Arguments(as_of, directory_urls), tree, cache)

    @property
    @remembered
    def settings(self) -> Settings:
        """Settings in `mkdocs.yml` that the library uses."""
        settings = load_settings(self.root)
        self.arguments.note("directory_urls")
        if self.arguments.directory_urls is None:
            return settings
        return replace(settings, directory_urls=self.arguments.directory_urls)

    @property
    def locales(self) -> LocaleRegistry:
        """Languages of the site."""
        return self._locales[0]

    @property
    @remembered
    def _locales(self) -> tuple[LocaleRegistry, tuple[Problem, ...]]:
        locales, problems = load_locales(self.root)
        return locales, tuple(problems)

    @property
    def glossary(self) -> Glossary:
        """Terms that translations keep."""
        return self._glossary[0]

    @property
    @remembered
    def _glossary(self) -> tuple[Glossary, tuple[Problem, ...]]:
        glossary, problems = load_glossary(self.root, self.locales)
        # A language that is unknown because its entry in locales.yaml is wrong is no second mistake.
        is_told = bool(self._locales[1])
        return glossary, tuple(each for each in problems if not is_told or each.rule is not Rule.UNKNOWN_KEY)

    @property
    @remembered
    def message_files(self) -> Mapping[str, PoFile]:
        """Messages of each language, by its tag."""
        return read_message_files(self.root, self.locales)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Problems with the files that describe the project."""
        return (
            *self.settings.problems,
            *self._locales[1],
            *self._glossary[1],
            *self.catalog_problems,
        )

    def locale(self, tag: str | None) -> Locale:
        """Return the locale with this tag; the default locale without a tag. Raises CannotRun when there is none."""
        if not tag:
            return self.locales.default
        locale = self.locales.get(tag)
        if locale is None:
            tags = ", ".join(each.tag for each in self.locales)
            raise CannotRun(f'there is no locale "{tag}" in locales/locales.yaml; there are {tags}')
        return locale

    @remembered
    def messages(self, locale: Locale) -> Messages:
        return messages_of(locale, self.locales, self.message_files)

    @property
    @remembered
    def message_template(self) -> PoFile:
        """Sentences of the file `locales/messages.pot`."""
        return read_message_file(self.root, TEMPLATE_PATH)

    @remembered
    def overlay(self, locale: Locale) -> Overlay:
        """Return the project's files as the locale sees them."""
        chain = tuple(each.tag for each in self.locales.chain(locale))
        return Overlay(
            self.root,
            chain,
            lambda path, text: render_template(self, path, text, locale),
            lambda place: self.left_out(place, locale),
            self.repositories[0],
            self.tree,
            pages=dict.fromkeys(self.catalog_pages, ""),
            generate=lambda path: generate_page(self, path, locale),
            published=lambda: published_places(self, locale),
            elsewhere=lambda: published_elsewhere(self, locale),
            single=SingleLanguage(
                self.locales.single_language.match_file,
                {each.tag: each.url for each in self.locales},
                [each.tag for each in self.locales.published],
                self.settings.directory_urls,
            ),
        )

    def left_out(self, place: str, locale: Locale) -> str:
        """Return the option that leaves the file at a site path out of the locale's site; empty for none."""
        path = f"docs/{self.locales.default.tag}/{place}"
        return self.settings.left_out(place) or (
            "exclude in docfx.json" if self._metadata(locale).leaves_out(path) else ""
        )

    @remembered
    def _metadata(self, locale: Locale) -> Metadata:
        config = find_config(self._file, [each.tag for each in self.locales.chain(locale)])
        return read_config(config)[0] if config else Metadata()

    def _file(self, path: str) -> Source | None:
        return read_source(self.root, path) if is_file(self.root, path) and self.tree.has(path) else None

    @property
    @remembered
    def image_pages(self) -> ImagePages:
        """Pages of images that are generated from the catalog."""
        return image_pages_of(self)

    @property
    @remembered
    def change_pages(self) -> ChangePages:
        """Pages that say what changed."""
        return change_pages_of(self)

    @property
    @remembered
    def catalog_pages(self) -> Mapping[str, ImagePages | ChangePages]:
        """Site path of each page that is generated from the catalog -> the pages that it belongs to."""
        return catalog_pages_of(self)

    @remembered
    def docset(self, locale: Locale) -> DocSet:
        """Return what the files of a documentation set say about the locale's pages, where the project has such
        files."""
        options = page_options(self, locale)
        return read_docset(self.overlay(locale), self.settings, self.redirections[0], options)

    @property
    @remembered
    def redirections(self) -> tuple[tuple[Redirection, ...], tuple[Problem, ...]]:
        """Redirections of all locales, and problems with their files."""
        folders = [f"docs/{tag}" for tag in self.locales.tags]
        named = [
            path
            for folder in ("", *folders)
            for path in (f"{folder}/{name}".lstrip("/") for name in REDIRECTIONS)
        ]
        paths = [path for path in named if is_file(self.root, path)]
        paths += glob(self.root, "*.openpublishing.redirection*.json")
        for folder in folders:
            paths += (path for path in self.tree.walk(folder) if REDIRECTION_LISTS.fullmatch(path))
            paths += self.tree.redirections(folder)
        paths = [path for path in dict.fromkeys(paths) if self.tree.has(path)]
        sources = [read_source(self.root, path) for path in paths]
        return read_redirections(sources, self.locales.tags, self.tree.has)

    @property
    @remembered
    def repositories(self) -> tuple[frozenset[str], tuple[Problem, ...]]:
        """Folders of other repositories whose files pages may show, and problems with their list."""
        if not is_file(self.root, REPOSITORIES):
            return frozenset(), ()
        return read_repositories(read_source(self.root, REPOSITORIES))
