"""What the checks are given: every locale's pages and files, as they are published."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from imagedocs.checks.pages import Pages
from imagedocs.checks.prose import Passage, prose_of
from imagedocs.checks.summaries import PageSummary, summarize
from imagedocs.files.places import LinkedFiles, alike, page_file, page_url
from imagedocs.markdown.document import Document


@dataclass(frozen=True)
class LocaleSite:
    """The site of one locale."""

    chain: tuple[str, ...]
    """Tags of the locale and of its fallbacks, nearest first."""
    files: Mapping[str, str]
    """Site path (see `site_path`) -> project path, of every file: pages and assets."""
    documents: Mapping[str, Document]
    """Site path -> what the page holds."""
    moved: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    """Site path of a page that is no longer there -> that of the one that took its place, and what follows it
    (`#part`); the path is empty when it is elsewhere."""
    folder: str = ""
    """The first segment of its addresses; empty for the locale at the root."""
    directory_urls: bool = True
    """Whether a page's address is a folder's (`a/b/`) or a file's (`a/b.html`)."""
    linked: LinkedFiles = field(default_factory=LinkedFiles)
    """What its pages link to in other locales' sites; a small page at the address of each page leads there."""
    published: Collection[str] = ()
    """Site paths of the files that it publishes besides its pages and the files of the docs folder."""

    @property
    def tag(self) -> str:
        return self.chain[0]

    @cached_property
    def summaries(self) -> Mapping[str, PageSummary]:
        """The summary of each page, by its site path."""
        if isinstance(self.documents, Pages):
            return self.documents.summaries
        return {path: summarize(document) for path, document in self.documents.items()}

    def prose(self, place: str) -> Sequence[Passage]:
        """See `prose_of`."""
        documents = self.documents
        return documents.prose(place) if isinstance(documents, Pages) else prose_of(documents[place])

    @cached_property
    def anchors(self) -> Mapping[str, frozenset[str]]:
        """Site path of each page -> ids that a fragment can name."""
        return {path: frozenset(summary.ids) for path, summary in self.summaries.items()}

    @cached_property
    def by_file(self) -> Mapping[str, str]:
        """File of the built site, relative to the locale's root (`how-to/index.html`) -> site path of what is there,
        also of a page that leads on."""
        files = {self.file_of(path): path for path in (*self.moved, *self.linked.pages, *self.files)}
        return dict(zip(self.published, self.published, strict=True)) | files

    def file_of(self, path: str) -> str:
        """The file of the built site that is made of what is at a site path."""
        return page_file(path, self.directory_urls) if path.endswith(".md") else path

    def address_of(self, page: str) -> str:
        """The address of a page, relative to the locale's root."""
        return page_url(page, self.directory_urls)

    @cached_property
    def twins(self) -> Mapping[str, tuple[str, ...]]:
        """Site paths by what is left of them without regard to capitals and to how accents are written."""
        found: dict[str, tuple[str, ...]] = {}
        for path in self.files:
            key = alike(path)
            found[key] = (*found.get(key, ()), path)
        return found


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """Facts about the site of all locales together, as values."""

    tags: frozenset[str] = frozenset()
    """Tags of all locales of the project, built or not."""
    folders: Mapping[str, str] = field(default_factory=dict[str, str])
    """The first segment of the addresses of each published locale, built or not, and its tag."""
    address: str = ""
    """The address where the site is published; empty when that is not known."""
    roots_elsewhere: bool = True
    """Whether an address that begins with `/` leads to another site, unless it is that of a page here."""
    line_ids: tuple[str, ...] = ()
    """The beginnings of the ids of lines of code; none when lines have no ids."""
    unmade: tuple[str, ...] = ()
    """Folders, in the site of each locale, of generated pages and files that may be missing because of a mistake that is
    reported already; none when there is no such mistake."""


@dataclass(frozen=True)
class Site:
    """All published locales, the default one first."""

    locales: tuple[LocaleSite, ...]
    facts: SiteFacts = field(default_factory=SiteFacts)
    read: Callable[[str], str] = str
    """Returns the text of a project file; empty when it doesn't exist."""
    why_absent: Callable[[str], str] = lambda _: ""
    """Returns why a file of the docs folders, by its project path, is not part of the site; empty when it doesn't exist."""
    is_extra: Callable[[str, str], bool] = lambda _file, _folder: False
    """Returns whether the theme or the generator adds a file at this place (`assets/images/favicon.png`) of the site of the
    locale with this folder."""
