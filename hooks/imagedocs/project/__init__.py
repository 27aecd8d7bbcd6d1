"""Read a project: its settings, languages, catalog and record, and the files as each language sees them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

from imagedocs.catalog import Catalog, load_catalog
from imagedocs.checks.allowed_images import PATH as ALLOWED_IMAGES
from imagedocs.checks.allowed_images import AllowedImage, read_allowed_images
from imagedocs.checks.images import hosts_of
from imagedocs.docfx.redirections import NAMES as REDIRECTIONS
from imagedocs.docfx.redirections import Redirection, read_redirections
from imagedocs.docfx.repositories import NAME as REPOSITORIES
from imagedocs.docfx.repositories import read_repositories
from imagedocs.files.overlay import Overlay
from imagedocs.files.places import SingleLanguage, page_file
from imagedocs.files.reading import read_source
from imagedocs.files.tree import Tree
from imagedocs.incremental.arguments import Arguments
from imagedocs.incremental.cache import Cache
from imagedocs.incremental.reads import glob, is_file, read_bytes, remembered, unrecorded
from imagedocs.locales import (
    TEMPLATE_PATH,
    Formats,
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
from imagedocs.locales.files import BEGINNING
from imagedocs.locales.po import PoFile
from imagedocs.markdown import PageOptions, Source
from imagedocs.markdown.sources import FORMS, split_form
from imagedocs.parts import PAGE_TEMPLATES, parts
from imagedocs.problems import CannotRun, Position, Problem, Rule
from imagedocs.project.docset import DocSet, read_docset
from imagedocs.project.settings import Settings, load_settings
from imagedocs.publishing import ImagePages, page_filters, template_filters, template_values
from imagedocs.registry.manifest import Manifest, load_manifest
from imagedocs.rendering import Template

CATALOG = "catalog/images.yaml"
MANIFEST = "catalog/registry.json"


class Project:
    """Project in a folder, as its files describe it. Each file is read once, when it is first asked for."""

    def __init__(
        self, root: Path, arguments: Arguments, tree: Tree | None = None, cache: Cache | None = None
    ) -> None:
        """Describe the project in the folder `root`. `tree` has the files that the caller has looked at already, and
        `cache` results of earlier runs."""
        self.root = root
        self.arguments = arguments
        self.tree = tree or Tree(root)
        """Files of the project, each looked at once in a run."""
        self.cache = cache or Cache()

    @property
    def as_of(self) -> date:
        """Day that counts as today."""
        self.arguments.note("as_of")
        return self.arguments.as_of

    def answerers(self) -> dict[str, Callable[[str], str]]:
        """Return the functions that answer the questions which results ask of the project, for `Cache.answer_by`."""
        return {**self.tree.answerers(), **self.arguments.answerers()}

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
        """Return the project whose `mkdocs.yml` lies in `root`; see `Arguments` and `Project`. Raises CannotRun when
        there is none."""
        root = root.resolve()
        if not is_file(root, "mkdocs.yml"):
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
    def catalog(self) -> Catalog:
        """Images; an empty catalog when the file can't be read."""
        return self._catalog[0]

    @property
    @remembered
    def _catalog(self) -> tuple[Catalog, tuple[Problem, ...]]:
        text, problems = _read(self.root, CATALOG)
        if text is None:
            return Catalog(1, "", (), ()), problems
        return load_catalog(CATALOG, text, self.as_of)

    @property
    def manifest(self) -> Manifest | None:
        """Record of tags; `None` when it can't be read to its end, so that nothing is known of images."""
        return self._manifest[0]

    @property
    @remembered
    def _manifest(self) -> tuple[Manifest | None, tuple[Problem, ...]]:
        text, problems = _read(self.root, MANIFEST)
        return (None, problems) if text is None else load_manifest(MANIFEST, text)

    @property
    def allowed_images(self) -> tuple[AllowedImage, ...]:
        """Images that pages may name although the manifest doesn't have them."""
        return self._allowed_images[0]

    @property
    @remembered
    def _allowed_images(self) -> tuple[tuple[AllowedImage, ...], tuple[Problem, ...]]:
        if not is_file(self.root, ALLOWED_IMAGES):
            return (), ()
        text, problems = _read(self.root, ALLOWED_IMAGES)
        return ((), problems) if text is None else read_allowed_images(ALLOWED_IMAGES, text)

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
            *self._catalog[1],
            *self._manifest[1],
            *self._allowed_images[1],
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

    @property
    @remembered
    def image_hosts(self) -> frozenset[str]:
        """Registries whose images are looked for in pages; none when it isn't known which images there are."""
        known = self.manifest is not None and self.catalog.registry
        return hosts_of(self.catalog, self.manifest) if self.manifest is not None and known else frozenset()

    @remembered
    def overlay(self, locale: Locale) -> Overlay:
        """Return the project's files as the locale sees them."""
        chain = tuple(each.tag for each in self.locales.chain(locale))
        return Overlay(
            self.root,
            chain,
            lambda path, text: self._render(path, text, locale),
            self.settings.left_out,
            self.repositories[0],
            self.tree,
            pages=dict.fromkeys(self.image_pages.places, ""),
            generate=lambda path: self._generate(path, locale),
            single=SingleLanguage(
                self.locales.single_language.match_file,
                {each.tag: each.url for each in self.locales},
                [each.tag for each in self.locales.published],
                self.settings.directory_urls,
            ),
        )

    @property
    @remembered
    def image_pages(self) -> ImagePages:
        """Pages that are generated from the catalog."""
        record = self.manifest or Manifest()
        settings = self.settings
        address = f"{settings.sources}{CATALOG}" if settings.sources else ""
        folder = "" if self.locale_at_image_pages else settings.images
        return ImagePages(self.catalog, record, self.as_of, folder, address)

    @property
    def locale_at_image_pages(self) -> Locale | None:
        """Locale whose site lies where the pages of images should be, so that nobody would see them; `None` when there
        is no such conflict."""
        first = self.settings.images.partition("/")[0]
        return next((each for each in self.locales if first and each.url == first), None)

    @remembered
    def is_own(self, address: str) -> bool:
        """Return whether an address that begins with `/` belongs to a page or a file of this site, in any language."""
        root = urlsplit(self.settings.site_url).path.rstrip("/") + "/"
        path = unquote(urlsplit(address).path)
        if not path.startswith(root) or path == root:
            return path == root
        first, _, rest = path[len(root) :].partition("/")
        by_folder = {each.url: each for each in self.locales.published}
        locale = by_folder.get(first)
        if locale is None:
            locale, rest = by_folder.get(""), path[len(root) :]
        if locale is None:
            return False
        files = [rest] if rest and not rest.endswith("/") else []
        files.append(f"{rest.rstrip('/')}/index.html".lstrip("/"))
        return any(file in self._built_files(locale) for file in files)

    @remembered
    def _built_files(self, locale: Locale) -> frozenset[str]:
        """Return the paths in the locale's site of its pages and of the files beside them."""
        plain = self.settings.directory_urls
        places = (*self.overlay(locale).files, *self.overlay(locale).linked.pages)
        return frozenset(page_file(place, plain) if place.endswith(".md") else place for place in places)

    def _language_of(self, overlay: Overlay, path: str) -> str:
        """Return the tag of the language in which a locale shows the page at a project path; empty for its own
        language."""
        place = overlay.site_path(path)
        if place is not None and place in overlay.linked.places:
            return overlay.linked.places[place][0]
        shown = overlay.files.get(place, "") if place else ""
        tag = shown.split("/", 2)[1] if shown.startswith("docs/") else overlay.chain[0]
        return "" if tag == overlay.chain[0] else tag

    def _language_in(self, locale: Locale, path: str) -> tuple[str, str]:
        """Return tag and direction of the language of a file that a locale's pages are made from."""
        folder, _, rest = path.partition("/")
        own = self.locales.get(rest.partition("/")[0]) if folder in ("docs", "includes") else None
        if path.endswith(".j2"):
            language = locale  # it speaks by the locale's messages
        elif own or folder == "includes":
            language = own or self.locales.default
        else:  # another repository's
            return "", ""
        return language.tag, language.direction

    def _label(self, locale: Locale, word: str, tag: str) -> str:
        """Return one of imagedocs' own words in the language `tag`, or in the locale's where that language isn't
        known."""
        return self.messages(self.locales.get(tag) or locale).gettext(word)

    @remembered
    def docset(self, locale: Locale) -> DocSet:
        """Return what the files of a documentation set say about the locale's pages, where the project has such
        files."""
        options = PageOptions(
            label=partial(self._label, locale),
            publisher=self.settings.publisher,
            learn_locale=_learn_locale(locale),
            is_own=self.is_own,
            language_of=partial(self._language_of, self.overlay(locale)),
            language_in=partial(self._language_in, locale),
        )
        return read_docset(self.overlay(locale), self.settings, self.redirections[0], options)

    def page_options(self, locale: Locale) -> PageOptions:
        """Return the options with which the locale's pages are rendered."""
        return self.docset(locale).options

    @property
    @remembered
    def redirections(self) -> tuple[tuple[Redirection, ...], tuple[Problem, ...]]:
        """Redirections of all locales, and problems with their files."""
        folders = ("", *(f"docs/{tag}/" for tag in self.locales.tags))
        paths = [folder + name for folder in folders for name in REDIRECTIONS]
        paths = [path for path in paths if is_file(self.root, path)]
        sources = [read_source(self.root, path) for path in paths]
        return read_redirections(sources, self.locales.tags, self.tree.has)

    @property
    @remembered
    def repositories(self) -> tuple[frozenset[str], tuple[Problem, ...]]:
        """Folders of other repositories whose files pages may show, and problems with their list."""
        if not is_file(self.root, REPOSITORIES):
            return frozenset(), ()
        return read_repositories(read_source(self.root, REPOSITORIES))

    def templates(self) -> tuple[str, ...]:
        """Return the project paths of the templates below `includes/` that pages may include, sorted."""
        return tuple(path for path in glob(self.root, "includes/**/*.md.j2") if path not in PAGE_TEMPLATES)

    def template(self, path: str, text: str, locale: Locale) -> Template:
        """Return the template whose file holds `text`, in the locale's language."""
        messages = self.messages(locale)
        formats = Formats(locale.babel)
        filters = template_filters(messages, formats)
        if path in PAGE_TEMPLATES:
            default = self.locales.default
            foreign = None if locale == default else (default.tag, str(default.direction))
            filters = {**filters, **page_filters(messages, formats, filters, foreign)}
        return Template(path, text, messages, filters)

    def template_values(self, as_of: date, form: str = FORMS[0]) -> Mapping[str, object]:
        """Return the values that a template is given for the list of a day, in one of the forms."""
        return self._values_today(form) if as_of == self.as_of else self._values(as_of, form)

    @remembered
    def _values_today(self, form: str) -> Mapping[str, object]:
        return self._values(self.as_of, form)

    def _values(self, as_of: date, form: str) -> Mapping[str, object]:
        places = self.image_pages.places.items()
        pages = {image.id if image else "": f"~/{place}" for place, image in places}
        return template_values(self.catalog, as_of, self.manifest, form, pages)

    def _render(self, path: str, text: str, locale: Locale) -> Source:
        file, form = split_form(path)
        template = self.template(file, text, locale)
        rendered = template.render(self.template_values(self.as_of, form or FORMS[0]))
        return Source(file, rendered.text, rendered.lines, generated=True, problems=rendered.problems)

    def _generate(self, path: str, locale: Locale) -> Source:
        """Generate the page at the project path `path`. Problems with a page of the library's own template are located
        at the image's entry in the catalog."""
        pages, place = self.image_pages, path.split("/", 2)[2]
        own = pages.template(place)
        template, problems = self._page_template(own, locale)
        rendered = template.render(pages.values(place))
        if self.tree.has(own):
            found = (*problems, *rendered.problems)
            return Source(own, rendered.text, rendered.lines, generated=True, problems=found, page=path)
        entry = pages.position(place) or Position(CATALOG)
        lines = (entry.line,) * len(rendered.lines)
        found = tuple(replace(problem, position=entry) for problem in rendered.problems)
        return Source(CATALOG, rendered.text, lines, generated=True, problems=found, page=path)

    @remembered
    def _page_template(self, path: str, locale: Locale) -> tuple[Template, tuple[Problem, ...]]:
        """Return the project's own template of generated pages, and problems with its file; without one, the
        library's."""
        if self.tree.has(path):
            source = read_source(self.root, path)
            return self.template(path, source.text, locale), source.problems
        with unrecorded():  # which templates the library has is a matter of its version
            source = read_source(parts().templates, path.rpartition("/")[2])
        return self.template(path, source.text, locale), ()


def _read(root: Path, path: str) -> tuple[bytes | None, tuple[Problem, ...]]:
    """Return the bytes of one of the project's own files, whose form the caller judges, or the problem with reading
    it."""
    try:
        return read_bytes(root, path, 64 * 1024 * 1024), ()
    except FileNotFoundError:
        message, hint = "is not there", BEGINNING
    except OSError as error:
        message, hint = f"cannot be read: {error.strerror}", ""
    return None, (Problem(Position(path), Rule.UNREADABLE_FILE, message, hint),)


def _learn_locale(locale: Locale) -> str:
    """Return the folder of the language on the publisher's site, which names regions: `es-es`, `zh-cn`."""
    return locale.open_graph.replace("_", "-").lower()
